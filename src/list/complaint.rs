//! What is wrong with a list's lines, and where.

use super::{MAX_BYTES, MAX_LINE};
use std::fmt;
use thiserror::Error;

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Counted from 1.
    pub line: u32,
    /// Counted in characters from 1.
    pub column: u32,
    /// What is wrong.
    pub problem: Problem,
    /// The line, clipped to 80 characters.
    pub text: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.line, self.column, self.problem)
    }
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// It is no filter.
    #[error("{0}")]
    Filter(crate::filter::Reason),
    /// It is a filter that only a trusted list may have.
    #[error("only a list that you trust may {0}")]
    Unprivileged(&'static str),
    /// It is a line of a hosts file that stops nothing.
    #[error("{0}")]
    Hosts(&'static str),
    /// It is too long to be a filter.
    #[error("the line is longer than {MAX_LINE} bytes; split it or remove it")]
    TooLong,
    /// Bytes that are no text.
    #[error("the line is not valid UTF-8; save the list as UTF-8")]
    NotUtf8,
    /// The list goes on beyond [`MAX_BYTES`].
    #[error("the list is larger than {} MiB; this line and all after it were left out", MAX_BYTES >> 20)]
    ListTooLarge,
    /// `!#else` or `!#endif` without `!#if`, or `!#if` that never ends, or a condition that cannot be read.
    #[error("{0}")]
    Directive(&'static str),
    /// There were more than [`super::MAX_COMPLAINTS`].
    #[error("{0} more lines could not be read")]
    More(u32),
}

impl Problem {
    /// A short name that does not change, for programs; of a filter its [`crate::filter::Reason::code`].
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Filter(reason) => reason.code(),
            Problem::Unprivileged(_) => "unprivileged",
            Problem::Hosts(_) => "hosts",
            Problem::TooLong => "too-long",
            Problem::NotUtf8 => "not-utf8",
            Problem::ListTooLarge => "list-too-large",
            Problem::Directive(_) => "directive",
            Problem::More(_) => "more",
        }
    }

    /// What of the line the sentence names, in its order.
    pub fn named(&self) -> Vec<&str> {
        match self {
            Problem::Filter(reason) => reason.named(),
            _ => Vec::new(),
        }
    }
}
