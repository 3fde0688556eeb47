//! The lists that a command works with: the built-in ones, or those that `--list` names.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use detick::list::{self, List};
use detick::shipped;

use super::{Failure, Outcome};

/// What an embed is, for reports: in the extension it is in force until somebody plays a video.
const EMBEDS: &str = include_str!("../../filters/embeds.txt");

/// Which lists.
#[derive(Debug, clap::Args)]
pub struct Lists {
    /// Use this list instead of the built-in ones; may be given several times
    #[arg(long = "list", value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Lists {
    /// Reads the lists, and tells complaints on standard error.
    pub fn read(&self) -> Result<(Vec<List>, Outcome), Failure> {
        match self.files.is_empty() {
            true => Ok((built_in(), Outcome::Complete)),
            false => read_files(&self.files),
        }
    }
}

/// The list whose lines say what an embed is.
pub fn embeds() -> List {
    list::parse(detick::report::EMBEDS, EMBEDS.as_bytes()).0
}

fn built_in() -> Vec<List> {
    let parse = |&(name, text): &(&str, &str)| list::parse(name, text.as_bytes()).0;
    shipped::TEXTS.iter().map(parse).collect()
}

/// Reads each file and those that it includes; complaints go to standard error as `file:line:column: sentence`.
pub fn read_files(files: &[PathBuf]) -> Result<(Vec<List>, Outcome), Failure> {
    let mut lists = Vec::new();
    let mut outcome = Outcome::Complete;
    let found = each_file(files, |path| {
        let (list, complaints) = list::parse(&name_of(path), &read(path)?);
        for complaint in &complaints {
            eprintln!("{}:{complaint}", path.display());
            outcome = Outcome::Incomplete;
        }
        let includes = list.includes.clone();
        lists.push(list);
        Ok(includes)
    })?;
    Ok((lists, if found == Outcome::Complete { outcome } else { found }))
}

/// Visits each file once, and behind it those that it includes; `visit` gives their lines and names.
fn each_file(
    files: &[PathBuf],
    mut visit: impl FnMut(&Path) -> Result<Vec<(u32, String)>, Failure>,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Complete;
    let mut seen: HashSet<PathBuf> = files.iter().cloned().collect();
    let mut waiting: Vec<PathBuf> = files.iter().rev().cloned().collect();
    while let Some(path) = waiting.pop() {
        for (line, name) in visit(&path)?.into_iter().rev() {
            match included(&path, &name) {
                Some(file) if seen.insert(file.clone()) => waiting.push(file),
                Some(_) => {}
                None => {
                    eprintln!(
                        "{}:{line}:1: `{name}` is no file beside the list, and was left out",
                        path.display()
                    );
                    outcome = Outcome::Incomplete;
                }
            }
        }
    }
    Ok(outcome)
}

/// Files, and what they hold.
pub type Texts = Vec<(PathBuf, Vec<u8>)>;

/// Each file and those that it includes, unread.
pub fn texts(files: &[PathBuf]) -> Result<(Texts, Outcome), Failure> {
    let mut texts = Vec::new();
    let outcome = each_file(files, |path| {
        let bytes = read(path)?;
        let mut includes = Vec::new();
        list::each_line(&bytes, &list::Reading::default(), |line| {
            includes.extend(line.includes.map(|file| (line.number, file.to_owned())));
        });
        texts.push((path.to_owned(), bytes));
        Ok(includes)
    })?;
    Ok((texts, outcome))
}

/// The file that `!#include` names: beside the list or below, as in the extension.
fn included(list: &Path, name: &str) -> Option<PathBuf> {
    let is_below = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let file = list.parent()?.join(name);
    (is_below && file.is_file()).then_some(file)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::Read(path.display().to_string(), error))
}

/// What a list is called by.
pub fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detick::shipped::When;

    #[test]
    fn every_list_that_is_always_in_force_is_built_in() {
        let always = shipped::LISTS.iter().filter(|list| list.when == When::Always);
        let built_in = shipped::TEXTS.iter().map(|&(name, _)| name);
        assert!(always.map(|list| list.name).eq(built_in));
    }

    #[test]
    fn nothing_built_in_is_complained_about() {
        for (name, text) in shipped::TEXTS {
            let (_, complaints) = list::parse(name, text.as_bytes());
            assert_eq!(complaints, [], "{name}");
        }
    }
}
