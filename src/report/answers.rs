//! What a report asks of the lists, and who answers.

use std::fmt;

use serde::Serialize;

use super::EMBEDS;
use crate::blocker::Decision;
use crate::cleaner::{Options, Tiers};
use crate::dnr::Browser;
use crate::engine::Engine;
use crate::payload::{self, Fact};
use crate::request::Request;

/// Answers what a report has to ask of each request. In the browser the module that decides does, so that the one that
/// writes reports need not hold all of that as well.
pub trait Answers: fmt::Debug {
    /// Where an address leads.
    fn place(&mut self, url: &str) -> Place;
    /// What becomes of a request, `None` when no line would stop it. Lines about embeds count only if `has_embeds`.
    fn verdict(&mut self, asked: &Asked<'_>, has_embeds: bool) -> Option<Ruled>;
    /// Who is behind a host.
    fn company(&self, host: &str) -> Option<Behind>;
    /// What cleaning finds in a link that is opened.
    fn links(&self, url: &str) -> Links;
    /// What a request tells, if it is one to a pixel.
    fn facts(&self, url: &str, body: &[u8]) -> Vec<Fact>;
    /// Whether a body is a report of the pixel's.
    fn is_report(&self, body: &[u8]) -> bool;
}

/// Where an address leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// In lower case; empty where there is none.
    pub host: String,
    /// The registrable one; empty where there is none.
    pub domain: String,
    /// The site: the domain, or the host where there is none; empty for what is not on the web.
    pub site: String,
}

impl Place {
    /// Where the address leads that a request has read.
    pub(crate) fn of(request: &Request) -> Place {
        let (host, domain) = (request.host(), request.domain());
        let site = if domain.is_empty() { host } else { domain };
        Place {
            host: host.to_owned(),
            domain: domain.to_owned(),
            site: Some(site)
                .filter(|_| request.is_on_the_web())
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

/// A request, as lists are asked about it: its address, the document's that makes it, and `webRequest`'s name for its
/// type.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'r> {
    /// Where to.
    pub url: &'r str,
    /// Whence; may be empty.
    pub source_url: &'r str,
    /// The type.
    pub kind: &'r str,
    /// `GET` where it is empty.
    pub method: &'r str,
}

/// The line that decides about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruled {
    /// What happens; surrogates have no name here.
    pub decision: Decision<'static>,
    /// The line, as it stands in the list.
    pub filter: String,
    /// The list's name.
    pub list: String,
    /// Counted from 1.
    pub line: u32,
}

/// Who is behind a host, and what it is for: as [`Tracker`](crate::tracker::Tracker).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The company, as people know it.
    pub company: String,
    /// One word.
    pub purpose: String,
}

/// What cleaning finds in a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The hosts that it is wrapped in.
    pub redirectors: Vec<String>,
    /// What goes.
    pub removed: Vec<Gone>,
}

/// A parameter that goes: its name, and the line, with the list's name, that says so and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are what the sentence names")]
pub struct Gone {
    pub name: String,
    pub list: String,
    pub line: u32,
    pub why: String,
}

/// An engine of our own answers.
#[derive(Debug)]
pub(super) struct Own<'a> {
    engine: &'a Engine,
    /// Lists that are asked only for embeds, and those that are not asked.
    embeds: u32,
    never: u32,
    request: Request,
}

impl<'a> Own<'a> {
    pub(super) fn new(engine: &'a Engine, unasked: &[&str]) -> Own<'a> {
        let bits = unasked.iter().map(|name| engine.blocker.list_bit(name));
        Own {
            engine,
            embeds: engine.blocker.list_bit(EMBEDS),
            never: bits.fold(0, |bits, bit| bits | bit),
            request: Request::default(),
        }
    }
}

impl Answers for Own<'_> {
    fn place(&mut self, url: &str) -> Place {
        self.request.read(url, "", "", "");
        Place::of(&self.request)
    }

    fn verdict(&mut self, asked: &Asked<'_>, has_embeds: bool) -> Option<Ruled> {
        let request = &mut self.request;
        request.read(asked.url, asked.source_url, asked.kind, asked.method);
        request.lists_off = self.never | if has_embeds { 0 } else { self.embeds };
        let verdict = self.engine.blocker.check(request)?;
        Some(Ruled {
            decision: match verdict.decision.in_browser(Browser::Both, request.types) {
                Decision::Block => Decision::Block,
                Decision::Allow => Decision::Allow,
                Decision::Redirect(_) => Decision::Redirect(""),
            },
            filter: verdict.filter.to_owned(),
            list: verdict.list.to_owned(),
            line: verdict.line,
        })
    }

    fn company(&self, host: &str) -> Option<Behind> {
        let tracker = self.engine.trackers.find(host)?;
        Some(Behind {
            company: tracker.company.to_owned(),
            purpose: tracker.purpose.to_owned(),
        })
    }

    fn links(&self, url: &str) -> Links {
        let cleaning = Options {
            tiers: Tiers::NAVIGATION,
            keep: &[],
        };
        let cleaned = self.engine.cleaner.clean(url, &cleaning);
        let gone = cleaned.removed.into_iter().map(|removed| Gone {
            name: removed.name,
            list: removed.list.to_owned(),
            line: removed.line,
            why: removed.why.to_owned(),
        });
        Links {
            removed: gone.collect(),
            redirectors: cleaned.unwrapped,
        }
    }

    fn facts(&self, url: &str, body: &[u8]) -> Vec<Fact> {
        payload::read(url, body)
    }

    fn is_report(&self, body: &[u8]) -> bool {
        payload::is_report(body)
    }
}
