//! A regex's tree into a sieve.

use super::ascii::{between, named, only, range};
use super::{PASSED, Sieve, Verdict};
use crate::case::Case;
use crate::regex::notation::{Branch, Item, Node, Set, Times, Tree};

/// How many states there are besides [`PASSED`].
const STATES: usize = 63;

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
