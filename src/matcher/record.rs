//! A filter in the flat image, and whether it matches.
//!
//! | word | what |
//! |---|---|
//! | 0 | types in bits 0-13, party in 14-16, the flags below, and in 28-31 how far the window stands from the pattern's beginning, or [`NO_WINDOW`] |
//! | 1 | its line, counted over all lists |
//! | 2 | length of the text; above it, in bits 16-31, how far the key stands from the pattern's beginning |
//! | … | only with a window: four bytes of the pattern |
//! | … | only with [`EXTRA`]: offset of its rarer conditions |
//! | … | the text, filled up to a whole word: the pattern, or of a regex a part that every match contains |
//!
//! The window is why most filters under a common token are passed over at once: four bytes beside the token differ.
//!
//! The rarer conditions are words too: methods, offsets of the sets for the page, the host and `denyallow=`, for a
//! surrogate its name's offset and length and its priority, and a regex's index. Records of one bucket follow each
//! other; the last has [`LAST`].

mod draft;

use std::ops::{ControlFlow, Range};

use crate::address::host;
use crate::filter::{Case, Methods};
use crate::glob::Text;
use crate::request::Request;

use super::data::View;
use super::domains;

pub use draft::Draft;

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
const WORDS: usize = 3;
const EXTRA_WORDS: usize = 8;

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
    length_and_key: u32,
    /// Where its optional words begin.
    rest: usize,
}

impl<'a> Record<'a> {
    #[inline]
    fn has_window(&self) -> bool {
        self.bits >> WINDOW != NO_WINDOW
    }

    #[inline]
    fn extra_at(&self) -> usize {
        self.rest + usize::from(self.has_window())
    }

    #[inline]
    fn text_at(&self) -> usize {
        self.extra_at() + usize::from(self.has(EXTRA))
    }

    #[inline]
    fn length(&self) -> usize {
        self.length_and_key as usize & 0xffff
    }

    /// How far its key stands from the pattern's beginning, or [`ANYWHERE`].
    #[inline]
    fn distance(&self) -> u32 {
        self.length_and_key >> 16
    }

    fn text(&self) -> &'a [u8] {
        self.data.bytes_at(self.text_at(), self.length())
    }

    /// Shows those records of a bucket that may match, one after the other, until that is enough: their types include
    /// the request's, and the address has their window. `key` is where in the address the bucket's token or host was
    /// found; `None` when it was found by something else.
    #[inline]
    pub fn each(
        data: View<'a>,
        bucket: u32,
        request: &Request,
        key: Option<u32>,
        mut look: impl FnMut(Record<'a>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let types = u32::from(request.types.bits());
        let mut at = bucket as usize;
        while let Some([bits, line, length_and_key]) = data.words(at) {
            let record = Record {
                data,
                bits,
                line,
                length_and_key,
                rest: at + WORDS,
            };
            if bits & types != 0 && record.window_matches(request, key) {
                look(record)?;
            }
            if bits & LAST != 0 {
                break;
            }
            at = record.text_at() + record.length().div_ceil(4);
        }
        ControlFlow::Continue(())
    }

    /// Whether it has all of these flags.
    #[inline]
    pub fn has(&self, flags: u32) -> bool {
        self.bits & flags == flags
    }

    #[inline]
    fn has_shape(&self, shape: Shape) -> bool {
        self.bits >> SHAPE & 7 == shape as u32
    }

    /// Whether the four bytes are where they must be; true when there are none, or the key was not found in the
    /// address.
    #[inline(always)]
    fn window_matches(&self, request: &Request, key: Option<u32>) -> bool {
        let Some(key) = key.filter(|_| self.has_window()) else {
            return true;
        };
        let at = (key + (self.bits >> WINDOW)).checked_sub(self.distance());
        let bytes = at.and_then(|at| request.url_lower_bytes().get(at as usize..)?.first_chunk());
        bytes.is_some_and(|&bytes| u32::from_le_bytes(bytes) == self.data.word(self.rest))
    }

    /// Whether the conditions hold that [`Record::each`] has not looked at; `key` is as there. What is expensive to
    /// find out comes last.
    pub fn matches(&self, request: &Request, key: Option<u32>) -> bool {
        match self.has_shape(Shape::Regex) {
            true => {
                let (literal, url) = (self.text(), request.url_lower_bytes());
                find(url, literal).is_some()
                    && self.party_matches(request)
                    && self.conditions_hold(request)
                    && self.regex_matches(request)
            }
            false => {
                self.pattern_matches(request, key)
                    && self.party_matches(request)
                    && (!self.has(EXTRA) || self.conditions_hold(request))
            }
        }
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

    fn regex_matches(&self, request: &Request) -> bool {
        let index = self.conditions().map(|[.., regex]| regex);
        let regex = index.and_then(|index| self.data.regex(index));
        regex.is_some_and(|regex| regex.is_match(request.url()))
    }

    fn pattern_matches(&self, request: &Request, key: Option<u32>) -> bool {
        if self.has_shape(Shape::Any) {
            return true;
        }
        let url = match self.has(EXACT) {
            true => request.url().as_bytes(),
            false => request.url_lower_bytes(),
        };
        let key = key.filter(|_| self.distance() != ANYWHERE);
        match key.map(|key| key.checked_sub(self.distance())) {
            Some(None) => false,
            Some(Some(start)) => self.is_at(url, start as usize, request),
            None => self.is_found(url, request),
        }
    }

    /// Whether the pattern begins at byte `start`.
    fn is_at(&self, url: &[u8], start: usize, request: &Request) -> bool {
        let text = self.text();
        if self.has_shape(Shape::Host) {
            let host = request.host_range();
            return url.get(start..host.end) == Some(text) && begins_label(url, start, host);
        }
        let may_begin = match self.bits >> ANCHOR & 3 {
            0 => true,
            1 => start == 0,
            _ => begins_label(url, start, request.host_range()),
        };
        may_begin
            && match self.has_shape(Shape::Literal) {
                true => url.get(start..).is_some_and(|rest| rest.starts_with(text)),
                false => self.glob(text).is_at(url, start),
            }
    }

    fn is_found(&self, url: &[u8], request: &Request) -> bool {
        let text = self.text();
        if self.has_shape(Shape::Host) {
            return host::are_within(request.host_bytes(), text);
        }
        match self.bits >> ANCHOR & 3 {
            0 if self.has_shape(Shape::Literal) => find(url, text).is_some(),
            0 => self.glob(text).is_found(url),
            1 => self.glob(text).is_at(url, 0),
            _ => self.glob(text).is_at_label(url, request.host_range()),
        }
    }

    /// Compared exactly: without `$match-case` both sides are in lower case already.
    fn glob<'t>(&self, text: &'t [u8]) -> Text<'t> {
        Text {
            text,
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

    /// The rarer conditions; `None` when it has none.
    fn conditions(&self) -> Option<[u32; EXTRA_WORDS]> {
        let at = Some(self.extra_at()).filter(|_| self.has(EXTRA));
        self.data.words(self.data.word(at?) as usize)
    }

    /// The surrogate's name and priority; an empty name when the filter is about none.
    pub fn surrogate(&self) -> (&'a str, i32) {
        match self.conditions() {
            Some([.., offset, length, priority, _]) => (self.data.text(offset, length), priority as i32),
            None => ("", 0),
        }
    }
}

/// Whether a host's label begins at byte `start`.
fn begins_label(url: &[u8], start: usize, host: Range<usize>) -> bool {
    host.contains(&start) && (start == host.start || url[start - 1] == b'.')
}

/// Where `text` stands first.
fn find(url: &[u8], text: &[u8]) -> Option<usize> {
    let Some((first, _)) = text.split_first() else {
        return Some(0);
    };
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(*first, url.get(from..)?)?;
        if url[at..].starts_with(text) {
            return Some(at);
        }
        from = at + 1;
    }
}
