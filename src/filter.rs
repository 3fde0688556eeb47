//! One line of an adblock list, read once into a [`Filter`].
//!
//! The matcher, the declarativeNetRequest compiler and the link cleaner all stand on this type, so they cannot
//! differ in what a line means. The syntax is uBlock Origin's and AdGuard's static network syntax;
//! `filters/README.md` is its reference for list authors.

mod breadth;
mod conditions;
mod domains;
mod error;
mod modifier;
mod options;
mod pattern;
mod types;

pub use crate::case::Case;
pub(crate) use conditions::Common;
pub use conditions::{Conditions, Having};
pub use domains::{Domain, Domains};
pub use error::{ParseError, Reason};
pub use modifier::{Header, HeaderSide, Param, ParamTest, Redirect, RedirectMode, SkipStep, Transform};
pub use options::options_of;
pub use pattern::{Anchor, Glob, Pattern, is_separator};
pub use types::{Methods, Party, Types};

use std::sync::Arc;

/// Whether a filter acts, or excepts requests from the filters that act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// `||example.com^`: the filter does what its [`Action`] says.
    Apply,
    /// `@@||example.com^`: the filter keeps others with the same action from doing so.
    Except,
}

/// What a filter does with a request that it matches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Stop the request; as an exception, let it through.
    Block,
    /// Answer the request with a surrogate that the extension ships (`$redirect=`, `$redirect-rule=`).
    Redirect(Box<Redirect>),
    /// Take query parameters out of the address (`$removeparam=`).
    RemoveParam(Param),
    /// Replace a redirector's address by the one it leads to (`$urlskip=`). Empty only in an exception.
    UrlSkip(Vec<SkipStep>),
    /// Rewrite what follows the host (`$uritransform=/from/to/`). `None` only in an exception: all of them.
    UriTransform(Option<Box<Transform>>),
    /// Add a `Content-Security-Policy` response header. Empty only in an exception: all of them.
    Csp(String),
    /// Add a `Permissions-Policy` response header. Empty only in an exception: all of them.
    Permissions(String),
    /// Drop a header from the request or the response. `None` only in an exception: all of them.
    RemoveHeader(Option<Header>),
}

/// One network filter line, parsed.
///
/// ```
/// use detick::filter::{Action, Filter, Party, Pattern};
/// let filter: Filter = "||analytics.tiktok.com^$script,third-party".parse()?;
/// assert_eq!(filter.action, Action::Block);
/// assert_eq!(filter.when.party, Party::Third);
/// assert!(matches!(filter.pattern, Pattern::Glob(glob) if glob.host() == Some("analytics.tiktok.com")));
/// # Ok::<(), detick::filter::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The line in its list, counted from 1; 0 for a filter that stands alone.
    pub line: u32,
    /// Acts, or excepts.
    pub polarity: Polarity,
    /// What the address must look like.
    pub pattern: Pattern,
    /// Whether letters of the pattern are compared exactly (`$match-case`).
    pub case: Case,
    /// When it acts, beside the pattern; shared by filters that have nothing but kinds of request and a party.
    pub when: Arc<Conditions>,
    /// `$target`: an exception also holds for what a redirector leads to. Such a redirector is left alone.
    pub target: bool,
    /// Beats exceptions that are not important themselves.
    pub important: bool,
    /// Takes an equal filter out of force (`$badfilter`): see [`Filter::is_cancelled_by`].
    pub badfilter: bool,
    /// What happens.
    pub action: Action,
}

impl Filter {
    /// Whether `other`, a `$badfilter` line, takes this filter out of force: all else must be equal.
    pub fn is_cancelled_by(&self, other: &Filter) -> bool {
        other.badfilter
            && !self.badfilter
            && *self
                == Filter {
                    line: self.line,
                    badfilter: false,
                    ..other.clone()
                }
    }
}

impl Filter {
    /// The filters that a line stands for. A page that is opened in a tab is its own page: what `$domain=` names is
    /// then the host that is opened, as `$to=` names it, and that part of the line is a filter of its own. Where both
    /// are named, or a filter is about links, whose readers know it, the filter stays one.
    ///
    /// ```
    /// use detick::filter::{Filter, Types};
    /// let filter: Filter = "/landing/*$document,script,domain=bad.example".parse()?;
    /// let parts: Vec<Filter> = filter.parts().collect();
    /// assert_eq!((parts[0].when.types, parts[1].when.types), (Types::SCRIPT, Types::DOCUMENT));
    /// assert!(parts[1].when.from.is_empty() && parts[1].when.to == parts[0].when.from);
    /// # Ok::<(), detick::filter::ParseError>(())
    /// ```
    pub fn parts(mut self) -> impl Iterator<Item = Filter> {
        let pages = self.names_opened_pages().then(|| Filter {
            when: Arc::new(Conditions {
                types: Types::DOCUMENT,
                from: Domains::default(),
                to: self.when.from.clone(),
                ..Conditions::clone(&self.when)
            }),
            ..self.clone()
        });
        if pages.is_some() {
            Arc::make_mut(&mut self.when).types -= Types::DOCUMENT;
        }
        let is_left = !self.when.types.is_empty();
        is_left.then_some(self).into_iter().chain(pages)
    }

    /// Whether its `$domain=` names, besides pages that ask, pages that are opened: it has two [`Filter::parts`] then,
    /// or another one.
    pub(crate) fn names_opened_pages(&self) -> bool {
        let Conditions { types, from, to, .. } = &*self.when;
        types.contains(Types::DOCUMENT) && !from.include.is_empty() && to.is_empty() && !self.is_about_links()
    }

    /// Whether nothing but the pattern decides about requests of its usual kinds.
    pub fn has_no_condition(&self) -> bool {
        self.when.types.contains(Types::default_for(&self.action)) && self.when.having() == Having::NOTHING
    }

    /// Whether it takes parameters out of links, or leads past redirectors.
    pub fn is_about_links(&self) -> bool {
        matches!(
            self.action,
            Action::RemoveParam(_) | Action::UrlSkip(_) | Action::UriTransform(_)
        )
    }
}

impl std::str::FromStr for Filter {
    type Err = ParseError;

    /// Reads one network filter. Comments, cosmetic lines and hosts-file lines are [`crate::list`]'s business.
    fn from_str(line: &str) -> Result<Self, ParseError> {
        Filter::read(line.trim(), 0, &mut Common::default())
    }
}

impl Filter {
    /// Reads a line that has no blanks around it, and its number in its list.
    pub(crate) fn read(line: &str, number: u32, common: &mut Common) -> Result<Self, ParseError> {
        let (polarity, start) = match line.starts_with("@@") {
            true => (Polarity::Except, 2),
            false => (Polarity::Apply, 0),
        };
        let dollar = options::find(line, start);
        let options = match dollar {
            Some(at) => options::read(line, at + 1, polarity)?,
            None => options::Options::default(),
        };
        let text = &line[start..dollar.unwrap_or(line.len())];
        let pattern = pattern::read(text, options.case).map_err(|reason| reason.at(line, start))?;
        let filter = options.into_filter(number, polarity, pattern, common);
        match filter.contradiction() {
            Some(reason) => Err(reason.at(line, 0)),
            None => Ok(filter),
        }
    }

    /// What is wrong with the filter as a whole.
    fn contradiction(&self) -> Option<Reason> {
        let leaves_alone = self.polarity == Polarity::Except && self.action == Action::RemoveParam(Param::All);
        if self.stops_the_web() {
            Some(Reason::TooBroad)
        } else if !self.when.with.is_empty() && !self.is_about_links() {
            Some(Reason::UnsupportedOption(
                "with".to_owned(),
                "it is for lines about links",
            ))
        } else if self.target && !leaves_alone {
            let why = "it is for exceptions that leave a link alone, @@…$removeparam";
            Some(Reason::UnsupportedOption("target".to_owned(), why))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests;
