//! One page: the companies that it asked, identifiers that went to and fro, and links.

use super::answers::{Answers, Links, Place};
use super::company::{CompanyNotes, What};
use super::keys::{self, KeyKind};
use super::tally::{Room, Tally, clipped};
use super::{Ruled, Seen};
use crate::blocker::Decision;
use crate::payload::Fact;
use crate::recording::{Page, Record};

/// Whose requests are counted together: a company, or a site whose company is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    Company(String),
    Site(String),
}

/// An identifier, as a key: its name, what it is, whether a cookie, and the domain that got or set it.
pub(super) type KeyPlace = (&'static str, KeyKind, bool, String);

/// How often an identifier went where, and one that did.
#[derive(Debug, Default)]
pub(super) struct KeyNotes {
    pub sent: u64,
    /// Of those that were to be sent.
    pub stopped: u64,
    pub set: u64,
    pub value: String,
}

/// Which way an identifier went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sent,
    /// It was to be sent.
    Stopped,
    Set,
}

impl Way {
    fn of(seen: &Seen<'_>) -> Way {
        match seen.record.is_stopped {
            true => Way::Stopped,
            false => Way::Sent,
        }
    }
}

/// A line about links, as a key: list, number, why, and the host that was left out or the name that was taken out.
pub(super) type LinkKey = (String, u32, String, String);

/// The notes of a page.
#[derive(Debug, Default)]
pub(super) struct PageNotes {
    pub recording: usize,
    pub title: String,
    pub address: String,
    pub site: String,
    pub began: Option<i64>,
    pub requests: u64,
    pub companies: Tally<Whose, CompanyNotes>,
    pub keys: Tally<KeyPlace, KeyNotes>,
    pub links: Tally<LinkKey>,
    pub redirectors: Tally<String>,
}

/// The id of a request's page: the recording's, or the site that it was made for. Where the recording says both, a page
/// is a tab, which shows one site after another.
pub(super) fn id_of(record: &Record, place: &Place, lists: &mut dyn Answers) -> String {
    if !record.page.is_empty() {
        return id_at(&record.page, &record.site);
    }
    let is_page = matches!(record.kind, "main_frame" | "document");
    let site = match is_page && record.site.is_empty() {
        true => place.domain.clone(),
        false if !record.site.is_empty() => record.site.clone(),
        false => site_of(&record.source_url, lists),
    };
    format!("site {site}")
}

/// The id of a page that the recording names, while it shows a site.
pub(super) fn id_at(page: &str, site: &str) -> String {
    format!("{page} {site}").trim_end().to_owned()
}

/// The registrable domain of an address; the host where it has none; empty for what is no address of the web.
fn site_of(url: &str, lists: &mut dyn Answers) -> String {
    lists.place(url).site
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

impl PageNotes {
    pub(super) fn new(recording: usize) -> PageNotes {
        PageNotes {
            recording,
            ..PageNotes::default()
        }
    }

    /// What the recording says of it.
    pub(super) fn introduce(&mut self, page: &Page, lists: &mut dyn Answers) {
        self.began = page.time.or(self.began);
        match is_address(&page.title) {
            true => self.set_address(&page.title, lists),
            false => self.title = clipped(&page.title).to_owned(),
        }
    }

    fn set_address(&mut self, url: &str, lists: &mut dyn Answers) {
        self.address = clipped(url).to_owned();
        self.site = site_of(url, lists);
    }

    /// What reports would have told a company of it that never left.
    pub(super) fn learn(&mut self, company: &str, facts: &[Fact], room: &mut Room) {
        if let Some(company) = self.companies.of(Whose::Company(company.to_owned()), room) {
            company.learn_all(facts, room);
        }
    }

    /// What a request is to this page, before lists are asked about it: its kind.
    pub(super) fn begin(&mut self, record: &Record, place: &Place, lists: &mut dyn Answers) -> &'static str {
        self.requests += 1;
        self.began = self.began.or(record.time);
        let is_document = matches!(record.kind, "main_frame" | "document");
        if self.address.is_empty() && is_document && record.redirect.is_empty() {
            self.set_address(&record.url, lists);
        }
        if self.site.is_empty() {
            self.site = match (record.site.is_empty(), is_document) {
                (false, _) => clipped(&record.site).to_owned(),
                (_, true) => place.domain.clone(),
                _ => site_of(&record.source_url, lists),
            };
        }
        match record.kind {
            // A page's own address, and what led there, is its document; one of another site in it is a frame.
            "document" if record.redirect.is_empty() && place.domain != self.site => "sub_frame",
            "document" => "main_frame",
            kind => kind,
        }
    }

    /// The document that a request is judged to come from.
    pub(super) fn source_of<'r>(&'r self, record: &'r Record, kind: &str) -> &'r str {
        match (record.source_url.as_str(), kind) {
            ("", "main_frame") => "",
            ("", _) => &self.address,
            (source, _) => source,
        }
    }

    pub(super) fn note(&mut self, seen: &Seen<'_>, room: &mut Room) {
        let is_stopped = |verdict: &Ruled| verdict.decision != Decision::Allow;
        let is_found = seen.verdict.as_ref().is_some_and(is_stopped) || seen.is_report;
        let domain = [&seen.place.domain, &seen.place.host]
            .into_iter()
            .find(|name| !name.is_empty());
        let domain = domain.map_or("", String::as_str);
        let whose = match &seen.behind {
            Some(behind) => Some(Whose::Company(behind.company.clone())),
            None => is_found.then(|| Whose::Site(clipped(domain).to_owned())),
        };
        if let Some(company) = whose.and_then(|whose| self.companies.of(whose, room)) {
            company.note(seen, room);
        }
        let is_companys = seen.behind.is_some();
        for (name, value) in &seen.record.sent {
            self.note_key(name, value, (true, Way::of(seen)), is_companys, domain, room);
        }
        for (name, value) in &seen.record.set {
            self.note_key(name, value, (true, Way::Set), is_companys, domain, room);
        }
        for (name, value) in keys::parameters(&seen.record.url) {
            self.note_key(name, value, (false, Way::of(seen)), false, domain, room);
        }
    }

    fn note_key(
        &mut self,
        name: &str,
        value: &str,
        (is_cookie, way): (bool, Way),
        is_companys: bool,
        domain: &str,
        room: &mut Room,
    ) {
        let Some((name, kind)) = keys::known(name, is_companys) else {
            return;
        };
        let place = (name, kind, is_cookie, clipped(domain).to_owned());
        if let Some(key) = self.keys.of(place, room) {
            key.sent += u64::from(way != Way::Set);
            key.stopped += u64::from(way == Way::Stopped);
            key.set += u64::from(way == Way::Set);
            if key.value.is_empty() {
                key.value = clipped(value).to_owned();
            }
        }
    }

    /// What cleaning found in a link that was opened, or that an answer led on to.
    pub(super) fn note_links(&mut self, links: Links, room: &mut Room) {
        for host in links.redirectors {
            self.redirectors.count(clipped(&host).to_owned(), room);
        }
        for gone in links.removed {
            let name = clipped(&gone.name).to_owned();
            self.links.count((gone.list, gone.line, gone.why, name), room);
        }
    }

    /// Since the page began.
    pub(super) fn offset(&self, time: Option<i64>) -> Option<i64> {
        Some(time? - self.began?)
    }

    /// What a company was told when, since the page began.
    pub(super) fn moments<'m>(&self, company: &'m CompanyNotes) -> impl Iterator<Item = (i64, What)> + use<'m> {
        let began = self.began.unwrap_or_default();
        company.moments.iter().map(move |&(time, what)| (time - began, what))
    }
}
