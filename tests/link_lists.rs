//! What the lines of our lists about links must hold to, so that they do no silent harm. `filters/README.md` says why,
//! under “Lines about links”.
//!
//! A block is the lines between two empty ones. `!sources:` and `!reason:` on top of it are about its lines alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use detick::filter::{Action, Anchor, Filter, Param, ParamTest, Pattern, Polarity, SkipStep};
use detick::list;

/// The lists that a name may be taken from.
const SOURCES: &[&str] = &[
    "AdGuard",
    "Brave",
    "ClearURLs",
    "DuckDuckGo",
    "Firefox",
    "uBlock Origin",
];
/// Names with one of these words may be what lets a reader in.
const RIGHTS: &str = "access auth code gift hash key pass password secret session sign signature ticket token unlock";
/// Names with one of these words say themselves that they only tell where somebody comes from.
const LABELS: &str = "affiliate agent attribution banner campaign email interaction link message partner promo \
    recommended ref referral referrer source sub subscriber track tracking trk utm";
/// What is wrong with a name of [`RIGHTS`].
const LETS_IN: &str = "may be what lets a reader in";

static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let text = read("tests/words.txt");
    let (_, words) = text.split_once("\n\n").unwrap();
    words.split_whitespace().map(str::to_owned).collect()
});

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// A block's notes about its lines.
#[derive(Default)]
struct Notes<'a> {
    sources: Vec<&'a str>,
    reason: Option<&'a str>,
}

impl<'a> Notes<'a> {
    fn read(block: &[&'a str]) -> Notes<'a> {
        let mut notes = Notes::default();
        for line in block {
            if let Some(sources) = line.strip_prefix("!sources: ") {
                notes.sources = sources.split(", ").collect();
            }
            if let Some(reason) = line.strip_prefix("!reason: ") {
                notes.reason = Some(reason);
            }
        }
        notes
    }

    /// Whether somebody beside one list vouches for the lines.
    fn vouch(&self) -> bool {
        self.reason.is_some() || self.independent() >= 2
    }

    /// What Firefox's list shares with ClearURLs' it has from there.
    fn independent(&self) -> usize {
        let repeats = self.sources.contains(&"ClearURLs") && self.sources.contains(&"Firefox");
        self.sources.len() - usize::from(repeats)
    }
}

/// The parts of a name, in small letters: `shareToken` and `share_token` are “share” and “token”.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for letter in name.chars() {
        let hump = before.is_ascii_lowercase() && letter.is_ascii_uppercase();
        if hump || !letter.is_ascii_alphabetic() {
            parts.push(String::new());
        }
        if letter.is_ascii_alphabetic() {
            parts.last_mut().unwrap().push(letter.to_ascii_lowercase());
        }
        before = letter;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// What makes a name one that a page may need, or `None`.
fn plain(name: &str) -> Option<&'static str> {
    let parts = parts(name);
    let has = |words: &str| words.split(' ').any(|word| parts.iter().any(|part| part == word));
    match parts.as_slice() {
        _ if parts.iter().map(String::len).sum::<usize>() < 5 => Some("has less than five letters"),
        [word] if WORDS.contains(word) => Some("is a plain word"),
        _ if has(RIGHTS) && !has(LABELS) => Some(LETS_IN),
        _ => None,
    }
}

fn name_of(filter: &Filter) -> Option<&str> {
    match &filter.action {
        Action::RemoveParam(Param::Only(ParamTest::Name(name))) => Some(name),
        _ => None,
    }
}

/// Whether a filter is for links to every host: neither its pattern nor `to=` names one.
fn is_global(filter: &Filter) -> bool {
    let anchored = matches!(&filter.pattern, Pattern::Glob(glob) if glob.anchor == Anchor::Host);
    !anchored && filter.when.to.include.is_empty()
}

/// Whether a pattern is all of a host.
fn is_whole_host(filter: &Filter) -> bool {
    match &filter.pattern {
        Pattern::Glob(glob) => {
            glob.anchor == Anchor::Host && !glob.text.trim_end_matches('^').contains(['/', '^', '*', '?'])
        }
        _ => false,
    }
}

/// Whether a group of the regex ends where a `?` stands, and takes what stands after a path for the redirector's own.
fn cuts_query(steps: &[SkipStep]) -> bool {
    steps.iter().enumerate().any(|(at, step)| {
        let after = &steps[at + 1..];
        // What is decoded afterwards holds no `?` of its own.
        let decoded = after
            .iter()
            .any(|step| !matches!(step, SkipStep::Https | SkipStep::Blocked));
        matches!(step, SkipStep::Regex(source) if source.contains("[^?")) && !decoded
    })
}

fn complaint(list: &str, filter: &Filter, notes: &Notes<'_>) -> Option<String> {
    if filter.polarity == Polarity::Except || notes.reason.is_some() {
        return None;
    }
    if let Action::UrlSkip(steps) = &filter.action {
        let wide = is_whole_host(filter).then_some("is wider than a redirector: name its path");
        let cut = cuts_query(steps).then_some("cuts the destination off at a `?`");
        return wide.or(cut).map(str::to_owned);
    }
    let name = name_of(filter)?;
    let what = plain(name)?;
    let concerned = match list {
        "links.txt" => true,
        // A session that somebody copies is theirs: out with it.
        "share.txt" if what == LETS_IN => !parts(name).contains(&"session".to_owned()),
        "share.txt" => is_global(filter),
        _ => false,
    };
    (concerned && !notes.vouch()).then(|| format!("`{name}` {what}"))
}

/// Every line of the list that nothing vouches for, with what is wrong.
fn complaints(list: &str, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for block in lines.split(|line| line.is_empty()) {
        let notes = Notes::read(block);
        if let Some(unknown) = notes.sources.iter().find(|source| !SOURCES.contains(source)) {
            out.push(format!("`{unknown}` is no source"));
        }
        for line in block.iter().filter(|line| !line.starts_with('!')) {
            let (parsed, _) = list::parse(list, line.as_bytes());
            let said = parsed
                .filters
                .iter()
                .filter_map(|filter| complaint(list, filter, &notes));
            out.extend(said.map(|what| format!("{line}: {what}")));
        }
    }
    out
}

#[test]
fn every_line_about_links_is_vouched_for() {
    let mut told = String::new();
    for list in ["links.txt", "share.txt"] {
        for what in complaints(list, &read(&format!("filters/{list}"))) {
            let _ = writeln!(told, "filters/{list}: {what}");
        }
    }
    assert!(
        told.is_empty(),
        "{told}two lists that have the name (`!sources:`) or a `!reason:` let a line stay: see filters/README.md"
    );
}

/// Lists, lines, and what is said of them.
const HARMFUL: &[(&str, &str, &str)] = &[
    (
        "links.txt",
        "||shop.example^$removeparam=st",
        "`st` has less than five letters",
    ),
    (
        "links.txt",
        "||shop.example^$removeparam=s_t",
        "`s_t` has less than five letters",
    ),
    (
        "links.txt",
        "||shop.example^$removeparam=price",
        "`price` is a plain word",
    ),
    (
        "links.txt",
        "||shop.example^$removeparam=Price",
        "`Price` is a plain word",
    ),
    (
        "links.txt",
        "||news.example^$removeparam=shareToken",
        "`shareToken` may be what lets a reader in",
    ),
    (
        "share.txt",
        "||news.example^$removeparam=article_gift",
        "`article_gift` may be what lets a reader in",
    ),
    ("share.txt", "$removeparam=pmc", "`pmc` has less than five letters"),
    ("share.txt", "/form$removeparam=a8", "`a8` has less than five letters"),
    (
        "links.txt",
        "||go.example^$urlskip=?url",
        "is wider than a redirector: name its path",
    ),
    (
        "links.txt",
        "||go.example/x/$urlskip=/\\/x\\/(http[^?]+)/",
        "cuts the destination off at a `?`",
    ),
];

#[test]
fn lines_that_do_harm_are_found() {
    for (list, line, expected) in HARMFUL {
        assert_eq!(complaints(list, line), [format!("{line}: {expected}")], "{list}");
        for notes in ["!sources: AdGuard", "!sources: ClearURLs, Firefox"] {
            assert_eq!(complaints(list, &format!("{notes}\n{line}")).len(), 1, "{notes} {line}");
        }
        let reasoned = format!("!reason: seen in its own links\n{line}");
        assert_eq!(complaints(list, &reasoned), [""; 0], "{list}");
    }
    let two = "!sources: AdGuard, Brave\n||shop.example^$removeparam=st";
    assert_eq!(complaints("links.txt", two), [""; 0]);
    // A block's notes end with it.
    assert_eq!(
        complaints("links.txt", &format!("{two}\n\n||shop.example^$removeparam=sr")).len(),
        1
    );
    assert_eq!(
        complaints("links.txt", "!sources: Friend, AdGuard"),
        ["`Friend` is no source"]
    );
}

#[test]
fn lines_that_do_none_are_left() {
    let rows = [
        ("links.txt", "$removeparam=fbclid"),
        ("links.txt", "||shop.example^$removeparam=referral_code"),
        ("links.txt", "@@||shop.example^$removeparam=st"),
        ("share.txt", "||shop.example^$removeparam=st"),
        ("share.txt", "||shop.example^$removeparam=session_id"),
        ("links.txt", "||go.example/out?$urlskip=?url"),
        ("links.txt", "||go.example/x/$urlskip=/\\/x\\/(aHR0c[^?#]+)/ -base64"),
        ("links.txt", "||go.example/x/$urlskip=/\\/x\\/(http.+)/"),
    ];
    for (list, line) in rows {
        assert_eq!(complaints(list, line), [""; 0], "{list} {line}");
    }
}
