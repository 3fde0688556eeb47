//! A filter list: its header, its filters, and complaints about the lines that could not be read.
//!
//! A list never fails as a whole: what can be read is in force, the rest is told with its line number.

mod cancelled;
mod directive;
mod hosts;
mod privilege;
mod sniff;

use crate::filter::{Filter, ParseError};
use directive::{Conditions, Directive};
use std::fmt;
use thiserror::Error;

pub use cancelled::{Cancelled, Rank};
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

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Counted from 1.
    pub line: u32,
    /// Counted in characters from 1.
    pub column: u32,
    /// What is wrong.
    pub problem: Problem,
    /// The line, clipped to 80 characters.
    pub text: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.line, self.column, self.problem)
    }
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// It is no filter.
    #[error("{0}")]
    Filter(crate::filter::Reason),
    /// It is a filter that only a trusted list may have.
    #[error("only a list that you trust may {0}")]
    Unprivileged(&'static str),
    /// It is a line of a hosts file that stops nothing.
    #[error("{0}")]
    Hosts(&'static str),
    /// It is too long to be a filter.
    #[error("the line is longer than {MAX_LINE} bytes; split it or remove it")]
    TooLong,
    /// Bytes that are no text.
    #[error("the line is not valid UTF-8; save the list as UTF-8")]
    NotUtf8,
    /// The list goes on beyond [`MAX_BYTES`].
    #[error("the list is larger than {} MiB; this line and all after it were left out", MAX_BYTES >> 20)]
    ListTooLarge,
    /// `!#else` or `!#endif` without `!#if`, or `!#if` that never ends, or a condition that cannot be read.
    #[error("{0}")]
    Directive(&'static str),
    /// There were more than [`MAX_COMPLAINTS`].
    #[error("{0} more lines could not be read")]
    More(u32),
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
    hand_over_each(bytes, reading, &mut take);
}

/// One copy of all that belongs to it.
fn hand_over_each(bytes: &[u8], reading: &Reading<'_>, take: &mut dyn FnMut(Line<'_>)) {
    let mut reader = Reader::new("", reading);
    let kept = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    for line in lines(&kept[..kept.len().min(MAX_BYTES)]) {
        let cosmetic = reader.list.cosmetic;
        reader.list.text.clear();
        reader.line(line);
        reader.hand_over(cosmetic, take);
    }
    if bytes.len() > MAX_BYTES {
        let at = reader.number();
        reader.tell(at, 1, Problem::ListTooLarge, "");
    }
    if let Some(line) = reader.conditions.open_since() {
        reader.tell(line, 1, Problem::Directive(UNENDED), "");
    }
    reader.list.text.clear();
    let cosmetic = reader.list.cosmetic;
    reader.hand_over(cosmetic, take);
}

/// Whether any line is a filter, or includes a file that may have some.
fn has_filter(bytes: &[u8]) -> bool {
    let reading = Reading::default();
    let mut reader = Reader::new("", &reading);
    lines(bytes).any(|line| {
        reader.line(line);
        !reader.list.filters.is_empty() || !reader.list.includes.is_empty()
    })
}

/// Lines without their ends: `\n`, `\r\n`, a lone `\r` as of old; a last line may be without.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes).filter(|bytes| !bytes.is_empty());
    std::iter::from_fn(move || {
        let bytes = rest?;
        let Some(end) = memchr::memchr2(b'\n', b'\r', bytes) else {
            rest = None;
            return Some(bytes);
        };
        let (line, tail) = bytes.split_at(end);
        let after = tail.strip_prefix(b"\r\n").unwrap_or(&tail[1..]);
        rest = Some(after).filter(|after| !after.is_empty());
        Some(line)
    })
}

const UNENDED: &str = "`!#if` without `!#endif`";

struct Reader<'a> {
    list: List,
    complaints: Vec<Complaint>,
    unsaid: u32,
    conditions: Conditions<'a>,
    trusted: bool,
}

impl<'a> Reader<'a> {
    fn new(name: &str, reading: &Reading<'a>) -> Self {
        Reader {
            list: List {
                name: name.to_owned(),
                ..List::default()
            },
            complaints: Vec::new(),
            unsaid: 0,
            conditions: Conditions::new(reading.environment),
            trusted: reading.trusted,
        }
    }

    /// The number of the line being read.
    fn number(&self) -> u32 {
        self.list.line_starts.len() as u32
    }

    #[inline(never)] // one copy of all that belongs to it
    fn line(&mut self, bytes: &[u8]) {
        self.list.line_starts.push(self.list.text.len() as u32);
        let number = self.number();
        if bytes.len() > MAX_LINE {
            return self.complain(number, 1, Problem::TooLong, &String::from_utf8_lossy(&bytes[..120]));
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
                return self.complain(number, good.chars().count() as u32 + 1, Problem::NotUtf8, &good);
            }
        };
        self.list.text.push_str(text);
        let line = text.trim();
        if let Err(problem) = self.read(number, line) {
            let (column, problem) = problem;
            self.complain(number, column + indent_of(text), problem, line);
        }
    }

    /// Hands over what was read since the last time, and forgets it. A complaint about the whole list has its own line.
    fn hand_over(&mut self, cosmetic: u32, take: &mut dyn FnMut(Line<'_>)) {
        take(Line {
            number: self
                .complaints
                .first()
                .map_or(self.number(), |complaint| complaint.line),
            text: self.list.text.trim(),
            indent: indent_of(&self.list.text),
            filters: &self.list.filters,
            complaints: &self.complaints,
            is_cosmetic: self.list.cosmetic > cosmetic,
            includes: self.list.includes.first().map(|(_, file)| file.as_str()),
        });
        self.list.filters.clear();
        self.complaints.clear();
        self.list.includes.clear();
    }

    fn read(&mut self, number: u32, line: &str) -> Result<(), (u32, Problem)> {
        if let Some(directive) = Directive::read(line) {
            self.direct(number, directive)
                .map_err(|why| (1, Problem::Directive(why)))?;
            self.list.comments += 1;
        } else if !self.conditions.hold() || is_comment(line) {
            self.note(number, line);
            self.list.comments += 1;
        } else if is_cosmetic(line) {
            self.list.cosmetic += 1;
        } else {
            self.filters(number, line)?;
        }
        Ok(())
    }

    fn filters(&mut self, number: u32, line: &str) -> Result<(), (u32, Problem)> {
        if let Some(read) = hosts::read(line) {
            let filters = read.map_err(|why| (1, Problem::Hosts(why)))?;
            self.list.comments += u32::from(filters.is_empty());
            let filters = filters.into_iter().map(|filter| Filter { line: number, ..filter });
            self.list.filters.extend(filters);
            return Ok(());
        }
        match Filter::read(without_note(line), number) {
            Ok(filter) => self.take(filter),
            Err(error) if is_about_elements(&error) => {
                self.list.cosmetic += 1;
                Ok(())
            }
            Err(ParseError { column, reason }) => Err((column, Problem::Filter(reason))),
        }
    }

    fn take(&mut self, filter: Filter) -> Result<(), (u32, Problem)> {
        match privilege::needed(&filter).filter(|_| !self.trusted) {
            Some(what) => Err((1, Problem::Unprivileged(what))),
            None if filter.names_opened_pages() => {
                self.list.filters.extend(filter.parts());
                Ok(())
            }
            None => {
                self.list.filters.push(filter);
                Ok(())
            }
        }
    }

    fn direct(&mut self, number: u32, directive: Directive<'_>) -> Result<(), &'static str> {
        match directive {
            Directive::Include(file) if self.conditions.hold() => self.list.includes.push((number, file.to_owned())),
            other => self.conditions.take(number, other)?,
        }
        Ok(())
    }

    /// Comments that say something to the reader.
    fn note(&mut self, number: u32, line: &str) {
        if let Some(why) = line.strip_prefix("!why:") {
            return self.list.reasons.push((number, why.trim().to_owned()));
        }
        let Some((key, value)) = line.strip_prefix('!').and_then(|comment| comment.split_once(':')) else {
            return;
        };
        let header = &mut self.list.header;
        let field = match key.trim().to_ascii_lowercase().as_str() {
            "title" => &mut header.title,
            "version" | "last modified" => &mut header.version,
            "expires" => &mut header.expires,
            "homepage" => &mut header.homepage,
            "license" | "licence" => &mut header.licence,
            _ => return,
        };
        field.get_or_insert_with(|| value.trim().to_owned());
    }

    /// Complains about a line, which counts as one that is not in force.
    fn complain(&mut self, line: u32, column: u32, problem: Problem, text: &str) {
        match problem {
            Problem::Unprivileged(_) => self.list.unprivileged += 1,
            _ => self.list.unread += 1,
        }
        self.tell(line, column, problem, text);
    }

    /// Complains about the list, at a line that has been counted.
    fn tell(&mut self, line: u32, column: u32, problem: Problem, text: &str) {
        if self.complaints.len() == MAX_COMPLAINTS {
            self.unsaid += 1;
            return;
        }
        let text = text.chars().take(80).collect();
        self.complaints.push(Complaint {
            line,
            column,
            problem,
            text,
        });
    }

    fn finish(mut self) -> (List, Vec<Complaint>) {
        if let Some(line) = self.conditions.open_since() {
            self.tell(line, 1, Problem::Directive(UNENDED), "");
        }
        if self.unsaid > 0 {
            let line = self.number();
            let problem = Problem::More(self.unsaid);
            self.complaints.push(Complaint {
                line,
                column: 1,
                problem,
                text: String::new(),
            });
        }
        (self.list, self.complaints)
    }
}

fn indent_of(text: &str) -> u32 {
    text.chars().take_while(|character| character.is_whitespace()).count() as u32
}

fn is_comment(line: &str) -> bool {
    line.is_empty()
        || line.starts_with('!')
        || (line.starts_with('[') && line.ends_with(']'))
        || (line.starts_with('#') && !line.starts_with("##") && !line.starts_with("#@") && !line.starts_with("#?"))
}

/// A filter without the note behind it (` # why`). Regexes may hold anything.
fn without_note(line: &str) -> &str {
    let is_note = |&at: &usize| line[..at].ends_with(' ') && line[at + 1..].starts_with(' ');
    match memchr::memchr_iter(b'#', line.as_bytes()).find(is_note) {
        Some(at) if !line.starts_with(['/', '@']) => line[..at].trim_end(),
        _ => line,
    }
}

/// Lines that hide, style or script parts of pages: `##`, `#@#`, `#?#`, `#$#`, `#%#` and AdGuard's `$$`.
fn is_cosmetic(line: &str) -> bool {
    let hash = memchr::memchr_iter(b'#', line.as_bytes()).any(|at| {
        // A regex for the pages is followed by the sign; a regex for addresses may hold it.
        let domains = &line[..at];
        let may_be = !line.starts_with('/') || domains.ends_with('/') || domains.contains("/,");
        let rest = line[at + 1..].trim_start_matches(['@', '?', '$', '%']);
        may_be && rest.starts_with('#') && rest.len() > 1 && line.len() - at - rest.len() <= 4
    });
    let dollars = || memchr::memchr_iter(b'$', line.as_bytes()).any(|at| line[at + 1..].starts_with('$'));
    hash || !line.starts_with(['|', '/', '@']) && dollars()
}

/// `$generichide` and its like are about hiding elements.
fn is_about_elements(error: &ParseError) -> bool {
    const NAMES: &[&str] = &["elemhide", "ehide", "generichide", "ghide", "specifichide", "shide"];
    matches!(&error.reason, crate::filter::Reason::UnsupportedOption(name, _) if NAMES.contains(&name.as_str()))
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
        self.text[start as usize..end].trim()
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
