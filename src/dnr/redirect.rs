//! `$redirect=` and `$redirect-rule=`: a surrogate for what is blocked.

use super::merge::{Draft, Set};
use super::{Browser, RedirectTo, RuleAction, Settings, Unsupported, block, condition, priority};
use crate::filter::{Filter, Polarity, Redirect, RedirectMode, Types};
use crate::surrogate;

/// What a redirect line comes to: the block may be sayable where the surrogate is not.
pub(super) struct Rules {
    /// The block that `$redirect=` implies.
    pub block: Vec<Draft>,
    /// The surrogate: by a file, and by an address that holds it.
    pub answers: Result<Vec<Draft>, Unsupported>,
}

/// Rules for a redirect line. `is_blocked` says whether another line surely blocks all that this one matches.
pub(super) fn rules(
    filter: &Filter,
    redirect: &Redirect,
    is_blocked: impl FnOnce(&Filter) -> bool,
    settings: &Settings,
) -> Result<Rules, Unsupported> {
    if filter.polarity == Polarity::Except {
        return Err(Unsupported::SurrogateException);
    }
    let kinds = filter.when.types - Types::POPUP;
    let answers = answers(filter, redirect, kinds, settings);
    match redirect.mode {
        RedirectMode::BlockAndAnswer => Ok(Rules {
            block: block::blocks(filter, kinds, settings)?,
            answers,
        }),
        RedirectMode::AnswerOnly if is_blocked(filter) => Ok(Rules {
            block: Vec::new(),
            answers,
        }),
        RedirectMode::AnswerOnly => Err(Unsupported::NothingToAnswer),
    }
}

/// Kinds that are never answered go on being blocked. No rule can name what another holds, so each has its surrogate
/// whole; a package holds the copies for a few bytes each.
fn answers(filter: &Filter, redirect: &Redirect, kinds: Types, settings: &Settings) -> Result<Vec<Draft>, Unsupported> {
    let unknown = || Unsupported::UnknownSurrogate(redirect.resource.clone());
    let file = surrogate::file(&redirect.resource).ok_or_else(unknown)?;
    let data = surrogate::data(&redirect.resource).ok_or_else(unknown)?;
    let ways = [
        (
            Set::Surrogates,
            surrogate::BY_FILE,
            RedirectTo::ExtensionPath(format!("/surrogates/{file}")),
        ),
        (Set::DataSurrogates, surrogate::BY_DATA, RedirectTo::Url(data)),
    ];
    let priority = match filter.important {
        true => priority::IMPORTANT_REDIRECT,
        false => priority::REDIRECT,
    };
    let mut drafts = Vec::new();
    for (set, answered, redirect) in ways {
        let kinds = kinds & answered;
        let is_taken = set == Set::Surrogates || settings.browser != Browser::Firefox;
        if is_taken && !kinds.is_empty() {
            drafts.push(Draft {
                set,
                priority,
                action: RuleAction::Redirect { redirect },
                condition: condition::of(filter, kinds, settings)?,
            });
        }
    }
    match drafts.is_empty() {
        true => Err(Unsupported::ReadableAnswer),
        false => Ok(drafts),
    }
}
