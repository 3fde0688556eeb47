//! What `detick check` asks, who decides, and what is answered.

use std::fmt;

use clap::ValueEnum;
use detick::blocker::{Blocker, Decision, Verdict};
use detick::dnr::Browser;
use detick::list::List;
use detick::request::Request;
use detick::shipped;
use detick::tracker::{Tracker, Trackers};

use super::Failure;

/// Whose engine decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// The one that the extension ships
    Detick,
    /// The adblock crate, to compare with
    #[cfg(feature = "reference")]
    Reference,
}

/// A request as the command line and a batch give it.
pub struct Asked<'a> {
    pub url: &'a str,
    pub source_url: &'a str,
    pub kind: &'a str,
    pub method: &'a str,
}

/// An engine and the companies behind hosts.
pub struct Judge {
    engine: Engine,
    browser: Browser,
    trackers: Trackers,
    request: Request,
}

enum Engine {
    Detick(Blocker),
    #[cfg(feature = "reference")]
    Reference(Box<detick::reference::Reference>),
}

/// What is answered.
pub struct Answer<'a> {
    pub verdict: Option<Verdict<'a>>,
    pub tracker: Option<Tracker<'a>>,
}

impl Judge {
    /// One that decides by `lists`, as `browser` can carry it out.
    pub fn new(name: EngineName, browser: Browser, lists: &[List]) -> Result<Judge, Failure> {
        let trackers = Trackers::parse(shipped::COMPANIES).map_err(|error| Failure::Other(error.to_string()))?;
        Ok(Judge {
            engine: match name {
                EngineName::Detick => Engine::Detick(Blocker::new(lists)),
                #[cfg(feature = "reference")]
                EngineName::Reference => Engine::Reference(Box::new(detick::reference::Reference::new(lists))),
            },
            browser,
            trackers,
            request: Request::default(),
        })
    }

    /// Decides about one request.
    pub fn decide(&mut self, asked: &Asked<'_>) -> Answer<'_> {
        self.request.read(asked.url, asked.source_url, asked.kind, asked.method);
        let verdict = match &self.engine {
            Engine::Detick(blocker) => blocker.check(&self.request),
            #[cfg(feature = "reference")]
            Engine::Reference(engine) => engine.check(asked.url, asked.source_url, asked.kind, asked.method),
        };
        let (browser, kinds) = (self.browser, self.request.types);
        Answer {
            verdict: verdict.map(|verdict| Verdict {
                decision: verdict.decision.in_browser(browser, kinds),
                ..verdict
            }),
            tracker: self.trackers.find(self.request.host()),
        }
    }
}

/// For people: what happens, why, and to whom it would have gone.
impl fmt::Display for Answer<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.verdict {
            None => write!(formatter, "nothing blocks it")?,
            Some(verdict) => {
                match verdict.decision {
                    Decision::Block => write!(formatter, "blocked")?,
                    Decision::Allow => write!(formatter, "allowed by an exception")?,
                    Decision::Redirect(name) => write!(formatter, "answered with {name}")?,
                }
                write!(formatter, "\n{}:{}: {}", verdict.list, verdict.line, verdict.filter)?;
            }
        }
        match &self.tracker {
            Some(tracker) => write!(formatter, "\n{}: {}", tracker.company, tracker.purpose),
            None => Ok(()),
        }
    }
}
