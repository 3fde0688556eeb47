//! Patterns as `urlFilter`, `regexFilter` or `requestDomains`.

use super::{Condition, Unsupported, re2};
use crate::filter::{Anchor, Case, Filter, Glob, Pattern};

/// Puts the filter's pattern into the condition. A pattern that is nothing but a host becomes a `requestDomains`
/// entry, so that thousands of such lines make one rule; so does the host of `||host/path`, so that lines with the
/// same path make one.
pub(super) fn put(condition: &mut Condition, filter: &Filter) -> Result<(), Unsupported> {
    match &filter.pattern {
        Pattern::Any => {}
        Pattern::Regex(source) => {
            re2::check(source, filter.case)?;
            condition.regex_filter = Some(source.clone());
            condition.is_url_filter_case_sensitive = filter.case == Case::Exact;
        }
        Pattern::Glob(glob) => match glob.host().filter(|host| !host.starts_with('[')) {
            Some(host) if filter.when.to.include.is_empty() => {
                condition.request_domains.insert(host.to_owned());
            }
            _ => {
                let (host, glob) = match filter.when.to.include.is_empty() {
                    true => split_host(glob),
                    false => (None, glob.clone()),
                };
                condition.request_domains.extend(host);
                condition.url_filter = Some(url_filter(&glob)?);
                condition.is_url_filter_case_sensitive = filter.case == Case::Exact && has_letters(&glob);
            }
        },
    }
    Ok(())
}

/// `||ads.example.com/path` -> `ads.example.com` and `||com/path`: `||` may stand before any label, so that the two
/// together mean the same. Addresses of numbers have no labels.
pub(super) fn split_host(glob: &Glob) -> (Option<String>, Glob) {
    let Some(host) = glob.host_part().filter(|host| !host.starts_with('[')) else {
        return (None, glob.clone());
    };
    let (_, last) = host.rsplit_once('.').unwrap_or(("", host));
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return (None, glob.clone());
    }
    let text = glob.text[host.len() - last.len()..].to_owned();
    (Some(host.to_owned()), Glob { text, ..glob.clone() })
}

/// Undoes [`split_host`] for a host that was merged with no other: one short pattern is enough.
pub(super) fn join_host(condition: &mut Condition) {
    let (Some(url_filter), Some(host)) = (&condition.url_filter, condition.request_domains.first()) else {
        return;
    };
    let last = host.rsplit('.').next().unwrap_or(host);
    let rest = url_filter.strip_prefix("||").and_then(|text| text.strip_prefix(last));
    let Some(rest) = rest.filter(|rest| rest.starts_with(['/', '^', ':', '?'])) else {
        return;
    };
    if condition.request_domains.len() == 1 {
        condition.url_filter = Some(format!("||{host}{rest}"));
        condition.request_domains.clear();
    }
}

/// Spells a glob for the browser.
fn url_filter(glob: &Glob) -> Result<String, Unsupported> {
    let text = glob.text.as_str();
    if text.is_empty() || (glob.anchor == Anchor::Host && text.starts_with('^')) {
        return Err(Unsupported::NeverMatches);
    }
    let end = match glob.ends {
        true => "|",
        false if text.ends_with('|') => "*",
        false => "",
    };
    Ok(beginning(glob) + end)
}

/// A glob up to its end. An open start that happens to look like an anchor is kept open by a `*`.
pub(super) fn beginning(Glob { anchor, text, .. }: &Glob) -> String {
    // Browsers refuse `||*`; what it means is: anywhere.
    let (anchor, text) = match text.strip_prefix('*') {
        Some(rest) => (&Anchor::Anywhere, rest.trim_start_matches('*')),
        None => (anchor, text.as_str()),
    };
    let start = match anchor {
        Anchor::Host => "||",
        Anchor::Start => "|",
        Anchor::Anywhere if text.starts_with('|') => "*",
        Anchor::Anywhere => "",
    };
    format!("{start}{text}")
}

/// Letter case matters only where there are letters behind the host.
fn has_letters(glob: &Glob) -> bool {
    let rest = match glob.anchor {
        Anchor::Host => &glob.text[glob.text.find(['/', '^', '?', '*', ':']).unwrap_or(glob.text.len())..],
        _ => glob.text.as_str(),
    };
    rest.bytes().any(|byte| byte.is_ascii_alphabetic())
}
