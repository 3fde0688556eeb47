//! extension/ -> dist/extension/, the folder that browsers load.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// Joins the modules of each page and script into one file, beside what is copied: see `scripts/join.mjs`.
///
/// # Errors
/// When Node or its packages are missing, or a module imports what is not there.
pub fn run(root: &Path) -> Result<()> {
    for package in ["rollup", "preact", "@codemirror/view"] {
        if !root.join("node_modules").join(package).is_dir() {
            bail!("{package} is missing: run `npm ci` (`npm start` and `npm test` do so by themselves)");
        }
    }
    let mut node = Command::new("node");
    let status = node.arg("scripts/join.mjs").current_dir(root).status();
    ensure!(
        status.context("cannot run node")?.success(),
        "the extension's modules cannot be joined: see above"
    );
    Ok(())
}
