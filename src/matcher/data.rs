//! The flat image: one array of 32-bit words, one text, and the regexes, compiled when they are first needed.
//!
//! Everything refers to everything by offset. Offsets may come from a damaged or hostile file, so reading outside
//! gives nothing instead of failing: a filter that cannot be read does not match.
//!
//! The words begin with a header:
//!
//! | word | what |
//! |---|---|
//! | 0 | zero, so that no offset of anything is 0 |
//! | 1, 6, 11 | the three indexes: see [`super::index`] |
//! | 16 | offset of the lists' table, and at 17 its length: how many lines lie before each list |
//! | 18 | offset of the regexes' table, and at 19 its length: text offset, length, whether to ignore case |

use std::sync::OnceLock;

use crate::image::{Damaged, Reader, Writer};
use crate::regex::Regex;

/// Where the index of filters that stop requests is described.
pub const STOPS: usize = 1;
/// Exceptions from those.
pub const ALLOWS: usize = 6;
/// Filters and exceptions that are about stand-ins.
pub const REDIRECTS: usize = 11;
pub(super) const LISTS: usize = 16;
pub(super) const REGEXES: usize = 18;
pub(super) const HEADER: usize = 20;
pub(super) const REGEX_WORDS: usize = 3;

/// What the matcher reads.
#[derive(Debug, Default)]
pub struct Data {
    words: Vec<u32>,
    text: String,
    regexes: Vec<OnceLock<Option<Regex>>>,
}

impl Data {
    pub(super) fn new(words: Vec<u32>, text: String) -> Data {
        let mut data = Data {
            words,
            text,
            regexes: Vec::new(),
        };
        let count = data.word(REGEXES + 1) as usize;
        // Each has its words: a count that promises more is not believed.
        data.regexes
            .resize_with(count.min(data.words.len() / REGEX_WORDS), OnceLock::new);
        data
    }

    /// A word; zero outside.
    pub fn word(&self, at: usize) -> u32 {
        self.words.get(at).copied().unwrap_or(0)
    }

    /// `N` words from `at` on, if they are all there.
    pub fn words<const N: usize>(&self, at: usize) -> Option<&[u32; N]> {
        self.words.get(at..)?.first_chunk()
    }

    /// `count` words from `at` on, if they are all there.
    pub fn slice(&self, at: usize, count: usize) -> Option<&[u32]> {
        self.words.get(at..)?.get(..count)
    }

    /// A piece of the text; empty when it is not all there.
    pub fn text(&self, at: u32, length: u32) -> &str {
        let at = at as usize;
        self.text
            .get(at..at.saturating_add(length as usize))
            .unwrap_or_default()
    }

    /// A regex by its index; `None` when it is not there or cannot be compiled.
    pub fn regex(&self, index: u32) -> Option<&Regex> {
        let cell = self.regexes.get(index as usize)?;
        cell.get_or_init(|| {
            let at = self.word(REGEXES) as usize + index as usize * REGEX_WORDS;
            let &[offset, length, ignore_case] = self.words(at)?;
            Regex::new(self.text(offset, length), ignore_case != 0).ok()
        })
        .as_ref()
    }

    /// As a section of an image: the number of words, the length of the text, the words, the text.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.u32(self.words.len());
        writer.u32(self.text.len());
        writer.bytes.reserve(self.words.len() * 4 + self.text.len());
        self.words
            .iter()
            .for_each(|word| writer.bytes.extend(word.to_le_bytes()));
        writer.bytes.extend(self.text.as_bytes());
        writer.bytes
    }

    /// # Errors
    /// When the section is shorter than it says, or has text that is not ASCII.
    pub fn from_bytes(bytes: &[u8]) -> Result<Data, Damaged> {
        let mut reader = Reader::new(bytes);
        let (count, length) = (reader.u32()? as usize, reader.u32()? as usize);
        let (words, _) = reader
            .take(count.checked_mul(4).ok_or(Damaged::WrongLength)?)?
            .as_chunks::<4>();
        let words = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let text = str::from_utf8(reader.take(length)?).map_err(|_| Damaged::Contradiction)?;
        Ok(Data::new(words, text.to_owned()))
    }
}
