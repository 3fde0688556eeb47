//! Where `cargo-fuzz` and a nightly toolchain are installed, every target of `fuzz/` is run for a while: 60 seconds each
//! in CI (where `CI` is set), or as many as `DETICK_FUZZ_SECONDS` says.

use std::path::Path;
use std::process::Command;

const TARGETS: &[&str] = &["list", "filter", "cleaner", "dnr", "image", "matcher", "payload"];

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
    let manifest = include_str!("../fuzz/Cargo.toml");
    for target in TARGETS {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
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
    for target in TARGETS {
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
