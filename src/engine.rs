//! Everything that Detick is asked, in one value: requests, links, and what reports would have told.

use std::fmt;

use crate::address;
use crate::blocker::{Blocker, Verdict};
use crate::cleaner::{Cleaned, Cleaner, Options};
use crate::dnr::Browser;
use crate::image::{self, Damaged, Image, Section};
use crate::list::{self, Complaint, List};
use crate::payload::{self, Fact};
use crate::request::Request;
use crate::tracker::{TrackerError, Trackers};

/// Filter lists, ready to decide: made of their text, or restored from an image as the extension does.
///
/// It is [`Send`] and [`Sync`], and nothing changes in it: threads share one behind an [`Arc`](std::sync::Arc). What a
/// request takes in memory is the [`Request`]'s: each thread has one of its own, and reads one after the other into it.
///
/// ```
/// use detick::{CleanOptions, Decision, Engine, FactKind, Request};
/// let mine: &[u8] = b"||ads.example^\n$removeparam=ttclid\n||x.example^$scirpt\n";
/// let (engine, complaints) = Engine::from_lists([("mine.txt", mine)]);
/// assert_eq!(complaints[0].to_string(), "mine.txt:3:14: unknown option `scirpt`");
///
/// let mut request = Request::default();
/// request.read("https://ads.example/a.js", "https://shop.example/", "script", "GET");
/// let verdict = engine.check(&request).expect("a line of the list stops it");
/// assert_eq!((verdict.decision, verdict.list, verdict.line), (Decision::Block, "mine.txt", 1));
/// request.read("https://shop.example/a.js", "https://shop.example/", "script", "GET");
/// assert_eq!(engine.check(&request), None);
///
/// let cleaned = engine.clean("https://shop.example/?id=1&ttclid=x", &CleanOptions::default());
/// assert_eq!(cleaned.url, "https://shop.example/?id=1");
///
/// let report = br#"{"event": "AddToCart", "properties": {"value": 39.99, "currency": "EUR"}}"#;
/// let facts = engine.learned("https://analytics.tiktok.com/api/v2/pixel", report);
/// assert_eq!((facts[0].kind, facts[0].amount.as_deref()), (FactKind::Event, Some("39.99")));
/// ```
#[derive(Debug, Default)]
pub struct Engine {
    /// Decides about requests.
    pub blocker: Blocker,
    /// Cleans links.
    pub cleaner: Cleaner,
    /// Knows the companies behind hosts.
    pub trackers: Trackers,
}

/// A line of a list that [`Engine::from_lists`] could not use. Shown as `list:line:column: sentence`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListComplaint {
    /// The name of the list.
    pub list: String,
    /// Where in it, and what is wrong.
    pub complaint: Complaint,
}

impl ListComplaint {
    fn new(list: &str, complaint: Complaint) -> ListComplaint {
        ListComplaint {
            list: list.to_owned(),
            complaint,
        }
    }
}

impl fmt::Display for ListComplaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.list, self.complaint)
    }
}

impl Engine {
    /// Reads lists, each a name and its text, in adblock syntax or that of a hosts file. The companies are those that
    /// Detick knows ([`shipped::COMPANIES`](crate::shipped::COMPANIES)).
    ///
    /// A list never fails as a whole: what can be read is in force, and there is a complaint about each other line. Of
    /// two lines that decide alike the first is named, of the first list. Every list is trusted: one that is not is
    /// read with [`list::parse_as`], and an engine of such lists is made of its parts. `share.txt` and `referral.txt`
    /// are names of Detick's own lists, whose lines about links are in force as [`Options::tiers`] says.
    pub fn from_lists<'a>(lists: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> (Engine, Vec<ListComplaint>) {
        let mut complaints = Vec::new();
        let read = lists.into_iter().map(|(name, text)| {
            let (list, unread) = list::parse(name, text);
            complaints.extend(unread.into_iter().map(|complaint| ListComplaint::new(name, complaint)));
            list
        });
        let lists: Vec<List> = read.collect();
        let (cleaner, unfit) = Cleaner::new(&lists);
        complaints.extend(
            unfit
                .into_iter()
                .map(|(name, complaint)| ListComplaint::new(&name, complaint)),
        );
        let engine = Engine {
            blocker: Blocker::new(&lists),
            cleaner,
            trackers: Trackers::parse(crate::shipped::COMPANIES).unwrap_or_default(),
        };
        (engine, complaints)
    }

    /// The engine of the lists that `detick check` has when it is given none:
    /// [`shipped::TEXTS`](crate::shipped::TEXTS).
    ///
    /// ```
    /// use detick::{Engine, Request};
    /// let request = Request::new("https://analytics.tiktok.com/api", "https://shop.example/", "ping", "POST");
    /// assert!(Engine::built_in().check(&request).is_some());
    /// ```
    pub fn built_in() -> Engine {
        let texts = crate::shipped::TEXTS
            .iter()
            .map(|&(name, text)| (name, text.as_bytes()));
        Engine::from_lists(texts).0
    }

    /// What happens to a request, and by which line of which list; `None` when no filter would stop it. That is what
    /// `detick check` says: a surrogate ([`Decision::Redirect`](crate::Decision)) is named where one would answer in
    /// every browser. Whoever has no surrogates takes that for a request that is stopped.
    ///
    /// Allocates nothing when nothing matches, but for what a regex takes when it is asked for the first time.
    pub fn check(&self, request: &Request) -> Option<Verdict<'_>> {
        let verdict = self.blocker.check(request)?;
        let decision = verdict.decision.in_browser(Browser::Both, request.types);
        Some(Verdict { decision, ..verdict })
    }

    /// Cleans one link, as [`Cleaner::clean`] says. A clean link allocates nothing, unless its host or path is written
    /// in an odd way, or a line that is in force there must be tried on each of its parameters.
    pub fn clean<'a>(&'a self, url: &'a str, options: &Options<'_>) -> Cleaned<'a> {
        self.cleaner.clean(url, options)
    }

    /// Restores what [`image`] wrote.
    ///
    /// # Errors
    /// [`Damaged`] says why the image is not used.
    pub fn restore(bytes: &[u8]) -> Result<Engine, Damaged> {
        let (deciding, sources) = image::split(bytes)?;
        let mut engine = Engine::restore_deciding(deciding.to_vec())?;
        engine.add_sources(sources.to_vec())?;
        Ok(engine)
    }

    /// Restores what decides, of the first [`image::length`] bytes of the file. Until [`Engine::add_sources`] its
    /// verdicts have no text and no list's name.
    ///
    /// # Errors
    /// [`Damaged`] says why the image is not used.
    pub fn restore_deciding(bytes: Vec<u8>) -> Result<Engine, Damaged> {
        let image = Image::check(bytes)?;
        let companies = image.section(Section::Trackers)?;
        let companies = str::from_utf8(companies.bytes()).map_err(|_| Damaged::Contradiction)?;
        Ok(Engine {
            blocker: Blocker::from_image(&image)?,
            cleaner: Cleaner::from_bytes(image.section(Section::Cleaner)?.bytes())?,
            trackers: Trackers::parse(companies).map_err(|_| Damaged::Contradiction)?,
        })
    }

    /// What a request of TikTok's pixel would have told: facts, each a kind and a text, never personal data itself.
    /// Nothing for a request to any other host, unless its body is a report of the pixel's. `url` is the address as it
    /// was requested, `body` what was sent, empty where nothing was. Without a body, a request to another host
    /// allocates nothing where its address is written as browsers write it.
    pub fn learned(&self, url: &str, body: &[u8]) -> Vec<Fact> {
        let host = address::host_of(url);
        let tracker = self.trackers.find(&host);
        let is_to_pixel = tracker.is_some_and(|tracker| tracker.purpose == "pixel");
        if is_to_pixel || payload::is_report(body) {
            payload::read(url, body)
        } else {
            Vec::new()
        }
    }

    /// Adds the lists' text, which is the rest of the file.
    ///
    /// # Errors
    /// [`Damaged`] says why the text is not used.
    pub fn add_sources(&mut self, bytes: Vec<u8>) -> Result<(), Damaged> {
        self.blocker.add_sources(&Image::check(bytes)?)
    }
}

/// The image that the browser loads, of lists and the text of `companies.txt`.
///
/// # Errors
/// When the companies cannot be read.
///
/// ```
/// use detick::engine::{self, Engine};
/// let (list, _) = detick::list::parse("mine.txt", b"||ads.example^");
/// let image = engine::image(&[list], "ads.example advertising Example Inc.")?;
/// let engine = Engine::restore(&image)?;
/// assert_eq!(engine.trackers.find("ads.example").map(|tracker| tracker.company), Some("Example Inc."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn image(lists: &[List], companies: &str) -> Result<Vec<u8>, TrackerError> {
    Trackers::parse(companies)?;
    Ok(image_with_own(lists, lists.len(), companies))
}

/// [`image`] with the user's own lines, which the lists from `own_from` on hold, and of companies that have been read.
pub(crate) fn image_with_own(lists: &[List], own_from: usize, companies: &str) -> Vec<u8> {
    let (of_others, own) = lists.split_at(own_from);
    let blocker = Blocker::with_own(of_others, own);
    let cleaner = Cleaner::new(lists).0.to_bytes();
    let mut deciding = blocker.sections();
    deciding.push((Section::Cleaner, &cleaner));
    deciding.push((Section::Trackers, companies.as_bytes()));
    let mut file = image::write(&deciding);
    let sources = blocker.sources();
    let sources: Vec<_> = sources.iter().map(|(section, bytes)| (*section, &**bytes)).collect();
    file.extend(image::write(&sources));
    file
}
