//! One compilation: every filter of every list becomes drafts of rules, or has a reason why not.

use super::merge::{Draft, Merged, Merger, Set};
use super::numbered::Numbered;
use super::plain::{self, Plain};
use super::report::{Fate, Report};
use super::{Compiled, Condition, Rulesets, Settings, Unsupported, block, budget, headers, params, redirect, unwrap};
use crate::filter::{Action, Filter, Pattern, Polarity, Types};
use crate::list::{Cancelled, List, Rank};
use std::collections::HashMap;
use std::ops::Range;

/// Makes rules from lists.
///
/// Deterministic: equal lists give equal bytes, in every build and every run.
///
/// ```
/// use detick::dnr::{self, Settings};
/// let (list, _) = detick::list::parse("mine.txt", b"||pixel.example^\n||ads.example^$popup\n");
/// let compiled = dnr::compile(&[list], &Settings::default());
/// assert_eq!(compiled.rulesets.block[0].condition.request_domains.first().unwrap(), "pixel.example");
/// assert_eq!(compiled.report.refused[0].why, dnr::Unsupported::Popup);
/// ```
pub fn compile(lists: &[List], settings: &Settings) -> Compiled {
    let mut run = Run::new(lists, settings);
    run.cancel();
    run.convert();
    run.finish()
}

pub(super) struct Run<'a> {
    lists: &'a [List],
    settings: &'a Settings,
    filters: Vec<&'a Filter>,
    /// The number of the user's first own filter.
    own_from: usize,
    /// What becomes of each filter.
    fates: Vec<Fate>,
    merger: Merger,
    unwrap: Vec<Condition>,
}

impl<'a> Run<'a> {
    fn new(lists: &'a [List], settings: &'a Settings) -> Self {
        let filters: Vec<&Filter> = lists.iter().flat_map(|list| &list.filters).collect();
        let of_lists = lists.iter().take(settings.own_from);
        Run {
            lists,
            settings,
            own_from: of_lists.map(|list| list.filters.len()).sum(),
            fates: vec![Fate::Converted; filters.len()],
            filters,
            merger: Merger::default(),
            unwrap: Vec::new(),
        }
    }

    /// Takes out of force what `$badfilter` lines name. No list can do that to the user's own lines.
    fn cancel(&mut self) {
        let cancelled = Cancelled::of(self.lists, self.settings.own_from);
        for (number, filter) in self.filters.iter().enumerate() {
            let rank = Rank::of(number, self.own_from);
            if cancelled.has(filter, rank) {
                self.fates[number] = Fate::Cancelled;
            }
        }
    }

    fn convert(&mut self) {
        let all = 0..self.filters.len();
        let in_force: Vec<&Filter> = self.in_force(all.clone()).map(|numbered| numbered.filter).collect();
        let blocked = BlockedHosts::of(&in_force);
        self.convert_part(0..self.own_from, &all, &blocked);
        self.convert_part(self.own_from..all.end, &(self.own_from..all.end), &blocked);
    }

    fn in_force(&self, part: Range<usize>) -> impl Iterator<Item = Numbered<'a>> {
        let numbered = part.map(|number| Numbered {
            number: number as u32,
            filter: self.filters[number],
        });
        numbered.filter(|filter| self.fates[filter.number as usize] != Fate::Cancelled)
    }

    /// Converts the filters of `part`, with the exceptions that are in `excepting`. Lines about links come last: they
    /// need to be seen all at once.
    fn convert_part(&mut self, part: Range<usize>, excepting: &Range<usize>, blocked: &BlockedHosts<'a>) {
        let rank = Rank::of(part.start, self.own_from);
        let excepting = self.in_force(excepting.clone()).map(|numbered| numbered.filter);
        let exceptions: Vec<&Filter> = excepting
            .filter(|filter| filter.polarity == Polarity::Except && is_about_headers(filter))
            .collect();
        let (mut removing, mut skipping, mut plain) = (Vec::new(), Vec::new(), Plain::default());
        let filters: Vec<Numbered<'a>> = self.in_force(part).collect();
        for numbered in filters {
            match &numbered.filter.action {
                Action::RemoveParam(_) => removing.push(numbered),
                Action::UrlSkip(_) => skipping.push(numbered),
                _ if plain.take(numbered) => {}
                _ => self.convert_alone(numbered, rank, blocked, &exceptions),
            }
        }
        plain.into_lines().for_each(|lines| self.convert_plain(&lines, rank));
        if self.settings.links {
            self.convert_links(&removing, &skipping, rank);
        }
    }

    /// The rules of lines that differ in their host alone.
    fn convert_plain(&mut self, lines: &plain::Lines<'a>, rank: Rank) {
        match block::rules(lines.filter, self.settings) {
            Ok(drafts) => drafts.into_iter().for_each(|draft| {
                let numbers = lines.numbers.iter().copied();
                self.merger.add_with(draft, &lines.hosts, numbers, rank);
            }),
            Err(why) => lines
                .numbers
                .iter()
                .for_each(|&number| self.fates[number as usize] = Fate::Refused(Box::new(why.clone()))),
        }
    }

    /// The rules of a line that can be converted without the others.
    fn convert_alone(
        &mut self,
        numbered: Numbered<'a>,
        rank: Rank,
        blocked: &BlockedHosts<'a>,
        exceptions: &[&Filter],
    ) {
        let Numbered { number, filter } = numbered;
        let drafts = match &filter.action {
            Action::Block => block::rules(filter, self.settings),
            Action::Redirect(redirect) => self.answer(numbered, redirect, rank, blocked),
            Action::Csp(_) | Action::Permissions(_) | Action::RemoveHeader(_) => {
                headers::rule(filter, exceptions, self.settings).map(Vec::from_iter)
            }
            Action::UriTransform(_) => Err(Unsupported::Transform),
            Action::RemoveParam(_) | Action::UrlSkip(_) => Ok(Vec::new()),
        };
        match drafts {
            Ok(drafts) => drafts
                .into_iter()
                .for_each(|draft| self.merger.add(draft, Some(number), rank)),
            Err(why) => self.fates[number as usize] = Fate::Refused(Box::new(why)),
        }
    }

    /// Keeps the block even if the browser has no redirect to the surrogate.
    fn answer(
        &mut self,
        Numbered { number, filter }: Numbered<'a>,
        redirect: &crate::filter::Redirect,
        rank: Rank,
        blocked: &BlockedHosts<'a>,
    ) -> Result<Vec<Draft>, Unsupported> {
        let rules = redirect::rules(filter, redirect, |filter| blocked.cover(filter), self.settings)?;
        match (rules.block, rules.answers) {
            (block, Ok(answers)) => Ok(block.into_iter().chain(answers).collect()),
            (block, Err(why)) => {
                block
                    .into_iter()
                    .for_each(|block| self.merger.add(block, Some(number), rank));
                Err(why)
            }
        }
    }

    fn convert_links(&mut self, removing: &[Numbered<'a>], skipping: &[Numbered<'a>], rank: Rank) {
        let said = params::rules(removing, self.settings);
        let (conditions, refused) = unwrap::conditions(skipping, self.settings);
        said.rules
            .into_iter()
            .for_each(|draft| self.merger.add(draft, None, rank));
        self.unwrap.extend(conditions);
        self.unwrap.extend(said.detours);
        for (number, why) in said.refused.into_iter().chain(refused) {
            self.fates[number as usize] = Fate::Refused(Box::new(why));
        }
    }

    fn finish(mut self) -> Compiled {
        let merged = self.merger.finish();
        let (kept, left) = budget::choose(merged, &mut self.unwrap, &self.settings.budget);
        for number in left.iter().flat_map(|merged| &merged.lines) {
            self.fates[*number as usize] = Fate::Left;
        }
        let rulesets = rulesets(kept, self.unwrap);
        let mut report = Report::new(self.lists, self.fates);
        report.count_rules(&rulesets, left.len());
        Compiled { rulesets, report }
    }
}

fn rulesets(merged: Vec<Merged>, unwrap: Vec<Condition>) -> Rulesets {
    let mut rulesets = Rulesets {
        unwrap,
        ..Rulesets::default()
    };
    for Merged { set, rule, .. } in merged {
        let rules = match set {
            Set::Block => &mut rulesets.block,
            Set::Surrogates => &mut rulesets.surrogates,
            Set::DataSurrogates => &mut rulesets.data_surrogates,
            Set::Links => &mut rulesets.links,
            Set::Headers => &mut rulesets.headers,
        };
        rules.push(*rule);
    }
    rulesets
}

fn is_about_headers(filter: &Filter) -> bool {
    matches!(
        filter.action,
        Action::Csp(_) | Action::Permissions(_) | Action::RemoveHeader(_)
    )
}

/// Hosts that lines without any condition block, and for which kinds of request: of those hosts, with those above them,
/// that surrogates are for.
struct BlockedHosts<'a>(HashMap<&'a str, Types>);

impl<'a> BlockedHosts<'a> {
    fn of(filters: &[&'a Filter]) -> Self {
        let answering = filters
            .iter()
            .filter(|filter| matches!(filter.action, Action::Redirect(_)));
        let asked = answering.flat_map(|filter| covering(filter));
        let mut hosts: HashMap<&str, Types> = asked.map(|host| (host, Types::empty())).collect();
        if hosts.is_empty() {
            return BlockedHosts(hosts);
        }
        for filter in filters {
            let plain = filter.action == Action::Block
                && filter.polarity == Polarity::Apply
                && super::condition::is_unconditional(filter);
            if let Pattern::Glob(glob) = &filter.pattern
                && let Some(types) = glob.host().filter(|_| plain).and_then(|host| hosts.get_mut(host))
            {
                *types |= filter.when.types;
            }
        }
        BlockedHosts(hosts)
    }

    /// Whether all that `filter`, which has a surrogate, matches is blocked.
    fn cover(&self, filter: &Filter) -> bool {
        covering(filter)
            .filter_map(|host| self.0.get(host))
            .any(|types| !types.is_empty() && types.contains(filter.when.types))
    }
}

/// The host that all addresses matching `filter` are within, if there is one, and the hosts above it.
fn covering(filter: &Filter) -> impl Iterator<Item = &str> {
    let host = match &filter.pattern {
        Pattern::Glob(glob) => glob.host_part(),
        _ => None,
    };
    host.into_iter()
        .flat_map(|host| std::iter::once(host).chain(super::merge::parents(host)))
}
