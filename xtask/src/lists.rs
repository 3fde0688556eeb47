//! `cargo xtask lists`: filters/*.txt in their one form, so that a change of a list is a change of its lines; and what
//! follows from `data/domains.txt` written out, there and in `extension/shared/families.js`.
//!
//! A list is blocks with an empty line between. In a block comments come first, as they stand; then the
//! lines, sorted by their bytes, each once in the whole list, hosts of an option in order.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::domains::Domains;

/// Options whose value is a set of hosts, written `a|b`.
const HOST_SETS: &[&str] = &["to", "domain", "from", "denyallow"];

/// Which domains are TikTok's, for the extension.
const FAMILIES: &str = "extension/shared/families.js";

/// What was done, in a line for the terminal.
pub struct Report {
    lists: usize,
    changed: Vec<PathBuf>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "lists: {} read, {} brought into form",
            self.lists,
            self.changed.len()
        )?;
        self.changed
            .iter()
            .try_for_each(|path| write!(f, "\n  {}", path.display()))
    }
}

/// Brings every list in `root/filters` into form, and the families of domains up to date.
///
/// # Errors
/// When a list cannot be read or written.
pub fn write(root: &Path) -> Result<Report> {
    let mut report = Report {
        lists: 0,
        changed: Vec::new(),
    };
    let domains = Domains::read(root)?;
    for path in paths(root)? {
        report.lists += 1;
        rewrite(path, |text| tidy(text, &domains), &mut report)?;
    }
    rewrite(root.join(FAMILIES), |text| domains.families(text), &mut report)?;
    Ok(report)
}

/// Writes a file as it should be, if it is not.
fn rewrite(path: PathBuf, made: impl Fn(&str) -> String, report: &mut Report) -> Result<()> {
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let wanted = made(&text);
    if wanted != text {
        fs::write(&path, wanted).with_context(|| format!("cannot write {}", path.display()))?;
        report.changed.push(path);
    }
    Ok(())
}

/// The lists in `root/filters`, in the order of their names.
fn paths(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join("filters");
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    Ok(paths)
}

/// A list's text in form. A line that stands in two blocks stays in the first.
fn tidy(text: &str, domains: &Domains) -> String {
    let mut seen = HashSet::new();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let blocks = lines.split(|line| line.is_empty()).filter(|block| !block.is_empty());
    let blocks: Vec<String> = blocks.map(|block| tidy_block(block, domains, &mut seen)).collect();
    blocks.join("\n")
}

fn tidy_block(block: &[&str], domains: &Domains, seen: &mut HashSet<String>) -> String {
    let (comments, lines): (Vec<&str>, Vec<&str>) = block.iter().partition(|line| line.starts_with('!'));
    let lines = domains.lines(&comments, lines.into_iter().map(str::to_owned).collect());
    let mut lines: Vec<String> = lines
        .iter()
        .map(|line| tidy_line(line))
        .filter(|line| seen.insert(line.clone()))
        .collect();
    lines.sort();
    let comments = comments.into_iter().map(str::to_owned);
    comments.chain(lines).map(|line| line + "\n").collect()
}

/// Puts the hosts of `to=b|a` in order. Values that hold a regex are left as they are.
fn tidy_line(line: &str) -> String {
    let Some((pattern, options)) = line.rsplit_once('$').filter(|(_, options)| !options.contains('/')) else {
        return line.to_owned();
    };
    let options: Vec<String> = options.split(',').map(tidy_option).collect();
    format!("{pattern}${}", options.join(","))
}

fn tidy_option(option: &str) -> String {
    let Some((name, value)) = option.split_once('=').filter(|(name, _)| HOST_SETS.contains(name)) else {
        return option.to_owned();
    };
    let mut hosts: Vec<&str> = value.split('|').collect();
    hosts.sort_unstable();
    hosts.dedup();
    format!("{name}={}", hosts.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Vec<(String, String)> {
        let root = crate::root();
        let read = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        };
        paths(&root).unwrap().iter().map(read).collect()
    }

    fn tidy(text: &str) -> String {
        super::tidy(text, &Domains::read(&crate::root()).unwrap())
    }

    #[test]
    fn blocks_are_sorted_and_lines_stand_once() {
        let messy = "! Title: x\n\n\n! b\n||b^$to=z.com|a.com \n||a^\n||a^\n\n!why: y\n||a^\n||c^";
        assert_eq!(
            tidy(messy),
            "! Title: x\n\n! b\n||a^\n||b^$to=a.com|z.com\n\n!why: y\n||c^\n"
        );
    }

    #[test]
    fn regexes_keep_their_bytes() {
        let line = "/^https?:\\/\\/x\\/(?:b|a)$/$removeparam=/^(?:b|a)(?:=|$)/,to=b.com|a.com\n";
        assert_eq!(tidy(line), line);
    }

    #[test]
    fn every_list_is_in_form() {
        for (name, text) in lists() {
            assert!(tidy(&text) == text, "{name} is not in form: run `cargo xtask lists`");
        }
    }

    #[test]
    fn the_families_are_those_of_the_table() {
        let root = crate::root();
        let text = fs::read_to_string(root.join(FAMILIES)).unwrap();
        let made = Domains::read(&root).unwrap().families(&text);
        assert!(made == text, "{FAMILIES} is not up to date: run `cargo xtask lists`");
    }

    #[test]
    fn every_line_is_understood() {
        for (name, text) in lists().into_iter().filter(|(name, _)| name != "companies.txt") {
            let (list, complaints) = detick::list::parse(&name, text.as_bytes());
            assert!(complaints.is_empty(), "{name}: {complaints:?}");
            assert!(!list.filters.is_empty(), "{name} holds no filter");
            assert_eq!(list.cosmetic, 0, "{name} holds a line about hiding elements");
        }
    }

    #[test]
    fn every_removal_says_why() {
        let tiers = ["links.txt", "share.txt", "referral.txt"];
        for (name, text) in lists().into_iter().filter(|(name, _)| tiers.contains(&name.as_str())) {
            let (list, _) = detick::list::parse(&name, text.as_bytes());
            let applied = list
                .filters
                .iter()
                .filter(|filter| filter.polarity == detick::filter::Polarity::Apply);
            for filter in applied {
                assert!(list.why(filter.line).is_some(), "{name}:{} has no `!why:`", filter.line);
            }
        }
    }
}
