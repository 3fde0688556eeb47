//! Links in running text.

mod end;
mod scripts;

use super::link::scheme_end;
use super::{Cleaned, Cleaner, Options};
use end::{Brackets, length};
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
    /// Finds the links in a text and cleans each. Gives the text with the links replaced (the very text that was given
    /// when there was nothing to do) and all links, changed or not, in their order.
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
        let (clean, links) = self.clean_links(text, options);
        if matches!(clean, Cow::Owned(_)) && !self.reads_alike(&clean, links.len(), options) {
            let unchanged = find(text).map(|Found { range, .. }| CleanedLink {
                cleaned: Cleaned::unchanged(&text[range.clone()]),
                range,
            });
            return (Cow::Borrowed(text), unchanged.collect());
        }
        (clean, links)
    }

    /// Whether a cleaned text has as many links as before, with nothing left to clean: a bracket that went with a
    /// parameter may have ended a link further on. A text that would be read otherwise stays as it is.
    fn reads_alike(&self, clean: &str, links: usize, options: &Options<'_>) -> bool {
        let (again, there) = self.clean_links(clean, options);
        there.len() == links && matches!(again, Cow::Borrowed(_))
    }

    fn clean_links<'a>(&'a self, text: &'a str, options: &Options<'_>) -> (Cow<'a, str>, Vec<CleanedLink<'a>>) {
        let found: Vec<Found> = find(text).collect();
        let mut links: Vec<CleanedLink<'a>> = Vec::with_capacity(found.len());
        for (number, link) in found.iter().enumerate() {
            let next = found.get(number + 1).map_or(text.len(), |next| next.range.start);
            let written = &text[link.range.clone()];
            let mut cleaned = self.clean(written, options);
            if matches!(cleaned.url, Cow::Owned(_)) && !stays_a_link(text, link, &cleaned.url, next) {
                cleaned = Cleaned::unchanged(written);
            }
            links.push(CleanedLink {
                range: link.range.clone(),
                cleaned,
            });
        }
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

/// A link in a text.
struct Found {
    range: Range<usize>,
    /// The brackets that are open where it begins.
    open: Brackets,
}

/// Where the links are.
fn find(text: &str) -> impl Iterator<Item = Found> {
    let (mut from, mut counted, mut open) = (0, 0, Brackets::default());
    std::iter::from_fn(move || {
        loop {
            let start = next_scheme(text, from)?;
            open.read(&text[counted..start]);
            let end = start + length(&text[..start], &text[start..], open).0;
            from = end.max(start + 4);
            counted = start;
            let scheme = scheme_end(&text.as_bytes()[start..]).map_or(usize::MAX, |length| start + length);
            if end > scheme && begins_host(&text[scheme..]) {
                return Some(Found {
                    range: start..end,
                    open,
                });
            }
        }
    })
}

/// Whether a host may begin so: with a letter or a digit of any script, or as an IPv6 address does.
fn begins_host(text: &str) -> bool {
    match text.strip_prefix('[') {
        Some(address) => address.starts_with(|first: char| first.is_ascii_hexdigit() || first == ':'),
        None => text.starts_with(char::is_alphanumeric),
    }
}

/// The next `http://` or `https://` that is not the end of a longer word. One may follow a link at once.
fn next_scheme(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find(|&at| {
        let in_word = at > 0 && bytes[at - 1].is_ascii_alphanumeric() && (at > from || from == 0);
        matches!(bytes[at], b'h' | b'H') && !in_word && scheme_end(&bytes[at..]).is_some()
    })
}

/// Whether a text has one link, where one was cleaned, and the next begins where it did.
fn stays_a_link(text: &str, found: &Found, clean: &str, next: usize) -> bool {
    let before = &text[..found.range.start];
    let between = &text[found.range.end..next];
    let after = next + scheme_end(&text.as_bytes()[next..]).unwrap_or(0);
    let there = [clean, &text[found.range.end..after]].concat();
    let (trimmed, whole) = length(before, &there, found.open);
    let scheme = scheme_end(clean.as_bytes()).unwrap_or(usize::MAX);
    let room = clean.len() + between.len();
    // A scheme at the end of a longer word begins no link, but would right behind one.
    let wakes_one = whole < room && scheme_end(&there.as_bytes()[whole..]).is_some();
    trimmed > scheme && (clean.len()..=room).contains(&whole) && !wakes_one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table")]
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
                "https://a.example,https://b.example;https://c.example|https://d.example",
                &[
                    "https://a.example",
                    "https://b.example",
                    "https://c.example",
                    "https://d.example",
                ],
            ),
            (
                "https://a.example/?x=1https://b.example",
                &["https://a.example/?x=1", "https://b.example"],
            ),
            (
                "https://a.example/?u=https://b.example",
                &["https://a.example/?u=https://b.example"],
            ),
            (
                "https://a.example/?u%3Dhttps://b.example",
                &["https://a.example/?u%3Dhttps://b.example"],
            ),
            (
                "https://a.example/w/https://b.example",
                &["https://a.example/w/https://b.example"],
            ),
            ("[u=https://a.example?x=1]x[/u]", &["https://a.example?x=1"]),
            ("[u]https://a.example?x=1[/u]", &["https://a.example?x=1"]),
            ("\\href{https://a.example?x=1}{text}", &["https://a.example?x=1"]),
            (
                "[a](https://a.example?x=(1)),[b](https://b.example)",
                &["https://a.example?x=(1)", "https://b.example"],
            ),
            (
                "[https://a.example](https://a.example)",
                &["https://a.example", "https://a.example"],
            ),
            ("https://a.example/a)b?x=1", &["https://a.example/a)b?x=1"]),
            ("https://a.example?x=1(", &["https://a.example?x=1"]),
            ("https://a.example?x=1· y", &["https://a.example?x=1"]),
            ("(see) https://a.example/a)b?x=1)", &["https://a.example/a)b?x=1"]),
            ("'https://a.example?x=1' + 'y'", &["https://a.example?x=1"]),
            ("url('https://a.example?x=1');", &["https://a.example?x=1"]),
            ("**https://a.example?x=1**text", &["https://a.example?x=1"]),
            ("~~https://a.example/~u?x=1~~", &["https://a.example/~u?x=1"]),
            (
                "href=&quot;https://a.example?x=1&amp;y=2&quot;&gt;",
                &["https://a.example?x=1&amp;y=2"],
            ),
            ("\"https://a.example?x=1\\nfoo\"", &["https://a.example?x=1"]),
            ("看https://a.example?x=1看看", &["https://a.example?x=1"]),
            ("https://a.example?x=1を見て", &["https://a.example?x=1"]),
            ("https://a.example?x=1에서", &["https://a.example?x=1"]),
            ("https://a.example?x=1😀!", &["https://a.example?x=1"]),
            ("https://a.example?x=1—and", &["https://a.example?x=1"]),
            ("https://a.example?x=1، ثم", &["https://a.example?x=1"]),
            (
                "https://a.example/猫?x=猫&y=a猫&z=1",
                &["https://a.example/猫?x=猫&y=a猫&z=1"],
            ),
            ("https://a.example?q=猫&x=1", &["https://a.example?q=猫&x=1"]),
            ("https://a.example?q=a猫&x=1", &["https://a.example?q=a猫&x=1"]),
            ("https://a.example/ü?q=größe", &["https://a.example/ü?q=größe"]),
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
            let found: Vec<&str> = find(text).map(|found| &text[found.range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn finding_takes_linear_time() {
        let texts = [
            "https://a.example/".to_owned() + &")".repeat(1 << 20) + &"(".repeat(1 << 20),
            "https://a.example/?x=".to_owned() + &"a看я".repeat(1 << 18),
            "*".repeat(1 << 18) + "https://a.example/" + &"*a".repeat(1 << 18),
        ];
        for text in texts {
            assert_eq!(find(&text).count(), 1);
        }
    }
}
