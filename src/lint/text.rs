//! Flaws of the text of a line: directives and hints that nobody knows, and characters that nobody sees.

use super::Flaw;
use super::names::{DIRECTIVES, HINTS, PLATFORMS};
use crate::list::Line;

pub(super) fn flaws(line: &Line<'_>, tell: &mut impl FnMut(u32, Flaw)) {
    if let Some(rest) = line.text.strip_prefix("!#") {
        directive(rest, tell);
    } else if let Some(rest) = line.text.strip_prefix("!+") {
        hints(rest, tell);
    } else if !line.filters.is_empty() || !line.complaints.is_empty() {
        let hidden = line
            .text
            .chars()
            .enumerate()
            .find(|(_, character)| is_invisible(*character));
        if let Some((at, character)) = hidden {
            tell(at as u32 + 1, Flaw::Invisible(u32::from(character)));
        }
    }
}

/// A word of small letters right behind `!#`; all else is decoration.
fn directive(rest: &str, tell: &mut impl FnMut(u32, Flaw)) {
    let word = rest.split([' ', '(', '\t']).next().unwrap_or_default();
    let is_word = word.starts_with(|first: char| first.is_ascii_lowercase())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if is_word && !DIRECTIVES.contains(&word) {
        tell(1, Flaw::UnknownDirective(word.to_owned()));
    }
}

/// `!+ NOT_OPTIMIZED PLATFORM(mac, ios)`
fn hints(rest: &str, tell: &mut impl FnMut(u32, Flaw)) {
    let mut seen: Vec<&str> = Vec::new();
    let mut rest = rest.trim();
    while !rest.is_empty() {
        let end = rest.find([' ', '(']).unwrap_or(rest.len());
        let (name, tail) = rest.split_at(end);
        match name {
            _ if !HINTS.contains(&name) => tell(1, Flaw::UnknownHint(name.to_owned())),
            _ if seen.contains(&name) => tell(1, Flaw::Repeated(name.to_owned())),
            _ => seen.push(name),
        }
        rest = match tail
            .strip_prefix('(')
            .map(|inner| inner.split_once(')').unwrap_or((inner, "")))
        {
            Some((inner, after)) => {
                platforms(inner, tell);
                after.trim_start()
            }
            None => tail.trim_start(),
        };
    }
}

fn platforms(inner: &str, tell: &mut impl FnMut(u32, Flaw)) {
    let mut seen: Vec<&str> = Vec::new();
    for platform in inner.split(',').map(str::trim) {
        match platform {
            _ if !PLATFORMS.contains(&platform) => tell(1, Flaw::UnknownHint(platform.to_owned())),
            _ if seen.contains(&platform) => tell(1, Flaw::Repeated(platform.to_owned())),
            _ => seen.push(platform),
        }
    }
}

/// Spaces that are none, marks of direction, and what has no width at all.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{A0}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}
