//! A link taken apart as browsers do it, without changing a byte.

use super::marks::{Marks, Places};
use super::segments::{Segments, entity};
use crate::address::host;
use std::borrow::Cow;
use std::ops::Range;

/// An `http` or `https` address and where its parts are.
#[derive(Debug)]
pub(super) struct Link<'u> {
    /// As it was given.
    pub(super) url: &'u str,
    /// Lower case, ASCII, without a trailing dot.
    pub(super) host: Cow<'u, str>,
    /// Where the host is written, without a trailing dot.
    pub(super) host_at: Range<usize>,
    /// Where that which follows the host (and its trailing dot) begins.
    pub(super) after_host: usize,
    /// Where that which follows host and port begins: a path, a query, a fragment or nothing.
    pub(super) rest: usize,
    /// Behind the first `?`, up to the fragment.
    pub(super) query: Option<Range<usize>>,
    /// Behind the `#`, up to a text directive (`:~:`).
    pub(super) fragment: Option<Range<usize>>,
    /// Of the address.
    pub(super) marks: Marks,
}

impl<'u> Link<'u> {
    /// `None` when it is no link whose host a browser and we would read alike.
    pub(super) fn parse(url: &'u str) -> Option<Link<'u>> {
        let bytes = url.as_bytes();
        let start = scheme_end(bytes)?;
        let marks = Marks::of(bytes);
        let (mut user_end, mut rest) = (start, bytes.len());
        for at in marks.within(start..bytes.len()) {
            match bytes[at] {
                b'@' => user_end = at + 1,
                // A backslash is a slash to browsers: `https://example.com\@evil.example/` leads to example.com.
                b'/' | b'\\' | b'?' | b'#' => {
                    rest = at;
                    break;
                }
                _ => {}
            }
        }
        let host_end = host_end(&url[user_end..rest])? + user_end;
        let written = &url[user_end..host_end];
        let bare = written.strip_suffix('.').unwrap_or(written);
        let host = normalize(bare)?;
        let (query, fragment) = query_and_fragment(url, marks.within(rest..bytes.len()));
        Some(Link {
            url,
            host,
            host_at: user_end..user_end + bare.len(),
            after_host: host_end,
            rest,
            query,
            fragment,
            marks,
        })
    }
}

/// A link whose path is written plainly: never given out, only compared.
pub(super) struct Plain {
    pub(super) url: String,
    /// Whether dots or empty segments were resolved.
    pub(super) winding: bool,
}

impl<'u> Link<'u> {
    /// The names of the parameters in the query.
    pub(super) fn names(&self) -> impl Iterator<Item = &'u str> {
        let query = self.query.clone();
        query.into_iter().flat_map(|query| {
            self.segments(query, true)
                .map(|segment| &self.url[segment.at.start..segment.name_end])
        })
    }

    /// The parameters in a part of the link, see [`Segments`].
    pub(super) fn segments(&self, part: Range<usize>, questions: bool) -> Segments<'u, Places<'_>> {
        Segments::new(self.url, part.clone(), self.marks.within(part), questions)
    }

    /// Where the path ends.
    pub(super) fn path_end(&self) -> usize {
        let next = self.query.as_ref().or(self.fragment.as_ref());
        next.map_or(self.url.len(), |at| at.start - 1)
    }

    /// The link with its path as browsers and servers write it: `%40` and the like decoded, `//`, `.` and `..`
    /// resolved, letters beyond ASCII encoded. `None` where it is written so.
    pub(super) fn plain(&self) -> Option<Plain> {
        let end = self.path_end();
        let path = &self.url[self.rest..end];
        if self.is_plain(end) {
            return None;
        }
        let mut plain = decode_plain(path);
        let decoded = plain.len();
        if plain.starts_with('/') {
            plain = resolve(&plain);
        }
        let winding = plain.len() < decoded;
        if !plain.is_ascii() {
            plain = encode_foreign(&plain);
        }
        (plain != path).then(|| Plain {
            url: [&self.url[..self.rest], &plain, &self.url[end..]].concat(),
            winding,
        })
    }

    /// Whether the path surely is as [`Link::plain`] would write it: most are, and cost one look at their marks.
    fn is_plain(&self, end: usize) -> bool {
        let bytes = self.url.as_bytes();
        let mut marks = self.marks.within(self.rest..end);
        let is_odd = |at: usize| match bytes[at] {
            b'/' => matches!(bytes[..end].get(at + 1), Some(b'/' | b'.')),
            b'%' => plainly(&bytes[at + 1..end]).is_some(),
            _ => false,
        };
        !marks.any(is_odd) && bytes[self.rest..end].is_ascii()
    }
}

/// The sign that stands behind a `%` as two digits, if it means the same when it is not encoded.
fn plainly(digits: &[u8]) -> Option<u8> {
    let byte = digits.get(..2).and_then(hex_byte)?;
    (byte.is_ascii_graphic() && !b"/?#%\\".contains(&byte)).then_some(byte)
}

/// Decodes signs that mean the same encoded or not.
fn decode_plain(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        match plainly(&rest.as_bytes()[at + 1..]) {
            Some(byte) => {
                out.push(char::from(byte));
                rest = &rest[at + 3..];
            }
            None => {
                out.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    out + rest
}

/// Percent-encodes what is not ASCII.
fn encode_foreign(path: &str) -> String {
    let mut out = String::with_capacity(path.len() * 3);
    for character in path.chars() {
        match character.is_ascii() {
            true => out.push(character),
            false => crate::address::percent_encode(character, &mut out),
        }
    }
    out
}

/// Takes out `.`, `..` and empty segments, but for one at the end.
fn resolve(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    let mut parts = path[1..].split('/').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            ".." => drop(segments.pop()),
            "." | "" => {}
            _ => segments.push(part),
        }
        if last && matches!(part, "" | "." | "..") {
            segments.push("");
        }
    }
    format!("/{}", segments.join("/"))
}

/// Where the scheme of an `http` or `https` address and its slashes end.
pub(super) fn scheme_end(url: &[u8]) -> Option<usize> {
    let begins_with = |scheme: &&[u8]| {
        url.get(..scheme.len())
            .is_some_and(|text| text.eq_ignore_ascii_case(scheme))
    };
    let schemes: [&[u8]; 2] = [b"https://", b"http://"];
    schemes.into_iter().find(begins_with).map(<[u8]>::len)
}

/// Where the host ends in `host:port`; `None` for a port that browsers do not take.
fn host_end(text: &str) -> Option<usize> {
    let end = match text.starts_with('[') {
        true => text.find(']')? + 1,
        false => text.bytes().position(|byte| byte == b':').unwrap_or(text.len()),
    };
    let port = &text[end..];
    let sound = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    sound.then_some(end)
}

/// None at all, or a number that a connection can have.
fn is_port(text: &str) -> bool {
    let digits = text.trim_start_matches('0');
    text.bytes().all(|byte| byte.is_ascii_digit()) && (digits.is_empty() || digits.parse::<u16>().is_ok())
}

fn normalize(name: &str) -> Option<Cow<'_, str>> {
    if is_usual(name.as_bytes()) {
        return Some(Cow::Borrowed(name));
    }
    let plain = name.is_ascii() && !name.bytes().any(|byte| byte.is_ascii_uppercase());
    match plain {
        true => host::is_host(name).then_some(Cow::Borrowed(name)),
        false => host::to_ascii(name).map(Cow::Owned),
    }
}

/// Whether a name surely is a host, in the form in which hosts are compared: nearly all are, and are read once.
fn is_usual(name: &[u8]) -> bool {
    let mut before = b'.';
    for &byte in name {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => {}
            b'.' if before != b'.' => {}
            _ => return false,
        }
        before = byte;
    }
    before != b'.' && name.len() <= 253
}

type Part = Option<Range<usize>>;

/// The query without its `?` and the fragment without its `#`, of what stands at `places`, which have all of the link's
/// marks from somewhere on.
pub(super) fn query_and_fragment(url: &str, places: impl Iterator<Item = usize>) -> (Part, Part) {
    let bytes = url.as_bytes();
    let (mut question, mut hash) = (None, None);
    for at in places {
        match bytes[at] {
            b'?' => question = question.or(Some(at)),
            b'#' if !is_in_entity(bytes, at) => {
                hash = Some(at);
                break;
            }
            _ => {}
        }
    }
    let end = hash.unwrap_or(bytes.len());
    let fragment = hash.map(|at| {
        let directive = url[at..].find(":~:").map_or(bytes.len(), |directive| at + directive);
        at + 1..directive.max(at + 1)
    });
    (question.map(|at| at + 1..end), fragment)
}

/// Whether the `#` there is one of `&#38;`.
fn is_in_entity(url: &[u8], hash: usize) -> bool {
    url[..hash].ends_with(b"&") && entity(&url[hash..]) > 0
}

/// Decodes `%XX` once. What is not followed by two hexadecimal digits stays.
pub(crate) fn percent_decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'%', rest) {
        let decoded = rest.get(at + 1..at + 3).and_then(hex_byte);
        out.extend_from_slice(&rest[..at]);
        out.push(decoded.unwrap_or(b'%'));
        rest = &rest[at + if decoded.is_some() { 3 } else { 1 }..];
    }
    out.extend_from_slice(rest);
    out
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    Some((digit(digits[0])? * 16 + digit(digits[1])?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_the_browsers() {
        let rows = [
            ("https://www.TikTok.com/x", Some("www.tiktok.com")),
            ("HTTPS://tiktok.com?x", Some("tiktok.com")),
            ("http://user:p@ss@tiktok.com:8080#x", Some("tiktok.com")),
            ("https://www.tiktok.com./", Some("www.tiktok.com")),
            ("https://www.tiktok.com../", None),
            ("https://example.com\\@evil.example/", Some("example.com")),
            ("https://[::1]:8080/", Some("[::1]")),
            ("https://[::1/", None),
            ("https://bücher.example/", Some("xn--bcher-kva.example")),
            ("https://example.com:80x/", None),
            ("https://example.com:/", Some("example.com")),
            ("https://example.com:65535/", Some("example.com")),
            ("https://example.com:000443/", Some("example.com")),
            ("https://example.com:65536/", None),
            ("https://example.com:+80/", None),
            ("https://[::1]:99999999999999999999/", None),
            ("https:///example.com/", None),
            ("https://\\example.com/", None),
            ("https:/example.com/", None),
            ("https://exa mple.com/", None),
            ("https://exa%6Dple.com/", None),
            ("https://", None),
            ("ftp://example.com/", None),
            ("javascript:https://example.com/", None),
            ("example.com", None),
            ("", None),
        ];
        for (url, host) in rows {
            assert_eq!(Link::parse(url).as_ref().map(|link| link.host.as_ref()), host, "{url}");
        }
    }

    #[test]
    fn parts_are_where_they_are() {
        let rows = [
            ("https://a.b/p?q=1?r#f?g", Some("q=1?r"), Some("f?g")),
            ("https://a.b#f?g", None, Some("f?g")),
            ("https://a.b?", Some(""), None),
            ("https://a.b/#x=1:~:text=a", None, Some("x=1")),
            ("https://a.b/#:~:text=a", None, Some("")),
        ];
        for (url, query, fragment) in rows {
            let link = Link::parse(url).unwrap();
            assert_eq!(link.query.map(|at| &url[at]), query, "{url}");
            assert_eq!(link.fragment.map(|at| &url[at]), fragment, "{url}");
        }
    }

    #[test]
    fn a_plain_path_is_what_servers_make_of_it() {
        let rows = [
            ("https://a.b/%40u//v?x=//#/..", Some("https://a.b/@u/v?x=//#/..")),
            ("https://a.b/x/../@u/./v/", Some("https://a.b/@u/v/")),
            ("https://a.b/../..", Some("https://a.b/")),
            ("https://a.b/%7e%2F%25%e9%", Some("https://a.b/~%2F%25%e9%")),
            ("https://a.b//", Some("https://a.b/")),
            ("https://a.b/é%C3%A9/?ü", Some("https://a.b/%C3%A9%C3%A9/?ü")),
            ("https://a.b/.well-known", None),
            ("https://a.b/a.b/%20", None),
            ("https://a.b?//", None),
            ("https://a.b", None),
        ];
        for (url, plain) in rows {
            let found = Link::parse(url).unwrap().plain();
            assert_eq!(found.as_ref().map(|plain| plain.url.as_str()), plain, "{url}");
        }
    }

    #[test]
    fn percent_decoding_is_done_once() {
        let rows = [
            ("%66bclid", "fbclid"),
            ("%2566", "%66"),
            ("100%", "100%"),
            ("%zz%4", "%zz%4"),
            ("%41%", "A%"),
        ];
        for (text, decoded) in rows {
            assert_eq!(percent_decode(text.as_bytes()), decoded.as_bytes(), "{text}");
        }
    }
}
