//! Links in running text.

use super::{Cleaned, Cleaner, Options};
use std::borrow::Cow;
use std::ops::Range;

/// A link in a text, cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanedLink<'a> {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// What has become of it.
    pub cleaned: Cleaned<'a>,
}

impl Cleaner {
    /// Finds the links in a text and cleans each. Gives the text with the links replaced (the very text that was given when
    /// there was nothing to do) and all links, changed or not, in their order.
    ///
    /// ```
    /// use detick::cleaner::{Cleaner, Options};
    /// let (list, _) = detick::list::parse("links.txt", b"$removeparam=ttclid");
    /// let (cleaner, _) = Cleaner::new(&[list]);
    /// let (text, links) = cleaner.clean_text("See https://a.example/?ttclid=1.", &Options::default());
    /// assert_eq!(text, "See https://a.example/.");
    /// assert_eq!(links[0].range, 4..31);
    /// ```
    pub fn clean_text<'a>(&'a self, text: &'a str, options: &Options<'_>) -> (Cow<'a, str>, Vec<CleanedLink<'a>>) {
        let links: Vec<CleanedLink<'a>> = find(text)
            .map(|range| CleanedLink {
                cleaned: self.clean(&text[range.clone()], options),
                range,
            })
            .collect();
        if links.iter().all(|link| matches!(link.cleaned.url, Cow::Borrowed(_))) {
            return (Cow::Borrowed(text), links);
        }
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for link in &links {
            out.push_str(&text[copied..link.range.start]);
            out.push_str(&link.cleaned.url);
            copied = link.range.end;
        }
        out.push_str(&text[copied..]);
        (Cow::Owned(out), links)
    }
}

/// Where the links are.
fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = next_scheme(text, from)?;
            let end = start + length(&text[start..]);
            from = end.max(start + 4);
            let scheme = text[start..end].find("://").map_or(usize::MAX, |at| at + 3);
            if end - start > scheme {
                return Some(start..end);
            }
        }
    })
}

/// The next `http://` or `https://` that is not the end of a longer word.
fn next_scheme(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|&at| {
        let rest = &bytes[at..];
        let begins = |scheme: &[u8]| {
            rest.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        let in_word = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
        !in_word && matches!(rest[0], b'h' | b'H') && (begins(b"http://") || begins(b"https://"))
    })
}

/// How long the link at the start of `text` is. White space, quotes and angle brackets end it; so does punctuation
/// that belongs to the sentence, and a closing bracket that was not opened inside the link.
fn length(text: &str) -> usize {
    let ends = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '<' | '>' | '"' | '`' | '“' | '”' | '«' | '»')
    };
    let mut link = &text[..text.find(ends).unwrap_or(text.len())];
    let mut open = Brackets::of(link);
    while let Some(last) = link.chars().next_back() {
        let outside = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '…' | '。' | '、' | '，' => true,
            ')' | ']' | '}' => open.is_unopened(last),
            _ => false,
        };
        if !outside {
            break;
        }
        open.leave(last);
        link = &link[..link.len() - last.len_utf8()];
    }
    link.len()
}

/// How many more brackets of each kind are opened than closed.
struct Brackets([i64; 3]);

impl Brackets {
    fn of(text: &str) -> Brackets {
        let mut counts = [0; 3];
        for byte in text.bytes() {
            match byte {
                b'(' => counts[0] += 1,
                b')' => counts[0] -= 1,
                b'[' => counts[1] += 1,
                b']' => counts[1] -= 1,
                b'{' => counts[2] += 1,
                b'}' => counts[2] -= 1,
                _ => {}
            }
        }
        Brackets(counts)
    }

    fn slot(&mut self, bracket: char) -> Option<&mut i64> {
        let kind = [')', ']', '}'].iter().position(|&closing| closing == bracket)?;
        Some(&mut self.0[kind])
    }

    fn is_unopened(&mut self, closing: char) -> bool {
        self.slot(closing).is_some_and(|count| *count < 0)
    }

    /// Takes a character off the end of the text.
    fn leave(&mut self, last: char) {
        if let Some(count) = self.slot(last) {
            *count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_end_where_people_end_them() {
        let rows: &[(&str, &[&str])] = &[
            ("see https://a.example/x.", &["https://a.example/x"]),
            ("(https://a.example/x)", &["https://a.example/x"]),
            ("(https://a.example/x_(y))", &["https://a.example/x_(y)"]),
            ("[a](https://a.example/?a[0]=1), b", &["https://a.example/?a[0]=1"]),
            ("<https://a.example>", &["https://a.example"]),
            (
                "\"https://a.example/?q=1\", 'http://b.example'",
                &["https://a.example/?q=1", "http://b.example"],
            ),
            (
                "https://a.example,https://b.example",
                &["https://a.example,https://b.example"],
            ),
            ("HTTPS://A.example/ü?!…", &["HTTPS://A.example/ü"]),
            ("xhttps://a.example", &[]),
            ("https://", &[]),
            ("https://.", &[]),
            (
                "https://a.example\nhttp://b.example\0",
                &["https://a.example", "http://b.example"],
            ),
            (
                "„https://a.example“ https://b.example’",
                &["https://a.example", "https://b.example"],
            ),
            ("", &[]),
        ];
        for &(text, expected) in rows {
            let found: Vec<&str> = find(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn finding_takes_linear_time() {
        let text = "https://a.example/".to_owned() + &")".repeat(1 << 20) + &"(".repeat(1 << 20);
        assert_eq!(find(&text).count(), 1);
    }
}
