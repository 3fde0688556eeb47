//! A link taken apart as browsers do it, without changing a byte.

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
}

impl<'u> Link<'u> {
    /// `None` when it is no link whose host a browser and we would read alike.
    pub(super) fn parse(url: &'u str) -> Option<Link<'u>> {
        let bytes = url.as_bytes();
        let start = scheme_end(bytes)?;
        // A backslash is a slash to browsers: `https://example.com\@evil.example/` leads to example.com.
        let ends = |byte: &u8| matches!(byte, b'/' | b'\\' | b'?' | b'#');
        let rest = bytes[start..]
            .iter()
            .position(ends)
            .map_or(bytes.len(), |at| start + at);
        let user_end = memchr::memrchr(b'@', &bytes[start..rest]).map_or(start, |at| start + at + 1);
        let host_end = host_end(&url[user_end..rest])? + user_end;
        let written = &url[user_end..host_end];
        let bare = written.strip_suffix('.').unwrap_or(written);
        let (query, fragment) = query_and_fragment(url, rest);
        Some(Link {
            url,
            host: normalize(bare)?,
            host_at: user_end..user_end + bare.len(),
            after_host: host_end,
            rest,
            query,
            fragment,
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
        let query = self.query.clone().map(|at| &self.url[at]);
        query.into_iter().flat_map(|query| {
            segments(query, true).map(|segment| query[segment.at].split('=').next().unwrap_or_default())
        })
    }

    /// The link with its path as browsers and servers write it: `%40` and the like decoded, `//`, `.` and `..`
    /// resolved, letters beyond ASCII encoded. `None` where it is written so.
    pub(super) fn plain(&self) -> Option<Plain> {
        let starts = [self.query.as_ref(), self.fragment.as_ref()];
        let end = starts.into_iter().flatten().map(|at| at.start - 1).min();
        let end = end.unwrap_or(self.url.len());
        let path = &self.url[self.rest..end];
        let bytes = path.as_bytes();
        let mut slashes = memchr::memchr_iter(b'/', bytes);
        let is_winding = slashes.any(|at| matches!(bytes.get(at + 1), Some(b'/' | b'.')));
        if !is_winding && memchr::memchr(b'%', bytes).is_none() && bytes.is_ascii() {
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
}

/// Decodes signs that mean the same encoded or not.
fn decode_plain(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let byte = rest.as_bytes().get(at + 1..at + 3).and_then(hex_byte);
        match byte.filter(|byte| byte.is_ascii_graphic() && !b"/?#%\\".contains(byte)) {
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
        false => text.find(':').unwrap_or(text.len()),
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
    let plain = name.is_ascii() && !name.bytes().any(|byte| byte.is_ascii_uppercase());
    match plain {
        true => host::is_host(name).then_some(Cow::Borrowed(name)),
        false => host::to_ascii(name).map(Cow::Owned),
    }
}

type Part = Option<Range<usize>>;

/// The query without its `?` and the fragment without its `#`, of what stands behind `rest`.
pub(super) fn query_and_fragment(url: &str, rest: usize) -> (Part, Part) {
    let bytes = url.as_bytes();
    let mut hashes = memchr::memchr_iter(b'#', &bytes[rest..]).map(|at| rest + at);
    let hash = hashes.find(|&at| !is_in_entity(bytes, at));
    let end = hash.unwrap_or(bytes.len());
    let question = memchr::memchr(b'?', &bytes[rest..end]).map(|at| rest + at);
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

/// How an ampersand is written in HTML, behind its `&`, and what careless encoding makes of it.
const ENTITIES: [&[u8]; 5] = [b"amp;", b"#38;", b"#038;", b"#x26;", b"amp%3b"];

/// How long an entity's rest is that the text begins with: all of `&amp;` but the `&`.
fn entity(text: &[u8]) -> usize {
    if !matches!(text.first(), Some(b'a' | b'A' | b'#')) {
        return 0;
    }
    let begins_with = |entity: &&[u8]| {
        text.get(..entity.len())
            .is_some_and(|text| text.eq_ignore_ascii_case(entity))
    };
    ENTITIES.into_iter().find(begins_with).map_or(0, <[u8]>::len)
}

/// A parameter's place in a query or a fragment.
pub(super) struct Segment {
    /// Where the separator before it begins.
    pub(super) separator: usize,
    pub(super) at: Range<usize>,
}

/// Where the parameters are: between `&`, also one written as HTML does, and between `?` where `questions` says so.
pub(super) fn segments(text: &str, questions: bool) -> impl Iterator<Item = Segment> {
    let bytes = text.as_bytes();
    let separates = move |byte: &u8| *byte == b'&' || (*byte == b'?' && questions);
    let mut next = Some((0, entity(bytes)));
    std::iter::from_fn(move || {
        let (separator, start) = next?;
        let length = bytes[start..].iter().position(separates);
        let end = length.map_or(bytes.len(), |length| start + length);
        next = length.map(|_| (end, end + 1 + entity(&bytes[end + 1..])));
        Some(Segment {
            separator,
            at: start..end,
        })
    })
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
