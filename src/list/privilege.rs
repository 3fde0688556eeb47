//! Lines that could do harm in the wrong hands: a list from the web has them only if the user trusts it.

use crate::filter::{Action, Filter, Polarity};

/// Response headers by which a site protects its visitors.
const PROTECTING: &[&str] = &[
    "access-control-allow-origin",
    "content-security-policy",
    "content-security-policy-report-only",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "set-cookie",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
];

/// What the filter would do that needs trust; nothing for all others. Exceptions only keep others from acting.
pub(super) fn needed(filter: &Filter) -> Option<&'static str> {
    if filter.polarity == Polarity::Except || filter.badfilter {
        return None;
    }
    match &filter.action {
        Action::UrlSkip(_) => Some("send links to another address ($urlskip=)"),
        Action::UriTransform(_) => Some("rewrite addresses ($uritransform=)"),
        Action::Csp(_) => Some("set what a page may load ($csp=)"),
        Action::Permissions(_) => Some("set what a page is permitted ($permissions=)"),
        Action::RemoveHeader(Some(header)) if PROTECTING.contains(&header.name.as_str()) => {
            Some("take away a header that protects visitors ($removeheader=)")
        }
        _ => None,
    }
}
