//! Matching address patterns: literal text, `*` for anything, `^` for a separator or the end.
//!
//! Works on bytes as they stand and compares letter case on the fly, so that nothing is copied. The time is that
//! of a plain text search: each piece between `*`s is looked for once, from left to right.

use crate::case::Case;
use crate::filter::{Anchor, Glob, is_separator};
use std::ops::Range;

/// The text of a pattern behind its anchor.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// With `*` and `^` meant as such.
    pub text: &'a [u8],
    /// `|` at the end: nothing may follow.
    pub ends: bool,
    /// How letters compare.
    pub case: Case,
}

/// Whether `glob` matches `url`, whose host is at `host` (without user name and port).
///
/// ```
/// use detick::filter::{Case, Filter, Pattern};
/// use detick::glob::is_match;
/// let Pattern::Glob(glob) = "||tiktok.com/@*/video/".parse::<Filter>()?.pattern else { unreachable!() };
/// let url = "https://www.tiktok.com/@someone/video/1";
/// assert!(is_match(&glob, Case::Ignored, url, 8..22));
/// # Ok::<(), detick::filter::ParseError>(())
/// ```
pub fn is_match(glob: &Glob, case: Case, url: &str, host: Range<usize>) -> bool {
    let text = Text {
        text: glob.text.as_bytes(),
        ends: glob.ends,
        case,
    };
    let url = url.as_bytes();
    match glob.anchor {
        Anchor::Anywhere => text.is_found(url),
        Anchor::Start => text.is_at(url, 0),
        Anchor::Host => text.is_at_label(url, host),
    }
}

impl Text<'_> {
    /// Whether the text begins exactly at byte `start` of `url`.
    pub fn is_at(&self, url: &[u8], start: usize) -> bool {
        let (first, rest) = split(self.text);
        let end = self.piece_at(url, start, first, rest.is_none());
        end.is_some_and(|end| self.rest_follows(url, end, rest))
    }

    /// Whether the text is anywhere in `url`.
    pub fn is_found(&self, url: &[u8]) -> bool {
        self.rest_follows(url, 0, Some(self.text))
    }

    /// Whether the text begins at the start of the host or of one of its labels.
    pub fn is_at_label(&self, url: &[u8], host: Range<usize>) -> bool {
        host.clone()
            .filter(|&at| at == host.start || url[at - 1] == b'.')
            .any(|at| self.is_at(url, at))
    }

    /// Whether the pieces of `rest` come one after the other from byte `at` on. Taking each at its first place
    /// is enough: it leaves the most room for those behind it.
    fn rest_follows(&self, url: &[u8], mut at: usize, mut rest: Option<&[u8]>) -> bool {
        while let Some(text) = rest {
            let (piece, behind) = split(text);
            if behind.is_none() && self.ends {
                return self.is_last(url, at, piece);
            }
            match self.find(url, at, piece, behind.is_none()) {
                Some(end) => at = end,
                None => return false,
            }
            if behind.is_none() {
                return true;
            }
            rest = behind;
        }
        !self.ends || at == url.len()
    }

    /// Whether `url` ends with the piece, no earlier than at byte `from`.
    fn is_last(&self, url: &[u8], from: usize, piece: &[u8]) -> bool {
        // The final `^` may stand for the end itself.
        let lengths = [piece.len(), piece.len() - usize::from(piece.ends_with(b"^"))];
        lengths.into_iter().any(|length| {
            let start = url.len().checked_sub(length).filter(|&start| start >= from);
            start.and_then(|start| self.piece_at(url, start, piece, true)) == Some(url.len())
        })
    }

    /// Whether what `url` has from byte `start` on decides if the text begins there, whatever would stand behind `url`.
    pub(crate) fn is_decided_at(&self, url: &[u8], start: usize) -> bool {
        let (first, rest) = split(self.text);
        let there = url.get(start..).unwrap_or_default();
        let differs = first
            .iter()
            .zip(there)
            .any(|(&wanted, &byte)| !self.is_same(wanted, byte));
        differs || (rest.is_none() && !self.ends && first.len() <= there.len())
    }

    /// Where the piece ends, at its first place from byte `from` on.
    fn find(&self, url: &[u8], mut from: usize, piece: &[u8], last: bool) -> Option<usize> {
        let Some(rare) = rarest(piece) else {
            return (from..=url.len()).find_map(|start| self.piece_at(url, start, piece, last));
        };
        let wanted = piece[rare];
        loop {
            let there = url.get(from + rare..)?;
            let start = from
                + match self.case {
                    Case::Ignored if wanted.is_ascii_alphabetic() => {
                        memchr::memchr2(wanted, wanted.to_ascii_uppercase(), there)?
                    }
                    _ => memchr::memchr(wanted, there)?,
                };
            if let Some(end) = self.piece_at(url, start, piece, last) {
                return Some(end);
            }
            from = start + 1;
        }
    }

    /// Where the piece ends if it begins at byte `start`.
    fn piece_at(&self, url: &[u8], start: usize, piece: &[u8], last: bool) -> Option<usize> {
        let there = url.get(start..)?;
        let compared = piece.len().min(there.len());
        let same = piece
            .iter()
            .zip(there)
            .all(|(&wanted, &byte)| self.is_same(wanted, byte));
        let missing = &piece[compared..];
        let complete = missing.is_empty() || (last && missing == b"^");
        (same && complete).then_some(start + compared)
    }

    fn is_same(&self, wanted: u8, byte: u8) -> bool {
        match (wanted, self.case) {
            (b'^', _) => is_separator(byte),
            (_, Case::Exact) => wanted == byte,
            (_, Case::Ignored) => wanted == byte.to_ascii_lowercase(),
        }
    }
}

/// The place of the byte that a piece is looked for by: the one that is rarest in addresses. `None` where `^`, which
/// stands for many bytes, is all there is.
fn rarest(piece: &[u8]) -> Option<usize> {
    let places = (0..piece.len()).filter(|&at| piece[at] != b'^');
    places.min_by_key(|&at| FREQUENCY[usize::from(piece[at])])
}

/// The bytes that addresses have most of, the most frequent one last: so many tens of thousands of addresses that pages
/// ask for have them. Looking for the first letter of a piece instead, or for a sign, stops at twice as many places.
const FREQUENT: &[u8] = b";|?,qz:kxjy_v7-w8649u5&hbg=f3ml.rnp1o/i%d0cs2eat";

/// How frequent each byte is: its place in [`FREQUENT`], from 1 on.
static FREQUENCY: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < FREQUENT.len() {
        table[FREQUENT[at] as usize] = at as u8 + 1;
        at += 1;
    }
    table
};

/// What stands before the first `*`, and what behind it.
fn split(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|&byte| byte == b'*') {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::{Filter, Pattern};
    use proptest::prelude::*;

    fn host_of(url: &str) -> Range<usize> {
        let start = url.find("://").map_or(0, |at| at + 3);
        let end = url[start..]
            .find(['/', '?', '#', ':'])
            .map_or(url.len(), |at| start + at);
        start..end
    }

    fn glob(line: &str) -> Option<(Glob, Case)> {
        let filter: Filter = format!("{line}$script").parse().ok()?;
        match filter.pattern {
            Pattern::Glob(glob) => Some((glob, Case::Ignored)),
            _ => None,
        }
    }

    /// The glob as a regular expression.
    fn regex_of(glob: &Glob) -> regex_lite::Regex {
        const SEPARATOR: &str = r"[^\x{80}-\x{10FFFF}A-Za-z0-9_.%-]";
        let mut source = String::from(match glob.anchor {
            Anchor::Anywhere => "(?is)",
            Anchor::Start => "(?is)^",
            Anchor::Host => r"(?is)^[a-z]+://(?:[^/?#:]*\.)?",
        });
        for (at, character) in glob.text.char_indices() {
            match character {
                '*' => source.push_str(".*"),
                '^' if at + 1 == glob.text.len() => source.push_str(&format!("(?:{SEPARATOR}|$)")),
                '^' => source.push_str(SEPARATOR),
                _ => source.push_str(&regex_lite::escape(character.encode_utf8(&mut [0; 4]))),
            }
        }
        source.push_str(if glob.ends { "$" } else { "" });
        regex_lite::Regex::new(&source).unwrap()
    }

    #[test]
    fn patterns_match_what_their_anchors_allow() {
        let rows = [
            ("||tiktok.com^", "https://www.tiktok.com", true),
            ("||tiktok.com^", "https://www.tiktok.com/x", true),
            ("||tiktok.com^", "https://nottiktok.com/", false),
            ("||tiktok.com^", "https://a.example/tiktok.com/", false),
            ("||tiktok.com^", "https://tiktok.com.example/", false),
            ("||tiktok.com^", "https://tiktok.com:8443/", true),
            ("||a.example/*.js|", "https://a.example/x.js?y.js", true),
            ("||a.example/*.js|", "https://a.example/x.js?y", false),
            ("|https://a.", "https://a.example/", true),
            ("|https://a.", "http://b.example/?https://a.", false),
            ("/AD/*^x^|", "https://a.example/ad/1?x", true),
            ("^url=http", "https://a.example/?URL=HTTP", true),
            ("^url=http", "https://a.example/?curl=http", false),
            ("a*a|", "https://x.example/a", true),
            ("example/a*a|", "https://x.example/a", false),
            ("||tiktok.*/x", "https://www.tiktok.co.uk/x", true),
        ];
        for (line, url, expected) in rows {
            let (glob, case) = glob(line).unwrap();
            assert_eq!(is_match(&glob, case, url, host_of(url)), expected, "{line} on {url}");
        }
    }

    #[test]
    fn what_is_decided_stays_so_whatever_follows() {
        let rows = [
            ("/ab", "https://x.example/abc", true),
            ("/ab", "https://x.example/ax", true),
            ("/ab", "https://x.example/a", false),
            ("/ab*", "https://x.example/ab", false),
            ("/ab*", "https://x.example/x", true),
            ("/ab^", "https://x.example/ab", false),
        ];
        for (text, url, decided) in rows {
            let text = Text {
                text: text.as_bytes(),
                ends: false,
                case: Case::Ignored,
            };
            assert_eq!(text.is_decided_at(url.as_bytes(), 17), decided, "{url}");
            let ends = Text { ends: true, ..text };
            assert!(!ends.is_decided_at(b"https://x.example/ab", 17));
        }
    }

    #[test]
    fn letter_case_counts_when_asked_for() {
        let text = Text {
            text: b"/Ab^",
            ends: false,
            case: Case::Exact,
        };
        assert!(text.is_found(b"https://x.example/Ab"));
        assert!(!text.is_found(b"https://x.example/ab"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn agrees_with_the_regex(
            line in "(\\|\\|?)?[a-c./^*?]{1,7}\\|?",
            url in "https?://[abc](\\.?[abc]){0,3}[/?#][abcAB./?&%ü^]{0,10}",
        ) {
            if let Some((glob, case)) = glob(&line) {
                prop_assert_eq!(is_match(&glob, case, &url, host_of(&url)), regex_of(&glob).is_match(&url), "{:?}", glob);
            }
        }
    }
}
