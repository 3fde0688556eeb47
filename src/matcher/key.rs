//! What a filter is filed under: something that every address (or page) it matches must have, as rare as possible.
//!
//! | filter | filed under |
//! |---|---|
//! | `||ads.example^`, `||ads.example/x` | the host `ads.example`, or a rarer token behind it |
//! | `/ads/banner.` | the token `ads`; not `banner`, behind which more letters may follow |
//! | `||mon$to=a.example\|b.example` | each of the two hosts |
//! | `*$script,domain=a.example` | the page `a.example` |
//! | `/banner` | four of its bytes, which are looked for at every place of an address |
//! | `ad.` | nothing: it is compared with every address |

use std::sync::LazyLock;

use crate::address::suffix;
use crate::filter::{Anchor, Domain, Filter, Glob, Pattern};
use crate::regex::notation::Tree;

use super::index::{self, Key, Kind};
use super::record::ANYWHERE;
use crate::address::token;

/// A key, and how far it stands from the pattern's beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// For the index.
    pub key: Key,
    /// In bytes, or [`ANYWHERE`].
    pub distance: u32,
    /// Whether a good part of all addresses has it.
    pub is_common: bool,
}

/// Tokens of so many addresses that a filter is better filed under anything else.
const COMMON: &[&str] = &[
    "https", "http", "wss", "www", "com", "net", "org", "js", "css", "png", "jpg", "gif", "html", "php", "cdn",
    "static", "images", "image", "img", "js", "api", "v1", "v2", "1", "2", "0", "3", "4", "5", "id", "t", "s", "c",
    "d", "a", "e", "p", "v", "i", "u", "r", "m", "b", "n", "assets", "media", "content", "uploads", "google", "min",
    "2f", "3a", "2c", "20", "3d", "26", "3f", "en", "us", "uk", "co", "de", "ru", "io", "true", "false", "url", "ref",
    "page",
];

/// Every single key that the filter could be filed under.
pub fn single(filter: &Filter) -> Vec<Place> {
    match &filter.pattern {
        Pattern::Any => Vec::new(),
        Pattern::Regex(source) => {
            let texts = regex_texts(source);
            let tokens = texts.iter().flat_map(|text| bounded(text, false, false));
            tokens.map(|(_, token)| token_key(token, ANYWHERE)).collect()
        }
        Pattern::Glob(glob) => {
            let host = glob.host_part().map(|host| Place {
                key: Key {
                    kind: Kind::Host,
                    hash: suffix::key_of(host),
                },
                distance: 0,
                is_common: false,
            });
            host.into_iter().chain(glob_tokens(glob)).collect()
        }
    }
}

/// Keys of which every matching request has one: the filter is filed under all of them. Empty when there are none.
pub fn several(filter: &Filter) -> Vec<Place> {
    let to = domain_keys(&filter.when.to.include, Kind::Host);
    let pages = || domain_keys(&filter.when.from.include, Kind::Page);
    to.or_else(pages).unwrap_or_default()
}

/// The four bytes of the pattern that seem rarest in addresses; `None` when it has no four literal bytes that are.
pub fn gram(filter: &Filter) -> Option<Place> {
    let (text, is_glob) = match &filter.pattern {
        Pattern::Any => return None,
        Pattern::Regex(source) => (regex_literal(source), false),
        Pattern::Glob(glob) => (glob.text.to_ascii_lowercase(), true),
    };
    let bytes = text.as_bytes();
    let literal = bytes.iter().take_while(|&&byte| byte != b'*').count();
    let windows = bytes.windows(4).enumerate();
    let is_literal = |gram: &[u8]| !is_glob || !gram.iter().any(|byte| matches!(byte, b'^' | b'*'));
    let usable = windows.filter(|(_, gram)| is_literal(gram));
    let (at, gram) = usable.max_by_key(|(_, gram)| rarity(gram))?;
    let in_first_piece = is_glob && at < literal;
    (rarity(gram) > 0).then_some(Place {
        key: Key {
            kind: Kind::Gram,
            hash: index::of_gram(*gram.first_chunk()?),
        },
        distance: if in_first_piece { at as u32 } else { ANYWHERE },
        is_common: false,
    })
}

/// The more, the rarer; 0 for what most addresses have. By how often letters stand in English text.
fn rarity(gram: &[u8]) -> usize {
    const SCHEME: &[u8] = b"https://www.";
    if SCHEME.windows(gram.len()).any(|part| part == gram) {
        return 0;
    }
    let rank = |byte: &u8| {
        b"etaoinsrhdlcum./fpgwybv0123456789kxjqz"
            .iter()
            .position(|other| other == byte)
    };
    gram.iter().map(|byte| rank(byte).unwrap_or_default()).sum()
}

/// `None` when there are no names or a name cannot be a key.
fn domain_keys(names: &[Domain], kind: Kind) -> Option<Vec<Place>> {
    let key = |domain: &Domain| {
        let hash = match domain {
            Domain::Host(name) => suffix::key_of(name),
            Domain::Entity(name) if kind == Kind::Page => index::of_entity(suffix::key_of(name)),
            _ => return None,
        };
        Some(Place {
            key: Key { kind, hash },
            distance: ANYWHERE,
            is_common: false,
        })
    };
    let keys: Option<Vec<Place>> = names.iter().map(key).collect();
    keys.filter(|keys| !keys.is_empty())
}

fn token_key(token: &str, distance: u32) -> Place {
    let hash = token::hash_of(token);
    Place {
        key: Key {
            kind: Kind::Token,
            hash,
        },
        distance,
        is_common: common_hashes().binary_search(&hash).is_ok(),
    }
}

/// The hashes of [`COMMON`], sorted.
fn common_hashes() -> &'static [u32] {
    static HASHES: LazyLock<Vec<u32>> = LazyLock::new(|| {
        let mut hashes: Vec<u32> = COMMON.iter().map(|token| token::hash_of(token)).collect();
        hashes.sort_unstable();
        hashes
    });
    &HASHES
}

/// The tokens of a pattern's pieces between `*`s.
fn glob_tokens(glob: &Glob) -> Vec<Place> {
    let mut keys = Vec::new();
    let pieces = glob.text.split('*').count();
    for (number, piece) in glob.text.split('*').enumerate() {
        // An anchored pattern begins behind a separator or nothing, a closed one ends before nothing.
        let begins = number == 0 && glob.anchor != Anchor::Anywhere;
        let ends = number + 1 == pieces && glob.ends;
        for (at, token) in bounded(piece, begins, ends) {
            let distance = if number == 0 { at as u32 } else { ANYWHERE };
            keys.push(token_key(token, distance));
        }
    }
    keys
}

/// The tokens of a literal text that cannot go on beyond it, with their offsets. `begins` and `ends` say that the text
/// itself is bounded there.
fn bounded(text: &str, begins: bool, ends: bool) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |byte: &u8| token::is_part(byte.to_ascii_lowercase());
    let mut at = 0;
    let tokens = std::iter::from_fn(move || {
        let rest = &text.as_bytes()[at..];
        let start = at + rest.iter().position(is_part)?;
        let length = text.as_bytes()[start..].iter().take_while(|byte| is_part(byte)).count();
        at = start + length;
        Some((start, &text[start..at]))
    });
    tokens.filter(move |&(start, token)| {
        let end = start + token.len();
        (start > 0 || begins) && (end < text.len() || ends)
    })
}

/// The longest text in lower case that every match of a regex contains, whatever its letters' case; it may be empty.
pub fn regex_literal(source: &str) -> String {
    let texts = regex_texts(source).into_iter();
    let longest = texts.max_by_key(String::len).unwrap_or_default();
    longest.to_ascii_lowercase()
}

/// Literal texts that every match of a regex contains: a conservative subset of them. Addresses are ASCII.
fn regex_texts(source: &str) -> Vec<String> {
    let texts = Tree::read(source).map(|tree| tree.texts()).unwrap_or_default();
    let ascii = texts
        .iter()
        .flat_map(|text| text.split(|character: char| !character.is_ascii()));
    ascii.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(line: &str) -> Vec<(Key, u32)> {
        let filter: Filter = format!("{line}$image").parse().unwrap();
        let keys = single(&filter).into_iter();
        keys.map(|key| (key.key, key.distance)).collect()
    }

    fn token(word: &str, distance: u32) -> (Key, u32) {
        (token_key(word, 0).key, distance)
    }

    fn host(name: &str) -> (Key, u32) {
        let (kind, hash) = (Kind::Host, suffix::key_of(name));
        (Key { kind, hash }, 0)
    }

    #[test]
    fn only_bounded_tokens_and_complete_hosts_are_keys() {
        let rows = [
            ("/ads/banner.", vec![token("ads", 1), token("banner", 5)]),
            ("/ads/banner", vec![token("ads", 1)]),
            ("ads/x/*", vec![token("x", 4)]),
            ("/ads/*/b/c*d^", vec![token("ads", 1), token("b", ANYWHERE)]),
            ("/ads/b.js|", vec![token("ads", 1), token("b", 5), token("js", 7)]),
            (
                "||a.example^",
                vec![host("a.example"), token("a", 0), token("example", 2)],
            ),
            ("||a.example", vec![token("a", 0)]),
            ("||a.exam*", vec![token("a", 0)]),
            ("|https://a", vec![token("https", 0)]),
            ("^x^", vec![token("x", 1)]),
            ("banner", vec![]),
            (
                r"/^https?:\/\/a\.example\/[a-z]{8}\/track\//",
                vec![
                    token("a", ANYWHERE),
                    token("example", ANYWHERE),
                    token("track", ANYWHERE),
                ],
            ),
            (r"/\/ads\/|\/b\//", vec![]),
            (
                r"/\/(ads|b)\/cc\/d?\.x\./",
                vec![token("cc", ANYWHERE), token("x", ANYWHERE)],
            ),
            (r"/\/a\d+\/b\//", vec![token("b", ANYWHERE)]),
            (r"/\/a\x41\/b\//", vec![token("aa", ANYWHERE), token("b", ANYWHERE)]),
        ];
        for (line, expected) in rows {
            assert_eq!(tokens(line), expected, "{line}");
        }
    }

    #[test]
    fn domains_are_keys_when_all_of_them_can_be() {
        let count = |line: &str| several(&line.parse().unwrap()).len();
        assert_eq!(count("*$image,domain=a.example|b.*|~c.a.example"), 2);
        assert_eq!(count("||mon$to=a.example|b.example"), 2);
        assert_eq!(count("||mon$to=a.example|b.*"), 0);
        assert_eq!(count("||mon$to=a.*,domain=c.example"), 1);
        assert_eq!(count("*$image,domain=a.example|/b/"), 0);
        assert_eq!(count("*$image,domain=~a.example"), 0);
    }
}
