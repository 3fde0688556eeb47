//! What the author of a list should look at: lines that cannot be read, say nothing new, can never act, or say
//! something else than is likely to be meant.
//!
//! Lists are read three times, a line at a time, and none of them is held: of each filter a few bytes are kept.

mod line;
mod names;
mod others;
mod text;

use crate::list::{self, Line, Problem, Reading};
use others::Others;
use thiserror::Error;

/// A list, as it stands in its file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name it goes by in findings; empty for one that stands alone, whose lines are then named alone.
    pub name: &'a str,
    /// All of it.
    pub text: &'a [u8],
}

/// Something about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The list's index among those that were given.
    pub list: usize,
    /// Counted from 1.
    pub line: u32,
    /// Counted in characters from 1.
    pub column: u32,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with a line. Places are `list:line`, or `line 3` in a list without a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// It cannot be read.
    #[error("{0}")]
    Unread(Problem),
    /// Another line says the very same.
    #[error("the same filter stands in {0}")]
    Duplicate(String),
    /// Another line stops all that this one does.
    #[error("all of it is stopped by {0} already")]
    Shadowed(String),
    /// No address is like this.
    #[error("it can never match: {0}")]
    NeverMatches(&'static str),
    /// An option stands there twice.
    #[error("option `{0}` stands here twice")]
    Repeated(String),
    /// Two options that leave nothing, or of which one says nothing.
    #[error("options `{0}` and `{1}` contradict each other")]
    Contrary(String, String),
    /// `domain=a.example|~a.example`
    #[error("`{0}` is both named and excepted")]
    InAndOut(String),
    /// A surrogate that no blocker is known to have.
    #[error("no blocker is known to have a surrogate named `{0}`")]
    UnknownSurrogate(String),
    /// `/word/`
    #[error("`/{0}/` is a regex, which finds `{0}` anywhere; the path is `/{0}/*`")]
    RegexLikePath(String),
    /// Anything else, in a sentence.
    #[error("{0}")]
    Odd(&'static str),
    /// A letter that nobody sees.
    #[error("here is an invisible character, U+{0:04X}")]
    Invisible(u32),
    /// `!#wat`
    #[error("there is no directive `!#{0}`; the line is a comment")]
    UnknownDirective(String),
    /// `!+ WAT`
    #[error("there is no hint or platform `{0}`")]
    UnknownHint(String),
}

impl Flaw {
    /// A short name that does not change, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Flaw::Unread(_) => "unread",
            Flaw::Duplicate(_) => "duplicate",
            Flaw::Shadowed(_) => "shadowed",
            Flaw::NeverMatches(_) => "never-matches",
            Flaw::Repeated(_) => "repeated-option",
            Flaw::Contrary(..) => "contrary-options",
            Flaw::InAndOut(_) => "in-and-out",
            Flaw::UnknownSurrogate(_) => "unknown-surrogate",
            Flaw::RegexLikePath(_) => "regex-like-path",
            Flaw::Odd(_) => "odd",
            Flaw::Invisible(_) => "invisible",
            Flaw::UnknownDirective(_) => "unknown-directive",
            Flaw::UnknownHint(_) => "unknown-hint",
        }
    }

    /// What of the line the sentence names, in its order.
    pub fn named(&self) -> Vec<&str> {
        match self {
            Flaw::Unread(problem) => problem.named(),
            // The number alone says which line is meant, in a list without a name.
            Flaw::Duplicate(place) | Flaw::Shadowed(place) => vec![place.strip_prefix("line ").unwrap_or(place)],
            Flaw::Repeated(name)
            | Flaw::InAndOut(name)
            | Flaw::UnknownSurrogate(name)
            | Flaw::RegexLikePath(name)
            | Flaw::UnknownDirective(name)
            | Flaw::UnknownHint(name) => vec![name],
            Flaw::Contrary(one, other) => vec![one, other],
            Flaw::NeverMatches(_) | Flaw::Odd(_) | Flaw::Invisible(_) => Vec::new(),
        }
    }
}

/// Looks at all lists together, line by line.
///
/// ```
/// use detick::lint::{Source, lint};
/// use detick::list::Reading;
/// let lists = [Source { name: "a.txt", text: b"||ads.example^\n||ads.example/banner\n" }];
/// let findings = lint(&lists, &Reading::default());
/// assert_eq!((findings[0].line, findings[0].column), (2, 1));
/// assert_eq!(findings[0].flaw.to_string(), "all of it is stopped by a.txt:1 already");
/// ```
pub fn lint(lists: &[Source<'_>], reading: &Reading<'_>) -> Vec<Finding> {
    let mut others = Others::of(lists, reading);
    let mut findings = Vec::new();
    for (list, source) in lists.iter().enumerate() {
        list::each_line(source.text, reading, |line| {
            let mut tell = |column, flaw| {
                findings.push(Finding {
                    list,
                    line: line.number,
                    column,
                    flaw,
                });
            };
            inspect(&line, &mut tell);
            for filter in line.filters {
                if let Some(flaw) = others.flaw(lists, list, filter) {
                    tell(1, flaw);
                }
            }
        });
    }
    findings
}

/// What can be seen of a line alone.
fn inspect(line: &Line<'_>, tell: &mut impl FnMut(u32, Flaw)) {
    for complaint in line.complaints {
        tell(complaint.column, Flaw::Unread(complaint.problem.clone()));
    }
    let mut tell = |column: u32, flaw| tell(column + line.indent, flaw);
    text::flaws(line, &mut tell);
    // Further filters are names in a hosts file, or the line's part about pages.
    if let Some(filter) = line.filters.first() {
        line::flaws(line.text, filter, &mut tell);
    }
}
