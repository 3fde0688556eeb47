//! Flaws of one filter.

use super::{Flaw, names};
use crate::address::host::is_within;
use crate::filter::{self, Action, Anchor, Domain, Domains, Filter, Glob, Pattern, Types};
use crate::surrogate;

/// Tells them with their columns.
pub(super) fn flaws(line: &str, filter: &Filter, tell: &mut impl FnMut(u32, Flaw)) {
    let column = |offset: usize| line.get(..offset).map_or(1, |before| before.chars().count() as u32 + 1);
    if line.starts_with('@') && !line.starts_with("@@") {
        tell(1, Flaw::Odd("an exception begins with `@@`"));
    }
    if let Some(reason) = never_matches(filter) {
        tell(1, Flaw::NeverMatches(reason));
    }
    if let Pattern::Regex(source) = &filter.pattern
        && source
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    {
        tell(1, Flaw::RegexLikePath(source.clone()));
    }
    options(&filter::options_of(line), |offset, flaw| tell(column(offset), flaw));
    for domains in [&filter.when.from, &filter.when.to] {
        if let Some(host) = in_and_out(domains) {
            tell(1, Flaw::InAndOut(host.to_owned()));
        }
    }
    if let Some(flaw) = action(filter) {
        tell(1, flaw);
    }
}

/// Options that stand there twice, or against each other.
fn options(options: &[(usize, &str)], mut tell: impl FnMut(usize, Flaw)) {
    let mut seen: Vec<(&str, bool, &str)> = Vec::new();
    for &(offset, written) in options {
        let (name, negated) = names::meaning(written);
        if name.is_empty() {
            continue;
        }
        match seen.iter().find(|(other, ..)| *other == name) {
            Some((_, other, _)) if *other == negated => tell(offset, Flaw::Repeated(written.to_owned())),
            Some((.., other)) => tell(offset, Flaw::Contrary((*other).to_owned(), written.to_owned())),
            None => seen.push((name, negated, written)),
        }
    }
}

fn in_and_out(domains: &Domains) -> Option<&str> {
    let both = domains.include.iter().find(|domain| domains.exclude.contains(domain))?;
    Some(match both {
        Domain::Host(name) | Domain::Entity(name) | Domain::Regex(name) => name,
    })
}

/// What the line does, where it cannot.
fn action(filter: &Filter) -> Option<Flaw> {
    match &filter.action {
        Action::Csp(_) | Action::Permissions(_)
            if !filter.when.types.intersects(Types::DOCUMENT | Types::SUBDOCUMENT) =>
        {
            Some(Flaw::Odd("a policy is for pages and frames only"))
        }
        Action::Redirect(redirect) => {
            let name = redirect.resource.as_str();
            let known = name.is_empty() || surrogate::file(name).is_some() || names::is_surrogate(name);
            (!known).then(|| Flaw::UnknownSurrogate(name.to_owned()))
        }
        _ => None,
    }
}

/// Why no request can be what the filter is about.
fn never_matches(filter: &Filter) -> Option<&'static str> {
    let Pattern::Glob(glob) = &filter.pattern else {
        return None;
    };
    let reason = match glob.anchor {
        Anchor::Host => no_host(glob),
        // A pop-up may have any address.
        Anchor::Start if filter.when.types.contains(Types::POPUP) || begins_like_an_address(&glob.text) => None,
        Anchor::Start => Some("every address begins with http://, https://, ws:// or wss://"),
        Anchor::Anywhere => unknown_scheme(&glob.text),
    };
    // A link has one.
    let is_sent = !filter.is_about_links();
    let fragment = || (is_sent && glob.text.contains('#')).then_some("what is behind a `#` is not sent");
    reason.or_else(fragment).or_else(|| elsewhere(filter, glob))
}

fn no_host(glob: &Glob) -> Option<&'static str> {
    let text = glob.text.as_str();
    if text.starts_with(['^', '/', '.', '|']) || ["http:", "https:"].iter().any(|scheme| text.starts_with(scheme)) {
        return Some("behind `||` there must be a host");
    }
    let (host, rest) = text.split_at(text.find(['/', '^', ':', '?', '*'])?);
    let port = |number: &str| {
        rest.strip_prefix(number)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
    };
    match rest {
        _ if host.ends_with('.') && rest.starts_with(['/', '^', ':']) => Some("no host ends with a dot"),
        _ if rest.starts_with("^/") => Some("the `^` behind the host is the `/` already"),
        _ if port(":80") || port(":443") => Some("browsers leave out the usual port"),
        _ => None,
    }
}

/// Whether what stands behind `|`, up to its first wildcard, can begin an address.
fn begins_like_an_address(text: &str) -> bool {
    let sure = text.split(['*', '^']).next().unwrap_or_default();
    SCHEMES
        .iter()
        .map(|scheme| format!("{scheme}://"))
        .any(|scheme| sure.starts_with(&scheme) || scheme.starts_with(sure))
}

const SCHEMES: [&str; 4] = ["http", "https", "ws", "wss"];

fn unknown_scheme(text: &str) -> Option<&'static str> {
    let (scheme, _) = text.split_once("://")?;
    let is_word = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_known = SCHEMES.iter().any(|known| known.ends_with(scheme));
    (is_word && !is_known).then_some("every address begins with http://, https://, ws:// or wss://")
}

/// `||a.example^$to=b.example`
fn elsewhere(filter: &Filter, glob: &Glob) -> Option<&'static str> {
    let hosts: Vec<&str> = filter.when.to.include.iter().map(host_of).collect::<Option<_>>()?;
    let host = glob.host_part().filter(|_| !hosts.is_empty())?;
    let apart = !hosts.iter().any(|to| is_within(host, to) || is_within(to, host));
    apart.then_some("the pattern's host is none of those in `to=`")
}

fn host_of(domain: &Domain) -> Option<&str> {
    match domain {
        Domain::Host(host) => Some(host),
        Domain::Entity(_) | Domain::Regex(_) => None,
    }
}
