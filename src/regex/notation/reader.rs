//! JavaScript's notation, read.

use super::{Branch, Item, Node, Set, Times, Tree, USUAL};
use crate::regex::RegexError;

/// More groups within groups than this are refused: `regex-lite` allows no more either.
const MAX_DEPTH: usize = 50;

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
