//! The part of a line behind its `$`.

use super::modifier::{Header, Param, ParamTest, Redirect, RedirectMode, SkipStep, Transform};
use super::{
    Action, Case, Conditions, Domain, Domains, Filter, Methods, ParseError, Party, Pattern, Polarity, Reason, Types,
};
use crate::regex::{self, RegexError};

/// What the options of one line come to, before the pattern is known.
#[derive(Debug)]
pub(super) struct Options {
    plus: Option<Types>,
    minus: Option<Types>,
    when: Conditions,
    pub(super) case: Case,
    target: bool,
    important: bool,
    badfilter: bool,
    action: Option<(String, Action)>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            plus: None,
            minus: None,
            when: Conditions::of_kinds(Types::empty()),
            case: Case::default(),
            target: false,
            important: false,
            badfilter: false,
            action: None,
        }
    }
}

/// Names that are options in some list syntax; decides which `$` and which `,` begins an option.
fn is_known(name: &str) -> bool {
    Types::from_option(name).is_some() || known(name).is_some() || is_noop(name) || unsupported(name).is_some()
}

/// What an option's name stands for, kinds of request aside.
#[derive(Clone, Copy)]
enum Known {
    Switch(Switch),
    Value(Value),
    Act(Act),
}

/// Options without a value.
#[derive(Clone, Copy)]
enum Switch {
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
enum Value {
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
enum Act {
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

fn known(name: &str) -> Option<Known> {
    let found = OPTIONS.iter().find(|(own, _)| *own == name);
    found.map(|&(_, meaning)| meaning)
}

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
    let first = start + memchr::memchr(b'$', &line.as_bytes()[start..])?;
    let dollars = || line[first..].match_indices('$').map(move |(at, _)| at + first);
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

/// Whether the first word is an option's name, in whatever case, and what follows it may follow an option or be meant
/// to.
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

/// The options of a filter line as they are written, each with its byte offset; none where the line has none.
///
/// ```
/// assert_eq!(detick::filter::options_of("||a.example^$script,3p"), [(13, "script"), (20, "3p")]);
/// ```
pub fn options_of(line: &str) -> Vec<(usize, &str)> {
    let start = if line.starts_with("@@") { 2 } else { 0 };
    let begin = find(line, start).map(|dollar| dollar + 1);
    let options = begin
        .into_iter()
        .flat_map(|begin| split(&line[begin..]).map(move |(at, option)| (begin + at, option)));
    options.collect()
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
        match known(name) {
            _ if is_noop(name) => Ok(()),
            Some(Known::Switch(switch)) => self.add_switch(switch, name, value, negated),
            Some(_) if negated => Err(Reason::NotNegatable(name.to_owned())),
            Some(Known::Value(known)) => self.add_value(known, name, value),
            Some(Known::Act(act)) => self.add_action(act, name, value, polarity),
            None => Err(match unsupported(name) {
                _ if negated => Reason::NotNegatable(name.to_owned()),
                Some(why) => Reason::UnsupportedOption(name.to_owned(), why),
                None => Reason::UnknownOption(name.to_owned()),
            }),
        }
    }

    fn add_action(&mut self, act: Act, name: &str, value: Option<&str>, polarity: Polarity) -> Result<(), Reason> {
        let action = read_action(act, name, value, polarity)?;
        match &self.action {
            Some((other, _)) => Err(Reason::TwoActions(name.to_owned(), other.clone())),
            None => {
                self.action = Some((name.to_owned(), action));
                Ok(())
            }
        }
    }

    fn add_switch(&mut self, switch: Switch, name: &str, value: Option<&str>, negated: bool) -> Result<(), Reason> {
        match (switch, negated) {
            (Switch::Third, false) | (Switch::First, true) => self.when.party = Party::Third,
            (Switch::First, false) | (Switch::Third, true) => self.when.party = Party::First,
            (_, true) => return Err(Reason::NotNegatable(name.to_owned())),
            (Switch::StrictFirst, false) => self.when.party = Party::StrictFirst,
            (Switch::StrictThird, false) => self.when.party = Party::StrictThird,
            (Switch::Important, false) => self.important = true,
            (Switch::Target, false) => self.target = true,
            (Switch::BadFilter, false) => self.badfilter = true,
            (Switch::MatchCase, false) => self.case = Case::Exact,
            (Switch::All, false) => self.plus = Some(Types::all()),
        }
        refuse_value(name, value)
    }

    fn add_value(&mut self, known: Value, name: &str, value: Option<&str>) -> Result<(), Reason> {
        let value = value
            .filter(|value| !value.is_empty())
            .ok_or_else(|| Reason::MissingValue(name.to_owned()))?;
        match known {
            Value::From => self.when.from = read_domains(name, value)?,
            Value::To => self.when.to = read_domains(name, value)?,
            Value::DenyAllow => self.when.denyallow = read_denyallow(value)?,
            Value::With => self.when.with = read_with(value)?,
            Value::Method => self.when.methods = read_methods(value)?,
            Value::Header => self.when.header = Some(value.to_owned()),
            // A note to readers of the list.
            Value::Reason => {}
        }
        Ok(())
    }

    fn types_left(&self) -> Result<(), Reason> {
        match (self.plus, self.minus) {
            (Some(plus), Some(minus)) if (plus - minus).is_empty() => Err(Reason::NoTypes),
            _ => Ok(()),
        }
    }

    pub(super) fn into_filter(self, line: u32, polarity: Polarity, pattern: Pattern) -> Filter {
        let action = self.action.map_or(Action::Block, |(_, action)| action);
        let types = self.plus.unwrap_or_else(|| Types::default_for(&action)) - self.minus.unwrap_or(Types::empty());
        let Options {
            plus: _,
            minus: _,
            when,
            case,
            target,
            important,
            badfilter,
            action: _,
        } = self;
        Filter {
            line,
            polarity,
            pattern,
            case,
            when: Conditions { types, ..when },
            target,
            important,
            badfilter,
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

/// What the filter does.
fn read_action(act: Act, name: &str, value: Option<&str>, polarity: Polarity) -> Result<Action, Reason> {
    let value = value.map(|value| value.replace("\\,", ","));
    let value = value.as_deref().filter(|value| !value.is_empty());
    if let (Act::Csp, Some(value), Polarity::Apply) = (act, value, polarity) {
        refuse_reports(value)?;
    }
    let action = match (value, polarity) {
        (Some(value), _) => action_with(act, value),
        (None, Polarity::Except) => bare_action(act),
        (None, Polarity::Apply) => action_without_value(act),
    };
    let action = action.ok_or_else(|| match value {
        Some(value) => bad(name, value),
        None => Reason::MissingValue(name.to_owned()),
    })?;
    let refuse = |error: RegexError| Reason::UnsupportedOption(name.to_owned(), error.why());
    check_regexes(&action).map_err(refuse)?;
    Ok(action)
}

/// Tried here, so that an author hears of a regex that cannot be matched.
fn check_regexes(action: &Action) -> Result<(), RegexError> {
    match action {
        Action::RemoveParam(Param::Only(ParamTest::Regex { source, case }))
        | Action::RemoveParam(Param::AllBut(ParamTest::Regex { source, case })) => regex::check(source, *case),
        Action::UrlSkip(steps) => steps.iter().try_for_each(|step| match step {
            SkipStep::Regex(source) => regex::check(source, Case::Exact),
            _ => Ok(()),
        }),
        Action::UriTransform(Some(transform)) => regex::check(&transform.from, transform.case),
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

fn action_with(act: Act, value: &str) -> Option<Action> {
    Some(match act {
        Act::Redirect => Action::Redirect(Redirect::read(value, RedirectMode::BlockAndAnswer)?),
        Act::RedirectRule => Action::Redirect(Redirect::read(value, RedirectMode::AnswerOnly)?),
        Act::Rewrite => {
            let resource = value.strip_prefix("abp-resource:")?;
            Action::Redirect(Redirect::read(resource, RedirectMode::BlockAndAnswer)?)
        }
        Act::RemoveParam => Action::RemoveParam(Param::read(Some(value))?),
        Act::UrlSkip => Action::UrlSkip(SkipStep::read_all(value)?),
        Act::UriTransform => Action::UriTransform(Some(Transform::read(value)?)),
        Act::Csp => Action::Csp(value.to_owned()),
        Act::Permissions => Action::Permissions(value.replace('|', ", ")),
        Act::RemoveHeader => Action::RemoveHeader(Some(Header::read(value)?)),
        Act::Empty | Act::Mp4 => return None,
    })
}

/// `$removeparam`, `$empty` and `$mp4` mean something without a value.
fn action_without_value(act: Act) -> Option<Action> {
    match act {
        Act::RemoveParam => Some(Action::RemoveParam(Param::All)),
        Act::Empty => action_with(Act::Redirect, "nooptext"),
        Act::Mp4 => action_with(Act::Redirect, "noopmp4-1s"),
        Act::Redirect
        | Act::RedirectRule
        | Act::Rewrite
        | Act::UrlSkip
        | Act::UriTransform
        | Act::Csp
        | Act::Permissions
        | Act::RemoveHeader => None,
    }
}

/// In an exception an option without its value excepts from all filters of the kind.
fn bare_action(act: Act) -> Option<Action> {
    let redirect = |mode| {
        Some(Action::Redirect(Redirect {
            resource: String::new(),
            priority: 0,
            mode,
        }))
    };
    match act {
        Act::Redirect => redirect(RedirectMode::BlockAndAnswer),
        Act::RedirectRule => redirect(RedirectMode::AnswerOnly),
        Act::UrlSkip => Some(Action::UrlSkip(Vec::new())),
        Act::UriTransform => Some(Action::UriTransform(None)),
        Act::Csp => Some(Action::Csp(String::new())),
        Act::Permissions => Some(Action::Permissions(String::new())),
        Act::RemoveHeader => Some(Action::RemoveHeader(None)),
        Act::Rewrite | Act::Empty | Act::Mp4 | Act::RemoveParam => action_without_value(act),
    }
}
