//! What is written for other blockers. Their own engines read it in `npm run bench -- export`; here it is read back.

use detick::blocker::{Blocker, Decision};
use detick::export::{Exported, Format, export};
use detick::filter::Types;
use detick::list::{self, List};
use detick::request::Request;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    url: String,
    source_url: String,
    r#type: String,
    #[serde(default)]
    method: String,
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn written(lines: &str, format: Format) -> Exported {
    let (list, complaints) = list::parse("a.txt", lines.as_bytes());
    assert_eq!(complaints, [], "{lines}");
    export(
        &[list],
        format,
        "analytics-eu.tiktok.com\nanalytics.tiktok.com\nwww.tiktok.com\n",
    )
}

/// Without the head.
fn lines(lines: &str, format: Format) -> Vec<String> {
    let text = written(lines, format).text;
    let (_, body) = text.split_once("\n\n").unwrap();
    body.lines().map(str::to_owned).collect()
}

/// Requests of the table, and several to each host that is known.
fn requests() -> Vec<Request> {
    let rows: Vec<Row> = serde_json::from_str(&read("tests/requests.json")).unwrap();
    let table = rows
        .iter()
        .map(|row| Request::new(&row.url, &row.source_url, &row.r#type, &row.method));
    let hosts = read("data/known-hosts.txt");
    let known = hosts.lines().filter(|line| !line.starts_with('#')).flat_map(|host| {
        let asked = [
            ("https://shop.example/", "script"),
            ("https://www.tiktok.com/", "xmlhttprequest"),
            ("https://shop.example/", "main_frame"),
        ];
        let paths = ["/", "/v1/list?x=1"];
        asked.into_iter().flat_map(move |(page, kind)| {
            paths.map(|path| Request::new(&format!("https://{host}{path}"), page, kind, "GET"))
        })
    });
    table.chain(known).collect()
}

fn stops(blocker: &Blocker, request: &Request) -> bool {
    blocker
        .check(request)
        .is_some_and(|verdict| verdict.decision != Decision::Allow)
}

fn ours() -> Vec<List> {
    vec![list::parse("tiktok.txt", read("filters/tiktok.txt").as_bytes()).0]
}

#[test]
fn our_own_list_stops_the_same_when_it_is_read_back() {
    let (lists, requests) = (ours(), requests());
    let before = Blocker::new(&lists);
    for format in [Format::Ublock, Format::Adguard, Format::Ghostery] {
        let exported = export(&lists, format, "");
        assert_eq!(
            exported.left_out.values().sum::<usize>(),
            0,
            "{format:?}: {:?}",
            exported.left_out
        );
        let (list, complaints) = list::parse("again.txt", exported.text.as_bytes());
        assert_eq!(complaints, [], "{format:?}");
        let after = Blocker::new(&[list]);
        for request in &requests {
            let (before, after) = (stops(&before, request), stops(&after, request));
            // For Ghostery a line without kinds is for pages, too, and one for a host finds it further on in an
            // address.
            let is_meant = match format {
                Format::Ghostery => after || !before || request.types == Types::DOCUMENT,
                _ => after == before,
            };
            assert!(is_meant, "{format:?}: {request:?}");
        }
    }
}

#[test]
fn a_list_of_hosts_stops_nothing_that_is_let_through() {
    let (lists, requests) = (ours(), requests());
    let exported = export(&lists, Format::Domains, &read("data/known-hosts.txt"));
    let (list, _) = list::parse("again.txt", exported.text.as_bytes());
    let (before, after) = (Blocker::new(&lists), Blocker::new(&[list]));
    assert!(requests.iter().filter(|request| stops(&after, request)).count() > 200);
    for request in &requests {
        assert!(!stops(&after, request) || stops(&before, request), "{request:?}");
    }
}

/// A line, and what it is for uBlock Origin, AdGuard and Ghostery.
const WORDS: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "||a.example^",
        "||a.example^",
        &["||a.example^$~document"],
        &["||a.example^$~document"],
    ),
    (
        "||a.example^$all",
        "||a.example^$all",
        &["||a.example^$all"],
        &["||a.example^"],
    ),
    (
        "||a.example^$script,image",
        "||a.example^$script,image",
        &["||a.example^$script,image"],
        &["||a.example^$script,image"],
    ),
    (
        "||a.example^$~script,3p",
        "||a.example^$~script,third-party",
        &["||a.example^$~document,~script,third-party"],
        &["||a.example^$~document,~script,third-party"],
    ),
    (
        "||log$to=a.example",
        "||log*.a.example^$to=a.example",
        &["||log*/$~document,to=a.example"],
        &["||log*.a.example^$~document"],
    ),
    ("||log", "||log*/", &["||log*/$~document"], &["||log*/$~document"]),
    ("/ads/*", "/ads/*", &["/ads/*$~document"], &["/ads/*$~document"]),
    (
        "banner$script",
        "banner*$script",
        &["banner*$script"],
        &["banner*$script"],
    ),
    (
        "/x^$to=a.example",
        "/x^$to=a.example",
        &["/x^$~document,to=a.example"],
        &["||a.example/x^$~document", "||a.example^*/x^$~document"],
    ),
    (
        "$removeparam=x,to=a.example",
        "*$document,removeparam=x,to=a.example",
        &["||a.example^$removeparam=x"],
        &["||a.example^$document,removeparam=x"],
    ),
    (
        "||a.example^$removeparam=/^x(?:=|$)/",
        "||a.example^$document,removeparam=/^x(?:=|$)/",
        &["||a.example^$removeparam=/^x(?:=|\\$)/"],
        &[],
    ),
    (
        "||a.example^$redirect=noop.js,script",
        "||a.example^$script,redirect=noop.js",
        &["||a.example^$script,redirect=noopjs"],
        &["||a.example^$script,redirect=noop.js"],
    ),
    (
        "||a.example^$redirect=ttq.js:5,script",
        "||a.example^$script",
        &["||a.example^$script"],
        &["||a.example^$script"],
    ),
    (
        "@@||a.example^$domain=b.example",
        "@@||a.example^$domain=b.example",
        &["@@||a.example^$~document,domain=b.example"],
        &["@@||a.example^$~document,domain=b.example"],
    ),
];

#[test]
fn each_blocker_gets_the_line_in_its_own_words() {
    for (line, ublock, adguard, ghostery) in WORDS {
        assert_eq!(lines(line, Format::Ublock), [*ublock], "{line}");
        assert_eq!(lines(line, Format::Adguard), *adguard, "{line}");
        assert_eq!(lines(line, Format::Ghostery), *ghostery, "{line}");
    }
}

#[test]
fn a_host_of_which_an_exception_needs_a_part_is_in_no_list_of_hosts() {
    for exception in [
        "@@||a.example^$image,domain=shop.example",
        "@@||cdn.a.example/x.js",
        "@@||example^",
        "@@://a.example/player",
        "@@/^https:..a\\.example\\/x/",
        "@@*$script,to=a.example",
    ] {
        let exported = written(&format!("||a.example^\n||b.test^\n{exception}\n"), Format::Domains);
        assert!(
            exported.text.ends_with("\n\nb.test\n"),
            "{exception}: {}",
            exported.text
        );
        assert_eq!(exported.left_out["hosts of which exceptions need a part"], 1);
    }
    assert_eq!(lines("||1.2.3.4^\n||[::1]^\n", Format::Hosts), [""; 0]);
    let known = lines("||analytics$to=tiktok.com\n", Format::Hosts);
    assert_eq!(
        known,
        ["0.0.0.0 analytics-eu.tiktok.com", "0.0.0.0 analytics.tiktok.com"]
    );
}

#[test]
fn a_list_says_its_name_and_what_it_lacks_at_the_top() {
    let list = "! Title: Mine\n! Homepage: https://mine.example/\n! Expires: 2 days\n! Licence: CC0\n||a.example^\n||go.example^$urlskip=?to\n";
    let text = written(list, Format::Adguard).text;
    let head = "! Title: Mine\n! Homepage: https://mine.example/\n! Expires: 2 days\n! Licence: CC0\n! 1 lines said, 1 left out\n\n";
    assert!(text.starts_with(head), "{text}");
    let text = written(list, Format::Ublock).text;
    assert!(
        text.contains("\n! 1 of them act only in a list that uBlock Origin trusts"),
        "{text}"
    );
}
