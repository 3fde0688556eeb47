//! `$redirect=` and `$redirect-rule=`: a stand-in for what is blocked.

use super::merge::{Draft, Set};
use super::{RedirectTo, RuleAction, Settings, Unsupported, block, condition, priority};
use crate::filter::{Filter, Polarity, Redirect, RedirectMode, Types};

/// What a redirect line comes to: the block may be sayable where the stand-in is not.
pub(super) struct Rules {
    /// The block that `$redirect=` implies.
    pub block: Option<Draft>,
    /// The stand-in.
    pub answer: Result<Draft, Unsupported>,
}

/// Rules for a redirect line. `is_blocked` says whether another line surely blocks all that this one matches.
pub(super) fn rules(
    filter: &Filter,
    redirect: &Redirect,
    is_blocked: impl FnOnce(&Filter) -> bool,
    settings: &Settings,
) -> Result<Rules, Unsupported> {
    if filter.polarity == Polarity::Except {
        return Err(Unsupported::StandInException);
    }
    let kinds = filter.types - Types::POPUP;
    let answer = answer(filter, redirect, kinds, settings);
    match redirect.mode {
        RedirectMode::BlockAndAnswer => Ok(Rules {
            block: Some(block::block(filter, kinds, settings)?),
            answer,
        }),
        RedirectMode::AnswerOnly if is_blocked(filter) => Ok(Rules { block: None, answer }),
        RedirectMode::AnswerOnly => Err(Unsupported::NothingToAnswer),
    }
}

fn answer(filter: &Filter, redirect: &Redirect, kinds: Types, settings: &Settings) -> Result<Draft, Unsupported> {
    let file = (settings.stand_in)(&redirect.resource)
        .ok_or_else(|| Unsupported::UnknownStandIn(redirect.resource.clone()))?;
    let priority = match filter.important {
        true => priority::IMPORTANT_REDIRECT,
        false => priority::REDIRECT,
    };
    Ok(Draft {
        set: Set::Surrogates,
        priority,
        action: RuleAction::Redirect {
            redirect: RedirectTo::ExtensionPath(format!("/surrogates/{file}")),
        },
        condition: condition::of(filter, kinds, settings)?,
    })
}
