//! Where a link in running text ends.

use super::scripts::Scripts;
use crate::cleaner::link::scheme_end;

/// How long the link at the start of `text` is, without the punctuation that ends it, and with that. `before` is what
/// stands before it, `open` the brackets that are open there.
///
/// A link ends where people and programs end it: at white space, quotes, angle brackets and punctuation that no address
/// has, at a bracket or a mark that was opened before it, and where another link begins. In its query it also ends at a
/// letter of another script, unless more parameters follow: what is written on behind a link without a space
/// would otherwise go with the parameter.
pub(super) fn length(before: &str, text: &str, open: Brackets) -> (usize, usize) {
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
pub(super) struct Brackets([u32; 3]);

impl Brackets {
    /// Counts what stands before a link. Nobody closes a bracket on another line.
    pub(super) fn read(&mut self, text: &str) {
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
