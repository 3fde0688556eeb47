//! Filters by number, which is how rules and reasons name the lines that they come from.

use crate::filter::Filter;

/// A filter and its number among all.
#[derive(Clone, Copy)]
pub(super) struct Numbered<'a> {
    pub number: u32,
    pub filter: &'a Filter,
}
