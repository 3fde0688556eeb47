//! Sorting, compiled once: the standard library's sort is ten kilobytes of WebAssembly for every type that it is used
//! with.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Sorts stably.
pub(crate) fn by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|one, other| compare(one, other) != Ordering::Greater) {
        return;
    }
    let order = order(items.len(), &|one, other| compare(&items[one], &items[other]));
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| taken[at].take()));
}

/// Sorts stably by what `key` gives.
pub(crate) fn by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// The numbers below `count` as `compare` wants them.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&one, &other| compare(one, other));
    order
}

/// A set. `collect` would sort.
pub(crate) fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_keep_their_order() {
        let mut words = vec!["bb", "a", "cc", "d"];
        by_key(&mut words, |word| word.len());
        assert_eq!(words, ["a", "d", "bb", "cc"]);
        by(&mut words, |one, other| other.cmp(one));
        assert_eq!(words, ["d", "cc", "bb", "a"]);
    }
}
