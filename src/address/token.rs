//! Tokens: the runs of letters and digits in an address, hashed, by which most filters are found.
//!
//! `https://a.example/ads/x.js?v=1` has the tokens `https a example ads x js v 1`. A filter `/ads/*.js` can only match
//! where `ads` is a token, so it is filed under `ads` and looked at only then.

use crate::address::block;

pub use crate::address::byte::is_part;

/// A token of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Of its text.
    pub hash: u32,
    /// Where it begins, in bytes.
    pub start: u32,
}

/// Fills `tokens` with those of an address in lower case, of which `parts` has the mask of each block: tokens lie
/// between a mask's edges. Blocks that follow the text are zero.
pub fn read(lower: &[u8], parts: &[u64], tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut start = 0;
    let mut before = 0;
    for (number, mask) in parts.iter().enumerate() {
        let mut edges = mask ^ (mask << 1 | before);
        // Edges alternate: the first is an end if a token has come over from the block before.
        if before != 0 && edges != 0 {
            let end = number * block::BYTES + edges.trailing_zeros() as usize;
            tokens.push(Token::new(lower, start, end));
            edges &= edges - 1;
        }
        while edges != 0 {
            start = number * block::BYTES + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            if edges == 0 {
                break;
            }
            let end = number * block::BYTES + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            tokens.push(Token::new(lower, start, end));
        }
        before = mask >> 63;
    }
}

impl Token {
    #[inline]
    fn new(text: &[u8], start: usize, end: usize) -> Token {
        Token {
            hash: hash(text, start, end),
            start: start as u32,
        }
    }
}

/// The hash of a token that stands alone.
pub fn hash_of(token: &str) -> u32 {
    let mut padded = token.to_ascii_lowercase().into_bytes();
    padded.extend([0; 8]);
    hash(&padded, 0, token.len())
}

/// Of the first eight bytes and the length: few tokens that filters have differ only behind those, and patterns are
/// compared anyway.
#[inline]
fn hash(text: &[u8], start: usize, end: usize) -> u32 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let length = end - start;
    let unused = 64 - 8 * length.min(8) as u32;
    let first = eight(text, start) << unused >> unused;
    let mixed = (first ^ (length as u64) << 32).wrapping_mul(MULTIPLIER);
    (mixed >> 32) as u32
}

#[inline]
fn eight(text: &[u8], at: usize) -> u64 {
    text[at..].first_chunk().copied().map_or(0, u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens_of(text: &str) -> Vec<Token> {
        let mut lower = text.as_bytes().to_vec();
        lower.resize((text.len() / block::BYTES + 1) * block::BYTES, 0);
        let blocks = lower.as_chunks().0.iter();
        let parts: Vec<u64> = blocks.map(|bytes| block::read(bytes).1.parts).collect();
        lower.extend([0; 8]);
        let mut tokens = Vec::new();
        read(&lower, &parts, &mut tokens);
        tokens
    }

    #[test]
    fn runs_of_letters_and_digits_are_found() {
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
        assert_eq!(tokens_of("https://a.ex-ample/%2f_1?averylongtokenindeed"), expected);
        for length in [0, 1, 7, 8, 62, 63, 64, 65, 126, 127, 128, 129, 300] {
            let token = "a".repeat(length);
            let found = tokens_of(&format!("/{token}"));
            let expected = (length > 0).then(|| Token {
                hash: hash_of(&token),
                start: 1,
            });
            assert_eq!(found, Vec::from_iter(expected), "a token of {length} bytes");
        }
        assert_eq!(hash_of("AbC"), hash_of("abc"));
        assert_ne!(hash_of("12345678"), hash_of("123456789"));
    }

    #[test]
    fn a_token_has_its_hash_wherever_it_stands() {
        let words = ["a", "ads", "seven77", "eight888", "nine99999", "seventeen17171717"];
        for word in words {
            for before in 0..70 {
                let tokens = tokens_of(&format!("{}{word}/x", "/".repeat(before)));
                assert_eq!(tokens[0].hash, hash_of(word), "{word} behind {before} bytes");
            }
        }
    }
}
