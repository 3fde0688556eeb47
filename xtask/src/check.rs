//! The static checks: formatting, lints and types in Rust and JavaScript, the linter of Firefox's add-on store, and
//! ours for the manifest that goes to Chrome's.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::manifest::Browser;
use crate::package;
use crate::progress::step;
use crate::toolchain::Toolchain;

/// Every check and its command. The packages are linted one by one for the sake of their features: the engine must be
/// clean with and without the reference, and linting it beside xtask would build their shared dependencies once more.
const CHECKS: [(&str, &str); 8] = [
    ("rustfmt", "cargo fmt --all --check"),
    (
        "clippy on the engine",
        "cargo clippy --quiet --package detick --all-targets -- -D warnings",
    ),
    (
        "clippy on the engine with all that it can have",
        "cargo clippy --quiet --package detick --all-targets --features reference,counted,benches -- -D warnings",
    ),
    (
        "clippy on xtask",
        "cargo clippy --quiet --package xtask --all-targets -- -D warnings",
    ),
    ("tsc", "node node_modules/typescript/bin/tsc --project ."),
    (
        "biome",
        "node node_modules/@biomejs/biome/bin/biome check --error-on-warnings",
    ),
    (
        "addons-linter",
        "node node_modules/addons-linter/bin/addons-linter --boring --warnings-as-errors target/lint.xpi",
    ),
    (
        "the manifest for Chrome",
        "node scripts/chrome-manifest.mjs target/lint-chrome.json",
    ),
];

const WASM_CHECK: &str = "clippy on the engine's faces in the browser";
const WASM_ARGS: &str =
    "--quiet --package detick --lib --no-default-features --features wasm-engine,wasm-compiler -- -D warnings";

/// Runs all checks on a built extension, also after one failed, and prints `N passed, N failed, N skipped`.
///
/// # Errors
/// Names the checks that failed.
pub fn run(root: &Path) -> Result<()> {
    fs::write(root.join("target/lint.xpi"), package::archive(root, Browser::Firefox)?)?;
    fs::write(
        root.join("target/lint-chrome.json"),
        package::manifest(root, Browser::Chrome)?,
    )?;
    let mut checks: Vec<(&str, Command)> = CHECKS.iter().map(|(name, line)| (*name, command(line))).collect();
    let wasm = wasm_clippy(root)?;
    let skipped = usize::from(wasm.is_none());
    checks.extend(wasm.map(|clippy| (WASM_CHECK, clippy)));

    let count = checks.len();
    let failed: Vec<&str> = checks
        .into_iter()
        .filter_map(|(name, command)| (!passes(root, name, command)).then_some(name))
        .collect();
    println!(
        "{} passed, {} failed, {skipped} skipped",
        count - failed.len(),
        failed.len()
    );
    if !failed.is_empty() {
        bail!("these checks failed, see above: {}", failed.join(", "));
    }
    Ok(())
}

/// Debian packages no clippy beside the Rust that it compiles to WebAssembly with.
fn wasm_clippy(root: &Path) -> Result<Option<Command>> {
    let toolchain = Toolchain::find()?;
    if let Toolchain::Debian { .. } = toolchain {
        eprintln!("{WASM_CHECK}: skipped, it needs `rustup target add wasm32-unknown-unknown`");
        return Ok(None);
    }
    let mut clippy = toolchain.cargo("clippy", root)?;
    clippy.args(WASM_ARGS.split_whitespace());
    Ok(Some(clippy))
}

fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

fn passes(root: &Path, name: &'static str, mut command: Command) -> bool {
    match step(name, || command.current_dir(root).status()) {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("cannot run {}: {error}", command.get_program().to_string_lossy());
            false
        }
    }
}
