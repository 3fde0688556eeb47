//! Hosts files and lists of names: whole hosts, and never one of which an exception needs a part.

use super::{Exported, Format};
use crate::address::host::{is_address, is_within};
use crate::filter::{
    Action, Anchor, Case, Conditions, Domain, Domains, Filter, Glob, Having, Pattern, Polarity, Types,
};
use crate::glob;
use crate::list::List;
use crate::regex::Regex;
use std::collections::{BTreeSet, HashSet};

pub(super) fn names(lists: &[List], format: Format, known: &str) -> (Exported, Vec<String>) {
    let known: Vec<&str> = known
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut exported = Exported::default();
    let mut names = BTreeSet::new();
    let mut exceptions = Exceptions::default();
    for filter in lists.iter().flat_map(|list| &list.filters) {
        match whole_hosts(filter, &known) {
            Ok(hosts) => {
                exported.said += 1;
                names.extend(hosts);
            }
            Err(why) => exported.leave_out(why),
        }
        exceptions.add(filter);
    }
    let all = names.len();
    names.retain(|name| !exceptions.need(name));
    if names.len() < all {
        exported
            .left_out
            .insert("hosts of which exceptions need a part", all - names.len());
    }
    let start = if format == Format::Hosts { "0.0.0.0 " } else { "" };
    (exported, names.iter().map(|name| format!("{start}{name}")).collect())
}

/// The hosts that a filter stops altogether. One that knows them by how they begin says those that are known.
fn whole_hosts(filter: &Filter, known: &[&str]) -> Result<Vec<String>, &'static str> {
    if filter.badfilter {
        return Err("it takes a line out of force");
    }
    if filter.polarity == Polarity::Except {
        return Err("it is an exception");
    }
    if filter.action != Action::Block {
        return Err("it does something else than block");
    }
    if is_conditional(filter) {
        return Err("it holds under a condition");
    }
    let Pattern::Glob(glob) = &filter.pattern else {
        return Err("its pattern is no name of a host");
    };
    match glob.host().filter(|_| filter.when.to.is_empty()) {
        Some(host) if is_address(host) => return Err("it is about an address, which has no name"),
        Some(host) => return Ok(vec![host.to_owned()]),
        None => {}
    }
    let hosts: Vec<String> = match is_within_a_host(glob) {
        true => begun(glob, filter, known),
        false => Vec::new(),
    };
    match hosts.is_empty() {
        true => Err("it is about part of a host"),
        false => Ok(hosts),
    }
}

/// Whether more than the pattern and the host decides.
fn is_conditional(filter: &Filter) -> bool {
    let anywhere = Conditions {
        to: Domains::default(),
        ..Conditions::clone(&filter.when)
    };
    !anywhere.types.contains(Types::default_for(&filter.action)) || anywhere.having() != Having::NOTHING
}

/// Whether nothing but a host decides: `||analytics`, `-ad.example.com^`.
fn is_within_a_host(glob: &Glob) -> bool {
    let text = glob.text.trim_end_matches('^');
    let name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.*".contains(&byte);
    let anchored = glob.anchor == Anchor::Host
        || glob.anchor == Anchor::Anywhere && glob.text.ends_with('^') && text.contains('.');
    anchored && !glob.ends && !text.is_empty() && text.bytes().all(name)
}

/// Hosts of `known` that it stops, and the plain name under each domain that it is for.
fn begun(glob: &Glob, filter: &Filter, known: &[&str]) -> Vec<String> {
    let label = glob.text.trim_end_matches('.');
    let is_label = glob.anchor == Anchor::Host && label.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let plain = filter.when.to.include.iter().filter_map(|domain| match domain {
        Domain::Host(host) if is_label => Some(format!("{label}.{host}")),
        _ => None,
    });
    let found = known.iter().map(|&host| host.to_owned());
    plain
        .chain(found)
        .filter(|host| is_for(filter, host) && reaches(glob, host))
        .collect()
}

fn is_for(filter: &Filter, host: &str) -> bool {
    let any = |domains: &[Domain]| {
        domains
            .iter()
            .any(|domain| matches!(domain, Domain::Host(to) if is_within(host, to)))
    };
    let undecided = |domains: &[Domain]| domains.iter().any(|domain| !matches!(domain, Domain::Host(_)));
    (filter.when.to.include.is_empty() || any(&filter.when.to.include))
        && !any(&filter.when.to.exclude)
        && !undecided(&filter.when.to.exclude)
}

fn reaches(glob: &Glob, host: &str) -> bool {
    let url = format!("https://{host}/");
    glob::is_match(glob, Case::Ignored, &url, 8..8 + host.len())
}

/// What exceptions need.
#[derive(Default)]
struct Exceptions<'a> {
    /// Hosts that they name,
    hosts: HashSet<&'a str>,
    /// those above these,
    above: HashSet<&'a str>,
    /// and exceptions that name none.
    others: Vec<(&'a Filter, Option<Regex>)>,
}

impl<'a> Exceptions<'a> {
    fn add(&mut self, filter: &'a Filter) {
        if filter.polarity != Polarity::Except || filter.action != Action::Block || filter.badfilter {
            return;
        }
        let named = match &filter.pattern {
            Pattern::Glob(glob) => glob.host_part(),
            _ => None,
        };
        match named {
            Some(host) => {
                self.hosts.insert(host);
                self.above.extend(parents(host));
            }
            None => self.others.push((filter, regex(filter))),
        }
    }

    /// Whether one may hold at `host` or below. Those that name no host, but pages or paths, are not meant.
    fn need(&self, host: &str) -> bool {
        self.above.contains(host)
            || std::iter::once(host)
                .chain(parents(host))
                .any(|name| self.hosts.contains(name))
            || self
                .others
                .iter()
                .any(|(filter, regex)| may_hold(filter, regex.as_ref(), host))
    }
}

fn parents(host: &str) -> impl Iterator<Item = &str> {
    host.match_indices('.').map(|(at, _)| &host[at + 1..])
}

fn regex(filter: &Filter) -> Option<Regex> {
    match &filter.pattern {
        Pattern::Regex(source) => Some(Regex::checked(source, filter.case)),
        _ => None,
    }
}

fn may_hold(filter: &Filter, regex: Option<&Regex>, host: &str) -> bool {
    let related = |domain: &Domain| match domain {
        Domain::Host(to) => is_within(host, to) || is_within(to, host),
        Domain::Entity(_) | Domain::Regex(_) => true,
    };
    let to = &filter.when.to.include;
    if !to.is_empty() && !to.iter().any(related) {
        return false;
    }
    match &filter.pattern {
        Pattern::Any => !to.is_empty(),
        Pattern::Glob(glob) if glob.anchor == Anchor::Host => begins(glob, host),
        Pattern::Glob(glob) => !to.is_empty() || glob.text.contains(host),
        Pattern::Regex(source) => {
            source.replace('\\', "").contains(host)
                || regex.is_some_and(|regex| regex.is_match(&format!("https://{host}/")))
        }
    }
}

/// Whether the host or one of its labels begins like the pattern.
fn begins(glob: &Glob, host: &str) -> bool {
    let word = glob.text.split(['*', '/', '^', ':', '?']).next().unwrap_or_default();
    std::iter::once(host)
        .chain(parents(host))
        .any(|name| name.starts_with(word) || word.starts_with(name))
}
