//! Hash tables in the flat image: from the hash of a token or a domain to the filters filed under it.
//!
//! | word of an index | what |
//! |---|---|
//! | 0-4 | table of hosts: what is requested, and the domains above it |
//! | 5-9 | table of tokens of the address |
//! | 10-14 | table of pages: their host, the domains above it, and both without their public suffix |
//! | 15-19 | table of grams: any four bytes of the address |
//! | 20 | offset of the bucket of filters that are filed under nothing, or 0 |
//!
//! | word of a table | what |
//! |---|---|
//! | 0 | offset of the bitmap |
//! | 1 | its size in bits, as a power of two |
//! | 2 | offset of the slots |
//! | 3 | number of slots among which hashes are spread |
//! | 4 | number of slots behind those |
//!
//! A slot is two words: the hash, and the offset of the bucket or 0 in a free slot. Slots are in the order of their
//! hashes, so that a search ends at the first that is not smaller. Most hashes of an address are not
//! in a table. The bitmap says so for nine of ten of them, and that of the tokens, which are asked for most, is small
//! enough to stay in the processor's nearest cache.

use super::data::View;
use super::header::{INDEX_WORDS, TABLE_WORDS, TABLES};

/// What a hash is of: the table that it is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The host that is requested, or a domain above it.
    Host,
    /// A token of the address.
    Token,
    /// The page's host, or a domain above it; see also [`of_entity`].
    Page,
    /// Four bytes of the address, wherever they stand.
    Gram,
}

const KINDS: [Kind; TABLES] = [Kind::Host, Kind::Token, Kind::Page, Kind::Gram];

/// What a filter is filed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The table.
    pub kind: Kind,
    /// In it.
    pub hash: u32,
}

/// The hash of a page's domain without its public suffix, in the table of pages: `example` is not `example.*`.
#[inline]
pub fn of_entity(hash: u32) -> u32 {
    hash ^ 0xc2b2_ae35
}

/// The hash of four bytes.
#[inline]
pub fn of_gram(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes).wrapping_mul(0x9e37_79b1)
}

/// An index that is ready to be searched.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    tables: [Table<'a>; TABLES],
    /// The bucket that every request is compared with; 0 when there is none.
    pub unfiled: u32,
}

impl<'a> Index<'a> {
    /// The index described at word `at`.
    #[inline]
    pub fn at(data: View<'a>, at: usize) -> Index<'a> {
        Index {
            tables: KINDS.map(|kind| Table::at(data, at + TABLE_WORDS * kind as usize)),
            unfiled: data.word(at + INDEX_WORDS - 1),
        }
    }

    /// One of its tables.
    #[inline]
    pub fn table(&self, kind: Kind) -> Table<'a> {
        self.tables[kind as usize]
    }

    /// Whether nothing at all is filed.
    pub fn is_empty(&self) -> bool {
        self.unfiled == 0 && self.tables.iter().all(Table::is_empty)
    }
}

/// A table that is ready to be searched.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bits: &'a [[u8; 4]],
    /// How far a hash is shifted to give its bit.
    shift: u32,
    slots: &'a [[[u8; 4]; 2]],
    /// Among how many of them hashes are spread.
    spread: u32,
}

impl<'a> Table<'a> {
    /// The table described at word `at`; an empty one when that is not sound.
    #[inline]
    fn at(data: View<'a>, at: usize) -> Table<'a> {
        let [bits, power, slots, spread, behind] = data.words(at).unwrap_or_default();
        let parts = || {
            let bits = data.slice(bits as usize, 1_usize.checked_shl(power)? / 32)?;
            let count = (spread as usize).checked_add(behind as usize)?.checked_mul(2)?;
            Some((bits, data.slice(slots as usize, count)?.as_chunks().0))
        };
        let (bits, slots) = parts().unwrap_or_default();
        Table {
            bits,
            shift: 32_u32.saturating_sub(power),
            slots,
            spread,
        }
    }

    /// Whether nothing is filed in it.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The bucket filed under a hash.
    #[inline]
    pub fn find(&self, hash: u32) -> Option<u32> {
        let bit = hash.wrapping_shr(self.shift) as usize;
        let word = u32::from_le_bytes(*self.bits.get(bit / 32)?);
        if word >> (bit % 32) & 1 == 0 {
            return None;
        }
        self.find_slot(hash)
    }

    #[inline]
    fn find_slot(&self, hash: u32) -> Option<u32> {
        for slot in self.slots.get(first_slot(hash, self.spread)..)? {
            let [found, bucket] = slot.map(u32::from_le_bytes);
            if found >= hash || bucket == 0 {
                return Some(bucket).filter(|_| found == hash && bucket != 0);
            }
        }
        None
    }
}

/// Where the search for a hash begins: the hash's share of all numbers, so that any number of slots will do.
#[inline]
fn first_slot(hash: u32, slots: u32) -> usize {
    ((u64::from(hash) * u64::from(slots)) >> 32) as usize
}

/// Writes an index of `(key, bucket)`, sorted by key and each key once, to the end of `words`, and its description to
/// word `at`.
pub fn write(words: &mut Vec<u32>, at: usize, entries: &[(Key, u32)], unfiled: u32) {
    for kind in KINDS {
        let first = entries.partition_point(|(key, _)| key.kind < kind);
        let end = entries.partition_point(|(key, _)| key.kind <= kind);
        // An address has a hundred grams: their bitmap is sparser.
        let bits_each = if kind == Kind::Gram { 64 } else { 12 };
        let table = write_table(words, &entries[first..end], bits_each);
        let to = at + TABLE_WORDS * kind as usize;
        words[to..to + TABLE_WORDS].copy_from_slice(&table);
    }
    words[at + INDEX_WORDS - 1] = unfiled;
}

fn write_table(words: &mut Vec<u32>, entries: &[(Key, u32)], bits_each: usize) -> [u32; TABLE_WORDS] {
    let bit_count = (entries.len() * bits_each).next_power_of_two().max(32);
    let power = bit_count.trailing_zeros();
    let bits = words.len();
    words.resize(bits + bit_count / 32, 0);
    for (key, _) in entries {
        let bit = key.hash >> (32 - power);
        words[bits + bit as usize / 32] |= 1 << (bit % 32);
    }
    // A fifth of the slots is free: the bitmap lets few searches come this far. Overflow slots follow the table.
    let spread = entries.len() + entries.len() / 4;
    let slots = words.len();
    words.resize(slots + 2 * spread, 0);
    let mut next = 0;
    for (key, bucket) in entries {
        let slot = first_slot(key.hash, spread as u32).max(next);
        next = slot + 1;
        words.resize(words.len().max(slots + 2 * next), 0);
        words[slots + 2 * slot] = key.hash;
        words[slots + 2 * slot + 1] = *bucket;
    }
    let behind = next.saturating_sub(spread);
    [bits as u32, power, slots as u32, spread as u32, behind as u32]
}

#[cfg(test)]
mod tests {
    use super::super::data::Data;
    use super::*;

    #[test]
    fn what_was_filed_is_found_and_nothing_else() {
        for count in [0, 1, 2, 100, 10_000_u32] {
            let mut words = vec![0; INDEX_WORDS + 1];
            let hash = |n: u32| n.wrapping_mul(0x9e37_79b9);
            let entries = |kind, first| (0..count).map(move |n| (Key { kind, hash: hash(n) }, first + n));
            let all = entries(Kind::Host, 1).chain(entries(Kind::Token, 20_000));
            let mut all: Vec<_> = all.collect();
            all.sort();
            write(&mut words, 1, &all, 7);
            let data = Data::new(&words, "");
            let index = Index::at(data.view(), 1);
            assert_eq!(index.unfiled, 7);
            for (key, bucket) in all {
                assert_eq!(index.table(key.kind).find(key.hash), Some(bucket));
                assert_eq!(index.table(Kind::Page).find(key.hash), None);
            }
            assert_eq!(index.table(Kind::Token).find(0x1234_5679), None);
        }
    }

    #[test]
    fn nonsense_is_an_empty_table() {
        for description in [
            [0; 5],
            [1, 5, 1, 0, 0],
            [u32::MAX, 5, 1, 1, 0],
            [1, 40, 1, 1, 0],
            [1, 5, 1, 1 << 31, 0],
            [1, 5, 1, 1, u32::MAX],
        ] {
            let data = Data::new(&description, "");
            assert_eq!(Table::at(data.view(), 0).find(5), None);
        }
    }
}
