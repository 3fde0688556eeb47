//! Regexes in `regex-lite`'s notation.

use super::{Item, Node, Set, Times, Tree, USUAL};

impl Tree {
    /// In `regex-lite`'s notation.
    pub fn respelt(&self) -> String {
        let mut out = String::with_capacity(USUAL);
        respell(self, &mut out);
        out
    }
}

fn respell(tree: &Tree, out: &mut String) {
    for (index, branch) in tree.0.iter().enumerate() {
        if index > 0 {
            out.push('|');
        }
        branch.iter().for_each(|node| respell_node(node, out));
    }
}

fn respell_node(node: &Node, out: &mut String) {
    match node {
        Node::Char(character) => respell_character(*character, out),
        Node::Any => out.push('.'),
        Node::Set(set) => respell_set(set, out),
        Node::Start => out.push('^'),
        Node::End => out.push('$'),
        Node::Edge(true) => out.push_str("\\b"),
        Node::Edge(false) => out.push_str("\\B"),
        Node::Group(inside, captures) => {
            out.push_str(if *captures { "(" } else { "(?:" });
            respell(inside, out);
            out.push(')');
        }
        Node::Repeat(repeated) => {
            let (node, times) = &**repeated;
            respell_node(node, out);
            respell_times(*times, out);
        }
    }
}

fn respell_set(Set { is_negated, items }: &Set, out: &mut String) {
    if items.is_empty() {
        // Everything: all but nothing.
        return out.push_str("[\\s\\S]");
    }
    out.push_str(if *is_negated { "[^" } else { "[" });
    for item in items {
        match *item {
            Item::Named(name) => out.extend(['\\', name]),
            Item::Range(low, high) => {
                respell_character(low, out);
                if low != high {
                    out.push('-');
                    respell_character(high, out);
                }
            }
        }
    }
    out.push(']');
}

fn respell_times(Times { least, most, is_lazy }: Times, out: &mut String) {
    match (least, most) {
        (0, None) => out.push('*'),
        (1, None) => out.push('+'),
        (0, Some(1)) => out.push('?'),
        (least, None) => out.push_str(&format!("{{{least},}}")),
        (least, Some(most)) => out.push_str(&format!("{{{least},{most}}}")),
    }
    if is_lazy {
        out.push('?');
    }
}

fn respell_character(character: char, out: &mut String) {
    let has_a_meaning = matches!(
        character,
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&' | '-' | '~'
    );
    if has_a_meaning {
        out.push('\\');
    }
    out.push(character);
}
