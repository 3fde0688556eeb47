//! `$csp=`, `$permissions=` and `$removeheader=`.

use super::merge::{Draft, Set};
use super::{HeaderChange, HeaderOperation, RuleAction, Settings, Unsupported, condition, priority};
use crate::filter::{Action, Filter, HeaderSide, Polarity};
use crate::sort;
use std::collections::BTreeSet;

/// The rule for a header line. Exceptions from it name hosts, which the rule leaves alone: an `allow` rule would let
/// blocked requests through as well.
pub(super) fn rule(filter: &Filter, exceptions: &[&Filter], settings: &Settings) -> Result<Option<Draft>, Unsupported> {
    if filter.polarity == Polarity::Except {
        return condition::whole_hosts(filter)
            .map(|_| None)
            .ok_or(Unsupported::PathException);
    }
    let Some(action) = action(&filter.action) else {
        return Ok(None);
    };
    let mut condition = condition::of(filter, filter.when.types, settings)?;
    let excepted = exceptions.iter().filter(|exception| excepts(exception, filter));
    let hosts = excepted
        .filter_map(|exception| condition::whole_hosts(exception))
        .flatten();
    let hosts: BTreeSet<String> = sort::set(hosts);
    let draft = hosts
        .iter()
        .all(|host| condition::exclude(&mut condition, host))
        .then_some(Draft {
            set: Set::Headers,
            priority: priority::HEADERS,
            action,
            condition,
        });
    Ok(draft)
}

/// Whether the exception is about what the filter does: the same value, or all of the kind.
fn excepts(exception: &Filter, filter: &Filter) -> bool {
    let all = matches!(&exception.action, Action::RemoveHeader(None))
        || matches!(&exception.action, Action::Csp(value) | Action::Permissions(value) if value.is_empty());
    let same_kind = std::mem::discriminant(&exception.action) == std::mem::discriminant(&filter.action);
    same_kind && !filter.important && (all || exception.action == filter.action)
}

fn action(action: &Action) -> Option<RuleAction> {
    let (request_headers, response_headers) = match action {
        Action::Csp(value) => (vec![], vec![append("content-security-policy", value)]),
        Action::Permissions(value) => (vec![], vec![append("permissions-policy", value)]),
        Action::RemoveHeader(Some(header)) => match header.side {
            HeaderSide::Request => (vec![remove(&header.name)], vec![]),
            HeaderSide::Response => (vec![], vec![remove(&header.name)]),
        },
        _ => return None,
    };
    Some(RuleAction::ModifyHeaders {
        request_headers,
        response_headers,
    })
}

fn append(header: &str, value: &str) -> HeaderChange {
    HeaderChange {
        header: header.to_owned(),
        operation: HeaderOperation::Append,
        value: Some(value.to_owned()),
    }
}

fn remove(header: &str) -> HeaderChange {
    HeaderChange {
        header: header.to_owned(),
        operation: HeaderOperation::Remove,
        value: None,
    }
}
