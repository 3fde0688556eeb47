//! Where the signs of a link are by which it is taken apart: found in one pass, and asked by everything that follows.

use super::few::Few;
use crate::address::block::{self, BYTES};
use std::ops::Range;

/// So many blocks need no memory of their own: a link of a thousand bytes.
const FEW: usize = 16;

/// The places of a text's marks ([`is_mark`](crate::address::byte::is_mark)), a bit for each byte.
#[derive(Debug)]
pub(super) struct Marks {
    masks: Few<u64, FEW>,
    length: usize,
}

impl Marks {
    pub(super) fn of(text: &[u8]) -> Marks {
        let mut masks = Few::default();
        let (blocks, rest) = text.as_chunks();
        blocks.iter().for_each(|block| masks.push(block::marks(block)));
        let mut last = [0; BYTES];
        last[..rest.len()].copy_from_slice(rest);
        masks.push(block::marks(&last));
        Marks {
            masks,
            length: text.len(),
        }
    }

    /// All of them, from the first to the last.
    pub(super) fn all(&self) -> Places<'_> {
        self.within(0..self.length)
    }

    /// Those in a part of the text.
    pub(super) fn within(&self, part: Range<usize>) -> Places<'_> {
        let masks = self.masks.as_slice();
        let block = part.start / BYTES;
        let left = masks
            .get(block)
            .map_or(0, |mask| mask & u64::MAX << (part.start % BYTES));
        Places {
            masks,
            block,
            left,
            end: part.end,
        }
    }
}

/// The marks of a part that have not been passed.
#[derive(Clone, Debug)]
pub(super) struct Places<'m> {
    masks: &'m [u64],
    block: usize,
    /// Those of the block.
    left: u64,
    end: usize,
}

impl Iterator for Places<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.block += 1;
            self.left = *self.masks.get(self.block)?;
        }
        let at = self.block * BYTES + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        (at < self.end).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::byte::is_mark;

    proptest::proptest! {
        #[test]
        fn every_mark_of_a_part_is_found_and_nothing_else(text in "[a/?=ü]{0,200}", start in 0_usize..200, length in 0_usize..200) {
            let bytes = text.as_bytes();
            let part = start.min(bytes.len())..(start + length).min(bytes.len());
            let expected: Vec<usize> = part.clone().filter(|&at| is_mark(bytes[at])).collect();
            let marks = Marks::of(bytes);
            proptest::prop_assert_eq!(marks.within(part).collect::<Vec<_>>(), expected);
            proptest::prop_assert_eq!(marks.all().count(), bytes.iter().filter(|&&byte| is_mark(byte)).count());
        }
    }
}
