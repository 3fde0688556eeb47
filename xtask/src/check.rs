//! The static checks: formatting, lints and types, in Rust and JavaScript.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use anyhow::{Result, bail};

use crate::progress::step;

/// Every check and its command. The packages are linted one by one for the sake of their features: the engine must be
/// clean with and without the reference, and linting it beside xtask would build their shared dependencies once more.
const CHECKS: [(&str, &str); 6] = [
    ("rustfmt", "cargo fmt --all --check"),
    (
        "clippy on the engine",
        "cargo clippy --quiet --package detick --all-targets -- -D warnings",
    ),
    (
        "clippy on the engine and its reference",
        "cargo clippy --quiet --package detick --all-targets --features reference -- -D warnings",
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
];

/// Runs all checks, also after one failed, and prints `N passed, N failed, 0 skipped`.
///
/// # Errors
/// Names the checks that failed.
pub fn run(root: &Path) -> Result<()> {
    let mut failed = Vec::new();
    for (name, command) in CHECKS {
        match step(name, || execute(root, command)) {
            Ok(status) if status.success() => {}
            Ok(_) => failed.push(name),
            Err(error) => {
                eprintln!("cannot run `{command}`: {error}");
                failed.push(name);
            }
        }
    }
    println!(
        "{} passed, {} failed, 0 skipped",
        CHECKS.len() - failed.len(),
        failed.len()
    );
    if !failed.is_empty() {
        bail!("these checks failed, see above: {}", failed.join(", "));
    }
    Ok(())
}

fn execute(root: &Path, command: &str) -> io::Result<ExitStatus> {
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or_default();
    Command::new(program).args(words).current_dir(root).status()
}
