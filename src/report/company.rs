//! What one company was asked and told on one page.

use super::tally::{Room, Tally, Times, clipped};
use super::{Seen, is_personal};
use crate::blocker::Decision;
use crate::payload::{Fact, Kind};

/// How many moments of a company's are kept for the picture of a page.
const MAX_MOMENTS: usize = 300;

/// What happened at a moment; of several the last is the one that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A request.
    Request,
    /// A part of an embed.
    Embed,
    /// A report of the pixel's.
    Report,
    /// A report that held personal data.
    PersonalData,
}

/// A line of a list, as a key: list, number, filter, action.
pub(super) type LineKey = (String, u32, String, &'static str);

/// The notes of a company on a page.
#[derive(Debug, Default)]
pub(super) struct CompanyNotes {
    pub requests: u64,
    pub stopped: u64,
    /// By host and purpose.
    pub hosts: Tally<(String, String)>,
    pub lines: Tally<LineKey>,
    pub pixels: Tally<String>,
    /// With amount and currency.
    pub events: Tally<(String, String), Times>,
    pub told: Tally<(Kind, String), Times>,
    /// Whether Detick's own log says what was never told: each fact once.
    pub has_facts: bool,
    pub cookies_sent: u64,
    pub cookies_set: u64,
    pub embed_requests: u64,
    pub embed_documents: u64,
    pub embed_first: Option<i64>,
    pub first: Option<i64>,
    pub last: Option<i64>,
    pub moments: Vec<(i64, What)>,
    pub is_stopped_by_a_list: bool,
    pub is_pixel: bool,
}

impl CompanyNotes {
    pub(super) fn note(&mut self, seen: &Seen<'_>, room: &mut Room) {
        let record = seen.record;
        let purpose = seen.behind.as_ref().map_or("", |behind| &behind.purpose);
        self.requests += 1;
        self.stopped += u64::from(record.is_stopped);
        self.hosts
            .count((clipped(&seen.place.host).to_owned(), purpose.to_owned()), room);
        self.cookies_sent += if record.is_stopped { 0 } else { record.sent.len() as u64 };
        self.cookies_set += record.set.len() as u64;
        self.is_pixel |= purpose == "pixel" || seen.is_report;
        if let Some(verdict) = &seen.verdict {
            let action = match verdict.decision {
                Decision::Block => "block",
                Decision::Allow => "allow",
                Decision::Redirect(_) => "redirect",
            };
            self.is_stopped_by_a_list |= action != "allow" && !seen.is_embed;
            let line = (
                clipped(&verdict.list).to_owned(),
                verdict.line,
                clipped(&verdict.filter).to_owned(),
                action,
            );
            self.lines.count(line, room);
        }
        for fact in &seen.facts {
            if !(record.is_stopped && self.has_facts && self.knows(fact)) {
                self.learn(fact, record.is_stopped, room);
            }
        }
        for number in pixel_numbers(&record.url) {
            self.pixels.count(number.to_owned(), room);
        }
        if seen.is_embed {
            self.embed_requests += 1;
            self.embed_documents += u64::from(seen.kind == "sub_frame");
            self.embed_first = earliest(self.embed_first, record.time);
        }
        self.note_time(record.time, what(seen), room);
    }

    /// What reports would have told of the page that never left, as Detick's own log has it.
    pub(super) fn learn_all(&mut self, facts: &[Fact], room: &mut Room) {
        self.is_pixel = true;
        self.has_facts = true;
        for fact in facts {
            self.learn(fact, true, room);
        }
    }

    /// Whether that was noted already: the log keeps most texts to itself.
    fn knows(&self, fact: &Fact) -> bool {
        let is_noted = |text: &str| match fact.kind {
            Kind::Event => self.events.iter().any(|((name, _), _)| name == text),
            kind => self.told.has(&(kind, text.to_owned())),
        };
        is_noted("") || is_noted(&fact.text)
    }

    fn learn(&mut self, fact: &Fact, is_stopped: bool, room: &mut Room) {
        match fact.kind {
            Kind::Pixel => self.pixels.count(fact.text.clone(), room),
            Kind::Event => {
                let worth = [&fact.amount, &fact.currency].map(|part| part.as_deref().unwrap_or_default());
                let event = (fact.text.clone(), worth.join(" ").trim().to_owned());
                self.events.tell(event, is_stopped, room);
            }
            kind => self.told.tell((kind, fact.text.clone()), is_stopped, room),
        }
    }

    fn note_time(&mut self, time: Option<i64>, what: What, room: &mut Room) {
        let Some(time) = time else { return };
        self.first = earliest(self.first, Some(time));
        self.last = self.last.max(Some(time));
        if self.moments.len() < MAX_MOMENTS && room.take() {
            self.moments.push((time, what));
        }
    }
}

fn what(seen: &Seen<'_>) -> What {
    let is_personal = seen.facts.iter().any(|fact| is_personal(fact.kind));
    match (is_personal, seen.facts.is_empty(), seen.is_embed) {
        (true, ..) => What::PersonalData,
        (_, false, _) => What::Report,
        (_, _, true) => What::Embed,
        _ => What::Request,
    }
}

/// The pixel's script is asked for by the number of the pixel.
fn pixel_numbers(url: &str) -> impl Iterator<Item = &str> {
    let ids = super::keys::parameters(url).filter(|(name, _)| *name == "sdkid");
    ids.map(|(_, number)| number)
        .filter(|number| crate::payload::is_pixel_number(number))
}

pub(super) fn earliest(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one.into_iter().chain(other).min()
}
