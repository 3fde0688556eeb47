//! `$badfilter`: which filters are out of force.

use super::List;
use crate::filter::{Filter, Pattern};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

/// Whose lines: the user's own rank above those of all lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A list's.
    List,
    /// The user's own.
    Own,
}

/// Ids of rules are made from it: one byte on every platform.
impl Hash for Rank {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u8(u8::from(*self == Rank::Own));
    }
}

impl Rank {
    /// The rank of the list at that index, where the user's own begin at `own_from`.
    pub fn of(index: usize, own_from: usize) -> Rank {
        match index < own_from {
            true => Rank::List,
            false => Rank::Own,
        }
    }
}

/// The `$badfilter` lines of lists, and what they take out of force.
#[derive(Debug, Default)]
pub struct Cancelled<'a>(HashMap<&'a Pattern, Vec<(Rank, &'a Filter)>>);

impl<'a> Cancelled<'a> {
    /// From `own_from` on, lists are the user's own.
    ///
    /// ```
    /// use detick::list::{Cancelled, Rank, parse};
    /// let (list, _) = parse("a.txt", b"||ads.example^\n||ads.example^$badfilter\n||log.example^\n");
    /// let lists = [list];
    /// let cancelled = Cancelled::of(&lists, usize::MAX);
    /// let out = |at: usize| cancelled.has(&lists[0].filters[at], Rank::List);
    /// assert_eq!([out(0), out(1), out(2)], [true, true, false]);
    /// ```
    pub fn of(lists: &'a [List], own_from: usize) -> Cancelled<'a> {
        let mut cancelled = Cancelled::default();
        for (index, list) in lists.iter().enumerate() {
            for filter in list.filters.iter().filter(|filter| filter.badfilter) {
                let others = cancelled.0.entry(&filter.pattern).or_default();
                others.push((Rank::of(index, own_from), filter));
            }
        }
        cancelled
    }

    /// Whether nothing is taken out of force.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the filter is out of force: one that cancels others, or that one of at least its own rank cancels.
    pub fn has(&self, filter: &Filter, rank: Rank) -> bool {
        filter.badfilter || self.by(filter, rank).is_some()
    }

    /// The line that takes the filter out of force.
    pub fn by(&self, filter: &Filter, rank: Rank) -> Option<&'a Filter> {
        let same = self.0.get(&filter.pattern)?;
        let reaching = same.iter().filter(|(bad, _)| *bad >= rank);
        reaching.map(|(_, bad)| *bad).find(|bad| filter.is_cancelled_by(bad))
    }
}
