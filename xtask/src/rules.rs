//! filters/*.txt -> extension/rules/.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use detick::dnr::{self, Compiled, Layer, Rule, Rulesets, Settings};
use detick::list::{self, List};
use detick::shipped::{self, Part};
use serde::Serialize;

use crate::files;

/// What was written, for the terminal and target/rules-report.txt.
pub struct Report {
    text: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_end())
    }
}

/// Compiles the lists in `root/filters` into `root/extension/rules`.
///
/// # Errors
/// When a list has a line that cannot be read (each is named as file:line:column), or a file cannot be written.
pub fn write(root: &Path) -> Result<Report> {
    let rules = root.join("extension/rules");
    fs::create_dir_all(&rules).with_context(|| format!("cannot create {}", rules.display()))?;
    let mut text = String::new();
    let mut unwrap = Vec::new();
    for shipped in shipped::LISTS.iter().filter(|list| !list.rulesets.is_empty()) {
        let list = read_list(root, shipped.name)?;
        let settings = Settings {
            layer: if shipped.is_ground { Layer::Ground } else { Layer::Above },
            ..Settings::default()
        };
        let Compiled { rulesets, report } = dnr::compile(&[list], &settings);
        for &(name, part) in shipped.rulesets {
            let chosen = rules_of(&rulesets, part);
            let bytes = write_json(&rules.join(format!("{name}.json")), &chosen)?;
            text += &format!("rules/{name}.json: {} rules, {} kB\n", chosen.len(), bytes / 1000);
        }
        text += &format!("{report}\n\n");
        unwrap.extend(rulesets.unwrap);
    }
    write_json(&rules.join("unwrap.json"), &unwrap)?;
    let file = root.join("target/rules-report.txt");
    fs::write(&file, &text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(Report { text })
}

fn rules_of(sets: &Rulesets, part: Part) -> Vec<Rule> {
    match part {
        Part::Block => sets.block.clone(),
        Part::BlockAndHeaders => [sets.block.as_slice(), &sets.headers].concat(),
        Part::Surrogates => sets.surrogates.clone(),
        Part::DataSurrogates => sets.data_surrogates.clone(),
        Part::Links => sets.links.clone(),
    }
}

fn read_list(root: &Path, name: &str) -> Result<List> {
    let path = root.join("filters").join(name);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (list, complaints) = list::parse(name, &bytes);
    if complaints.is_empty() {
        return Ok(list);
    }
    let lines: Vec<String> = complaints
        .iter()
        .map(|complaint| format!("filters/{name}:{complaint}"))
        .collect();
    bail!("lines that cannot be read:\n{}", lines.join("\n"))
}

/// Gives the file's size in bytes.
fn write_json<T: Serialize>(path: &Path, entries: &[T]) -> Result<usize> {
    let text = dnr::to_json(entries);
    files::write(path, text.as_bytes())?;
    Ok(text.len())
}
