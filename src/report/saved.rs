//! The report that the extension saves of its log, or of what it knows of a tab: what `detick report` makes of the same
//! HAR with the built-in lists.

use super::{About, Answers, EMBEDS, ListUsed, Report, Summary};
use crate::image::{self, Damaged, Image, Section};
use crate::recording::{Item, read_own};
use crate::shipped::{LISTS, When};
use crate::sources::Sources;

/// Why there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// The lists are not to be had.
    #[error(transparent)]
    Image(#[from] Damaged),
    /// What it is to be made of cannot be read.
    #[error("this is no HAR of Detick's own")]
    Har,
}

/// What is in a HAR of Detick's own, which is called `name`, asked of the lists of the image that ships, for which
/// `answers` stands. Those are named in the report, whatever `about` has.
///
/// # Errors
/// [`SaveError`] says what cannot be read.
///
/// ```
/// use detick::report::{About, engine_answers, saved};
/// use detick::{engine, list};
/// let (list, _) = list::parse("tiktok.txt", b"! Version: 7\n||analytics.tiktok.com^");
/// let image = engine::image(&[list], "tiktok.com site TikTok\nanalytics.tiktok.com pixel TikTok")?;
/// let engine = engine::Engine::restore(&image)?;
/// let har = r#"{"log": {"entries": [{"request": {"url": "https://analytics.tiktok.com/i18n/pixel/events.js"}}]}}"#;
/// let answers = engine_answers(&engine, &saved::unasked());
/// let summary = saved::report(answers, &image, "log", har, About::default())?;
/// assert_eq!((summary.lists[0].version.as_str(), summary.pages[0].companies[0].requests), ("7", 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn report<'a>(
    answers: Box<dyn Answers + 'a>,
    image: &[u8],
    name: &str,
    har: &str,
    about: About,
) -> Result<Summary, SaveError> {
    let mut report = Report::of(answers);
    report.begin(name);
    let mut take = |item| match item {
        Item::Tool(tool) => report.add_tool(tool),
        Item::Page(page) => report.add_page(&page),
        Item::Record(record) => report.add(&record),
        Item::Flaw(_) => report.add_flaw(),
    };
    read_own(har, &mut take).ok_or(SaveError::Har)?;
    let lists = used(image)?;
    Ok(report.summary(&About { lists, ..about }))
}

/// The names of the lists that ship and are not asked: those that are in force for some people only.
pub fn unasked() -> Vec<&'static str> {
    let switched = LISTS
        .iter()
        .filter(|list| list.when == When::Switched && list.name != EMBEDS);
    switched.map(|list| list.name).collect()
}

/// The lists that are asked, in the image's order.
fn used(image: &[u8]) -> Result<Vec<ListUsed>, Damaged> {
    let (_, text) = image::split(image)?;
    let sources = Image::check(text.to_vec())?.section(Section::Sources)?;
    let (lists, unasked) = (Sources::from_section(&sources)?.parse(), unasked());
    let asked = lists.into_iter().filter(|list| !unasked.contains(&list.name.as_str()));
    let named = asked.map(|list| ListUsed {
        name: list.name,
        version: list.header.version.unwrap_or_default(),
    });
    Ok(named.collect())
}
