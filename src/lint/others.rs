//! Lines that say what others say already.

use super::{Flaw, Source};
use crate::filter::{Action, Anchor, Case, Filter, Pattern, Polarity, Types};
use crate::list::{self, Reading};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Where a filter stands: the list's index, and the line.
type Place = (u32, u32);

/// A filter that stops all that its pattern matches.
#[derive(Clone, Copy)]
struct Stop {
    place: Place,
    types: Types,
}

/// All filters, by numbers: two that differ have the same one once in some forty million lists.
#[derive(Default)]
pub(super) struct Others {
    /// Filters that a `$badfilter` line takes out of force.
    cancelled: HashSet<u64>,
    hosts: HashMap<u64, Stop>,
    patterns: HashMap<u64, Stop>,
    seen: HashMap<u64, Place>,
}

impl Others {
    pub(super) fn of(lists: &[Source<'_>], reading: &Reading<'_>) -> Others {
        let mut others = Others::default();
        for source in lists
            .iter()
            .filter(|source| memchr::memmem::find(source.text, b"badfilter").is_some())
        {
            list::each_line(source.text, reading, |line| {
                let bad = line.filters.iter().filter(|filter| filter.badfilter);
                others.cancelled.extend(bad.map(|bad| {
                    number(&Filter {
                        badfilter: false,
                        ..bad.clone()
                    })
                }));
            });
        }
        for (list, source) in lists.iter().enumerate() {
            list::each_line(source.text, reading, |line| {
                line.filters.iter().for_each(|filter| others.add(list, filter));
            });
        }
        others
    }

    fn add(&mut self, list: usize, filter: &Filter) {
        if !is_unconditional_stop(filter) || self.is_cancelled(filter) {
            return;
        }
        let Pattern::Glob(glob) = &filter.pattern else {
            return;
        };
        let stop = Stop {
            place: (list as u32, filter.line),
            types: filter.when.types,
        };
        if let Some(host) = glob.host() {
            self.hosts.entry(hash(host)).or_insert(stop);
        }
        if filter.case == Case::Ignored {
            self.patterns.entry(hash(&filter.pattern)).or_insert(stop);
        }
    }

    fn is_cancelled(&self, filter: &Filter) -> bool {
        !self.cancelled.is_empty() && self.cancelled.contains(&number(filter))
    }

    /// What another line says already; each filter is asked about once, in order.
    pub(super) fn flaw(&mut self, lists: &[Source<'_>], list: usize, filter: &Filter) -> Option<Flaw> {
        let number = number(filter);
        let place = (list as u32, filter.line);
        let name = |(list, line): Place| match lists[list as usize].name {
            "" => format!("line {line}"),
            name => format!("{name}:{line}"),
        };
        let first = *self.seen.entry(number).or_insert(place);
        if first != place {
            return Some(Flaw::Duplicate(name(first)));
        }
        if self.cancelled.contains(&number) {
            return None;
        }
        self.shadow(place, filter).map(|stop| Flaw::Shadowed(name(stop)))
    }

    /// Another filter that does all that this one does.
    fn shadow(&self, place: Place, filter: &Filter) -> Option<Place> {
        let stops = filter.action == Action::Block && filter.polarity == Polarity::Apply && !filter.badfilter;
        let Pattern::Glob(glob) = &filter.pattern else {
            return None;
        };
        if !stops || filter.important {
            return None;
        }
        let host = glob.host_part().filter(|_| glob.anchor == Anchor::Host);
        let hosts = host.into_iter().flat_map(|host| {
            let parents = host.match_indices('.').map(move |(dot, _)| &host[dot + 1..]);
            std::iter::once(host).chain(parents)
        });
        let of_hosts = hosts.filter_map(|host| self.hosts.get(&hash(host)));
        let of_pattern = Some(&filter.pattern).filter(|_| filter.case == Case::Ignored);
        of_hosts
            .chain(of_pattern.and_then(|pattern| self.patterns.get(&hash(pattern))))
            .find(|other| other.place != place && other.types.contains(filter.when.types))
            .map(|other| other.place)
    }
}

/// Of all that a filter says, without its place.
fn number(filter: &Filter) -> u64 {
    let mut hasher = DefaultHasher::new();
    let Filter {
        line: _,
        polarity,
        pattern,
        case,
        when,
        target,
        important,
        badfilter,
        action,
    } = filter;
    (polarity, pattern, case, when, target, important, badfilter, action).hash(&mut hasher);
    hasher.finish()
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn is_unconditional_stop(filter: &Filter) -> bool {
    filter.action == Action::Block
        && filter.polarity == Polarity::Apply
        && !filter.badfilter
        && filter.has_no_condition()
}
