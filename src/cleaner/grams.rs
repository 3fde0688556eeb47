//! Pieces of text that wake rules: most links have none of them, and are passed over without asking any.

use super::tables::{Data, Gram, Kind};

/// Four bytes as a number that is the same in both letter cases. Some other bytes share one, too: what a gram wakes is
/// asked.
pub(super) fn gram(window: [u8; 4]) -> u32 {
    u32::from_le_bytes(window) | 0x2020_2020
}

/// Bytes of which an address has few: most grams begin or end with one.
pub(super) static IS_EDGE: [bool; 256] = {
    let mut table = [false; 256];
    let mut rest: &[u8] = b"/=?&#:.";
    while let [byte, others @ ..] = rest {
        table[*byte as usize] = true;
        rest = others;
    }
    table
};

/// Which windows of four bytes may be grams.
#[derive(Clone, Debug)]
pub(super) struct Bits {
    /// Whether each gram begins or ends with an edge, so that most of a link can be passed over.
    at_edges: bool,
    /// Which kinds of rules the grams wake, a bit each.
    kinds: u8,
    hashes: [u64; 64],
}

impl Default for Bits {
    fn default() -> Self {
        Bits {
            at_edges: true,
            kinds: 0,
            hashes: [0; 64],
        }
    }
}

impl Bits {
    pub(super) fn of(data: &Data, grams: &[Gram]) -> Bits {
        let mut bits = Bits::default();
        for gram in grams {
            let (word, bit) = Bits::place(gram.bytes);
            bits.hashes[word] |= bit;
            bits.kinds |= 1 << data.scoped[gram.rule as usize].kind as u8;
            let [first, _, _, last] = gram.bytes.to_le_bytes();
            bits.at_edges &= IS_EDGE[usize::from(first)] || IS_EDGE[usize::from(last)];
        }
        bits
    }

    /// Whether rules of this kind are among those that are woken.
    pub(super) fn wakes(&self, kind: Kind) -> bool {
        self.kinds & 1 << kind as u8 != 0
    }

    /// Calls `found` with each window of `text` that may be a gram, in the form of [`gram`].
    pub(super) fn scan(&self, text: &[u8], mut found: impl FnMut(u32)) {
        let mut look = |at: usize| {
            if let Some(&window) = text.get(at..).and_then(<[u8]>::first_chunk) {
                let window = gram(window);
                if self.may_have(window) {
                    found(window);
                }
            }
        };
        if self.kinds == 0 {
            return;
        }
        if !self.at_edges {
            return (0..text.len()).for_each(look);
        }
        for (at, _) in text.iter().enumerate().filter(|(_, byte)| IS_EDGE[usize::from(**byte)]) {
            if let Some(before) = at.checked_sub(3) {
                look(before);
            }
            look(at);
        }
    }

    fn may_have(&self, bytes: u32) -> bool {
        let (word, bit) = Bits::place(bytes);
        self.hashes[word] & bit != 0
    }

    fn place(bytes: u32) -> (usize, u64) {
        let hash = bytes.wrapping_mul(0x9E37_79B1) >> 20;
        (hash as usize >> 6, 1 << (hash & 63))
    }
}
