//! What the bytes of an address are: parts of tokens, marks; and what is known of sixty-four of them.

/// How many bytes a block has: one for each bit of a mask.
pub const BYTES: usize = 64;

/// Whether a byte is part of a token.
pub const fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// What is known of a block.
#[derive(Clone, Copy, Debug, Default)]
pub struct Block {
    /// Bit n: whether byte n is part of a token.
    pub parts: u64,
    /// Whether any byte is not ASCII.
    pub is_foreign: bool,
    /// Whether any byte is a capital letter.
    pub has_upper: bool,
}

impl std::ops::BitOrAssign for Block {
    fn bitor_assign(&mut self, other: Block) {
        self.parts |= other.parts;
        self.is_foreign |= other.is_foreign;
        self.has_upper |= other.has_upper;
    }
}

/// Whether a byte is a mark: a sign, but for those that words have (`-`, `_`, `~`) and those that stand in no address.
/// Among them are all by which an address is taken apart, and all that grams begin or end with.
pub const fn is_mark(byte: u8) -> bool {
    // No branches, and ranges instead of single signs: so the compiler makes it work on many bytes at once.
    (byte.wrapping_sub(b'#') <= b'/' - b'#') & (byte != b'-')
        | (byte.wrapping_sub(b':') <= b'@' - b':')
        | (byte == b'\\')
}
