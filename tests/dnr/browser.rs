//! A browser's rule engine, written from the browsers' documentation and slow on purpose: nothing here is shared with
//! the compiler.

use detick::address::psl;
use detick::case::Case;
use detick::dnr::{Condition, DomainType, RedirectTo, ResourceType, Rule, RuleAction};
use detick::regex::Regex;
use std::collections::BTreeSet;

/// A request as `testMatchOutcome` takes it.
pub struct Request<'a> {
    pub url: &'a str,
    /// The host of the page that makes it; empty where there is none.
    pub initiator: &'a str,
    pub kind: ResourceType,
    pub method: &'a str,
}

/// Browsers give up after that many redirects.
pub const MAX_ROUNDS: usize = 20;

/// The rule that decides: the highest priority, then allow before block before redirect.
pub fn winner<'a>(rules: &'a [Rule], request: &Request) -> Option<&'a Rule> {
    let matching = rules.iter().filter(|rule| matches(&rule.condition, request));
    matching.max_by_key(|rule| (rule.priority, rank(&rule.action)))
}

fn rank(action: &RuleAction) -> u8 {
    match action {
        RuleAction::Allow => 4,
        RuleAction::AllowAllRequests => 3,
        RuleAction::Block => 2,
        RuleAction::Redirect { .. } => 1,
        RuleAction::ModifyHeaders { .. } => 0,
    }
}

/// Where a navigation ends up, and after how many internal redirects. A redirect that changes nothing is none, and no
/// other rule is tried in its place.
pub fn navigate(rules: &[Rule], url: &str) -> (String, usize) {
    let mut url = url.to_owned();
    for round in 0..MAX_ROUNDS {
        let request = Request {
            url: &url,
            initiator: "",
            kind: ResourceType::MainFrame,
            method: "get",
        };
        match winner(rules, &request).map(|rule| transformed(&url, &rule.action)) {
            Some(next) if next != url => url = next,
            _ => return (url, round),
        }
    }
    (url, MAX_ROUNDS)
}

fn transformed(url: &str, action: &RuleAction) -> String {
    let RuleAction::Redirect {
        redirect: RedirectTo::Transform(transform),
    } = action
    else {
        return url.to_owned();
    };
    let (before, fragment) = url
        .split_once('#')
        .map_or((url, None), |(before, after)| (before, Some(after)));
    if transform.query.is_some() {
        return before.split('?').next().unwrap().to_owned();
    }
    let Some((path, query)) = before.split_once('?') else {
        return url.to_owned();
    };
    let removed = transform.query_transform.as_ref().map(|query| &query.remove_params);
    let removed: BTreeSet<String> = removed.into_iter().flatten().map(|name| encoded(name)).collect();
    let stays = |pair: &&str| !removed.contains(pair.split('=').next().unwrap());
    let kept: Vec<&str> = query.split('&').filter(stays).collect();
    let mut next = path.to_owned();
    if !kept.is_empty() {
        next += &format!("?{}", kept.join("&"));
    }
    fragment.map_or(next.clone(), |fragment| format!("{next}#{fragment}"))
}

/// `encodeURIComponent`, which browsers apply to the names in rules but not to those in addresses.
fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
    let spelt = |byte| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    name.bytes().map(spelt).collect()
}

/// Whether a request meets a condition.
pub fn matches(condition: &Condition, request: &Request) -> bool {
    let host = host_of(request.url);
    kind(condition, request.kind)
        && is_listed(&condition.request_domains, &condition.excluded_request_domains, host)
        && is_listed(
            &condition.initiator_domains,
            &condition.excluded_initiator_domains,
            request.initiator,
        )
        && party(condition, host, request.initiator)
        && (condition.request_methods.is_empty() || condition.request_methods.contains(request.method))
        && !condition.excluded_request_methods.contains(request.method)
        && condition.response_headers.is_empty()
        && address(condition, request.url, host)
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").unwrap().1;
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = authority.rsplit('@').next().unwrap();
    match host.starts_with('[') {
        true => &host[..=host.find(']').unwrap()],
        false => host.split(':').next().unwrap(),
    }
}

fn kind(condition: &Condition, kind: ResourceType) -> bool {
    match (
        condition.resource_types.is_empty(),
        condition.excluded_resource_types.is_empty(),
    ) {
        (true, true) => kind != ResourceType::MainFrame,
        (false, _) => condition.resource_types.contains(&kind),
        (true, false) => !condition.excluded_resource_types.contains(&kind),
    }
}

fn is_listed(included: &BTreeSet<String>, excluded: &BTreeSet<String>, host: &str) -> bool {
    let own = std::iter::once(host).chain(host.match_indices('.').map(|(dot, _)| &host[dot + 1..]));
    let within = |hosts: &BTreeSet<String>| own.clone().any(|domain| hosts.contains(domain));
    (included.is_empty() || within(included)) && !within(excluded)
}

fn party(condition: &Condition, host: &str, initiator: &str) -> bool {
    let first = psl::registrable(host) == psl::registrable(initiator);
    match condition.domain_type {
        None => true,
        Some(DomainType::FirstParty) => first,
        Some(DomainType::ThirdParty) => !first,
    }
}

fn address(condition: &Condition, url: &str, host: &str) -> bool {
    let exact = condition.is_url_filter_case_sensitive;
    if let Some(regex) = &condition.regex_filter {
        return Regex::new(regex, if exact { Case::Exact } else { Case::Ignored })
            .unwrap()
            .is_match(url);
    }
    let Some(filter) = &condition.url_filter else {
        return true;
    };
    url_filter(filter, url, host, exact)
}

fn url_filter(filter: &str, url: &str, host: &str, exact: bool) -> bool {
    let host_start = url.find(host).unwrap_or(0);
    let (anchor, body) = match (filter.strip_prefix("||"), filter.strip_prefix('|')) {
        (Some(body), _) => (2, body),
        (None, Some(body)) => (1, body),
        (None, None) => (0, filter),
    };
    let (body, ends) = body.strip_suffix('|').map_or((body, false), |body| (body, true));
    let found = |start: usize| here(body.as_bytes(), ends, &url.as_bytes()[start..], exact);
    match anchor {
        2 => found(host_start) || host.match_indices('.').any(|(dot, _)| found(host_start + dot + 1)),
        1 => found(0),
        _ => (0..=url.len()).any(found),
    }
}

fn here(filter: &[u8], ends: bool, url: &[u8], exact: bool) -> bool {
    match (filter, url) {
        ([], rest) => !ends || rest.is_empty(),
        ([b'*', filter @ ..], _) => (0..=url.len()).any(|skipped| here(filter, ends, &url[skipped..], exact)),
        ([b'^', filter @ ..], []) => here(filter, ends, url, exact),
        ([b'^', filter @ ..], [byte, url @ ..]) => {
            !(byte.is_ascii_alphanumeric() || b"_-.%".contains(byte)) && here(filter, ends, url, exact)
        }
        ([wanted, filter @ ..], [byte, url @ ..]) => {
            let same = if exact {
                wanted == byte
            } else {
                wanted.eq_ignore_ascii_case(byte)
            };
            same && here(filter, ends, url, exact)
        }
        (_, []) => false,
    }
}
