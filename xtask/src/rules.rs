//! filters/*.txt -> extension/rules/.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use detick::dnr::{self, Compiled, Layer, Rule, Rulesets, Settings};
use detick::list::{self, List};
use serde::Serialize;

/// Which lists make which ruleset files. Lists that are compiled together see each other's exceptions.
const GROUPS: [Group; 7] = [
    Group {
        lists: &["tiktok.txt"],
        layer: Layer::Above,
        files: &[
            ("block", |sets| sets.block.clone()),
            ("surrogates", |sets| sets.surrogates.clone()),
            ("data-surrogates", |sets| sets.data_surrogates.clone()),
        ],
    },
    Group {
        lists: &["links.txt"],
        layer: Layer::Ground,
        files: &[("links", |sets| sets.links.clone())],
    },
    Group {
        lists: &["referral.txt"],
        layer: Layer::Above,
        files: &[("referral", |sets| sets.links.clone())],
    },
    Group {
        lists: &["embeds.txt"],
        layer: Layer::Above,
        files: &[
            ("embeds", blocks_and_headers),
            ("embed-stand-ins", |sets| sets.surrogates.clone()),
            ("data-embed-stand-ins", |sets| sets.data_surrogates.clone()),
        ],
    },
    Group {
        lists: &["player.txt"],
        layer: Layer::Above,
        files: &[("player", blocks_and_headers)],
    },
    Group {
        lists: &["visitor.txt"],
        layer: Layer::Above,
        files: &[("visitor", blocks_and_headers)],
    },
    Group {
        lists: &["lockout.txt"],
        layer: Layer::Above,
        files: &[("lockout", blocks_and_headers)],
    },
];

/// The rules for one file.
type Choice = fn(&Rulesets) -> Vec<Rule>;

/// Lists that are switched on and off as a whole.
fn blocks_and_headers(sets: &Rulesets) -> Vec<Rule> {
    [sets.block.as_slice(), &sets.headers].concat()
}

struct Group {
    /// In filters/; those that are not there are left out.
    lists: &'static [&'static str],
    layer: Layer,
    /// Name of the file in extension/rules/, and its rules.
    files: &'static [(&'static str, Choice)],
}

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
    for group in &GROUPS {
        let lists = read(root, group.lists)?;
        let settings = Settings {
            layer: group.layer,
            ..Settings::default()
        };
        let Compiled { rulesets, report } = dnr::compile(&lists, &settings);
        for (name, of) in group.files {
            let chosen = of(&rulesets);
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

fn read(root: &Path, names: &[&str]) -> Result<Vec<List>> {
    let paths = names.iter().map(|name| (*name, root.join("filters").join(name)));
    paths
        .filter(|(_, path)| path.exists())
        .map(|(name, path)| read_list(name, &path))
        .collect()
}

fn read_list(name: &str, path: &Path) -> Result<List> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
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
    fs::write(path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(text.len())
}
