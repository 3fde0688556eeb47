//! Pieces of text that wake rules: most links have none of them, and are passed over without asking any.

use super::data::{Data, Gram, Kind};
use crate::sort;

/// Four bytes as a number that is the same in both letter cases. Some other bytes share one, too: what a gram wakes is
/// asked.
pub(super) fn gram(window: [u8; 4]) -> u32 {
    u32::from_le_bytes(window) | 0x2020_2020
}

/// Bytes of which an address has few, marks all of them: most grams begin or end with one.
pub(super) static IS_EDGE: [bool; 256] = {
    let mut table = [false; 256];
    let mut rest: &[u8] = b"/=?&#:.";
    while let [byte, others @ ..] = rest {
        table[*byte as usize] = true;
        rest = others;
    }
    table
};

/// The grams of some tables, and which windows of four bytes may be one.
#[derive(Clone, Debug)]
pub(super) struct Grams {
    /// Whether each begins or ends with an edge, so that most of a link can be passed over.
    at_edges: bool,
    /// Which kinds of rules they wake, a bit each.
    kinds: u8,
    hashes: [u64; 64],
    /// Sorted by their bytes, those of one rule after the other.
    entries: Vec<Gram>,
}

impl Default for Grams {
    fn default() -> Self {
        Grams {
            at_edges: true,
            kinds: 0,
            hashes: [0; 64],
            entries: Vec::new(),
        }
    }
}

impl Grams {
    /// Those of rules that act and those of exceptions: a link is searched for both at once.
    pub(super) fn of(data: &Data) -> Grams {
        let mut grams = Grams {
            entries: [&data.grams[..], &data.keep_grams].concat(),
            ..Grams::default()
        };
        sort::by_key(&mut grams.entries, |gram| gram.bytes);
        for gram in &grams.entries {
            let (word, bit) = Grams::place(gram.bytes);
            grams.hashes[word] |= bit;
            grams.kinds |= 1 << data.scoped[gram.rule as usize].kind as u8;
            let [first, _, _, last] = gram.bytes.to_le_bytes();
            grams.at_edges &= IS_EDGE[usize::from(first)] || IS_EDGE[usize::from(last)];
        }
        grams
    }

    /// Whether rules of this kind are among those that are woken.
    pub(super) fn wakes(&self, kind: Kind) -> bool {
        self.kinds & 1 << kind as u8 != 0
    }

    /// Calls `found` with each rule of which a gram is in `text`. `marks` are those of the text: edges are among them.
    pub(super) fn scan(&self, text: &[u8], marks: impl Iterator<Item = usize>, mut found: impl FnMut(u32)) {
        let mut look = |window: u32| {
            if self.may_have(window) {
                self.look_up(window, &mut found);
            }
        };
        if !self.at_edges {
            return text
                .windows(4)
                .filter_map(<[u8]>::first_chunk)
                .for_each(|&window| look(gram(window)));
        }
        for at in marks.filter(|&at| IS_EDGE[usize::from(text[at])]) {
            // Nearly always both windows lie within eight bytes, which are read at once.
            match at.checked_sub(3).and_then(|start| text.get(start..)?.first_chunk()) {
                Some(&bytes) => {
                    let bytes = u64::from_le_bytes(bytes);
                    look(gram((bytes as u32).to_le_bytes()));
                    look(gram(((bytes >> 24) as u32).to_le_bytes()));
                }
                None => {
                    let window = |start: usize| text.get(start..)?.first_chunk().copied();
                    let both = [at.checked_sub(3).and_then(window), window(at)];
                    both.into_iter().flatten().for_each(|window| look(gram(window)));
                }
            }
        }
    }

    /// Calls `found` with each rule that a window wakes, if it is a gram.
    #[inline(never)] // rare; without it the search of every link would be slower
    fn look_up(&self, window: u32, mut found: impl FnMut(u32)) {
        let start = self.entries.partition_point(|gram| gram.bytes < window);
        let entries = self.entries[start..].iter().take_while(|gram| gram.bytes == window);
        entries.for_each(|gram| found(gram.rule));
    }

    /// Whether a gram may begin before the place `seam` of a text and end behind it.
    pub(super) fn may_be_across(&self, text: &[u8], seam: usize) -> bool {
        let around = &text[seam.saturating_sub(3)..text.len().min(seam + 3)];
        let mut windows = (0..around.len()).map_while(|at| around[at..].first_chunk());
        windows.any(|&window| self.may_have(gram(window)))
    }

    fn may_have(&self, bytes: u32) -> bool {
        let (word, bit) = Grams::place(bytes);
        self.hashes[word] & bit != 0
    }

    fn place(bytes: u32) -> (usize, u64) {
        let hash = bytes.wrapping_mul(0x9E37_79B1) >> 20;
        (hash as usize >> 6, 1 << (hash & 63))
    }
}
