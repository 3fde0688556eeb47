//! The report that the extension saves of its log, or of what it knows of a tab: what `detick report` makes of the same
//! HAR with the built-in lists.

use super::{About, EMBEDS, ListUsed, Report, Summary};
use crate::engine::Engine;
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

/// What is in a HAR of Detick's own, which is called `name`, asked of the lists of the image that ships. Those are
/// named in the report, whatever `about` has.
///
/// # Errors
/// [`SaveError`] says what cannot be read.
///
/// ```
/// use detick::report::{About, saved};
/// use detick::{engine, list};
/// let (list, _) = list::parse("tiktok.txt", b"! Version: 7\n||analytics.tiktok.com^");
/// let image = engine::image(&[list], "tiktok.com site TikTok\nanalytics.tiktok.com pixel TikTok")?;
/// let har = r#"{"log": {"entries": [{"request": {"url": "https://analytics.tiktok.com/i18n/pixel/events.js"}}]}}"#;
/// let summary = saved::report(&image, "log", har, About::default())?;
/// assert_eq!((summary.lists[0].version.as_str(), summary.pages[0].companies[0].requests), ("7", 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn report(image: &[u8], name: &str, har: &str, about: About) -> Result<Summary, SaveError> {
    let engine = Engine::restore(image)?;
    let unasked: Vec<&str> = LISTS
        .iter()
        .filter(|list| list.when == When::Switched && list.name != EMBEDS)
        .map(|list| list.name)
        .collect();
    let mut report = Report::new(&engine, &unasked);
    report.begin(name);
    let mut take = |item| match item {
        Item::Tool(tool) => report.add_tool(tool),
        Item::Page(page) => report.add_page(&page),
        Item::Record(record) => report.add(&record),
        Item::Flaw(_) => report.add_flaw(),
    };
    read_own(har, &mut take).ok_or(SaveError::Har)?;
    let lists = used(image, &unasked)?;
    Ok(report.summary(&About { lists, ..about }))
}

/// The lists that are asked, in the image's order.
fn used(image: &[u8], unasked: &[&str]) -> Result<Vec<ListUsed>, Damaged> {
    let (_, text) = image::split(image)?;
    let sources = Image::check(text.to_vec())?.section(Section::Sources)?;
    let lists = Sources::from_bytes(sources.bytes())?.parse();
    let asked = lists.into_iter().filter(|list| !unasked.contains(&list.name.as_str()));
    let named = asked.map(|list| ListUsed {
        name: list.name,
        version: list.header.version.unwrap_or_default(),
    });
    Ok(named.collect())
}
