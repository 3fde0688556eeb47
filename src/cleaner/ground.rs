//! Evaluation context for one link: which of the tables' rules are in force for it.

use super::Options;
use super::data::{Condition, IMPORTANT, Kind, NONE, PatternKind, REGEX, Rule, Run, Sites};
use super::few::Few;
use super::link::{Link, Plain};
use super::marks::Marks;
use super::scopes::Scopes;
use super::tables::Tables;
use crate::case::Case;
use crate::glob::Text;
use std::cell::{Cell, OnceCell};

pub(super) struct Ground<'l, 't> {
    pub(super) tables: &'t Tables,
    pub(super) link: &'l Link<'l>,
    pub(super) options: &'l Options<'l>,
    /// What the tables have for the link's host.
    pub(super) scopes: &'l Scopes,
    /// The link with its path written plainly, where the path is written otherwise.
    plain: Option<Plain>,
    /// Rules without a host that are woken by a piece of text in the link.
    woken: OnceCell<Few<u32, WOKEN>>,
    /// See [`Ground::has_read_text`].
    text_read: Cell<bool>,
}

/// So many rules that are woken need no memory of their own.
const WOKEN: usize = 8;

impl<'l, 't> Ground<'l, 't> {
    /// `scopes` are those of the link's host.
    pub(super) fn new(tables: &'t Tables, link: &'l Link<'l>, scopes: &'l Scopes, options: &'l Options<'l>) -> Self {
        Ground {
            tables,
            link,
            options,
            scopes,
            plain: link.plain(),
            woken: OnceCell::new(),
            text_read: Cell::new(false),
        }
    }

    /// The rules of a kind that may be in force; each must still be asked by [`Ground::is_in_force`].
    pub(super) fn candidates(&self, kind: Kind) -> impl Iterator<Item = &'t Rule> {
        let tables = self.tables;
        let rule = move |&number: &u32| &tables.data.scoped[number as usize];
        let loose = tables.run(&tables.data.ids, tables.data.loose[kind as usize]);
        let anywhere = self.woken(kind).iter().map(rule).filter(move |rule| rule.kind == kind);
        let scopes = self.scopes.with(kind);
        let own = scopes.iter().flat_map(move |&scope| tables.scoped(scope));
        let own = own.filter(move |rule| rule.kind == kind);
        own.chain(loose.iter().map(rule)).chain(anywhere)
    }

    /// Whether the rule's tier is wanted and its condition holds.
    pub(super) fn is_in_force(&self, rule: &Rule) -> bool {
        self.options.tiers.contains(self.tables.tier(rule)) && (rule.condition == NONE || self.holds(rule.condition))
    }

    /// Whether an exception of this kind, with the same or no value, keeps `rule` from acting.
    pub(super) fn is_excepted(&self, rule: &Rule, kind: Kind) -> bool {
        self.candidates(kind).any(|exception| {
            (exception.what == NONE || exception.what == rule.what)
                && exception.flags & IMPORTANT >= rule.flags & IMPORTANT
                && self.is_in_force(exception)
        })
    }

    /// Rules without a host that are woken by a piece of text in the link; of this kind and of others.
    fn woken(&self, kind: Kind) -> &[u32] {
        if !self.tables.grams.wakes(kind) {
            return &[];
        }
        let wake = || {
            let mut woken = Few::default();
            self.wake(self.link.url, &self.link.marks, &mut woken);
            if let Some(plain) = &self.plain {
                self.wake(&plain.url, &Marks::of(plain.url.as_bytes()), &mut woken);
            }
            woken
        };
        self.woken.get_or_init(wake).as_slice()
    }

    /// Adds the rules of which a gram is in `url`.
    fn wake(&self, url: &str, marks: &Marks, woken: &mut Few<u32, WOKEN>) {
        self.tables.grams.scan(url.as_bytes(), marks.all(), |rule| {
            if !woken.as_slice().contains(&rule) {
                woken.push(rule);
            }
        });
    }

    fn holds(&self, number: u32) -> bool {
        let condition = &self.tables.data.conditions[number as usize];
        let sites = self.tables.run(&self.tables.data.sites, condition.sites);
        if !sites.iter().all(|sites| self.is_on(sites)) {
            return false;
        }
        let only_sites = condition.pattern == PatternKind::Any && condition.with.len == 0;
        if !only_sites && !self.is_decided_by_path(condition) {
            self.read_text();
        }
        only_sites || self.matches(condition) && self.has_with(condition)
    }

    /// Whether what stands before the query surely decides about a condition.
    fn is_decided_by_path(&self, condition: &Condition) -> bool {
        let start = match condition.pattern {
            PatternKind::AfterHost => self.link.after_host,
            PatternKind::Start => 0,
            _ => return false,
        };
        let path = &self.link.url.as_bytes()[..self.link.path_end()];
        self.plain.is_none() && condition.with.len == 0 && self.text_of(condition).is_decided_at(path, start)
    }

    fn text_of(&self, condition: &Condition) -> Text<'t> {
        Text {
            text: self.tables.text(condition.text).as_bytes(),
            ends: condition.ends != 0,
            case: condition.case,
        }
    }

    /// To be called whenever a decision is about to depend on more of the link than host, path and one parameter.
    pub(super) fn read_text(&self) {
        self.text_read.set(true);
    }

    /// Whether any decision so far depended on more of the link than host, path and one parameter.
    pub(super) fn has_read_text(&self) -> bool {
        self.text_read.get()
    }

    /// Whether the path is full of dots or empty segments: nobody wrote a sweeping rule for such a one.
    pub(super) fn is_winding(&self) -> bool {
        self.plain.as_ref().is_some_and(|plain| plain.winding)
    }

    /// Whether the link has the parameters that must stand beside.
    fn has_with(&self, condition: &Condition) -> bool {
        let with = self.tables.text(condition.with);
        if with.is_empty() {
            return true;
        }
        let same = |name: &str, other: &str| match condition.case {
            Case::Ignored => name.eq_ignore_ascii_case(other),
            Case::Exact => name == other,
        };
        let has = |name: &str| self.link.names().any(|own| same(own, name));
        with.split('|').any(|group| group.split('&').all(has))
    }

    /// Whether the pattern finds the link, as it is written or with its path written plainly.
    fn matches(&self, condition: &Condition) -> bool {
        self.matches_in(condition, self.link.url)
            || self
                .plain
                .as_ref()
                .is_some_and(|plain| self.matches_in(condition, &plain.url))
    }

    fn matches_in(&self, condition: &Condition, url: &str) -> bool {
        let text = self.text_of(condition);
        match condition.pattern {
            PatternKind::Any => true,
            PatternKind::Anywhere => text.is_found(url.as_bytes()),
            PatternKind::Start => text.is_at(url.as_bytes(), 0),
            PatternKind::Label => text.is_at_label(url.as_bytes(), self.link.host_at.clone()),
            PatternKind::AfterHost => text.is_at(url.as_bytes(), self.link.after_host),
            PatternKind::Regex => self.tables.regex(condition.regex).is_match(url),
        }
    }

    /// The more specific of two hosts decides; an exclusion wins over the same host.
    fn is_on(&self, sites: &Sites) -> bool {
        let included = match sites.include.len {
            0 => Some(usize::MAX),
            _ => self.rank(sites.include),
        };
        match (included, self.rank(sites.exclude)) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(included), Some(excluded)) => included < excluded,
        }
    }

    /// How specific the set's entry for the link's host is: 0 is the most, `None` is not at all.
    fn rank(&self, set: Run) -> Option<usize> {
        let set = self.tables.run(&self.tables.data.ids, set);
        let (hosts, regexes) = set.split_at(set.partition_point(|&id| id & REGEX == 0));
        let of_host = self.scopes.ids().iter().position(|id| hosts.binary_search(id).is_ok());
        of_host.or_else(|| {
            let is_match = |&id: &u32| self.tables.regex(id & !REGEX).is_match(&self.link.host);
            regexes.iter().any(is_match).then_some(usize::MAX - 1)
        })
    }
}
