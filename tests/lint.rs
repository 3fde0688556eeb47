//! What authors are told of their lines.

use crate::corpora;
use detick::lint::{Source, lint};
use detick::list::Reading;
use std::collections::BTreeMap;

/// `column: kind: sentence` of each finding about a list.
fn told(text: &str) -> Vec<String> {
    let source = Source {
        name: "a.txt",
        text: text.as_bytes(),
    };
    lint(&[source], &Reading::default())
        .iter()
        .map(|found| format!("{}:{}: {}: {}", found.line, found.column, found.flaw.code(), found.flaw))
        .collect()
}

/// A line, and what is said of it.
const MISTAKES: &[(&str, &str)] = &[
    (
        "||a.example^$script,script",
        "1:21: repeated-option: option `script` stands here twice",
    ),
    (
        "||a.example^$css,stylesheet",
        "1:18: repeated-option: option `stylesheet` stands here twice",
    ),
    (
        "||a.example^$third-party,~third-party",
        "1:26: contrary-options: options `third-party` and `~third-party` contradict each other",
    ),
    (
        "||a.example^$1p,3p",
        "1:17: contrary-options: options `1p` and `3p` contradict each other",
    ),
    (
        "||a.example^$script,~script",
        "1:14: unread: the options leave no kind of request to match",
    ),
    (
        "||a.example^$domain=~b.example|b.example",
        "1:1: in-and-out: `b.example` is both named and excepted",
    ),
    ("||a.example^$Script", "1:14: unread: unknown option `Script`"),
    ("||a.example^$script,,image", "1:21: unread: unknown option ``"),
    (
        "||a.example^$script;image",
        "1:14: unread: unknown option `script;image`",
    ),
    (
        "||a.example^$domain=b.example,c.example",
        "1:31: unread: unknown option `c.example`",
    ),
    (
        "||a.example^$redirect=nosuch.js",
        "1:1: unknown-surrogate: no blocker is known to have a surrogate named `nosuch.js`",
    ),
    (
        "  ||a.example^$script,script",
        "1:23: repeated-option: option `script` stands here twice",
    ),
    ("@||a.example^", "1:1: odd: an exception begins with `@@`"),
    (
        "@@||a.example^$csp=x,image",
        "1:1: odd: a policy is for pages and frames only",
    ),
    (
        "||.a.example^",
        "1:1: never-matches: it can never match: behind `||` there must be a host",
    ),
    (
        "||https://a.example/",
        "1:1: never-matches: it can never match: behind `||` there must be a host",
    ),
    (
        "||a.example.^",
        "1:1: never-matches: it can never match: no host ends with a dot",
    ),
    (
        "||a.example^/path",
        "1:1: never-matches: it can never match: the `^` behind the host is the `/` already",
    ),
    (
        "||a.example:443/x",
        "1:1: never-matches: it can never match: browsers leave out the usual port",
    ),
    (
        "||a.example/#part",
        "1:1: never-matches: it can never match: what is behind a `#` is not sent",
    ),
    (
        "htp://a.example/",
        "1:1: never-matches: it can never match: every address begins with http://, https://, ws:// or wss://",
    ),
    (
        "|www.a.example",
        "1:1: never-matches: it can never match: every address begins with http://, https://, ws:// or wss://",
    ),
    (
        "/banner/",
        "1:1: regex-like-path: `/banner/` is a regex, which finds `banner` anywhere; the path is `/banner/*`",
    ),
    (
        "/ads\u{200b}server.",
        "1:5: invisible: here is an invisible character, U+200B",
    ),
    (
        "!#incl2ude b.txt",
        "1:1: unknown-directive: there is no directive `!#incl2ude`; the line is a comment",
    ),
    (
        "!#if2 true",
        "1:1: unknown-directive: there is no directive `!#if2`; the line is a comment",
    ),
    ("!#if true", "1:1: unread: `!#if` without `!#endif`"),
    (
        "!+ NOT_OPTIMISED",
        "1:1: unknown-hint: there is no hint or platform `NOT_OPTIMISED`",
    ),
    (
        "!+ PLATFORM(ios, amiga)",
        "1:1: unknown-hint: there is no hint or platform `amiga`",
    ),
    (
        "!+ PLATFORM(ios, ios)",
        "1:1: repeated-option: option `ios` stands here twice",
    ),
];

#[test]
fn mistakes_are_told_with_their_place() {
    for (line, expected) in MISTAKES {
        assert_eq!(told(line), [*expected], "{line}");
    }
}

#[test]
fn nothing_is_told_of_lines_that_are_right() {
    for lines in [
        "|data:text$popup",
        "|about:blank$popup",
        "||a.example^$popup,third-party",
        "||a.example:8080/x",
        "/\\/banner\\d+/",
        "/banner/*",
        "||a.example/*#from=$uritransform=/#.*/#/",
        "://ads.",
        "https://a.example/",
        "a.example#@#.ad",
        "!#safari_cb_affinity(general)\n||a.example^",
        "!+ NOT_OPTIMIZED PLATFORM(ios, ext_safari)\n||a.example^",
        "!##### part #####",
        "||a.example^$script,_,redirect=noopjs,_",
        "||a.example^$redirect-rule=google-ima.js",
        "0.0.0.0 a.example b.example",
        "/x$document,script,domain=a.example",
        "||a.example^\n||a.example/x\n||a.example^$badfilter",
    ] {
        assert!(told(lines).is_empty(), "{lines}: {:?}", told(lines));
    }
}

#[test]
fn lines_that_say_nothing_new_are_told() {
    assert_eq!(
        told("||a.example^\n||a.example^\n||x.a.example/y$script\n"),
        [
            "2:1: duplicate: the same filter stands in a.txt:1",
            "3:1: shadowed: all of it is stopped by a.txt:1 already"
        ]
    );
    // A line that is taken out of force stops nothing.
    assert_eq!(told("||a.example^\n||a.example^$badfilter\n||x.a.example^"), [""; 0]);
}

/// What is told of lists that many people keep in order, by kind. All of it was looked at by hand: a line that another
/// one says or stops, an address that none begins like, a fragment, a regex with a look-around, `replace=`, a
/// parameter's name with a value.
const OF_REAL_LISTS: &[(&str, &[(&str, usize)])] = &[
    ("easylist.txt", &[("shadowed", 9), ("unread", 1)]),
    ("easyprivacy.txt", &[("shadowed", 11)]),
    ("ubo-filters.txt", &[("never-matches", 2)]),
    ("ubo-privacy.txt", &[("unread", 3)]),
    ("adguard-url-tracking.txt", &[("duplicate", 15), ("unread", 1)]),
    ("peterlowe-serverlist.txt", &[]),
];

#[test]
fn lists_in_good_order_are_left_alone() {
    let Some(folder) = corpora::folder() else {
        return;
    };
    for (name, expected) in OF_REAL_LISTS {
        let text = std::fs::read(folder.join(name)).unwrap();
        let source = Source { name: "", text: &text };
        let mut kinds = BTreeMap::<&str, usize>::new();
        for finding in lint(&[source], &Reading::default()) {
            *kinds.entry(finding.flaw.code()).or_default() += 1;
        }
        assert_eq!(Vec::from_iter(kinds), *expected, "{name}");
    }
}
