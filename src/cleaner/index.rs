//! From a text to its number, by a hash: two reads and, nearly always, one comparison.

use super::codec::record;
use crate::sort;

record! {
    /// Entries sorted by hash, found by the hash's upper bits.
    #[derive(Clone, Debug)]
    struct Index {
        /// How many of a hash's upper bits choose a bucket.
        bits: u8,
        /// Where each bucket begins in `entries`; one more than there are buckets.
        starts: Vec<u32>,
        entries: Vec<Entry>,
    }
}

record! {
    /// One text.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Entry {
        hash: u32,
        /// Its number.
        id: u32,
    }
}

impl Default for Index {
    fn default() -> Self {
        Index::new(Vec::new())
    }
}

/// 2^20 buckets are enough for any list that is read.
const MAX_BITS: u8 = 20;

impl Index {
    /// `hashes` are those of the texts with the numbers 0, 1, 2, …
    pub(super) fn new(hashes: Vec<u64>) -> Index {
        let bits = (hashes.len() * 2)
            .next_power_of_two()
            .trailing_zeros()
            .clamp(1, u32::from(MAX_BITS)) as u8;
        let mut entries: Vec<Entry> = hashes
            .iter()
            .enumerate()
            .map(|(id, &hash)| Entry {
                hash: fold(hash),
                id: id as u32,
            })
            .collect();
        sort::by(&mut entries, Ord::cmp);
        let bucket = |entry: &Entry| entry.hash >> (32 - bits);
        let starts = (0..=1_u32 << bits)
            .map(|wanted| entries.partition_point(|entry| bucket(entry) < wanted) as u32)
            .collect();
        Index { bits, starts, entries }
    }

    /// The number of the text with this hash; `is_it` compares the text, since hashes may collide.
    pub(super) fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = fold(hash);
        let bucket = (hash >> (32 - self.bits)) as usize;
        let entries = &self.entries[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        entries
            .iter()
            .find(|entry| entry.hash == hash && is_it(entry.id))
            .map(|entry| entry.id)
    }

    /// Whether an index from bytes is one of `count` texts.
    pub(super) fn holds_together(&self, count: usize) -> bool {
        (1..=MAX_BITS).contains(&self.bits)
            && self.starts.len() == (1 << self.bits) + 1
            && self.starts.is_sorted()
            && self
                .starts
                .last()
                .is_some_and(|&last| last as usize <= self.entries.len())
            && self.entries.iter().all(|entry| (entry.id as usize) < count)
    }
}

fn fold(hash: u64) -> u32 {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

/// The hash of a parameter's name.
pub(super) fn hash_name(name: &[u8]) -> u64 {
    let mut hash = name.len() as u64;
    for chunk in name.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(0x517C_C1B7_2722_0A95);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_found_and_no_other() {
        for count in [0, 1, 2, 3, 1_000] {
            let names: Vec<String> = (0..count).map(|number| format!("name{number}")).collect();
            let index = Index::new(names.iter().map(|name| hash_name(name.as_bytes())).collect());
            assert!(index.holds_together(count));
            for (id, name) in names.iter().enumerate() {
                let found = index.find(hash_name(name.as_bytes()), |other| names[other as usize] == *name);
                assert_eq!(found, Some(id as u32));
            }
            assert_eq!(
                index.find(hash_name(b"other"), |id| names[id as usize] == "other"),
                None
            );
        }
    }
}
