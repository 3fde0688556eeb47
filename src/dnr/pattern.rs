//! Patterns as `urlFilter`, `regexFilter` or `requestDomains`.

use super::{Condition, Unsupported, re2};
use crate::filter::{Anchor, Filter, Glob, Pattern};

/// Puts the filter's pattern into the condition. A pattern that is nothing but a host becomes a `requestDomains`
/// entry, so that thousands of such lines make one rule.
pub(super) fn put(condition: &mut Condition, filter: &Filter) -> Result<(), Unsupported> {
    match &filter.pattern {
        Pattern::Any => {}
        Pattern::Regex(source) => {
            re2::check(source)?;
            condition.regex_filter = Some(source.clone());
            condition.is_url_filter_case_sensitive = filter.match_case;
        }
        Pattern::Glob(glob) => match glob.host().filter(|host| !host.starts_with('[')) {
            Some(host) if filter.to.include.is_empty() => {
                condition.request_domains.insert(host.to_owned());
            }
            _ => {
                condition.url_filter = Some(url_filter(glob)?);
                condition.is_url_filter_case_sensitive = filter.match_case && has_letters(glob);
            }
        },
    }
    Ok(())
}

/// Spells a glob for the browser. An open end that happens to look like an anchor is kept open by a `*`.
fn url_filter(glob: &Glob) -> Result<String, Unsupported> {
    let text = glob.text.as_str();
    if text.is_empty() || (glob.anchor == Anchor::Host && text.starts_with('^')) {
        return Err(Unsupported::NeverMatches);
    }
    let start = match glob.anchor {
        // `||*` is refused by browsers; anything before the text is what it means.
        Anchor::Host if text.starts_with('*') => "",
        Anchor::Host => "||",
        Anchor::Start => "|",
        Anchor::Anywhere if text.starts_with('|') => "*",
        Anchor::Anywhere => "",
    };
    let end = match glob.ends {
        true => "|",
        false if text.ends_with('|') => "*",
        false => "",
    };
    Ok(format!("{start}{text}{end}"))
}

/// Letter case matters only where there are letters behind the host.
fn has_letters(glob: &Glob) -> bool {
    let rest = match glob.anchor {
        Anchor::Host => &glob.text[glob.text.find(['/', '^', '?', '*', ':']).unwrap_or(glob.text.len())..],
        _ => glob.text.as_str(),
    };
    rest.bytes().any(|byte| byte.is_ascii_alphabetic())
}
