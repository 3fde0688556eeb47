//! The static checks: formatting, lints and types, in Rust and JavaScript.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::progress::step;

/// Every check, with the command that runs it.
const CHECKS: [(&str, &[&str]); 5] = [
    ("rustfmt", &["cargo", "fmt", "--all", "--check"]),
    (
        "clippy",
        &[
            "cargo",
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    ),
    (
        "clippy with the reference engine",
        &[
            "cargo",
            "clippy",
            "--quiet",
            "--package",
            "detick",
            "--all-targets",
            "--features",
            "reference",
            "--",
            "-D",
            "warnings",
        ],
    ),
    ("tsc", &["node", "node_modules/typescript/bin/tsc", "--project", "."]),
    (
        "biome",
        &[
            "node",
            "node_modules/@biomejs/biome/bin/biome",
            "check",
            "--error-on-warnings",
        ],
    ),
];

/// Runs all checks, also after one failed, and prints `N passed, N failed, 0 skipped`.
///
/// # Errors
/// Names the checks that failed.
pub fn run(root: &Path) -> Result<()> {
    let failed: Vec<&str> = CHECKS
        .iter()
        .filter(|(name, command)| !passes(root, name, command))
        .map(|(name, _)| *name)
        .collect();
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

fn passes(root: &Path, name: &'static str, command: &[&str]) -> bool {
    let [program, args @ ..] = command else { return false };
    let status = step(name, || Command::new(program).args(args).current_dir(root).status());
    match status {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("{name}: cannot run {program}: {error}");
            false
        }
    }
}
