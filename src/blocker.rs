//! One request in, one [`Verdict`] out: whether it is stopped, and by which line of which list.

use crate::image::{Damaged, Image, Section, Shared};
use crate::list::List;
use crate::matcher::{Matcher, Outcome, Place};
use crate::request::Request;
use crate::sources::Sources;

pub use crate::matcher::Decision;

/// A decision and the line that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict<'a> {
    /// What happens.
    pub decision: Decision<'a>,
    /// The filter as it stands in its list.
    pub filter: &'a str,
    /// The name of that list.
    pub list: &'a str,
    /// The number of the line, counted from 1.
    pub line: u32,
}

/// The filters of some lists, ready to decide.
///
/// ```
/// use detick::{blocker::{Blocker, Decision}, list, request::Request};
/// let (list, _) = list::parse("mine.txt", b"! my list\n||analytics.tiktok.com^\n");
/// let blocker = Blocker::new(&[list]);
/// let request = Request::new("https://analytics.tiktok.com/api", "https://shop.example/", "ping", "POST");
/// let verdict = blocker.check(&request).expect("the pixel is blocked");
/// assert_eq!((verdict.decision, verdict.list, verdict.line), (Decision::Block, "mine.txt", 2));
/// ```
#[derive(Debug, Default)]
pub struct Blocker {
    lists: Layer,
    /// The user's own lines: what they say holds, whatever lists say.
    own: Option<Layer>,
}

impl Blocker {
    /// Takes the blocking filters of `lists`; those of other kinds are left to the cleaner and the browser's rules.
    pub fn new(lists: &[List]) -> Blocker {
        Blocker::with_own(lists, &[])
    }

    /// [`Blocker::new`] with lists of the user's own lines, which rank above the others.
    ///
    /// ```
    /// use detick::{blocker::{Blocker, Decision}, list, request::Request};
    /// let (list, _) = list::parse("web.txt", b"||ads.example^$important");
    /// let (own, _) = list::parse("mine", b"@@||ads.example^$domain=shop.example");
    /// let blocker = Blocker::with_own(&[list], &[own]);
    /// let request = Request::new("https://ads.example/", "https://shop.example/", "script", "GET");
    /// assert_eq!(blocker.check(&request).map(|verdict| verdict.decision), Some(Decision::Allow));
    /// ```
    pub fn with_own(lists: &[List], own: &[List]) -> Blocker {
        let has_own = own.iter().any(|list| !list.filters.is_empty());
        Blocker {
            lists: Layer::new(lists),
            own: has_own.then(|| Layer::new(own)),
        }
    }

    /// `None` when no filter would stop the request.
    pub fn check(&self, request: &Request) -> Option<Verdict<'_>> {
        let off = request.lists_off;
        let Some(own) = &self.own else {
            return self.lists.check(request, off);
        };
        own.check(request, 0).or_else(|| {
            let verdict = self.lists.check(request, off)?;
            Some(own.exception(request).unwrap_or(verdict))
        })
    }

    /// What [`Blocker::check`] decides, found out without looking for the line.
    pub fn decide(&self, request: &Request) -> Option<Decision<'_>> {
        let off = request.lists_off;
        let Some(own) = &self.own else {
            return self.lists.matcher.decide(request, off);
        };
        own.matcher.decide(request, 0).or_else(|| {
            let decision = self.lists.matcher.decide(request, off)?;
            Some(own.matcher.exception(request).map_or(decision, |_| Decision::Allow))
        })
    }

    /// What [`Request::lists_off`] calls a list; 0 when there is none of that name among the first 32, which are always
    /// in force then. The user's own lines always are.
    ///
    /// ```
    /// use detick::{blocker::Blocker, list, request::Request};
    /// let (list, _) = list::parse("embeds.txt", b"||tiktok.com^$third-party");
    /// let blocker = Blocker::new(&[list]);
    /// let mut request = Request::new("https://www.tiktok.com/embed.js", "https://news.example/", "script", "GET");
    /// assert!(blocker.check(&request).is_some());
    /// request.lists_off = blocker.list_bit("embeds.txt");
    /// assert!(blocker.check(&request).is_none());
    /// ```
    pub fn list_bit(&self, name: &str) -> u32 {
        let index = self.lists.sources.names().position(|other| other == name);
        index.map_or(0, |index| 1_u32.checked_shl(index as u32).unwrap_or(0))
    }

    /// What is searched, as sections of an image; the second for the user's own lines.
    pub(crate) fn sections(&self) -> Vec<(Section, &[u8])> {
        let lists = (Section::Matcher, self.lists.matcher.section());
        let own = self.own.as_ref();
        let own = own.map(|own| (Section::OwnMatcher, own.matcher.section()));
        [Some(lists), own].into_iter().flatten().collect()
    }

    /// The lists' text, as sections of an image; the second for the user's own lines.
    pub(crate) fn sources(&self) -> Vec<(Section, Vec<u8>)> {
        let lists = (Section::Sources, self.lists.sources.to_bytes());
        let own = self.own.as_ref();
        let own = own.map(|own| (Section::OwnSources, own.sources.to_bytes()));
        [Some(lists), own].into_iter().flatten().collect()
    }

    /// Decides, but cannot quote lines before it has the lists' text.
    ///
    /// # Errors
    /// When a section is missing or contradicts itself.
    pub(crate) fn from_image(image: &Image) -> Result<Blocker, Damaged> {
        let own = image.find(Section::OwnMatcher)?;
        Ok(Blocker {
            lists: Layer::from_section(image.section(Section::Matcher)?)?,
            own: own.map(Layer::from_section).transpose()?,
        })
    }

    /// Takes the lists' text.
    ///
    /// # Errors
    /// When a section is missing or contradicts itself.
    pub(crate) fn add_sources(&mut self, image: &Image) -> Result<(), Damaged> {
        let sources = Sources::from_section(&image.section(Section::Sources)?)?;
        if let Some(own) = &mut self.own {
            own.sources = Sources::from_section(&image.section(Section::OwnSources)?)?;
        }
        self.lists.sources = sources;
        Ok(())
    }
}

/// Lists of one rank.
#[derive(Debug, Default)]
struct Layer {
    matcher: Matcher,
    sources: Sources,
}

impl Layer {
    fn new(lists: &[List]) -> Layer {
        Layer {
            matcher: Matcher::new(lists),
            sources: Sources::new(lists),
        }
    }

    fn from_section(section: Shared) -> Result<Layer, Damaged> {
        Ok(Layer {
            matcher: Matcher::from_section(section)?,
            sources: Sources::default(),
        })
    }

    fn check(&self, request: &Request, off: u32) -> Option<Verdict<'_>> {
        Some(match self.matcher.check(request, off)? {
            Outcome::Block(place) => self.explain(place, Decision::Block),
            Outcome::Allow(place) => self.explain(place, Decision::Allow),
            Outcome::Redirect(place, surrogate) => self.explain(place, Decision::Redirect(surrogate)),
        })
    }

    fn exception(&self, request: &Request) -> Option<Verdict<'_>> {
        let place = self.matcher.exception(request)?;
        Some(self.explain(place, Decision::Allow))
    }

    fn explain<'a>(&'a self, place: Place, decision: Decision<'a>) -> Verdict<'a> {
        Verdict {
            decision,
            filter: self.sources.line(place.list, place.line),
            list: self.sources.name(place.list),
            line: place.line,
        }
    }
}
