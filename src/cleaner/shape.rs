//! What can be told from a parameter regex without running it: most say "begins with" in other words.

/// Literal texts of which one must be there for the regex to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) place: Place,
    /// Empty when nothing is known.
    pub(super) literals: Vec<String>,
    /// The literals decide: the regex says nothing more.
    pub(super) complete: bool,
}

super::codec::code! {
    /// Where a literal must be.
    enum Place {
        /// At the start.
        Start,
        /// Anywhere.
        Anywhere,
    }
}

/// More alternatives than this are left to the regex.
const MAX_LITERALS: usize = 64;

/// Reads a regex in JavaScript's notation.
pub(super) fn read(source: &str) -> Shape {
    read_beginnings(source).unwrap_or_else(|| Shape {
        place: Place::Anywhere,
        literals: required(source).into_iter().collect(),
        complete: false,
    })
}

/// `None` when its alternatives do not all begin with literal text.
fn read_beginnings(source: &str) -> Option<Shape> {
    let alternatives = split(source)?;
    let place = match alternatives[0].starts_with('^') {
        true => Place::Start,
        false => Place::Anywhere,
    };
    let (mut literals, mut complete) = (Vec::new(), true);
    for alternative in alternatives {
        let anchored = alternative.strip_prefix('^');
        let (texts, whole) = beginnings(anchored.unwrap_or(alternative));
        let usable = anchored.is_some() == (place == Place::Start) && !texts.iter().any(String::is_empty);
        if !usable || literals.len() + texts.len() > MAX_LITERALS {
            return None;
        }
        literals.extend(texts);
        complete &= whole;
    }
    Some(Shape {
        place,
        literals,
        complete,
    })
}

/// The longest literal text that every match holds, if one is known.
pub(super) fn required(source: &str) -> Option<String> {
    let mut rest = match split(source)?.as_slice() {
        [only] => only.strip_prefix('^').unwrap_or(only),
        _ => return None,
    };
    let (mut longest, mut current) = (String::new(), String::new());
    while !rest.is_empty() {
        let piece = literal_character(rest);
        let length = piece.map_or_else(|| opaque(rest), |(_, length)| length);
        let after = &rest[length..];
        let repeats = after.trim_start_matches('+');
        match piece {
            Some((character, _)) if !repeats.starts_with(['?', '*', '{']) => current.push(character),
            _ => keep_longer(&mut longest, &mut current),
        }
        // What is repeated stands there once at least, but what follows need not follow the first.
        if after.starts_with('+') {
            keep_longer(&mut longest, &mut current);
        }
        rest = after;
    }
    keep_longer(&mut longest, &mut current);
    Some(longest).filter(|text| !text.is_empty())
}

fn keep_longer(longest: &mut String, current: &mut String) {
    if current.len() > longest.len() {
        std::mem::swap(longest, current);
    }
    current.clear();
}

/// How long the group, class, escape or sign at the start of `text` is.
fn opaque(text: &str) -> usize {
    let (mut depth, mut in_class) = (0, false);
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            ']' if in_class => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            _ => {}
        }
        if depth <= 0 && !in_class {
            return characters.next().map_or(text.len(), |(next, _)| next.max(at + 1));
        }
    }
    text.len()
}

/// Splits at `|` outside groups and classes. `None` when brackets do not pair up.
fn split(source: &str) -> Option<Vec<&str>> {
    let (mut parts, mut start, mut depth, mut in_class) = (Vec::new(), 0, 0_usize, false);
    let mut characters = source.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            '|' if depth == 0 => {
                parts.push(&source[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&source[start..]);
    (depth == 0 && !in_class).then_some(parts)
}

/// The texts that a match can begin with, and whether they are all of it.
fn beginnings(mut rest: &str) -> (Vec<String>, bool) {
    let mut texts = vec![String::new()];
    while let Some((options, length)) = next_piece(rest) {
        let after = &rest[length..];
        if after.starts_with(['?', '*', '{', '+']) || texts.len() * options.len() > MAX_LITERALS {
            return (texts, false);
        }
        texts = texts
            .iter()
            .flat_map(|text| options.iter().map(move |option| text.clone() + option))
            .collect();
        rest = after;
    }
    (texts, rest.is_empty())
}

/// One literal character, or a group of literal alternatives, with its length in the source.
fn next_piece(text: &str) -> Option<(Vec<String>, usize)> {
    if text.starts_with('(') {
        let end = text.find(')')?;
        let inside = text[1..end].strip_prefix("?:").unwrap_or(&text[1..end]);
        let options: Option<Vec<String>> = inside.split('|').map(literal).collect();
        return options.map(|options| (options, end + 1));
    }
    let (character, length) = literal_character(text)?;
    Some((vec![character.to_string()], length))
}

fn literal(mut text: &str) -> Option<String> {
    let mut out = String::new();
    while !text.is_empty() {
        let (character, length) = literal_character(text)?;
        out.push(character);
        text = &text[length..];
    }
    Some(out)
}

fn literal_character(text: &str) -> Option<(char, usize)> {
    let mut characters = text.chars();
    match characters.next()? {
        '\\' => characters
            .next()
            .filter(char::is_ascii_punctuation)
            .map(|character| (character, 2)),
        '(' | ')' | '[' | ']' | '{' | '}' | '.' | '*' | '+' | '?' | '^' | '$' | '|' => None,
        character => Some((character, character.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regex::Regex;

    #[test]
    fn regexes_that_only_begin_or_contain_are_known() {
        let rows: &[(&str, Place, &[&str], bool)] = &[
            ("^utm_", Place::Start, &["utm_"], true),
            ("^(?:q|lang)=", Place::Start, &["q=", "lang="], true),
            ("^utm_?x", Place::Start, &["utm"], false),
            ("^cd\\d+", Place::Start, &["cd"], false),
            ("^\\$ja=", Place::Start, &["$ja="], true),
            ("tour|campaign", Place::Anywhere, &["tour", "campaign"], true),
            ("ga[ct]id", Place::Anywhere, &["ga"], false),
            ("^utm$", Place::Start, &["utm"], false),
            ("a|^b", Place::Anywhere, &[], false),
            ("[a-z]tk", Place::Anywhere, &["tk"], false),
            ("^(a|b)?c", Place::Anywhere, &["c"], false),
            ("^[a-z]?mc(?:=|$)", Place::Anywhere, &["mc"], false),
            ("^\\d{1,2}ab+cx?yz", Place::Anywhere, &["ab"], false),
        ];
        for &(source, place, literals, complete) in rows {
            let shape = read(source);
            assert_eq!((shape.place, shape.complete), (place, complete), "{source}");
            assert_eq!(shape.literals, literals, "{source}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_shape_never_contradicts_its_regex(source in "\\^?[ab(|)?*\\[\\]+.${1}]{1,10}", text in "[ab]{0,6}") {
            let shape = read(&source);
            let there = |literal: &String| match shape.place {
                Place::Start => text.starts_with(literal.as_str()),
                Place::Anywhere => text.contains(literal.as_str()),
            };
            if let Ok(regex) = Regex::new(&source, crate::case::Case::Exact) && !shape.literals.is_empty() {
                let (found, matched) = (shape.literals.iter().any(there), regex.is_match(&text));
                proptest::prop_assert!(found || !matched, "{:?}", shape);
                proptest::prop_assert!(!shape.complete || found == matched, "{:?}", shape);
            }
        }
    }
}
