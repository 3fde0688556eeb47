//! A filter in the flat image, and whether it matches.
//!
//! | word | what |
//! |---|---|
//! | 0 | types in bits 0-13, party in 14-16, the flags below, and in 28-31 how far the window stands from the pattern's beginning, or [`NO_WINDOW`] |
//! | 1 | its line, counted over all lists |
//! | 2 | offset of the pattern's text, or the regex's index |
//! | 3 | length of the text; above it, in bits 16-31, how far the key stands from the pattern's beginning |
//! | … | only with a window: four bytes of the pattern |
//! | … | only with [`EXTRA`]: offset of its rarer conditions |
//!
//! The window is why most filters under a common token are passed over without a look at their text, which lies
//! somewhere else in memory: four bytes beside the token differ.
//!
//! The rarer conditions are words too: methods, offsets of the sets for the page, the host and `denyallow=`, and for a
//! stand-in its name's offset and length and its priority. Records of one bucket follow each other; the last has [`LAST`].

use std::ops::{ControlFlow, Range};

use crate::filter::{Action, Anchor, Domains, Filter, Glob, Methods, Party, Pattern, Polarity, Types};
use crate::glob::{Case, Text};
use crate::host;
use crate::request::Request;

use super::build::Writer;
use super::data::View;
use super::domains;
use super::token;

const PARTY: u32 = 14;
/// An exception.
pub const EXCEPT: u32 = 1 << 17;
/// `$important`.
pub const IMPORTANT: u32 = 1 << 18;
/// `$match-case`.
const EXACT: u32 = 1 << 19;
const SHAPE: u32 = 20;
const ANCHOR: u32 = 23;
const ENDS: u32 = 1 << 25;
const EXTRA: u32 = 1 << 26;
/// No other record follows in this bucket.
const LAST: u32 = 1 << 27;
const WINDOW: u32 = 28;
/// For the window's place: there is none.
const NO_WINDOW: u32 = 15;
const WINDOW_BYTES: usize = 4;

/// The pattern's beginning does not follow from where the key was found.
pub const ANYWHERE: u32 = 0xffff;
const WORDS: usize = 4;
const EXTRA_WORDS: usize = 7;

/// How a pattern is compared. Numbers are those in the image.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Any = 0,
    /// `||host^`
    Host = 1,
    /// Text without `*` and `^`, open at its end.
    Literal = 2,
    Glob = 3,
    Regex = 4,
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    data: View<'a>,
    bits: u32,
    /// Its line, counted over all lists.
    pub line: u32,
    text: u32,
    length_and_key: u32,
    window: u32,
    extra: u32,
}

impl<'a> Record<'a> {
    /// The record at a word, if it is all there, and where the next one of its bucket stands.
    #[inline]
    fn read(data: View<'a>, at: usize) -> Option<(Record<'a>, Option<usize>)> {
        let [bits, line, text, length_and_key] = data.words(at)?;
        let mut next = at + WORDS;
        let mut optional = |there: bool| {
            next += usize::from(there);
            if there { data.word(next - 1) } else { 0 }
        };
        let window = optional(bits >> WINDOW != NO_WINDOW);
        let extra = optional(bits & EXTRA != 0);
        let record = Record {
            data,
            bits,
            line,
            text,
            length_and_key,
            window,
            extra,
        };
        Some((record, (bits & LAST == 0).then_some(next)))
    }

    /// Shows the records of a bucket one after the other, until that is enough.
    #[inline]
    pub fn each(data: View<'a>, bucket: u32, mut look: impl FnMut(Record<'a>) -> ControlFlow<()>) -> ControlFlow<()> {
        let mut at = Some(bucket as usize);
        while let Some((record, next)) = at.and_then(|at| Record::read(data, at)) {
            look(record)?;
            at = next;
        }
        ControlFlow::Continue(())
    }

    /// Whether it has all of these flags.
    pub fn has(&self, flags: u32) -> bool {
        self.bits & flags == flags
    }

    /// Whether all its conditions hold. `key` is where in the address the token or host was found under which the
    /// filter is filed; `None` when it was found by something else.
    #[inline]
    pub fn matches(&self, request: &Request, key: Option<u32>) -> bool {
        let is_of_type = self.bits & u32::from(request.types.bits()) != 0;
        if !is_of_type || !self.window_matches(request, key) || !self.party_matches(request) {
            return false;
        }
        let conditions_hold = || self.extra == 0 || self.conditions_hold(request);
        match self.bits >> SHAPE & 7 == Shape::Regex as u32 {
            // The dearest comparison comes last.
            true => conditions_hold() && self.pattern_matches(request, key),
            false => self.pattern_matches(request, key) && conditions_hold(),
        }
    }

    /// Whether the four bytes are where they must be; true when there are none, or the key was not found in the address.
    #[inline]
    fn window_matches(&self, request: &Request, key: Option<u32>) -> bool {
        let place = self.bits >> WINDOW;
        let Some(key) = key.filter(|_| place != NO_WINDOW) else {
            return true;
        };
        let at = (key + place).checked_sub(self.length_and_key >> 16);
        let bytes = at.and_then(|at| request.url_lower().as_bytes().get(at as usize..)?.first_chunk());
        bytes.is_some_and(|&bytes| u32::from_le_bytes(bytes) == self.window)
    }

    fn party_matches(&self, request: &Request) -> bool {
        match self.bits >> PARTY & 7 {
            0 => true,
            1 => !request.is_third_party(),
            2 => request.is_third_party(),
            3 => !request.is_other_host(),
            _ => request.is_other_host(),
        }
    }

    fn pattern_matches(&self, request: &Request, key: Option<u32>) -> bool {
        let url = match self.has(EXACT) {
            true => request.url(),
            false => request.url_lower(),
        };
        let shape = self.bits >> SHAPE & 7;
        if shape == Shape::Any as u32 {
            return true;
        }
        if shape == Shape::Regex as u32 {
            return self
                .data
                .regex(self.text)
                .is_some_and(|regex| regex.is_match(request.url()));
        }
        let text = self.data.bytes(self.text, self.length_and_key & 0xffff);
        let distance = self.length_and_key >> 16;
        let start = key
            .filter(|_| distance != ANYWHERE)
            .map(|key| key.checked_sub(distance));
        match start {
            Some(None) => false,
            Some(Some(start)) => self.is_at(shape, text, url, start as usize, request),
            None => self.is_found(shape, text, url, request),
        }
    }

    /// Whether the pattern begins at byte `start`.
    fn is_at(&self, shape: u32, text: &[u8], url: &str, start: usize, request: &Request) -> bool {
        if !self.may_begin_at(url, start, request) {
            return false;
        }
        match url.as_bytes().get(start..) {
            None => false,
            Some(rest) if shape == Shape::Literal as u32 => rest.starts_with(text),
            Some(_) if shape == Shape::Host as u32 => url.as_bytes().get(start..request.host_range().end) == Some(text),
            Some(_) => self.glob(text).is_at(url, start),
        }
    }

    fn may_begin_at(&self, url: &str, start: usize, request: &Request) -> bool {
        let host = request.host_range();
        match self.bits >> ANCHOR & 3 {
            0 => true,
            1 => start == 0,
            _ => host.contains(&start) && (start == host.start || url.as_bytes()[start - 1] == b'.'),
        }
    }

    fn is_found(&self, shape: u32, text: &[u8], url: &str, request: &Request) -> bool {
        if shape == Shape::Host as u32 {
            return host::is_within(request.host(), as_text(text));
        }
        match self.bits >> ANCHOR & 3 {
            0 if shape == Shape::Literal as u32 => url.contains(as_text(text)),
            0 => self.glob(text).is_found(url),
            1 => self.glob(text).is_at(url, 0),
            _ => self.glob(text).is_at_label(url, request.host_range()),
        }
    }

    /// Compared exactly: without `$match-case` both sides are in lower case already.
    fn glob<'t>(&self, text: &'t [u8]) -> Text<'t> {
        Text {
            text: as_text(text),
            ends: self.has(ENDS),
            case: Case::Exact,
        }
    }

    fn conditions_hold(&self, request: &Request) -> bool {
        let Some([methods, from, to, deny, ..]) = self.conditions() else {
            return false;
        };
        Methods::from_bits_truncate(methods as u16).allow(request.method)
            && (from == 0 || domains::contains(self.data, from, request.source()))
            && (to == 0 || domains::contains(self.data, to, request.target()))
            && (deny == 0 || domains::contains(self.data, deny, request.target()))
    }

    fn conditions(&self) -> Option<[u32; EXTRA_WORDS]> {
        self.data.words(self.extra as usize)
    }

    /// The stand-in's name and priority; an empty name when the filter is about none.
    pub fn surrogate(&self) -> (&'a str, i32) {
        match self.conditions().filter(|_| self.extra != 0) {
            Some([.., offset, length, priority]) => (self.data.text(offset, length), priority as i32),
            None => ("", 0),
        }
    }
}

/// Text is ASCII; what is not came from a damaged file, and is none.
fn as_text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}

/// What a record is made of, before it is known in which bucket it stands.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    words: [u32; WORDS],
    extra: u32,
}

impl Draft {
    /// Writes what the record refers to.
    pub fn new(writer: &mut Writer, filter: &Filter, line: u32) -> Draft {
        let (shape, bits, text, length) = pattern_words(writer, filter);
        let flag = |holds: bool, flag: u32| if holds { flag } else { 0 };
        let party = match filter.party {
            Party::Any => 0,
            Party::First => 1,
            Party::Third => 2,
            Party::StrictFirst => 3,
            Party::StrictThird => 4,
        };
        let types = u32::from((filter.types - Types::POPUP).bits());
        let extra = conditions(writer, filter);
        let bits = types
            | party << PARTY
            | (shape as u32) << SHAPE
            | bits
            | flag(filter.polarity == Polarity::Except, EXCEPT)
            | flag(filter.important, IMPORTANT)
            | flag(filter.match_case, EXACT)
            | flag(extra != 0, EXTRA);
        Draft {
            words: [bits, line, text, length],
            extra,
        }
    }

    /// Writes the record itself. `distance` is how far its key stands from the pattern's beginning, or [`ANYWHERE`].
    pub fn write(&self, writer: &mut Writer, distance: u32, is_last: bool) {
        let [bits, line, text, length] = self.words;
        let last = if is_last { LAST } else { 0 };
        let window = self.window(writer.text_at(text, length), distance);
        let place = window.map_or(NO_WINDOW, |(place, _)| place);
        writer.extend(&[bits | last | place << WINDOW, line, text, length | distance << 16]);
        if let Some((_, bytes)) = window {
            writer.extend(&[bytes]);
        }
        if self.extra != 0 {
            writer.extend(&[self.extra]);
        }
    }

    /// Four literal bytes of the pattern, of which the key says as little as possible, and their place.
    fn window(&self, pattern: &str, distance: u32) -> Option<(u32, u32)> {
        let [bits, ..] = self.words;
        let shape = bits >> SHAPE & 7;
        let compares = shape == Shape::Literal as u32 || shape == Shape::Glob as u32;
        if distance == ANYWHERE || !compares || bits & EXACT != 0 {
            return None;
        }
        let pattern = pattern.as_bytes();
        let literal = pattern.iter().take_while(|&&byte| byte != b'*').count();
        let known = known_by_key(pattern, distance as usize, bits >> ANCHOR & 3 == 2);
        let windows = pattern[..literal].windows(WINDOW_BYTES).take(NO_WINDOW as usize);
        let usable = windows.enumerate().filter(|(_, window)| !window.contains(&b'^'));
        let (place, window) = usable.min_by_key(|&(place, _)| {
            let end = known.end.min(place + WINDOW_BYTES);
            end.saturating_sub(known.start.max(place))
        })?;
        Some((place as u32, u32::from_le_bytes(*window.first_chunk()?)))
    }
}

/// Which bytes of a pattern are certain where its key was found: the token's, or the host's.
fn known_by_key(pattern: &[u8], distance: usize, begins_with_host: bool) -> Range<usize> {
    let is_known = |byte: &u8| match begins_with_host && distance == 0 {
        true => !matches!(byte, b'/' | b'^' | b'?' | b':' | b'*'),
        false => token::is_part(byte.to_ascii_lowercase()),
    };
    let behind = pattern.get(distance..).unwrap_or_default();
    distance..distance + behind.iter().take_while(|&byte| is_known(byte)).count()
}

/// Shape, flags, text offset (or regex index) and length.
fn pattern_words(writer: &mut Writer, filter: &Filter) -> (Shape, u32, u32, u32) {
    let glob = match &filter.pattern {
        Pattern::Any => return (Shape::Any, 0, 0, 0),
        Pattern::Regex(source) => return (Shape::Regex, 0, writer.regex(source, !filter.match_case), 0),
        Pattern::Glob(glob) => glob,
    };
    let (shape, text) = match glob.host() {
        Some(host) => (Shape::Host, host),
        None if is_literal(glob) => (Shape::Literal, glob.text.as_str()),
        None => (Shape::Glob, glob.text.as_str()),
    };
    let anchor = match glob.anchor {
        Anchor::Anywhere => 0,
        Anchor::Start => 1 << ANCHOR,
        Anchor::Host => 2 << ANCHOR,
    };
    let ends = if glob.ends { ENDS } else { 0 };
    // A line has 32 KiB at most: the length has room.
    (shape, anchor | ends, writer.text(text), text.len() as u32)
}

fn is_literal(glob: &Glob) -> bool {
    !glob.ends && !glob.text.contains(['*', '^'])
}

/// The rarer conditions; 0 when there are none.
fn conditions(writer: &mut Writer, filter: &Filter) -> u32 {
    let denied = Domains {
        include: Vec::new(),
        exclude: filter.denyallow.clone(),
    };
    let (from, to) = (domains::write(writer, &filter.from), domains::write(writer, &filter.to));
    let deny = domains::write(writer, &denied);
    let (offset, length, priority) = match &filter.action {
        Action::Redirect(redirect) => {
            let name = redirect.resource.as_str();
            (writer.text(name), name.len() as u32, redirect.priority as u32)
        }
        _ => (0, 0, 0),
    };
    let words = [
        u32::from(filter.methods.bits()),
        from,
        to,
        deny,
        offset,
        length,
        priority,
    ];
    if words.iter().all(|&word| word == 0) {
        return 0;
    }
    let at = writer.offset();
    writer.extend(&words);
    at
}
