//! Surrogates: harmless files that answer blocked requests, and the names by which lists ask for them.

use crate::dnr::Browser;
use crate::filter::Types;

/// A file in `extension/surrogates/`.
struct Surrogate {
    file: &'static str,
    whose: Whose,
    /// What lists call it as well.
    names: &'static [&'static str],
    /// What it is.
    content_type: &'static str,
    content: &'static [u8],
}

/// Whose answer a page cannot read: an address of the extension's may stand behind these. A browser test loads every
/// surrogate in every way that pages have.
pub const BY_FILE: Types = Types::SCRIPT
    .union(Types::IMAGE)
    .union(Types::FONT)
    .union(Types::MEDIA)
    .union(Types::OBJECT)
    .union(Types::SUBDOCUMENT);

/// Whose answer a page can read, with the address that it came from (`fetch().url`, `styleSheets[0].href`): the
/// extension's address tells who has it installed, and in Firefox it is another for each profile, a number for life.
pub const BY_DATA: Types = Types::XHR.union(Types::STYLESHEET);

/// The kinds of request that surrogates answer in `browser`; the others of a `$redirect=` line are blocked. Firefox
/// leads no request to a `data:` address by a rule. By a listener it does, and then gives a page what is there only if
/// that asked its own site: across sites an answer has to come by HTTP (`nsCORSListenerProxy`; seen in 153).
pub fn answered(browser: Browser) -> Types {
    match browser {
        Browser::Chromium => BY_FILE | BY_DATA,
        Browser::Firefox | Browser::Both => BY_FILE,
    }
}

/// Which blockers ship it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// None but Detick.
    Ours,
    /// uBlock Origin by the file's name, and AdGuard by this one.
    Shared(&'static str),
}

macro_rules! surrogate {
    ($file:literal, $type:literal, $names:expr, $whose:expr) => {
        Surrogate {
            file: $file,
            whose: $whose,
            names: &$names,
            content_type: $type,
            content: include_bytes!(concat!("../extension/surrogates/", $file)),
        }
    };
}

const FILES: &[Surrogate] = &[
    surrogate!("ttq.js", "text/javascript", ["ttq"], Whose::Ours),
    surrogate!("tiktok-embed.js", "text/javascript", [], Whose::Ours),
    surrogate!("tiktok-oembed.json", "application/json", [], Whose::Ours),
    surrogate!(
        "noop.js",
        "text/javascript",
        ["noopjs", "blank-js"],
        Whose::Shared("noopjs")
    ),
    surrogate!(
        "noop.txt",
        "text/plain",
        ["nooptext", "blank-text"],
        Whose::Shared("nooptext")
    ),
    surrogate!(
        "noop.html",
        "text/html",
        ["noopframe", "blank-html"],
        Whose::Shared("noopframe")
    ),
    surrogate!(
        "noop.css",
        "text/css",
        ["noopcss", "noop-css", "blank-css"],
        Whose::Shared("noopcss")
    ),
    surrogate!("noop.json", "application/json", ["noopjson"], Whose::Shared("noopjson")),
    surrogate!(
        "1x1.gif",
        "image/gif",
        ["1x1-transparent.gif", "1x1-transparent-gif"],
        Whose::Shared("1x1-transparent.gif")
    ),
    surrogate!(
        "2x2.png",
        "image/png",
        ["2x2-transparent.png", "2x2-transparent-png"],
        Whose::Shared("2x2-transparent.png")
    ),
    surrogate!(
        "3x2.png",
        "image/png",
        ["3x2-transparent.png", "3x2-transparent-png"],
        Whose::Shared("3x2-transparent.png")
    ),
    surrogate!(
        "32x32.png",
        "image/png",
        ["32x32-transparent.png", "32x32-transparent-png"],
        Whose::Shared("32x32-transparent.png")
    ),
];

/// The file in `extension/surrogates/` for the name in `$redirect=`, or `None` when there is none.
///
/// ```
/// assert_eq!(detick::surrogate::file("noopjs"), Some("noop.js"));
/// assert_eq!(detick::surrogate::file("fingerprint2.js"), None);
/// ```
pub fn file(name: &str) -> Option<&'static str> {
    find(name).map(|surrogate| surrogate.file)
}

/// The surrogate of that name as an address that holds it whole.
///
/// ```
/// assert_eq!(detick::surrogate::data("noopjson").as_deref(), Some("data:application/json;base64,e30K"));
/// ```
pub fn data(name: &str) -> Option<String> {
    let Surrogate {
        content_type, content, ..
    } = find(name)?;
    Some(format!("data:{content_type};base64,{}", base64(content)))
}

fn find(name: &str) -> Option<&'static Surrogate> {
    FILES.iter().find(|one| one.file == name || one.names.contains(&name))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// Every file that [`file()`] can name.
pub fn files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|one| one.file)
}

/// Whether no other blocker ships the surrogate of that name.
///
/// ```
/// assert!(detick::surrogate::is_ours_alone("ttq.js"));
/// assert!(!detick::surrogate::is_ours_alone("noop.txt"));
/// ```
pub fn is_ours_alone(name: &str) -> bool {
    find(name).is_some_and(|one| one.whose == Whose::Ours)
}

/// What AdGuard calls the surrogate of that name; one that is not known here keeps its name.
///
/// ```
/// assert_eq!(detick::surrogate::adguard("noop.js"), "noopjs");
/// ```
pub fn adguard(name: &str) -> &str {
    match find(name).map(|one| one.whose) {
        Some(Whose::Shared(theirs)) => theirs,
        _ => name,
    }
}
