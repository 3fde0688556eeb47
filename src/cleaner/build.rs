//! From lists to tables.

mod conditions;
mod pool;
mod rules;

use super::data::{
    ANYWHERE, Condition, Data, Gram, KINDS, Kind, ListName, Name, Rule, Run, Sites, Span, Step, Transform,
};
use super::index::{Index, hash_name};
use super::tables::Tables;
use crate::filter::{Action, Conditions, Filter, Methods, Party, Polarity, Reason, Types};
use crate::list::{Cancelled, Complaint, List, Problem, Rank};
use crate::{shipped, sort};
use pool::{Pool, Shelf};
use rules::Draft;
use std::collections::BTreeMap;

/// Compiles the lines about links; complaints carry the name of their list.
pub(super) fn build(lists: &[List]) -> (Tables, Vec<(String, Complaint)>) {
    let cancelled = Cancelled::of(lists, usize::MAX);
    let mut builder = Builder::default();
    let mut complaints = Vec::new();
    for (number, list) in lists.iter().enumerate() {
        // More lists than a rule can count are more than anyone subscribes to; the last number stands for the rest.
        let number = u16::try_from(number).unwrap_or(u16::MAX);
        builder.add_list(number, list);
        for filter in list
            .filters
            .iter()
            .filter(|filter| is_about_links(filter) && is_for_pages(filter))
        {
            if cancelled.has(filter, Rank::List) {
                continue;
            }
            if let Err(reason) = builder.add(number, list, filter) {
                complaints.push((list.name.clone(), complain(list, filter, reason)));
            }
        }
    }
    // Tables that were just built hold together; were that wrong, no cleaning is better than a panic later.
    (Tables::new(builder.finish()).unwrap_or_default(), complaints)
}

fn is_about_links(filter: &Filter) -> bool {
    matches!(
        filter.action,
        Action::RemoveParam(_) | Action::UrlSkip(_) | Action::UriTransform(_)
    )
}

/// Whether a filter is for what a link is: a page, opened by GET, from itself.
fn is_for_pages(filter: &Filter) -> bool {
    let Conditions {
        types,
        party,
        methods,
        header,
        ..
    } = &*filter.when;
    types.contains(Types::DOCUMENT)
        && matches!(party, Party::Any | Party::First | Party::StrictFirst)
        && methods.allow(Methods::GET)
        && header.is_none()
}

fn complain(list: &List, filter: &Filter, reason: Reason) -> Complaint {
    let text = list.line(filter.line).chars().take(80).collect();
    Complaint {
        line: filter.line,
        column: 1,
        problem: Problem::Filter(reason),
        text,
    }
}

/// Tables in the making.
#[derive(Default)]
struct Builder {
    pool: Pool,
    data: Data,
    named: BTreeMap<String, Vec<Rule>>,
    scoped: Vec<Draft>,
    reasons: Shelf<Span>,
    literals: Shelf<Span>,
    conditions: Shelf<Condition>,
    sites: Shelf<Sites>,
    ids: Shelf<u32>,
    skips: Shelf<Run>,
    steps: Shelf<Step>,
    transforms: Shelf<Transform>,
}

impl Builder {
    fn add_list(&mut self, number: u16, list: &List) {
        if usize::from(number) == self.data.lists.len() {
            let name = self.pool.text(&list.name);
            self.data.lists.push(ListName {
                name,
                tier: shipped::tier_of(&list.name).bits(),
            });
        }
    }

    fn finish(mut self) -> Data {
        self.place_named();
        self.place_scoped();
        self.pool.finish(&mut self.data);
        Data {
            reasons: self.reasons.items,
            literals: self.literals.items,
            conditions: self.conditions.items,
            sites: self.sites.items,
            ids: self.ids.items,
            skips: self.skips.items,
            steps: self.steps.items,
            transforms: self.transforms.items,
            ..self.data
        }
    }

    fn place_named(&mut self) {
        let mut hashes = Vec::new();
        for (name, mut rules) in std::mem::take(&mut self.named) {
            sort::by_key(&mut rules, |rule| rule.scope);
            hashes.push(hash_name(name.as_bytes()));
            let run = Run {
                start: self.data.named.len() as u32,
                len: rules.len() as u32,
            };
            self.data.names.push(Name {
                text: self.pool.text(&name),
                rules: run,
            });
            self.data.named.extend(rules);
        }
        self.data.name_index = Index::new(hashes);
    }

    fn place_scoped(&mut self) {
        let mut drafts = std::mem::take(&mut self.scoped);
        sort::by_key(&mut drafts, |draft| (draft.rule.scope, draft.rule.kind));
        let scopes = 0..=self.pool.scopes() as u32;
        let start = |scope| drafts.partition_point(|draft| draft.rule.scope < scope) as u32;
        self.data.scope_starts = scopes.map(start).collect();
        let mut loose: [Vec<u32>; KINDS] = Default::default();
        for (number, draft) in (0..).zip(&drafts) {
            self.data.scoped.push(draft.rule);
            if draft.rule.scope == ANYWHERE {
                self.wake(draft, number, &mut loose[draft.rule.kind as usize]);
            }
        }
        self.data.loose = loose.into_iter().map(|loose| self.ids.put(loose)).collect();
        for grams in [&mut self.data.grams, &mut self.data.keep_grams, &mut self.data.heads] {
            sort::by(grams, Ord::cmp);
        }
    }

    /// Says when a rule without a host is to be asked.
    fn wake(&mut self, draft: &Draft, number: u32, loose: &mut Vec<u32>) {
        let gram = |&bytes: &u32| Gram { bytes, rule: number };
        match &draft.grams[..] {
            _ if !draft.heads.is_empty() => self.data.heads.extend(draft.heads.iter().map(gram)),
            [] => loose.push(number),
            grams if draft.rule.kind.keeps() => self.data.keep_grams.extend(grams.iter().map(gram)),
            grams => self.data.grams.extend(grams.iter().map(gram)),
        }
    }
}

fn kind_of(action: &Action, polarity: Polarity) -> Kind {
    let keeps = polarity == Polarity::Except;
    match action {
        Action::UrlSkip(_) => {
            if keeps {
                Kind::KeepWrapped
            } else {
                Kind::Skip
            }
        }
        Action::UriTransform(_) => {
            if keeps {
                Kind::KeepPath
            } else {
                Kind::Transform
            }
        }
        _ => {
            if keeps {
                Kind::Keep
            } else {
                Kind::Strip
            }
        }
    }
}
