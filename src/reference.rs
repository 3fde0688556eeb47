//! Brave's `adblock` crate as a second opinion: tests compare every verdict with its, `detick check --engine reference`
//! asks it. Native only.
//!
//! What it is known not to do is told in `tests/differential.rs`, row by row.

use std::fmt;

use adblock::lists::{FilterSet, ParseOptions, RuleTypes};
use adblock::request::Request;
use adblock::resources::{MimeType, PermissionMask, Resource, ResourceType};
use adblock::sourcemap::FilterRuleDebugInfo;

use crate::blocker::{Decision, Verdict};
use crate::filter::Action;
use crate::list::List;
use crate::sources::Sources;

/// The crate's engine, holding the same lists.
pub struct Reference {
    engine: adblock::Engine,
    sources: Sources,
    surrogates: Vec<String>,
}

impl fmt::Debug for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Reference").finish_non_exhaustive()
    }
}

impl Reference {
    /// Builds the crate's engine of all lines; it reads them by its own rules.
    pub fn new(lists: &[List]) -> Reference {
        let sources = Sources::new(lists);
        let mut set = FilterSet::new(true);
        for index in 0..lists.len() {
            let options = ParseOptions {
                rule_types: RuleTypes::NetworkOnly,
                ..ParseOptions::default()
            };
            set.add_filter_list(sources.text(index).to_owned(), options);
        }
        // Optimising fuses filters, and then none of them has a line.
        let mut engine = adblock::Engine::new_with_filter_set_no_optimize(set);
        let surrogates = surrogates(lists);
        engine.use_resources(surrogates.iter().enumerate().map(resource));
        Reference {
            engine,
            sources,
            surrogates,
        }
    }

    /// Its verdict; `None` also for addresses that it cannot read.
    pub fn check(&self, url: &str, source_url: &str, kind: &str, method: &str) -> Option<Verdict<'_>> {
        let method = if method.is_empty() { "GET" } else { method };
        let request = Request::new(url, source_url, kind, method).ok()?;
        let result = self.engine.check_network_request(&request);
        let filter = result.filter?;
        Some(match (&result.exception, &result.redirect) {
            (Some(exception), _) => self.explain(exception, Decision::Allow),
            (None, Some(content)) => self.explain(&filter, self.surrogate(content)),
            (None, None) => self.explain(&filter, Decision::Block),
        })
    }

    /// Resources hold their own index, so that an answer tells which of them it is.
    fn surrogate(&self, answer: &str) -> Decision<'_> {
        let index = answer
            .rsplit_once(',')
            .and_then(|(_, index)| index.parse::<usize>().ok());
        let name = index.and_then(|index| self.surrogates.get(index));
        name.map_or(Decision::Block, |name| Decision::Redirect(name))
    }

    fn explain<'a>(&'a self, rule: &FilterRuleDebugInfo, decision: Decision<'a>) -> Verdict<'a> {
        let place = rule.source_location.as_ref();
        let (list, line) = place.map_or((0, 0), |place| (place.source_index as usize, place.line_number + 1));
        Verdict {
            decision,
            filter: self.sources.line(list, line),
            list: self.sources.name(list),
            line,
        }
    }
}

/// Every surrogate that a filter names.
fn surrogates(lists: &[List]) -> Vec<String> {
    let filters = lists.iter().flat_map(|list| &list.filters);
    let mut names: Vec<String> = filters
        .filter_map(|filter| match &filter.action {
            Action::Redirect(redirect) => Some(redirect.resource.clone()),
            _ => None,
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

fn resource((index, name): (usize, &String)) -> Resource {
    Resource {
        name: name.clone(),
        aliases: Vec::new(),
        kind: ResourceType::Mime(MimeType::ImageGif),
        // Eight digits are valid base64 of some bytes, which only a picture may be.
        content: format!("{index:08}"),
        dependencies: Vec::new(),
        permission: PermissionMask::default(),
    }
}
