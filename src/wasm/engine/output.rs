//! Texts and their lengths as JavaScript counts them.

use std::fmt::Write;

use crate::cleaner::Cleaned;

/// A cleaned link as JavaScript reads it: its address, name, rule and reason of each parameter, and the unwrapped
/// hosts.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) text: String,
    /// How many were removed, how many unwrapped, and of each text how many UTF-16 units it has.
    pub(super) numbers: Vec<u32>,
}

impl Output {
    pub(super) fn fill(&mut self, cleaned: &Cleaned<'_>) {
        self.text.clear();
        self.numbers.clear();
        self.numbers
            .extend([cleaned.removed.len() as u32, cleaned.unwrapped.len() as u32]);
        self.add(&cleaned.url);
        for entry in &cleaned.removed {
            self.add(&entry.name);
            let before = self.text.len();
            // Writing into a string cannot fail.
            let _ = write!(self.text, "{}", entry.rule());
            self.count_from(before);
            self.add(entry.why);
        }
        cleaned.unwrapped.iter().for_each(|host| self.add(host));
    }

    fn add(&mut self, part: &str) {
        let before = self.text.len();
        self.text.push_str(part);
        self.count_from(before);
    }

    /// Notes how long the text is that was added from byte `before` on.
    fn count_from(&mut self, before: usize) {
        let added = &self.text[before..];
        let units = match added.is_ascii() {
            true => added.len(),
            false => added.encode_utf16().count(),
        };
        self.numbers.push(units as u32);
    }
}

/// Turns rising byte offsets of a text into those of JavaScript.
pub(super) struct Utf16<'a> {
    pub(super) text: &'a str,
    pub(super) byte: usize,
    pub(super) units: usize,
}

impl Utf16<'_> {
    pub(super) fn offset(&mut self, byte: usize) -> usize {
        self.units += self.text[self.byte..byte].encode_utf16().count();
        self.byte = byte;
        self.units
    }
}
