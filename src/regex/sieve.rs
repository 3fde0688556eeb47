//! A quick look at whether a regex can match a text at all.
//!
//! Lists have regexes of which nothing but `https://` is certain: they are tried on every script there is and match
//! none. The sieve is such a regex as an automaton whose states are the bits of one word: after Glushkov (“The abstract
//! theory of automata”, 1961) each place of the regex that takes a character is a state, and so is each `$`, which
//! takes the end; a text is read with one table lookup a byte. What the sieve leaves out makes it let more through,
//! never less: what stands behind the last free bit, assertions besides `$` and a leading `^`, and characters beyond
//! ASCII. Most regexes have none of these, and then the sieve is all there is to say about a text.

use super::notation::{Branch, Item, Node, Set, Times, Tree};
use crate::case::Case;

/// Comes behind the last place of a regex that the sieve looks at: a text that leads here passes.
const PASSED: u64 = 1 << 63;
/// How many states there are besides that.
const STATES: usize = 63;

const DIGITS: u128 = range(b'0', b'9');
const WORD: u128 = DIGITS | range(b'a', b'z') | range(b'A', b'Z') | range(b'_', b'_');
const SPACES: u128 = range(b'\t', b'\r') | range(b' ', b' ');

/// What a sieve says about a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The regex matches nowhere in it.
    No,
    /// It may match: the regex has to be asked.
    Maybe,
    /// It matches.
    Yes,
}

/// What a regex needs of a text.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// Which states take a byte.
    takes: Box<[u64; 128]>,
    /// Which states take the end of the text.
    ends: u64,
    /// Which states come behind each.
    behind: Box<[u64]>,
    first: u64,
    is_anchored: bool,
    /// What is said of a text that gets through.
    passed: Verdict,
}

impl Sieve {
    /// `None` when every text would pass.
    pub fn new(tree: &Tree, case: Case) -> Option<Sieve> {
        let mut builder = Builder {
            case,
            takes: Box::new([0; 128]),
            ends: 0,
            behind: Vec::new(),
            carets: 0,
            is_exact: true,
        };
        let whole = builder.alternatives(tree);
        if whole.is_optional {
            return None;
        }
        builder.lead(whole.last, PASSED);
        let is_anchored = matches!(&tree.0[..], [branch] if branch.first() == Some(&Node::Start));
        let is_exact = builder.is_exact && builder.carets == usize::from(is_anchored);
        Some(Sieve {
            takes: builder.takes,
            ends: builder.ends,
            behind: builder.behind.into_boxed_slice(),
            first: whole.first,
            is_anchored,
            passed: if is_exact { Verdict::Yes } else { Verdict::Maybe },
        })
    }

    /// Whether the regex matches somewhere in the text.
    pub fn read(&self, text: &str) -> Verdict {
        let again = if self.is_anchored { 0 } else { self.first };
        let mut next = self.first;
        for &byte in text.as_bytes() {
            let Some(takes) = self.takes.get(usize::from(byte)) else {
                return Verdict::Maybe;
            };
            next = again | self.behind(next & takes);
            match next {
                0 => return Verdict::No,
                _ if next & PASSED != 0 => return self.passed,
                _ => {}
            }
        }
        // One `$` may come behind another.
        let (mut now, mut seen) = (next & self.ends, 0);
        while now & !seen != 0 {
            seen |= now;
            let next = self.behind(now);
            if next & PASSED != 0 {
                return self.passed;
            }
            now = next & self.ends;
        }
        Verdict::No
    }

    /// The states that come behind some.
    fn behind(&self, mut states: u64) -> u64 {
        let mut behind = 0;
        while states != 0 {
            behind |= self.behind[states.trailing_zeros() as usize];
            states &= states - 1;
        }
        behind
    }
}

/// A part of a regex: with which states it may begin and end.
#[derive(Clone, Copy)]
struct Part {
    first: u64,
    last: u64,
    /// Whether it may also match nothing.
    is_optional: bool,
}

impl Part {
    const EMPTY: Part = Part {
        first: 0,
        last: 0,
        is_optional: true,
    };

    fn or(self, other: Part) -> Part {
        Part {
            first: self.first | other.first,
            last: self.last | other.last,
            is_optional: self.is_optional || other.is_optional,
        }
    }
}

struct Builder {
    case: Case,
    takes: Box<[u64; 128]>,
    ends: u64,
    behind: Vec<u64>,
    /// How many `^` there are.
    carets: usize,
    /// Whether nothing was left out so far, but for characters beyond ASCII and what `carets` counts.
    is_exact: bool,
}

impl Builder {
    fn alternatives(&mut self, tree: &Tree) -> Part {
        let branches = tree.0.iter().map(|branch| self.sequence(branch));
        branches.reduce(Part::or).unwrap_or(Part::EMPTY)
    }

    fn sequence(&mut self, branch: &Branch) -> Part {
        branch.iter().fold(Part::EMPTY, |part, node| {
            let next = self.node(node);
            self.then(part, next)
        })
    }

    fn node(&mut self, node: &Node) -> Part {
        match node {
            Node::Char(character) => self.state(self.folded(only(*character))),
            Node::Any => self.state(!range(b'\n', b'\n')),
            Node::Set(set) => self.state(self.set(set)),
            Node::Start => {
                self.carets += 1;
                Part::EMPTY
            }
            Node::End => {
                let end = self.state(0);
                self.ends |= end.first;
                end
            }
            Node::Edge(_) => {
                self.is_exact = false;
                Part::EMPTY
            }
            Node::Group(inside, _) => self.alternatives(inside),
            Node::Repeat(repeated) => self.repeated(&repeated.0, repeated.1),
        }
    }

    /// One after the other.
    fn then(&mut self, part: Part, next: Part) -> Part {
        self.lead(part.last, next.first);
        Part {
            first: part.first | if part.is_optional { next.first } else { 0 },
            last: next.last | if next.is_optional { part.last } else { 0 },
            is_optional: part.is_optional && next.is_optional,
        }
    }

    /// Lets states lead to others.
    fn lead(&mut self, mut from: u64, to: u64) {
        while from != 0 {
            self.behind[from.trailing_zeros() as usize] |= to;
            from &= from - 1;
        }
    }

    /// `a*`, `a{2,5}`: as many copies as may be needed.
    fn repeated(&mut self, node: &Node, Times { least, most, .. }: Times) -> Part {
        let mut part = self.node(node);
        if least == 0 {
            part.is_optional = true;
        }
        if most == Some(0) {
            part = Part::EMPTY;
        }
        let mut last = part;
        // Each copy takes a state at least, so that groups within groups do not multiply the work.
        let copies = if part.first == 0 { 1 } else { most.unwrap_or(least) };
        for copy in 1..copies {
            if self.behind.len() == STATES {
                self.is_exact = false;
                break;
            }
            last = self.node(node);
            last.is_optional |= copy >= least;
            part = self.then(part, last);
        }
        if most.is_none() {
            self.lead(last.last, last.first);
        }
        part
    }

    /// A state of its own for a set of characters; once there are none left, what follows is not looked at.
    fn state(&mut self, mut set: u128) -> Part {
        let state = self.behind.len();
        if state == STATES {
            self.is_exact = false;
            return Part::EMPTY;
        }
        while set != 0 {
            self.takes[set.trailing_zeros() as usize] |= 1 << state;
            set &= set - 1;
        }
        self.behind.push(0);
        Part {
            first: 1 << state,
            last: 1 << state,
            is_optional: false,
        }
    }

    fn set(&self, Set { is_negated, items }: &Set) -> u128 {
        let item = |item: &Item| match *item {
            Item::Range(low, high) => between(low, high),
            Item::Named(name) => named(name),
        };
        let set = self.folded(items.iter().map(item).fold(0, |set, item| set | item));
        if *is_negated { !set } else { set }
    }

    /// With the other case of its letters, where that does not matter.
    fn folded(&self, set: u128) -> u128 {
        let (upper, lower) = (set & range(b'A', b'Z'), set & range(b'a', b'z'));
        match self.case {
            Case::Ignored => set | upper << 32 | lower >> 32,
            Case::Exact => set,
        }
    }
}

/// From one ASCII character to another.
const fn range(low: u8, high: u8) -> u128 {
    (u128::MAX >> (127 - high)) & (u128::MAX << low)
}

/// The set of one character; empty beyond ASCII.
fn only(character: char) -> u128 {
    match u8::try_from(character) {
        Ok(byte @ 0..=127) => range(byte, byte),
        _ => 0,
    }
}

/// What of a range is ASCII.
fn between(low: char, high: char) -> u128 {
    let high = (high as u32).min(127) as u8;
    u8::try_from(low).map_or(0, |low| if low <= high { range(low, high) } else { 0 })
}

/// What `\d`, `\W` and the like stand for.
fn named(name: char) -> u128 {
    let set = match name.to_ascii_lowercase() {
        'd' => DIGITS,
        'w' => WORD,
        _ => SPACES,
    };
    if name.is_ascii_uppercase() { !set } else { set }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sieve(source: &str, case: Case) -> Option<Sieve> {
        Sieve::new(&Tree::read(source).ok()?, case)
    }

    fn passes(source: &str, text: &str) -> bool {
        sieve(source, Case::Exact).unwrap().read(text) != Verdict::No
    }

    #[test]
    fn what_cannot_match_is_held_back() {
        let rows = [
            (
                "^https://[a-z]{8,15}\\.com/",
                "https://shop.example/",
                "https://verylongname.com/x",
            ),
            (
                "(?:[a-z]{2}\\.)?[a-z]{4}\\.(?:top|xyz)/",
                "https://a1.example/",
                "https://ab.site.xyz/",
            ),
            (
                "/[0-9a-f]{32}/invoke\\.js",
                "/0123/invoke.js",
                "/0123456789abcdef0123456789abcdef/invoke.js",
            ),
            ("a[^b-d]\\d+$", "a_7b", "a_7"),
            ("^a(?:=|$)", "ab", "a"),
            ("a(?:$|b)$", "abx", "xab"),
            ("^a|b", "xc", "xb"),
            ("a{2,}b", "ab", "aaaab"),
            ("(?:ab)+c", "abac", "ababc"),
            ("a{0}b", "a", "b"),
            ("[\\w.-]+@x", "/@x", "a.b-c@x"),
            ("\\x41\\u0042\\x{43}", "abc", "ABC"),
        ];
        for (source, other, matching) in rows {
            assert!(!passes(source, other), "{source}: {other}");
            assert!(passes(source, matching), "{source}: {matching}");
        }
        assert_eq!(sieve("[A-C]x", Case::Ignored).unwrap().read("bX"), Verdict::Yes);
        assert_eq!(sieve("[^A-C]x", Case::Ignored).unwrap().read("bX"), Verdict::No);
    }

    #[test]
    fn what_it_does_not_see_passes() {
        let long = "a{40}b{40}c";
        assert!(!passes(long, &format!("{}{}", "a".repeat(40), "b".repeat(20))));
        assert!(passes(long, &format!("{}{}", "a".repeat(40), "b".repeat(23))));
        assert!(passes("a\\bb", "ab"));
        assert!(passes("x", "é"));
        assert!(passes("é", "é"));
    }

    #[test]
    fn what_it_sees_all_of_needs_no_regex() {
        let rows = [
            ("^utm(?:_[a-z]*)?(?:=|$)", "utm_source", Verdict::Yes),
            ("^utm(?:_[a-z]*)?(?:=|$)", "utmx=1", Verdict::No),
            ("a|b$", "xb", Verdict::Yes),
            ("a$|b", "xbx", Verdict::Yes),
            ("a\\bb", "ab", Verdict::Maybe),
            ("^a|^b", "xb", Verdict::Maybe),
            ("x^a", "xa", Verdict::Maybe),
            ("a{64}", &"a".repeat(64), Verdict::Maybe),
            ("a", "éa", Verdict::Maybe),
            ("a", "aé", Verdict::Yes),
        ];
        for (source, text, verdict) in rows {
            assert_eq!(
                sieve(source, Case::Exact).unwrap().read(text),
                verdict,
                "{source}: {text}"
            );
        }
    }

    #[test]
    fn there_is_none_where_it_would_be_of_no_use() {
        let deep = "(".repeat(60) + "a" + &")".repeat(60);
        for source in [
            "",
            "a*",
            "a|",
            "(?:a?b?)",
            "(?:a{70}|b)c",
            "^",
            "[b-a]",
            &deep,
            "*",
            "(a",
            "a)",
        ] {
            assert!(sieve(source, Case::Exact).is_none(), "{source}");
        }
    }

    #[test]
    fn copies_of_copies_take_no_time() {
        // Copied as they stand, these have a thousand million pieces.
        let began = std::time::Instant::now();
        for (inside, is_some) in [("a", true), ("ab|c", true), ("a?", false), ("a|", false), ("", false)] {
            let nested = "(".repeat(30) + inside + &"){2}".repeat(30);
            assert_eq!(sieve(&nested, Case::Exact).is_some(), is_some, "{nested}");
        }
        assert!(sieve("a{4000000000}", Case::Exact).is_some());
        assert!(began.elapsed().as_secs() < 5);
    }

    /// Regexes that `regex-lite` may understand, and texts that they may match.
    fn regexes() -> impl Strategy<Value = String> {
        let atom = prop_oneof![
            "[abAB1/.]".prop_map(|text| text.replace('.', "\\.")),
            Just(".".to_owned()),
            Just("\\d".to_owned()),
            Just("\\W".to_owned()),
            Just("\\b".to_owned()),
            Just("[a-b1]".to_owned()),
            Just("[^ab/]".to_owned()),
            Just("[\\w-]".to_owned()),
            Just("$".to_owned()),
        ];
        const QUANTIFIERS: &[&str] = &["", "", "", "?", "*", "+", "{2}", "{0,2}", "{2,}", "{30,40}", "+?"];
        let repeated = (atom, prop::sample::select(QUANTIFIERS)).prop_map(|(atom, how)| atom + how);
        let whole = repeated.prop_recursive(4, 24, 4, move |inner| {
            let sequence = prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat());
            let either = prop::collection::vec(inner, 1..3).prop_map(|parts| parts.join("|"));
            let groups = (either, prop::sample::select(QUANTIFIERS));
            prop_oneof![sequence, groups.prop_map(|(inside, how)| format!("(?:{inside}){how}"))]
        });
        (any::<bool>(), whole).prop_map(|(anchored, whole)| if anchored { format!("^{whole}") } else { whole })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        #[test]
        fn what_it_says_of_a_text_is_what_the_regex_says(
            source in regexes(), ignored: bool, text in "[abAB1/.é ]{0,40}|[abB1/]{0,12}",
        ) {
            let case = Case::of_flags(if ignored { "i" } else { "" });
            let regex = regex_lite::RegexBuilder::new(&source).case_insensitive(ignored).build();
            if let (Ok(regex), Some(sieve)) = (regex, sieve(&source, case)) {
                match sieve.read(&text) {
                    Verdict::No => prop_assert!(!regex.is_match(&text)),
                    Verdict::Maybe => {}
                    Verdict::Yes => prop_assert!(regex.is_match(&text)),
                }
            }
        }

        #[test]
        fn no_source_panics(source in "[ab(){}\\[\\]\\\\?:<>^$|*+,0-9é-]{0,16}", text in "[ab0-9]{0,8}") {
            if let Some(sieve) = sieve(&source, Case::Ignored) {
                sieve.read(&text);
            }
        }
    }
}
