//! Everything that the lists say about links, in flat tables: made once, read many times, held in one image.

use super::Tiers;
use super::codec::Field;
use super::data::{Data, Rule, Run, Span};
use super::ends::Ends;
use super::grams::Grams;
use crate::regex::Regex;
use std::sync::OnceLock;

/// [`Data`] that holds together, and the regexes compiled so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    pub(super) data: Data,
    compiled: Vec<OnceLock<Regex>>,
    pub(super) grams: Grams,
    pub(super) ends: Ends,
}

impl Tables {
    /// Checks every reference, so that no lookup can go astray later. `None` when one does.
    pub(super) fn new(data: Data) -> Option<Tables> {
        if !super::integrity::holds_together(&data) {
            return None;
        }
        let mut tables = Tables {
            compiled: data.regexes.iter().map(|_| OnceLock::new()).collect(),
            grams: Grams::of(&data),
            ends: Ends::default(),
            data,
        };
        tables.ends = Ends::of(tables.data.scopes.iter().map(|&span| tables.text(span)));
        Some(tables)
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.data.write(&mut out);
        out
    }

    pub(super) fn from_bytes(mut bytes: &[u8]) -> Option<Tables> {
        let data = Data::read(&mut bytes)?;
        Tables::new(data).filter(|_| bytes.is_empty())
    }

    pub(super) fn text(&self, span: Span) -> &str {
        let start = span.start as usize;
        &self.data.pool[start..start + span.len as usize]
    }

    pub(super) fn run<'t, T>(&self, table: &'t [T], run: Run) -> &'t [T] {
        let start = run.start as usize;
        &table[start..start + run.len as usize]
    }

    pub(super) fn regex(&self, number: u32) -> &Regex {
        let text = self.data.regexes[number as usize];
        self.compiled[number as usize].get_or_init(|| Regex::checked(self.text(text.source), text.case))
    }

    /// The name of the rule's list.
    pub(super) fn list(&self, rule: &Rule) -> &str {
        self.text(self.data.lists[usize::from(rule.list)].name)
    }

    /// The tier of the rule's list.
    pub(super) fn tier(&self, rule: &Rule) -> Tiers {
        Tiers::from_bits_truncate(self.data.lists[usize::from(rule.list)].tier)
    }

    /// The rules of one scope, sorted by kind.
    pub(super) fn scoped(&self, scope: u32) -> &[Rule] {
        let starts = &self.data.scope_starts;
        &self.data.scoped[starts[scope as usize] as usize..starts[scope as usize + 1] as usize]
    }
}

/// The part of `rules`, which are sorted by scope, that is for `scope`.
pub(super) fn rules_of(rules: &[Rule], scope: u32) -> &[Rule] {
    let start = rules.partition_point(|rule| rule.scope < scope);
    let length = rules[start..].iter().take_while(|rule| rule.scope == scope).count();
    &rules[start..start + length]
}
