//! A link (the first line) and a list (the others): cleaning twice is cleaning once, only an unwrap changes the host,
//! and tables that were stored clean alike.

use detick::cleaner::{Cleaner, Options, Tiers};
use detick::list;

/// Panics where a promise is broken.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (link, lines) = text.split_once('\n').unwrap_or((text, "$removeparam=a"));
    let (list, _) = list::parse("links.txt", lines.as_bytes());
    let (cleaner, _) = Cleaner::new(&[list]);
    let options = Options {
        tiers: Tiers::all(),
        ..Options::default()
    };
    let cleaned = cleaner.clean(link, &options);
    let again = cleaner.clean(&cleaned.url, &options);
    assert_eq!(again.url, cleaned.url);
    assert!(again.removed.is_empty() && again.unwrapped.is_empty());
    if cleaned.unwrapped.is_empty() {
        assert_eq!(origin(&cleaned.url), origin(link));
    }
    let stored = Cleaner::from_bytes(&cleaner.to_bytes()).expect("tables hold together");
    assert_eq!(stored.clean(link, &options), cleaned);
    cleaner.clean_text(text, &options);
}

/// Scheme and authority.
fn origin(link: &str) -> &str {
    let start = link.find("://").map_or(0, |at| at + 3);
    let end = link[start..]
        .find(['/', '\\', '?', '#'])
        .map_or(link.len(), |at| start + at);
    &link[..end]
}
