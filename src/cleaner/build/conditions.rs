//! Where a filter is in force: the hosts that its rules are kept under, and what remains to be asked.

use super::Builder;
use crate::cleaner::data::{ANYWHERE, Condition, NONE, PatternKind, Run, Sites, Span};
use crate::cleaner::grams::{IS_EDGE, gram};
use crate::cleaner::shape;
use crate::filter::{Anchor, Conditions, Domain, Domains, Filter, Glob, Pattern, Reason};
use crate::regex::RegexError;
use crate::sort;

/// Where a filter is kept and what is to be asked there.
pub(super) struct Place {
    pub(super) scopes: Vec<u32>,
    /// A number of [`crate::cleaner::data::Data::conditions`], or [`NONE`].
    pub(super) condition: u32,
    /// Pieces of four bytes of which the address must have one; empty when none are known.
    pub(super) grams: Vec<u32>,
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
        let Conditions {
            // Asked by whoever takes the filter for one about links.
            types: _,
            party: _,
            from,
            to,
            denyallow,
            with,
            methods: _,
            header: _,
        } = &*filter.when;
        let key = key_of(filter);
        let scopes = match (key, &filter.pattern) {
            (Key::PatternHost, Pattern::Glob(glob)) => vec![self.pool.scope(glob.host_part().unwrap_or_default())],
            (Key::Label, Pattern::Glob(glob)) => vec![self.pool.scope(label_of(glob).unwrap_or_default())],
            (Key::To, _) => self.hosts("to", &to.include)?,
            (Key::From, _) => self.hosts("domain", &from.include)?,
            _ => vec![ANYWHERE],
        };
        let mut condition = self.pattern(filter, key)?;
        let mut sites = Vec::new();
        for (option, domains, own) in [("to", to, Key::To), ("domain", from, Key::From)] {
            // Includes that are the scope hold already, unless something inside them is excluded.
            if !domains.is_empty() && (key != own || !domains.exclude.is_empty()) {
                sites.push(self.site(option, domains)?);
            }
        }
        if !denyallow.is_empty() {
            let exclude = self.set("denyallow", denyallow)?;
            sites.push(Sites {
                include: Run::default(),
                exclude,
            });
        }
        condition.sites = self.sites.put(sites);
        let nothing = condition.pattern == PatternKind::Any && condition.sites.len == 0 && condition.with.len == 0;
        let condition = if nothing {
            NONE
        } else {
            self.conditions.put(vec![condition]).start
        };
        Ok(Place {
            scopes,
            condition,
            grams: grams_of(&filter.pattern, with, key),
        })
    }

    fn pattern(&mut self, filter: &Filter, key: Key) -> Result<Condition, Reason> {
        let mut condition = Condition {
            pattern: PatternKind::Any,
            text: Span { start: 0, len: 0 },
            ends: 0,
            case: filter.case,
            regex: 0,
            sites: Run::default(),
            with: self.pool.text(&with_text(&filter.when.with)),
        };
        match &filter.pattern {
            Pattern::Any => {}
            Pattern::Regex(source) => {
                condition.pattern = PatternKind::Regex;
                condition.regex = self
                    .pool
                    .regex(source, filter.case)
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

/// A gram of each group, of its longest name; none when a group has only names that are too short.
fn in_each_group(groups: &[Vec<String>]) -> Vec<u32> {
    let of_group = |names: &Vec<String>| gram_of(&format!("{}=", names.iter().max_by_key(|name| name.len())?));
    let grams: Option<Vec<u32>> = groups.iter().map(of_group).collect();
    let mut grams = grams.unwrap_or_default();
    sort::by(&mut grams, Ord::cmp);
    grams.dedup();
    grams
}

/// Pieces of which an address must have one for the pattern and the names that count together to hold, where no key
/// leads to them.
fn grams_of(pattern: &Pattern, with: &[Vec<String>], key: Key) -> Vec<u32> {
    match (pattern, key) {
        (_, Key::None) if !with.is_empty() => in_each_group(with),
        (Pattern::Glob(glob), Key::None) => gram_of(&glob.text).into_iter().collect(),
        (Pattern::Regex(source), Key::None) => shape::required(source)
            .and_then(|text| gram_of(&text))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

fn key_of(filter: &Filter) -> Key {
    let are_names = |domains: &Domains| {
        !domains.include.is_empty() && !domains.include.iter().any(|domain| matches!(domain, Domain::Regex(_)))
    };
    match &filter.pattern {
        Pattern::Glob(glob) if glob.host_part().is_some() => Key::PatternHost,
        _ if are_names(&filter.when.to) => Key::To,
        _ if are_names(&filter.when.from) => Key::From,
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

/// Four bytes of literal text that not every link has, if possible with a byte at an end of which a link has few.
fn gram_of(text: &str) -> Option<u32> {
    const COMMON: &[&[u8]] = &[
        b"http", b"ttps", b"tps:", b"ps:/", b"s://", b"://w", b"//ww", b"/www", b"www.", b".com",
    ];
    let text = text.to_ascii_lowercase();
    // `*` and `^` stand for something else in patterns, and no address needs them.
    let literal = |window: &&[u8]| !window.contains(&b'*') && !window.contains(&b'^');
    let windows = || text.as_bytes().windows(4).filter(literal);
    let telling = || windows().filter(|window| !COMMON.contains(window));
    let has_edge = |window: &&[u8]| IS_EDGE[usize::from(window[0])] || IS_EDGE[usize::from(window[3])];
    let window = telling().rfind(has_edge);
    let window = window.or_else(|| telling().next_back()).or_else(|| windows().next())?;
    Some(gram(*window.first_chunk()?))
}
