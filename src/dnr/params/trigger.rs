//! Rules that match only where they act: their `urlFilter` asks for the name that they take out.

use super::{Kept, Names, draft, removing};
use crate::address::host::is_within;
use crate::dnr::merge::Draft;
use crate::dnr::{Condition, ResourceType, Unsupported, condition, pattern, priority};
use crate::filter::{Anchor, Filter, Glob, Pattern};
use crate::sort;
use std::collections::{BTreeMap, BTreeSet};

/// How many names one rule takes out: its own and its neighbours, so that a link with many of them needs few rounds.
const TOGETHER: usize = 16;

/// Names that go from addresses under one condition.
#[derive(Clone)]
pub(super) struct Scope {
    /// All but the pattern.
    condition: Condition,
    /// What the address must look like, besides having one of the names.
    glob: Option<Glob>,
    pub(super) names: Names,
    important: bool,
}

impl Scope {
    /// Fails for patterns that cannot be joined with a name.
    pub(super) fn new(filter: &Filter, condition: Condition, names: Names) -> Result<Scope, Unsupported> {
        let alone = filter.when.to.include.is_empty();
        let glob = match &filter.pattern {
            Pattern::Any => None,
            // These hosts are in the condition already.
            Pattern::Glob(glob) if alone && glob.host().is_some() => None,
            Pattern::Glob(glob) if alone && !glob.ends => Some(pattern::split_host(glob).1),
            Pattern::Glob(glob) if !glob.ends => Some(glob.clone()),
            _ => return Err(Unsupported::ParamPattern),
        };
        let condition = Condition {
            url_filter: None,
            ..condition
        };
        Ok(Scope {
            condition,
            glob,
            names,
            important: filter.important,
        })
    }

    /// Pages of a host, or all pages.
    pub(super) fn of_page(host: Option<String>, names: Names) -> Scope {
        Scope {
            condition: pages(sort::set(host)),
            glob: None,
            names,
            important: false,
        }
    }

    pub(super) fn is_for_the_same(&self, other: &Scope) -> bool {
        self.condition == other.condition && self.glob == other.glob && self.important == other.important
    }

    /// The scopes that are left when `host` keeps `names`: this one without the host, and one for the host alone.
    fn without(mut self, host: &str, names: &Names) -> Vec<Scope> {
        if self.important || self.names.is_disjoint(names) || self.is_apart(host) {
            return vec![self];
        }
        let mut own = self.clone();
        own.condition.request_domains.retain(|inner| is_within(inner, host));
        if own.condition.request_domains.is_empty() {
            own.condition.request_domains.insert(host.to_owned());
        }
        own.names.retain(|name| !names.contains(name));
        match condition::exclude(&mut self.condition, host) {
            true => vec![self, own],
            false => vec![own],
        }
    }

    fn is_apart(&self, host: &str) -> bool {
        let meets = |own: &str| is_within(own, host) || is_within(host, own);
        let of_pattern = self.glob.as_ref().and_then(Glob::host_part);
        let hosts = &self.condition.request_domains;
        !of_pattern.is_none_or(meets) || !hosts.is_empty() && !hosts.iter().any(|own| meets(own))
    }

    fn rules(&self) -> Vec<Draft> {
        let level = if self.important {
            priority::LINK_IMPORTANT
        } else {
            priority::LINK_TRIGGERED
        };
        let mut names: Vec<&String> = self.names.iter().collect();
        sort::by_key(&mut names, |name| name.to_ascii_lowercase());
        let mut drafts = Vec::new();
        for together in names.chunks(TOGETHER) {
            let removed: Names = sort::set(together.iter().copied().cloned());
            for condition in together.iter().flat_map(|name| self.asking_for(name)) {
                drafts.push(draft(level, removing(removed.clone()), condition));
            }
        }
        drafts
    }

    fn asking_for(&self, name: &str) -> Vec<Condition> {
        let asking = |url_filter| Condition {
            url_filter: Some(url_filter),
            // A path is matched in any letter case, and a rule has one switch for both.
            is_url_filter_case_sensitive: self.glob.is_none() && has_letters(name),
            ..self.condition.clone()
        };
        url_filters(self.glob.as_ref(), name).into_iter().map(asking).collect()
    }
}

/// Rules for all scopes.
pub(super) fn rules(mut scopes: Vec<Scope>, kept: &Kept) -> Vec<Draft> {
    for scope in scopes.iter_mut().filter(|scope| !scope.important) {
        scope.names.retain(|name| !kept.everywhere.contains(name));
    }
    // Wide hosts first: what is left for a narrow one lacks what the wide one keeps.
    let mut hosts: Vec<&String> = kept.by_host.keys().collect();
    sort::by_key(&mut hosts, |host| host.matches('.').count());
    for host in hosts {
        let names = kept.by(host);
        scopes = scopes
            .into_iter()
            .flat_map(|scope| scope.without(host, &names))
            .collect();
    }
    scopes.iter().flat_map(Scope::rules).collect()
}

/// One rule for each name, with all hosts from whose pages it goes.
pub(super) fn by_name(hosts: &BTreeMap<String, Names>, kept: &Kept) -> Vec<Draft> {
    let mut by_name: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for (host, names) in hosts {
        for name in names.iter().filter(|name| !kept.by(host).contains(*name)) {
            by_name.entry(name).or_default().insert(host.clone());
        }
    }
    let rule = |(name, hosts): (&String, BTreeSet<String>)| {
        let keep = kept
            .by_host
            .iter()
            .filter(|(host, names)| names.contains(name) && hosts.iter().any(|wide| is_within(host, wide)));
        let condition = Condition {
            url_filter: Some(format!("^{}=", pattern_text(name))),
            is_url_filter_case_sensitive: has_letters(name),
            excluded_request_domains: sort::set(keep.map(|(host, _)| host.clone())),
            ..pages(hosts)
        };
        draft(priority::LINK_TRIGGERED, removing(sort::set([name.clone()])), condition)
    };
    by_name.into_iter().map(rule).collect()
}

fn pages(hosts: BTreeSet<String>) -> Condition {
    Condition {
        request_domains: hosts,
        resource_types: sort::set([ResourceType::MainFrame]),
        ..Condition::default()
    }
}

/// Patterns for addresses that match `glob` and have the parameter behind that; a glob may ask for it already. Where
/// the glob ends with the separator that parameters begin with, the parameter may follow at once or later.
fn url_filters(glob: Option<&Glob>, name: &str) -> Vec<String> {
    let Some(glob) = glob else {
        return vec![format!("^{}=", pattern_text(name))];
    };
    let name = pattern_text(name).to_ascii_lowercase();
    let start = pattern::beginning(glob);
    let marks = ['?', '&', '^'];
    if marks.iter().any(|mark| glob.text.contains(&format!("{mark}{name}="))) {
        return vec![start];
    }
    let later = format!("{start}*^{name}=");
    match glob.text.ends_with(marks) {
        true => vec![format!("{start}{name}="), later],
        false => vec![later],
    }
}

/// A name as it stands in addresses that browsers find it in: encoded like `encodeURIComponent` does it. What patterns
/// would read otherwise is left open.
pub(super) fn pattern_text(name: &str) -> String {
    let spelt = |byte: u8| match byte {
        b'*' => "*".to_owned(),
        _ if byte.is_ascii_alphanumeric() || b"-_.!~'()".contains(&byte) => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(spelt).collect()
}

fn has_letters(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The pattern, for addresses that have the parameter somewhere behind it. Wider than both together: good enough for
/// leaving links alone.
pub(super) fn with_name_somewhere(pattern: &Pattern, name: &str) -> Pattern {
    let name = pattern_text(name).to_ascii_lowercase();
    match pattern {
        Pattern::Glob(glob) if !glob.ends && !glob.text.contains(&format!("{name}=")) => {
            let text = glob.text.trim_end_matches(['?', '^', '&']);
            Pattern::Glob(Glob {
                text: format!("{text}*^{name}="),
                ..glob.clone()
            })
        }
        Pattern::Any => Pattern::Glob(Glob {
            anchor: Anchor::Anywhere,
            text: format!("^{name}="),
            ends: false,
        }),
        other => other.clone(),
    }
}
