//! What `fuzz/` tries, everywhere: its corpora, and inputs that differ from them in little.
//!
//! Where `cargo-fuzz` and a nightly toolchain are installed, every target is also run for a while: 60 seconds each in
//! CI (where `CI` is set), or as many as `DETICK_FUZZ_SECONDS` says.

use std::fs;
use std::path::Path;
use std::process::Command;

#[path = "../fuzz/src/lib.rs"]
mod fuzzed;

type Target = (&'static str, fn(&[u8]));

const TARGETS: &[Target] = &[
    ("list", fuzzed::list::run),
    ("filter", fuzzed::filter::run),
    ("cleaner", fuzzed::cleaner::run),
    ("dnr", fuzzed::dnr::run),
    ("image", fuzzed::image::run),
    ("matcher", fuzzed::matcher::run),
    ("payload", fuzzed::payload::run),
    ("recording", fuzzed::recording::run),
];

/// As many variants of each input are tried.
const VARIANTS: usize = 64;

/// A corpus is for the repository: seeds, not what a fuzzer has collected.
const CORPUS_BYTES: usize = 64 << 10;

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = fs::read_dir(&folder).into_iter().flatten().flatten();
    files.map(|file| fs::read(file.path()).unwrap_or_default()).collect()
}

/// The input cut short, and with a byte changed, at places all over it.
fn variants(input: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let places = (0..VARIANTS).map(|at| at * input.len() / VARIANTS);
    places.flat_map(|at| {
        let mut changed = input.to_vec();
        if let Some(byte) = changed.get_mut(at) {
            *byte = byte.wrapping_mul(5).wrapping_add(b'$');
        }
        [input[..at].to_vec(), changed]
    })
}

#[test]
fn what_is_fuzzed_holds_for_the_corpora_and_what_is_like_them() {
    for (name, run) in TARGETS {
        let inputs = corpus(name);
        assert!(!inputs.is_empty(), "{name} has no corpus");
        assert!(inputs.iter().map(Vec::len).sum::<usize>() <= CORPUS_BYTES, "{name}");
        for input in inputs {
            run(&input);
            variants(&input).for_each(|variant| run(&variant));
        }
    }
}

fn fuzz(args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(["+nightly", "fuzz"]).args(args);
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")));
    // Cargo tells the tests' toolchain to its children; rustup would take that for the one that is asked for.
    for name in ["CARGO", "RUSTC", "RUSTFLAGS", "RUSTUP_TOOLCHAIN"] {
        command.env_remove(name);
    }
    command
}

#[test]
fn every_target_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap_or_default();
    let manifest = read("Cargo.toml");
    for (target, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
        let call = format!("detick_fuzz::{target}::run(input)");
        assert!(read(&format!("fuzz_targets/{target}.rs")).contains(&call), "{target}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
}

#[test]
fn fuzzing_finds_nothing() {
    let ci = std::env::var_os("CI").map(|_| "60".to_owned());
    let Some(seconds) = std::env::var("DETICK_FUZZ_SECONDS").ok().or(ci) else {
        return println!("skipped: fuzzing is for CI, or for DETICK_FUZZ_SECONDS");
    };
    let installed = fuzz(&["--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !installed {
        return println!("skipped: cargo-fuzz or a nightly toolchain is not installed");
    }
    for (target, _) in TARGETS {
        let limit = format!("-max_total_time={seconds}");
        let corpus = tempdir(target);
        let seeds = format!("fuzz/corpus/{target}");
        let output = fuzz(&["run", target, &corpus, &seeds, "--", &limit]).output();
        let ended = output.is_ok_and(|output| {
            println!("{}", String::from_utf8_lossy(&output.stderr));
            output.status.success()
        });
        assert!(ended, "{target}: see above");
    }
}

/// Where new inputs go: the corpora in the repository stay as they are.
fn tempdir(target: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz").join(target);
    let made = std::fs::create_dir_all(&path);
    assert!(made.is_ok(), "{}: {made:?}", path.display());
    path.to_string_lossy().into_owned()
}
