//! Regular expressions of filter lists, matched in time proportional to the text.
//!
//! Lists write JavaScript's [`notation`]; the engine behind this is `regex-lite`, which never backtracks. What
//! JavaScript spells differently is rewritten, what cannot be matched in linear time is refused by name. Before it a
//! [`Sieve`] decides about nearly all texts, at a fraction of the time.

pub(crate) mod notation;
mod sieve;

use std::sync::OnceLock;

use thiserror::Error;

use crate::case::Case;
use notation::{Node, Times, Tree, literal};
use sieve::{Sieve, Verdict};

/// The longest text that is tried, in bytes. Longer ones never match: no address that a filter means is so long,
/// and a page must not be able to make a filter slow.
pub const MAX_TEXT: usize = 16 << 10;

/// How large a regex may become when compiled, in bytes.
const MAX_SIZE: usize = 64 << 10;
/// So many states surely have room there: whoever reads a list need not compile such a regex.
const SMALL: usize = 200;

/// Why a regex was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RegexError {
    /// `(?=…)`, `(?!…)`, `(?<=…)` or `(?<!…)`.
    #[error("the regex has a look-around, which cannot be matched in bounded time; write several filters")]
    LookAround,
    /// `\1` or `\k<name>`.
    #[error("the regex has a back-reference, which cannot be matched in bounded time")]
    BackReference,
    /// Too many states.
    #[error("the regex is too large; repeat less often")]
    TooLarge,
    /// Anything else.
    #[error("the regex cannot be read")]
    Syntax,
}

impl RegexError {
    /// The sentence, as complaints hold it.
    pub fn why(self) -> &'static str {
        match self {
            RegexError::LookAround => "its regex has a look-around, which cannot be matched in bounded time",
            RegexError::BackReference => "its regex has a back-reference, which cannot be matched in bounded time",
            RegexError::TooLarge => "its regex is too large; repeat less often",
            RegexError::Syntax => "its regex cannot be read",
        }
    }
}

/// Whether lists may have a regex, given without its slashes.
///
/// # Errors
/// When it is no regex, or none that can be matched in linear time.
pub fn check(source: &str, case: Case) -> Result<(), RegexError> {
    let tree = Tree::read(source)?;
    match tree.size() <= SMALL {
        true => Ok(()),
        false => compile(&tree.respelt(), case).map(drop),
    }
}

#[inline(never)] // one copy of all that belongs to it
fn compile(respelt: &str, case: Case) -> Result<regex_lite::Regex, RegexError> {
    regex_lite::RegexBuilder::new(respelt)
        .case_insensitive(case == Case::Ignored)
        .size_limit(MAX_SIZE)
        .build()
        .map_err(|error| match error.to_string().contains("size limit") {
            true => RegexError::TooLarge,
            false => RegexError::Syntax,
        })
}

/// A regex, compiled when the first text has passed its sieve: most of those in lists never meet one.
#[derive(Clone, Debug)]
pub struct Regex {
    /// In `regex-lite`'s notation.
    respelt: String,
    case: Case,
    sieve: Option<Sieve>,
    tail: Option<Tail>,
    compiled: OnceLock<Option<regex_lite::Regex>>,
}

/// `/to\/(http.+)/`: all that follows a text, from another text on. Most redirectors' targets are found by such a one.
#[derive(Clone, Debug)]
struct Tail {
    before: String,
    start: String,
}

impl Tail {
    /// `None` for all that is no such regex.
    fn of(tree: &Tree, case: Case) -> Option<Tail> {
        let [branch] = &tree.0[..] else {
            return None;
        };
        let (Node::Group(inside, true), before) = branch.split_last()? else {
            return None;
        };
        let [inside] = &inside.0[..] else {
            return None;
        };
        let (Node::Repeat(repeated), start) = inside.split_last()? else {
            return None;
        };
        let all_behind = Times {
            least: 1,
            most: None,
            is_lazy: false,
        };
        let is_tail = **repeated == (Node::Any, all_behind) && case == Case::Exact && !before.is_empty();
        is_tail.then_some(())?;
        Some(Tail {
            before: literal(before)?,
            start: literal(start)?,
        })
    }

    /// The first group of the first match in a text of one line.
    fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut windows = text.as_bytes().windows(self.before.len()).enumerate();
        windows.find_map(|(at, window)| {
            let group = (window == self.before.as_bytes()).then(|| &text[at + window.len()..])?;
            (group.len() > self.start.len() && group.starts_with(self.start.as_str())).then_some(group)
        })
    }
}

impl Regex {
    /// Takes JavaScript's notation, without its slashes.
    ///
    /// # Errors
    /// As for [`check`].
    ///
    /// ```
    /// use detick::case::Case;
    /// use detick::regex::{Regex, RegexError};
    /// assert!(Regex::new(r"^utm_\w+=", Case::Exact)?.is_match("utm_source=x"));
    /// assert_eq!(Regex::new("a(?!b)", Case::Exact).err(), Some(RegexError::LookAround));
    /// # Ok::<(), RegexError>(())
    /// ```
    pub fn new(source: &str, case: Case) -> Result<Regex, RegexError> {
        check(source, case)?;
        Ok(Regex::checked(source, case))
    }

    /// Takes one that has been checked, as those in an image have. What others match, of a damaged image, is not said.
    pub fn checked(source: &str, case: Case) -> Regex {
        let tree = Tree::read(source).ok();
        Regex {
            respelt: tree.as_ref().map(Tree::respelt).unwrap_or_default(),
            case,
            sieve: tree.as_ref().and_then(|tree| Sieve::new(tree, case)),
            tail: tree.as_ref().and_then(|tree| Tail::of(tree, case)),
            compiled: match tree {
                Some(_) => OnceLock::new(),
                None => OnceLock::from(None),
            },
        }
    }

    fn sift(&self, text: &str) -> Verdict {
        match &self.sieve {
            _ if text.len() > MAX_TEXT => Verdict::No,
            Some(sieve) => sieve.read(text),
            None => Verdict::Maybe,
        }
    }

    fn compiled(&self) -> Option<&regex_lite::Regex> {
        let compile = || compile(&self.respelt, self.case).ok();
        self.compiled.get_or_init(compile).as_ref()
    }

    /// For a text that it may match; `None` when it surely does not.
    fn for_text(&self, text: &str) -> Option<&regex_lite::Regex> {
        match self.sift(text) {
            Verdict::No => None,
            Verdict::Maybe | Verdict::Yes => self.compiled(),
        }
    }

    /// Whether it matches anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        match self.sift(text) {
            Verdict::No => false,
            Verdict::Maybe => self.compiled().is_some_and(|regex| regex.is_match(text)),
            Verdict::Yes => true,
        }
    }

    /// The first group of the first match; `None` without a match, or when the group took no part in it.
    pub fn first_group<'t>(&self, text: &'t str) -> Option<&'t str> {
        if let Some(tail) = self.tail.as_ref().filter(|_| !text.contains('\n')) {
            return tail.find(text).filter(|_| text.len() <= MAX_TEXT);
        }
        self.for_text(text)?.captures(text)?.get(1).map(|group| group.as_str())
    }

    /// `text` with the first match (or every match) replaced, and the first text that was; `None` without a match.
    /// In `to`, `$1` … `$9` and `\1` … `\9` stand for groups, `$&` for the whole match.
    pub fn replace<'t>(&self, text: &'t str, to: &str, every: bool) -> Option<(String, &'t str)> {
        let regex = self.for_text(text)?;
        let first = regex.find(text)?.as_str();
        let expand = |captures: &regex_lite::Captures<'_>| expand(to, captures);
        let limit = if every { 0 } else { 1 };
        Some((regex.replacen(text, limit, expand).into_owned(), first))
    }
}

fn expand(to: &str, captures: &regex_lite::Captures<'_>) -> String {
    let group = |index: usize| captures.get(index).map_or("", |group| group.as_str());
    let mut out = String::with_capacity(to.len());
    let mut characters = to.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        match (character, next) {
            ('$' | '\\', Some(digit @ '1'..='9')) => out.push_str(group(digit as usize - '0' as usize)),
            ('$', Some('&')) => out.push_str(group(0)),
            ('$', Some('$')) | ('\\', Some('\\')) => out.push(character),
            _ => {
                out.push(character);
                continue;
            }
        }
        characters.next();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_is_understood() {
        let rows = [
            (r"^https?:\/\/a\.example\/", "https://a.example/", true),
            (r#"{"a":(\d{2,3})}"#, r#"{"a":12}"#, true),
            (r"[\w-]+\_\-\%", "ab_-%", true),
            (r"[[a&&b~~]", "[", true),
            (r"[^]x", "\nx", true),
            (r"a{,2}", "a{,2}", true),
            (r"\u0041\x42", "AB", true),
            (r"x]}", "x]}", true),
            (r"\bref\b", "a ref=", true),
            (r"(?<n>a)b", "ab", true),
            (r"\$ja=", "$ja=1", true),
        ];
        for (source, text, expected) in rows {
            let regex = Regex::new(source, Case::Exact).unwrap_or_else(|error| panic!("{source}: {error}"));
            assert_eq!(regex.is_match(text), expected, "{source}");
        }
    }

    #[test]
    fn what_needs_backtracking_is_refused_by_name() {
        let rows = [
            ("a(?=b)", RegexError::LookAround),
            ("(?<!a)b", RegexError::LookAround),
            (r"(a)\1", RegexError::BackReference),
            (r"(?<a>a)\k<a>", RegexError::BackReference),
            ("(a{1000}){1000}", RegexError::TooLarge),
            ("(a", RegexError::Syntax),
            ("a\\", RegexError::Syntax),
            ("[a", RegexError::Syntax),
            ("[]a]", RegexError::Syntax),
        ];
        for (source, error) in rows {
            assert_eq!(Regex::new(source, Case::Exact).err(), Some(error), "{source}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_small_compiles(
            source in r"(([ab1é/.^$]|\\[dWsbnB.]|\[\^?[ab\\w.-]{1,3}\]|\((\?:)?[ab|.]{0,3}\))([*+?]|\{1,30\}|\{9,\})?\??){0,20}",
        ) {
            if let Ok(tree) = Tree::read(&source) && tree.size() <= SMALL {
                for case in [Case::Exact, Case::Ignored] {
                    proptest::prop_assert!(compile(&tree.respelt(), case).is_ok(), "{}", tree.respelt());
                }
            }
        }
    }

    #[test]
    fn replacing() {
        let rows = [
            ("/ref=[^/]+", "", false, "/a/ref=1/ref=2", "/a/ref=2"),
            ("/ref=[^/]+", "", true, "/a/ref=1/ref=2", "/a"),
            ("/(a)/(b)", "/$2/\\1/$&/$$/$x", false, "/a/b", "/b/a//a/b/$/$x"),
        ];
        for (source, to, every, text, expected) in rows {
            let replaced = Regex::new(source, Case::Exact).unwrap().replace(text, to, every);
            assert_eq!(replaced.map(|(text, _)| text).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn the_first_group() {
        let rows = [
            (
                r"\/to\/(http.+)",
                "https://a.b/to/to/https://c.d/?x",
                Some("https://c.d/?x"),
            ),
            (r"\/\/(http.+)", "https:///http://c.d", Some("http://c.d")),
            (r"\?(.+)", "a?b?c", Some("b?c")),
            (r"\?(.+)", "a?", None),
            (r"=(h.+)", "a=h", None),
            (r"=(.+)", "a=b\nc", Some("b")),
            (r"\.(.+)", "a.é", Some("é")),
            (r"a\.+(.+)", "a..b", Some("b")),
            (r"a(?:b.+)", "abc", None),
            (r"(.+)", "ab", Some("ab")),
        ];
        for (source, text, group) in rows {
            assert_eq!(
                Regex::new(source, Case::Exact).unwrap().first_group(text),
                group,
                "{source}: {text}"
            );
        }
    }

    #[test]
    fn long_texts_never_match() {
        let regex = Regex::new("a", Case::Exact).unwrap();
        assert!(regex.is_match(&"a".repeat(MAX_TEXT)));
        assert!(!regex.is_match(&"a".repeat(MAX_TEXT + 1)));
    }

    proptest::proptest! {
        #[test]
        fn a_group_is_what_the_regex_behind_it_says(
            before in "[a/=]{0,2}(\\\\\\?)?", start in "[a/=]{0,2}", text in "[a/=?é]{0,12}",
        ) {
            let source = format!("{before}({start}.+)");
            let regex = regex_lite::Regex::new(&source).unwrap();
            let group = regex.captures(&text).and_then(|groups| groups.get(1)).map(|group| group.as_str());
            proptest::prop_assert_eq!(Regex::new(&source, Case::Exact).unwrap().first_group(&text), group);
        }

        #[test]
        fn no_source_panics(source in "[a(){}\\[\\]\\\\?=!<^$|*+,0-9&~u]{0,16}", text in "[a0-9]{0,8}") {
            if let Ok(regex) = Regex::new(&source, Case::Ignored) {
                regex.is_match(&text);
            }
        }
    }
}
