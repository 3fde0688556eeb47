//! The names of options, and what each stands for.

use crate::filter::Types;

/// Names that are options in some list syntax; decides which `$` and which `,` begins an option.
pub(super) fn is_known(name: &str) -> bool {
    Types::from_option(name).is_some() || known(name).is_some() || is_noop(name) || unsupported(name).is_some()
}

/// What an option's name stands for, kinds of request aside.
#[derive(Clone, Copy)]
pub(super) enum Known {
    Switch(Switch),
    Value(Value),
    Act(Act),
}

/// Options without a value.
#[derive(Clone, Copy)]
pub(super) enum Switch {
    All,
    Third,
    First,
    StrictThird,
    StrictFirst,
    Important,
    Target,
    BadFilter,
    MatchCase,
}

/// Conditions with a value.
#[derive(Clone, Copy)]
pub(super) enum Value {
    From,
    To,
    DenyAllow,
    With,
    Method,
    Header,
    Reason,
}

/// Options that say what the filter does.
#[derive(Clone, Copy)]
pub(super) enum Act {
    Redirect,
    RedirectRule,
    Rewrite,
    Empty,
    Mp4,
    RemoveParam,
    UrlSkip,
    UriTransform,
    Csp,
    Permissions,
    RemoveHeader,
}

/// Every option but kinds of request ([`Types::from_option`]) by its names: what is not here is unknown, and what is
/// must be read.
const OPTIONS: &[(&str, Known)] = &[
    ("all", Known::Switch(Switch::All)),
    ("third-party", Known::Switch(Switch::Third)),
    ("3p", Known::Switch(Switch::Third)),
    ("first-party", Known::Switch(Switch::First)),
    ("1p", Known::Switch(Switch::First)),
    ("strict1p", Known::Switch(Switch::StrictFirst)),
    ("strict-first-party", Known::Switch(Switch::StrictFirst)),
    ("strict3p", Known::Switch(Switch::StrictThird)),
    ("strict-third-party", Known::Switch(Switch::StrictThird)),
    ("domain", Known::Value(Value::From)),
    ("from", Known::Value(Value::From)),
    ("to", Known::Value(Value::To)),
    ("denyallow", Known::Value(Value::DenyAllow)),
    ("with", Known::Value(Value::With)),
    ("target", Known::Switch(Switch::Target)),
    ("method", Known::Value(Value::Method)),
    ("header", Known::Value(Value::Header)),
    ("important", Known::Switch(Switch::Important)),
    ("badfilter", Known::Switch(Switch::BadFilter)),
    ("match-case", Known::Switch(Switch::MatchCase)),
    ("redirect", Known::Act(Act::Redirect)),
    ("redirect-rule", Known::Act(Act::RedirectRule)),
    ("rewrite", Known::Act(Act::Rewrite)),
    ("empty", Known::Act(Act::Empty)),
    ("mp4", Known::Act(Act::Mp4)),
    ("removeparam", Known::Act(Act::RemoveParam)),
    ("queryprune", Known::Act(Act::RemoveParam)),
    ("urlskip", Known::Act(Act::UrlSkip)),
    ("uritransform", Known::Act(Act::UriTransform)),
    ("urltransform", Known::Act(Act::UriTransform)),
    ("csp", Known::Act(Act::Csp)),
    ("permissions", Known::Act(Act::Permissions)),
    ("removeheader", Known::Act(Act::RemoveHeader)),
    ("reason", Known::Value(Value::Reason)),
];

pub(super) fn known(name: &str) -> Option<Known> {
    let found = OPTIONS.iter().find(|(own, _)| *own == name);
    found.map(|&(_, meaning)| meaning)
}

/// Options of other blockers that Detick refuses, and why.
pub(super) fn unsupported(name: &str) -> Option<&'static str> {
    Some(match name {
        "ipaddress" | "cname" => "the browser does not tell an extension the server's address in time",
        "replace" | "hls" | "jsonprune" | "xmlprune" => "it rewrites the body of answers",
        "inline-script" | "inline-font" => "write it as $csp=",
        "webrtc" => "no browser reports WebRTC as a request",
        "cookie" => "cookies are not filtered by list lines",
        "elemhide" | "ehide" | "generichide" | "ghide" | "specifichide" | "shide" => "it is about hiding elements",
        "genericblock" | "urlblock" | "content" | "jsinject" | "extension" | "stealth" | "referrerpolicy" => {
            "it switches another blocker's own features"
        }
        "app" | "network" | "dnstype" | "dnsrewrite" | "client" | "ctag" => "it is for DNS and system-wide filters",
        "replacecookie" | "trusted" | "requestheader" | "responseheader" | "sitekey" => "no browser offers it",
        _ => return None,
    })
}

pub(super) fn is_noop(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte == b'_')
}
