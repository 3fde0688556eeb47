//! What was found, put into its shape: the one place that hides values of it.

use std::collections::{BTreeMap, BTreeSet};

use super::company::CompanyNotes;
use super::page::{PageNotes, Whose};
use super::shape::{
    Company, Embeds, Event, Found, Host, Key, Line, Link, ListUsed, Moment, PageSummary, Recording, Summary, Told,
};
use super::tally::Times;
use super::{RecordingNotes, Report, Values, is_personal, words};
use crate::payload::{self, PERSONAL, shown};
use crate::recording::time;

/// The number of this shape: it goes up when a member changes its meaning or goes.
const FORMAT: u32 = 1;

/// What a report needs to know that no recording says.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// When the report is made, in milliseconds since 1970.
    pub made: i64,
    /// Detick's version.
    pub version: String,
    /// The lists that were asked.
    pub lists: Vec<ListUsed>,
    /// Whether values are told.
    pub values: Values,
}

impl Report<'_> {
    /// What was found so far.
    pub fn summary(&self, about: &About) -> Summary {
        let values = about.values;
        let pages: Vec<_> = self.pages.iter().filter(|page| page.requests > 0).collect();
        Summary {
            format: FORMAT,
            version: about.version.clone(),
            made: time::write(about.made),
            shows_values: values == Values::Shown,
            lists: about.lists.clone(),
            recordings: self.recordings.iter().map(recording).collect(),
            found: found(&pages),
            pages: pages.into_iter().map(|notes| page(notes, values)).collect(),
            left_out: self.room.left_out,
        }
    }
}

fn recording(notes: &RecordingNotes) -> Recording {
    let tools = notes
        .tools
        .iter()
        .map(|tool| shown(&format!("{} {}", tool.name, tool.version), 100));
    Recording {
        name: shown(&notes.name, 200),
        tools: tools.collect(),
        requests: notes.requests,
        flaws: notes.flaws,
    }
}

fn found(pages: &[&PageNotes]) -> Found {
    let companies = || {
        pages
            .iter()
            .flat_map(|page| page.companies.iter())
            .map(|(_, company)| company)
    };
    Found {
        tracker: companies().any(|company| company.is_stopped_by_a_list),
        pixel: companies().any(|company| company.is_pixel),
        personal_data: companies().any(|company| company.told.iter().any(|((kind, _), _)| is_personal(*kind))),
    }
}

fn page(notes: &PageNotes, values: Values) -> PageSummary {
    let is_shown = values == Values::Shown;
    let value = |text: &str| {
        Some(text)
            .filter(|text| is_shown && !text.is_empty())
            .map(|text| shown(text, 2000))
    };
    let mut companies: Vec<_> = notes
        .companies
        .iter()
        .map(|(whose, own)| company(notes, whose, own, values))
        .collect();
    companies.sort_by_key(|company| std::cmp::Reverse(company.requests));
    let keys = notes.keys.iter().map(|((name, kind, is_cookie, domain), key)| Key {
        name: (*name).to_owned(),
        kind: *kind,
        place: if *is_cookie { "cookie" } else { "parameter" },
        domain: shown(domain, 253),
        sent: key.sent,
        stopped: key.stopped,
        set: key.set,
        value: value(&key.value),
    });
    PageSummary {
        recording: notes.recording,
        site: shown(&notes.site, 253),
        address: value(&notes.address),
        title: value(&notes.title),
        began: notes.began.map(time::write),
        requests: notes.requests,
        companies,
        keys: keys.collect(),
        links: links(notes, values),
        redirectors: notes
            .redirectors
            .iter()
            .map(|(host, times)| host_asked(host, "", *times))
            .collect(),
    }
}

fn links(notes: &PageNotes, values: Values) -> Vec<Link> {
    let mut lines: BTreeMap<(&str, u32, &str), (u64, BTreeSet<&str>)> = BTreeMap::new();
    for ((list, line, why, name), times) in notes.links.iter() {
        let (all, names) = lines.entry((list, *line, why)).or_default();
        *all += times;
        names.extend(Some(name.as_str()).filter(|_| values == Values::Shown));
    }
    let links = lines.into_iter().map(|((list, line, why), (times, names))| Link {
        list: list.to_owned(),
        line,
        why: why.to_owned(),
        names: names.into_iter().map(|name| shown(name, 300)).collect(),
        times,
    });
    links.collect()
}

fn host_asked(host: &str, purpose: &str, requests: u64) -> Host {
    Host {
        host: shown(host, 253),
        purpose: purpose.to_owned(),
        requests,
    }
}

fn company(page: &PageNotes, whose: &Whose, notes: &CompanyNotes, values: Values) -> Company {
    let (Whose::Company(name) | Whose::Site(name)) = whose;
    let hosts = notes
        .hosts
        .iter()
        .map(|((host, purpose), requests)| host_asked(host, purpose, *requests));
    let lines = notes.lines.iter().map(|((list, line, filter, action), requests)| Line {
        list: shown(list, 200),
        line: *line,
        filter: shown(filter, 1000),
        action,
        requests: *requests,
    });
    let pixels = notes.pixels.iter().map(|(number, _)| number);
    let told_pixels = pixels.filter(|number| values == Values::Shown || payload::is_pixel_number(number));
    Company {
        name: shown(name, 253),
        is_known: matches!(whose, Whose::Company(_)),
        requests: notes.requests,
        stopped: notes.stopped,
        hosts: hosts.collect(),
        lines: lines.collect(),
        pixels: told_pixels.cloned().collect(),
        events: events(notes, values),
        told: told(notes, values),
        cookies_sent: notes.cookies_sent,
        cookies_set: notes.cookies_set,
        embeds: (notes.embed_requests > 0).then(|| Embeds {
            documents: notes.embed_documents,
            requests: notes.embed_requests,
            first_ms: page.offset(notes.embed_first),
        }),
        first_ms: page.offset(notes.first),
        last_ms: page.offset(notes.last),
        moments: page.moments(notes).map(|(ms, what)| Moment { ms, what }).collect(),
    }
}

/// Names that are the pixel's own are told; a site's own may be anything, what somebody has among them.
fn events(notes: &CompanyNotes, values: Values) -> Vec<Event> {
    let mut events: BTreeMap<Option<&str>, (Times, BTreeSet<&str>)> = BTreeMap::new();
    for ((name, worth), times) in notes.events.iter() {
        let is_told = |name: &&str| !name.is_empty() && (values == Values::Shown || words::is_standard_event(name));
        let name = Some(name.as_str()).filter(is_told);
        let (all, worths) = events.entry(name).or_default();
        all.add(*times);
        worths.extend(Some(worth.as_str()).filter(|worth| values == Values::Shown && !worth.is_empty()));
    }
    let events = events.into_iter().map(|(event, (times, worth))| Event {
        event: event.map(str::to_owned),
        worth: worth.into_iter().map(str::to_owned).collect(),
        times: times.all,
        stopped: times.stopped,
    });
    events.collect()
}

/// Of personal data the reader tells which it was, and never the data.
fn told(notes: &CompanyNotes, values: Values) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for ((kind, text), times) in notes.told.iter() {
        let named = Some(text).filter(|text| PERSONAL.contains(&text.as_str()));
        let about = named.filter(|_| is_personal(*kind)).cloned();
        let value = Some(text)
            .filter(|text| values == Values::Shown && !is_personal(*kind) && !text.is_empty())
            .cloned();
        match all.last_mut().filter(|last| last.kind == *kind && last.about == about) {
            Some(last) => {
                last.times += times.all;
                last.stopped += times.stopped;
                last.values.extend(value);
            }
            None => all.push(Told {
                kind: *kind,
                about,
                times: times.all,
                stopped: times.stopped,
                values: value.into_iter().collect(),
            }),
        }
    }
    all
}
