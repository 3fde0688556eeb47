//! What is gathered while a report is read: the facts that it tells.

use super::text::fact;
use super::{Fact, Kind, MAX_FACTS};
use crate::json::Json;

/// The facts found so far, each once.
#[derive(Default)]
pub(super) struct Report {
    facts: Vec<Fact>,
}

impl Report {
    /// What the first of the keys says that says something.
    pub(super) fn add_first(&mut self, kind: Kind, of: &Json<'_>, keys: &[&str]) {
        let word = keys.iter().find_map(|key| of.get(key)?.words());
        self.add_text(kind, word.unwrap_or_default());
    }

    pub(super) fn add_text(&mut self, kind: Kind, text: &str) {
        self.add(fact(kind, text));
    }

    pub(super) fn add(&mut self, fact: Fact) {
        if !fact.text.is_empty() && self.facts.len() < MAX_FACTS && !self.facts.contains(&fact) {
            self.facts.push(fact);
        }
    }

    /// All of them, in the order of [`Kind`].
    pub(super) fn told(mut self) -> Vec<Fact> {
        self.facts.sort();
        self.facts
    }
}
