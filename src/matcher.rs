//! Finds the filters that decide about a request.
//!
//! Of a hundred thousand filters about a dozen are looked at: those filed under a token of the address, under its host
//! or a domain above that, or under the page's. Everything lies in one flat image ([`data`]), which is written at build
//! time and searched where it lies.
//!
//! | part | what it does |
//! |---|---|
//! | [`token`], [`suffix`] | hash what an address and its hosts consist of, once per request |
//! | [`key`] | chooses what a filter is filed under |
//! | [`index`] | from a hash to the filters filed under it |
//! | [`record`] | one filter, and whether it matches |
//! | [`domains`] | `domain=`, `to=`, `denyallow=` |
//! | [`build`] | lists into the image |

mod build;
mod data;
pub(crate) mod domains;
mod index;
mod key;
mod record;
pub(crate) mod suffix;
pub(crate) mod token;

use std::ops::ControlFlow;

use crate::image::Damaged;
use crate::list::List;
use crate::request::Request;
use crate::standin;

use data::Data;
use index::{Index, Kind};
use record::{EXCEPT, IMPORTANT, Record};

/// Where a filter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index among the lists that the matcher was built of.
    pub list: usize,
    /// Counted from 1.
    pub line: u32,
}

/// What the filters come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// The request is stopped by this filter.
    Block(Place),
    /// It would have been stopped, were it not for this exception.
    Allow(Place),
    /// It is answered with this stand-in, because of this filter.
    Redirect(Place, &'a str),
}

/// The filters of some lists, ready to match.
#[derive(Debug, Default)]
pub struct Matcher {
    data: Data,
}

impl Matcher {
    /// Takes the filters that are about stopping requests; `$badfilter` lines take out others, of all lists.
    pub fn new(lists: &[List]) -> Matcher {
        Matcher {
            data: build::build(lists),
        }
    }

    /// Decides in adblock's order: an important exception beats an important filter, that beats an exception, and that
    /// a filter. Of several that would do, the first line of the first list is named. Lists whose bit is in `off` do not
    /// count: see [`Request::lists_off`].
    pub fn check(&self, request: &Request, off: u32) -> Option<Outcome<'_>> {
        let stop = self.best(data::STOPS, request, off, |_| true)?;
        let may_except = |record: Record<'_>| record.has(IMPORTANT) || !stop.has(IMPORTANT);
        if let Some(exception) = self.best(data::ALLOWS, request, off, may_except) {
            return Some(Outcome::Allow(self.place(exception.line)));
        }
        Some(match self.surrogate(request, off) {
            Some((line, name)) => Outcome::Redirect(self.place(line), name),
            None => Outcome::Block(self.place(stop.line)),
        })
    }

    /// An exception for the request, whether or not anything would stop it.
    pub fn exception(&self, request: &Request) -> Option<Place> {
        let exception = self.best(data::ALLOWS, request, 0, |_| true)?;
        Some(self.place(exception.line))
    }

    /// Whether [`Matcher::check`] finds anything: whether any filter would stop the request. Cheaper, because the first
    /// that is found will do.
    pub fn concerns(&self, request: &Request, off: u32) -> bool {
        let look = |record: Record<'_>, key| match self.matches(record, request, off, key) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        self.visit(data::STOPS, request, look).is_break()
    }

    /// As a section of an image.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.data.to_bytes()
    }

    /// # Errors
    /// When the section is not one.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Matcher, Damaged> {
        Ok(Matcher {
            data: Data::from_bytes(bytes)?,
        })
    }

    /// The filter that matches and is wanted; an important one, or else the one that stands first.
    fn best(
        &self,
        index: usize,
        request: &Request,
        off: u32,
        wanted: impl Fn(Record<'_>) -> bool,
    ) -> Option<Record<'_>> {
        let rank = |record: Record<'_>| (!record.has(IMPORTANT), record.line);
        let mut best: Option<Record<'_>> = None;
        let _ = self.visit(index, request, |record, key| {
            let is_better = best.is_none_or(|best| rank(record) < rank(best)) && wanted(record);
            if is_better && self.matches(record, request, off, key) {
                best = Some(record);
            }
            ControlFlow::Continue(())
        });
        best
    }

    /// Whether a filter is about the request, and its list in force for it.
    fn matches(&self, record: Record<'_>, request: &Request, off: u32, key: Option<u32>) -> bool {
        record.matches(request, key) && (off == 0 || !self.is_off(record, off))
    }

    fn is_off(&self, record: Record<'_>, off: u32) -> bool {
        let list = self.place(record.line).list as u32;
        off & 1_u32.checked_shl(list).unwrap_or(0) != 0
    }

    /// The file of the stand-in of the highest priority, of the first line among equals, that there is and that no
    /// exception takes away.
    fn surrogate(&self, request: &Request, off: u32) -> Option<(u32, &str)> {
        let (mut excepted, mut offered) = (Vec::new(), Vec::new());
        let _ = self.visit(data::REDIRECTS, request, |record, key| {
            if self.matches(record, request, off, key) {
                let (name, priority) = record.surrogate();
                match record.has(EXCEPT) {
                    true => excepted.push(name),
                    false => offered.push((std::cmp::Reverse(priority), record.line, name)),
                }
            }
            ControlFlow::Continue(())
        });
        offered.retain(|(_, _, name)| !excepted.iter().any(|excepted| excepted.is_empty() || excepted == name));
        let there = offered
            .into_iter()
            .filter_map(|(rank, line, name)| Some((rank, line, standin::file(name)?)));
        let (_, line, file) = there.min()?;
        Some((line, file))
    }

    /// Shows every filter that may match to `look`, with where in the address its key was found, until that has enough.
    fn visit<'a>(
        &'a self,
        index: usize,
        request: &Request,
        mut look: impl FnMut(Record<'a>, Option<u32>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if !request.is_on_the_web() {
            return ControlFlow::Continue(());
        }
        let index = Index::at(&self.data, index);
        let mut show = |bucket: u32, key: Option<u32>| {
            let mut records = record::bucket(&self.data, bucket);
            records.try_for_each(|record| look(record, key))
        };
        // Four plain loops: chained iterators would ask at every step which of them it is.
        let host_start = request.host_range().start as u32;
        for host in request.target().suffixes {
            if let Some(bucket) = index.find(index::key(Kind::Host, host.hash)) {
                show(bucket, Some(host_start + host.start))?;
            }
        }
        for token in request.tokens() {
            if let Some(bucket) = index.find(index::key(Kind::Token, token.hash)) {
                show(bucket, Some(token.start))?;
            }
        }
        for page in request.source().suffixes {
            if let Some(bucket) = index.find(index::key(Kind::Page, page.hash)) {
                show(bucket, None)?;
            }
        }
        for entity in request.source_entities() {
            if let Some(bucket) = index.find(index::key(Kind::PageEntity, entity.hash)) {
                show(bucket, None)?;
            }
        }
        match index.unfiled {
            0 => ControlFlow::Continue(()),
            unfiled => show(unfiled, None),
        }
    }

    /// From a line counted over all lists to one of its own list.
    fn place(&self, line: u32) -> Place {
        let (at, count) = (self.data.word(data::LISTS), self.data.word(data::LISTS + 1));
        let before = self.data.slice(at as usize, count as usize).unwrap_or_default();
        let list = before.partition_point(|&before| before < line).saturating_sub(1);
        Place {
            list,
            line: line.saturating_sub(before.get(list).copied().unwrap_or(0)),
        }
    }
}
