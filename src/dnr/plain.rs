//! Lines that differ in nothing but the host they are for: most lines of most lists. Their rule is worked out once for
//! all.

use super::condition;
use super::merge::Fnv;
use super::numbered::Numbered;
use crate::filter::{Action, Filter, Party, Pattern, Polarity, Types};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// What the rule of such a line depends on, beside the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Shape {
    polarity: Polarity,
    types: Types,
    party: Party,
    important: bool,
}

/// Lines of one shape.
pub(super) struct Lines<'a> {
    /// Any of them.
    pub filter: &'a Filter,
    pub numbers: Vec<u32>,
    pub hosts: Vec<&'a str>,
}

/// Such lines by their shape.
#[derive(Default)]
pub(super) struct Plain<'a>(HashMap<Shape, Lines<'a>, BuildHasherDefault<Fnv>>);

impl<'a> Plain<'a> {
    /// Takes a line if it is one; says whether it did.
    pub(super) fn take(&mut self, Numbered { number, filter }: Numbered<'a>) -> bool {
        let Some(host) = host_of(filter) else {
            return false;
        };
        let shape = Shape {
            polarity: filter.polarity,
            types: filter.when.types,
            party: filter.when.party,
            important: filter.important,
        };
        let lines = self.0.entry(shape).or_insert_with(|| Lines {
            filter,
            numbers: Vec::new(),
            hosts: Vec::new(),
        });
        lines.numbers.push(number);
        lines.hosts.push(host);
        true
    }

    /// What was taken.
    pub(super) fn into_lines(self) -> impl Iterator<Item = Lines<'a>> {
        self.0.into_values()
    }
}

fn host_of(filter: &Filter) -> Option<&str> {
    let Pattern::Glob(glob) = &filter.pattern else {
        return None;
    };
    let is_plain = filter.action == Action::Block && condition::has_pattern_only(filter);
    let host = glob.host().filter(|_| is_plain)?;
    (!host.starts_with('[')).then_some(host)
}
