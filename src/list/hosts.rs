//! Lines of hosts files and plain domain lists.

use crate::address::host;
use crate::filter::{Action, Anchor, Case, Common, Conditions, Filter, Glob, Pattern, Polarity, Types};

/// Names in every hosts file that are not there to be blocked.
const LOCAL: &[&str] = &[
    "localhost",
    "localhost.localdomain",
    "local",
    "broadcasthost",
    "ip6-localhost",
    "ip6-loopback",
    "ip6-localnet",
    "ip6-mcastprefix",
    "ip6-allnodes",
    "ip6-allrouters",
    "ip6-allhosts",
    "0.0.0.0",
];

/// Why a line of a hosts file is no filter.
pub(super) const LEADS_ELSEWHERE: &str =
    "the line gives a name a real address, and stops nothing; 0.0.0.0, 127.0.0.1, :: and ::1 stop a name";

/// Reads `0.0.0.0 a.example b.example # note`, dnsmasq's `address=/a.example/`, or a line that is a name and nothing
/// else.
///
/// `None` for other lines.
///
/// # Errors
/// A line that leads names to a real address stops nothing.
pub(super) fn read(line: &str, common: &mut Common) -> Option<Result<Vec<Filter>, &'static str>> {
    // Most lines are filters, and those begin like no address and no name.
    let first = line.bytes().next()?;
    if first.is_ascii() && !first.is_ascii_alphanumeric() && !matches!(first, b':' | b'*') {
        return None;
    }
    let body = without_note(line);
    if let Some(filters) = dnsmasq(body, common) {
        return Some(filters);
    }
    let mut words = body.split_ascii_whitespace();
    let first = words.next()?;
    match words.clone().next() {
        Some(_) => names(words)
            .filter(|_| is_address(first))
            .map(|names| answered(first, names, common)),
        None => alone(body).map(|name| Ok(vec![block(name, common)])),
    }
}

/// A note begins with `#`, behind a space where the line has no other words.
fn without_note(line: &str) -> &str {
    let is_note = |at: usize| line[..at].ends_with([' ', '\t']);
    let note = memchr::memchr_iter(b'#', line.as_bytes()).find(|&at| is_note(at));
    line[..note.unwrap_or(line.len())].trim_end()
}

fn is_address(word: &str) -> bool {
    // `fe80::1%lo0`: an address on one of the machine's networks.
    let address = word.split('%').next().unwrap_or_default();
    address == "0" || address.parse::<std::net::IpAddr>().is_ok()
}

/// Names that an address answers for.
fn answered(address: &str, names: Vec<String>, common: &mut Common) -> Result<Vec<Filter>, &'static str> {
    let foreign = names.into_iter().filter(|name| !LOCAL.contains(&name.as_str()));
    let filters: Vec<Filter> = foreign.map(|name| block(name, common)).collect();
    match filters.is_empty() || is_nowhere(address) {
        true => Ok(filters),
        false => Err(LEADS_ELSEWHERE),
    }
}

/// Whether nothing answers there but the machine itself.
fn is_nowhere(address: &str) -> bool {
    address == "0"
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_unspecified() || address.is_loopback())
}

/// `*.name` is the name and what is below it, as every name here is.
fn names<'a>(words: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    words
        .map(|word| host::to_ascii(word.strip_prefix("*.").unwrap_or(word)))
        .collect()
}

/// A line that is the name of a host.
fn alone(body: &str) -> Option<String> {
    let name = body.strip_prefix("*.").unwrap_or(body);
    let is_name = name.contains('.') && !name.starts_with('.');
    host::to_ascii(name).filter(|name| is_name && is_domain(name))
}

/// dnsmasq's `address=/a.example/b.example/0.0.0.0`, and `local=` and `server=` for names that nobody is asked about.
fn dnsmasq(body: &str, common: &mut Common) -> Option<Result<Vec<Filter>, &'static str>> {
    let (key, value) = body.split_once("=/")?;
    if !matches!(key, "address" | "local" | "server") {
        return None;
    }
    let (hosts, address) = value.rsplit_once('/')?;
    let names = names(hosts.split('/'))?;
    let filters = names.into_iter().map(|name| block(name, common)).collect();
    let stops = matches!(address, "" | "#") || key == "address" && is_nowhere(address);
    Some(if stops { Ok(filters) } else { Err(LEADS_ELSEWHERE) })
}

/// A last label of letters: `example.com`, but neither `-ad.2` nor `1.2`.
fn is_domain(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let edges_ok = name
        .split('.')
        .all(|label| !label.starts_with('-') && !label.ends_with('-'));
    edges_ok
        && !name.contains('_')
        && last.len() > 1
        && (last.starts_with("xn--") || last.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// A hosts file stops every request to the host, pages too, but not those to its subdomains; blockers read it as
/// `||host^`.
fn block(name: String, common: &mut Common) -> Filter {
    Filter {
        line: 0,
        polarity: Polarity::Apply,
        pattern: Pattern::Glob(Glob {
            anchor: Anchor::Host,
            text: name + "^",
            ends: false,
        }),
        case: Case::Ignored,
        when: common.share(Conditions::of_kinds(Types::default_for(&Action::Block))),
        target: false,
        important: false,
        badfilter: false,
        action: Action::Block,
    }
}
