//! Sorting, compiled once: the standard library's sort is ten kilobytes of WebAssembly for every type that it is used
//! with.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Sorts stably, where the items lie: there may be hundreds of thousands, and memory for no more.
pub(crate) fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|one, other| compare(one, other) != Ordering::Greater) {
        return;
    }
    let mut order = order(items.len(), &|one, other| compare(&items[one], &items[other]));
    for start in 0..order.len() {
        // Round the circle of those that take each other's place.
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Sorts stably by what `key` gives.
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
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
        let mut numbers: Vec<u32> = (0..1000).map(|number| number * 7 % 1000).collect();
        by(&mut numbers, Ord::cmp);
        assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
    }
}
