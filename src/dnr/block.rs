//! Lines that block, and their exceptions.

use super::merge::{Draft, Set};
use super::{RuleAction, Settings, Unsupported, condition, priority};
use crate::filter::{Filter, Polarity, Types};

/// Rules for a block line or `@@`.
pub(super) fn rules(filter: &Filter, settings: &Settings) -> Result<Vec<Draft>, Unsupported> {
    let kinds = filter.when.types - Types::POPUP;
    if kinds.is_empty() {
        return Err(Unsupported::Popup);
    }
    match filter.polarity {
        Polarity::Apply => blocks(filter, kinds, settings),
        Polarity::Except => allow(filter, kinds, settings),
    }
}

/// The rules that stop what the filter matches. Everything is said by two, one of them without kinds: a list of kinds
/// leaves out those that one browser has and the other does not (`beacon`).
pub(super) fn blocks(filter: &Filter, kinds: Types, settings: &Settings) -> Result<Vec<Draft>, Unsupported> {
    let everything = Types::all() - Types::POPUP;
    let parts = match kinds == everything {
        true => vec![everything - Types::DOCUMENT, Types::DOCUMENT],
        false => vec![kinds],
    };
    parts.into_iter().map(|kinds| block(filter, kinds, settings)).collect()
}

fn block(filter: &Filter, kinds: Types, settings: &Settings) -> Result<Draft, Unsupported> {
    let priority = match filter.important {
        true => priority::IMPORTANT_BLOCK,
        false => priority::BLOCK,
    };
    Ok(Draft {
        set: Set::Block,
        priority,
        action: RuleAction::Block,
        condition: condition::of(filter, kinds, settings)?,
    })
}

/// `@@…$document` lets a page load whatever it wants; other exceptions let single requests through.
fn allow(filter: &Filter, kinds: Types, settings: &Settings) -> Result<Vec<Draft>, Unsupported> {
    let priority = match filter.important {
        true => priority::IMPORTANT_ALLOW,
        false => priority::ALLOW,
    };
    let draft = |action: RuleAction, kinds: Types| {
        Ok(Draft {
            set: Set::Block,
            priority,
            action,
            condition: condition::of(filter, kinds, settings)?,
        })
    };
    let pages = kinds & Types::DOCUMENT;
    let others = kinds - Types::DOCUMENT;
    let mut drafts = Vec::new();
    if !pages.is_empty() {
        drafts.push(draft(RuleAction::AllowAllRequests, pages)?);
    }
    if !others.is_empty() {
        drafts.push(draft(RuleAction::Allow, others)?);
    }
    Ok(drafts)
}
