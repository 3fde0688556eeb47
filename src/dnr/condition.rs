//! The conditions of a filter, one by one.

use super::{Browser, Condition, DomainType, HeaderTest, Settings, Unsupported, entity, pattern, types};
use crate::address::host::is_within;
use crate::filter::{Conditions, Domain, Domains, Filter, Having, Methods, Party, Pattern, Types};
use crate::sort;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The condition of `filter` for requests of the given `kinds` (a filter may need several rules).
pub(super) fn of(filter: &Filter, kinds: Types, settings: &Settings) -> Result<Condition, Unsupported> {
    let Conditions {
        types: _,
        party,
        from,
        to,
        denyallow,
        // Of lines about links, which are spelt out first.
        with: _,
        methods,
        header,
    } = &*filter.when;
    let mut condition = Condition::default();
    pattern::put(&mut condition, filter)?;
    types::put(&mut condition, kinds, settings.browser);
    condition.domain_type = domain_type(*party)?;
    put_from(&mut condition, from)?;
    put_to(&mut condition, to)?;
    put_denyallow(&mut condition, denyallow)?;
    put_methods(&mut condition, *methods);
    if let Some(test) = header {
        condition.response_headers = vec![header_test(test, settings.browser)?];
    }
    Ok(condition)
}

/// The condition for links. A page that is opened is its own page: `$domain=` means its own host, `$third-party`
/// nothing at all.
pub(super) fn of_page(filter: &Filter, kinds: Types, settings: &Settings) -> Result<Condition, Unsupported> {
    let party = match filter.when.party {
        Party::Third | Party::StrictThird => return Err(Unsupported::NeverMatches),
        _ => Party::Any,
    };
    let of_any = Filter {
        when: Arc::new(Conditions {
            party,
            ..Conditions::clone(&filter.when)
        }),
        ..filter.clone()
    };
    let mut condition = of(&of_any, kinds, settings)?;
    let pages = std::mem::take(&mut condition.initiator_domains);
    let excluded = std::mem::take(&mut condition.excluded_initiator_domains);
    condition.excluded_request_domains.extend(excluded);
    condition.request_domains = match (pages.is_empty(), condition.request_domains.is_empty()) {
        (true, _) => condition.request_domains,
        (false, true) => pages,
        (false, false) => in_both(&condition.request_domains, &pages),
    };
    match condition.request_domains.is_empty() && !filter.when.from.include.is_empty() {
        true => Err(Unsupported::NeverMatches),
        false => Ok(condition),
    }
}

/// Hosts that are within one of each set.
fn in_both(these: &BTreeSet<String>, those: &BTreeSet<String>) -> BTreeSet<String> {
    let inner = |host: &&String, others: &BTreeSet<String>| others.iter().any(|other| is_within(host, other));
    let left = these.iter().filter(|host| inner(host, those));
    let right = those.iter().filter(|host| inner(host, these));
    sort::set(left.chain(right).cloned())
}

/// Whether the filter has no condition beside its pattern.
pub(super) fn is_unconditional(filter: &Filter) -> bool {
    filter.when.having() == Having::NOTHING
}

/// Whether the filter has no condition beside its pattern, its kinds of request and their party.
pub(super) fn has_pattern_only(filter: &Filter) -> bool {
    let Having {
        party: _,
        hosts,
        others,
    } = filter.when.having();
    !hosts && !others
}

/// The hosts of a filter that is about whole hosts and nothing else.
pub(super) fn whole_hosts(filter: &Filter) -> Option<BTreeSet<String>> {
    let Having {
        party,
        hosts: _,
        others,
    } = filter.when.having();
    let Conditions { from, to, .. } = &*filter.when;
    if party || others || !from.exclude.is_empty() || !to.exclude.is_empty() {
        return None;
    }
    match &filter.pattern {
        Pattern::Glob(glob) if is_unconditional(filter) => Some(sort::set([glob.host()?.to_owned()])),
        Pattern::Any if from.is_empty() && !to.is_empty() => hosts(&to.include).ok(),
        Pattern::Any if to.is_empty() && !from.is_empty() => hosts(&from.include).ok(),
        _ => None,
    }
}

/// Makes the condition leave `host` alone; says whether anything is left to match.
pub(super) fn exclude(condition: &mut Condition, host: &str) -> bool {
    if condition.request_domains.is_empty() {
        condition.excluded_request_domains.insert(host.to_owned());
        return true;
    }
    condition.request_domains.retain(|own| !is_within(own, host));
    if condition.request_domains.iter().any(|wide| is_within(host, wide)) {
        condition.excluded_request_domains.insert(host.to_owned());
    }
    !condition.request_domains.is_empty()
}

fn domain_type(party: Party) -> Result<Option<DomainType>, Unsupported> {
    match party {
        Party::Any => Ok(None),
        Party::First => Ok(Some(DomainType::FirstParty)),
        Party::Third => Ok(Some(DomainType::ThirdParty)),
        Party::StrictFirst | Party::StrictThird => Err(Unsupported::StrictParty),
    }
}

fn put_from(condition: &mut Condition, from: &Domains) -> Result<(), Unsupported> {
    let (include, exclude) = hosts_of(from)?;
    condition.initiator_domains = include;
    condition.excluded_initiator_domains = exclude;
    Ok(())
}

fn put_to(condition: &mut Condition, to: &Domains) -> Result<(), Unsupported> {
    let (include, exclude) = hosts_of(to)?;
    condition.request_domains.extend(include);
    condition.excluded_request_domains = exclude;
    Ok(())
}

fn put_denyallow(condition: &mut Condition, denyallow: &[Domain]) -> Result<(), Unsupported> {
    condition.excluded_request_domains.extend(hosts(denyallow)?);
    Ok(())
}

/// Included and excluded hosts. In a filter the more specific host decides, in a rule the exclusion: exclusions that
/// an included host inside them overrules are dropped where that changes nothing else.
pub(super) fn hosts_of(domains: &Domains) -> Result<(BTreeSet<String>, BTreeSet<String>), Unsupported> {
    let include = hosts(&domains.include)?;
    let mut exclude = hosts(&domains.exclude)?;
    if include.is_empty() {
        return Ok((include, exclude));
    }
    exclude.retain(|host| include.iter().any(|wide| is_within(host, wide)));
    for host in &exclude {
        if let Some(inner) = include.iter().find(|inner| is_within(inner, host)) {
            return Err(Unsupported::NestedDomains(host.clone(), inner.clone()));
        }
    }
    Ok((include, exclude))
}

/// Plain hosts; an entity becomes its hosts under every suffix that is likely.
pub(super) fn hosts(domains: &[Domain]) -> Result<BTreeSet<String>, Unsupported> {
    let mut hosts = BTreeSet::new();
    for domain in domains {
        match domain {
            Domain::Host(host) => drop(hosts.insert(host.clone())),
            Domain::Entity(name) => hosts.extend(entity::expand(name)),
            Domain::Regex(source) => return Err(Unsupported::DomainRegex(source.clone())),
        }
    }
    Ok(hosts)
}

const METHODS: [(Methods, &str); 8] = [
    (Methods::CONNECT, "connect"),
    (Methods::DELETE, "delete"),
    (Methods::GET, "get"),
    (Methods::HEAD, "head"),
    (Methods::OPTIONS, "options"),
    (Methods::PATCH, "patch"),
    (Methods::POST, "post"),
    (Methods::PUT, "put"),
];

/// A set that holds methods without a name is said by what it leaves out.
fn put_methods(condition: &mut Condition, methods: Methods) {
    if methods.is_empty() {
        return;
    }
    let names = |set: Methods| {
        METHODS
            .iter()
            .filter(move |(bit, _)| set.contains(*bit))
            .map(|&(_, name)| name.to_owned())
    };
    match methods.contains(Methods::OTHER) {
        true => condition.excluded_request_methods = sort::set(names(!methods)),
        false => condition.request_methods = sort::set(names(methods)),
    }
}

/// The one method of links.
pub(super) fn get() -> BTreeSet<String> {
    sort::set(["get".to_owned()])
}

/// `name` or `name:value`.
fn header_test(test: &str, browser: Browser) -> Result<HeaderTest, Unsupported> {
    if browser != Browser::Chromium {
        return Err(Unsupported::ResponseHeader);
    }
    let (header, value) = test.split_once(':').unwrap_or((test, ""));
    if value.starts_with(['/', '~']) || value.contains(['*', '?']) {
        return Err(Unsupported::HeaderValue);
    }
    Ok(HeaderTest {
        header: header.to_ascii_lowercase(),
        values: Some(value.to_owned())
            .filter(|value| !value.is_empty())
            .into_iter()
            .collect(),
    })
}
