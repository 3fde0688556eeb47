use crate::filter::*;
use crate::regex::Regex;
use crate::request::Request;
use crate::{host, psl};

/// Whether all conditions of `filter` hold.
pub fn matches(filter: &Filter, request: &Request) -> bool {
    filter.types.contains(request.types)
        && filter.methods.allow(request.method)
        && filter.header.is_none()
        && party(filter.party, request)
        && domains(&filter.from, request.source_host())
        && domains(&filter.to, request.host())
        && !filter
            .denyallow
            .iter()
            .any(|domain| length(domain, request.host()).is_some())
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
    match domain {
        Domain::Host(name) => (!host.is_empty() && host::is_within(host, name)).then_some(name.len()),
        Domain::Entity(name) => {
            let suffix = psl::suffix(host);
            let before = host.strip_suffix(suffix)?.strip_suffix('.')?;
            host::is_within(before, name).then_some(name.len() + 1 + suffix.len())
        }
        Domain::Regex(source) => Regex::new(source, false).ok()?.is_match(host).then_some(host.len()),
    }
}

fn pattern(filter: &Filter, request: &Request) -> bool {
    let url = match filter.match_case {
        true => request.url(),
        false => request.url_lower(),
    };
    match &filter.pattern {
        Pattern::Any => true,
        Pattern::Regex(source) => {
            let regex = Regex::new(source, !filter.match_case);
            regex.is_ok_and(|regex| regex.is_match(request.url()))
        }
        Pattern::Glob(glob) => {
            let host = request.host_range();
            let bytes = url.as_bytes();
            let starts: Vec<usize> = match glob.anchor {
                Anchor::Start => vec![0],
                Anchor::Anywhere => (0..=bytes.len()).collect(),
                Anchor::Host => host
                    .clone()
                    .filter(|&at| at == host.start || bytes[at - 1] == b'.')
                    .collect(),
            };
            starts
                .into_iter()
                .any(|at| glob_at(glob.text.as_bytes(), glob.ends, bytes, at))
        }
    }
}

fn glob_at(glob: &[u8], ends: bool, url: &[u8], at: usize) -> bool {
    match (glob, url.get(at)) {
        ([], next) => !ends || next.is_none(),
        ([b'*', rest @ ..], _) => (at..=url.len()).any(|at| glob_at(rest, ends, url, at)),
        ([b'^', rest @ ..], None) => glob_at(rest, ends, url, at),
        ([b'^', rest @ ..], Some(&byte)) => is_separator(byte) && glob_at(rest, ends, url, at + 1),
        ([wanted, rest @ ..], Some(byte)) => wanted == byte && glob_at(rest, ends, url, at + 1),
        (_, None) => false,
    }
}
