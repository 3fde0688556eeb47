//! Finds the filters that decide about a request.

mod naive;

use crate::filter::{Action, Filter, Polarity, RedirectMode};
use crate::list::List;
use crate::request::Request;

/// Where a filter stands: the list's index and the line's number.
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
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    filters: Vec<(usize, Filter)>,
}

impl Matcher {
    /// Takes the filters that are about stopping requests; `$badfilter` lines take out others of all lists.
    pub fn new(lists: &[List]) -> Matcher {
        let all = || {
            lists
                .iter()
                .enumerate()
                .flat_map(|(index, list)| list.filters.iter().map(move |filter| (index, filter)))
        };
        let bad: Vec<&Filter> = all()
            .map(|(_, filter)| filter)
            .filter(|filter| filter.badfilter)
            .collect();
        let wanted = |filter: &Filter| {
            matches!(filter.action, Action::Block | Action::Redirect(_))
                && !filter.badfilter
                && !bad.iter().any(|bad| filter.is_cancelled_by(bad))
        };
        Matcher {
            filters: all()
                .filter(|(_, filter)| wanted(filter))
                .map(|(list, filter)| (list, filter.clone()))
                .collect(),
        }
    }

    /// Decides in adblock's order: important exceptions, important filters, exceptions, filters.
    pub fn check(&self, request: &Request) -> Option<Outcome<'_>> {
        if !request.is_on_the_web() {
            return None;
        }
        let find = |wanted: &dyn Fn(&Filter) -> bool| {
            let found = self
                .filters
                .iter()
                .find(|(_, filter)| wanted(filter) && naive::matches(filter, request));
            found.map(|(list, filter)| Place {
                list: *list,
                line: filter.line,
            })
        };
        let stops = |filter: &Filter| {
            filter.polarity == Polarity::Apply
                && match &filter.action {
                    Action::Redirect(redirect) => redirect.mode == RedirectMode::BlockAndAnswer,
                    _ => true,
                }
        };
        let excepts = |filter: &Filter| filter.polarity == Polarity::Except && filter.action == Action::Block;
        let important = find(&|filter| stops(filter) && filter.important);
        let block = important.or_else(|| find(&stops))?;
        let exception = match important {
            Some(_) => find(&|filter| excepts(filter) && filter.important),
            None => find(&excepts),
        };
        if let Some(exception) = exception {
            return Some(Outcome::Allow(exception));
        }
        Some(self.redirect(request).unwrap_or(Outcome::Block(block)))
    }

    fn redirect(&self, request: &Request) -> Option<Outcome<'_>> {
        let matching = self
            .filters
            .iter()
            .filter(|(_, filter)| naive::matches(filter, request));
        let redirects: Vec<_> = matching
            .filter_map(|(list, filter)| match &filter.action {
                Action::Redirect(redirect) => Some((
                    Place {
                        list: *list,
                        line: filter.line,
                    },
                    filter,
                    redirect,
                )),
                _ => None,
            })
            .collect();
        let excepted = |name: &str| {
            redirects.iter().any(|(_, filter, redirect)| {
                filter.polarity == Polarity::Except && (redirect.resource.is_empty() || redirect.resource == name)
            })
        };
        let mut best: Option<(Place, i32, &str)> = None;
        for (place, filter, redirect) in &redirects {
            if filter.polarity == Polarity::Apply
                && !excepted(&redirect.resource)
                && best.is_none_or(|(_, priority, _)| redirect.priority > priority)
            {
                best = Some((*place, redirect.priority, &redirect.resource));
            }
        }
        best.map(|(place, _, name)| Outcome::Redirect(place, name))
    }
}
