//! The meaning of filters, written as plainly as possible: every filter is compared with every request.

use detick::address::{host, psl};
use detick::filter::{
    Action, Anchor, Case, Conditions, Domain, Domains, Filter, Party, Pattern, Polarity, RedirectMode, is_separator,
};
use detick::list::List;
use detick::regex::Regex;
use detick::request::Request;
use detick::surrogate;

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Nothing,
    Block,
    Allow,
    Redirect(String),
}

/// Decides by trying all filters of all lists.
pub fn decide(lists: &[List], request: &Request) -> Decision {
    let all = || lists.iter().flat_map(|list| &list.filters);
    let in_force = |filter: &&Filter| !filter.badfilter && !all().any(|bad| filter.is_cancelled_by(bad));
    let matching: Vec<&Filter> = all()
        .filter(in_force)
        .filter(|filter| matches(filter, request))
        .collect();
    let stops = matching.iter().filter(|filter| stops(filter));
    let important = stops.clone().any(|filter| filter.important);
    if stops.count() == 0 {
        return Decision::Nothing;
    }
    let excepts = |filter: &&&Filter| filter.polarity == Polarity::Except && filter.action == Action::Block;
    if matching
        .iter()
        .filter(excepts)
        .any(|filter| filter.important || !important)
    {
        return Decision::Allow;
    }
    redirect(&matching).map_or(Decision::Block, |name| Decision::Redirect(name.to_owned()))
}

/// Whether the filter stops requests by itself.
pub fn stops(filter: &Filter) -> bool {
    let does = match &filter.action {
        Action::Block => true,
        Action::Redirect(redirect) => redirect.mode == RedirectMode::BlockAndAnswer,
        _ => false,
    };
    does && filter.polarity == Polarity::Apply
}

fn redirect(matching: &[&Filter]) -> Option<&'static str> {
    let of = |wanted: Polarity| {
        let filters = matching.iter().filter(move |filter| filter.polarity == wanted);
        filters.filter_map(|filter| match &filter.action {
            Action::Redirect(redirect) => Some(redirect),
            _ => None,
        })
    };
    let excepted = |name: &str| of(Polarity::Except).any(|other| other.resource.is_empty() || other.resource == name);
    let offered = of(Polarity::Apply).filter(|redirect| !excepted(&redirect.resource));
    let offered = offered.filter_map(|redirect| Some((redirect.priority, surrogate::file(&redirect.resource)?)));
    // Of equal ones the first: `max_by_key` would give the last.
    let best = offered.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    Some(best.1)
}

/// Whether all conditions of `filter` hold.
pub fn matches(filter: &Filter, request: &Request) -> bool {
    let Conditions {
        types,
        party: side,
        from,
        to,
        denyallow,
        // For links alone.
        with: _,
        methods,
        header,
    } = &*filter.when;
    request.is_on_the_web()
        && types.contains(request.types)
        && methods.allow(request.method)
        && header.is_none()
        && party(*side, request)
        && domains(from, request.source_host())
        && domains(to, request.host())
        && !denyallow.iter().any(|domain| length(domain, request.host()).is_some())
        && pattern(filter, request)
}

fn party(party: Party, request: &Request) -> bool {
    match party {
        Party::Any => true,
        Party::First => !request.is_third_party(),
        Party::Third => request.is_third_party(),
        Party::StrictFirst => !request.is_other_host(),
        Party::StrictThird => request.is_other_host(),
    }
}

fn domains(domains: &Domains, host: &str) -> bool {
    let longest = |list: &[Domain]| list.iter().filter_map(|domain| length(domain, host)).max();
    match (longest(&domains.include), longest(&domains.exclude)) {
        (Some(include), Some(exclude)) => include > exclude,
        (None, _) if !domains.include.is_empty() => false,
        (_, exclude) => exclude.is_none(),
    }
}

/// How much of `host` the entry names, when it is for that host.
fn length(domain: &Domain, host: &str) -> Option<usize> {
    if host.is_empty() {
        return None;
    }
    match domain {
        Domain::Host(name) => host::is_within(host, name).then_some(name.len()),
        Domain::Entity(name) => {
            let suffix = psl::suffix(host);
            let before = host.strip_suffix(suffix)?.strip_suffix('.')?;
            host::is_within(before, name).then_some(name.len() + 1 + suffix.len())
        }
        Domain::Regex(source) => Regex::new(source, Case::Ignored)
            .ok()?
            .is_match(host)
            .then_some(host.len()),
    }
}

fn pattern(filter: &Filter, request: &Request) -> bool {
    let url = match filter.case {
        Case::Exact => request.url(),
        Case::Ignored => request.url_lower(),
    };
    let glob = match &filter.pattern {
        Pattern::Any => return true,
        Pattern::Regex(source) => {
            return Regex::new(source, filter.case).is_ok_and(|regex| regex.is_match(request.url()));
        }
        Pattern::Glob(glob) => glob,
    };
    let (bytes, host) = (url.as_bytes(), request.host_range());
    let may_begin = |at: &usize| match glob.anchor {
        Anchor::Start => *at == 0,
        Anchor::Anywhere => true,
        Anchor::Host => host.contains(at) && (*at == host.start || bytes[at - 1] == b'.'),
    };
    let mut starts = (0..=bytes.len()).filter(may_begin);
    starts.any(|at| glob_at(glob.text.as_bytes(), glob.ends, bytes, at))
}

fn glob_at(glob: &[u8], ends: bool, url: &[u8], at: usize) -> bool {
    match (glob, url.get(at)) {
        ([], next) => !ends || next.is_none(),
        ([b'*', rest @ ..], _) => (at..=url.len()).any(|at| glob_at(rest, ends, url, at)),
        // Only the last `^` may be the end.
        ([b'^'], None) => true,
        ([b'^', rest @ ..], Some(&byte)) => is_separator(byte) && glob_at(rest, ends, url, at + 1),
        ([wanted, rest @ ..], Some(byte)) => wanted == byte && glob_at(rest, ends, url, at + 1),
        (_, None) => false,
    }
}
