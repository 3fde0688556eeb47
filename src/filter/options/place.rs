//! Where a line's options stand.

use super::names::is_known;

/// Where the options begin: the byte offset of the `$` before them, or `None` for a line without options.
///
/// A `$` may also stand in a pattern or a regex: the first one that is followed by nothing but known options
/// is meant, else the last one that is followed by something like options (so that a mistake is reported, not
/// matched as text).
pub(in crate::filter) fn find(line: &str, start: usize) -> Option<usize> {
    let first = start + memchr::memchr(b'$', &line.as_bytes()[start..])?;
    let dollars = || line[first..].match_indices('$').map(move |(at, _)| at + first);
    let names_of = |at: usize| split(&line[at + 1..]).map(|(_, option)| name_of(option));
    if let Some(at) = dollars().find(|&at| names_of(at).all(is_known)) {
        return Some(at);
    }
    let whole_regex = line.len() > start + 1 && line[start..].starts_with('/') && line.ends_with('/');
    if whole_regex {
        return None;
    }
    dollars().rfind(|&at| begins_like_options(&line[at + 1..]) || names_of(at).all(looks_like_option))
}

fn looks_like_option(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
}

/// Whether the first word is an option's name, in whatever case, and what follows it may follow an option or be meant
/// to.
fn begins_like_options(text: &str) -> bool {
    let word = text.trim_start_matches(['~', ' ', ',']);
    let end = word
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .unwrap_or(word.len());
    let (name, rest) = word.split_at(end);
    is_known(&name.to_ascii_lowercase()) && (rest.is_empty() || rest.starts_with([',', '=', ';', ' ']))
}

fn name_of(option: &str) -> &str {
    let option = option.strip_prefix('~').unwrap_or(option);
    option.split_once('=').map_or(option, |(name, _)| name)
}

/// Splits at commas, giving byte offsets. A comma behind a backslash belongs to the value, and so does one
/// behind a `/` (a regex has commas: `{6,}`) unless a known option follows it.
pub(super) fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &text[start..];
        let end = rest
            .match_indices(',')
            .map(|(at, _)| at)
            .find(|&at| is_boundary(rest, at));
        next = end.map(|at| start + at + 1);
        Some((start, &rest[..end.unwrap_or(rest.len())]))
    })
}

fn is_boundary(option: &str, comma: usize) -> bool {
    if option[..comma].ends_with('\\') {
        return false;
    }
    let in_regex = option[..comma]
        .split_once('=')
        .is_some_and(|(_, value)| value.contains('/'));
    !in_regex || is_known(name_of(option[comma + 1..].split(',').next().unwrap_or_default()))
}

/// The options of a filter line as they are written, each with its byte offset; none where the line has none.
///
/// ```
/// assert_eq!(detick::filter::options_of("||a.example^$script,3p"), [(13, "script"), (20, "3p")]);
/// ```
pub fn options_of(line: &str) -> Vec<(usize, &str)> {
    let start = if line.starts_with("@@") { 2 } else { 0 };
    let begin = find(line, start).map(|dollar| dollar + 1);
    let options = begin
        .into_iter()
        .flat_map(|begin| split(&line[begin..]).map(move |(at, option)| (begin + at, option)));
    options.collect()
}
