//! Many filters, few rules.
//!
//! Drafts that differ only in the hosts they are for become one rule. Which list of a draft is merged depends on that
//! draft alone, never on the others: so adding a line changes the one rule that it joins, or adds one.

use super::{Condition, Rule, RuleAction, pattern, priority};
use crate::list::Rank;
use crate::sort;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
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
    /// Surrogates: on only while the extension has access to all hosts.
    Surrogates,
    /// Surrogates that Chromium alone takes.
    DataSurrogates,
    /// Parameters.
    Links,
    /// Headers and policies.
    Headers,
}

/// A rule before it has an id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Draft {
    pub set: Set,
    pub priority: u32,
    pub action: RuleAction,
    pub condition: Condition,
}

/// A rule, and what it was made of.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    pub set: Set,
    pub rule: Box<Rule>,
    /// Whether it says the user's own lines.
    pub rank: Rank,
    /// The numbers of the filters that it says; none for rules about links, which say parts of many.
    pub lines: Vec<u32>,
}

/// The list of hosts that is merged over equal drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// All of a draft but the merged list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    /// Apart from the key: a table of these is half empty, and drafts are large.
    draft: Box<Draft>,
    axis: Axis,
    rank: Rank,
}

impl Key {
    /// From this its rule's id is made.
    fn hash(&self) -> u64 {
        let mut hasher = Fnv::default();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }

    fn text(&self) -> String {
        // A condition is nothing that JSON cannot hold.
        serde_json::to_string(&self.draft.condition).unwrap_or_default()
    }
}

#[derive(Debug, Default)]
struct Group {
    hosts: BTreeSet<String>,
    lines: Vec<u32>,
}

/// Takes drafts one by one.
#[derive(Debug, Default)]
pub(super) struct Merger {
    groups: HashMap<Key, Group, BuildHasherDefault<Fnv>>,
}

impl Merger {
    /// Adds a draft that says the filter of that number, or a part of many.
    pub(super) fn add(&mut self, draft: Draft, line: Option<u32>, rank: Rank) {
        self.add_with(draft, &[], line, rank);
    }

    /// Adds a draft, and others that differ from it in nothing but the host they are for.
    pub(super) fn add_with(
        &mut self,
        mut draft: Draft,
        others: &[&str],
        lines: impl IntoIterator<Item = u32>,
        rank: Rank,
    ) {
        if rank == Rank::Own {
            draft.priority = raised(&draft);
        }
        let axis = Axis::of(&draft.condition);
        let hosts = axis.take(&mut draft.condition);
        let group = match self.groups.entry(Key {
            draft: Box::new(draft),
            axis,
            rank,
        }) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Group::default()),
        };
        // `append` would build the whole set anew for each line.
        group.hosts.extend(hosts);
        group.hosts.extend(others.iter().map(|&host| host.to_owned()));
        group.lines.extend(lines);
    }

    /// Gives the rules their ids; the order does not depend on that of the lines.
    pub(super) fn finish(self) -> Vec<Merged> {
        let mut groups: Vec<(u64, Key, Group)> = self
            .groups
            .into_iter()
            .map(|(key, group)| (key.hash(), key, group))
            .collect();
        // Equal hashes of different keys are a matter of theory, but the order must not depend on luck even then.
        sort::by(&mut groups, |(hash, key, _), (other_hash, other, _)| {
            hash.cmp(other_hash).then_with(|| key.text().cmp(&other.text()))
        });
        let mut ids = Ids::default();
        let merged = groups
            .into_iter()
            .map(|(hash, key, group)| finished(key, group, &mut |rank| ids.give(hash, rank)));
        let mut merged: Vec<Merged> = merged.collect();
        sort::by(&mut merged, |one, other| order(&one.rule).cmp(&order(&other.rule)));
        merged
    }
}

/// Neighbours in a file look alike.
fn order(rule: &Rule) -> impl Ord + '_ {
    (rule.priority, rule.condition.url_filter.as_deref(), rule.id)
}

fn finished(Key { mut draft, axis, rank }: Key, group: Group, id: &mut dyn FnMut(Rank) -> u32) -> Merged {
    axis.put(&mut draft.condition, without_subdomains(group.hosts));
    pattern::join_host(&mut draft.condition);
    let draft = *draft;
    Merged {
        set: draft.set,
        rule: Box::new(Rule {
            id: id(rank),
            priority: draft.priority,
            action: draft.action,
            condition: draft.condition,
        }),
        rank,
        lines: group.lines,
    }
}

/// The user's own lines rank above those of lists. Rules about links stay below every block all the same: the `allow`
/// of a link exception must never let a blocked request through.
fn raised(draft: &Draft) -> u32 {
    match (draft.set, draft.priority) {
        (Set::Links, priority::LINK_EXCEPTION) => priority::OWN_LINK_EXCEPTION,
        (Set::Links, priority::LINK_IMPORTANT) => priority::OWN_LINK_IMPORTANT,
        (Set::Links, _) => priority::OWN_LINK,
        (_, of_lists) => of_lists + priority::OWN,
    }
}

/// A host covers its subdomains.
pub(super) fn without_subdomains(hosts: BTreeSet<String>) -> BTreeSet<String> {
    // Tens of thousands in one rule: asking the ordered set would take longer than all else.
    let known: HashSet<&str, BuildHasherDefault<Fnv>> = hosts.iter().map(String::as_str).collect();
    let covered = hosts
        .iter()
        .filter(|host| parents(host).any(|parent| known.contains(parent)));
    let covered: Vec<String> = covered.cloned().collect();
    let mut hosts = hosts;
    for host in &covered {
        hosts.remove(host);
    }
    hosts
}

/// `b.c` and `c` of `a.b.c`.
pub(super) fn parents(host: &str) -> impl Iterator<Item = &str> {
    let dots = host.bytes().enumerate().filter(|&(_, byte)| byte == b'.');
    dots.map(|(dot, _)| &host[dot + 1..])
}

/// Ids from a hash of the rule's key. Where two keys want the same id, the one that sorts later takes the next free
/// one. In a set of 8,000 rules a new line does that to one of the others in one case of two thousand; it is the only
/// way in which a line can change two rules.
#[derive(Default)]
struct Ids {
    taken: HashSet<u32>,
}

impl Ids {
    fn give(&mut self, hash: u64, rank: Rank) -> u32 {
        let range = match rank {
            Rank::Own => OWN_IDS,
            Rank::List => IDS,
        };
        let span = range.end - range.start;
        let mut offset = (hash % u64::from(span)) as u32;
        while !self.taken.insert(range.start + offset) {
            offset = (offset + 1) % span;
        }
        range.start + offset
    }
}

/// FNV-1a over words of 64 bits: the same on every platform and for ever, unlike the standard library's hasher.
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        // Multiplication carries nothing downwards: the upper half is the better one.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.write_u64(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    // Lengths and the numbers of variants: 32 bits wide in WebAssembly, 64 elsewhere.
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }
}
