//! `$urlskip=`: which navigations go to the page that decodes where a redirector leads.
//!
//! Conditions only: the rule needs the extension's address, which is known at run time. The regex finds the whole
//! address, so that `\0` hands it on complete. Rules cannot decode, and need not: they only tell which addresses are
//! worth the detour, the engine does the rest.

use super::condition::{self, get};
use super::numbered::Numbered;
use super::{Condition, ResourceType, Settings, Unsupported, re2};
use crate::case::Case;
use crate::filter::{Action, Anchor, Filter, Pattern, Polarity, SkipStep};
use crate::sort;
use std::collections::{BTreeMap, BTreeSet};

/// Conditions for all `$urlskip` lines together, equal ones merged, and the lines that could not be said.
pub(super) fn conditions(filters: &[Numbered<'_>], settings: &Settings) -> (Vec<Condition>, Vec<(u32, Unsupported)>) {
    let mut groups: BTreeMap<String, Condition> = BTreeMap::new();
    let mut left_alone = BTreeSet::new();
    let mut refused = Vec::new();
    for Numbered { number, filter } in filters {
        match one(filter, settings) {
            Ok(Found::Detour(condition)) => merge(&mut groups, *condition),
            Ok(Found::LeftAlone(hosts)) => left_alone.extend(hosts),
            Err(why) => refused.push((*number, why)),
        }
    }
    let mut conditions: Vec<Condition> = groups.into_values().collect();
    conditions.retain_mut(|condition| left_alone.iter().all(|host| condition::exclude(condition, host)));
    (conditions, refused)
}

enum Found {
    Detour(Box<Condition>),
    LeftAlone(BTreeSet<String>),
}

fn one(filter: &Filter, settings: &Settings) -> Result<Found, Unsupported> {
    let Action::UrlSkip(steps) = &filter.action else {
        return Err(Unsupported::NeverMatches);
    };
    if filter.polarity == Polarity::Except {
        let hosts = condition::whole_hosts(filter).ok_or(Unsupported::PathException)?;
        return Ok(Found::LeftAlone(hosts));
    }
    if steps.contains(&SkipStep::Blocked) {
        return Err(Unsupported::SkipIfBlocked);
    }
    let mut condition = condition::of_page(filter, crate::filter::Types::DOCUMENT, settings)?;
    let regex = whole_address(&filter.pattern, steps.first());
    re2::check(&regex, Case::Ignored)?;
    if let Pattern::Glob(glob) = &filter.pattern
        && let Some(host) = glob.host_part()
        && condition.request_domains.is_empty()
    {
        condition.request_domains.insert(host.to_owned());
    }
    condition.url_filter = None;
    condition.regex_filter = Some(regex);
    condition.resource_types = sort::set([ResourceType::MainFrame]);
    condition.request_methods = get();
    Ok(Found::Detour(Box::new(condition)))
}

fn merge(groups: &mut BTreeMap<String, Condition>, mut condition: Condition) {
    let hosts = std::mem::take(&mut condition.request_domains);
    // A condition is nothing that JSON cannot hold.
    let rest = serde_json::to_string(&condition).unwrap_or_default();
    let key = format!("{} {rest}", hosts.is_empty());
    groups.entry(key).or_insert(condition).request_domains.extend(hosts);
}

/// A regex that finds a whole address: the pattern, and behind it the parameter that holds the target.
fn whole_address(pattern: &Pattern, first: Option<&SkipStep>) -> String {
    let mut regex = match pattern {
        Pattern::Any => "^https?://".to_owned(),
        Pattern::Regex(source) if source.starts_with('^') => source.clone(),
        Pattern::Regex(source) => format!("^.*(?:{source})"),
        Pattern::Glob(glob) => match glob.host_part() {
            Some(host) => format!("^https?://{}", after_host(&glob.text[host.len()..])),
            None => format!("{}{}", start(glob.anchor), translate(&glob.text)),
        },
    };
    let ends = matches!(pattern, Pattern::Glob(glob) if glob.ends);
    match first {
        // A list's own regex says itself what must follow.
        _ if matches!(pattern, Pattern::Regex(_)) => regex.push_str(".*"),
        _ if ends => regex.push('$'),
        Some(SkipStep::Param(name)) => regex.push_str(&param(&regex, name)),
        _ => regex.push_str(".*"),
    }
    regex
}

/// What follows a host that `requestDomains` already names.
fn after_host(rest: &str) -> String {
    match rest {
        "^" | "/" => String::new(),
        _ => format!("[^/?#]+{}", translate(rest)),
    }
}

/// The parameter, wherever it stands behind what was found; a pattern that ends with its `?` has found that already.
fn param(before: &str, name: &str) -> String {
    let name = re2::escape(name);
    match before.ends_with("\\?") {
        true => format!("(?:.*&)?{name}=.*"),
        false => format!(".*[?&]{name}=.*"),
    }
}

fn start(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Anywhere => "^https?://.*",
        Anchor::Start => "^",
        Anchor::Host => "^https?://(?:[^/?#]*\\.)?",
    }
}

fn translate(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '*' => ".*".to_owned(),
            '^' => "[^\\w.%-]".to_owned(),
            other => re2::escape(other.encode_utf8(&mut [0; 4])),
        })
        .collect()
}
