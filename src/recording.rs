//! Recorded traffic: HAR files and JSON lines in, one [`Record`] a request out.
//!
//! A recording may be larger than memory, so it is pushed through in pieces of any size, and what is kept of it is
//! bounded: the entry at hand, without texts that are longer than [`MAX_TEXT`]. Recordings come from anywhere. They may
//! be cut, broken, deep or not UTF-8: what cannot be read is told as a [`Flaw`] with its place, and the rest goes on.
//!
//! | part | what it does |
//! |---|---|
//! | `scan` | the brackets of a HAR, byte by byte: where each entry begins and ends |
//! | `har` | one entry's JSON, as browsers and proxies write it, made a record |
//! | `pages` | whose a request is that names no page |
//! | `lines` | JSON lines: the log's, and what `detick check --batch` reads |
//! | `own` | what our own log has in a HAR, and that read at once |
//! | `kind` | what was requested, in the browsers' words |
//! | `text` | texts of a recording, which may hold anything |
//! | `time` | times of a recording |

mod har;
mod kind;
mod lines;
pub(crate) mod own;
mod pages;
mod scan;
mod text;
pub mod time;

use std::fmt;

use crate::payload::Fact;
use scan::Scanner;

pub use own::read_own;

/// The longest text of an entry that is read, in bytes as they stand in the file: longer ones, which are answers and
/// uploads, are taken for empty. More than the longest report ([`crate::payload::MAX_BODY`]) can be, however it is
/// escaped.
pub const MAX_TEXT: usize = 512 << 10;
/// The longest entry or line that is read, in bytes, not counting texts that are too long.
pub const MAX_ENTRY: usize = 8 << 20;
/// What may stand in front of a JSON text.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// What a recording holds, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A program that had to do with the recording: its name and version.
    Tool(Tool),
    /// A page, which requests name by its id.
    Page(Page),
    /// A request.
    Record(Box<Record>),
    /// Something that could not be read.
    Flaw(Flaw),
}

/// A program that recorded, or in which it was recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tool {
    /// As it calls itself.
    pub name: String,
    /// As it calls its version.
    pub version: String,
}

/// A page as a HAR names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What its requests call it by.
    pub id: String,
    /// Its title; in Chromium's files its address.
    pub title: String,
    /// When it began, in milliseconds since 1970.
    pub time: Option<i64>,
    /// What reports of the pixel's would have told of it, which Detick kept from being made or sent, by its own log. A
    /// text is empty where the log keeps it to itself.
    pub facts: Vec<Fact>,
    /// The site that the facts are about; empty where there are none.
    pub site: String,
}

/// One request and what is known of its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The id of its page; of a request that names none, the page that was open, and empty where the recording has no
    /// pages.
    pub page: String,
    /// The site of its page, where the recording says so (the log does).
    pub site: String,
    /// Where it went.
    pub url: String,
    /// The document that made it, or its origin; empty if that is not known.
    pub source_url: String,
    /// What was requested, as `webRequest` names it; `document` where it may be a page's in a tab or a frame's.
    pub kind: &'static str,
    /// GET, POST, …
    pub method: String,
    /// When, in milliseconds since 1970.
    pub time: Option<i64>,
    /// What it carried, unpacked; empty if nothing, or if the recording does not have it.
    pub body: Vec<u8>,
    /// Cookies that it sent: name and value.
    pub sent: Vec<(String, String)>,
    /// Cookies that its answer set.
    pub set: Vec<(String, String)>,
    /// Where its answer led on to; empty if nowhere.
    pub redirect: String,
    /// Whether the recording says that it never left: something stopped it.
    pub is_stopped: bool,
    /// What Detick did about it, where the recording is its own log.
    pub ruling: Option<Ruling>,
}

/// What Detick did about a request, as its own log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// What.
    pub outcome: Outcome,
    /// The line that decided; empty where the body of the request did.
    pub filter: String,
    /// The name of its list.
    pub list: String,
    /// Its number, counted from 1.
    pub line: u32,
}

/// What Detick did about a request that one of its lines is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did not leave.
    Blocked,
    /// A surrogate answered in its place.
    Answered,
    /// The line lets it through.
    Allowed,
    /// The line would have stopped it, but Detick was off there.
    Paused,
}

impl Outcome {
    /// By the name that `docs/log-files.md` has; `None` where no line had to do with it.
    fn of(name: &str) -> Option<Outcome> {
        Some(match name {
            "blocked" => Outcome::Blocked,
            "stand-in" => Outcome::Answered,
            "allowed" => Outcome::Allowed,
            "paused" => Outcome::Paused,
            _ => return None,
        })
    }
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Where.
    pub place: Place,
    /// What is wrong, in words that repeat nothing of the recording.
    pub what: String,
}

/// A place in a recording, all counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The column, in bytes.
    pub column: u64,
    /// Which of the entries, where it is about one that begins at that place.
    pub entry: Option<u64>,
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column, entry } = self.place;
        write!(formatter, "{line}:{column}: ")?;
        if let Some(entry) = entry {
            write!(formatter, "entry {entry}: ")?;
        }
        formatter.write_str(&self.what)
    }
}

/// Reads a recording that is pushed through it.
///
/// ```
/// use detick::recording::{Item, Reader};
/// let har = br#"{"log": {"entries": [{"request": {"url": "https://a.example/"}}, {"request": 1}]}}"#;
/// let mut items = Vec::new();
/// let mut reader = Reader::default();
/// reader.push(har, &mut |item| items.push(item));
/// reader.end(&mut |item| items.push(item));
/// assert!(matches!(&items[0], Item::Record(record) if record.url == "https://a.example/"));
/// assert!(matches!(&items[1], Item::Flaw(flaw) if flaw.to_string().starts_with("1:66: entry 2: ")));
/// ```
#[derive(Debug)]
pub struct Reader {
    form: Form,
}

/// Which form the recording has.
#[derive(Debug)]
enum Form {
    /// Not known yet: all that was read.
    Unknown(Vec<u8>),
    Har(Box<Scanner>),
    Lines(lines::Lines),
    /// None that is read: told already.
    Neither,
}

impl Default for Reader {
    fn default() -> Self {
        Reader {
            form: Form::Unknown(Vec::new()),
        }
    }
}

/// How far the first key of a recording is looked for, in bytes.
const MAX_LEAD: usize = 64 << 10;

impl Reader {
    /// Reads on.
    pub fn push(&mut self, bytes: &[u8], sink: &mut impl FnMut(Item)) {
        match &mut self.form {
            Form::Har(scanner) => scanner.push(bytes, sink),
            Form::Lines(lines) => lines.push(bytes, sink),
            Form::Neither => {}
            Form::Unknown(lead) => {
                lead.extend_from_slice(bytes);
                self.decide(false, sink);
            }
        }
    }

    /// That was all. The reader is ready for another recording.
    pub fn end(&mut self, sink: &mut impl FnMut(Item)) {
        self.decide(true, sink);
        match std::mem::take(self).form {
            Form::Har(mut scanner) => scanner.end(sink),
            Form::Lines(mut lines) => lines.end(sink),
            Form::Neither | Form::Unknown(_) => {}
        }
    }

    /// Whether anything was pushed since the last end.
    pub fn has_begun(&self) -> bool {
        !matches!(&self.form, Form::Unknown(lead) if lead.is_empty())
    }

    fn decide(&mut self, is_all: bool, sink: &mut impl FnMut(Item)) {
        let Form::Unknown(lead) = &self.form else { return };
        let Some(form) = form_of(lead, is_all || lead.len() > MAX_LEAD) else {
            return;
        };
        if let Form::Neither = form {
            sink(Item::Flaw(Flaw {
                place: Place {
                    line: 1,
                    column: 1,
                    entry: None,
                },
                what: neither(lead).to_owned(),
            }));
        }
        if let Form::Unknown(lead) = std::mem::replace(&mut self.form, form) {
            self.push(&lead, sink);
        }
    }
}

/// `None` while more must be read.
fn form_of(lead: &[u8], is_all: bool) -> Option<Form> {
    let text = lead.strip_prefix(BOM).unwrap_or(lead).trim_ascii_start();
    let Some(inside) = text.strip_prefix(b"{") else {
        return (is_all || !text.is_empty() && !BOM.starts_with(text)).then_some(Form::Neither);
    };
    let key = inside.trim_ascii_start();
    let is_har = key.starts_with(b"\"log\"");
    // A key of JSON lines may be as short as `url`.
    (is_all || key.len() >= 5).then(|| match is_har {
        true => Form::Har(Box::default()),
        false => Form::Lines(lines::Lines::default()),
    })
}

/// What is said of a recording that is none.
fn neither(lead: &[u8]) -> &'static str {
    match lead {
        [] => "nothing is in it",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16; save it as UTF-8",
        _ if lead.trim_ascii().is_empty() => "nothing but blanks is in it",
        _ => "it is neither HAR (`{\"log\": …`) nor JSON lines (`{\"url\": …`)",
    }
}

#[cfg(test)]
mod tests;
