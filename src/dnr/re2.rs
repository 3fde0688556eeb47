//! What the browsers' regex engine takes, told before a browser refuses it.
//!
//! Chromium compiles `regexFilter` with RE2 within 2 KB; Firefox takes the same rules with its own engine. This reads
//! a regex only as far as is needed to name what RE2 lacks and to estimate its size.

use super::Unsupported;

/// RE2 instructions that fit into Chromium's memory limit for one regex.
const MAX_INSTRUCTIONS: usize = 1 << 20;

/// Whether Chromium's `isRegexSupported` says yes to this regex.
pub(super) fn check(source: &str) -> Result<(), Unsupported> {
    if !source.is_ascii() {
        return Err(Unsupported::Regex("letters beyond ASCII in rules"));
    }
    match lacking(source) {
        Some(what) => Err(Unsupported::Regex(what)),
        None if size(source) > MAX_INSTRUCTIONS => Err(Unsupported::RegexTooLarge),
        None => Ok(()),
    }
}

/// The first thing in `source` that RE2 does not know.
fn lacking(source: &str) -> Option<&'static str> {
    let bytes = source.as_bytes();
    let mut in_class = false;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &source[at..];
        match bytes[at] {
            b'\\' => {
                if let Some(what) = lacking_escape(bytes.get(at + 1).copied(), in_class) {
                    return Some(what);
                }
                at += 1;
            }
            b'[' => in_class = true,
            b']' => in_class = false,
            b'(' if !in_class => {
                if let Some(what) = lacking_group(rest) {
                    return Some(what);
                }
            }
            _ => {}
        }
        at += 1;
    }
    in_class.then_some("meaning for an open `[`")
}

fn lacking_escape(byte: Option<u8>, in_class: bool) -> Option<&'static str> {
    match byte {
        None => Some("meaning for a `\\` at the end"),
        Some(b'1'..=b'9' | b'k') if !in_class => Some("back-references"),
        Some(b'u' | b'c') => Some("`\\u` and `\\c`"),
        _ => None,
    }
}

fn lacking_group(rest: &str) -> Option<&'static str> {
    let has = |start: &str| rest.starts_with(start);
    if has("(?=") || has("(?!") || has("(?<=") || has("(?<!") {
        return Some("look-around");
    }
    has("(?>").then_some("atomic groups")
}

/// A rough count of RE2 instructions.
fn size(source: &str) -> usize {
    source.len()
}
