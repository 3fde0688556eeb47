//! Tokens: the runs of letters and digits in an address, hashed, by which most filters are found.
//!
//! `https://a.example/ads/x.js?v=1` has the tokens `https a example ads x js v 1`. A filter `/ads/*.js` can only match
//! where `ads` is a token, so it is filed under `ads` and looked at only then.

/// What must follow the text in memory: it is read eight bytes at a time.
pub const PADDING: &str = "\0\0\0\0\0\0\0\0";

/// A token of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Of its text.
    pub hash: u32,
    /// Where it begins, in bytes.
    pub start: u32,
}

/// Whether a byte is part of a token.
pub const fn is_part(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// Fills `tokens` with those of `text`, which is ASCII in lower case and ends with [`PADDING`].
///
/// Sixty-four bytes at a time become a mask of what is part of a token, and tokens lie between the mask's edges: to
/// look at each byte would be to mispredict a branch at each edge.
pub fn read(text: &[u8], tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut begun: Option<usize> = None;
    let mut before = 0;
    for (number, block) in text.chunks(64).enumerate() {
        let mask = parts(block);
        let mut edges = mask ^ (mask << 1 | before);
        before = mask >> 63;
        while edges != 0 {
            let at = number * 64 + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            match begun.take() {
                None => begun = Some(at),
                // The padding is no part of a token: the last one ends there at the latest.
                Some(start) => tokens.push(Token {
                    hash: hash(text, start, at),
                    start: start as u32,
                }),
            }
        }
    }
}

/// One bit for each byte of up to 64: whether it is part of a token.
fn parts(block: &[u8]) -> u64 {
    let (words, rest) = block.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut mask = 0;
    for (number, word) in words.iter().chain([&last]).enumerate().take(8) {
        mask |= parts_of_eight(u64::from_le_bytes(*word)) << (8 * number);
    }
    mask
}

/// The same for eight ASCII bytes: adding lifts a byte's top bit where it reaches the bound.
fn parts_of_eight(word: u64) -> u64 {
    let from = |bound: u8| word.wrapping_add(EACH * u64::from(0x80 - bound));
    let letters = from(b'a') & !from(b'z' + 1);
    let digits = from(b'0') & !from(b'9' + 1);
    let top_bits = (letters | digits) & !word & (EACH * 0x80);
    // Multiplying moves the eight bits next to each other.
    (top_bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Each byte is 1.
const EACH: u64 = 0x0101_0101_0101_0101;

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
        let everything: Vec<u8> = (0..128).chain(*b"\0\0\0\0\0\0\0\0").collect();
        for at in 0..128 {
            let found = parts(&everything[at / 64 * 64..][..64]) >> (at % 64) & 1 == 1;
            assert_eq!(found, is_part(at as u8), "byte {at}");
        }
        for length in [0, 1, 7, 8, 62, 63, 64, 65, 127, 128, 129] {
            let text = format!("/{}{PADDING}", "a".repeat(length));
            read(text.as_bytes(), &mut tokens);
            assert_eq!(tokens.len(), usize::from(length > 0), "a token of {length} bytes");
        }
        assert_eq!(hash_of("AbC"), hash_of("abc"));
        assert_ne!(hash_of("12345678"), hash_of("123456789"));
    }
}
