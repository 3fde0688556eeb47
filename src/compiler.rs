//! Lists that are added to those that ship: one engine image of all together, browser rules of the added ones, and what
//! became of every line.
//!
//! The lists that ship stay static rulesets. The rules made here are in force beside those, with the same priorities:
//! an added list's exceptions also apply to built-in blocks. One set of rules cannot remove a rule of another: a
//! `$badfilter` line that names a built-in line is reported, and an exception does what it was meant to do.

use crate::dnr::{self, Browser, Budget, Compiled, Report, Settings};
use crate::engine;
use crate::filter::Filter;
use crate::image::{self, Damaged, Image, Section};
use crate::list::{self, Cancelled, Complaint, List, Rank, Reading};
use crate::sources::Sources;
use thiserror::Error;

/// Where a list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The web. Lines that could do harm in the wrong hands are refused.
    Web,
    /// The web, and the user trusts it.
    Trusted,
    /// The user wrote it: its lines rank above those of all lists.
    Own,
}

/// Why a list is not added.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddError {
    /// Verdicts could not tell the two apart.
    #[error("there is a list named `{0}` already")]
    SameName(String),
}

/// Compiles lists for one browser.
///
/// ```
/// use detick::compiler::{Compiler, Origin};
/// use detick::dnr::{Browser, Budget};
/// use detick::{engine, list};
/// let (ours, _) = list::parse("tiktok.txt", b"||analytics.tiktok.com^");
/// let mut compiler = Compiler::new(&engine::image(&[ours], "")?, Browser::Chromium)?;
/// compiler.add("web.txt", b"||ads.example^\n||track.example^\n", Origin::Web)?;
/// compiler.add("mine", b"@@||ads.example^$domain=shop.example", Origin::Own)?;
/// let made = compiler.compile(Budget::CHROMIUM);
/// assert_eq!(made.compiled.report.rules, 2);
/// assert_eq!(made.compiled.report.lists[0].converted, 2);
/// let engine = engine::Engine::restore(&made.image())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Compiler {
    browser: Browser,
    companies: String,
    built_in: Vec<List>,
    added: Vec<Added>,
}

#[derive(Debug)]
struct Added {
    origin: Origin,
    list: List,
    complaints: Vec<Complaint>,
}

/// What [`Compiler::compile`] makes.
#[derive(Debug)]
pub struct Made {
    /// Rules and report of the added lists: first those from the web, then the user's own.
    pub compiled: Compiled,
    /// What could not be read of each of these lists.
    pub complaints: Vec<Vec<Complaint>>,
    /// All lists, in force, and those from the web without their text.
    lists: Vec<List>,
    /// Where the user's own begin.
    own_from: usize,
    companies: String,
}

impl Made {
    /// For [`engine::Engine::restore`]: the lists that ship and the added ones. Of lists from the web it has no text:
    /// whoever fetched them has it. A verdict names the list and the number of the line, and quotes no line of theirs.
    pub fn image(&self) -> Vec<u8> {
        engine::image_with_own(&self.lists, self.own_from, &self.companies)
    }
}

impl Compiler {
    /// Takes the image that ships with the extension, whose lists stay in force.
    ///
    /// # Errors
    /// [`Damaged`] says why the image is not used.
    pub fn new(shipped: &[u8], browser: Browser) -> Result<Compiler, Damaged> {
        let (deciding, text) = image::split(shipped)?;
        let companies = Image::check(deciding.to_vec())?.section(Section::Trackers)?;
        let companies = std::str::from_utf8(companies.bytes()).map_err(|_| Damaged::Contradiction)?;
        let sources = Image::check(text.to_vec())?.section(Section::Sources)?;
        Ok(Compiler {
            browser,
            companies: companies.to_owned(),
            built_in: Sources::from_section(&sources)?.parse(),
            added: Vec::new(),
        })
    }

    /// Reads a list; gives what it says about itself and includes.
    ///
    /// # Errors
    /// When another list has the name.
    pub fn add(&mut self, name: &str, text: &[u8], origin: Origin) -> Result<&List, AddError> {
        let mut lists = self.built_in.iter().chain(self.added.iter().map(|added| &added.list));
        if lists.any(|list| list.name == name) {
            return Err(AddError::SameName(name.to_owned()));
        }
        let (list, complaints) = list::parse_as(name, text, &reading(self.browser, origin));
        let at = self
            .added
            .partition_point(|added| is_own(added) <= (origin == Origin::Own));
        self.added.insert(
            at,
            Added {
                origin,
                list,
                complaints,
            },
        );
        Ok(&self.added[at].list)
    }

    /// Compiles all lists together.
    pub fn compile(self, budget: Budget) -> Made {
        let own_from = self.added.partition_point(|added| !is_own(added));
        let (mut lists, complaints): (Vec<List>, Vec<_>) = self
            .added
            .into_iter()
            .map(|added| (added.list, added.complaints))
            .unzip();
        let mut compiled = dnr::compile(
            &lists,
            &Settings {
                browser: self.browser,
                own_from,
                beside: true,
                links: self.browser != Browser::Firefox,
                budget,
                ..Settings::default()
            },
        );
        let (mut built_in, browser) = (self.built_in, self.browser);
        tell_staying(&mut compiled.report, &built_in, &lists, own_from, browser);
        drop_cancelled(&mut built_in, &mut lists, own_from, browser);
        lists[..own_from].iter_mut().for_each(List::forget_text);
        let shipped = built_in.len();
        lists.splice(0..0, built_in);
        Made {
            compiled,
            complaints,
            lists,
            own_from: shipped + own_from,
            companies: self.companies,
        }
    }
}

fn is_own(added: &Added) -> bool {
    added.origin == Origin::Own
}

/// Which `!#if` conditions hold: those that hold for uBlock Origin in this browser, whose syntax we speak. Names of
/// AdGuard's products do not: a list that tells them apart has other lines for us.
///
/// ```
/// use detick::{compiler, dnr::Browser};
/// assert!(compiler::environment(Browser::Firefox).contains(&"env_firefox"));
/// ```
pub fn environment(browser: Browser) -> &'static [&'static str] {
    match browser {
        Browser::Both => list::ENVIRONMENT,
        Browser::Chromium => &["true", "ext_ublock", "env_mv3", "env_chromium"],
        Browser::Firefox => &["true", "ext_ublock", "env_firefox"],
    }
}

/// How a list of that origin is read.
pub fn reading(browser: Browser, origin: Origin) -> Reading<'static> {
    Reading {
        environment: environment(browser),
        trusted: origin != Origin::Web,
    }
}

/// Takes out of added lists what `$badfilter` lines name, and these lines. Nothing is taken out of the lists that ship
/// but lines about links where the engine alone cleans them: the browser's own rules of the others stay.
fn drop_cancelled(shipped: &mut [List], added: &mut [List], own_from: usize, browser: Browser) {
    let cancelled = Cancelled::of(added, own_from);
    if cancelled.is_empty() {
        return;
    }
    for list in shipped {
        list.filters
            .retain(|filter| !can_go(filter, browser) || cancelled.by(filter, Rank::Own).is_none());
    }
    let out: Vec<Vec<bool>> = added
        .iter()
        .enumerate()
        .map(|(index, list)| {
            let rank = Rank::of(index, own_from);
            list.filters.iter().map(|filter| cancelled.has(filter, rank)).collect()
        })
        .collect();
    for (list, out) in added.iter_mut().zip(out) {
        let mut out = out.into_iter();
        list.filters.retain(|_| out.next() == Some(false));
    }
}

/// Whether a line that ships can be taken out of force.
fn can_go(filter: &Filter, browser: Browser) -> bool {
    browser == Browser::Firefox && filter.is_about_links()
}

/// Tells which of the user's own `$badfilter` lines name a line that ships and stays.
fn tell_staying(report: &mut Report, shipped: &[List], added: &[List], own_from: usize, browser: Browser) {
    let own = added.iter().enumerate().skip(own_from);
    for (index, filter) in own.flat_map(|(index, list)| list.filters.iter().map(move |filter| (index, filter))) {
        let names = |other: &Filter| !can_go(other, browser) && other.is_cancelled_by(filter);
        if filter.badfilter && shipped.iter().flat_map(|list| &list.filters).any(names) {
            report.refuse_cancelling(index, &added[index], filter.line);
        }
    }
}
