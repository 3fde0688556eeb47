//! What the browsers' regex engine takes, told before a browser refuses it.
//!
//! Chromium compiles a `regexFilter` with RE2 within 2 KB, which is 112 instructions. This reads a regex as RE2 would,
//! and counts. Firefox takes the same rules with its own engine.

use super::Unsupported;
use crate::case::Case;
use std::iter::Peekable;
use std::str::Chars;

/// Measured with `isRegexSupported` for literals, classes and repetitions of every length.
const MAX_INSTRUCTIONS: usize = 112;
/// RE2's own limit for `{n}`.
const MAX_REPEAT: usize = 1_000;

/// Whether Chromium's `isRegexSupported` says yes to this regex.
pub(super) fn check(source: &str, case: Case) -> Result<(), Unsupported> {
    if !source.is_ascii() {
        return Err(Unsupported::Regex("letters beyond ASCII in rules"));
    }
    let mut reader = Reader {
        rest: source.chars().peekable(),
        case,
    };
    // `^` and the text behind it are compared apart from the program.
    let prefix = source.strip_prefix('^').map_or(0, |rest| 1 + literal_prefix(rest));
    let size = reader.alternatives()?;
    match reader.rest.next() {
        Some(_) => Err(Unsupported::Regex("meaning for a `)` without its `(`")),
        None if size.saturating_sub(prefix) > MAX_INSTRUCTIONS => Err(Unsupported::RegexTooLarge),
        None => Ok(()),
    }
}

/// A text as it stands, in a regex.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\.+*?()|[]{}^$".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// How much plain text stands at the start: not a letter that is repeated, nothing if there are alternatives.
fn literal_prefix(source: &str) -> usize {
    if source.contains('|') {
        return 0;
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/:,;=&%#@!~\"'<> ".contains(&byte);
    let length = source.bytes().take_while(|&byte| plain(byte)).count();
    match source.as_bytes().get(length) {
        Some(b'?' | b'*' | b'+' | b'{') => length.saturating_sub(1),
        _ => length,
    }
}

/// Reads a regex and counts RE2's instructions for it.
struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    case: Case,
}

type Size = Result<usize, Unsupported>;

impl Reader<'_> {
    fn alternatives(&mut self) -> Size {
        let mut size = self.sequence()?;
        while self.rest.next_if_eq(&'|').is_some() {
            size += 1 + self.sequence()?;
        }
        Ok(size)
    }

    fn sequence(&mut self) -> Size {
        let mut size = 0;
        while let Some(&next) = self.rest.peek() {
            if next == '|' || next == ')' {
                break;
            }
            let atom = self.atom()?;
            size += self.repeated(atom)?;
            if size > 100 * MAX_INSTRUCTIONS {
                return Err(Unsupported::RegexTooLarge);
            }
        }
        Ok(size)
    }

    fn atom(&mut self) -> Size {
        match self.rest.next() {
            Some('(') => self.group(),
            Some('[') => self.class().map(|class| class.size(self.case)),
            Some('.') => Ok(Class::of(|byte| byte != b'\n').size(self.case)),
            Some('\\') => self.escape().map(|escaped| match escaped {
                Escaped::Class(class) => class.size(self.case),
                Escaped::Boundary => 1,
            }),
            Some('*' | '+' | '?') => Err(Unsupported::Regex("meaning for a repetition of nothing")),
            _ => Ok(1),
        }
    }

    fn group(&mut self) -> Size {
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next() {
                Some(':') => {}
                Some('=' | '!') => return Err(Unsupported::Regex("look-around")),
                Some('<') if matches!(self.rest.peek(), Some('=' | '!')) => {
                    return Err(Unsupported::Regex("look-around"));
                }
                Some('<' | 'P') => while self.rest.next().is_some_and(|letter| letter != '>') {},
                _ => return Err(Unsupported::Regex("groups of that kind")),
            }
        }
        let size = self.alternatives()?;
        match self.rest.next() {
            Some(')') => Ok(size),
            _ => Err(Unsupported::Regex("meaning for an open `(`")),
        }
    }

    /// `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}` behind something of that size; several in a row are no RE2.
    fn repeated(&mut self, size: usize) -> Size {
        let total = match self.rest.peek() {
            Some('*' | '+' | '?') => {
                self.rest.next();
                size + 1
            }
            Some('{') => match self.bounds() {
                Some((least, most)) if least.max(most.unwrap_or(0)) > MAX_REPEAT => {
                    return Err(Unsupported::RegexTooLarge);
                }
                Some((least, None)) => least.max(1) * size + 1,
                Some((least, Some(most))) => least * size + most.saturating_sub(least) * (size + 1),
                None => return Ok(size),
            },
            _ => return Ok(size),
        };
        self.rest.next_if_eq(&'?');
        match self.rest.peek() {
            Some('+' | '*') => Err(Unsupported::Regex("possessive repetition")),
            _ => Ok(total),
        }
    }

    /// The numbers of `{n,m}`; `None`, having read nothing, where the brace is only a brace.
    fn bounds(&mut self) -> Option<(usize, Option<usize>)> {
        let text: String = self.rest.clone().skip(1).take_while(|&letter| letter != '}').collect();
        let (least, most) = match text.split_once(',') {
            Some((least, "")) => (least.parse().ok()?, None),
            Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
            None => text.parse().ok().map(|count| (count, Some(count)))?,
        };
        self.rest.by_ref().take(text.len() + 2).for_each(drop);
        Some((least, most))
    }

    fn class(&mut self) -> Result<Class, Unsupported> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut class = Class::default();
        let mut is_first = true;
        loop {
            let start = match self.rest.next() {
                None => return Err(Unsupported::Regex("meaning for an open `[`")),
                Some(']') if !is_first => break,
                Some(letter) => letter,
            };
            is_first = false;
            match self.class_item(start)? {
                Item::One(low) if self.is_range() => {
                    self.rest.next();
                    let end = self.rest.next().unwrap_or(']');
                    match self.class_item(end)? {
                        Item::One(high) if low <= high => class.add(|byte| (low..=high).contains(&byte)),
                        _ => return Err(Unsupported::Regex("meaning for a range whose end is before its start")),
                    }
                }
                Item::One(byte) => class.add(|other| other == byte),
                Item::Class(more) => class.add(|byte| more.has[usize::from(byte)]),
            }
        }
        Ok(if negated { class.negated() } else { class })
    }

    /// Whether a `-` follows that is not the last of its class.
    fn is_range(&self) -> bool {
        let mut ahead = self.rest.clone();
        ahead.next() == Some('-') && ahead.next().is_some_and(|letter| letter != ']')
    }

    fn class_item(&mut self, letter: char) -> Result<Item, Unsupported> {
        if letter != '\\' {
            return Ok(Item::One(letter as u8));
        }
        if self.rest.next_if_eq(&'b').is_some() {
            return Ok(Item::One(8));
        }
        match self.escape()? {
            Escaped::Class(class) => Ok(class.single().map_or(Item::Class(class), Item::One)),
            Escaped::Boundary => Err(Unsupported::Regex("boundaries inside `[]`")),
        }
    }

    fn escape(&mut self) -> Result<Escaped, Unsupported> {
        let digit = |byte: u8| byte.is_ascii_digit();
        let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let space = |byte: u8| matches!(byte, b'\t' | b'\n' | 12 | b'\r' | b' ');
        let class = match self.rest.next() {
            Some('d') => Class::of(digit),
            Some('D') => Class::of(|byte| !digit(byte)),
            Some('w') => Class::of(word),
            Some('W') => Class::of(|byte| !word(byte)),
            Some('s') => Class::of(space),
            Some('S') => Class::of(|byte| !space(byte)),
            Some('b' | 'B') => return Ok(Escaped::Boundary),
            Some('x') => Class::one(self.hex()?),
            Some('n') => Class::one(b'\n'),
            Some('r') => Class::one(b'\r'),
            Some('t') => Class::one(b'\t'),
            Some('f') => Class::one(12),
            Some('v') => Class::one(11),
            Some('1'..='9' | 'k') => return Err(Unsupported::Regex("back-references")),
            Some(letter) if !letter.is_ascii_alphanumeric() => Class::one(letter as u8),
            Some(_) => return Err(Unsupported::Regex("escape of that name")),
            None => return Err(Unsupported::Regex("meaning for a `\\` at the end")),
        };
        Ok(Escaped::Class(class))
    }

    fn hex(&mut self) -> Result<u8, Unsupported> {
        let digits: String = self.rest.by_ref().take(2).collect();
        u8::from_str_radix(&digits, 16).map_err(|_| Unsupported::Regex("escape of that name"))
    }
}

enum Escaped {
    Class(Class),
    /// `\b`
    Boundary,
}

enum Item {
    One(u8),
    Class(Class),
}

/// A set of bytes: addresses in rules are compared as Latin-1.
struct Class {
    has: Box<[bool; 256]>,
}

impl Default for Class {
    fn default() -> Self {
        Class {
            has: Box::new([false; 256]),
        }
    }
}

impl Class {
    fn of(test: impl Fn(u8) -> bool) -> Class {
        let mut class = Class::default();
        class.add(test);
        class
    }

    fn one(byte: u8) -> Class {
        Class::of(|other| other == byte)
    }

    fn add(&mut self, test: impl Fn(u8) -> bool) {
        for byte in 0..=255u8 {
            self.has[usize::from(byte)] |= test(byte);
        }
    }

    fn negated(self) -> Class {
        Class {
            has: Box::new(self.has.map(|has| !has)),
        }
    }

    fn single(&self) -> Option<u8> {
        let mut members = (0..=255u8).filter(|&byte| self.has[usize::from(byte)]);
        members.next().filter(|_| members.next().is_none())
    }

    /// One instruction for each range, and one to choose between each two. Ranges of capitals are free where small
    /// letters are treated alike.
    fn size(mut self, case: Case) -> usize {
        if case == Case::Ignored {
            let has = self.has.clone();
            self.add(|byte| has[usize::from(byte.to_ascii_lowercase())] || has[usize::from(byte.to_ascii_uppercase())]);
        }
        let alike = (b'a'..=b'z').all(|byte| self.has[usize::from(byte)] == self.has[usize::from(byte) - 32]);
        let ranges = self.ranges();
        let counted = ranges
            .iter()
            .filter(|(low, high)| !(alike && *low >= b'A' && *high <= b'Z'))
            .count();
        (2 * counted).saturating_sub(1).max(1)
    }

    fn ranges(&self) -> Vec<(u8, u8)> {
        let mut ranges: Vec<(u8, u8)> = Vec::new();
        for byte in (0..=255u8).filter(|&byte| self.has[usize::from(byte)]) {
            match ranges.last_mut() {
                Some((_, high)) if byte - *high == 1 => *high = byte,
                _ => ranges.push((byte, byte)),
            }
        }
        ranges
    }
}

#[cfg(test)]
mod tests;
