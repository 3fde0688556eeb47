use super::{Sieve, Verdict};
use crate::case::Case;
use crate::regex::notation::Tree;
use proptest::prelude::*;

fn sieve(source: &str, case: Case) -> Option<Sieve> {
    Sieve::new(&Tree::read(source).ok()?, case)
}

fn passes(source: &str, text: &str) -> bool {
    sieve(source, Case::Exact).unwrap().read(text) != Verdict::No
}

#[test]
fn what_cannot_match_is_held_back() {
    let rows = [
        (
            "^https://[a-z]{8,15}\\.com/",
            "https://shop.example/",
            "https://verylongname.com/x",
        ),
        (
            "(?:[a-z]{2}\\.)?[a-z]{4}\\.(?:top|xyz)/",
            "https://a1.example/",
            "https://ab.site.xyz/",
        ),
        (
            "/[0-9a-f]{32}/invoke\\.js",
            "/0123/invoke.js",
            "/0123456789abcdef0123456789abcdef/invoke.js",
        ),
        ("a[^b-d]\\d+$", "a_7b", "a_7"),
        ("^a(?:=|$)", "ab", "a"),
        ("a(?:$|b)$", "abx", "xab"),
        ("^a|b", "xc", "xb"),
        ("a{2,}b", "ab", "aaaab"),
        ("(?:ab)+c", "abac", "ababc"),
        ("a{0}b", "a", "b"),
        ("[\\w.-]+@x", "/@x", "a.b-c@x"),
        ("\\x41\\u0042\\x{43}", "abc", "ABC"),
    ];
    for (source, other, matching) in rows {
        assert!(!passes(source, other), "{source}: {other}");
        assert!(passes(source, matching), "{source}: {matching}");
    }
    assert_eq!(sieve("[A-C]x", Case::Ignored).unwrap().read("bX"), Verdict::Yes);
    assert_eq!(sieve("[^A-C]x", Case::Ignored).unwrap().read("bX"), Verdict::No);
}

#[test]
fn what_it_does_not_see_passes() {
    let long = "a{40}b{40}c";
    assert!(!passes(long, &format!("{}{}", "a".repeat(40), "b".repeat(20))));
    assert!(passes(long, &format!("{}{}", "a".repeat(40), "b".repeat(23))));
    assert!(passes("a\\bb", "ab"));
    assert!(passes("x", "é"));
    assert!(passes("é", "é"));
}

#[test]
fn what_it_sees_all_of_needs_no_regex() {
    let rows = [
        ("^utm(?:_[a-z]*)?(?:=|$)", "utm_source", Verdict::Yes),
        ("^utm(?:_[a-z]*)?(?:=|$)", "utmx=1", Verdict::No),
        ("a|b$", "xb", Verdict::Yes),
        ("a$|b", "xbx", Verdict::Yes),
        ("a\\bb", "ab", Verdict::Maybe),
        ("^a|^b", "xb", Verdict::Maybe),
        ("x^a", "xa", Verdict::Maybe),
        ("a{64}", &"a".repeat(64), Verdict::Maybe),
        ("a", "éa", Verdict::Maybe),
        ("a", "aé", Verdict::Yes),
    ];
    for (source, text, verdict) in rows {
        assert_eq!(
            sieve(source, Case::Exact).unwrap().read(text),
            verdict,
            "{source}: {text}"
        );
    }
}

#[test]
fn there_is_none_where_it_would_be_of_no_use() {
    let deep = "(".repeat(60) + "a" + &")".repeat(60);
    for source in [
        "",
        "a*",
        "a|",
        "(?:a?b?)",
        "(?:a{70}|b)c",
        "^",
        "[b-a]",
        &deep,
        "*",
        "(a",
        "a)",
    ] {
        assert!(sieve(source, Case::Exact).is_none(), "{source}");
    }
}

#[test]
fn copies_of_copies_take_no_time() {
    // Copied as they stand, these have a thousand million pieces.
    let began = std::time::Instant::now();
    for (inside, is_some) in [("a", true), ("ab|c", true), ("a?", false), ("a|", false), ("", false)] {
        let nested = "(".repeat(30) + inside + &"){2}".repeat(30);
        assert_eq!(sieve(&nested, Case::Exact).is_some(), is_some, "{nested}");
    }
    assert!(sieve("a{4000000000}", Case::Exact).is_some());
    assert!(began.elapsed().as_secs() < 5);
}

/// Regexes that `regex-lite` may understand, and texts that they may match.
fn regexes() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        "[abAB1/.]".prop_map(|text| text.replace('.', "\\.")),
        Just(".".to_owned()),
        Just("\\d".to_owned()),
        Just("\\W".to_owned()),
        Just("\\b".to_owned()),
        Just("[a-b1]".to_owned()),
        Just("[^ab/]".to_owned()),
        Just("[\\w-]".to_owned()),
        Just("$".to_owned()),
    ];
    const QUANTIFIERS: &[&str] = &["", "", "", "?", "*", "+", "{2}", "{0,2}", "{2,}", "{30,40}", "+?"];
    let repeated = (atom, prop::sample::select(QUANTIFIERS)).prop_map(|(atom, how)| atom + how);
    let whole = repeated.prop_recursive(4, 24, 4, move |inner| {
        let sequence = prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat());
        let either = prop::collection::vec(inner, 1..3).prop_map(|parts| parts.join("|"));
        let groups = (either, prop::sample::select(QUANTIFIERS));
        prop_oneof![sequence, groups.prop_map(|(inside, how)| format!("(?:{inside}){how}"))]
    });
    (any::<bool>(), whole).prop_map(|(anchored, whole)| if anchored { format!("^{whole}") } else { whole })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]
    #[test]
    fn what_it_says_of_a_text_is_what_the_regex_says(
        source in regexes(), ignored: bool, text in "[abAB1/.é ]{0,40}|[abB1/]{0,12}",
    ) {
        let case = Case::of_flags(if ignored { "i" } else { "" });
        let regex = regex_lite::RegexBuilder::new(&source).case_insensitive(ignored).build();
        if let (Ok(regex), Some(sieve)) = (regex, sieve(&source, case)) {
            match sieve.read(&text) {
                Verdict::No => prop_assert!(!regex.is_match(&text)),
                Verdict::Maybe => {}
                Verdict::Yes => prop_assert!(regex.is_match(&text)),
            }
        }
    }

    #[test]
    fn no_source_panics(source in "[ab(){}\\[\\]\\\\?:<>^$|*+,0-9é-]{0,16}", text in "[ab0-9]{0,8}") {
        if let Some(sieve) = sieve(&source, Case::Ignored) {
            sieve.read(&text);
        }
    }
}
