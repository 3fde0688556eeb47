//! What can be told from a parameter regex without running it: most say "begins with" in other words.

use crate::regex::notation::{Branch, Node, Tree, literal};

/// Literal texts of which one must be there for the regex to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) place: Place,
    /// Empty when nothing is known.
    pub(super) literals: Vec<String>,
    /// The literals decide: the regex says nothing more.
    pub(super) complete: bool,
}

super::codec::code! {
    /// Where a literal must be.
    enum Place {
        /// At the start.
        Start,
        /// Anywhere.
        Anywhere,
    }
}

/// More alternatives than this are left to the regex.
const MAX_LITERALS: usize = 64;

/// What can be told of a regex; nothing of one that cannot be read.
pub(super) fn read(source: &str) -> Shape {
    let tree = Tree::read(source).ok();
    tree.as_ref().and_then(beginnings_of).unwrap_or_else(|| Shape {
        place: Place::Anywhere,
        literals: tree.as_ref().and_then(longest).into_iter().collect(),
        complete: false,
    })
}

/// The longest literal text that every match holds, if one is known.
pub(super) fn required(source: &str) -> Option<String> {
    longest(&Tree::read(source).ok()?)
}

fn longest(tree: &Tree) -> Option<String> {
    // Of equal ones the first.
    tree.texts().into_iter().rev().max_by_key(String::len)
}

/// `None` when its branches do not all begin with literal text.
fn beginnings_of(tree: &Tree) -> Option<Shape> {
    let is_anchored = |branch: &Branch| branch.first() == Some(&Node::Start);
    let place = match is_anchored(tree.0.first()?) {
        true => Place::Start,
        false => Place::Anywhere,
    };
    let (mut literals, mut complete) = (Vec::new(), true);
    for branch in &tree.0 {
        let (texts, whole) = beginnings(&branch[usize::from(is_anchored(branch))..]);
        let usable = is_anchored(branch) == (place == Place::Start) && !texts.iter().any(String::is_empty);
        if !usable || literals.len() + texts.len() > MAX_LITERALS {
            return None;
        }
        literals.extend(texts);
        complete &= whole;
    }
    Some(Shape {
        place,
        literals,
        complete,
    })
}

/// The texts that a match can begin with, and whether they are all of it.
fn beginnings(nodes: &[Node]) -> (Vec<String>, bool) {
    let mut texts = vec![String::new()];
    for node in nodes {
        let options = options(node).filter(|options| texts.len() * options.len() <= MAX_LITERALS);
        let Some(options) = options else {
            return (texts, false);
        };
        texts = texts
            .iter()
            .flat_map(|text| options.iter().map(move |option| text.clone() + option))
            .collect();
    }
    (texts, true)
}

/// The text of a character, or those of a group of literal alternatives.
fn options(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::Char(character) => Some(vec![character.to_string()]),
        Node::Group(inside, _) => inside.0.iter().map(|branch| literal(branch)).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regex::Regex;

    #[test]
    fn regexes_that_only_begin_or_contain_are_known() {
        let rows: &[(&str, Place, &[&str], bool)] = &[
            ("^utm_", Place::Start, &["utm_"], true),
            ("^(?:q|lang)=", Place::Start, &["q=", "lang="], true),
            ("^utm_?x", Place::Start, &["utm"], false),
            ("^cd\\d+", Place::Start, &["cd"], false),
            ("^\\$ja=", Place::Start, &["$ja="], true),
            ("tour|campaign", Place::Anywhere, &["tour", "campaign"], true),
            ("ga[ct]id", Place::Anywhere, &["ga"], false),
            ("^utm$", Place::Start, &["utm"], false),
            ("a|^b", Place::Anywhere, &[], false),
            ("[a-z]tk", Place::Anywhere, &["tk"], false),
            ("^(a|b)?c", Place::Anywhere, &["c"], false),
            ("^[a-z]?mc(?:=|$)", Place::Anywhere, &["mc"], false),
            ("^\\d{1,2}ab+cx?yz", Place::Anywhere, &["ab"], false),
        ];
        for &(source, place, literals, complete) in rows {
            let shape = read(source);
            assert_eq!((shape.place, shape.complete), (place, complete), "{source}");
            assert_eq!(shape.literals, literals, "{source}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_shape_never_contradicts_its_regex(source in "\\^?[ab(|)?*\\[\\]+.${1}]{1,10}", text in "[ab]{0,6}") {
            let shape = read(&source);
            let there = |literal: &String| match shape.place {
                Place::Start => text.starts_with(literal.as_str()),
                Place::Anywhere => text.contains(literal.as_str()),
            };
            if let Ok(regex) = Regex::new(&source, crate::case::Case::Exact) && !shape.literals.is_empty() {
                let (found, matched) = (shape.literals.iter().any(there), regex.is_match(&text));
                proptest::prop_assert!(found || !matched, "{:?}", shape);
                proptest::prop_assert!(!shape.complete || found == matched, "{:?}", shape);
            }
        }
    }
}
