//! The pattern of a filter, and what others say in a pattern only: `$to=`, `$with=`.

use super::{Format, domains};
use crate::address::host::is_within;
use crate::filter::{Action, Anchor, Domain, Filter, Glob, Pattern, Polarity};

/// A pattern of another blocker's, and the option that says where requests go, if it needs one.
pub(super) struct Written {
    pub text: String,
    pub to: Option<String>,
}

/// The patterns of a filter: one line each.
///
/// # Errors
/// What the format lacks.
pub(super) fn write(filter: &Filter, format: Format) -> Result<Vec<Written>, &'static str> {
    let patterns = with(&filter.pattern, &filter.when.with)?;
    let about_parameters = matches!(filter.action, Action::RemoveParam(_));
    let mut written = Vec::new();
    for pattern in &patterns {
        match format {
            Format::Ghostery => written.extend(within(pattern, filter, format)?),
            Format::Adguard if about_parameters && !filter.when.to.is_empty() => {
                written.extend(within(pattern, filter, format)?)
            }
            Format::Ublock if is_like_a_host(pattern) && !filter.when.to.include.is_empty() => {
                // Exact with the option, which AdGuard and Ghostery do without.
                let to = domains::list("to", &filter.when.to, format)?;
                let texts = within(pattern, filter, format)?.into_iter();
                written.extend(texts.map(|Written { text, .. }| Written { text, to: to.clone() }));
            }
            _ => written.push(Written {
                text: text(pattern),
                to: domains::list("to", &filter.when.to, format)?,
            }),
        }
    }
    match written.is_empty() {
        true => Err("no address can match it"),
        false => Ok(written),
    }
}

/// Lines that parameters of `$with=` must stand in: they are written into the pattern, in either order.
fn with(pattern: &Pattern, groups: &[Vec<String>]) -> Result<Vec<Pattern>, &'static str> {
    if groups.is_empty() {
        return Ok(vec![pattern.clone()]);
    }
    let glob = match pattern {
        Pattern::Any => Glob {
            anchor: Anchor::Anywhere,
            text: String::new(),
            ends: false,
        },
        Pattern::Glob(glob) if !glob.ends => glob.clone(),
        _ => return Err("only Detick has $with= beside such a pattern"),
    };
    let orders = groups.iter().map(|group| match group.as_slice() {
        [one] => Ok(vec![format!("^{one}=")]),
        [one, other] => Ok(vec![format!("^{one}=*^{other}="), format!("^{other}=*^{one}=")]),
        _ => Err("only Detick has $with= for three parameters"),
    });
    let orders = orders.collect::<Result<Vec<_>, _>>()?.concat();
    let behind = |start: &str, order: &str| {
        Pattern::Glob(Glob {
            anchor: glob.anchor,
            text: start.to_owned() + order,
            ends: false,
        })
    };
    Ok(match glob.text.strip_suffix('?') {
        // The first parameter stands right behind it.
        Some(_) => orders
            .iter()
            .flat_map(|order| {
                [
                    behind(&glob.text, &order[1..]),
                    behind(&glob.text, &format!("*{order}")),
                ]
            })
            .collect(),
        None if glob.text.is_empty() => orders.iter().map(|order| behind("", order)).collect(),
        None => orders
            .iter()
            .map(|order| behind(&glob.text, &format!("*{order}")))
            .collect(),
    })
}

/// As every one of them reads it.
fn text(pattern: &Pattern) -> String {
    let glob = match pattern {
        Pattern::Any => return "*".to_owned(),
        Pattern::Regex(source) => return format!("/{source}/"),
        Pattern::Glob(glob) => glob,
    };
    let start = match glob.anchor {
        Anchor::Anywhere if glob.text.starts_with(['!', '#', '[', '@', '|']) => "*",
        Anchor::Anywhere => "",
        Anchor::Start => "|",
        Anchor::Host => "||",
    };
    let is_like_regex = glob.anchor == Anchor::Anywhere && glob.text.starts_with('/') && glob.text.ends_with('/');
    let end = match glob.anchor {
        _ if glob.ends => "|",
        _ if is_like_regex => "*",
        // uBlock Origin takes the word for the whole of a host. Behind a host there is always a `/`.
        Anchor::Host if is_like_a_host(pattern) => "*/",
        Anchor::Anywhere if is_like_a_host(pattern) => "*",
        _ => "",
    };
    format!("{start}{}{end}", glob.text)
}

/// Whether uBlock Origin takes the pattern for the name of a host.
fn is_like_a_host(pattern: &Pattern) -> bool {
    let Pattern::Glob(glob) = pattern else {
        return false;
    };
    let text = glob.text.as_bytes();
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    !glob.ends && glob.anchor != Anchor::Start && text.iter().all(name) && edge(text.first()) && edge(text.last())
}

/// The pattern within each host of `$to=`.
fn within(pattern: &Pattern, filter: &Filter, format: Format) -> Result<Vec<Written>, &'static str> {
    let only = |text: String| Written { text, to: None };
    if filter.when.to.include.is_empty() {
        // An exception may hold for more: the other blocker leaves more alone.
        return match filter.when.to.is_empty()
            || (filter.polarity == Polarity::Except && !matches!(filter.action, Action::Block))
        {
            true => Ok(vec![only(text(pattern))]),
            false if format == Format::Ghostery => Err("Ghostery has no $to="),
            false => Err("AdGuard has no $to= for $removeparam="),
        };
    }
    if !filter.when.to.exclude.is_empty() && format != Format::Ublock {
        return Err("a pattern cannot say $to= with exceptions");
    }
    let mut written = Vec::new();
    for domain in &filter.when.to.include {
        let texts = match domain {
            Domain::Host(host) => at(pattern, host)?,
            Domain::Entity(name) => below(pattern, name)?,
            Domain::Regex(_) => return Err("a pattern cannot say a regex of $to="),
        };
        written.extend(texts.into_iter().map(only));
    }
    Ok(written)
}

/// The pattern within `host`; none where it cannot be.
fn at(pattern: &Pattern, host: &str) -> Result<Vec<String>, &'static str> {
    let glob = match pattern {
        Pattern::Any => return Ok(vec![format!("||{host}^")]),
        Pattern::Glob(glob) => glob,
        Pattern::Regex(source) => {
            let regex = up_to(source, host).ok_or("a pattern cannot say $to= of a regex")?;
            return Ok(vec![regex]);
        }
    };
    let end = if glob.ends { "|" } else { "" };
    match glob.anchor {
        Anchor::Start => Err("a pattern cannot say $to= of an address's start"),
        Anchor::Anywhere => {
            let path = path(glob).ok_or("a pattern cannot say $to= of what may be part of a host")?;
            Ok(behind(&format!("||{host}"), path, end))
        }
        Anchor::Host => match glob.host_part() {
            Some(own) if is_within(own, host) => Ok(vec![text(pattern)]),
            Some(own) if is_within(host, own) => Ok(vec![format!("||{host}{}{end}", &glob.text[own.len()..])]),
            Some(_) => Ok(Vec::new()),
            None => begun(glob, host, end),
        },
    }
}

/// A regex that ends at a dot or a dash of the host, and from there to the end of `host`; `None` for any other regex.
fn up_to(source: &str, host: &str) -> Option<String> {
    const IN_A_HOST: &str = r"[^\/?#]";
    let stem = source.strip_suffix("[-.]")?;
    let (_, names) = stem.split_once(r":\/\/")?;
    let stays_in_the_host = !names.replace(IN_A_HOST, "").contains('/');
    let host = host.replace('.', r"\.");
    stays_in_the_host.then(|| format!(r"/{stem}(?:\.|-{IN_A_HOST}*\.)(?:{IN_A_HOST}*\.)?{host}[:\/]/"))
}

/// `||analytics*.tiktok.com^`
fn begun(glob: &Glob, host: &str, end: &str) -> Result<Vec<String>, &'static str> {
    let cut = glob.text.find(['*', '/', '^', ':', '?']).unwrap_or(glob.text.len());
    let (word, rest) = glob.text.split_at(cut);
    if word.is_empty() {
        return Err("a pattern cannot say $to= of this one");
    }
    let names = match word.strip_suffix('.') {
        Some(label) => vec![format!("||{label}.{host}"), format!("||{word}*.{host}")],
        None => vec![format!("||{word}*.{host}")],
    };
    let labels = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
    let whole = std::iter::once(host).chain(labels).any(|label| label.starts_with(word));
    let names = names.into_iter().chain(whole.then(|| format!("||{host}")));
    let path = rest.trim_start_matches('*');
    match (path, rest) {
        ("", _) => Ok(names.map(|name| format!("{name}^{end}")).collect()),
        (path, rest) if path != rest && path.starts_with('/') => {
            Ok(names.flat_map(|name| behind(&name, path, end)).collect())
        }
        _ => Err("a pattern cannot say $to= of this one"),
    }
}

/// What must stand behind the host.
fn path(glob: &Glob) -> Option<&str> {
    glob.text
        .contains(['/', '?', '=', '&', '%'])
        .then_some(glob.text.as_str())
}

/// Right behind a host, or anywhere behind it.
fn behind(host: &str, path: &str, end: &str) -> Vec<String> {
    let anywhere = format!("{host}^*{path}{end}");
    match path.starts_with(['/', '^']) {
        true => vec![format!("{host}{path}{end}"), anywhere],
        false => vec![anywhere],
    }
}

/// The pattern within `name.*`: the name stands alone before a dot. Wider than ours: whoever has a host
/// `name.x.example` is meant too.
fn below(pattern: &Pattern, name: &str) -> Result<Vec<String>, &'static str> {
    match pattern {
        Pattern::Any => Ok(vec![format!("||{name}.*/")]),
        Pattern::Glob(glob) if glob.anchor == Anchor::Anywhere => {
            let path = path(glob).ok_or("a pattern cannot say $to= of what may be part of a host")?;
            Ok(vec![format!("||{name}.*{path}{}", if glob.ends { "|" } else { "" })])
        }
        _ => Err("a pattern cannot say $to= of a name in every country"),
    }
}
