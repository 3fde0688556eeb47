//! A filter list: its header, its filters, and complaints about the lines that could not be read.
//!
//! A list never fails as a whole: what can be read is in force, the rest is told with its line number.

mod cancelled;
mod complaint;
mod directive;
mod hosts;
mod privilege;
mod reader;
mod sniff;

use crate::filter::Filter;
use reader::{Reader, lines};

pub use cancelled::{Cancelled, Rank};
pub use complaint::{Complaint, Problem};
pub use sniff::{Unfit, sniff};

/// The largest list that is read, in bytes; lines beyond it are left out.
pub const MAX_BYTES: usize = 32 << 20;
/// The longest line that is read, in bytes.
pub const MAX_LINE: usize = 32 << 10;
/// How many complaints are kept; a last one counts the rest.
pub const MAX_COMPLAINTS: usize = 10_000;

/// Conditions (`!#if`) that hold unless the caller says otherwise.
pub const ENVIRONMENT: &[&str] = &["true", "ext_ublock", "env_mv3"];

/// How a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The `!#if` conditions that hold, such as `env_firefox`; all others do not.
    pub environment: &'a [&'a str],
    /// Whether the list may have lines that could do harm in the wrong hands: [`Problem::Unprivileged`].
    pub trusted: bool,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Reading {
            environment: ENVIRONMENT,
            trusted: true,
        }
    }
}

/// A list, read.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The name it goes by in verdicts and reports, such as `tiktok.txt`.
    pub name: String,
    /// `! Title:`, `! Version:`, … as written.
    pub header: Header,
    /// Its network filters, in the order of their lines.
    pub filters: Vec<Filter>,
    /// How many lines say nothing to the engine: comments, directives, empty lines, lines under an `!#if` that does not
    /// hold, names of the machine itself in a hosts file.
    pub comments: u32,
    /// How many lines are about hiding elements: read, counted, set aside.
    pub cosmetic: u32,
    /// How many lines could not be read: there is a complaint about each.
    pub unread: u32,
    /// How many lines only a trusted list may have: there is a complaint about each.
    pub unprivileged: u32,
    /// `!#include` lines: the line's number and the file that it names.
    pub includes: Vec<(u32, String)>,
    text: String,
    line_starts: Vec<u32>,
    reasons: Vec<(u32, String)>,
}

/// What a list says about itself in its first comment lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// `! Title:`
    pub title: Option<String>,
    /// `! Version:` or `! Last modified:`
    pub version: Option<String>,
    /// `! Expires:`, as written (`4 days`).
    pub expires: Option<String>,
    /// `! Homepage:`
    pub homepage: Option<String>,
    /// `! License:` or `! Licence:`
    pub licence: Option<String>,
}

impl Header {
    /// After how many hours the list wants to be fetched again: at least six, at most thirty days; `None` where it does
    /// not say.
    ///
    /// ```
    /// let (list, _) = detick::list::parse("x.txt", b"! Expires: 4 days (update frequency)");
    /// assert_eq!(list.header.expires_hours(), Some(96));
    /// ```
    pub fn expires_hours(&self) -> Option<u32> {
        let text = self.expires.as_deref()?;
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let hours = match unit.trim_start().as_bytes().first() {
            Some(b'h' | b'H') => 1,
            _ => 24,
        };
        let count: u32 = count.parse().ok()?;
        Some(count.saturating_mul(hours).clamp(6, 30 * 24))
    }
}

/// Reads a list from bytes, as they come from a file or the network.
///
/// ```
/// let (list, complaints) = detick::list::parse("mine.txt", b"||ads.example^\n||x.example^$scirpt\n");
/// assert_eq!(list.filters.len(), 1);
/// assert_eq!(complaints[0].to_string(), "2:14: unknown option `scirpt`");
/// ```
pub fn parse(name: &str, bytes: &[u8]) -> (List, Vec<Complaint>) {
    parse_as(name, bytes, &Reading::default())
}

/// [`parse`] for a certain browser, or a list that is not trusted.
///
/// ```
/// use detick::list::{self, Reading};
/// let reading = Reading { environment: &["env_firefox"], trusted: false };
/// let text = b"!#if env_firefox\n||ads.example^\n!#endif\n||away.example^$urlskip=?to\n";
/// let (list, complaints) = list::parse_as("web.txt", text, &reading);
/// assert_eq!(list.filters.len(), 1);
/// assert_eq!(complaints[0].to_string(), "4:1: only a list that you trust may send links to another address ($urlskip=)");
/// ```
pub fn parse_as(name: &str, bytes: &[u8], reading: &Reading<'_>) -> (List, Vec<Complaint>) {
    let mut reader = Reader::new(name, reading);
    let kept = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let kept = &kept[..kept.len().min(MAX_BYTES)];
    reader.list.text.reserve(kept.len());
    for line in lines(kept) {
        reader.line(line);
    }
    if bytes.len() > MAX_BYTES {
        let at = reader.number();
        reader.tell(at, 1, Problem::ListTooLarge, "");
    }
    reader.finish()
}

/// One line of a list that is read by [`each_line`].
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: u32,
    /// Without blanks around it; of a line that is no text, nothing.
    pub text: &'a str,
    /// How many blanks stand before it.
    pub indent: u32,
    /// The filters that it holds: of a hosts file's line there may be several.
    pub filters: &'a [Filter],
    /// What is wrong with it.
    pub complaints: &'a [Complaint],
    /// Whether it is about hiding elements.
    pub is_cosmetic: bool,
    /// The file that it includes.
    pub includes: Option<&'a str>,
}

/// Reads a list as [`parse_as`] does, and hands over each line without holding any: for lists of any length.
///
/// ```
/// use detick::list::{Reading, each_line};
/// let mut filters = 0;
/// each_line(b"||ads.example^\n! why\n", &Reading::default(), |line| filters += line.filters.len());
/// assert_eq!(filters, 1);
/// ```
pub fn each_line(bytes: &[u8], reading: &Reading<'_>, mut take: impl FnMut(Line<'_>)) {
    reader::hand_over_each(bytes, reading, &mut take);
}

impl List {
    /// The text of a line counted from 1, trimmed; empty when there is none.
    pub fn line(&self, number: u32) -> &str {
        let Some(index) = (number as usize).checked_sub(1) else {
            return "";
        };
        let Some(&start) = self.line_starts.get(index) else {
            return "";
        };
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |&end| end as usize);
        self.text.get(start as usize..end).unwrap_or_default().trim()
    }

    /// Lets the text go, where whoever handed it in keeps it: lines stay counted, and each is empty from now on.
    ///
    /// ```
    /// let (mut list, _) = detick::list::parse("mine.txt", b"||ads.example^\n");
    /// list.forget_text();
    /// assert_eq!((list.line(1), list.line_count(), list.filters.len()), ("", 1, 1));
    /// ```
    pub fn forget_text(&mut self) {
        self.text = String::new();
    }

    /// Whether it has any text, or has it still.
    pub(crate) fn has_text(&self) -> bool {
        !self.text.is_empty()
    }

    /// How many lines the list has.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }

    /// Why the filter in that line acts, in the words of the last `!why:` comment above it.
    ///
    /// ```
    /// let (list, _) = detick::list::parse("links.txt", b"!why: the ad you clicked\n$removeparam=ttclid\n");
    /// assert_eq!(list.why(2), Some("the ad you clicked"));
    /// ```
    pub fn why(&self, number: u32) -> Option<&str> {
        let index = self
            .reasons
            .partition_point(|&(line, _)| line <= number)
            .checked_sub(1)?;
        Some(self.reasons[index].1.as_str()).filter(|why| !why.is_empty())
    }
}

#[cfg(test)]
mod tests;
