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
        assert_eq!(
            origin(&cleaned.url).trim_start_matches(is_blank),
            origin(link).trim_start_matches(is_blank)
        );
    }
    let stored = Cleaner::from_bytes(&cleaner.to_bytes()).expect("tables hold together");
    assert_eq!(stored.clean(link, &options), cleaned);
    cleaner.clean_text(text, &options);
}

/// What may stand around a link, and goes with the first thing that is taken out.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Scheme and authority.
fn origin(link: &str) -> &str {
    let start = link.find("://").map_or(0, |at| at + 3);
    let end = link[start..]
        .find(['/', '\\', '?', '#'])
        .map_or(link.len(), |at| start + at);
    &link[..end]
}
