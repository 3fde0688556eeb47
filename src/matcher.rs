//! Finds the filters that decide about a request.
//!
//! Of a hundred thousand filters about a dozen are looked at: those filed under a token of the address, under its host
//! or a domain above that, or under the page's; and the few that have none of these by four of their bytes. Everything
//! lies in one flat image ([`data`]), which is written at build time and searched where it lies.
//!
//! | part | what it does |
//! |---|---|
//! | [`token`](crate::address::token), [`suffix`](crate::address::suffix) | hash what an address and its hosts consist of, once per request |
//! | [`key`] | chooses what a filter is filed under |
//! | [`header`] | where in the image the indexes are described, and the tables of lists and regexes |
//! | [`index`] | from a hash to the filters filed under it |
//! | [`record`] | one filter, and whether it matches |
//! | [`domains`] | `domain=`, `to=`, `denyallow=` |
//! | [`build`] | lists into the image |
//! | [`writer`] | the image under construction |

mod build;
mod data;
mod domains;
mod header;
mod index;
mod key;
mod record;
mod writer;

use std::ops::ControlFlow;

use crate::address::suffix::Suffix;
use crate::dnr::Browser;
use crate::filter::Types;
use crate::image::{Damaged, Shared};
use crate::list::List;
use crate::request::Request;
use crate::surrogate;

use data::{Data, View};
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
    /// It is answered with this surrogate, because of this filter.
    Redirect(Place, &'a str),
}

/// What becomes of a request that a filter matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'a> {
    /// It is stopped.
    Block,
    /// A filter would have stopped it, but an exception lets it through.
    Allow,
    /// It is answered with the surrogate of this name.
    Redirect(&'a str),
}

impl Decision<'_> {
    /// What a browser makes of it for kinds of request: those that no surrogate answers there are blocked.
    ///
    /// ```
    /// use detick::{blocker::Decision, dnr::Browser, filter::Types};
    /// let decision = Decision::Redirect("noop.txt");
    /// assert_eq!(decision.in_browser(Browser::Firefox, Types::XHR), Decision::Block);
    /// assert_eq!(decision.in_browser(Browser::Chromium, Types::XHR), decision);
    /// ```
    #[must_use]
    pub fn in_browser(self, browser: Browser, kinds: Types) -> Self {
        match self {
            Decision::Redirect(_) if !surrogate::answered(browser).contains(kinds) => Decision::Block,
            decision => decision,
        }
    }
}

impl<'a> From<Outcome<'a>> for Decision<'a> {
    fn from(outcome: Outcome<'a>) -> Self {
        match outcome {
            Outcome::Block(_) => Decision::Block,
            Outcome::Allow(_) => Decision::Allow,
            Outcome::Redirect(_, surrogate) => Decision::Redirect(surrogate),
        }
    }
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
    /// a filter. Of several that would do, the first line of the first list is named. Lists whose bit is in `off` do
    /// not count: see [`Request::lists_off`].
    pub fn check(&self, request: &Request, off: u32) -> Option<Outcome<'_>> {
        let data = self.data.view();
        let stop = best(data, header::STOPS, request, off, |_| true)?;
        let may_except = |record: Record<'_>| record.has(IMPORTANT) || !stop.has(IMPORTANT);
        if let Some(exception) = best(data, header::ALLOWS, request, off, may_except) {
            return Some(Outcome::Allow(place(data, exception.line)));
        }
        Some(match surrogate(data, request, off) {
            Some((line, name)) => Outcome::Redirect(place(data, line), name),
            None => Outcome::Block(place(data, stop.line)),
        })
    }

    /// What [`Matcher::check`] decides. Cheaper, because the first filter that is found will do, unless there is an
    /// exception too.
    pub fn decide(&self, request: &Request, off: u32) -> Option<Decision<'_>> {
        let data = self.data.view();
        if !has_match(data, header::STOPS, request, off) {
            return None;
        }
        if has_match(data, header::ALLOWS, request, off) {
            return self.check(request, off).map(Decision::from);
        }
        let surrogate = surrogate(data, request, off);
        Some(surrogate.map_or(Decision::Block, |(_, name)| Decision::Redirect(name)))
    }

    /// An exception for the request, whether or not anything would stop it.
    pub fn exception(&self, request: &Request) -> Option<Place> {
        let data = self.data.view();
        let exception = best(data, header::ALLOWS, request, 0, |_| true)?;
        Some(place(data, exception.line))
    }

    /// As a section of an image.
    pub(crate) fn section(&self) -> &[u8] {
        self.data.section()
    }

    /// # Errors
    /// When the section is not one.
    pub(crate) fn from_section(section: Shared) -> Result<Matcher, Damaged> {
        Ok(Matcher {
            data: Data::from_section(section)?,
        })
    }
}

/// The filter of an index that matches and is wanted; an important one, or else the one that stands first.
fn best<'a>(
    data: View<'a>,
    index: usize,
    request: &Request,
    off: u32,
    wanted: impl Fn(Record<'_>) -> bool,
) -> Option<Record<'a>> {
    let rank = |record: Record<'_>| (!record.has(IMPORTANT), record.line);
    let mut best: Option<Record<'a>> = None;
    let _ = visit(data, index, request, |record, key| {
        let is_better = best.is_none_or(|best| rank(record) < rank(best)) && wanted(record);
        if is_better && matches(data, record, request, off, key) {
            best = Some(record);
        }
        ControlFlow::Continue(())
    });
    best
}

/// Whether any filter of an index matches.
fn has_match(data: View<'_>, index: usize, request: &Request, off: u32) -> bool {
    let found = visit(data, index, request, |record, key| {
        match matches(data, record, request, off, key) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    });
    found.is_break()
}

/// Whether a filter is about the request, and its list in force for it.
fn matches(data: View<'_>, record: Record<'_>, request: &Request, off: u32, key: Option<u32>) -> bool {
    record.matches(request, key) && (off == 0 || !is_off(data, record, off))
}

fn is_off(data: View<'_>, record: Record<'_>, off: u32) -> bool {
    let list = place(data, record.line).list as u32;
    off & 1_u32.checked_shl(list).unwrap_or(0) != 0
}

/// The file of the surrogate of the highest priority, of the first line among equals, that there is and that no
/// exception takes away.
fn surrogate<'a>(data: View<'a>, request: &Request, off: u32) -> Option<(u32, &'a str)> {
    let (mut excepted, mut offered) = (Vec::new(), Vec::new());
    let _ = visit(data, header::REDIRECTS, request, |record, key| {
        if matches(data, record, request, off, key) {
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
        .filter_map(|(rank, line, name)| Some((rank, line, surrogate::file(name)?)));
    let (_, line, file) = there.min()?;
    Some((line, file))
}

/// Shows every filter of an index that may match to `look`, with where in the address its key was found, until that
/// has enough.
fn visit<'a>(
    data: View<'a>,
    index: usize,
    request: &Request,
    mut look: impl FnMut(Record<'a>, Option<u32>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    if !request.is_on_the_web() {
        return ControlFlow::Continue(());
    }
    let index = Index::at(data, index);
    if index.is_empty() {
        return ControlFlow::Continue(());
    }
    let mut show = |bucket: u32, key: Option<u32>| Record::each(data, bucket, request, key, |record| look(record, key));
    let host_start = request.host_range().start as u32;
    let hosts = index.table(Kind::Host);
    for host in request.suffixes() {
        if let Some(bucket) = hosts.find(host.key()) {
            show(bucket, Some(host_start + host.start))?;
        }
    }
    let tokens = index.table(Kind::Token);
    if !tokens.is_empty() {
        for token in request.tokens() {
            if let Some(bucket) = tokens.find(token.hash) {
                show(bucket, Some(token.start))?;
            }
        }
    }
    let grams = index.table(Kind::Gram);
    if !grams.is_empty() {
        for (start, gram) in request.url_lower_bytes().windows(4).enumerate() {
            let hash = gram.first_chunk().map(|&bytes| index::of_gram(bytes));
            if let Some(bucket) = hash.and_then(|hash| grams.find(hash)) {
                show(bucket, Some(start as u32))?;
            }
        }
    }
    let pages = index.table(Kind::Page);
    if !pages.is_empty() {
        let hosts = request.source_suffixes().iter().map(Suffix::key);
        let entities = request
            .source_entities()
            .iter()
            .map(|entity| index::of_entity(entity.key()));
        for hash in hosts.chain(entities) {
            if let Some(bucket) = pages.find(hash) {
                show(bucket, None)?;
            }
        }
    }
    match index.unfiled {
        0 => ControlFlow::Continue(()),
        unfiled => show(unfiled, None),
    }
}

/// From a line counted over all lists to one of its own list.
fn place(data: View<'_>, line: u32) -> Place {
    let (at, count) = (data.word(header::LISTS), data.word(header::LISTS + 1));
    let before = data.slice(at as usize, count as usize).unwrap_or_default();
    let before = |list: usize| before.get(list).map(|&bytes| u32::from_le_bytes(bytes));
    let lists = (0..count as usize).take_while(|&list| before(list).is_some_and(|before| before < line));
    let list = lists.count().saturating_sub(1);
    Place {
        list,
        line: line.saturating_sub(before(list).unwrap_or(0)),
    }
}
