//! What a compilation is told, and what it comes to.

use super::budget::Budget;
use super::params::Layer;
use super::report::Report;
use super::{Condition, Rule};

/// Which browser the rules are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Browser {
    /// Only what both take: for rules that ship with the extension.
    #[default]
    Both,
    /// Chromium and its kin.
    Chromium,
    /// Firefox.
    Firefox,
}

/// How lists are compiled.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The browser that will read the rules.
    pub browser: Browser,
    /// From this list on, counted from 0, lists hold the user's own lines: they rank above all others.
    pub own_from: usize,
    /// Where rules about parameters stand.
    pub layer: Layer,
    /// Whether other rules about links are in force beside these, which exceptions of these lists are from as well.
    pub beside: bool,
    /// Whether there are to be rules about links: not where the engine cleans them live.
    pub links: bool,
    /// How many rules the browser takes.
    pub budget: Budget,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            browser: Browser::Both,
            own_from: usize::MAX,
            layer: Layer::Above,
            beside: false,
            links: true,
            budget: Budget::UNLIMITED,
        }
    }
}

/// What lists come to.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The rules.
    pub rulesets: Rulesets,
    /// What became of every line.
    pub report: Report,
}

/// Rules by what they need to be in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rulesets {
    /// Blocks and exceptions: work without access to any host.
    pub block: Vec<Rule>,
    /// Surrogates. Without access to a host the browser skips the redirect *and* the block that it outranks: to be
    /// enabled only with access to all hosts.
    pub surrogates: Vec<Rule>,
    /// Surrogates by addresses that hold them (`data:`), to be enabled only with access to all hosts too. Firefox
    /// refuses these, and none are made for it.
    pub data_surrogates: Vec<Rule>,
    /// Parameters taken out of links.
    pub links: Vec<Rule>,
    /// Headers and policies.
    pub headers: Vec<Rule>,
    /// Redirectors: no rules but their conditions, see [`priority::UNWRAP`](super::priority::UNWRAP).
    pub unwrap: Vec<Condition>,
}

impl Rulesets {
    /// The sets of rules by name. Their ids differ throughout, so that they can be in force as one set.
    pub fn all(&self) -> [(&'static str, &[Rule]); 5] {
        [
            ("block", &self.block),
            ("surrogates", &self.surrogates),
            ("data-surrogates", &self.data_surrogates),
            ("links", &self.links),
            ("headers", &self.headers),
        ]
    }
}
