//! Lists that are added to those that ship: one engine image of all together, browser rules of the added ones, and what
//! became of every line.
//!
//! The lists that ship stay static rulesets. The rules made here are in force beside those, with the same priorities: an
//! exception of an added list is one from their blocks too. What one set of rules cannot do to another is done here:
//! `$badfilter` lines take filters out before anything is made of them.

use crate::dnr::{self, Browser, Budget, Compiled, Settings};
use crate::engine;
use crate::filter::Filter;
use crate::image::{self, Damaged, Image, Section};
use crate::list::{self, Complaint, List, Reading};
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
    /// All lists, in force.
    lists: Vec<List>,
    /// Where the user's own begin.
    own_from: usize,
    companies: String,
}

impl Made {
    /// For [`engine::Engine::restore`]: the lists that ship and the added ones.
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
            built_in: Sources::from_bytes(sources.bytes())?.parse(),
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
        let compiled = dnr::compile(
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
        let shipped = self.built_in.len();
        lists.splice(0..0, self.built_in);
        drop_cancelled(&mut lists, shipped, shipped + own_from);
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

/// Takes out `$badfilter` lines, and what they name: a list's speak of added lists, the user's own of all.
fn drop_cancelled(lists: &mut [List], shipped: usize, own_from: usize) {
    let mut bad: Vec<(bool, Filter)> = Vec::new();
    for (at, list) in lists.iter().enumerate().skip(shipped) {
        let filters = list.filters.iter().filter(|filter| filter.badfilter);
        bad.extend(filters.map(|filter| (at >= own_from, filter.clone())));
    }
    if bad.is_empty() {
        return;
    }
    for (at, list) in lists.iter_mut().enumerate() {
        let of_web = (shipped..own_from).contains(&at);
        let named = |filter: &Filter| {
            bad.iter()
                .any(|(own, bad)| (*own || of_web) && filter.is_cancelled_by(bad))
        };
        list.filters.retain(|filter| !filter.badfilter && !named(filter));
    }
}
