//! Requests made up from filters: one that the filter is meant for, and one that misses it narrowly.

use detick::filter::{Anchor, Domain, Filter, Party, Pattern, Types};

/// A request as text.
#[derive(Clone, Debug)]
pub struct Made {
    pub url: String,
    pub source_url: String,
    pub kind: &'static str,
    pub method: &'static str,
}

/// The request that the filter is for; `None` where a regex or a scheme leaves nothing to make up.
pub fn hit(filter: &Filter) -> Option<Made> {
    let url = url(filter)?;
    Some(Made {
        source_url: format!("https://{}/", source_host(filter, &url)?),
        kind: kind(filter.when.types)?,
        method: "GET",
        url,
    })
}

/// A request like [`hit`]'s, with a letter put into the middle of the pattern's longest word.
pub fn near_miss(filter: &Filter) -> Option<Made> {
    let made = hit(filter)?;
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let after_scheme = made.url.find("://")? + 3;
    let words = made.url[after_scheme..].split(|c: char| !is_word(c));
    let word = words.filter(|word| word.len() > 1).max_by_key(|word| word.len())?;
    let at = made.url[after_scheme..].find(word)? + after_scheme + word.len() / 2;
    let (before, after) = made.url.split_at(at);
    Some(Made {
        url: format!("{before}q{after}"),
        ..made
    })
}

fn url(filter: &Filter) -> Option<String> {
    let glob = match &filter.pattern {
        Pattern::Regex(_) => return None,
        Pattern::Any => return Some(format!("https://{}/x", target_host(filter)?)),
        Pattern::Glob(glob) => glob,
    };
    // What stands for `*` must leave a host a host: `||a.*/x`, `||a.example*x`.
    let text = glob
        .text
        .replace(".*", ".com")
        .replace("-*", "-x1")
        .replace('*', "/x1")
        .replace('^', "/");
    let text = match text.ends_with('.') && !text.contains('/') {
        true => text + "example",
        false => text,
    };
    let end = if glob.ends { "" } else { "z" };
    Some(match glob.anchor {
        Anchor::Start if text.contains("://") => text + end,
        Anchor::Start => return None,
        Anchor::Host => format!("https://{text}{}", if text.contains('/') { end } else { "/" }),
        Anchor::Anywhere => {
            let slash = if text.starts_with(['/', '.', ':']) { "" } else { "/" };
            format!("https://{}{slash}{text}{end}", target_host(filter)?)
        }
    })
}

fn target_host(filter: &Filter) -> Option<String> {
    match filter.when.to.include.first() {
        None => Some("host.example".to_owned()),
        Some(domain) => name(domain),
    }
}

fn source_host(filter: &Filter, url: &str) -> Option<String> {
    let host = url.split("://").nth(1)?.split(['/', '?', ':']).next()?;
    match (filter.when.from.include.first(), filter.when.party) {
        (Some(domain), _) => name(domain),
        (None, Party::First | Party::StrictFirst) => Some(host.to_owned()),
        (None, _) => Some("page.example".to_owned()),
    }
}

fn name(domain: &Domain) -> Option<String> {
    match domain {
        Domain::Host(name) => Some(name.clone()),
        Domain::Entity(name) => Some(format!("{name}.com")),
        Domain::Regex(_) => None,
    }
}

fn kind(types: Types) -> Option<&'static str> {
    const KINDS: &[(Types, &str)] = &[
        (Types::SCRIPT, "script"),
        (Types::IMAGE, "image"),
        (Types::XHR, "xmlhttprequest"),
        (Types::SUBDOCUMENT, "sub_frame"),
        (Types::STYLESHEET, "stylesheet"),
        (Types::FONT, "font"),
        (Types::MEDIA, "media"),
        (Types::PING, "ping"),
        (Types::OBJECT, "object"),
        (Types::DOCUMENT, "main_frame"),
        (Types::CSP_REPORT, "csp_report"),
        (Types::WEBSOCKET, "websocket"),
        (Types::OTHER, "other"),
    ];
    KINDS
        .iter()
        .find(|(one, _)| types.contains(*one))
        .map(|&(_, kind)| kind)
}
