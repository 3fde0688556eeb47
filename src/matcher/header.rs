//! Where in the flat image the rest is found: the header, with which its words begin.
//!
//! | word | what |
//! |---|---|
//! | 0 | zero, so that no offset of anything is 0 |
//! | 1, 22, 43 | the three indexes: see [`super::index`] |
//! | 64 | offset of the lists' table, and at 65 its length: how many lines lie before each list |
//! | 66 | offset of the regexes' table, and at 67 its length: text offset, length, whether to ignore case |

/// How many tables an index has.
pub(super) const TABLES: usize = 4;
/// How many words describe a table.
pub(super) const TABLE_WORDS: usize = 5;
/// How many words describe an index.
pub(super) const INDEX_WORDS: usize = TABLE_WORDS * TABLES + 1;

/// Where the index of filters that stop requests is described.
pub const STOPS: usize = 1;
/// Exceptions from those.
pub const ALLOWS: usize = STOPS + INDEX_WORDS;
/// Filters and exceptions that are about surrogates.
pub const REDIRECTS: usize = ALLOWS + INDEX_WORDS;
/// Where the table of lists is described.
pub(super) const LISTS: usize = REDIRECTS + INDEX_WORDS;
/// Where the table of regexes is described.
pub(super) const REGEXES: usize = LISTS + 2;
/// How many words the header has.
pub(super) const WORDS: usize = REGEXES + 2;
/// How many words describe a regex.
pub(super) const REGEX_WORDS: usize = 3;
