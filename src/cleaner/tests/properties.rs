//! What holds for every link and every list.

use super::*;
use proptest::prelude::*;

/// Lines of every kind, for hosts and names that the links below have.
fn lines() -> impl Strategy<Value = String> {
    let pattern = "(@@)?(\\|\\|a\\.io\\^|\\|\\|b\\.a\\.io/p|/p|\\|\\|a\\.|\\^b=|\\|\\|a\\.io/\\*x|)";
    let action = prop_oneof![
        Just("removeparam=a".to_owned()),
        Just("removeparam=b".to_owned()),
        Just("removeparam".to_owned()),
        Just("removeparam=~a".to_owned()),
        Just("removeparam=/^a/".to_owned()),
        Just("removeparam=/b|c/i".to_owned()),
        Just("removeparam=~/^[ab]=/".to_owned()),
        Just("urlskip=?u".to_owned()),
        Just("urlskip=?u +https".to_owned()),
        Just("urlskip=/u=(.*)/ -uricomponent".to_owned()),
        Just("urlskip=&1".to_owned()),
        Just("uritransform=/x+//".to_owned()),
        Just("uritransform=/p/x/g".to_owned()),
    ];
    let more = "(,important|,to=a\\.io|,domain=~b\\.a\\.io|,denyallow=c\\.a\\.io|,to=a\\.\\*|,match-case|,with=a&b\\|c|,target)?";
    let line = (pattern, action, more).prop_map(|(pattern, action, more)| format!("{pattern}${action}{more}"));
    prop::collection::vec(line, 1..8).prop_map(|lines| lines.join("\n"))
}

fn links() -> impl Strategy<Value = String> {
    "(https?://)(u@)?(b\\.|c\\.)?a\\.(io|com)\\.?(:80)?[/?#](/?[px/]{0,3})?([?#&]|a=1|%61=2|b=|c|u=https?(://|%3A%2F%2F)(a|d)\\.io(%3F|\\?)?|%26|=|\\?u=|;|x|&amp;|&#38;|amp;|amp%3B| ){0,10}"
}

/// 500 cases of each, or as many as `PROPTEST_CASES` says.
fn cases() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: default.cases.max(500),
        failure_persistence: None,
        ..default
    }
}

/// Words of ten scripts, none of which has a parameter of a link.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "see",
        "größer",
        "смотри",
        "δείτε",
        "انظر",
        "ראו",
        "देखें",
        "看这里",
        "見てください",
        "에서",
        "ดูที่",
        "დახედე",
        "😀",
        "1.5",
    ]);
    prop::collection::vec(word, 0..3).prop_map(|words| words.join(" "))
}

/// What stands before and behind links.
fn openings() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "", " ", "(", "[a](", "[url=", "[url]", "\\href{", "\"", "'", "<", "«", "„", "「", "（", "【", "**", "~~", "|",
        "\n", "\u{a0}",
    ])
}

fn closings() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        " ", ". ", ", ", ")", ").", "](", "]", "[/url]", "}{", "\"", "';", ">", "»", "“", "」", "）", "】", "**", "~~",
        "|", "\n", "。", "，", "、", "！", "؟ ", "، ", "। ", "… ", "\u{a0}", "&quot;", "&gt;", "\\n", ";", ",", "—",
    ])
}

/// A link, and what is left of it when `a` and `b` go.
fn tracked() -> impl Strategy<Value = (String, String)> {
    let start = prop::sample::select(vec![
        "https://x.io/p",
        "http://www.y.example:8080/a-b/c",
        "https://z.io/x_(y)",
        "https://x.io",
    ]);
    let param = prop::sample::select(vec!["a=1", "b=x%20y", "a=A.b_c-d", "k=1", "l=%E7%9C%8B", "m", "b=(1)"]);
    (start, prop::collection::vec(param, 0..5)).prop_map(|(start, params)| {
        let join = |params: &[&str]| match params {
            [] => start.to_owned(),
            params => format!("{start}?{}", params.join("&")),
        };
        let kept: Vec<&str> = params
            .iter()
            .copied()
            .filter(|param| !param.starts_with(['a', 'b']))
            .collect();
        (join(&params), join(&kept))
    })
}

type Piece = (String, &'static str, (String, String), &'static str);

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec((words(), openings(), tracked(), closings()), 1..4)
}

/// The pieces as one text, and as it should be without trackers. What is glued to a link is not of its script.
fn text_of(pieces: &[Piece], end: &str) -> (String, String) {
    let (mut text, mut clean) = (String::new(), String::new());
    for (word, open, (link, left), close) in pieces {
        // What is glued to Latin letters is one word with them, and so is a mark that closes nothing.
        let is_mark = [",", ";", "~~", "**", ")", "]", ")."]
            .iter()
            .any(|mark| text.ends_with(mark));
        let in_word = text.ends_with(|last: char| last.is_ascii_alphanumeric());
        let glued = word.ends_with(char::is_alphanumeric) && open.is_empty();
        let space = if is_mark && !(word.is_empty() && open.is_empty()) || in_word {
            " "
        } else {
            ""
        };
        let gap = if glued { " " } else { "" };
        text.push_str(space);
        clean.push_str(space);
        text.extend([word.as_str(), gap, open, link, close]);
        clean.extend([word.as_str(), gap, open, left, close]);
    }
    (text + " " + end, clean + " " + end)
}

/// Whether `small` is what is left of `large` after deleting bytes.
fn is_left_of(small: &str, large: &str) -> bool {
    let mut rest = large.bytes();
    small.bytes().all(|wanted| rest.any(|byte| byte == wanted))
}

fn build(lines: &str) -> Cleaner {
    Cleaner::new(&[crate::list::parse("links.txt", lines.as_bytes()).0]).0
}

fn cleaner_for_text() -> &'static Cleaner {
    static CLEANER: std::sync::OnceLock<Cleaner> = std::sync::OnceLock::new();
    CLEANER.get_or_init(|| build("$removeparam=a\n$removeparam=b"))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn running_text_loses_nothing_but_parameters(pieces in pieces(), end in words()) {
        let cleaner = cleaner_for_text();
        let (text, expected) = text_of(&pieces, &end);
        let (clean, links) = cleaner.clean_text(&text, &Options::default());
        prop_assert_eq!(&clean, &expected, "{}", text);
        prop_assert_eq!(links.len(), pieces.len(), "{}", text);
        let (twice, again) = cleaner.clean_text(&clean, &Options::default());
        prop_assert_eq!(&twice, &clean);
        prop_assert_eq!(again.len(), links.len());
    }

    #[test]
    fn any_text_keeps_its_links(text in "(see|看| |https?://|https://x\\.io/p\\?a=1|https://y\\.io\\?b=1&k=2|x\\.io|/p|\\?|&|a=|b=1|k=|看|에서|[)\\](\\[}{]|[,;|'*.]|。|\n){0,24}") {
        let cleaner = cleaner_for_text();
        let (clean, links) = cleaner.clean_text(&text, &Options::default());
        prop_assert!(is_left_of(&clean, &text), "{} is no part of {}", clean, text);
        let mut kept = 0;
        for link in &links {
            prop_assert!(text[link.range.clone()].len() - link.cleaned.url.len() <= link.range.len());
            kept += usize::from(!link.cleaned.removed.is_empty());
        }
        let (twice, again) = cleaner.clean_text(&clean, &Options::default());
        prop_assert_eq!(again.len(), links.len(), "{} became {}", text, clean);
        prop_assert_eq!(&twice, &clean, "{}", text);
        prop_assert_eq!(kept > 0, clean != text);
    }

    #[test]
    fn an_unwrapped_target_is_where_the_browser_would_go(
        target in "https?://(y|www\\.z)\\.(io|example)(:8080)?(/[a-zé%20~!$'()*,;:@-]{0,8}){0,3}(\\?[a-zA-Zé&=+%2F?/:@-]{0,12})?(#[a-z=&]{0,6})?",
        fragment in "(#[a-z-]{0,6})?",
        more in "(&h=[a-z0-9]{0,6})?",
    ) {
        let cleaner = build("||x.io/r?$urlskip=?u");
        let encoded: String = url::form_urlencoded::byte_serialize(target.as_bytes()).collect();
        let link = format!("https://x.io/r?u={}{more}{fragment}", encoded.replace('+', "%20"));
        let cleaned = cleaner.clean(&link, &Options::default());
        // A server answers `Location: target`; the browser reads it against the link, and keeps the fragment.
        let asked = url::Url::parse(&link).unwrap();
        let mut reached = asked.join(&target).unwrap();
        if reached.fragment().is_none() {
            reached.set_fragment(asked.fragment());
        }
        let ours = url::Url::parse(&cleaned.url).unwrap();
        prop_assert_eq!(ours, reached, "{}", link);
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(lines in lines(), link in links()) {
        let cleaner = build(&lines);
        let once = cleaner.clean(&link, &Options::default()).url.into_owned();
        let twice = cleaner.clean(&once, &Options::default());
        prop_assert_eq!(&twice.url, &once);
        prop_assert!(matches!(twice.url, Cow::Borrowed(_)) && twice.removed.is_empty() && twice.unwrapped.is_empty());
    }

    #[test]
    fn the_host_changes_only_by_unwrapping(lines in lines(), link in links()) {
        let cleaner = build(&lines);
        let cleaned = cleaner.clean(&link, &Options::default());
        if !cleaned.unwrapped.is_empty() {
            return Ok(());
        }
        let (before, after) = (Link::parse(&link).unwrap(), Link::parse(&cleaned.url).unwrap());
        prop_assert_eq!(&link[..before.rest], &cleaned.url[..after.rest]);
    }

    #[test]
    fn the_host_is_the_browsers(link in links()) {
        let link = Link::parse(&link).unwrap();
        let theirs = url::Url::parse(link.url).unwrap();
        prop_assert_eq!(theirs.host_str().map(|host| host.trim_end_matches('.')), Some(link.host.as_ref()));
    }

    #[test]
    fn bytes_are_only_deleted(lines in lines(), link in links()) {
        let cleaner = build(&lines);
        let cleaned = cleaner.clean(&link, &Options::default());
        let rewritten = lines.contains("uritransform=/p/x/");
        if rewritten || !cleaned.unwrapped.is_empty() {
            return Ok(());
        }
        prop_assert!(is_left_of(&cleaned.url, &link), "{} is no part of {}", cleaned.url, link);
        prop_assert_eq!(cleaned.url == link, cleaned.removed.is_empty());
    }

    #[test]
    fn no_text_panics(lines in lines(), text in "\\PC{0,40}|(https?://)?[\\PC@:/?#\\[\\]%&=\\\\]{0,40}") {
        let cleaner = build(&lines);
        cleaner.clean(&text, &Options::default());
        cleaner.clean(&format!("https://a.io/{text}"), &Options::default());
        let (clean, found) = cleaner.clean_text(&text, &Options::default());
        prop_assert!(found.iter().all(|link| text.is_char_boundary(link.range.start) && text.is_char_boundary(link.range.end)));
        prop_assert!(!found.is_empty() || clean == text);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(cleaner) = Cleaner::from_bytes(&bytes) {
            cleaner.clean("https://a.io/?a=1", &Options::default());
        }
    }

    #[test]
    fn damaged_tables_never_panic(lines in lines(), link in links(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = build(&lines).to_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(cleaner) = Cleaner::from_bytes(&bytes) {
            cleaner.clean(&link, &Options::default());
        }
    }
}
