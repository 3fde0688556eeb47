use thiserror::Error;

/// Why a line was refused: one variant per thing that its author would do differently.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
pub enum Reason {
    /// An option that no list syntax known here has.
    #[error("unknown option `{0}`")]
    UnknownOption(String),
    /// An option of other blockers that Detick cannot carry out.
    #[error("option `{0}` is not supported: {1}")]
    UnsupportedOption(String, &'static str),
    /// `~` before an option that cannot be negated.
    #[error("option `{0}` cannot be negated")]
    NotNegatable(String),
    /// An option that needs `=value`.
    #[error("option `{0}` needs a value")]
    MissingValue(String),
    /// An option that takes no value.
    #[error("option `{0}` takes no value")]
    UnexpectedValue(String),
    /// A value that is not of the option's form.
    #[error("option `{0}` has a value that cannot be read: `{1}`")]
    BadValue(String, String),
    /// A policy that makes the browser report to a server what people visit.
    #[error("a policy that reports (`{0}`) would tell a server what people visit")]
    Reports(&'static str),
    /// Two options that each say what the filter does.
    #[error("option `{0}` contradicts `{1}`: a filter does one thing")]
    TwoActions(String, String),
    /// `$script,~script` and the like: nothing is left to match.
    #[error("the options leave no kind of request to match")]
    NoTypes,
    /// A pattern that is neither an address pattern nor a complete `/regex/`.
    #[error("the pattern cannot be read: {0}")]
    BadPattern(&'static str),
    /// A line that would block ordinary addresses of any site.
    #[error("the filter would block all of the web or much of it; add a host, a longer path or an option")]
    TooBroad,
}

impl Reason {
    /// A short name that does not change, for programs: a page in another language has a sentence of its own for it.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::UnknownOption(_) => "unknown-option",
            Reason::UnsupportedOption(..) => "unsupported-option",
            Reason::NotNegatable(_) => "not-negatable",
            Reason::MissingValue(_) => "missing-value",
            Reason::UnexpectedValue(_) => "unexpected-value",
            Reason::BadValue(..) => "bad-value",
            Reason::Reports(_) => "reports",
            Reason::TwoActions(..) => "two-actions",
            Reason::NoTypes => "no-types",
            Reason::BadPattern(_) => "bad-pattern",
            Reason::TooBroad => "too-broad",
        }
    }

    /// What of the line the sentence names, in its order.
    pub fn named(&self) -> Vec<&str> {
        match self {
            Reason::UnknownOption(name)
            | Reason::UnsupportedOption(name, _)
            | Reason::NotNegatable(name)
            | Reason::MissingValue(name)
            | Reason::UnexpectedValue(name) => vec![name],
            Reason::BadValue(name, other) | Reason::TwoActions(name, other) => vec![name, other],
            Reason::Reports(name) => vec![name],
            Reason::NoTypes | Reason::BadPattern(_) | Reason::TooBroad => Vec::new(),
        }
    }

    /// Pins the reason to a byte offset of `line`.
    pub(super) fn at(self, line: &str, offset: usize) -> ParseError {
        let column = line.get(..offset).map_or(1, |before| before.chars().count() + 1);
        ParseError {
            column: u32::try_from(column).unwrap_or(u32::MAX),
            reason: self,
        }
    }
}

/// A line that could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("column {column}: {reason}")]
pub struct ParseError {
    /// Counted in characters from 1.
    pub column: u32,
    /// What is wrong.
    pub reason: Reason,
}
