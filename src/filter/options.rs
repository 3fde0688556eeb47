//! The part of a line behind its `$`.

use super::modifier::{Header, Param, ParamTest, Redirect, RedirectMode, SkipStep, Transform};
use super::{Action, Domain, Domains, Filter, Methods, ParseError, Party, Pattern, Polarity, Reason, Types};
use crate::regex::{self, RegexError};

/// What the options of one line come to, before the pattern is known.
#[derive(Debug, Default)]
pub(super) struct Options {
    plus: Option<Types>,
    minus: Option<Types>,
    party: Party,
    from: Domains,
    to: Domains,
    denyallow: Vec<Domain>,
    with: Vec<Vec<String>>,
    target: bool,
    methods: Methods,
    header: Option<String>,
    important: bool,
    badfilter: bool,
    pub(super) match_case: bool,
    action: Option<(String, Action)>,
}

/// Names that are options in some list syntax; decides which `$` and which `,` begins an option.
fn is_known(name: &str) -> bool {
    Types::from_option(name).is_some() || unsupported(name).is_some() || is_noop(name) || KNOWN.contains(&name)
}

const KNOWN: &[&str] = &[
    "all",
    "third-party",
    "3p",
    "first-party",
    "1p",
    "strict1p",
    "strict-first-party",
    "strict3p",
    "strict-third-party",
    "domain",
    "from",
    "to",
    "denyallow",
    "with",
    "target",
    "method",
    "header",
    "important",
    "badfilter",
    "match-case",
    "redirect",
    "redirect-rule",
    "rewrite",
    "empty",
    "mp4",
    "removeparam",
    "queryprune",
    "urlskip",
    "uritransform",
    "urltransform",
    "csp",
    "permissions",
    "removeheader",
    "reason",
];

/// Options of other blockers that Detick refuses, and why.
fn unsupported(name: &str) -> Option<&'static str> {
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

fn is_noop(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte == b'_')
}

/// Where the options begin: the byte offset of the `$` before them, or `None` for a line without options.
///
/// A `$` may also stand in a pattern or a regex: the first one that is followed by nothing but known options
/// is meant, else the last one that is followed by something like options (so that a mistake is reported, not
/// matched as text).
pub(super) fn find(line: &str, start: usize) -> Option<usize> {
    let dollars = || line[start..].match_indices('$').map(|(at, _)| at + start);
    let names_of = |at: usize| split(&line[at + 1..]).map(|(_, option)| name_of(option));
    if let Some(at) = dollars().find(|&at| names_of(at).all(is_known)) {
        return Some(at);
    }
    let whole_regex = line.len() > start + 1 && line[start..].starts_with('/') && line.ends_with('/');
    if whole_regex {
        return None;
    }
    dollars().rfind(|&at| begins_like_options(&line[at + 1..]) || names_of(at).all(looks_like_option))
}

fn looks_like_option(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
}

/// Whether the first word is an option's name, in whatever case, and what follows it may follow an option or be meant to.
fn begins_like_options(text: &str) -> bool {
    let word = text.trim_start_matches(['~', ' ', ',']);
    let end = word
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .unwrap_or(word.len());
    let (name, rest) = word.split_at(end);
    is_known(&name.to_ascii_lowercase()) && (rest.is_empty() || rest.starts_with([',', '=', ';', ' ']))
}

fn name_of(option: &str) -> &str {
    let option = option.strip_prefix('~').unwrap_or(option);
    option.split_once('=').map_or(option, |(name, _)| name)
}

/// Splits at commas, giving byte offsets. A comma behind a backslash belongs to the value, and so does one
/// behind a `/` (a regex has commas: `{6,}`) unless a known option follows it.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &text[start..];
        let end = rest
            .match_indices(',')
            .map(|(at, _)| at)
            .find(|&at| is_boundary(rest, at));
        next = end.map(|at| start + at + 1);
        Some((start, &rest[..end.unwrap_or(rest.len())]))
    })
}

fn is_boundary(option: &str, comma: usize) -> bool {
    if option[..comma].ends_with('\\') {
        return false;
    }
    let in_regex = option[..comma]
        .split_once('=')
        .is_some_and(|(_, value)| value.contains('/'));
    !in_regex || is_known(name_of(option[comma + 1..].split(',').next().unwrap_or_default()))
}

pub(super) fn read(line: &str, start: usize, polarity: Polarity) -> Result<Options, ParseError> {
    let mut options = Options::default();
    for (offset, option) in split(&line[start..]) {
        options
            .add(option, polarity)
            .map_err(|reason| reason.at(line, start + offset))?;
    }
    options.types_left().map_err(|reason| reason.at(line, start))?;
    Ok(options)
}

impl Options {
    fn add(&mut self, option: &str, polarity: Polarity) -> Result<(), Reason> {
        let (negated, body) = match option.strip_prefix('~') {
            Some(body) => (true, body),
            None => (false, option),
        };
        let (name, value) = match body.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (body, None),
        };
        if let Some(types) = Types::from_option(name) {
            refuse_value(name, value)?;
            let side = if negated { &mut self.minus } else { &mut self.plus };
            *side = Some(side.unwrap_or(Types::empty()) | types);
            return Ok(());
        }
        if self.add_switch(name, value, negated)? || is_noop(name) {
            return Ok(());
        }
        if negated {
            return Err(Reason::NotNegatable(name.to_owned()));
        }
        if self.add_condition(name, value)? {
            return Ok(());
        }
        let action = read_action(name, value, polarity)?;
        match &self.action {
            Some((other, _)) => Err(Reason::TwoActions(name.to_owned(), other.clone())),
            None => {
                self.action = Some((name.to_owned(), action));
                Ok(())
            }
        }
    }

    /// Options without a value; says whether `name` is one.
    fn add_switch(&mut self, name: &str, value: Option<&str>, negated: bool) -> Result<bool, Reason> {
        match (name, negated) {
            ("third-party" | "3p", false) | ("first-party" | "1p", true) => self.party = Party::Third,
            ("first-party" | "1p", false) | ("third-party" | "3p", true) => self.party = Party::First,
            ("strict1p" | "strict-first-party", false) => self.party = Party::StrictFirst,
            ("strict3p" | "strict-third-party", false) => self.party = Party::StrictThird,
            ("important", false) => self.important = true,
            ("target", false) => self.target = true,
            ("badfilter", false) => self.badfilter = true,
            ("match-case", false) => self.match_case = true,
            ("all", false) => self.plus = Some(Types::all()),
            _ => return Ok(false),
        }
        refuse_value(name, value)?;
        Ok(true)
    }

    /// Conditions with a value; says whether `name` is one.
    fn add_condition(&mut self, name: &str, value: Option<&str>) -> Result<bool, Reason> {
        let value = || {
            value
                .filter(|value| !value.is_empty())
                .ok_or_else(|| Reason::MissingValue(name.to_owned()))
        };
        match name {
            "domain" | "from" => self.from = read_domains(name, value()?)?,
            "to" => self.to = read_domains(name, value()?)?,
            "denyallow" => self.denyallow = read_denyallow(value()?)?,
            "with" => self.with = read_with(value()?)?,
            "method" => self.methods = read_methods(value()?)?,
            "header" => self.header = Some(value()?.to_owned()),
            // A note to readers of the list.
            "reason" => drop(value()?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn types_left(&self) -> Result<(), Reason> {
        match (self.plus, self.minus) {
            (Some(plus), Some(minus)) if (plus - minus).is_empty() => Err(Reason::NoTypes),
            _ => Ok(()),
        }
    }

    pub(super) fn into_filter(self, polarity: Polarity, pattern: Pattern) -> Filter {
        let action = self.action.map_or(Action::Block, |(_, action)| action);
        let types = self.plus.unwrap_or_else(|| Types::default_for(&action)) - self.minus.unwrap_or(Types::empty());
        Filter {
            line: 0,
            polarity,
            pattern,
            match_case: self.match_case,
            types,
            party: self.party,
            from: self.from,
            to: self.to,
            denyallow: self.denyallow,
            with: self.with,
            target: self.target,
            methods: self.methods,
            header: self.header,
            important: self.important,
            badfilter: self.badfilter,
            action,
        }
    }
}

fn refuse_value(name: &str, value: Option<&str>) -> Result<(), Reason> {
    match value {
        Some(_) => Err(Reason::UnexpectedValue(name.to_owned())),
        None => Ok(()),
    }
}

fn bad(name: &str, value: &str) -> Reason {
    Reason::BadValue(name.to_owned(), value.to_owned())
}

fn read_domains(name: &str, value: &str) -> Result<Domains, Reason> {
    Domains::read(value).map_err(|(_, entry)| bad(name, entry))
}

fn read_denyallow(value: &str) -> Result<Vec<Domain>, Reason> {
    let domains = read_domains("denyallow", value)?;
    match domains.exclude.is_empty() {
        true => Ok(domains.include),
        false => Err(bad("denyallow", value)),
    }
}

/// `with=a&b|c`: a and b, or c.
fn read_with(value: &str) -> Result<Vec<Vec<String>>, Reason> {
    let group = |text: &str| text.split('&').map(str::to_owned).collect::<Vec<_>>();
    let groups: Vec<Vec<String>> = value.split('|').map(group).collect();
    let broken = |name: &String| name.is_empty() || name.contains(['=', '?', '#', ' ']);
    match groups.iter().flatten().any(broken) {
        true => Err(bad("with", value)),
        false => Ok(groups),
    }
}

/// `method=post|put`, or `method=~get|~head` for all but those.
fn read_methods(value: &str) -> Result<Methods, Reason> {
    let (mut only, mut but) = (Methods::empty(), Methods::empty());
    for entry in value.split('|') {
        let (side, name) = match entry.strip_prefix('~') {
            Some(name) => (&mut but, name),
            None => (&mut only, entry),
        };
        *side |= Methods::from_name(&name.to_ascii_uppercase()).ok_or_else(|| bad("method", entry))?;
    }
    match only.is_empty() {
        true => Ok(Methods::all() - but),
        false if (only - but).is_empty() => Err(bad("method", value)),
        false => Ok(only - but),
    }
}

/// What the filter does, from an option that is neither a type nor a condition.
fn read_action(name: &str, value: Option<&str>, polarity: Polarity) -> Result<Action, Reason> {
    let value = value.map(|value| value.replace("\\,", ","));
    let value = value.as_deref().filter(|value| !value.is_empty());
    if let ("csp", Some(value), Polarity::Apply) = (name, value, polarity) {
        refuse_reports(value)?;
    }
    let action = match (value, polarity) {
        (Some(value), _) => action_with(name, value),
        (None, Polarity::Except) => bare_action(name),
        (None, Polarity::Apply) => action_without_value(name),
    };
    let action = action.ok_or_else(|| match (unsupported(name), value) {
        (Some(why), _) => Reason::UnsupportedOption(name.to_owned(), why),
        (None, _) if !KNOWN.contains(&name) => Reason::UnknownOption(name.to_owned()),
        (None, Some(value)) => bad(name, value),
        (None, None) => Reason::MissingValue(name.to_owned()),
    })?;
    let refuse = |error: RegexError| Reason::UnsupportedOption(name.to_owned(), error.why());
    check_regexes(&action).map_err(refuse)?;
    Ok(action)
}

/// Tried here, so that an author hears of a regex that cannot be matched.
fn check_regexes(action: &Action) -> Result<(), RegexError> {
    match action {
        Action::RemoveParam(Param::Only(ParamTest::Regex { source, ignore_case }))
        | Action::RemoveParam(Param::AllBut(ParamTest::Regex { source, ignore_case })) => {
            regex::check(source, *ignore_case)
        }
        Action::UrlSkip(steps) => steps.iter().try_for_each(|step| match step {
            SkipStep::Regex(source) => regex::check(source, false),
            _ => Ok(()),
        }),
        Action::UriTransform(Some(transform)) => regex::check(&transform.from, transform.ignore_case),
        _ => Ok(()),
    }
}

/// A policy may forbid; one that reports sends the page's address to a server of the list author's choice.
fn refuse_reports(policy: &str) -> Result<(), Reason> {
    let directives = policy
        .split(';')
        .filter_map(|directive| directive.split_ascii_whitespace().next());
    let reports = ["report-uri", "report-to"];
    let mut found = directives.filter_map(|name| reports.into_iter().find(|report| name.eq_ignore_ascii_case(report)));
    match found.next() {
        Some(report) => Err(Reason::Reports(report)),
        None => Ok(()),
    }
}

fn action_with(name: &str, value: &str) -> Option<Action> {
    Some(match name {
        "redirect" => Action::Redirect(Redirect::read(value, RedirectMode::BlockAndAnswer)?),
        "redirect-rule" => Action::Redirect(Redirect::read(value, RedirectMode::AnswerOnly)?),
        "rewrite" => {
            let resource = value.strip_prefix("abp-resource:")?;
            Action::Redirect(Redirect::read(resource, RedirectMode::BlockAndAnswer)?)
        }
        "removeparam" | "queryprune" => Action::RemoveParam(Param::read(Some(value))?),
        "urlskip" => Action::UrlSkip(SkipStep::read_all(value)?),
        "uritransform" | "urltransform" => Action::UriTransform(Some(Transform::read(value)?)),
        "csp" => Action::Csp(value.to_owned()),
        "permissions" => Action::Permissions(value.replace('|', ", ")),
        "removeheader" => Action::RemoveHeader(Some(Header::read(value)?)),
        _ => return None,
    })
}

/// `$removeparam`, `$empty` and `$mp4` mean something without a value.
fn action_without_value(name: &str) -> Option<Action> {
    match name {
        "removeparam" | "queryprune" => Some(Action::RemoveParam(Param::All)),
        "empty" => action_with("redirect", "nooptext"),
        "mp4" => action_with("redirect", "noopmp4-1s"),
        _ => None,
    }
}

/// In an exception an option without its value excepts from all filters of the kind.
fn bare_action(name: &str) -> Option<Action> {
    let redirect = |mode| {
        Some(Action::Redirect(Redirect {
            resource: String::new(),
            priority: 0,
            mode,
        }))
    };
    match name {
        "redirect" => redirect(RedirectMode::BlockAndAnswer),
        "redirect-rule" => redirect(RedirectMode::AnswerOnly),
        "urlskip" => Some(Action::UrlSkip(Vec::new())),
        "uritransform" | "urltransform" => Some(Action::UriTransform(None)),
        "csp" => Some(Action::Csp(String::new())),
        "permissions" => Some(Action::Permissions(String::new())),
        "removeheader" => Some(Action::RemoveHeader(None)),
        _ => action_without_value(name),
    }
}
