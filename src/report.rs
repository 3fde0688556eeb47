//! A report of recorded traffic: what each page told TikTok, and whom else the lists name.
//!
//! [`Report`] takes [`Record`]s one by one and keeps numbers, names and times, in bounded room. [`Summary`] is what it
//! found, with values or without: every form ([`Summary::to_json`], [`Summary::to_text`], [`Summary::to_html`]) is
//! written of it alone, so that what it hides no form can show. Nothing here reads files or a clock: the command
//! line and the extension's pages make the same report of the same records.
//!
//! | part | what it does |
//! |---|---|
//! | `answers` | what is asked of the lists, and who answers |
//! | `tally` | things counted, as many kinds as there is room for |
//! | `page` | one page: its companies, identifiers and links |
//! | `company` | what one company was asked and told |
//! | `keys` | which cookies and parameters say who somebody is |
//! | `shape` | the shape of what was found |
//! | `summary` | what was found, put into that shape, and what is hidden of it |
//! | `words` | what is told, in English |
//! | `plain`, `html`, `picture`, `markup` | the forms for people |
//! | `saved` | the report that the extension saves |

mod answers;
mod company;
mod html;
mod keys;
mod markup;
mod page;
mod picture;
mod plain;
pub mod saved;
mod shape;
mod summary;
mod tally;
mod words;

use std::collections::BTreeMap;

use crate::blocker::Decision;
use crate::engine::Engine;
use crate::payload::{Fact, Kind};
use crate::recording::{Outcome, Page, Record, Ruling, Tool};

pub use answers::{Answers, Asked, Behind, Gone, Links, Place, Ruled};
pub use company::What;
pub use keys::KeyKind;
pub use shape::{
    Company, Embeds, Event, Found, Host, Key, Line, Link, ListUsed, Moment, PageSummary, Recording, Summary, Told,
};
pub use summary::About;

use page::PageNotes;
use tally::Room;

/// The list whose lines say what an embed is. It is asked last, after those that are always in force.
pub const EMBEDS: &str = "embeds.txt";

/// Whether a report repeats what it found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// Kinds alone: hosts, list lines, pixels' numbers, the pixel's own names of events, names of known identifiers.
    #[default]
    Hidden,
    /// Also addresses, what was told, and identifiers.
    Shown,
}

/// Records, as they are put together to a report.
#[derive(Debug)]
pub struct Report<'a> {
    lists: Box<dyn Answers + 'a>,
    recordings: Vec<RecordingNotes>,
    pages: Vec<PageNotes>,
    /// By recording and id.
    places: BTreeMap<(usize, String), usize>,
    room: Room,
}

#[derive(Debug, Default)]
struct RecordingNotes {
    name: String,
    tools: Vec<Tool>,
    requests: u64,
    flaws: u64,
}

/// What is to be noted of one request.
struct Seen<'r> {
    record: &'r Record,
    place: &'r Place,
    behind: Option<Behind>,
    verdict: Option<Ruled>,
    facts: Vec<Fact>,
    is_embed: bool,
    is_report: bool,
    kind: &'static str,
}

/// Where the pixel reports to: whose facts are those that Detick's own log has of a page.
const PIXEL: &str = "analytics.tiktok.com";
/// The most programs that are named of one recording.
const MAX_TOOLS: usize = 8;

impl<'a> Report<'a> {
    /// An empty report. Of the engine's lists those of the name [`EMBEDS`] say what an embed is; `unasked` are names of
    /// lists that are asked nothing: those that are in force for some people only.
    pub fn new(engine: &'a Engine, unasked: &[&str]) -> Report<'a> {
        Report::of(engine_answers(engine, unasked))
    }

    /// An empty report of what somebody else answers.
    pub fn of(lists: Box<dyn Answers + 'a>) -> Report<'a> {
        Report {
            lists,
            recordings: Vec::new(),
            pages: Vec::new(),
            places: BTreeMap::new(),
            room: Room::default(),
        }
    }

    /// What comes next is of another recording.
    pub fn begin(&mut self, name: &str) {
        self.recordings.push(RecordingNotes {
            name: name.to_owned(),
            ..RecordingNotes::default()
        });
    }

    /// A program that made the recording.
    pub fn add_tool(&mut self, tool: Tool) {
        let tools = &mut self.recording().tools;
        if tools.len() < MAX_TOOLS && !tool.name.is_empty() {
            tools.push(tool);
        }
    }

    /// A page of it.
    pub fn add_page(&mut self, page: &Page) {
        if let Some(index) = self.place(page.id.clone()) {
            self.pages[index].introduce(page, &mut *self.lists);
        }
        let pixel = Some(())
            .filter(|()| !page.facts.is_empty())
            .and_then(|()| self.lists.company(PIXEL));
        let Some(pixel) = pixel else {
            return;
        };
        if let Some(index) = self.place(page::id_at(&page.id, &page.site)) {
            self.pages[index].learn(&pixel.company, &page.facts, &mut self.room);
        }
    }

    /// Something of it could not be read.
    pub fn add_flaw(&mut self) {
        self.recording().flaws += 1;
    }

    /// A request of it.
    pub fn add(&mut self, record: &Record) {
        self.recording().requests += 1;
        let place = self.lists.place(&record.url);
        let id = page::id_of(record, &place, &mut *self.lists);
        if let Some(index) = self.place(id) {
            self.note(index, record, &place);
        }
    }

    fn note(&mut self, index: usize, record: &Record, place: &Place) {
        let lists = &mut *self.lists;
        let page = &mut self.pages[index];
        let kind = page.begin(record, place, lists);
        let asked = Asked {
            url: &record.url,
            source_url: page.source_of(record, kind),
            kind,
            method: &record.method,
        };
        let verdict = lists.verdict(&asked, false).or_else(|| lists.verdict(&asked, true));
        let verdict = match &record.ruling {
            Some(ruling) => ruled(ruling, verdict),
            None => verdict,
        };
        let behind = lists.company(&place.host);
        let is_report = lists.is_report(&record.body) || record.ruling.as_ref().is_some_and(is_by_body);
        let is_read = is_report || is_to_pixel(behind.as_ref(), verdict.as_ref());
        let seen = Seen {
            record,
            place,
            facts: match is_read {
                true => lists.facts(&record.url, &record.body),
                false => Vec::new(),
            },
            is_embed: verdict
                .as_ref()
                .is_some_and(|verdict| verdict.list == EMBEDS && verdict.decision != Decision::Allow),
            is_report,
            behind,
            verdict,
            kind,
        };
        page.note(&seen, &mut self.room);
        let is_opened = matches!(kind, "main_frame" | "sub_frame");
        let opened = Some(&record.url).filter(|_| is_opened);
        let leads_on = Some(&record.redirect).filter(|redirect| !redirect.is_empty());
        for link in [opened, leads_on].into_iter().flatten() {
            page.note_links(lists.links(link), &mut self.room);
        }
    }

    fn recording(&mut self) -> &mut RecordingNotes {
        if self.recordings.is_empty() {
            self.begin("");
        }
        let last = self.recordings.len() - 1;
        &mut self.recordings[last]
    }

    /// Where the page of an id is, made if need be; `None` when there is no room for another.
    fn place(&mut self, id: String) -> Option<usize> {
        let recording = self.recordings.len().saturating_sub(1);
        let key = (recording, tally::clipped(&id).to_owned());
        if let Some(&index) = self.places.get(&key) {
            return Some(index);
        }
        self.room.take().then(|| {
            let index = self.pages.len();
            self.pages.push(PageNotes::new(recording));
            self.places.insert(key, index);
            index
        })
    }
}

/// What an engine answers; `unasked` is as in [`Report::new`].
pub fn engine_answers<'a>(engine: &'a Engine, unasked: &[&str]) -> Box<dyn Answers + 'a> {
    Box::new(answers::Own::new(engine, unasked))
}

/// By which line Detick itself decided, which may be one that others' lists do not have.
fn ruled(ruling: &Ruling, verdict: Option<Ruled>) -> Option<Ruled> {
    if ruling.filter.is_empty() {
        return verdict.filter(|_| !is_by_body(ruling));
    }
    match verdict {
        // What the line would have done is not in the log.
        Some(verdict) if ruling.outcome == Outcome::Paused && is_same_line(&verdict, ruling) => Some(verdict),
        _ => Some(Ruled {
            decision: match ruling.outcome {
                Outcome::Blocked | Outcome::Paused => Decision::Block,
                Outcome::Answered => Decision::Redirect(""),
                Outcome::Allowed => Decision::Allow,
            },
            filter: ruling.filter.clone(),
            list: ruling.list.clone(),
            line: ruling.line,
        }),
    }
}

fn is_same_line(one: &Ruled, other: &Ruling) -> bool {
    (&one.list, one.line, &one.filter) == (&other.list, other.line, &other.filter)
}

/// Whether Detick stopped a request for what its body said.
fn is_by_body(ruling: &Ruling) -> bool {
    ruling.filter.is_empty() && ruling.outcome == Outcome::Blocked
}

/// Whether a request is to TikTok's pixel: its own hosts, or another that a list's line gives away.
fn is_to_pixel(behind: Option<&Behind>, verdict: Option<&Ruled>) -> bool {
    match behind {
        Some(behind) => behind.purpose == "pixel",
        None => verdict.is_some_and(|verdict| verdict.decision != Decision::Allow && verdict.list != EMBEDS),
    }
}

/// Whether a fact is personal data that a page handed over, hashed or not.
fn is_personal(kind: Kind) -> bool {
    matches!(kind, Kind::Hashed | Kind::Plain)
}

#[cfg(test)]
mod tests;
