//! One request in, one [`Verdict`] out: whether it is stopped, and by which line of which list.

use crate::image::Damaged;
use crate::list::List;
use crate::matcher::{Matcher, Outcome, Place};
use crate::request::Request;
use crate::sources::Sources;

/// What becomes of a request that a filter matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'a> {
    /// It is stopped.
    Block,
    /// A filter would have stopped it, but an exception lets it through.
    Allow,
    /// It is answered with the stand-in of this name.
    Redirect(&'a str),
}

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
    matcher: Matcher,
    sources: Sources,
}

impl Blocker {
    /// Takes the blocking filters of `lists`; those of other kinds are left to the cleaner and the browser's rules.
    pub fn new(lists: &[List]) -> Blocker {
        Blocker {
            matcher: Matcher::new(lists),
            sources: Sources::new(lists),
        }
    }

    /// `None` when no filter would stop the request.
    pub fn check(&self, request: &Request) -> Option<Verdict<'_>> {
        Some(match self.matcher.check(request)? {
            Outcome::Block(place) => self.explain(place, Decision::Block),
            Outcome::Allow(place) => self.explain(place, Decision::Allow),
            Outcome::Redirect(place, surrogate) => self.explain(place, Decision::Redirect(surrogate)),
        })
    }

    /// Whether [`Blocker::check`] has a verdict, found out without looking for its line.
    pub fn concerns(&self, request: &Request) -> bool {
        self.matcher.check(request).is_some()
    }

    /// The two sections of an image: what is searched, and the lists' text.
    pub(crate) fn to_bytes(&self) -> (Vec<u8>, Vec<u8>) {
        (self.matcher.to_bytes(), self.sources.to_bytes())
    }

    /// # Errors
    /// When the sections contradict themselves.
    pub(crate) fn from_bytes(matcher: &[u8], sources: &[u8]) -> Result<Blocker, Damaged> {
        Ok(Blocker {
            matcher: Matcher::from_bytes(matcher)?,
            sources: Sources::from_bytes(sources)?,
        })
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
