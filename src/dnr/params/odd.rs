//! Addresses with a segment that has no `=`, as `?flag&x=1`, `?a=1&&b=2` or `?a=1&`.
//!
//! Chromium writes each parameter that `removeParams` leaves as `name=value`: `flag` would become `flag=`, and nothing
//! `=` (156). Cleaning adds no byte, so rules leave such addresses alone, and those with a name that goes take the way
//! of redirectors, over the page that asks the engine. Only from other sites: on the way over that page the browser
//! forgets who led there, and what a site is told by its own links it knows.

use super::{Kept, Names, trigger};
use crate::case::Case;
use crate::dnr::condition::get;
use crate::dnr::merge::{Draft, Set};
use crate::dnr::{Condition, DomainType, ResourceType, RuleAction, priority, re2};
use crate::sort;
use std::collections::{BTreeMap, BTreeSet};

/// Hosts with fewer names of their own have no rules for such addresses: browsers take a thousand regexes.
const LOTS: usize = 50;

/// A segment without `=`, and what follows it.
const SHAPE: &str = r"^[^?#]*\?(?:[^#]*&)?[^=&#]*(?:[&#]|$)";

/// Leaves all such addresses alone.
pub(super) fn shield() -> Draft {
    Draft {
        set: Set::Links,
        priority: priority::LINK_SHIELD,
        action: RuleAction::Allow,
        condition: Condition {
            regex_filter: Some(SHAPE.to_owned()),
            resource_types: sort::set([ResourceType::MainFrame]),
            ..Condition::default()
        },
    }
}

/// Which of them have a name that goes from every page, or from pages of a host with lots of names.
pub(super) fn detours(everywhere: &Names, hosts: &BTreeMap<String, Names>, kept: &Kept) -> Vec<Condition> {
    let mut detours = of_names(everywhere, &BTreeSet::new());
    let mut groups: BTreeMap<Names, BTreeSet<String>> = BTreeMap::new();
    for (host, names) in hosts.iter().filter(|(_, names)| names.len() >= LOTS) {
        let keeps = kept.by(host);
        let own = names
            .iter()
            .filter(|name| !keeps.contains(*name) && !everywhere.contains(*name));
        groups.entry(own.cloned().collect()).or_default().insert(host.clone());
    }
    for (names, hosts) in &groups {
        detours.extend(of_names(names, hosts));
    }
    detours
}

/// As few conditions as browsers take for some names.
fn of_names(names: &Names, hosts: &BTreeSet<String>) -> Vec<Condition> {
    let spelt: BTreeSet<String> = sort::set(names.iter().map(|name| trigger::pattern_text(name)));
    let mut conditions = Vec::new();
    let mut together: Vec<&str> = Vec::new();
    let mut fitting: Option<[String; 2]> = None;
    for name in &spelt {
        together.push(name);
        let both = regexes(&together);
        if both.iter().all(|regex| re2::check(regex, Case::Exact).is_ok()) {
            fitting = Some(both);
            continue;
        }
        conditions.extend(fitting.take().into_iter().flatten());
        together = vec![name];
        fitting = Some(regexes(&together)).filter(|[one, other]| {
            [one, other]
                .into_iter()
                .all(|regex| re2::check(regex, Case::Exact).is_ok())
        });
        if fitting.is_none() {
            together.clear();
        }
    }
    conditions.extend(fitting.into_iter().flatten());
    conditions.into_iter().map(|regex| condition(regex, hosts)).collect()
}

fn condition(regex: String, hosts: &BTreeSet<String>) -> Condition {
    Condition {
        regex_filter: Some(regex),
        is_url_filter_case_sensitive: true,
        domain_type: Some(DomainType::ThirdParty),
        request_domains: hosts.clone(),
        resource_types: sort::set([ResourceType::MainFrame]),
        request_methods: get(),
        ..Condition::default()
    }
}

/// Two regexes that find a whole address: one with a segment without `=` in front of one of the names (sorted), one
/// with such a segment behind it, or the name itself without value.
fn regexes(names: &[&str]) -> [String; 2] {
    let start = r"^[^?#]*\?(?:[^#]*&)?";
    let names = any_of(names);
    [
        format!("{start}[^=&#]*&(?:[^#]*&)?{names}(?:[=&#].*)?$"),
        format!("{start}{names}(?:[&#].*|=[^&#]*&(?:[^#]*&)?[^=&#]*(?:[&#].*)?)?$"),
    ]
}

/// One of some texts, which are sorted and differ; what they begin with is said once.
fn any_of(texts: &[&str]) -> String {
    let mut branches = Vec::new();
    let mut rest = texts;
    let may_end = rest.first().is_some_and(|text| text.is_empty());
    if may_end {
        rest = &rest[1..];
    }
    while let Some(letter) = rest.first().and_then(|text| text.get(..1)) {
        let count = rest.iter().take_while(|text| text.starts_with(letter)).count();
        let tails: Vec<&str> = rest[..count].iter().map(|text| &text[1..]).collect();
        branches.push(re2::escape(letter) + &any_of(&tails));
        rest = &rest[count..];
    }
    match (branches.len(), may_end) {
        (0, _) => String::new(),
        (1, false) => branches.remove(0),
        (_, false) => format!("(?:{})", branches.join("|")),
        (_, true) => format!("(?:{})?", branches.join("|")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regex::Regex;

    #[test]
    fn odd_is_what_has_a_segment_without_equals() {
        let shape = Regex::new(SHAPE, Case::Exact).unwrap();
        for odd in [
            "?flag",
            "?a=1&flag&b=2",
            "?a=1&&b=2",
            "?a=1&",
            "?&a=1",
            "?",
            "?a=1&flag#x",
            "?#a=1",
        ] {
            assert!(shape.is_match(&format!("https://a.example/{odd}")), "{odd}");
        }
        for even in ["", "#flag", "?a=1", "?a=&b=", "?a=1&=2", "?a=1#flag&x", "?a==&b=?c"] {
            assert!(!shape.is_match(&format!("https://a.example/{even}")), "{even}");
        }
    }

    #[test]
    fn detours_are_for_odd_addresses_with_the_name() {
        let regexes = regexes(&["fbclid", "utm_source", "utm_source_code", "utm_term"])
            .map(|regex| Regex::new(&regex, Case::Exact).unwrap());
        let is_detour = |query: &str| {
            regexes
                .iter()
                .any(|regex| regex.is_match(&format!("https://a.example/p{query}")))
        };
        for odd in [
            "?flag&utm_source=x",
            "?utm_source=x&flag",
            "?utm_source",
            "?utm_source&a=1",
            "?a=1&utm_source",
            "?a=1&utm_source#x",
            "?a=1&&utm_source=x&b",
            "?utm_source=x&",
            "?&utm_source=x",
            "?flag&a=1&b=2&fbclid=1&c=3#utm",
            "?utm_term=1&a=1&flag&b=1",
            "?flag&utm_source_code=",
        ] {
            assert!(is_detour(odd), "{odd}");
        }
        for other in [
            "?flag",
            "?utm_source=x",
            "?utm_source=x&a=1#flag&x",
            "?flag&xutm_source=x",
            "?flag&utm_sourcex=x",
            "?flag&a=utm_source=x",
            "?flag#&utm_source=x",
            "?flag&UTM_SOURCE=x",
            "",
        ] {
            assert!(!is_detour(other), "{other}");
        }
    }

    #[test]
    fn what_texts_begin_with_is_said_once() {
        assert_eq!(any_of(&["ab", "abc", "abd", "x.y"]), r"(?:ab(?:c|d)?|x\.y)");
        assert_eq!(any_of(&["ab"]), "ab");
    }
}
