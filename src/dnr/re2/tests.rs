use super::check;
use crate::case::Case;

/// The longest of each that Chromium's `isRegexSupported` takes, and the first that it does not.
#[test]
fn sizes_are_chromiums() {
    let repeated = |text: &str, count: usize| text.repeat(count);
    let cases: &[(&str, usize)] = &[
        ("a", 112),
        ("\\.", 112),
        (".", 37),
        ("[0-9]", 112),
        ("[a-z]", 112),
        ("[a-z0-9]", 37),
        ("[A-Za-z0-9]", 37),
        ("[^/]", 37),
        ("[^/?#]", 16),
        ("\\w", 22),
        ("\\d", 112),
        ("\\s", 22),
        ("[^\\w.%-]", 8),
        ("[abc]", 112),
        ("[ac]", 37),
        ("[\\w.-]", 16),
        ("1.*", 22),
        ("1?", 56),
        ("(?:1)", 112),
    ];
    for &(text, most) in cases {
        for case in [Case::Exact, Case::Ignored] {
            assert!(check(&repeated(text, most), case).is_ok(), "{text} {most} times");
            assert!(
                check(&repeated(text, most + 1), case).is_err(),
                "{text} {} times",
                most + 1
            );
        }
    }
}

#[test]
fn repetitions_count_as_chromium_counts() {
    for (taken, refused) in [
        ("[a-z0-9]{37}", "[a-z0-9]{38}"),
        ("[a-z0-9]{1,28}", "[a-z0-9]{1,29}"),
        ("[0-9]{0,56}", "[0-9]{0,57}"),
        ("[0-9]{111,}", "[0-9]{112,}"),
    ] {
        assert!(check(taken, Case::Ignored).is_ok(), "{taken}");
        assert!(check(refused, Case::Ignored).is_err(), "{refused}");
    }
}

#[test]
fn text_at_the_start_is_free() {
    let after = |count| format!("^https?://{}", "1".repeat(count));
    assert!(check(&after(107), Case::Ignored).is_ok());
    assert!(check(&after(108), Case::Ignored).is_err());
    assert!(check(&format!("^{}", "1".repeat(400)), Case::Ignored).is_ok());
}

#[test]
fn what_re2_lacks_is_refused_by_name() {
    for (regex, what) in [
        ("a(?=b)", "look-around"),
        ("a(?!b)", "look-around"),
        ("(?<=a)b", "look-around"),
        ("(?<!a)b", "look-around"),
        ("(a)\\1", "back-references"),
        ("(?>a)", "groups"),
        ("a++", "possessive"),
        ("[a", "open `[`"),
        ("(a", "open `(`"),
        ("a)", "without its"),
        ("a\\", "at the end"),
        ("\\u0041", "escape"),
        ("bücher", "ASCII"),
        ("*a", "nothing"),
    ] {
        let error = check(regex, Case::Ignored).expect_err(regex).to_string();
        assert!(error.contains(what), "{regex}: {error}");
    }
}

#[test]
fn what_re2_has_is_taken() {
    for regex in [
        "^https?:\\/\\/a\\.com\\/[a-z]{3}",
        "/x{20,}",
        "a{b}",
        "(?:a|b)+?c",
        "[]a]",
        "[a-]",
        "[\\w-]+",
        "(?<name>a)",
        "\\x41",
    ] {
        assert_eq!(check(regex, Case::Ignored), Ok(()), "{regex}");
    }
}
