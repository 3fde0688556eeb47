//! Links in running text.

use super::link::scheme_end;
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

/// How long the link at the start of `text` is, without the punctuation that ends it, and with that. `before` is what
/// stands before it, `open` the brackets that are open there.
///
/// A link ends where people and programs end it: at white space, quotes, angle brackets and punctuation that no address
/// has, at a bracket or a mark that was opened before it, and where another link begins. In its query it also ends at a
/// letter of another script, unless more parameters follow: what is written on behind a link without a space
/// would otherwise go with the parameter.
fn length(before: &str, text: &str, open: Brackets) -> (usize, usize) {
    let start = scheme_end(text.as_bytes()).unwrap_or(0);
    let mut inside = Brackets::default();
    let (mut in_query, mut scripts) = (false, Scripts::default());
    let (stars, tildes) = (opened(before, b'*'), opened(before, b'~'));
    let mut whole = text.len();
    for (at, character) in text[start..]
        .char_indices()
        .map(|(at, character)| (start + at, character))
    {
        let rest = &text[at..];
        let ends = match character {
            _ if is_never_in_links(character) => true,
            '?' | '#' => {
                in_query = true;
                false
            }
            '\\' => in_query,
            '&' => QUOTING.iter().any(|entity| rest.starts_with(entity)),
            '\'' => before.ends_with('\'') || rest[1..].starts_with([';', ',', ')', '>', ']', '}']),
            '*' => closes(rest, stars),
            '~' => closes(rest, tildes),
            '(' | '[' | '{' => {
                inside.count(character);
                MARKUP.iter().any(|mark| rest.starts_with(mark))
            }
            ')' | ']' | '}' if inside.holds(character) => {
                inside.count(character);
                false
            }
            ')' | ']' | '}' => open.holds(character) || JOINTS.iter().any(|joint| rest.starts_with(joint)),
            'h' | 'H' => scheme_end(rest.as_bytes()).is_some() && !is_within_address(&text[..at]),
            _ if character.is_ascii() => false,
            _ if !in_query => scripts.see(character),
            _ => scripts.is_new(character) && !begins_value(&text[..at]) && !goes_on(rest) || scripts.see(character),
        };
        if ends {
            whole = at;
            break;
        }
    }
    (trim(&text[..whole]), whole)
}

/// How HTML writes quotes and angle brackets.
const QUOTING: [&str; 8] = ["&quot;", "&lt;", "&gt;", "&apos;", "&#39;", "&#34;", "&#x27;", "&nbsp;"];

/// Where forum code goes on behind an address, or begins.
const MARKUP: [&str; 5] = ["[/", "[url", "[URL", "[img", "[IMG"];

/// Where Markdown, LaTeX and the like go on behind an address.
const JOINTS: [&str; 3] = ["](", ")[", "}{"];

/// White space, quotes and punctuation of any script that stand in no address as they are.
fn is_never_in_links(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '<' | '>' | '"' | '`' | '|' | '«' | '»' | '‹' | '›' | '“'..='‟' | '‘' | '‚' | '‛' | '…'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            // Chinese, Japanese and Korean; full width.
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{fe10}'..='\u{fe19}'
            | '\u{fe30}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3e}'
            | '\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
            // Arabic and Urdu, Hebrew, Indian scripts, Armenian, Ethiopic, Khmer, Burmese, Tibetan.
            | '،' | '؛' | '؟' | '۔' | '׀' | '׃' | '।' | '॥' | '։' | '\u{1361}'..='\u{1368}' | '\u{17d4}'..='\u{17d6}'
            | '\u{104a}' | '\u{104b}' | '\u{0f0d}'..='\u{0f12}'
        )
}

/// How many of a mark, three at most, stand at the end of the text: `**` opens what `**` closes.
fn opened(before: &str, mark: u8) -> usize {
    before.bytes().rev().take(3).take_while(|&byte| byte == mark).count()
}

/// Whether the text begins with as many of a mark as were opened.
fn closes(rest: &str, opened: usize) -> bool {
    let bytes = rest.as_bytes();
    opened > 0 && bytes.len() >= opened && bytes[..opened].iter().all(|&byte| byte == bytes[0])
}

/// Whether an address that begins behind this text belongs to the link: `?u=https://…`, `/web/2024/https://…`.
fn is_within_address(text: &str) -> bool {
    text.ends_with(['=', '/', '?', '#', '&', ':', '%', '+', '@', '!']) || ends_encoded(text)
}

/// Whether a word of a value begins behind this text, so that its script is the link's own.
fn begins_value(text: &str) -> bool {
    text.ends_with(['=', '/', '?', '#', '&', ':', '%', '+', '-', '_']) || ends_encoded(text)
}

fn ends_encoded(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .last_chunk::<3>()
        .is_some_and(|[percent, high, low]| *percent == b'%' && high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// Whether more parameters follow in the same word.
fn goes_on(text: &str) -> bool {
    let end = text.find(is_never_in_links).unwrap_or(text.len());
    let word = text[..end].split("://").next().unwrap_or_default();
    word.split(['&', '?']).skip(1).any(|param| {
        let is_name = |character: char| character.is_ascii_alphanumeric() || "_-.[]%".contains(character);
        let value = param.trim_start_matches(is_name);
        value.len() < param.len() && value.starts_with('=')
    })
}

/// How long the link is without the punctuation behind it.
fn trim(link: &str) -> usize {
    let mut inside = Brackets::default();
    let mut unopened = Vec::new();
    for (at, bracket) in link
        .char_indices()
        .filter(|(_, character)| "()[]{}".contains(*character))
    {
        if ")]}".contains(bracket) && !inside.holds(bracket) {
            unopened.push(at);
        } else {
            inside.count(bracket);
        }
    }
    let mut link = link;
    while let Some(last) = link.chars().next_back() {
        let at = link.len() - last.len_utf8();
        let outside = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '~' | '·' | '(' | '[' | '{' => true,
            ')' | ']' | '}' => unopened.last() == Some(&at),
            _ => false,
        };
        if !outside {
            break;
        }
        unopened.pop_if(|bracket| *bracket == at);
        link = &link[..at];
    }
    link.len()
}

/// How many brackets of each kind are open.
#[derive(Clone, Copy, Default)]
struct Brackets([u32; 3]);

impl Brackets {
    /// Counts what stands before a link. Nobody closes a bracket on another line.
    fn read(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '\n' | '\r' => *self = Brackets::default(),
                _ => self.count(character),
            }
        }
    }

    fn count(&mut self, character: char) {
        if let Some(kind) = "([{".find(character) {
            self.0[kind] = self.0[kind].saturating_add(1);
        } else if let Some(kind) = ")]}".find(character) {
            self.0[kind] = self.0[kind].saturating_sub(1);
        }
    }

    /// Whether this bracket closes one that is open.
    fn holds(self, closing: char) -> bool {
        ")]}".find(closing).is_some_and(|kind| self.0[kind] > 0)
    }
}

/// The scripts of a link besides Latin, as far as they must be told apart.
#[derive(Default)]
struct Scripts {
    seen: [u32; 8],
    count: usize,
}

impl Scripts {
    fn is_new(&self, character: char) -> bool {
        // One with more scripts than that is no link of anyone's: it may go on as it likes.
        let script = script(character);
        script != 0 && self.count < self.seen.len() && !self.seen[..self.count].contains(&script)
    }

    /// Takes note of the character's script; always false.
    fn see(&mut self, character: char) -> bool {
        if self.is_new(character) {
            self.seen[self.count] = script(character);
            self.count += 1;
        }
        false
    }
}

/// A number for a character's script: 0 for Latin, one for each block of most others.
fn script(character: char) -> u32 {
    match u32::from(character) {
        0..=0x24f | 0x1e00..=0x1eff | 0x300..=0x36f | 0x200c | 0x200d => 0,
        0x370..=0x3ff | 0x1f00..=0x1fff => 1,
        0x400..=0x52f => 2,
        0x600..=0x6ff | 0x750..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => 3,
        // Japanese is written in three.
        0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff => 4,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7af => 5,
        0x2010..=0x2bff | 0xfe00..=0xfe0f | 0x1_f000..=0x1_faff => 6,
        other => other >> 7 | 1 << 16,
    }
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
