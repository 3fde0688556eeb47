//! Tokens: the runs of letters and digits in an address, hashed, by which most filters are found.
//!
//! `https://a.example/ads/x.js?v=1` has the tokens `https a example ads x js v 1`. A filter `/ads/*.js` can only match
//! where `ads` is a token, so it is filed under `ads` and looked at only then.

/// What must follow the text in memory: hashing reads eight bytes at a time.
pub const PADDING: &str = "\0\0\0\0\0\0\0\0";

/// A token of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Of its text.
    pub hash: u32,
    /// Where it begins, in bytes.
    pub start: u32,
}

/// Whether a byte is part of a token. A table: two comparisons per byte would be mispredicted at every edge.
pub const fn is_part(byte: u8) -> bool {
    PARTS[byte as usize]
}

static PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        parts[byte] = (byte as u8).is_ascii_lowercase() || (byte as u8).is_ascii_digit();
        byte += 1;
    }
    parts
};

/// Fills `tokens` with those of `text`, which is in lower case and ends with [`PADDING`].
pub fn read(text: &[u8], tokens: &mut Vec<Token>) {
    tokens.clear();
    let end = text.len().saturating_sub(PADDING.len());
    let mut at = 0;
    while at < end {
        if !is_part(text[at]) {
            at += 1;
            continue;
        }
        let start = at;
        // Zero is no part of a token: this ends within the padding.
        while is_part(text[at]) {
            at += 1;
        }
        tokens.push(Token {
            hash: hash(text, start, at),
            start: start as u32,
        });
    }
}

/// The hash of a token that stands alone.
pub fn hash_of(token: &str) -> u32 {
    let mut padded = token.to_ascii_lowercase().into_bytes();
    padded.extend(PADDING.bytes());
    hash(&padded, 0, token.len())
}

/// Of the first eight bytes, the last eight and the length: tokens rarely differ only between those.
fn hash(text: &[u8], start: usize, end: usize) -> u32 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let length = end - start;
    let first = eight(text, start);
    let (first, last) = match length {
        0..8 => (first & ((1 << (8 * length)) - 1), 0),
        8 => (first, 0),
        _ => (first, eight(text, end - 8).rotate_left(29)),
    };
    let mixed = (first ^ last).wrapping_add(length as u64).wrapping_mul(MULTIPLIER);
    ((mixed ^ (mixed >> 29)).wrapping_mul(MULTIPLIER) >> 32) as u32
}

fn eight(text: &[u8], at: usize) -> u64 {
    text[at..].first_chunk().copied().map_or(0, u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_letters_and_digits_are_found() {
        let mut text = b"https://a.ex-ample/%2f_1?averylongtokenindeed".to_vec();
        text.extend(PADDING.bytes());
        let mut tokens = Vec::new();
        read(&text, &mut tokens);
        let expected = [
            (0, "https"),
            (8, "a"),
            (10, "ex"),
            (13, "ample"),
            (20, "2f"),
            (23, "1"),
            (25, "averylongtokenindeed"),
        ];
        let expected = expected.map(|(start, word)| Token {
            hash: hash_of(word),
            start,
        });
        assert_eq!(tokens, expected);
        assert_eq!(hash_of("AbC"), hash_of("abc"));
        assert_ne!(hash_of("12345678"), hash_of("123456789"));
    }
}
