use super::{Case, Reason};
use crate::address::host;
use crate::regex;
use std::borrow::Cow;
use std::fmt::Write as _;

/// What an address must look like.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// No condition (an empty pattern or `*`).
    Any,
    /// An address pattern.
    Glob(Glob),
    /// `/regex/`, held without the slashes; ignores letter case unless `$match-case`.
    Regex(String),
}

/// Where a pattern must begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Anywhere.
    Anywhere,
    /// `|`: at the start of the address.
    Start,
    /// `||`: at the start of the host or of one of its labels.
    Host,
}

/// An address pattern: literal text in which `*` stands for anything and `^` for a separator or the end.
///
/// `text` has no `*` at an end where that would change nothing. It is lower case unless the filter has
/// `$match-case` (the host after [`Anchor::Host`] always is), and pure ASCII: other letters are punycode
/// in the host and percent-encoded elsewhere, as browsers send them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Glob {
    /// Where it begins.
    pub anchor: Anchor,
    /// The text between the anchors.
    pub text: String,
    /// `|` at the end: nothing may follow.
    pub ends: bool,
}

impl Glob {
    /// The host of a pattern that is nothing but `||host^`: most of all filters.
    pub fn host(&self) -> Option<&str> {
        let host = self
            .text
            .strip_suffix('^')
            .filter(|_| self.anchor == Anchor::Host && !self.ends)?;
        host::is_host(host).then_some(host)
    }

    /// The complete host that every address matching this pattern must be within, whatever follows it:
    /// `example.com` of `||example.com/path`, but nothing of `||example.` or `||example*`.
    pub fn host_part(&self) -> Option<&str> {
        if self.anchor != Anchor::Host {
            return None;
        }
        let ends = |byte: u8| matches!(byte, b'/' | b'^' | b':' | b'?' | b'*' | b'|');
        let end = self.text.bytes().position(ends)?;
        let complete = matches!(self.text.as_bytes()[end], b'/' | b'^' | b':' | b'?');
        Some(&self.text[..end]).filter(|host| complete && host::is_host(host))
    }
}

/// Whether `byte` is what `^` stands for: neither a letter nor a digit nor one of `_ - . %`.
///
/// The end of the address counts as a separator too; that is the matcher's part.
pub fn is_separator(byte: u8) -> bool {
    !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'%') || byte >= 0x80)
}

pub(super) fn read(text: &str, case: Case) -> Result<Pattern, Reason> {
    if let Some(source) = text
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'))
        .filter(|s| !s.is_empty())
    {
        // Tried here, so that an author hears of it and nobody meets one that cannot be matched.
        regex::check(source, case).map_err(|error| Reason::BadPattern(error.why()))?;
        return Ok(Pattern::Regex(source.to_owned()));
    }
    if has_blank(text) {
        return Err(Reason::BadPattern("an address has no spaces"));
    }
    let (anchor, rest) = match (text.strip_prefix("||"), text.strip_prefix('|')) {
        (Some(rest), _) => (Anchor::Host, rest),
        (None, Some(rest)) => (Anchor::Start, rest),
        (None, None) => (Anchor::Anywhere, text),
    };
    let (rest, ends) = match rest.strip_suffix('|') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    if anchor == Anchor::Start && is_whole_host(rest) {
        return Err(Reason::BadPattern(
            "addresses begin with their scheme; `||` begins a host",
        ));
    }
    Ok(normalize(anchor, &to_ascii(anchor, rest)?, ends, case))
}

/// `|a.example^`: in filters of DNS just that host, in those of browsers what no address begins with.
fn is_whole_host(text: &str) -> bool {
    let name = text.strip_suffix('^');
    name.is_some_and(|name| name.contains('.') && host::is_host(name))
}

/// Byte by byte where that will do: every line is asked.
fn has_blank(text: &str) -> bool {
    match text.is_ascii() {
        true => text.bytes().any(|byte| matches!(byte, b' ' | b'\t'..=b'\r')),
        false => text.contains(char::is_whitespace),
    }
}

/// Drops what has no effect: `*` at an open end, an anchor before `*`.
fn normalize(mut anchor: Anchor, text: &str, mut ends: bool, case: Case) -> Pattern {
    let mut kept = text;
    if kept.starts_with('*') && anchor != Anchor::Host {
        anchor = Anchor::Anywhere;
        kept = kept.trim_start_matches('*');
    }
    if kept.ends_with('*') {
        ends = false;
        kept = kept.trim_end_matches('*');
    }
    if kept.is_empty() && (!ends || anchor == Anchor::Anywhere) {
        return Pattern::Any;
    }
    let text = match (case, anchor) {
        (Case::Ignored, _) => kept.to_ascii_lowercase(),
        (Case::Exact, Anchor::Host) => lower_host(kept),
        (Case::Exact, _) => kept.to_owned(),
    };
    Pattern::Glob(Glob { anchor, text, ends })
}

/// Hosts are case-insensitive whatever the filter says.
fn lower_host(text: &str) -> String {
    let (host, rest) = text.split_at(host_end(text));
    host.to_ascii_lowercase() + rest
}

fn host_end(text: &str) -> usize {
    text.find(['/', '^', '?', '*', ':']).unwrap_or(text.len())
}

/// Browsers send hosts in punycode and all else percent-encoded.
fn to_ascii(anchor: Anchor, text: &str) -> Result<Cow<'_, str>, Reason> {
    if text.is_ascii() {
        return Ok(Cow::Borrowed(text));
    }
    let (before, rest) = match text.split_once("://") {
        Some((scheme, _)) if scheme.is_ascii() => text.split_at(scheme.len() + 3),
        _ => ("", text),
    };
    let (name, rest) = rest.split_at(rest.find(['/', '^', '?', ':']).unwrap_or(rest.len()));
    let is_host = anchor == Anchor::Host || !before.is_empty() || is_like_a_host(name, rest);
    let mut ascii = before.to_owned();
    match is_host {
        true => push_labels(name, &mut ascii)?,
        false => name.chars().for_each(|character| percent_encode(character, &mut ascii)),
    }
    for character in rest.chars() {
        percent_encode(character, &mut ascii);
    }
    Ok(Cow::Owned(ascii))
}

/// What an unanchored pattern begins with may be part of a host or of a path: no file is followed by a `/`, and no kind
/// of file is named in letters beyond ASCII.
fn is_like_a_host(name: &str, rest: &str) -> bool {
    let Some((_, last)) = name.rsplit_once('.') else {
        return false;
    };
    !last.is_ascii() || rest.starts_with(['/', ':'])
}

/// Writes each label as browsers send it; `*` may stand for whole labels, or within those that are ASCII.
fn push_labels(name: &str, into: &mut String) -> Result<(), Reason> {
    for (index, label) in name.split('.').enumerate() {
        if index > 0 {
            into.push('.');
        }
        match label.is_ascii() {
            true => into.push_str(label),
            false => {
                let ascii = host::to_ascii(label).ok_or(Reason::BadPattern("the host is not a valid name"))?;
                into.push_str(&ascii);
            }
        }
    }
    Ok(())
}

fn percent_encode(character: char, into: &mut String) {
    if character.is_ascii() {
        return into.push(character);
    }
    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a String cannot fail.
        let _ = write!(into, "%{byte:02X}");
    }
}
