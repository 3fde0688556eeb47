//! From a redirector's link to the one it leads to, without asking anyone.

use super::address::is_private;
use super::ground::Ground;
use super::link::{Link, percent_decode};
use super::tables::{Kind, Run, Step, StepKind};
use std::fmt::Write as _;

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
        let Some(target) = follow(ground, ground.tables.data.skips[rule.what as usize]) else {
            continue;
        };
        match accept(ground.link, target) {
            Some(target) => return Unwrapped::To(target),
            None => result = Unwrapped::Refused,
        }
    }
    result
}

/// Takes the steps one after the other. `None` when one finds nothing.
fn follow(ground: &Ground<'_, '_>, steps: Run) -> Option<String> {
    let mut text = ground.link.url.to_owned();
    for step in ground.tables.run(&ground.tables.data.steps, steps) {
        text = take(ground, step, text)?;
    }
    Some(text)
}

fn take(ground: &Ground<'_, '_>, step: &Step, text: String) -> Option<String> {
    let tables = ground.tables;
    match step.kind {
        StepKind::Param => param(&text, tables.text(step.name)),
        StepKind::ParamAt => {
            let index = (step.number as usize).checked_sub(1)?;
            let name = params(&text).nth(index)?.split('=').next().unwrap_or_default();
            Some(to_text(percent_decode(name.as_bytes())))
        }
        StepKind::Fragment => text.split_once('#').map(|(_, fragment)| fragment.to_owned()),
        StepKind::Regex => tables.regex(step.number).first_group(&text).map(str::to_owned),
        StepKind::Https => Some(with_https(text)),
        StepKind::Base64 => base64(&text, b"+/"),
        StepKind::SafeBase64 => base64(&text, b"-_"),
        StepKind::UriComponent => Some(to_text(percent_decode(text.as_bytes()))),
    }
}

/// `&`-separated, as sites read them: a value may hold an unencoded link with its own `?`.
fn params(url: &str) -> impl Iterator<Item = &str> {
    let before_fragment = url.split('#').next().unwrap_or_default();
    let query = before_fragment.split_once('?').map(|(_, query)| query);
    query.into_iter().flat_map(|query| query.split('&'))
}

/// The value of the first parameter with that name, decoded once. A `+` stays: in a link inside a link it is
/// more often a plus (or a space that the target reads) than a space that was meant for the redirector.
fn param(url: &str, name: &str) -> Option<String> {
    let value = params(url).find_map(|param| {
        let (found, value) = param.split_once('=')?;
        let same = found == name || found.contains('%') && percent_decode(found.as_bytes()) == name.as_bytes();
        same.then_some(value)
    })?;
    Some(to_text(percent_decode(value.as_bytes()))).filter(|value| !value.is_empty())
}

/// Decoded bytes as text; those that are no UTF-8 go back to `%XX`, as they were before.
fn to_text(bytes: Vec<u8>) -> String {
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
fn with_https(text: String) -> String {
    if let Some(rest) = text.strip_prefix("http://") {
        return format!("https://{rest}");
    }
    let authority = text.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let has_scheme = authority.split_once(':').is_some_and(|(name, port)| {
        // `example.com:8080` is a host with a port.
        !name.contains('.') || !port.bytes().all(|byte| byte.is_ascii_digit())
    });
    match has_scheme {
        true => text,
        false => format!("https://{}", text.strip_prefix("//").unwrap_or(&text)),
    }
}

/// Decodes base64 with these two letters for 62 and 63; padding may be missing, `%3D` may stand for `=`.
pub(crate) fn base64(text: &str, last: &[u8; 2]) -> Option<String> {
    let plain = percent_decode(text.as_bytes());
    let digits = plain.strip_suffix(b"==").or(plain.strip_suffix(b"=")).unwrap_or(&plain);
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    for group in digits.chunks(4) {
        let mut bits = 0_u32;
        for &digit in group {
            bits = bits << 6 | base64_digit(digit, last)?;
        }
        bits <<= 6 * (4 - group.len());
        // A lone digit is half a byte: the text was cut or is no base64.
        let count = group.len().checked_sub(2)? + 1;
        out.extend_from_slice(&bits.to_be_bytes()[1..=count]);
    }
    Some(to_text(out))
}

fn base64_digit(digit: u8, last: &[u8; 2]) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        _ if digit == last[0] => 62,
        _ if digit == last[1] => 63,
        _ => return None,
    }))
}

/// The target as a link, if it may be followed: http(s), to a host that both we and browsers can read, not back to
/// itself, and not from the public web into the person's own network.
fn accept(from: &Link<'_>, target: String) -> Option<String> {
    // As browsers do: spaces and control characters around an address do not count.
    let target = target.trim_matches(|character| character <= ' ').replace(' ', "%20");
    let link = Link::parse(&target)?;
    let clean = !target.bytes().any(|byte| byte.is_ascii_control());
    let inward = is_private(&link.host) && !is_private(&from.host);
    (clean && !inward && target != from.url).then_some(target)
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
            assert_eq!(with_https(text.to_owned()), expected, "{text}");
        }
    }

    #[test]
    fn base64_in_both_alphabets() {
        let rows = [
            ("aHR0cHM6Ly94LmV4YW1wbGUvPw==", b"+/", Some("https://x.example/?")),
            ("aHR0cHM6Ly94LmV4YW1wbGUvPw%3D%3D", b"+/", Some("https://x.example/?")),
            ("aHR0cHM6Ly94LmV4YW1wbGUvPw", b"-_", Some("https://x.example/?")),
            ("Pz8_Pj4-", b"-_", Some("???>>>")),
            ("Pz8/Pj4+", b"+/", Some("???>>>")),
            ("Pz8_", b"+/", None),
            ("A", b"+/", None),
            ("1w==", b"+/", Some("%D7")),
            ("", b"+/", Some("")),
        ];
        for (text, last, expected) in rows {
            assert_eq!(base64(text, last).as_deref(), expected, "{text}");
        }
    }
}
