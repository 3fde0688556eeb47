//! The flat image: one array of 32-bit words, one text, and the regexes, made when they are first needed.
//!
//! | bytes | what |
//! |---|---|
//! | 0-3 | number of words |
//! | 4-7 | length of the text |
//! | 8 … | the words, little endian |
//! | … | the text, which is ASCII |
//!
//! It is read where it lies in the file that was loaded: restoring copies and converts nothing.
//!
//! Everything refers to everything by offset. Offsets may come from a damaged or hostile file, so reading outside
//! gives nothing instead of failing: a filter that cannot be read does not match.
//!
//! What the words begin with is in [`super::header`].

use std::sync::OnceLock;

use crate::case::Case;
use crate::image::{Damaged, Reader, Shared, Writer};
use crate::regex::Regex;

use super::header::{REGEX_WORDS, REGEXES};

const WORDS_FROM: usize = 8;

/// What the matcher owns.
#[derive(Debug, Default)]
pub struct Data {
    section: Shared,
    /// Where the text begins.
    text_from: usize,
    regexes: Vec<OnceLock<Regex>>,
}

impl Data {
    pub(super) fn new(words: &[u32], text: &str) -> Data {
        let mut writer = Writer::default();
        writer.u32(words.len());
        writer.u32(text.len());
        writer.bytes.reserve(words.len() * 4 + text.len());
        words.iter().for_each(|word| writer.bytes.extend(word.to_le_bytes()));
        writer.bytes.extend(text.as_bytes());
        Data::from_section(Shared::new(writer.bytes)).unwrap_or_default()
    }

    /// # Errors
    /// When the section is shorter than it says.
    pub fn from_section(section: Shared) -> Result<Data, Damaged> {
        let mut reader = Reader::new(section.bytes());
        let (count, length) = (reader.u32()? as usize, reader.u32()? as usize);
        let words = reader.take(count.checked_mul(4).ok_or(Damaged::WrongLength)?)?.len();
        reader.take(length)?;
        let mut data = Data {
            section,
            text_from: WORDS_FROM + words,
            regexes: Vec::new(),
        };
        let regexes = data.view().word(REGEXES + 1) as usize;
        // Each has its words: a count that promises more is not believed.
        data.regexes
            .resize_with(regexes.min(count / REGEX_WORDS), OnceLock::new);
        Ok(data)
    }

    /// As a section of an image.
    pub fn section(&self) -> &[u8] {
        self.section.bytes()
    }

    /// What is read while matching.
    #[inline]
    pub fn view(&self) -> View<'_> {
        let words = self.section.bytes().get(WORDS_FROM..self.text_from);
        View {
            words: words.unwrap_or_default().as_chunks().0,
            data: self,
        }
    }

    /// Other texts than patterns, which stand in their records.
    fn texts(&self) -> &[u8] {
        self.section.bytes().get(self.text_from..).unwrap_or_default()
    }
}

/// The words, and what else they refer to.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    words: &'a [[u8; 4]],
    data: &'a Data,
}

impl<'a> View<'a> {
    /// A word; zero outside.
    #[inline]
    pub fn word(&self, at: usize) -> u32 {
        self.words.get(at).map_or(0, |&bytes| u32::from_le_bytes(bytes))
    }

    /// `N` words from `at` on, if they are all there.
    #[inline]
    pub fn words<const N: usize>(&self, at: usize) -> Option<[u32; N]> {
        let words: &[[u8; 4]; N] = self.words.get(at..)?.first_chunk()?;
        Some(words.map(u32::from_le_bytes))
    }

    /// `count` words from `at` on, still as bytes, if they are all there.
    #[inline]
    pub fn slice(&self, at: usize, count: usize) -> Option<&'a [[u8; 4]]> {
        self.words.get(at..)?.get(..count)
    }

    /// `length` bytes that stand among the words from `at` on; empty when they are not all there.
    #[inline]
    pub fn bytes_at(&self, at: usize, length: usize) -> &'a [u8] {
        let bytes = self.words.get(at..).unwrap_or_default().as_flattened();
        bytes.get(..length).unwrap_or_default()
    }

    /// A piece of the text; empty when it is not all there.
    #[inline]
    pub fn bytes(&self, at: u32, length: u32) -> &'a [u8] {
        let at = at as usize;
        let texts = self.data.texts();
        texts.get(at..at.saturating_add(length as usize)).unwrap_or_default()
    }

    /// A piece of the text as a string; empty when it is not all there or not UTF-8.
    pub fn text(&self, at: u32, length: u32) -> &'a str {
        str::from_utf8(self.bytes(at, length)).unwrap_or_default()
    }

    /// A regex by its index; `None` when it is not there.
    pub fn regex(&self, index: u32) -> Option<&'a Regex> {
        let cell = self.data.regexes.get(index as usize)?;
        let at = self.word(REGEXES) as usize + index as usize * REGEX_WORDS;
        let [offset, length, case] = self.words(at)?;
        Some(cell.get_or_init(|| Regex::checked(self.text(offset, length), Case::of_code(case))))
    }
}
