//! The flat image under construction: words, text that is kept once, regexes.

use std::collections::HashMap;

use crate::case::Case;

use super::data::Data;
use super::header;

/// Words and text under construction.
#[derive(Debug)]
pub struct Writer {
    /// What has been written, the header first.
    pub words: Vec<u32>,
    text: String,
    texts: HashMap<String, u32>,
    regexes: Vec<[u32; header::REGEX_WORDS]>,
}

impl Default for Writer {
    /// An empty header, to be filled in.
    fn default() -> Self {
        Writer {
            words: vec![0; header::WORDS],
            text: String::new(),
            texts: HashMap::new(),
            regexes: Vec::new(),
        }
    }
}

impl Writer {
    /// Where the next word will stand.
    pub fn offset(&self) -> u32 {
        self.words.len() as u32
    }

    /// Writes words.
    pub fn extend(&mut self, words: &[u32]) {
        self.words.extend_from_slice(words);
    }

    /// Writes bytes, and fills up the last word.
    pub fn extend_bytes(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        self.words.extend(words.iter().map(|word| u32::from_le_bytes(*word)));
        if !rest.is_empty() {
            let mut last = [0; 4];
            last[..rest.len()].copy_from_slice(rest);
            self.words.push(u32::from_le_bytes(last));
        }
    }

    /// The offset of a text, which is kept once.
    pub fn text(&mut self, text: &str) -> u32 {
        if let Some(&at) = self.texts.get(text) {
            return at;
        }
        let at = self.text.len() as u32;
        self.text.push_str(text);
        self.texts.insert(text.to_owned(), at);
        at
    }

    /// The index of a regex.
    pub fn regex(&mut self, source: &str, case: Case) -> u32 {
        let words = [self.text(source), source.len() as u32, case as u32];
        let index = self.regexes.iter().position(|other| *other == words);
        let index = index.unwrap_or_else(|| {
            self.regexes.push(words);
            self.regexes.len() - 1
        });
        index as u32
    }

    /// Writes the numbers of the lists' first lines and the regexes behind everything, and gives the whole.
    pub fn finish(mut self, lines: &[u32]) -> Data {
        for (at, count) in [(header::LISTS, lines.len()), (header::REGEXES, self.regexes.len())] {
            self.words[at] = self.offset();
            self.words[at + 1] = count as u32;
            match at {
                header::LISTS => self.words.extend(lines),
                _ => self.words.extend(self.regexes.as_flattened()),
            }
        }
        Data::new(&self.words, &self.text)
    }
}
