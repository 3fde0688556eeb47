//! Writing what is built.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a file, unless it holds just that already: whoever reads it meanwhile never finds half of it.
///
/// # Errors
/// When it cannot be written; the message names it.
pub fn write(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}
