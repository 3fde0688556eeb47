//! Lines of hosts files and plain domain lists.

use crate::filter::{Action, Anchor, Domains, Filter, Glob, Methods, Party, Pattern, Polarity, Types};
use crate::host;

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

/// Reads `0.0.0.0 a.example b.example # note` or a line that is a host name and nothing else; `None` for other lines.
pub(super) fn read(line: &str) -> Option<Vec<Filter>> {
    // Most lines are filters, and those begin like no address and no name.
    let first = line.bytes().next()?;
    if first.is_ascii() && !first.is_ascii_alphanumeric() && first != b':' {
        return None;
    }
    let body = line.split('#').next().unwrap_or_default().trim();
    let mut words = body.split_ascii_whitespace();
    let first = words.next()?;
    if first.parse::<std::net::IpAddr>().is_ok() && body.len() > first.len() {
        return words
            .map(|name| host::to_ascii(name).map(block))
            .collect::<Option<Vec<_>>>()
            .map(without_local);
    }
    let alone = words.next().is_none() && body == line && line.contains('.') && !line.starts_with('.');
    if !alone {
        return None;
    }
    let name = host::to_ascii(line).filter(|name| is_domain(name))?;
    Some(vec![block(name)])
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

fn without_local(filters: Vec<Filter>) -> Vec<Filter> {
    let local = |filter: &Filter| matches!(&filter.pattern, Pattern::Glob(glob) if glob.host().is_some_and(|host| LOCAL.contains(&host)));
    filters.into_iter().filter(|filter| !local(filter)).collect()
}

/// A hosts file stops every request to the host, pages too, but not those to its subdomains; blockers read it as `||host^`.
fn block(name: String) -> Filter {
    Filter {
        line: 0,
        polarity: Polarity::Apply,
        pattern: Pattern::Glob(Glob {
            anchor: Anchor::Host,
            text: name + "^",
            ends: false,
        }),
        match_case: false,
        types: Types::default_for(&Action::Block),
        party: Party::Any,
        from: Domains::default(),
        to: Domains::default(),
        denyallow: Vec::new(),
        methods: Methods::empty(),
        header: None,
        important: false,
        badfilter: false,
        action: Action::Block,
    }
}
