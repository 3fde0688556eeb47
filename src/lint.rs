//! What the author of a list should look at: lines that say nothing new, or can never act.

use crate::filter::{Action, Anchor, Domain, Filter, Party, Pattern, Polarity, Types};
use crate::host::is_within;
use crate::list::List;
use std::collections::HashMap;
use thiserror::Error;

/// Something about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The list's index among those that were given.
    pub list: usize,
    /// Counted from 1.
    pub line: u32,
    /// Counted in characters from 1.
    pub column: u32,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with a line that can be read. Places are `list:line`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// Another line says the very same.
    #[error("the same filter stands in {0}")]
    Duplicate(String),
    /// Another line stops all that this one does.
    #[error("all of it is stopped by {0} already")]
    Shadowed(String),
    /// No address is like this.
    #[error("it can never match: {0}")]
    NeverMatches(&'static str),
}

/// Looks at all lists together.
///
/// ```
/// use detick::{lint, list};
/// let (list, _) = list::parse("a.txt", b"||ads.example^\n||ads.example/banner\n");
/// let findings = lint::lint(&[list]);
/// assert_eq!((findings[0].line, findings[0].column), (2, 1));
/// assert_eq!(findings[0].flaw.to_string(), "all of it is stopped by a.txt:1 already");
/// ```
pub fn lint(lists: &[List]) -> Vec<Finding> {
    let places: Vec<Place<'_>> = lists
        .iter()
        .enumerate()
        .flat_map(|(list, of)| of.filters.iter().map(move |filter| Place { list, filter }))
        .collect();
    let stops = Stops::of(&places);
    let mut seen: HashMap<Filter, Place<'_>> = HashMap::new();
    let mut findings = Vec::new();
    for place in places {
        let same = Filter {
            line: 0,
            ..place.filter.clone()
        };
        let flaw = match seen.get(&same) {
            Some(first) => Some(Flaw::Duplicate(first.name(lists))),
            None => never_matches(place.filter)
                .map(Flaw::NeverMatches)
                .or_else(|| stops.shadow(&place).map(|other| Flaw::Shadowed(other.name(lists)))),
        };
        seen.entry(same).or_insert(place);
        findings.extend(flaw.map(|flaw| Finding {
            list: place.list,
            line: place.filter.line,
            column: 1,
            flaw,
        }));
    }
    findings
}

/// Where a filter stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    list: usize,
    filter: &'a Filter,
}

impl Place<'_> {
    fn name(&self, lists: &[List]) -> String {
        format!("{}:{}", lists[self.list].name, self.filter.line)
    }
}

/// Filters that stop all that their pattern matches, by host and by pattern.
struct Stops<'a> {
    hosts: HashMap<&'a str, Place<'a>>,
    patterns: HashMap<&'a Pattern, Place<'a>>,
}

impl<'a> Stops<'a> {
    fn of(places: &[Place<'a>]) -> Self {
        let mut stops = Stops {
            hosts: HashMap::new(),
            patterns: HashMap::new(),
        };
        for place in places.iter().filter(|place| is_unconditional_stop(place.filter)) {
            if let Pattern::Glob(glob) = &place.filter.pattern {
                if let Some(host) = glob.host() {
                    stops.hosts.entry(host).or_insert(*place);
                }
                if !place.filter.match_case {
                    stops.patterns.entry(&place.filter.pattern).or_insert(*place);
                }
            }
        }
        stops
    }

    /// Another filter that does all that this one does.
    fn shadow(&self, place: &Place<'a>) -> Option<Place<'a>> {
        let Place { filter, .. } = place;
        let stops = filter.action == Action::Block && filter.polarity == Polarity::Apply && !filter.badfilter;
        let Pattern::Glob(glob) = &filter.pattern else {
            return None;
        };
        if !stops || filter.important {
            return None;
        }
        let host = glob.host_part();
        let hosts = host.into_iter().flat_map(|host| {
            let parents = host.match_indices('.').map(move |(dot, _)| &host[dot + 1..]);
            std::iter::once(host).chain(parents)
        });
        let of_hosts = hosts.filter_map(|host| self.hosts.get(host));
        let of_pattern = self.patterns.get(&filter.pattern).filter(|_| !filter.match_case);
        of_hosts
            .chain(of_pattern)
            .find(|other| !std::ptr::eq(other.filter, *filter) && other.filter.types.contains(filter.types))
            .copied()
    }
}

fn is_unconditional_stop(filter: &Filter) -> bool {
    filter.action == Action::Block
        && filter.polarity == Polarity::Apply
        && !filter.badfilter
        && filter.types.contains(Types::default_for(&Action::Block))
        && filter.party == Party::Any
        && filter.from.is_empty()
        && filter.to.is_empty()
        && filter.denyallow.is_empty()
        && filter.methods.is_empty()
        && filter.header.is_none()
}

/// Why no request can be what the filter is about.
fn never_matches(filter: &Filter) -> Option<&'static str> {
    let Pattern::Glob(glob) = &filter.pattern else {
        return None;
    };
    if glob.anchor == Anchor::Host && glob.text.starts_with(['^', '/']) {
        return Some("behind `||` there must be a host");
    }
    if glob.anchor == Anchor::Start && !begins_like_an_address(&glob.text) {
        return Some("every address begins with http://, https://, ws:// or wss://");
    }
    let hosts: Option<Vec<&str>> = filter.to.include.iter().map(host_of).collect();
    let apart = |host: &str, hosts: &[&str]| {
        !hosts.is_empty() && !hosts.iter().any(|to| is_within(host, to) || is_within(to, host))
    };
    match (glob.host_part(), hosts) {
        (Some(host), Some(hosts)) if apart(host, &hosts) => Some("the pattern's host is none of those in `to=`"),
        _ => None,
    }
}

fn host_of(domain: &Domain) -> Option<&str> {
    match domain {
        Domain::Host(host) => Some(host),
        Domain::Entity(_) | Domain::Regex(_) => None,
    }
}

/// Whether what stands behind `|`, up to its first wildcard, can begin an address.
fn begins_like_an_address(text: &str) -> bool {
    let sure = text.split(['*', '^']).next().unwrap_or_default();
    ["http://", "https://", "ws://", "wss://"]
        .iter()
        .any(|scheme| sure.starts_with(scheme) || scheme.starts_with(sure))
}
