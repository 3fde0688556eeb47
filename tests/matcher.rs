//! Random lists and requests: the matcher decides as the plain comparison of everything with everything does.

use crate::naive::{self, Decision};
use detick::blocker::{self, Blocker};
use detick::engine::{self, Engine};
use detick::list::{self, List};
use detick::request::Request;
use proptest::prelude::*;

/// Hosts that are near each other, so that random filters and requests meet.
fn name() -> impl Strategy<Value = String> {
    let label = prop::sample::select(vec!["a", "b", "ads", "a-b"]);
    let site = prop::sample::select(vec!["x.com", "ads.com", "x.co.uk", "b.github.io", "com"]);
    (prop::collection::vec(label, 0..3), site).prop_map(|(mut labels, site)| {
        labels.push(site);
        labels.join(".")
    })
}

fn host() -> impl Strategy<Value = String> {
    let address = prop::sample::select(vec!["10.0.0.1", "[2001:db8::1]"]).prop_map(str::to_owned);
    prop_oneof![5 => name(), 1 => address]
}

fn path() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["ads", "a", "b", "x", "com", "Ads", "1", "", "%2F", "banner"]);
    let mark = prop::sample::select(vec!["/", "?", "&", "=", ".", "-", "_", "/"]);
    prop::collection::vec((mark, word), 0..5)
        .prop_map(|parts| parts.into_iter().map(|(mark, word)| mark.to_owned() + word).collect())
}

fn request() -> impl Strategy<Value = Request> {
    let scheme = prop::sample::select(vec!["https", "http", "wss", "ftp"]);
    let user = prop::sample::select(vec!["", "", "", "ads@"]);
    let port = prop::sample::select(vec!["", "", ".", ":8080"]);
    let url = (scheme, user, host(), port, path()).prop_map(|(scheme, user, host, port, path)| {
        // No browser sends a dot behind an address in brackets.
        let port = if host.ends_with(']') {
            port.trim_start_matches('.')
        } else {
            port
        };
        let path = if path.starts_with(['/', '?']) {
            path
        } else {
            format!("/{path}")
        };
        format!("{scheme}://{user}{host}{port}{path}")
    });
    let source = prop_oneof![8 => host().prop_map(|host| format!("https://{host}/page")), 1 => Just(String::new())];
    let kind = prop::sample::select(vec!["script", "image", "main_frame", "sub_frame", "ping", "odd"]);
    let method = prop::sample::select(vec!["GET", "POST", "BREW"]);
    (url, source, kind, method).prop_map(|(url, source, kind, method)| Request::new(&url, &source, kind, method))
}

fn pattern() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["ads", "a", "b", "x", "com", "Ads", "1", "%2F", "banner", "ba"]).prop_map(str::to_owned),
        4 => prop::sample::select(vec!["/", "?", "&", "=", ".", "-", "_", "*", "^", "://"]).prop_map(str::to_owned),
        1 => host(),
    ];
    let text = prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat());
    let anchored = (
        prop::sample::select(vec!["", "", "|", "||", "|https://"]),
        text,
        prop::sample::select(vec!["", "", "|", "^"]),
    );
    let regex = prop::sample::select(vec![
        r"/^https?:\/\/ads\.[a-z.]+\//",
        r"/\/ads\/|\.b\//",
        r"/\/a[ab]?\/b/",
        r"/ads\d*\.(com|x)/",
        r"/x\.com\/$/",
        r"/A-B\./",
    ]);
    prop_oneof![
        10 => anchored.prop_map(|(start, text, end)| format!("{start}{text}{end}")),
        4 => host().prop_map(|host| format!("||{host}^")),
        2 => (host(), path()).prop_map(|(host, path)| format!("||{host}{path}")),
        1 => regex.prop_map(str::to_owned),
    ]
}

fn domains() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        6 => name(),
        2 => prop::sample::select(vec!["x.*", "ads.*", "a.x.*", "b.*"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![r"/^a\./", "/ads/"]).prop_map(str::to_owned),
    ];
    let signed = (prop::bool::weighted(0.3), name).prop_map(|(not, name)| if not { format!("~{name}") } else { name });
    prop::collection::vec(signed, 1..4).prop_map(|names| names.join("|"))
}

fn option() -> impl Strategy<Value = String> {
    let plain = vec![
        "script",
        "image",
        "~image",
        "document",
        "subdocument",
        "ping",
        "websocket",
        "other",
        "all",
        "popup",
        "third-party",
        "first-party",
        "strict3p",
        "strict1p",
        "important",
        "match-case",
        "method=post",
        "method=~get",
        "redirect=noop.js",
        "redirect=noop.txt:5",
        "redirect-rule=noop.js",
        "redirect-rule=noopjs:3",
        "redirect-rule=1x1.gif:9",
        "redirect=nothing.js:9",
        "badfilter",
        "denyallow=x.com|ads.com",
        "header=x:y",
    ];
    prop_oneof![
        6 => prop::sample::select(plain).prop_map(str::to_owned),
        2 => domains().prop_map(|domains| format!("domain={domains}")),
        1 => domains().prop_map(|domains| format!("to={domains}")),
    ]
}

fn line() -> impl Strategy<Value = String> {
    let options = prop_oneof![3 => Just(Vec::new()), 5 => prop::collection::vec(option(), 1..4)];
    (prop::bool::weighted(0.25), pattern(), options).prop_map(|(except, pattern, options)| {
        let start = if except { "@@" } else { "" };
        let dollar = if options.is_empty() { "" } else { "$" };
        format!("{start}{pattern}{dollar}{}", options.join(","))
    })
}

/// Filters without a word of their own: with so many of them, all such are found by four of their bytes.
const WORDLESS: &str =
    "qxzja\nqxzjb\nqxzjc\nqxzjd\nqxzje\nqxzjf\n@@qxzja\n@@qxzjb\n@@qxzjc\n@@qxzjd\n@@qxzje\n@@qxzjf\n";

fn lists() -> impl Strategy<Value = Vec<List>> {
    let first = prop::sample::select(vec!["", WORDLESS]);
    let lines = prop::collection::vec(line(), 0..14);
    let text = (first, lines).prop_map(|(first, lines)| format!("{first}{}", lines.join("\n")));
    prop::collection::vec(text, 1..3).prop_map(|texts| {
        let parse = |(index, text): (usize, String)| list::parse(&format!("{index}.txt"), text.as_bytes()).0;
        texts.into_iter().enumerate().map(parse).collect()
    })
}

/// The decision, after making sure that the line it names is one that matches.
fn decision(blocker: &Blocker, lists: &[List], request: &Request) -> Decision {
    let Some(verdict) = blocker.check(request) else {
        return Decision::Nothing;
    };
    let list = lists.iter().find(|list| list.name == verdict.list).unwrap();
    assert_eq!(list.line(verdict.line), verdict.filter);
    let mut filters = list.filters.iter().filter(|filter| filter.line == verdict.line);
    let one_matches = filters.any(|filter| naive::matches(filter, request));
    assert!(one_matches, "{} does not match", verdict.filter);
    match verdict.decision {
        blocker::Decision::Block => Decision::Block,
        blocker::Decision::Allow => Decision::Allow,
        blocker::Decision::Redirect(name) => Decision::Redirect(name.to_owned()),
    }
}

#[test]
fn filters_without_a_word_are_found_wherever_they_stand() {
    let lines = format!("{WORDLESS}anner\nhere*here-it\n/[a-z]ixelshot[0-9]/\nOpped$match-case");
    let lists = [list::parse("wordless.txt", lines.as_bytes()).0];
    let blocker = Blocker::new(&lists);
    for (path, line) in [
        ("xbannerx", Some("anner")),
        ("BANNER", Some("anner")),
        ("/there/where-its", Some("here*here-it")),
        ("/where-its/there", None),
        ("pixelshot7", Some("/[a-z]ixelshot[0-9]/")),
        ("pixelshots", None),
        ("dropOpped", Some("Opped$match-case")),
        ("dropopped", None),
        ("qxzj", None),
    ] {
        let request = Request::new(
            &format!("https://a.example/{path}"),
            "https://b.example/",
            "script",
            "GET",
        );
        assert_eq!(blocker.check(&request).map(|verdict| verdict.filter), line, "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3_000) })]

    #[test]
    fn the_matcher_decides_as_the_plain_comparison(lists in lists(), requests in prop::collection::vec(request(), 12)) {
        let blocker = Blocker::new(&lists);
        for request in &requests {
            let expected = naive::decide(&lists, request);
            prop_assert_eq!(decision(&blocker, &lists, request), expected, "{} from {} ({:?}, {:?})", request.url(), request.source_host(), request.types, request.method);
        }
    }

    #[test]
    fn a_restored_engine_decides_alike(lists in lists(), requests in prop::collection::vec(request(), 4)) {
        let blocker = Blocker::new(&lists);
        let engine = Engine::restore(&engine::image(&lists, "").unwrap()).unwrap();
        for request in &requests {
            prop_assert_eq!(blocker.check(request), engine.blocker.check(request));
        }
    }
}
