//! Whether a body that came from the web can be a list at all.

use super::MAX_BYTES;
use super::reader::has_filter;
use thiserror::Error;

/// Why a body is not taken for a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unfit {
    /// Nothing, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file is larger than {} MiB", MAX_BYTES >> 20)]
    TooLarge,
    /// A page, such as the one that says that there is no such file.
    #[error("it is a web page, not a list")]
    Html,
    /// Bytes that no text has.
    #[error("it is not a text file")]
    Binary,
    /// Text, but none of its lines is a filter.
    #[error("none of its lines is a filter that Detick knows")]
    NoFilters,
}

impl Unfit {
    /// A short name that does not change.
    pub fn code(self) -> &'static str {
        match self {
            Unfit::Empty => "empty",
            Unfit::TooLarge => "too-large",
            Unfit::Html => "html",
            Unfit::Binary => "binary",
            Unfit::NoFilters => "no-filters",
        }
    }
}

/// Looks at a whole body.
///
/// # Errors
/// Says why it is no list.
///
/// ```
/// use detick::list::{Unfit, sniff};
/// assert_eq!(sniff(b"||ads.example^\n"), Ok(()));
/// assert_eq!(sniff(b"<!doctype html><title>Not found</title>"), Err(Unfit::Html));
/// ```
pub fn sniff(body: &[u8]) -> Result<(), Unfit> {
    let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    if text.is_empty() {
        return Err(Unfit::Empty);
    }
    if body.len() > MAX_BYTES {
        return Err(Unfit::TooLarge);
    }
    if is_markup(text) {
        return Err(Unfit::Html);
    }
    if text.iter().take(1 << 16).any(|&byte| byte == 0) {
        return Err(Unfit::Binary);
    }
    match has_filter(body) {
        true => Ok(()),
        false => Err(Unfit::NoFilters),
    }
}

/// A list begins with a filter, a comment or a header: none of them with `<` and a word.
fn is_markup(text: &[u8]) -> bool {
    let tag = text.strip_prefix(b"<").and_then(|rest| rest.first());
    tag.is_some_and(|&byte| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?'))
}
