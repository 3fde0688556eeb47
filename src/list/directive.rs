//! `!#if`, `!#else`, `!#endif` and `!#include`.

/// A preprocessor line.
pub(super) enum Directive<'a> {
    If(&'a str),
    Else,
    EndIf,
    Include(&'a str),
}

impl<'a> Directive<'a> {
    /// `None` when the line is no directive known here; such lines are comments.
    pub(super) fn read(line: &'a str) -> Option<Directive<'a>> {
        let body = line.strip_prefix("!#")?;
        let (word, rest) = body.split_once(' ').unwrap_or((body, ""));
        Some(match word {
            "if" => Directive::If(rest.trim()),
            "else" => Directive::Else,
            "endif" => Directive::EndIf,
            "include" => Directive::Include(rest.trim()),
            _ => return None,
        })
    }
}

/// Which `!#if` blocks are open, and whether the lines inside are meant.
pub(super) struct Conditions<'a> {
    environment: &'a [&'a str],
    open: Vec<Block>,
}

struct Block {
    line: u32,
    holds: bool,
    else_seen: bool,
}

impl<'a> Conditions<'a> {
    pub(super) fn new(environment: &'a [&'a str]) -> Self {
        Conditions {
            environment,
            open: Vec::new(),
        }
    }

    /// Whether lines are in force here.
    pub(super) fn hold(&self) -> bool {
        self.open.iter().all(|block| block.holds)
    }

    /// The line of the innermost block that is still open.
    pub(super) fn open_since(&self) -> Option<u32> {
        self.open.last().map(|block| block.line)
    }

    pub(super) fn take(&mut self, line: u32, directive: Directive<'_>) -> Result<(), &'static str> {
        match directive {
            Directive::If(expression) => {
                // An unreadable condition does not hold, but still opens its block: its `!#endif` belongs to it.
                let value = evaluate(expression, self.environment);
                self.open.push(Block {
                    line,
                    holds: value.unwrap_or(false),
                    else_seen: false,
                });
                value.map(drop).ok_or("the condition cannot be read")
            }
            Directive::Else => match self.open.last_mut() {
                Some(block) if !block.else_seen => {
                    block.holds = !block.holds;
                    block.else_seen = true;
                    Ok(())
                }
                _ => Err("`!#else` without `!#if`"),
            },
            Directive::EndIf => self.open.pop().map(drop).ok_or("`!#endif` without `!#if`"),
            Directive::Include(_) => Ok(()),
        }
    }
}

/// `a && !(b || c)`; names that are not in the environment are false. `None` when the expression cannot be read.
fn evaluate(expression: &str, environment: &[&str]) -> Option<bool> {
    let mut tokens = Tokens {
        rest: expression,
        depth: 0,
    };
    let value = any_of(&mut tokens, environment)?;
    tokens.next().is_none().then_some(value)
}

struct Tokens<'a> {
    rest: &'a str,
    depth: u32,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let token = self.peek()?;
        self.rest = &self.rest.trim_start()[token.len()..];
        Some(token)
    }

    fn peek(&self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let name = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let length = match rest.as_bytes() {
            [] => return None,
            [b'&', b'&', ..] | [b'|', b'|', ..] => 2,
            [b'!' | b'(' | b')', ..] => 1,
            _ if name > 0 => name,
            _ => rest.chars().next()?.len_utf8(),
        };
        Some(&rest[..length])
    }

    fn take(&mut self, wanted: &str) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.next();
        }
        there
    }
}

fn any_of(tokens: &mut Tokens<'_>, environment: &[&str]) -> Option<bool> {
    let mut value = all_of(tokens, environment)?;
    while tokens.take("||") {
        value |= all_of(tokens, environment)?;
    }
    Some(value)
}

fn all_of(tokens: &mut Tokens<'_>, environment: &[&str]) -> Option<bool> {
    let mut value = term(tokens, environment)?;
    while tokens.take("&&") {
        value &= term(tokens, environment)?;
    }
    Some(value)
}

fn term(tokens: &mut Tokens<'_>, environment: &[&str]) -> Option<bool> {
    // A list may nest as deep as it likes, our stack may not.
    tokens.depth += 1;
    if tokens.depth > 64 {
        return None;
    }
    let value = match tokens.next()? {
        "!" => !term(tokens, environment)?,
        "(" => {
            let inner = any_of(tokens, environment)?;
            tokens.take(")").then_some(inner)?
        }
        name if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => environment.contains(&name),
        _ => return None,
    };
    tokens.depth -= 1;
    Some(value)
}
