//! Evaluation context for one link: which of the tables' rules are in force for it.

use super::Options;
use super::grams::Bits;
use super::link::{Link, Plain};
use super::scopes::Scopes;
use super::tables::{Condition, Gram, IMPORTANT, Kind, NONE, PatternKind, REGEX, Rule, Run, Sites, Tables};
use crate::case::Case;
use crate::glob::Text;
use std::cell::OnceCell;

pub(super) struct Ground<'l, 't> {
    pub(super) tables: &'t Tables,
    pub(super) link: &'l Link<'l>,
    pub(super) options: &'l Options<'l>,
    /// What the tables have for the link's host.
    pub(super) scopes: &'l Scopes,
    /// The link with its path written plainly, where the path is written otherwise.
    plain: Option<Plain>,
    acting: OnceCell<Vec<u32>>,
    keeping: OnceCell<Vec<u32>>,
    names: OnceCell<Vec<&'l str>>,
}

impl<'l, 't> Ground<'l, 't> {
    /// `scopes` are those of the link's host.
    pub(super) fn new(tables: &'t Tables, link: &'l Link<'l>, scopes: &'l Scopes, options: &'l Options<'l>) -> Self {
        Ground {
            tables,
            link,
            options,
            scopes,
            plain: link.plain(),
            acting: OnceCell::new(),
            keeping: OnceCell::new(),
            names: OnceCell::new(),
        }
    }

    /// The rules of a kind that may be in force; each must still be asked by [`Ground::is_in_force`].
    pub(super) fn candidates(&self, kind: Kind) -> impl Iterator<Item = &'t Rule> {
        let tables = self.tables;
        let rule = move |&number: &u32| &tables.data.scoped[number as usize];
        let loose = tables.run(&tables.data.ids, tables.data.loose[kind as usize]);
        let anywhere = self.woken(kind).iter().map(rule).filter(move |rule| rule.kind == kind);
        let own = self.scopes.ids().iter().flat_map(move |&scope| tables.scoped(scope));
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

    /// Rules without a host that are woken by a piece of text in the link.
    fn woken(&self, kind: Kind) -> &[u32] {
        let (cell, grams, bits) = match kind.keeps() {
            true => (&self.keeping, &self.tables.data.keep_grams, &self.tables.keep_bits),
            false => (&self.acting, &self.tables.data.grams, &self.tables.gram_bits),
        };
        if !bits.wakes(kind) {
            return &[];
        }
        cell.get_or_init(|| {
            let mut woken = wake(self.link.url, grams, bits);
            if let Some(plain) = &self.plain {
                woken.extend(wake(&plain.url, grams, bits));
            }
            woken
        })
    }

    fn holds(&self, number: u32) -> bool {
        let condition = &self.tables.data.conditions[number as usize];
        let sites = self.tables.run(&self.tables.data.sites, condition.sites);
        sites.iter().all(|sites| self.is_on(sites)) && self.matches(condition) && self.has_with(condition)
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
        let names = self.names.get_or_init(|| self.link.names().collect());
        let same = |name: &str, other: &str| match condition.case {
            Case::Ignored => name.eq_ignore_ascii_case(other),
            Case::Exact => name == other,
        };
        let has = |name: &str| names.iter().any(|own| same(own, name));
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
        let text = Text {
            text: self.tables.text(condition.text).as_bytes(),
            ends: condition.ends != 0,
            case: condition.case,
        };
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

/// The rules of which a gram is in `url`.
fn wake(url: &str, grams: &[Gram], bits: &Bits) -> Vec<u32> {
    let mut woken = Vec::new();
    bits.scan(url.as_bytes(), |window| {
        let start = grams.partition_point(|gram| gram.bytes < window);
        for gram in grams[start..].iter().take_while(|gram| gram.bytes == window) {
            if !woken.contains(&gram.rule) {
                woken.push(gram.rule);
            }
        }
    });
    woken
}
