//! Texts as reports have them: how they are told, and what they look like.

use super::{Fact, Kind};

/// How many characters of a text are told.
pub(crate) const MAX_TEXT: usize = 300;

pub(super) fn fact(kind: Kind, text: &str) -> Fact {
    Fact {
        kind,
        text: shown(text, MAX_TEXT),
        amount: None,
        currency: None,
    }
}

/// So many characters of a text at most, without those that steer a screen.
pub(crate) fn shown(text: &str, characters: usize) -> String {
    let visible = text.trim().chars().filter(|&character| !steers(character));
    visible.take(characters).collect()
}

/// Those that say something, with a space between.
pub(super) fn joined(words: &[&str]) -> String {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A number without its decimals, which are of no interest where numbers are counts, pixels and milliseconds.
pub(super) fn whole(text: &str) -> Option<u64> {
    text.split('.').next()?.parse().ok()
}

/// MD5 or SHA-256, in hexadecimal digits.
pub(super) fn is_hash(text: &str) -> bool {
    matches!(text.len(), 32 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn is_phone(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 6
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || " +-()./".contains(character))
}

/// Digits, perhaps with a point and a sign: what every language can write in its own way.
pub(super) fn is_amount(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 20 && all_digits(whole) && all_digits(part)
}

pub(super) fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a character moves what stands around it instead of showing something.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
