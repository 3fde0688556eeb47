//! JavaScript's notation of regexes as a tree: read in one place; what else is to be known of a regex is asked of the
//! tree.
//!
//! `regex-lite`, which matches, has a notation that differs in details: [`Tree::respelt`] says the same in it. (What
//! RE2 makes of a regex in a rule is another question, about the text as RE2 reads it: see `dnr::re2`.)

use super::RegexError;

/// More groups within groups than this are refused: `regex-lite` allows no more either.
const MAX_DEPTH: usize = 50;

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
    /// Reads a regex without its slashes.
    ///
    /// # Errors
    /// When it is none, or has what cannot be matched in linear time.
    pub fn read(source: &str) -> Result<Tree, RegexError> {
        let mut reader = Reader { rest: source };
        let tree = reader.tree(0)?;
        match reader.rest.is_empty() {
            true => Ok(tree),
            // A `)` without its `(`.
            false => Err(RegexError::Syntax),
        }
    }

    /// In `regex-lite`'s notation.
    pub fn respelt(&self) -> String {
        let mut out = String::with_capacity(USUAL);
        respell(self, &mut out);
        out
    }

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
}

impl Tree {
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

struct Reader<'s> {
    rest: &'s str,
}

impl Reader<'_> {
    fn tree(&mut self, depth: usize) -> Result<Tree, RegexError> {
        if depth > MAX_DEPTH {
            return Err(RegexError::Syntax);
        }
        let mut branches = vec![self.branch(depth)?];
        while self.skip("|") {
            branches.push(self.branch(depth)?);
        }
        Ok(Tree(branches))
    }

    fn branch(&mut self, depth: usize) -> Result<Branch, RegexError> {
        let mut nodes = Vec::with_capacity(self.rest.len().min(USUAL / 2));
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let node = self.atom(depth)?;
            nodes.push(match self.times()? {
                None => node,
                Some(times) => Node::Repeat(Box::new((node, times))),
            });
        }
        Ok(nodes)
    }

    fn atom(&mut self, depth: usize) -> Result<Node, RegexError> {
        Ok(match self.next()? {
            '(' => return self.group(depth),
            '[' => return self.set(),
            '\\' => return self.escape(),
            '.' => Node::Any,
            '^' => Node::Start,
            '$' => Node::End,
            // Of nothing, or twice of the same.
            '*' | '+' | '?' => return Err(RegexError::Syntax),
            '{' if counts(self.rest).is_some() => return Err(RegexError::Syntax),
            character => Node::Char(character),
        })
    }

    fn group(&mut self, depth: usize) -> Result<Node, RegexError> {
        if ["?=", "?!", "?<=", "?<!"]
            .iter()
            .any(|mark| self.rest.starts_with(mark))
        {
            return Err(RegexError::LookAround);
        }
        let captures = !self.skip("?:");
        if self.skip("?<") || self.skip("?P<") {
            let (name, rest) = self.rest.split_once('>').ok_or(RegexError::Syntax)?;
            let is_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
            if name.is_empty() || !name.chars().all(is_name) {
                return Err(RegexError::Syntax);
            }
            self.rest = rest;
        }
        let inside = self.tree(depth + 1)?;
        match self.skip(")") {
            true => Ok(Node::Group(Box::new(inside), captures)),
            false => Err(RegexError::Syntax),
        }
    }

    /// What stands behind `[`.
    fn set(&mut self) -> Result<Node, RegexError> {
        let is_negated = self.skip("^");
        let mut items = Vec::new();
        while !self.skip("]") {
            let item = self.item()?;
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            items.push(match (item, is_range) {
                (Item::Range(low, _), true) => {
                    self.skip("-");
                    match self.item()? {
                        Item::Range(high, _) if low <= high => Item::Range(low, high),
                        _ => return Err(RegexError::Syntax),
                    }
                }
                _ => item,
            });
        }
        // JavaScript's `[]` matches nothing; whoever wrote it meant something else.
        match items.is_empty() && !is_negated {
            true => Err(RegexError::Syntax),
            false => Ok(Node::Set(Box::new(Set { is_negated, items }))),
        }
    }

    /// A character of a set, as a range of one, or a set with a name.
    fn item(&mut self) -> Result<Item, RegexError> {
        let character = match self.next()? {
            '\\' => match self.next()? {
                name @ ('d' | 'D' | 'w' | 'W' | 's' | 'S') => return Ok(Item::Named(name)),
                'b' | 'B' => return Err(RegexError::Syntax),
                escaped => self.escaped(escaped)?,
            },
            character => character,
        };
        Ok(Item::Range(character, character))
    }

    /// What stands behind a `\`.
    fn escape(&mut self) -> Result<Node, RegexError> {
        Ok(match self.next()? {
            name @ ('d' | 'D' | 'w' | 'W' | 's' | 'S') => Node::Set(Box::new(Set {
                is_negated: false,
                items: vec![Item::Named(name)],
            })),
            'b' => Node::Edge(true),
            'B' => Node::Edge(false),
            '1'..='9' | 'k' => return Err(RegexError::BackReference),
            escaped => Node::Char(self.escaped(escaped)?),
        })
    }

    /// The character that an escape stands for. One without a meaning means itself.
    fn escaped(&mut self, escaped: char) -> Result<char, RegexError> {
        Ok(match escaped {
            '0' => '\0',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\x0c',
            'v' => '\x0b',
            'x' => return self.code(2),
            'u' => return self.code(4),
            _ => escaped,
        })
    }

    /// A code point in so many hexadecimal digits, or in any number of them between braces.
    fn code(&mut self, digits: usize) -> Result<char, RegexError> {
        let (code, rest) = match self.rest.strip_prefix('{') {
            Some(rest) => rest.split_once('}'),
            None => self.rest.split_at_checked(digits),
        }
        .ok_or(RegexError::Syntax)?;
        self.rest = rest;
        let code = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        code.ok_or(RegexError::Syntax)
    }

    /// `*`, `+`, `?`, `{2}`, `{2,}` or `{2,5}`, each also with a `?`; nothing where a brace is only a brace.
    fn times(&mut self) -> Result<Option<Times>, RegexError> {
        let (least, most) = match self.rest.bytes().next() {
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'?') => (0, Some(1)),
            Some(b'{') => match counts(&self.rest[1..]) {
                None => return Ok(None),
                Some((least, most, length)) => {
                    self.rest = &self.rest[length..];
                    let number = |digits: &str| digits.parse().map_err(|_| RegexError::Syntax);
                    let most = match most {
                        Some("") => None,
                        Some(most) => Some(number(most)?),
                        None => Some(number(least)?),
                    };
                    (number(least)?, most)
                }
            },
            _ => return Ok(None),
        };
        self.rest = &self.rest[1..];
        match most.is_some_and(|most| most < least) {
            true => Err(RegexError::Syntax),
            false => Ok(Some(Times {
                least,
                most,
                is_lazy: self.skip("?"),
            })),
        }
    }

    fn next(&mut self) -> Result<char, RegexError> {
        let character = self.rest.chars().next().ok_or(RegexError::Syntax)?;
        self.rest = &self.rest[character.len_utf8()..];
        Ok(character)
    }

    fn skip(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// The digits of `2}`, `2,}` or `2,5}`, and their length with the brace.
fn counts(text: &str) -> Option<(&str, Option<&str>, usize)> {
    let (inside, _) = text.split_once('}')?;
    let (least, most) = match inside.split_once(',') {
        Some((least, most)) => (least, Some(most)),
        None => (inside, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!least.is_empty() && digits(least) && digits(most.unwrap_or_default())).then_some((least, most, inside.len() + 1))
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
