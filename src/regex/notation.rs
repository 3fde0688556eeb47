//! JavaScript's notation of regexes as a tree: read in one place; what else is to be known of a regex is asked of the
//! tree.
//!
//! `regex-lite`, which matches, has a notation that differs in details: [`Tree::respelt`] says the same in it. (What
//! RE2 makes of a regex in a rule is another question, about the text as RE2 reads it: see `dnr::re2`.)

mod reader;
mod spelling;

/// As long as most are.
const USUAL: usize = 64;

/// A regex: one of some branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree(pub Vec<Branch>);

/// Nodes that match one after the other.
pub type Branch = Vec<Node>;

/// A piece of a regex. Small: most are characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A character that means itself, however it was written.
    Char(char),
    /// `.`: all but the end of a line.
    Any,
    /// `[…]`, or a set with a name.
    Set(Box<Set>),
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`; with `false`, `\B`.
    Edge(bool),
    /// `(…)`; with `false`, `(?:…)`.
    Group(Box<Tree>, bool),
    /// Anything but this again, so many times.
    Repeat(Box<(Node, Times)>),
}

/// Some characters, or all but those.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    pub is_negated: bool,
    pub items: Vec<Item>,
}

/// What a set holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// From one character to another, which may be the same.
    Range(char, char),
    /// `\d`, `\W` and the like, by that letter.
    Named(char),
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    pub least: u32,
    /// `None`: without end.
    pub most: Option<u32>,
    /// Rather fewer than more.
    pub is_lazy: bool,
}

impl Tree {
    /// Literal texts that every match contains, in their order: those outside of groups that are neither optional nor
    /// alternatives. Of a text that ends with a repeated character more of that may follow.
    pub fn texts(&self) -> Vec<String> {
        let [only] = &self.0[..] else {
            return Vec::new();
        };
        let mut texts = vec![String::new()];
        for node in only {
            let (certain, goes_on) = match node {
                Node::Char(character) => (Some(*character), true),
                Node::Repeat(repeated) => match **repeated {
                    (Node::Char(character), times) if times.least > 0 => (Some(character), false),
                    _ => (None, false),
                },
                _ => (None, false),
            };
            if let Some(text) = texts.last_mut() {
                text.extend(certain);
            }
            if !goes_on {
                texts.push(String::new());
            }
        }
        texts.retain(|text| !text.is_empty());
        texts
    }

    /// How many states a machine for it has, roughly and at most; each piece of a set counts too.
    pub fn size(&self) -> usize {
        let branches = self
            .0
            .iter()
            .map(|branch| 1 + branch.iter().map(Node::size).fold(0, usize::saturating_add));
        branches.fold(0, usize::saturating_add)
    }
}

impl Node {
    fn size(&self) -> usize {
        match self {
            Node::Char(_) | Node::Any | Node::Start | Node::End | Node::Edge(_) => 1,
            // The largest of those with names has five ranges.
            Node::Set(set) => 1 + 5 * set.items.len(),
            Node::Group(inside, _) => inside.size().saturating_add(2),
            Node::Repeat(repeated) => {
                let (node, Times { least, most, .. }) = &**repeated;
                let copies = most.unwrap_or(*least).max(1) as usize;
                node.size().saturating_add(2).saturating_mul(copies)
            }
        }
    }
}

/// The text of some nodes, if they are nothing else.
pub fn literal(nodes: &[Node]) -> Option<String> {
    let characters = nodes.iter().map(|node| match node {
        Node::Char(character) => Some(*character),
        _ => None,
    });
    characters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_spelt_otherwise_is_respelt() {
        let rows = [
            (r"^https?:\/\/a\.b\/", r"^https?://a\.b/"),
            (r"\x41\u0042\0", "AB\0"),
            (r"[[a&&b~~]", r"[\[a\&\&b\~\~]"),
            (r"[\w-.]", r"[\w\-\.]"),
            (r"[+--]", r"[\+-\-]"),
            ("[^]", r"[\s\S]"),
            ("a{,2}x]}", r"a\{,2\}x\]\}"),
            ("(?<n>a)|(?:b){2,}?", "(a)|(?:b){2,}?"),
        ];
        for (source, respelt) in rows {
            assert_eq!(Tree::read(source).unwrap().respelt(), respelt, "{source}");
        }
    }

    #[test]
    fn texts_are_what_every_match_contains() {
        let rows: &[(&str, &[&str])] = &[
            (r"^https?:\/\/ads\.", &["http", "://ads."]),
            ("a(b|c)d", &["a", "d"]),
            ("ab+c", &["ab", "c"]),
            ("ab*c{2}d{0}e", &["a", "c", "e"]),
            ("a[b]c.d", &["a", "c", "d"]),
            ("a|b", &[]),
        ];
        for (source, texts) in rows {
            assert_eq!(Tree::read(source).unwrap().texts(), *texts, "{source}");
        }
    }

    proptest! {
        #[test]
        fn what_is_respelt_means_the_same(source in r"([ab1é/.^$|()\[\]{}*+?\\-]|\\[dWsbn.1]|\{1,2\}|\[\^?|\(\?:){0,12}") {
            if let Ok(tree) = Tree::read(&source) {
                let has_all = tree.respelt().contains("[\\s\\S]");
                prop_assert!(has_all || Tree::read(&tree.respelt()).as_ref() == Ok(&tree), "{}", tree.respelt());
            }
        }
    }
}
