//! filters/ -> extension/rules/engine.bin, the engine's data.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use detick::engine;
use detick::list::{self, List};

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

/// Lists that are not in force for every request: engine/circumstances.js tells the engine for which. They come last, so that
/// of two lines that stop a request the one that always holds is named.
const SWITCHED: [&str; 4] = ["embeds.txt", "lockout.txt", "player.txt", "visitor.txt"];

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
    fs::write(folder.join("engine.bin"), &image).context("cannot write extension/rules/engine.bin")?;
    Ok(Report {
        filters: lists.iter().map(|list| list.filters.len()).sum(),
        lists: lists.len(),
        bytes: image.len(),
    })
}

/// Every `.txt` but the companies; by name, but the switched lists last.
fn read_lists(folder: &Path) -> Result<Vec<List>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt") && !path.ends_with("companies.txt"));
    let is_switched = |path: &PathBuf| SWITCHED.iter().any(|name| path.ends_with(name));
    paths.sort_by_key(|path| (is_switched(path), path.clone()));
    let parse = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(list::parse(&name, &read(path)?).0)
    };
    paths.iter().map(parse).collect()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
