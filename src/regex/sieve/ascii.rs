//! Sets of ASCII characters: a bit each.

const DIGITS: u128 = range(b'0', b'9');
const WORD: u128 = DIGITS | range(b'a', b'z') | range(b'A', b'Z') | range(b'_', b'_');
const SPACES: u128 = range(b'\t', b'\r') | range(b' ', b' ');

/// From one ASCII character to another.
pub(super) const fn range(low: u8, high: u8) -> u128 {
    (u128::MAX >> (127 - high)) & (u128::MAX << low)
}

/// The set of one character; empty beyond ASCII.
pub(super) fn only(character: char) -> u128 {
    match u8::try_from(character) {
        Ok(byte @ 0..=127) => range(byte, byte),
        _ => 0,
    }
}

/// What of a range is ASCII.
pub(super) fn between(low: char, high: char) -> u128 {
    let high = (high as u32).min(127) as u8;
    u8::try_from(low).map_or(0, |low| if low <= high { range(low, high) } else { 0 })
}

/// What `\d`, `\W` and the like stand for.
pub(super) fn named(name: char) -> u128 {
    let set = match name.to_ascii_lowercase() {
        'd' => DIGITS,
        'w' => WORD,
        _ => SPACES,
    };
    if name.is_ascii_uppercase() { !set } else { set }
}
