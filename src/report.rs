//! A report of recorded traffic: what each page told TikTok, and whom else the lists name.
//!
//! [`Report`] takes [`Record`]s one by one and keeps numbers, names and times, in bounded room. [`Summary`] is what it
//! found, with values or without: every form ([`Summary::to_json`], [`Summary::to_text`], [`Summary::to_html`]) is
//! written of it alone, so that what it hides no form can show. Nothing here reads files or a clock: the command
//! line and the extension's pages make the same report of the same records.
//!
//! | part | what it does |
//! |---|---|
//! | `tally` | things counted, as many kinds as there is room for |
//! | `page` | one page: its companies, identifiers and links |
//! | `company` | what one company was asked and told |
//! | `keys` | which cookies and parameters say who somebody is |
//! | `shape` | the shape of what was found |
//! | `summary` | what was found, put into that shape, and what is hidden of it |
//! | `words` | what is told, in English |
//! | `plain`, `html`, `picture` | the forms for people |
//! | `saved` | the report that the extension saves |

mod company;
mod html;
mod keys;
mod page;
mod picture;
mod plain;
pub mod saved;
mod shape;
mod summary;
mod tally;
mod words;

use std::collections::BTreeMap;

use crate::blocker::{Decision, Verdict};
use crate::cleaner::{Options, Tiers};
use crate::dnr::Browser;
use crate::engine::Engine;
use crate::payload::{self, Fact, Kind};
use crate::recording::{Outcome, Page, Record, Ruling, Tool};
use crate::request::Request;
use crate::tracker::Tracker;

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
    engine: &'a Engine,
    /// Lists that are asked only for embeds, and those that are not asked.
    embeds: u32,
    never: u32,
    recordings: Vec<RecordingNotes>,
    pages: Vec<PageNotes>,
    /// By recording and id.
    places: BTreeMap<(usize, String), usize>,
    room: Room,
    request: Request,
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
    host: &'r str,
    /// The registrable domain, or the host where there is none.
    domain: &'r str,
    tracker: Option<Tracker<'r>>,
    verdict: Option<Verdict<'r>>,
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
        let bits = unasked.iter().map(|name| engine.blocker.list_bit(name));
        Report {
            engine,
            embeds: engine.blocker.list_bit(EMBEDS),
            never: bits.fold(0, |bits, bit| bits | bit),
            recordings: Vec::new(),
            pages: Vec::new(),
            places: BTreeMap::new(),
            room: Room::default(),
            request: Request::default(),
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
            self.pages[index].introduce(page);
        }
        let company = self.engine.trackers.find(PIXEL).map(|tracker| tracker.company);
        let Some(company) = company.filter(|_| !page.facts.is_empty()) else {
            return;
        };
        if let Some(index) = self.place(page::id_at(&page.id, &page.site)) {
            self.pages[index].learn(company, &page.facts, &mut self.room);
        }
    }

    /// Something of it could not be read.
    pub fn add_flaw(&mut self) {
        self.recording().flaws += 1;
    }

    /// A request of it.
    pub fn add(&mut self, record: &Record) {
        self.recording().requests += 1;
        let mut request = std::mem::take(&mut self.request);
        request.read(&record.url, "", "", &record.method);
        if let Some(index) = self.place(page::id_of(record, &request)) {
            self.note(index, record, &mut request);
        }
        self.request = request;
    }

    fn note(&mut self, index: usize, record: &Record, request: &mut Request) {
        let engine = self.engine;
        let page = &mut self.pages[index];
        let kind = page.begin(record, request);
        request.read(&record.url, page.source_of(record, kind), kind, &record.method);
        request.lists_off = self.never | self.embeds;
        let mut verdict = engine.blocker.check(request);
        if verdict.is_none() {
            request.lists_off = self.never;
            verdict = engine.blocker.check(request);
        }
        let verdict = verdict.map(|verdict| Verdict {
            decision: verdict.decision.in_browser(Browser::Both, request.types),
            ..verdict
        });
        let verdict = record.ruling.as_ref().map_or(verdict, |ruling| ruled(ruling, verdict));
        let tracker = engine.trackers.find(request.host());
        let is_report = payload::is_report(&record.body) || record.ruling.as_ref().is_some_and(is_by_body);
        let seen = Seen {
            record,
            host: request.host(),
            domain: Some(request.domain())
                .filter(|domain| !domain.is_empty())
                .unwrap_or(request.host()),
            facts: facts(record, tracker, verdict, is_report),
            is_embed: verdict.is_some_and(|verdict| verdict.list == EMBEDS && verdict.decision != Decision::Allow),
            is_report,
            tracker,
            verdict,
            kind,
        };
        page.note(&seen, &mut self.room);
        let cleaning = Options {
            tiers: Tiers::NAVIGATION,
            keep: &[],
        };
        let is_opened = matches!(kind, "main_frame" | "sub_frame");
        for link in [Some(&record.url).filter(|_| is_opened), Some(&record.redirect)]
            .into_iter()
            .flatten()
        {
            page.note_link(&engine.cleaner.clean(link, &cleaning), &mut self.room);
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

/// By which line Detick itself decided, which may be one that others' lists do not have.
fn ruled<'r>(ruling: &'r Ruling, verdict: Option<Verdict<'r>>) -> Option<Verdict<'r>> {
    let named = Verdict {
        decision: match ruling.outcome {
            Outcome::Blocked | Outcome::Paused => Decision::Block,
            Outcome::Answered => Decision::Redirect(""),
            Outcome::Allowed => Decision::Allow,
        },
        filter: &ruling.filter,
        list: &ruling.list,
        line: ruling.line,
    };
    match (ruling.filter.is_empty(), verdict) {
        (true, verdict) => verdict.filter(|_| !is_by_body(ruling)),
        // What the line would have done is not in the log.
        (_, Some(verdict)) if ruling.outcome == Outcome::Paused && is_same_line(&verdict, &named) => Some(verdict),
        _ => Some(named),
    }
}

fn is_same_line(one: &Verdict<'_>, other: &Verdict<'_>) -> bool {
    (one.list, one.line, one.filter) == (other.list, other.line, other.filter)
}

/// Whether Detick stopped a request for what its body said.
fn is_by_body(ruling: &Ruling) -> bool {
    ruling.filter.is_empty() && ruling.outcome == Outcome::Blocked
}

/// What a request told TikTok's pixel: its own hosts', or another that a list's line or the body itself gives away.
fn facts(record: &Record, tracker: Option<Tracker<'_>>, verdict: Option<Verdict<'_>>, is_report: bool) -> Vec<Fact> {
    let is_stopped = verdict.is_some_and(|verdict| verdict.decision != Decision::Allow && verdict.list != EMBEDS);
    let is_to_pixel = match tracker {
        Some(tracker) => tracker.purpose == "pixel",
        None => is_stopped,
    };
    match is_to_pixel || is_report {
        true => payload::read(&record.url, &record.body),
        false => Vec::new(),
    }
}

/// Whether a fact is personal data that a page handed over, hashed or not.
fn is_personal(kind: Kind) -> bool {
    matches!(kind, Kind::Hashed | Kind::Plain)
}

#[cfg(test)]
mod tests;
