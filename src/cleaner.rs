//! One link in, the same link without its trackers out.
//!
//! Works on the text of the link: parameters are cut out, a redirector is replaced by the link inside it, and no other
//! byte is touched. A link is cleaned in rounds until nothing is left to do, so cleaning a clean link does nothing.
//!
//! What a rule's conditions mean here: a link is a page that is opened in a tab by GET, from itself. So types must
//! include `document`, `third-party` never holds, and `domain=`, `from=`, `to=` and `denyallow=` all speak of the
//! link's own host. An exception keeps what the same line without `@@` would take out.

mod address;
mod build;
mod codec;
mod data;
mod ends;
mod few;
mod grams;
mod ground;
mod index;
mod integrity;
mod link;
mod marks;
mod scopes;
mod segments;
mod shape;
mod strip;
mod tables;
mod text;
mod transform;
mod unwrap;

use crate::image::Damaged;
use crate::list::{Complaint, List};
use bitflags::bitflags;
use data::{NONE, Rule};
use ground::Ground;
use link::Link;
pub(crate) use link::percent_decode;
use scopes::Scopes;
use std::borrow::Cow;
use std::fmt;
use tables::Tables;
use unwrap::Unwrapped;
pub(crate) use unwrap::{base64, base64_bytes};

pub use text::CleanedLink;

/// How many redirectors may stand one inside the other.
const MAX_DEPTH: usize = 5;
/// How many times a link is gone through. Few need more than two; one that needs more than this is left alone.
const MAX_ROUNDS: usize = 16;

bitflags! {
    /// How far cleaning goes, and how far a list's lines do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Tiers: u8 {
        /// What is safe while a page is being opened.
        const NAVIGATION = 1;
        /// More, when a person copies or shares a link.
        const SHARE = 1 << 1;
        /// Who gets paid for the link.
        const REFERRAL = 1 << 2;
    }
}

impl Default for Tiers {
    fn default() -> Self {
        Tiers::NAVIGATION | Tiers::SHARE
    }
}

/// A parameter that a person wants to keep.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Keep {
    /// With its subdomains; lower case, ASCII.
    pub host: String,
    /// The parameter's name, percent-decoded.
    pub name: String,
}

/// How a link is cleaned.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Which lists' lines are in force: navigation and share unless said otherwise.
    pub tiers: Tiers,
    /// Parameters that stay, whatever the lists say.
    pub keep: &'a [Keep],
}

/// A link, cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned<'a> {
    /// The very text that was given when there was nothing to do.
    pub url: Cow<'a, str>,
    /// What was taken out, in the order in which it was.
    pub removed: Vec<Removed<'a>>,
    /// The hosts of the redirectors that the link was taken out of, outermost first.
    pub unwrapped: Vec<String>,
}

impl<'a> Cleaned<'a> {
    fn unchanged(url: &'a str) -> Self {
        Cleaned {
            url: Cow::Borrowed(url),
            removed: Vec::new(),
            unwrapped: Vec::new(),
        }
    }

    /// The link as it was given, with the blanks around it, when there was nothing to do.
    fn or_as_given(self, url: &'a str) -> Self {
        match self.url {
            Cow::Borrowed(_) => Cleaned::unchanged(url),
            Cow::Owned(_) => self,
        }
    }
}

/// Something that was taken out of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed<'a> {
    /// A parameter's name, percent-decoded, or the piece of the path.
    pub name: String,
    /// The list whose line did it.
    pub list: &'a str,
    /// The line, counted from 1.
    pub line: u32,
    /// What the parameter tells about whom, in a few words of the list; empty when the list does not say.
    pub why: &'a str,
}

impl<'a> Removed<'a> {
    fn new(tables: &'a Tables, name: String, rule: &Rule) -> Self {
        let why = match rule.why {
            NONE => "",
            why => tables.text(tables.data.reasons[why as usize]),
        };
        Removed {
            name,
            list: tables.list(rule),
            line: rule.line,
            why,
        }
    }

    /// Where the line is: `links.txt:12`.
    pub fn rule(&self) -> impl fmt::Display {
        Place(self.list, self.line)
    }
}

/// A list and a line of it.
struct Place<'a>(&'a str, u32);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0, self.1)
    }
}

/// Cleans links by the `$removeparam`, `$urlskip` and `$uritransform` lines of some lists.
///
/// ```
/// use detick::cleaner::{Cleaner, Options};
/// let (list, _) = detick::list::parse("links.txt", b"!why: the ad you clicked\n$removeparam=ttclid\n");
/// let (cleaner, complaints) = Cleaner::new(&[list]);
/// assert!(complaints.is_empty());
/// let cleaned = cleaner.clean("https://shop.example/?id=1&ttclid=E.C.P.x#top", &Options::default());
/// assert_eq!(cleaned.url, "https://shop.example/?id=1#top");
/// assert_eq!(cleaned.removed[0].why, "the ad you clicked");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cleaner {
    tables: Tables,
}

impl Cleaner {
    /// Compiles the lines about links of `lists`, whose tiers are those of their names
    /// ([`shipped::tier_of`](crate::shipped::tier_of)). A line that cannot be carried out is left out and complained
    /// about, with the name of its list.
    pub fn new(lists: &[List]) -> (Cleaner, Vec<(String, Complaint)>) {
        let (tables, complaints) = build::build(lists);
        (Cleaner { tables }, complaints)
    }

    /// The tables, as a section of an image.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.tables.to_bytes()
    }

    /// Reads what [`Cleaner::to_bytes`] wrote. Compiles nothing.
    ///
    /// # Errors
    /// [`Damaged::Contradiction`] when the bytes do not hold together.
    pub fn from_bytes(bytes: &[u8]) -> Result<Cleaner, Damaged> {
        let tables = Tables::from_bytes(bytes).ok_or(Damaged::Contradiction)?;
        Ok(Cleaner { tables })
    }

    /// Cleans one link. What is no `http` or `https` link comes back as it is, and so does a redirector whose
    /// target must not be followed, and a link on which the lists cannot agree.
    pub fn clean<'a>(&'a self, url: &'a str, options: &Options<'_>) -> Cleaned<'a> {
        let mut cleaned = Cleaned::unchanged(url.trim_matches(is_blank));
        // What the tables have for the host, until another takes its place; and the redirector that was just left.
        let (mut host, mut redirector) = (None, None);
        let mut settled = false;
        for _ in 0..MAX_ROUNDS {
            if settled {
                return cleaned;
            }
            match self.round(&mut cleaned, &mut host, redirector.is_some(), options) {
                Next::Nothing => return cleaned.or_as_given(url),
                Next::Back => {
                    cleaned.unwrapped.pop();
                    cleaned.url = redirector.unwrap_or_default();
                    return cleaned.or_as_given(url);
                }
                Next::Rest(rest) => {
                    redirector = None;
                    let length = rest.text.len();
                    let text = without_blanks(rest.text);
                    settled = rest.is_settled && text.len() == length;
                    cleaned.url = Cow::Owned(text);
                }
                Next::Target(target) => {
                    host = None;
                    redirector = Some(std::mem::replace(&mut cleaned.url, Cow::Owned(without_blanks(target))));
                }
            }
            if cleaned.unwrapped.len() > MAX_DEPTH {
                break;
            }
        }
        Cleaned::unchanged(url)
    }

    /// Finds out what there is to do on the link as it stands. `redirected` says that a redirector led to it.
    fn round<'a>(
        &'a self,
        cleaned: &mut Cleaned<'a>,
        host: &mut Option<Scopes>,
        redirected: bool,
        options: &Options<'_>,
    ) -> Next {
        let Some(link) = Link::parse(&cleaned.url) else {
            return Next::Nothing;
        };
        let host = host.get_or_insert_with(|| Scopes::of(&self.tables, &link.host));
        let ground = Ground::new(&self.tables, &link, host, options);
        if redirected && unwrap::is_left_alone(&ground) {
            return Next::Back;
        }
        match unwrap::unwrap(&ground) {
            Unwrapped::Refused => Next::Nothing,
            Unwrapped::To(target) => {
                cleaned.unwrapped.push(link.host.to_string());
                Next::Target(target)
            }
            Unwrapped::No => {
                let removed = &mut cleaned.removed;
                let rest = transform::transform(&ground, removed).map(|text| Rest {
                    text,
                    is_settled: false,
                });
                let rest = rest.or_else(|| strip::strip(&ground, removed));
                rest.map_or(Next::Nothing, Next::Rest)
            }
        }
    }
}

/// What to do with a link.
enum Next {
    Nothing,
    /// It is left alone, and so is the redirector that led to it.
    Back,
    /// Less of the same link.
    Rest(Rest),
    /// The link inside.
    Target(String),
}

/// What is left of a link after a round.
struct Rest {
    text: String,
    /// Whether another round would surely find nothing to do.
    is_settled: bool,
}

/// What stood in front of a parameter is at the end now, where blanks are none of the link's.
fn without_blanks(mut link: String) -> String {
    if link.ends_with(is_blank) {
        let query = link.find(['?', '#']).unwrap_or(link.len());
        link.truncate(query + link[query..].trim_end_matches(is_blank).len());
    }
    link
}

/// Whether browsers, or those who copy, would not see the character at an end of a link.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
