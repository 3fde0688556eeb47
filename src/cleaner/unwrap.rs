//! From a redirector's link to the one it leads to, without asking anyone.

use super::address::is_private;
use super::data::{Kind, Step, StepKind, TARGET};
use super::ground::Ground;
use super::link::{Link, percent_decode, query_and_fragment, scheme_end};
use super::segments::Segments;
use crate::json::Json;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

/// What unwrapping comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unwrapped {
    /// No rule finds another link inside.
    No,
    /// A rule finds one that must not be followed: the link is left as it is.
    Refused,
    /// The link inside.
    To(String),
}

/// Tries the rules in force for the link, until one gives a link that may be followed.
pub(super) fn unwrap(ground: &Ground<'_, '_>) -> Unwrapped {
    let mut result = Unwrapped::No;
    for rule in ground.candidates(Kind::Skip) {
        if !ground.is_in_force(rule) || ground.is_excepted(rule, Kind::KeepWrapped) {
            continue;
        }
        ground.read_text();
        let skip = ground.tables.data.skips[rule.what as usize];
        let steps = ground.tables.run(&ground.tables.data.steps, skip);
        let Some(target) = follow(ground, steps) else {
            continue;
        };
        match accept(ground.link, steps, target) {
            Some(target) => return Unwrapped::To(target),
            None => result = Unwrapped::Refused,
        }
    }
    result
}

/// Whether an exception says that a redirector which leads there is left alone: some pages must be come to by it.
pub(super) fn is_left_alone(there: &Ground<'_, '_>) -> bool {
    let mut exceptions = there.candidates(Kind::Keep);
    exceptions.any(|rule| rule.flags & TARGET != 0 && there.is_in_force(rule))
}

/// Takes the steps one after the other. `None` when one finds nothing.
fn follow(ground: &Ground<'_, '_>, steps: &[Step]) -> Option<String> {
    let mut text = Cow::Borrowed(ground.link.url);
    for step in steps {
        text = Cow::Owned(take(ground, step, &text)?);
    }
    Some(text.into_owned())
}

fn take(ground: &Ground<'_, '_>, step: &Step, text: &str) -> Option<String> {
    let tables = ground.tables;
    match step.kind {
        StepKind::Param => param(text, tables.text(step.name)),
        StepKind::ParamAt => {
            let index = (step.number as usize).checked_sub(1)?;
            let name = text[params(text).nth(index)?].split('=').next().unwrap_or_default();
            Some(to_text(percent_decode(name.as_bytes())))
        }
        StepKind::Fragment => text.split_once('#').map(|(_, fragment)| fragment.to_owned()),
        StepKind::Regex => tables.regex(step.number).first_group(text).map(str::to_owned),
        StepKind::Https => Some(with_https(text)),
        StepKind::Origin => Some(with_origin(ground.link, text)),
        StepKind::Address => Some(address(text)),
        StepKind::Json => Json::parse(text)?.find(tables.text(step.name)).map(str::to_owned),
        StepKind::Base64 => base64(text),
        StepKind::UriComponent => Some(to_text(percent_decode(text.as_bytes()))),
    }
}

/// Where the parameters are. They are `&`-separated, as sites read them: a value may hold an unencoded link with its
/// own `?`.
fn params(url: &str) -> impl Iterator<Item = Range<usize>> {
    let (query, _) = query_and_fragment(url, 0..url.len());
    query.into_iter().flat_map(move |query| {
        let places = query.clone();
        Segments::new(url, query, places, false).map(|segment| segment.at)
    })
}

/// The value of the first parameter with that name, decoded once. A `+` stays: in a link inside a link it is
/// more often a plus (or a space that the target reads) than a space that was meant for the redirector.
fn param(url: &str, name: &str) -> Option<String> {
    let value = params(url).find_map(|at| {
        let (found, value) = url[at.clone()].split_once('=')?;
        let same = found == name || found.contains('%') && percent_decode(found.as_bytes()) == name.as_bytes();
        same.then_some(at.end - value.len()..at.end)
    })?;
    if is_unencoded(&url[value.clone()]) {
        return Some(url[value.start..].to_owned());
    }
    Some(to_text(percent_decode(url[value].as_bytes()))).filter(|value| !value.is_empty())
}

/// Whether a value is an address with a query of its own, put there without encoding it: what follows belongs to the
/// address then, not to the redirector. One who encodes only some signs (Google Docs) encodes the `=`.
fn is_unencoded(value: &str) -> bool {
    scheme_end(value.as_bytes()).is_some() && value.split_once('?').is_some_and(|(_, query)| query.contains('='))
}

/// The address that the text begins with, decoded as often as it was encoded. Encoded, it ends where the redirector
/// goes on.
fn address(text: &str) -> String {
    if scheme_end(text.as_bytes()).is_some() {
        return text.to_owned();
    }
    let end = text.find(['/', '?', '&', '#']).unwrap_or(text.len());
    let mut address = text[..end].to_owned();
    for _ in 0..3 {
        address = to_text(percent_decode(address.as_bytes()));
        if scheme_end(address.as_bytes()).is_some() {
            break;
        }
    }
    address
}

/// Decoded bytes as text; those that are no UTF-8 go back to `%XX`, as they were before.
fn to_text(bytes: Vec<u8>) -> String {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `https://` in front of what has no scheme, `https:` instead of `http:`.
fn with_https(text: &str) -> String {
    if let Some(rest) = text.strip_prefix("http://") {
        return format!("https://{rest}");
    }
    let authority = text.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let has_scheme = authority.split_once(':').is_some_and(|(name, port)| {
        // `example.com:8080` is a host with a port.
        !name.contains('.') || !port.bytes().all(|byte| byte.is_ascii_digit())
    });
    match has_scheme {
        true => text.to_owned(),
        false => format!("https://{}", text.strip_prefix("//").unwrap_or(text)),
    }
}

/// A path behind the scheme and host of the redirector.
fn with_origin(from: &Link<'_>, text: &str) -> String {
    let is_path = text.starts_with('/') && !text[1..].starts_with(['/', '\\']);
    match is_path {
        true => from.url[..from.rest].to_owned() + text,
        false => text.to_owned(),
    }
}

/// Decodes base64 in either alphabet, also one mixed of both; padding may be missing, `%3D` may stand for `=`.
pub(crate) fn base64(text: &str) -> Option<String> {
    base64_bytes(text).map(to_text)
}

/// [`base64`] of what need not be a text.
pub(crate) fn base64_bytes(text: &str) -> Option<Vec<u8>> {
    let plain = percent_decode(text.as_bytes());
    let digits = plain.strip_suffix(b"==").or(plain.strip_suffix(b"=")).unwrap_or(&plain);
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    for group in digits.chunks(4) {
        let mut bits = 0_u32;
        for &digit in group {
            bits = bits << 6 | base64_digit(digit)?;
        }
        bits <<= 6 * (4 - group.len());
        // A lone digit is half a byte: the text was cut or is no base64.
        let count = group.len().checked_sub(2)? + 1;
        out.extend_from_slice(&bits.to_be_bytes()[1..=count]);
    }
    Some(out)
}

fn base64_digit(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}

/// The target as a link, if it may be followed: http(s), to a host that both we and browsers can read, not back to
/// itself, and not from the public web into the person's own network.
fn accept(from: &Link<'_>, steps: &[Step], target: String) -> Option<String> {
    // As browsers do: spaces and control characters around an address do not count.
    let trimmed = target.trim_matches(|character| character <= ' ');
    let mut target = match trimmed.contains(' ') {
        true => trimmed.replace(' ', "%20"),
        false if trimmed.len() < target.len() => trimmed.to_owned(),
        false => target,
    };
    let link = Link::parse(&target)?;
    let clean = !target.bytes().any(|byte| byte.is_ascii_control());
    let inward = is_private(&link.host) && !is_private(&from.host);
    if !clean || inward || target == from.url {
        return None;
    }
    if link.fragment.is_none() {
        target.push_str(carried(from, steps));
    }
    Some(target)
}

/// The fragment with its `#`, which browsers carry over a redirect. One that the target was taken from is no fragment
/// of the target's.
fn carried<'u>(from: &Link<'u>, steps: &[Step]) -> &'u str {
    let fragment = from.fragment.as_ref().map_or("", |at| &from.url[at.start - 1..]);
    let holds_address = fragment.contains("://") || fragment.contains("%3A%2F%2F") || fragment.contains("%3a%2f%2f");
    match holds_address || steps.iter().any(|step| step.kind == StepKind::Fragment) {
        true => "",
        false => fragment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_put_where_no_scheme_is() {
        let rows = [
            ("example.com/shop", "https://example.com/shop"),
            ("//example.com", "https://example.com"),
            ("http://example.com", "https://example.com"),
            ("https://example.com", "https://example.com"),
            ("example.com:8080/x", "https://example.com:8080/x"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("javascript:1", "javascript:1"),
            ("mailto:a@example.com", "mailto:a@example.com"),
            ("example.com/?x=a:b", "https://example.com/?x=a:b"),
        ];
        for (text, expected) in rows {
            assert_eq!(with_https(text), expected, "{text}");
        }
    }

    #[test]
    fn base64_in_both_alphabets() {
        let rows = [
            ("aHR0cHM6Ly94LmV4YW1wbGUvPw==", Some("https://x.example/?")),
            ("aHR0cHM6Ly94LmV4YW1wbGUvPw%3D%3D", Some("https://x.example/?")),
            ("aHR0cHM6Ly94LmV4YW1wbGUvPw", Some("https://x.example/?")),
            ("Pz8_Pj4-", Some("???>>>")),
            ("Pz8/Pj4+", Some("???>>>")),
            ("Pz8*", None),
            ("A", None),
            ("1w==", Some("%D7")),
            ("", Some("")),
        ];
        for (text, expected) in rows {
            assert_eq!(base64(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_address_ends_where_it_must() {
        let rows = [
            ("https://y.io/a?b=c&d#e", "https://y.io/a?b=c&d#e"),
            ("https%3A%2F%2Fy.io%2Fa%3Fb%3Dc/RK=0?x", "https://y.io/a?b=c"),
            ("https%3a%2f%2fy.io&x=1", "https://y.io"),
            ("https%253A%252F%252Fy.io%252F%253Fa%25253Db", "https://y.io/?a%3Db"),
            ("y.io%2Fa/b", "y.io/a"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(address(text), expected, "{text}");
        }
    }
}
