//! `detick check`: one request, or one a line.

use std::fmt;
use std::io::{self, Write};

use clap::ValueEnum;
use detick::blocker::{Blocker, Decision, Verdict};
use detick::dnr::Browser;
use detick::list::List;
use detick::request::Request;
use detick::shipped;
use detick::tracker::{Tracker, Trackers};

use super::compile::BrowserName;
use super::{Failure, Outcome, batch, lists};

/// Arguments of `detick check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address that is requested
    #[arg(required_unless_present = "batch", value_name = "URL")]
    url: Option<String>,
    /// The page that requests it
    #[arg(long, value_name = "PAGE", default_value = "", hide_default_value = true)]
    source: String,
    /// What is requested, by the browsers' names: script, image, xmlhttprequest, sub_frame, ...
    #[arg(long = "type", value_name = "TYPE", default_value = "other")]
    kind: String,
    /// The HTTP method
    #[arg(long, default_value = "GET")]
    method: String,
    /// Print one line of JSON, as --batch does
    #[arg(long)]
    json: bool,
    /// Read requests from standard input, a line of JSON each: {"url", "sourceUrl", "type"[, "method"]}. Print a
    /// verdict a line: {"action", "filter", "list", "line", "company"}, or {"error"} for a line that cannot be read
    #[arg(long, conflicts_with_all = ["url", "json"])]
    batch: bool,
    #[command(flatten)]
    lists: lists::Lists,
    /// In which browser: not every one can answer every kind of request with a surrogate
    #[arg(long, value_name = "BROWSER", default_value = "both")]
    browser: BrowserName,
    /// Whose engine decides
    #[arg(long, default_value = "detick")]
    engine: EngineName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EngineName {
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

/// Runs the command.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (lists, read) = args.lists.read()?;
    let mut judge = Judge::new(args.engine, args.browser.into(), &lists)?;
    let Some(url) = args.url.as_deref().filter(|_| !args.batch) else {
        let answered = batch::run(&mut judge, io::stdin().lock(), io::stdout().lock())?;
        return Ok(if read == Outcome::Incomplete { read } else { answered });
    };
    let answer = judge.decide(&Asked {
        url,
        source_url: &args.source,
        kind: &args.kind,
        method: &args.method,
    });
    match args.json {
        true => batch::print(&mut io::stdout(), &answer)?,
        false => writeln!(io::stdout(), "{answer}")?,
    }
    Ok(read)
}

impl Judge {
    fn new(name: EngineName, browser: Browser, lists: &[List]) -> Result<Judge, Failure> {
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
