//! Texts, hosts, regexes and runs of a table, each held once.

use crate::address::hash;
use crate::case::Case;
use crate::cleaner::data::{Data, REGEX, RegexText, Run, Span};
use crate::cleaner::index::Index;
use crate::regex::{self, RegexError};
use std::collections::HashMap;
use std::hash::Hash;

#[derive(Default)]
pub(super) struct Pool {
    text: String,
    spans: HashMap<String, Span>,
    scopes: Vec<String>,
    scope_numbers: HashMap<String, u32>,
    regexes: Vec<RegexText>,
    regex_numbers: HashMap<RegexText, u32>,
}

impl Pool {
    pub(super) fn text(&mut self, text: &str) -> Span {
        if let Some(&span) = self.spans.get(text) {
            return span;
        }
        let span = Span {
            start: self.text.len() as u32,
            len: text.len() as u32,
        };
        self.text.push_str(text);
        self.spans.insert(text.to_owned(), span);
        span
    }

    pub(super) fn get(&self, span: Span) -> &str {
        &self.text[span.start as usize..][..span.len as usize]
    }

    /// The number of a host, of an entity (`google.*`) or of a label (`google.`).
    pub(super) fn scope(&mut self, name: &str) -> u32 {
        let next = self.scopes.len() as u32;
        *self.scope_numbers.entry(name.to_owned()).or_insert_with(|| {
            self.scopes.push(name.to_owned());
            next
        })
    }

    /// How many of these there are.
    pub(super) fn scopes(&self) -> usize {
        self.scopes.len()
    }

    /// The number of a regex.
    ///
    /// # Errors
    /// When it does not compile.
    pub(super) fn regex(&mut self, source: &str, case: Case) -> Result<u32, RegexError> {
        regex::check(source, case)?;
        let text = RegexText {
            source: self.text(source),
            case,
        };
        let next = self.regexes.len() as u32;
        Ok(*self.regex_numbers.entry(text).or_insert_with(|| {
            self.regexes.push(text);
            next
        }))
    }

    /// The number of a regex as an entry of a host set.
    pub(super) fn host_regex(&mut self, source: &str) -> Result<u32, RegexError> {
        Ok(self.regex(source, Case::Ignored)? | REGEX)
    }

    pub(super) fn finish(mut self, data: &mut Data) {
        let hashes = self.scopes.iter().map(|name| hash::of_name(name)).collect();
        data.scope_index = Index::new(hashes);
        data.has_entities = u8::from(self.scopes.iter().any(|name| name.ends_with(".*")));
        data.has_labels = u8::from(self.scopes.iter().any(|name| name.ends_with('.')));
        for name in std::mem::take(&mut self.scopes) {
            let span = self.text(&name);
            data.scopes.push(span);
        }
        data.regexes = self.regexes;
        data.pool = self.text;
    }
}

/// A table in which equal runs stand once.
pub(super) struct Shelf<T> {
    pub(super) items: Vec<T>,
    runs: HashMap<Vec<T>, Run>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Shelf {
            items: Vec::new(),
            runs: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Shelf<T> {
    pub(super) fn put(&mut self, items: Vec<T>) -> Run {
        if items.is_empty() {
            return Run::default();
        }
        *self.runs.entry(items).or_insert_with_key(|items| {
            let start = self.items.len() as u32;
            self.items.extend_from_slice(items);
            Run {
                start,
                len: items.len() as u32,
            }
        })
    }

    pub(super) fn get(&self, run: Run) -> &[T] {
        &self.items[run.start as usize..][..run.len as usize]
    }
}
