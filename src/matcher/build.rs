//! Lists into the flat image.

use std::collections::HashMap;

use crate::filter::{Action, Filter, Polarity, RedirectMode};
use crate::list::{Cancelled, List, Rank};
use crate::sort;

use super::data::Data;
use super::header;
use super::index::{self, Key};
use super::key::{self, Place};
use super::record::{ANYWHERE, Draft};
use super::writer::Writer;

/// Builds what the matcher reads.
pub fn build(lists: &[List]) -> Data {
    let mut writer = Writer::default();
    let mut shelves = [
        Shelf::new(header::STOPS),
        Shelf::new(header::ALLOWS),
        Shelf::new(header::REDIRECTS),
    ];
    let cancelled = Cancelled::of(lists, usize::MAX);
    let mut lines = Vec::with_capacity(lists.len());
    let mut before: u32 = 0;
    for list in lists {
        lines.push(before);
        for filter in list
            .filters
            .iter()
            .filter(|filter| is_decidable(filter) && !cancelled.has(filter, Rank::List))
        {
            let Some(draft) = Draft::new(&mut writer, filter, before.saturating_add(filter.line)) else {
                continue;
            };
            for shelf in shelves.iter_mut().filter(|shelf| shelf.takes(filter)) {
                shelf.add(filter, draft.clone());
            }
        }
        before = before.saturating_add(list.line_count());
    }
    for shelf in shelves {
        shelf.write(&mut writer);
    }
    writer.finish(&lines)
}

/// What can be said of a request before it is sent: `$header=` is about the answer.
fn is_decidable(filter: &Filter) -> bool {
    filter.when.header.is_none() && matches!(filter.action, Action::Block | Action::Redirect(_))
}

/// To compare so many filters with every address takes about as long as to look for four bytes at each of its places.
const MANY: usize = 4;

/// The filters of one index.
struct Shelf<'a> {
    /// The word of its description in the header.
    description: usize,
    filters: Vec<Shelved<'a>>,
    /// How many filters could be filed under a key.
    counts: HashMap<Key, u32>,
}

struct Shelved<'a> {
    draft: Draft<'a>,
    single: Vec<Place>,
    several: Vec<Place>,
    gram: Option<Place>,
}

impl<'a> Shelf<'a> {
    fn new(description: usize) -> Shelf<'a> {
        Shelf {
            description,
            filters: Vec::new(),
            counts: HashMap::new(),
        }
    }

    fn takes(&self, filter: &Filter) -> bool {
        let applies = filter.polarity == Polarity::Apply;
        match (self.description, &filter.action) {
            (header::STOPS, Action::Redirect(redirect)) => applies && redirect.mode == RedirectMode::BlockAndAnswer,
            (header::STOPS, _) => applies,
            (header::ALLOWS, action) => !applies && *action == Action::Block,
            (_, action) => matches!(action, Action::Redirect(_)),
        }
    }

    fn add(&mut self, filter: &Filter, draft: Draft<'a>) {
        let single = key::single(filter);
        for key in &single {
            *self.counts.entry(key.key).or_default() += 1;
        }
        // Only where it may be used: choosing one is expensive.
        let is_hard_to_find = single.iter().all(|place| place.is_common);
        self.filters.push(Shelved {
            draft,
            several: key::several(filter),
            gram: Some(filter).filter(|_| is_hard_to_find).and_then(key::gram),
            single,
        });
    }

    /// Whether so many filters have no other key than four of their bytes that these are worth being looked for.
    fn needs_grams(&self) -> bool {
        let has_no_other = |filter: &&Shelved| filter.single.is_empty() && filter.several.is_empty();
        let keyless = self.filters.iter().filter(has_no_other);
        keyless.filter(|filter| filter.gram.is_some()).count() >= MANY
    }

    /// The rarest key; several keys or four bytes rather than one common key; finally none.
    fn places<'s>(&self, filter: &'s Shelved, grams: bool) -> &'s [Place] {
        let cost = |key: &Place| (key.is_common, self.counts.get(&key.key).copied());
        let rarest = (0..filter.single.len()).min_by_key(|&at| cost(&filter.single[at]));
        let single = rarest.map_or(&[][..], |at| &filter.single[at..=at]);
        let gram = if grams { filter.gram.as_slice() } else { &[] };
        let others = [&filter.several[..], gram];
        match single {
            [place] if !place.is_common => single,
            _ => others.into_iter().find(|places| !places.is_empty()).unwrap_or(single),
        }
    }

    fn write(self, writer: &mut Writer) {
        let mut filed: Vec<(Key, Filed)> = Vec::new();
        let mut unfiled: Vec<(Option<Key>, Filed)> = Vec::new();
        let grams = self.needs_grams();
        for filter in &self.filters {
            match self.places(filter, grams) {
                [] => unfiled.push((None, (ANYWHERE, &filter.draft))),
                places => filed.extend(places.iter().map(|place| (place.key, (place.distance, &filter.draft)))),
            }
        }
        sort::by_key(&mut filed, |&(key, _)| key);
        let buckets = filed.chunk_by(|(one, _), (other, _)| one == other);
        let entries: Vec<(Key, u32)> = buckets
            .map(|bucket| (bucket[0].0, write_bucket(writer, bucket)))
            .collect();
        let unfiled = write_bucket(writer, &unfiled);
        index::write(&mut writer.words, self.description, &entries, unfiled);
    }
}

/// A filter, and how far the key that it is filed under stands from its pattern's beginning.
type Filed<'a> = (u32, &'a Draft<'a>);

/// Gives the bucket's offset; 0 when there is nothing in it.
fn write_bucket<K>(writer: &mut Writer, bucket: &[(K, Filed)]) -> u32 {
    let Some(((_, (distance, last)), others)) = bucket.split_last() else {
        return 0;
    };
    let at = writer.offset();
    for (_, (distance, draft)) in others {
        draft.write(writer, *distance, false);
    }
    last.write(writer, *distance, true);
    at
}
