//! The values of options that say what a filter does: `$redirect=`, `$removeparam=`, `$urlskip=`, `$uritransform=`,
//! `$removeheader=`.

use super::Case;

/// `$redirect=name` or `$redirect-rule=name`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Redirect {
    /// The surrogate's name, without a `:priority`. Empty only in an exception: all of them.
    pub resource: String,
    /// Of several surrogates for one request, the highest wins; 0 where the line gives none.
    pub priority: i32,
    /// Whether the filter also blocks.
    pub mode: RedirectMode,
}

/// Whether a redirect filter stops requests itself or only answers those that others stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RedirectMode {
    /// `$redirect=`: blocks, and answers.
    BlockAndAnswer,
    /// `$redirect-rule=`: answers what another filter blocks.
    AnswerOnly,
}

impl Redirect {
    pub(super) fn read(value: &str, mode: RedirectMode) -> Option<Redirect> {
        let (resource, priority) = match value.rsplit_once(':') {
            Some((name, priority)) => (name, priority.parse().ok()?),
            None => (value, 0),
        };
        Some(Redirect {
            resource: resource.to_owned(),
            priority,
            mode,
        })
    }
}

/// Which parameters `$removeparam=` takes out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Param {
    /// Bare `$removeparam`: the whole query.
    All,
    /// Those that the test finds.
    Only(ParamTest),
    /// `~`: all but those that the test finds.
    AllBut(ParamTest),
}

/// How a parameter is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ParamTest {
    /// By its exact name, as it stands in the address or percent-decoded.
    Name(String),
    /// By a regex tried on `name=value` (on `name` where there is no `=`).
    Regex {
        /// Without the slashes.
        source: String,
        /// The `i` flag ignores it.
        case: Case,
    },
}

impl Param {
    /// `value` is `None` for a bare `$removeparam`.
    pub(super) fn read(value: Option<&str>) -> Option<Param> {
        let Some(value) = value else {
            return Some(Param::All);
        };
        match value.strip_prefix('~') {
            Some(test) => ParamTest::read(test).map(Param::AllBut),
            None => ParamTest::read(value).map(Param::Only),
        }
    }
}

impl ParamTest {
    fn read(text: &str) -> Option<ParamTest> {
        if let Some((source, flags)) = split_regex(text) {
            return matches!(flags, "" | "i").then(|| ParamTest::Regex {
                source: source.to_owned(),
                case: Case::of_flags(flags),
            });
        }
        let name = text.strip_suffix('=').unwrap_or(text);
        let broken = name.is_empty() || name.contains(['&', '#', '=']) || name.chars().any(char::is_whitespace);
        (!broken).then(|| ParamTest::Name(name.to_owned()))
    }
}

/// One step from a redirector's address to the one it leads to, in uBlock Origin's notation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SkipStep {
    /// `?name`: the decoded value of that query parameter.
    Param(String),
    /// `&i`: the name of the i-th query parameter, counted from 1.
    ParamAt(u32),
    /// `#`: the fragment.
    Fragment,
    /// `/regex/`: its first group.
    Regex(String),
    /// `+https`: put `https://` in front where there is no scheme, and make `http:` into `https:`.
    Https,
    /// `+origin`: put the redirector's own scheme and host in front of a path.
    Origin,
    /// `-address`: the address at the text's start. One that is percent-encoded ends where such a one must, and is
    /// decoded; all that follows one that is not encoded is part of it.
    Address,
    /// `-json:name`: the string that the first member of that name holds, at any depth.
    Json(String),
    /// `-base64`, `-safebase64`: decode base64, in both alphabets.
    Base64,
    /// `-uricomponent`: percent-decode.
    UriComponent,
    /// `-blocked`: only where the redirector's address is blocked.
    Blocked,
}

impl SkipStep {
    /// Reads the steps of a whole `$urlskip=` value; a regex may hold spaces if they are written `\x20` or `\s`.
    pub(super) fn read_all(value: &str) -> Option<Vec<SkipStep>> {
        let steps: Option<Vec<_>> = value.split_ascii_whitespace().map(SkipStep::read).collect();
        steps.filter(|steps| !steps.is_empty())
    }

    fn read(step: &str) -> Option<SkipStep> {
        Some(match step {
            "#" => SkipStep::Fragment,
            "+https" => SkipStep::Https,
            "+origin" => SkipStep::Origin,
            "-address" => SkipStep::Address,
            "-base64" | "-safebase64" => SkipStep::Base64,
            "-uricomponent" => SkipStep::UriComponent,
            "-blocked" => SkipStep::Blocked,
            _ if step.starts_with("-json:") => {
                SkipStep::Json(step.strip_prefix("-json:").filter(|name| !name.is_empty())?.to_owned())
            }
            _ => match step.split_at_checked(1)? {
                ("?", name) if !name.is_empty() => SkipStep::Param(name.to_owned()),
                ("&", index) => SkipStep::ParamAt(index.parse().ok().filter(|&index| index > 0)?),
                _ => SkipStep::Regex(split_regex(step).filter(|(_, flags)| flags.is_empty())?.0.to_owned()),
            },
        })
    }
}

/// `/from/to/flags`: a replacement in what follows the host (path, query and fragment).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Transform {
    /// The regex to find.
    pub from: String,
    /// What to put in its place; `$1` … `$9` and `\1` … `\9` stand for groups.
    pub to: String,
    /// Replace every match (`g`), not only the first.
    pub every: bool,
    /// `i` ignores it.
    pub case: Case,
}

impl Transform {
    pub(super) fn read(value: &str) -> Option<Transform> {
        let rest = value.strip_prefix('/')?;
        let (from, rest) = split_at_slash(rest)?;
        let (to, flags) = split_at_slash(rest)?;
        let known = flags.chars().all(|flag| matches!(flag, 'g' | 'i'));
        (known && !from.is_empty()).then(|| Transform {
            from: from.to_owned(),
            to: to.replace("\\/", "/"),
            every: flags.contains('g'),
            case: Case::of_flags(flags),
        })
    }
}

/// `$removeheader=name` or `$removeheader=request:name`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// Lower case.
    pub name: String,
    /// Whose header it is.
    pub side: HeaderSide,
}

/// The two sides of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderSide {
    /// What the browser sends.
    Request,
    /// What the server answers.
    Response,
}

impl Header {
    pub(super) fn read(value: &str) -> Option<Header> {
        let (name, side) = match value.strip_prefix("request:") {
            Some(name) => (name, HeaderSide::Request),
            None => (value, HeaderSide::Response),
        };
        let token = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        token.then(|| Header {
            name: name.to_ascii_lowercase(),
            side,
        })
    }
}

/// `/source/flags` -> its two parts; `None` when `text` is not in that form.
pub(super) fn split_regex(text: &str) -> Option<(&str, &str)> {
    let (source, flags) = text.strip_prefix('/')?.rsplit_once('/')?;
    let letters = flags.bytes().all(|byte| byte.is_ascii_lowercase());
    (!source.is_empty() && letters).then_some((source, flags))
}

/// Splits at the first `/` that no backslash escapes.
fn split_at_slash(text: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    let at = text.bytes().position(|byte| {
        let ends = byte == b'/' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some((&text[..at], &text[at + 1..]))
}
