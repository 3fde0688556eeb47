//! Which rules are left out where a browser does not take them all.

use super::merge::{Merged, Set};
use super::{Condition, RuleAction, limits};
use crate::list::Rank;
use crate::sort;
use std::cmp::Reverse;

/// How many rules the browser takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Of all kinds.
    pub rules: usize,
    /// Of those that do more than block and allow.
    pub unsafe_rules: usize,
    /// Of those with a regex.
    pub regex: usize,
}

impl Budget {
    /// For rules that ship with the extension: the build looks at the report.
    pub const UNLIMITED: Budget = Budget {
        rules: usize::MAX,
        unsafe_rules: usize::MAX,
        regex: usize::MAX,
    };
    /// What Chromium takes of dynamic rules.
    pub const CHROMIUM: Budget = Budget {
        rules: limits::DYNAMIC_CHROMIUM,
        unsafe_rules: limits::DYNAMIC_UNSAFE_CHROMIUM,
        regex: limits::REGEX,
    };
    /// What Firefox takes of dynamic rules.
    pub const FIREFOX: Budget = Budget {
        rules: limits::DYNAMIC_FIREFOX,
        unsafe_rules: limits::DYNAMIC_FIREFOX,
        regex: limits::REGEX,
    };

    /// Whether there is room for one more; then that is taken.
    fn take(&mut self, is_unsafe: bool, has_regex: bool) -> bool {
        let (more_unsafe, more_regex) = (usize::from(is_unsafe), usize::from(has_regex));
        let fits = self.rules > 0 && self.unsafe_rules >= more_unsafe && self.regex >= more_regex;
        if fits {
            self.rules -= 1;
            self.unsafe_rules -= more_unsafe;
            self.regex -= more_regex;
        }
        fits
    }
}

/// The rules that fit, in the order they came in, and those that do not; detours beyond the budget go.
///
/// First come the user's own lines; then exceptions, without which sites break; then rules that name hosts; those for
/// certain pages; patterns for addresses anywhere come last. Within each, the rule that says more lines goes first.
pub(super) fn choose(rules: Vec<Merged>, detours: &mut Vec<Condition>, budget: &Budget) -> (Vec<Merged>, Vec<Merged>) {
    let mut left_over = *budget;
    let mut order: Vec<usize> = (0..rules.len()).collect();
    sort::by_key(&mut order, |&at| importance(&rules[at]));
    let mut fits = vec![false; rules.len()];
    for at in order {
        let rule = &rules[at].rule;
        fits[at] = left_over.take(is_unsafe(&rule.action), rule.condition.regex_filter.is_some());
    }
    detours.retain(|_| left_over.take(true, true));
    let mut fits = fits.into_iter();
    rules.into_iter().partition(|_| fits.next() == Some(true))
}

fn importance(Merged { rule, rank, lines, set }: &Merged) -> impl Ord + use<> {
    let condition = &rule.condition;
    let pattern = condition.url_filter.as_deref().unwrap_or_default();
    let group = match rule.action {
        _ if *rank == Rank::Own => 0,
        RuleAction::Allow | RuleAction::AllowAllRequests => 1,
        _ if !condition.request_domains.is_empty() || pattern.starts_with("||") => 2,
        _ if !condition.initiator_domains.is_empty() => 3,
        _ => 4,
    };
    (
        group,
        Reverse(lines.len()),
        Reverse(pattern.len()),
        *set == Set::Headers,
        rule.id,
    )
}

/// What Chromium calls unsafe: anything but blocking and letting through.
pub(super) fn is_unsafe(action: &RuleAction) -> bool {
    matches!(action, RuleAction::Redirect { .. } | RuleAction::ModifyHeaders { .. })
}
