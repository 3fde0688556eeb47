//! Where a filter is in force: the hosts that its rules are kept under, and what remains to be asked.

use super::Builder;
use crate::cleaner::shape;
use crate::cleaner::tables::{ANYWHERE, Condition, NONE, PatternKind, Run, Sites, Span};
use crate::filter::{Anchor, Domain, Domains, Filter, Glob, Pattern, Reason};
use crate::regex::RegexError;
use crate::sort;

/// Where a filter is kept and what is to be asked there.
pub(super) struct Place {
    pub(super) scopes: Vec<u32>,
    /// A number of [`crate::cleaner::tables::Data::conditions`], or [`NONE`].
    pub(super) condition: u32,
    /// Four bytes that the address must have, if such are known.
    pub(super) gram: Option<u32>,
}

/// Which part of the filter has become the scope, and need not be asked again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    PatternHost,
    To,
    From,
    Label,
    None,
}

impl Builder {
    pub(super) fn place(&mut self, filter: &Filter) -> Result<Place, Reason> {
        let key = key_of(filter);
        let scopes = match (key, &filter.pattern) {
            (Key::PatternHost, Pattern::Glob(glob)) => vec![self.pool.scope(glob.host_part().unwrap_or_default())],
            (Key::Label, Pattern::Glob(glob)) => vec![self.pool.scope(label_of(glob).unwrap_or_default())],
            (Key::To, _) => self.hosts("to", &filter.to.include)?,
            (Key::From, _) => self.hosts("domain", &filter.from.include)?,
            _ => vec![ANYWHERE],
        };
        let mut condition = self.pattern(filter, key)?;
        let mut sites = Vec::new();
        for (option, domains, own) in [("to", &filter.to, Key::To), ("domain", &filter.from, Key::From)] {
            // Includes that are the scope hold already, unless something inside them is excluded.
            if !domains.is_empty() && (key != own || !domains.exclude.is_empty()) {
                sites.push(self.site(option, domains)?);
            }
        }
        if !filter.denyallow.is_empty() {
            let exclude = self.set("denyallow", &filter.denyallow)?;
            sites.push(Sites {
                include: Run::default(),
                exclude,
            });
        }
        condition.sites = self.sites.put(sites);
        let gram = match (&filter.pattern, key) {
            (Pattern::Glob(glob), Key::None) => gram_of(&glob.text),
            (Pattern::Regex(source), Key::None) => shape::required(source).and_then(|text| gram_of(&text)),
            (Pattern::Any, Key::None) => in_all_groups(&filter.with).and_then(|name| gram_of(&format!("{name}="))),
            _ => None,
        };
        let nothing = condition.pattern == PatternKind::Any && condition.sites.len == 0 && condition.with.len == 0;
        let condition = if nothing {
            NONE
        } else {
            self.conditions.put(vec![condition]).start
        };
        Ok(Place {
            scopes,
            condition,
            gram,
        })
    }

    fn pattern(&mut self, filter: &Filter, key: Key) -> Result<Condition, Reason> {
        let mut condition = Condition {
            pattern: PatternKind::Any,
            text: Span { start: 0, len: 0 },
            ends: 0,
            match_case: u8::from(filter.match_case),
            regex: 0,
            sites: Run::default(),
            with: self.pool.text(&with_text(&filter.with)),
        };
        match &filter.pattern {
            Pattern::Any => {}
            Pattern::Regex(source) => {
                condition.pattern = PatternKind::Regex;
                condition.regex = self
                    .pool
                    .regex(source, !filter.match_case)
                    .map_err(|error| Reason::BadPattern(error.why()))?;
            }
            Pattern::Glob(glob) => {
                let (pattern, text) = match (key, glob.anchor) {
                    (Key::PatternHost, _) => {
                        let host = glob.host_part().unwrap_or_default();
                        (PatternKind::AfterHost, &glob.text[host.len()..])
                    }
                    (_, Anchor::Anywhere) => (PatternKind::Anywhere, glob.text.as_str()),
                    (_, Anchor::Start) => (PatternKind::Start, glob.text.as_str()),
                    (_, Anchor::Host) => (PatternKind::Label, glob.text.as_str()),
                };
                // `||example.com^` says no more than its host.
                let only_host = pattern == PatternKind::AfterHost && text == "^" && !glob.ends;
                condition.pattern = if only_host { PatternKind::Any } else { pattern };
                condition.text = self.pool.text(if only_host { "" } else { text });
                condition.ends = u8::from(glob.ends);
            }
        }
        Ok(condition)
    }

    fn site(&mut self, option: &str, domains: &Domains) -> Result<Sites, Reason> {
        Ok(Sites {
            include: self.set(option, &domains.include)?,
            exclude: self.set(option, &domains.exclude)?,
        })
    }

    fn set(&mut self, option: &str, domains: &[Domain]) -> Result<Run, Reason> {
        let mut ids = self.hosts(option, domains)?;
        sort::by(&mut ids, Ord::cmp);
        ids.dedup();
        Ok(self.ids.put(ids))
    }

    fn hosts(&mut self, option: &str, domains: &[Domain]) -> Result<Vec<u32>, Reason> {
        let number = |domain: &Domain| match domain {
            Domain::Host(host) => Ok(self.pool.scope(host)),
            Domain::Entity(name) => Ok(self.pool.scope(&format!("{name}.*"))),
            Domain::Regex(source) => {
                let refuse = |error: RegexError| Reason::UnsupportedOption(option.to_owned(), error.why());
                self.pool.host_regex(source).map_err(refuse)
            }
        };
        domains.iter().map(number).collect()
    }
}

/// `a&b|c`
fn with_text(groups: &[Vec<String>]) -> String {
    let groups: Vec<String> = groups.iter().map(|names| names.join("&")).collect();
    groups.join("|")
}

/// A name that every group has.
fn in_all_groups(groups: &[Vec<String>]) -> Option<&String> {
    let (first, others) = groups.split_first()?;
    first
        .iter()
        .find(|name| others.iter().all(|names| names.contains(name)))
}

fn key_of(filter: &Filter) -> Key {
    let are_names = |domains: &Domains| {
        !domains.include.is_empty() && !domains.include.iter().any(|domain| matches!(domain, Domain::Regex(_)))
    };
    match &filter.pattern {
        Pattern::Glob(glob) if glob.host_part().is_some() => Key::PatternHost,
        _ if are_names(&filter.to) => Key::To,
        _ if are_names(&filter.from) => Key::From,
        Pattern::Glob(glob) if label_of(glob).is_some() => Key::Label,
        _ => Key::None,
    }
}

/// The first complete label of a pattern such as `||google.*/url`, with its dot.
fn label_of(glob: &Glob) -> Option<&str> {
    let end = glob.text.find(['.', '*', '^', '/', ':', '?'])?;
    let label = glob.text.get(..=end).filter(|label| label.ends_with('.') && end > 0);
    label.filter(|_| glob.anchor == Anchor::Host)
}

/// Four bytes of literal text that not every link has, ending with a byte that few places of a link have.
fn gram_of(text: &str) -> Option<u32> {
    const COMMON: &[&[u8]] = &[
        b"http", b"ttps", b"tps:", b"ps:/", b"s://", b"://w", b"//ww", b"/www", b"www.", b".com",
    ];
    const RARE_ENDS: &[u8] = b"=?&#:";
    let text = text.to_ascii_lowercase();
    // `*` and `^` stand for something else in patterns, and no address needs them.
    let literal = |window: &&[u8]| !window.contains(&b'*') && !window.contains(&b'^');
    let windows = || text.as_bytes().windows(4).filter(literal);
    let telling = || windows().filter(|window| !COMMON.contains(window));
    let window = telling().rfind(|window| RARE_ENDS.contains(&window[3]));
    let window = window.or_else(|| telling().next_back()).or_else(|| windows().next())?;
    Some(u32::from_le_bytes(*window.first_chunk()?))
}
