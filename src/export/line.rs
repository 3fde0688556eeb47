//! One filter as lines of another blocker.

mod action;

use super::{Format, Said, domains, pattern};
use crate::filter::{Action, Case, Conditions, Filter, Methods, Party, Polarity, Types};
use action::{act, escape};

/// The lines that mean in `format` what the filter means here.
///
/// # Errors
/// What the format lacks.
pub(super) fn write(filter: &Filter, format: Format) -> Said<Vec<String>> {
    let Filter {
        line: _,
        polarity,
        // In `pattern`.
        pattern: _,
        case,
        when,
        // Without the word an exception holds for the address itself.
        target: _,
        important,
        badfilter,
        action,
    } = filter;
    let Conditions {
        types,
        party,
        from,
        to,
        denyallow,
        // In `pattern`.
        with: _,
        methods,
        header,
    } = &**when;
    let mut options = kinds(*types, action, format)?;
    options.extend(side(*party, format)?);
    options.extend(domains::list("domain", from, format)?);
    options.extend(method(*methods, format)?);
    options.extend(domains::denied(denyallow, from, to, format)?);
    if let Some(test) = header {
        refuse(format, &[Format::Ghostery], "Ghostery has no $header=")?;
        options.push(format!("header={}", escape(test, format)));
    }
    let flags = [
        (*case == Case::Exact, "match-case"),
        (*important, "important"),
        (*badfilter, "badfilter"),
    ];
    options.extend(
        flags
            .into_iter()
            .filter(|(is_set, _)| *is_set)
            .map(|(_, name)| name.to_owned()),
    );
    options.extend(act(action, *polarity, format)?);
    let patterns = pattern::write(filter, format)?;
    let except = if *polarity == Polarity::Except { "@@" } else { "" };
    patterns
        .into_iter()
        .map(|pattern| {
            let options: Vec<String> = options.iter().cloned().chain(pattern.to).collect();
            match options.is_empty() {
                true if pattern.text.contains('$') => Err("its pattern has a `$`"),
                true => Ok(format!("{except}{}", pattern.text)),
                false => Ok(format!("{except}{}${}", pattern.text, options.join(","))),
            }
        })
        .collect()
}

/// What the other blocker asks for before the filter acts.
pub(super) fn condition(filter: &Filter, format: Format) -> Option<&'static str> {
    let rewrites = matches!(filter.action, Action::UrlSkip(_) | Action::UriTransform(_));
    (rewrites && filter.polarity == Polarity::Apply && format == Format::Ublock)
        .then_some("act only in a list that uBlock Origin trusts ($urlskip=, $uritransform=)")
}

fn refuse(format: Format, these: &[Format], why: &'static str) -> Said<()> {
    match these.contains(&format) {
        true => Err(why),
        false => Ok(()),
    }
}

const KINDS: [(Types, &str); 12] = [
    (Types::DOCUMENT, "document"),
    (Types::SUBDOCUMENT, "subdocument"),
    (Types::SCRIPT, "script"),
    (Types::IMAGE, "image"),
    (Types::STYLESHEET, "stylesheet"),
    (Types::FONT, "font"),
    (Types::OBJECT, "object"),
    (Types::XHR, "xmlhttprequest"),
    (Types::PING, "ping"),
    (Types::MEDIA, "media"),
    (Types::WEBSOCKET, "websocket"),
    (Types::OTHER, "other"),
];

/// The kinds of request, where they are not those that the other blocker takes a line without any for.
fn kinds(types: Types, action: &Action, format: Format) -> Said<Vec<String>> {
    let here = Types::default_for(action);
    let pages_too = Types::all() - Types::POPUP;
    let stops = matches!(action, Action::Block | Action::Redirect(_));
    let there = match format {
        Format::Ublock if stops => here,
        // For uBlock Origin these are for every request.
        Format::Ublock if matches!(action, Action::RemoveParam(_) | Action::UriTransform(_)) => Types::empty(),
        Format::Ghostery => pages_too,
        _ if stops => pages_too,
        _ => here,
    };
    if types == there {
        return Ok(Vec::new());
    }
    if types == Types::all() && format != Format::Ghostery {
        return Ok(vec!["all".to_owned()]);
    }
    if types.contains(Types::POPUP) && format == Format::Ghostery {
        let others = types - Types::POPUP;
        return if others.is_empty() {
            Err("Ghostery has no $popup")
        } else {
            kinds(others, action, format)
        };
    }
    let names = |set: Types| {
        KINDS
            .into_iter()
            .filter(move |(kind, _)| set.contains(*kind))
            .map(|(_, name)| name)
    };
    // `~document` stands for nothing in uBlock Origin, whose lines are for no pages anyway.
    let missing = there - types;
    if (types - there).is_empty() && names(missing).count() <= 3 && types.contains(Types::CSP_REPORT) {
        return Ok(names(missing).map(|name| format!("~{name}")).collect());
    }
    let mut positive: Vec<String> = names(types).map(str::to_owned).collect();
    if types.contains(Types::POPUP) {
        positive.push("popup".to_owned());
    }
    match positive.is_empty() {
        true => Err("only Detick tells apart what browsers report to a policy's address"),
        false => Ok(positive),
    }
}

fn side(party: Party, format: Format) -> Said<Option<String>> {
    let exact = |name: &str| match format {
        Format::Ublock => Ok(Some(name.to_owned())),
        _ => Err("only uBlock Origin compares whole hosts ($strict1p, $strict3p)"),
    };
    match party {
        Party::Any => Ok(None),
        Party::Third => Ok(Some("third-party".to_owned())),
        Party::First => Ok(Some("~third-party".to_owned())),
        Party::StrictFirst => exact("strict1p"),
        Party::StrictThird => exact("strict3p"),
    }
}

fn method(methods: Methods, format: Format) -> Said<Option<String>> {
    if methods.is_empty() {
        return Ok(None);
    }
    refuse(format, &[Format::Ghostery], "Ghostery has no $method=")?;
    // What has no name is said by what is left out.
    let (sign, set) = match methods.contains(Methods::OTHER) {
        true => ("~", !methods),
        false => ("", methods),
    };
    let names: Vec<String> = set
        .iter_names()
        .map(|(name, _)| format!("{sign}{}", name.to_ascii_lowercase()))
        .collect();
    Ok(Some(format!("method={}", names.join("|"))))
}
