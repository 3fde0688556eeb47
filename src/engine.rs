//! Everything that the extension asks, restored from one image: requests, links and trackers.

use crate::blocker::Blocker;
use crate::cleaner::Cleaner;
use crate::image::{self, Damaged, Image, Section};
use crate::list::List;
use crate::payload::{self, Fact};
use crate::request::Request;
use crate::tracker::{TrackerError, Trackers};

/// What an image holds.
#[derive(Debug, Default)]
pub struct Engine {
    /// Decides about requests.
    pub blocker: Blocker,
    /// Cleans links.
    pub cleaner: Cleaner,
    /// Knows the companies behind hosts.
    pub trackers: Trackers,
}

impl Engine {
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

    /// What a request of TikTok's pixel would have told; nothing for a request to any other host, unless its body is a
    /// report of the pixel's.
    pub fn learned(&self, url: &str, body: &[u8]) -> Vec<Fact> {
        let host = Request::new(url, "", "", "").host().to_owned();
        let is_to_pixel = self
            .trackers
            .find(&host)
            .is_some_and(|tracker| tracker.purpose == "pixel");
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
