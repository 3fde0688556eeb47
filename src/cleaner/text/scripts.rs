//! Which scripts a link is written in.

/// The scripts of a link besides Latin, as far as they must be told apart.
#[derive(Default)]
pub(super) struct Scripts {
    seen: [u32; 8],
    count: usize,
}

impl Scripts {
    pub(super) fn is_new(&self, character: char) -> bool {
        // One with more scripts than that is no link of anyone's: it may go on as it likes.
        let script = script(character);
        script != 0 && self.count < self.seen.len() && !self.seen[..self.count].contains(&script)
    }

    /// Takes note of the character's script; always false.
    pub(super) fn see(&mut self, character: char) -> bool {
        if self.is_new(character) {
            self.seen[self.count] = script(character);
            self.count += 1;
        }
        false
    }
}

/// A number for a character's script: 0 for Latin, one for each block of most others.
fn script(character: char) -> u32 {
    match u32::from(character) {
        0..=0x24f | 0x1e00..=0x1eff | 0x300..=0x36f | 0x200c | 0x200d => 0,
        0x370..=0x3ff | 0x1f00..=0x1fff => 1,
        0x400..=0x52f => 2,
        0x600..=0x6ff | 0x750..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => 3,
        // Japanese is written in three.
        0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff => 4,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7af => 5,
        0x2010..=0x2bff | 0xfe00..=0xfe0f | 0x1_f000..=0x1_faff => 6,
        other => other >> 7 | 1 << 16,
    }
}
