//! The rules that lists come to.

use super::{Condition, Rule};

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
