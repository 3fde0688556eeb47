//! filters/ -> extension/rules/engine.bin, the engine's data.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use detick::engine;
use detick::list::{self, List};
use detick::shipped;

use crate::files;

/// What was written, in a line for the terminal.
pub struct Report {
    lists: usize,
    filters: usize,
    bytes: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kilobytes = self.bytes.div_ceil(1000);
        write!(
            f,
            "engine: {} filters of {} lists, extension/rules/engine.bin, {kilobytes} kB",
            self.filters, self.lists
        )
    }
}

/// Writes `root/extension/rules/engine.bin` of all lists in `root/filters`.
///
/// # Errors
/// When a file cannot be read or written, or `companies.txt` has a line that is no entry.
pub fn write(root: &Path) -> Result<Report> {
    let lists = read_lists(&root.join("filters"))?;
    let companies = read(&root.join("filters/companies.txt"))?;
    let companies = String::from_utf8(companies).context("filters/companies.txt is not UTF-8")?;
    let image = engine::image(&lists, &companies).context("filters/companies.txt")?;
    let folder = root.join("extension/rules");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    files::write(&folder.join("engine.bin"), &image)?;
    Ok(Report {
        filters: lists.iter().map(|list| list.filters.len()).sum(),
        lists: lists.len(),
        bytes: image.len(),
    })
}

/// The lists of [`shipped::LISTS`], which must be all that there are.
fn read_lists(folder: &Path) -> Result<Vec<List>> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_known = name == "companies.txt" || shipped::LISTS.iter().any(|list| list.name == name);
        if name.ends_with(".txt") && !is_known {
            bail!("filters/{name} has no row in src/shipped.rs: add one that says when it is in force");
        }
    }
    let parse = |name: &str| Ok(list::parse(name, &read(&folder.join(name))?).0);
    shipped::LISTS.iter().map(|list| parse(list.name)).collect()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
