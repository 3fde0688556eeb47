//! What the filter does, as its options say.

use super::names::Act;
use super::values::bad;
use crate::filter::modifier::{Header, Param, ParamTest, Redirect, RedirectMode, SkipStep, Transform};
use crate::filter::{Action, Case, Polarity, Reason};
use crate::regex::{self, RegexError};

/// What the filter does.
pub(super) fn read_action(act: Act, name: &str, value: Option<&str>, polarity: Polarity) -> Result<Action, Reason> {
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
        Act::Redirect => redirect(value, RedirectMode::BlockAndAnswer)?,
        Act::RedirectRule => redirect(value, RedirectMode::AnswerOnly)?,
        Act::Rewrite => redirect(value.strip_prefix("abp-resource:")?, RedirectMode::BlockAndAnswer)?,
        Act::RemoveParam => Action::RemoveParam(Param::read(Some(value))?),
        Act::UrlSkip => Action::UrlSkip(SkipStep::read_all(value)?),
        Act::UriTransform => Action::UriTransform(Some(Box::new(Transform::read(value)?))),
        Act::Csp => Action::Csp(value.to_owned()),
        Act::Permissions => Action::Permissions(value.replace('|', ", ")),
        Act::RemoveHeader => Action::RemoveHeader(Some(Header::read(value)?)),
        Act::Empty | Act::Mp4 => return None,
    })
}

fn redirect(value: &str, mode: RedirectMode) -> Option<Action> {
    Redirect::read(value, mode).map(|redirect| Action::Redirect(Box::new(redirect)))
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
        Some(Action::Redirect(Box::new(Redirect {
            resource: String::new(),
            priority: 0,
            mode,
        })))
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
