//! What a compilation is told, and what it comes to.

use super::budget::Budget;
use super::report::Report;
use super::rulesets::Rulesets;

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

/// Where the rules for parameters stand among all that are in force together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layer {
    /// The one set with rules that match every page. There must be one at most, and it ships with the extension: the
    /// module that browsers load need not know how it is made.
    #[cfg(not(target_arch = "wasm32"))]
    Ground,
    /// Beside such a set.
    #[default]
    Above,
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
