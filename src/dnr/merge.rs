//! Many filters, few rules.
//!
//! Drafts that differ only in the hosts they are for become one rule. Which list of a draft is merged depends on that
//! draft alone, never on the others: so adding a line changes the one rule that it joins, or adds one.

use super::{Condition, Rule, RuleAction, pattern, priority};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Ids of rules from lists. They stay clear of the small numbers that the extension gives its own dynamic rules.
pub const IDS: Range<u32> = 1_000_000..10_000_000;
/// Ids of rules from the user's own lines: never those of a list, so that both can be in force together.
pub const OWN_IDS: Range<u32> = 10_000_000..20_000_000;

/// Which ruleset a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Set {
    /// Blocks and exceptions: work without access to hosts.
    Block,
    /// Stand-ins: on only while the extension has access to all hosts.
    Surrogates,
    /// Parameters.
    Links,
    /// Headers and policies.
    Headers,
}

/// A rule before it has an id.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub set: Set,
    pub priority: u32,
    pub action: RuleAction,
    pub condition: Condition,
}

/// The list of hosts that is merged over equal drafts.
#[derive(Clone, Copy)]
enum Axis {
    Hosts,
    Pages,
    Nothing,
}

impl Axis {
    fn of(condition: &Condition) -> Axis {
        match (
            condition.request_domains.is_empty(),
            condition.initiator_domains.is_empty(),
        ) {
            (false, _) => Axis::Hosts,
            (true, false) => Axis::Pages,
            (true, true) => Axis::Nothing,
        }
    }

    fn take(self, condition: &mut Condition) -> BTreeSet<String> {
        match self {
            Axis::Hosts => std::mem::take(&mut condition.request_domains),
            Axis::Pages => std::mem::take(&mut condition.initiator_domains),
            Axis::Nothing => BTreeSet::new(),
        }
    }

    fn put(self, condition: &mut Condition, hosts: BTreeSet<String>) {
        match self {
            Axis::Hosts => condition.request_domains = hosts,
            Axis::Pages => condition.initiator_domains = hosts,
            Axis::Nothing => {}
        }
    }
}

/// Merges drafts and gives the rules their ids, each set in the order of its rules' keys.
pub(super) fn merge(drafts: impl IntoIterator<Item = Draft>) -> BTreeMap<Set, Vec<Rule>> {
    let mut groups: BTreeMap<String, (Draft, Axis, BTreeSet<String>)> = BTreeMap::new();
    for mut draft in drafts {
        let axis = Axis::of(&draft.condition);
        let hosts = axis.take(&mut draft.condition);
        let group = groups.entry(key(&draft, axis));
        group.or_insert((draft, axis, BTreeSet::new())).2.extend(hosts);
    }
    let mut ids = Ids::default();
    let mut sets: BTreeMap<Set, Vec<Rule>> = BTreeMap::new();
    for (key, (mut draft, axis, hosts)) in groups {
        axis.put(&mut draft.condition, without_subdomains(hosts));
        pattern::join_host(&mut draft.condition);
        sets.entry(draft.set).or_default().push(Rule {
            id: ids.give(&key, draft.priority),
            priority: draft.priority,
            action: draft.action,
            condition: draft.condition,
        });
    }
    sets
}

/// All of a draft but the merged list, as text.
fn key(draft: &Draft, axis: Axis) -> String {
    // Neither type has anything that JSON cannot hold: no map, no number beyond its range.
    let text = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
    let action = text(serde_json::to_string(&draft.action));
    let condition = text(serde_json::to_string(&draft.condition));
    format!(
        "{} {} {} {action} {condition}",
        draft.set as u8, draft.priority, axis as u8
    )
}

/// A host covers its subdomains.
pub(super) fn without_subdomains(hosts: BTreeSet<String>) -> BTreeSet<String> {
    let covered = |host: &str| parents(host).any(|parent| hosts.contains(parent));
    hosts.iter().filter(|host| !covered(host)).cloned().collect()
}

/// `b.c` and `c` of `a.b.c`.
pub(super) fn parents(host: &str) -> impl Iterator<Item = &str> {
    host.match_indices('.').map(|(dot, _)| &host[dot + 1..])
}

/// Ids from a hash of the rule's key. Where two keys want the same id, the one that sorts later takes the next free
/// one. In a set of 8,000 rules a new line does that to one of the others in one case of two thousand; it is the only way
/// in which a line can change two rules.
#[derive(Default)]
struct Ids {
    taken: BTreeSet<u32>,
}

impl Ids {
    fn give(&mut self, key: &str, rank: u32) -> u32 {
        let range = if rank > priority::OWN { OWN_IDS } else { IDS };
        let span = range.end - range.start;
        let mut offset = (fnv1a(key) % u64::from(span)) as u32;
        while !self.taken.insert(range.start + offset) {
            offset = (offset + 1) % span;
        }
        range.start + offset
    }
}

/// FNV-1a, 64 bits: the same everywhere and for ever, unlike the standard library's hasher.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
