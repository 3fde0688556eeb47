//! One line of an adblock list, read once into a [`Filter`].
//!
//! The matcher, the declarativeNetRequest compiler and the link cleaner all stand on this type, so they cannot
//! differ in what a line means. The syntax is uBlock Origin's and AdGuard's static network syntax;
//! `filters/README.md` is its reference for list authors.

mod breadth;
mod domains;
mod error;
mod modifier;
mod options;
mod pattern;
mod types;

pub use domains::{Domain, Domains};
pub use error::{ParseError, Reason};
pub use modifier::{Header, HeaderSide, Param, ParamTest, Redirect, RedirectMode, SkipStep, Transform};
pub use options::options_of;
pub use pattern::{Anchor, Glob, Pattern, is_separator};
pub use types::{Methods, Party, Types};

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
    /// Answer the request with a stand-in that the extension ships (`$redirect=`, `$redirect-rule=`).
    Redirect(Redirect),
    /// Take query parameters out of the address (`$removeparam=`).
    RemoveParam(Param),
    /// Replace a redirector's address by the one it leads to (`$urlskip=`). Empty only in an exception.
    UrlSkip(Vec<SkipStep>),
    /// Rewrite what follows the host (`$uritransform=/from/to/`). `None` only in an exception: all of them.
    UriTransform(Option<Transform>),
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
/// assert_eq!(filter.party, Party::Third);
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
    /// Letters of the pattern are compared exactly (`$match-case`).
    pub match_case: bool,
    /// The kinds of request it is for. [`Action`]s have different defaults: see [`Types::default_for`].
    pub types: Types,
    /// First-party or third-party requests, or both.
    pub party: Party,
    /// The page that makes the request (`$domain=`, `$from=`).
    pub from: Domains,
    /// The host the request goes to (`$to=`).
    pub to: Domains,
    /// Hosts that the filter leaves alone, with their subdomains (`$denyallow=`).
    pub denyallow: Vec<Domain>,
    /// `$with=a&b|c`: for lines about links, the parameters that the address must have besides: all of one of the groups.
    pub with: Vec<Vec<String>>,
    /// `$target`: an exception also holds for what a redirector leads to. Such a redirector is left alone.
    pub target: bool,
    /// HTTP methods it is for.
    pub methods: Methods,
    /// A response header that must be there (`$header=name:value`), as written. Only the browser can decide it.
    pub header: Option<String>,
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
    /// The filters that a line stands for. A page that is opened in a tab is its own page: what `$domain=` names is then the host
    /// that is opened, as `$to=` names it, and that part of the line is a filter of its own. Where both are named, or a filter
    /// is about links, whose readers know it, the filter stays one.
    ///
    /// ```
    /// use detick::filter::{Filter, Types};
    /// let filter: Filter = "/landing/*$document,script,domain=bad.example".parse()?;
    /// let parts: Vec<Filter> = filter.parts().collect();
    /// assert_eq!((parts[0].types, parts[1].types), (Types::SCRIPT, Types::DOCUMENT));
    /// assert!(parts[1].from.is_empty() && parts[1].to == parts[0].from);
    /// # Ok::<(), detick::filter::ParseError>(())
    /// ```
    pub fn parts(mut self) -> impl Iterator<Item = Filter> {
        let names_pages = !self.from.include.is_empty() && self.to.is_empty() && !self.is_about_links();
        let pages = (names_pages && self.types.contains(Types::DOCUMENT)).then(|| Filter {
            types: Types::DOCUMENT,
            from: Domains::default(),
            to: self.from.clone(),
            ..self.clone()
        });
        if pages.is_some() {
            self.types -= Types::DOCUMENT;
        }
        let is_left = !self.types.is_empty();
        is_left.then_some(self).into_iter().chain(pages)
    }

    /// Whether nothing but the pattern decides about requests of its usual kinds. What a filter may come to have is named here, so
    /// that a new condition is thought of.
    pub fn has_no_condition(&self) -> bool {
        let Filter {
            line: _,
            polarity: _,
            pattern: _,
            match_case: _,
            types,
            party,
            from,
            to,
            denyallow,
            with,
            target: _,
            methods,
            header,
            important: _,
            badfilter: _,
            action,
        } = self;
        types.contains(Types::default_for(action))
            && *party == Party::Any
            && from.is_empty()
            && to.is_empty()
            && denyallow.is_empty()
            && with.is_empty()
            && methods.is_empty()
            && header.is_none()
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
        let line = line.trim();
        let (polarity, start) = match line.strip_prefix("@@") {
            Some(_) => (Polarity::Except, 2),
            None => (Polarity::Apply, 0),
        };
        let dollar = options::find(line, start);
        let options = match dollar {
            Some(at) => options::read(line, at + 1, polarity)?,
            None => options::Options::default(),
        };
        let text = &line[start..dollar.unwrap_or(line.len())];
        let pattern = pattern::read(text, options.match_case).map_err(|reason| reason.at(line, start))?;
        let filter = options.into_filter(polarity, pattern);
        match filter.contradiction() {
            Some(reason) => Err(reason.at(line, 0)),
            None => Ok(filter),
        }
    }
}

impl Filter {
    /// What is wrong with the filter as a whole.
    fn contradiction(&self) -> Option<Reason> {
        let leaves_alone = self.polarity == Polarity::Except && self.action == Action::RemoveParam(Param::All);
        if self.stops_the_web() {
            Some(Reason::TooBroad)
        } else if !self.with.is_empty() && !self.is_about_links() {
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
