//! A hash table in the flat image: from the hash of a token or a domain to the filters filed under it.
//!
//! | word of its description | what |
//! |---|---|
//! | 0 | offset of the bitmap |
//! | 1 | size of the bitmap in bits, a power of two |
//! | 2 | offset of the slots |
//! | 3 | number of slots |
//! | 4 | offset of the bucket of filters that are filed under nothing, or 0 |
//!
//! A slot is two words: the hash, and the offset of the bucket or 0 in a free slot. Most hashes of an address are not
//! in the table. The bitmap says so for nine of ten of them, and is small enough to stay in the processor's cache.

use super::data::View;

/// What a hash is of. Each kind is spread differently, so that a token `com` is not the domain `com`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Kind {
    /// A token of the address.
    Token = 0,
    /// The host that is requested, or a domain above it.
    Host = 0x9e37_79b9,
    /// The page's host, or a domain above it.
    Page = 0x85eb_ca6b,
    /// The same without its public suffix.
    PageEntity = 0xc2b2_ae35,
}

/// The key of a hash. Never zero in the table's own form, but that is no matter: an empty slot has no bucket.
pub fn key(kind: Kind, hash: u32) -> u32 {
    hash ^ kind as u32
}

/// A table that is ready to be searched.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    bits: &'a [[u8; 4]],
    slots: &'a [[u8; 4]],
    /// The bucket that every request is compared with; 0 when there is none.
    pub unfiled: u32,
}

impl<'a> Index<'a> {
    /// The table described at word `at`; an empty one when that is not sound.
    pub fn at(data: View<'a>, at: usize) -> Index<'a> {
        let [bits, bit_count, slots, slot_count, unfiled] = data.words(at).unwrap_or([0; 5]);
        let sound = bit_count.is_power_of_two() && bit_count >= 32;
        let parts = || {
            let bits = data.slice(bits as usize, bit_count as usize / 32)?;
            Some((bits, data.slice(slots as usize, (slot_count as usize).checked_mul(2)?)?))
        };
        let (bits, slots) = Some(()).filter(|()| sound).and_then(|()| parts()).unwrap_or((&[], &[]));
        Index { bits, slots, unfiled }
    }

    /// The bucket filed under a key.
    #[inline]
    pub fn find(&self, key: u32) -> Option<u32> {
        let bit = bit(key) & (self.bits.len() * 32).wrapping_sub(1);
        if u32::from_le_bytes(*self.bits.get(bit / 32)?) >> (bit % 32) & 1 == 0 {
            return None;
        }
        self.find_slot(key)
    }

    fn find_slot(&self, key: u32) -> Option<u32> {
        let (slots, _) = self.slots.as_chunks::<2>();
        let first = first_slot(key, slots.len());
        let (before, from) = slots.split_at_checked(first)?;
        let mut slots = from.iter().chain(before).map(|slot| slot.map(u32::from_le_bytes));
        let found = slots.find(|&[found, bucket]| found == key || bucket == 0);
        found.map(|[_, bucket]| bucket).filter(|&bucket| bucket != 0)
    }
}

/// Where the search for a key begins: the key's share of all numbers, so that any number of slots will do.
fn first_slot(key: u32, slots: usize) -> usize {
    let spread = key.wrapping_mul(0x9e37_79b1);
    ((u64::from(spread) * slots as u64) >> 32) as usize
}

/// The bitmap goes by other bits of the key than the slots.
fn bit(key: u32) -> usize {
    (key.rotate_left(15) ^ key >> 3) as usize
}

/// Writes a table of `(key, bucket)` to the end of `words`, and its description to word `at`. Keys are distinct.
pub fn write(words: &mut Vec<u32>, at: usize, entries: &[(u32, u32)], unfiled: u32) {
    let bit_count = (entries.len() * 12).next_power_of_two().max(32);
    let bits = words.len();
    words.resize(bits + bit_count / 32, 0);
    // A fifth of the slots at least stays free.
    let slot_count = entries.len() * 5 / 4 + 1;
    let slots = words.len();
    words.resize(slots + 2 * slot_count, 0);
    for &(key, bucket) in entries {
        let bit = bit(key) & (bit_count - 1);
        words[bits + bit / 32] |= 1 << (bit % 32);
        let mut slot = first_slot(key, slot_count);
        while words[slots + 2 * slot + 1] != 0 {
            slot = (slot + 1) % slot_count;
        }
        words[slots + 2 * slot] = key;
        words[slots + 2 * slot + 1] = bucket;
    }
    let description = [bits, bit_count, slots, slot_count, unfiled as usize];
    for (word, value) in words[at..].iter_mut().zip(description) {
        *word = value as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::super::data::Data;
    use super::*;

    #[test]
    fn what_was_filed_is_found_and_nothing_else() {
        for count in [0, 1, 2, 100, 10_000_u32] {
            let mut words = vec![0; 8];
            let entries: Vec<_> = (0..count).map(|n| (n.wrapping_mul(0x9e37_79b9), n + 1)).collect();
            write(&mut words, 1, &entries, 7);
            let data = Data::new(&words, "");
            let index = Index::at(data.view(), 1);
            assert_eq!(index.unfiled, 7);
            for &(key, bucket) in &entries {
                assert_eq!(index.find(key), Some(bucket));
            }
            assert_eq!(index.find(0x1234_5679), None);
        }
    }

    #[test]
    fn nonsense_is_an_empty_table() {
        let nonsense = [
            [0, 0, 0, 0, 0],
            [1, 33, 1, 2, 0],
            [u32::MAX, 32, 1, 1, 0],
            [1, 32, 1, 1 << 31, 9],
        ];
        for description in nonsense {
            let data = Data::new(&description, "");
            assert_eq!(Index::at(data.view(), 0).find(5), None);
        }
    }
}
