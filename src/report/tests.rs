use super::*;
use crate::blocker::Blocker;
use crate::cleaner::Cleaner;
use crate::list;
use crate::recording::{Item, Reader};
use crate::tracker::Trackers;

fn engine() -> Engine {
    let files = ["links.txt", "tiktok.txt", EMBEDS];
    let lists = files.map(|name| {
        let text = std::fs::read(format!("filters/{name}")).unwrap();
        list::parse(name, &text).0
    });
    let companies = std::fs::read_to_string("filters/companies.txt").unwrap();
    Engine {
        blocker: Blocker::new(&lists),
        cleaner: Cleaner::new(&lists).0,
        trackers: Trackers::parse(&companies).unwrap(),
    }
}

fn summary_of(bytes: &[u8], values: Values) -> Summary {
    let engine = engine();
    let mut report = Report::new(&engine, &[]);
    report.begin("a.har");
    let mut reader = Reader::default();
    let mut take = |item| match item {
        Item::Tool(tool) => report.add_tool(tool),
        Item::Page(page) => report.add_page(&page),
        Item::Record(record) => report.add(&record),
        Item::Flaw(_) => report.add_flaw(),
    };
    reader.push(bytes, &mut take);
    reader.end(&mut take);
    report.summary(&About {
        values,
        ..About::default()
    })
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("tests/recordings/{name}")).unwrap()
}

/// An entry of a HAR.
fn entry(url: &str, rest: &str) -> String {
    format!(r#"{{"startedDateTime":"2026-01-01T00:00:00Z","request":{{"method":"GET","url":"{url}"}}{rest}}}"#)
}

fn har(entries: &[String]) -> String {
    format!(r#"{{"log":{{"entries":[{}]}}}}"#, entries.join(","))
}

#[test]
fn what_a_shop_told_is_told_of_every_dialect() {
    for name in ["chromium.har", "firefox.har", "charles.har", "mitmproxy.har"] {
        let summary = summary_of(&fixture(name), Values::Hidden);
        let shop = summary.pages.iter().find(|page| page.site == "shop.example").unwrap();
        let tiktok = &shop.companies[0];
        assert_eq!((tiktok.name.as_str(), tiktok.is_known), ("TikTok", true), "{name}");
        let is_stopped = matches!(name, "chromium.har" | "firefox.har"); // one of them, by another extension
        assert_eq!(tiktok.requests, if is_stopped { 5 } else { 4 }, "{name}");
        assert_eq!(tiktok.stopped, u64::from(is_stopped), "{name}");
        assert_eq!(tiktok.pixels, ["CMADEUP0000000000000"], "{name}");
        assert!(
            tiktok
                .events
                .iter()
                .any(|event| event.event.as_deref() == Some("AddToCart")),
            "{name}"
        );
        let told: Vec<_> = tiktok
            .told
            .iter()
            .map(|told| (told.kind, told.about.as_deref()))
            .collect();
        assert!(told.contains(&(Kind::Hashed, Some("email"))), "{name}: {told:?}");
        assert!(told.contains(&(Kind::Plain, Some("external_id"))), "{name}: {told:?}");
        let embeds = tiktok.embeds.unwrap();
        assert_eq!((embeds.documents, embeds.requests), (1, 2), "{name}");
        let own = shop
            .companies
            .iter()
            .find(|company| company.name == "shop.example")
            .unwrap();
        assert_eq!((own.is_known, own.requests), (false, 1), "{name}");
        assert_eq!(
            (own.events[0].event.as_deref(), own.events[0].times),
            (None, 1),
            "{name}"
        );
        let found = summary.found;
        assert!(found.tracker && found.pixel && found.personal_data, "{name}");
        let keys: Vec<_> = shop
            .keys
            .iter()
            .map(|key| (key.name.as_str(), key.domain.as_str(), key.sent, key.set))
            .collect();
        for key in [
            ("_ttp", "shop.example", 2, 0),
            ("_ttp", "tiktok.com", 0, 1),
            ("sessionid", "tiktok.com", 1, 0),
        ] {
            assert!(keys.contains(&key), "{name}: {keys:?}");
        }
        assert!(shop.links.iter().any(|link| link.list == "links.txt"), "{name}");
    }
}

#[test]
fn the_stopped_are_counted_apart() {
    let summary = summary_of(&fixture("chromium.har"), Values::Hidden);
    assert_eq!(summary.pages[0].companies[0].stopped, 1);
    let log = summary_of(&fixture("log.jsonl"), Values::Hidden);
    assert_eq!(
        (log.pages[0].site.as_str(), log.pages[0].companies[0].stopped),
        ("shop.example", 1)
    );
}

#[test]
fn a_page_that_asks_nobody_is_told_so() {
    let summary = summary_of(har(&[entry("https://a.example/", "")]).as_bytes(), Values::Hidden);
    assert!(summary.pages[0].is_clean() && summary.found == Found::default());
    assert!(
        summary
            .to_text()
            .contains("nothing that the lists or the table of companies name")
    );
    assert!(summary.to_html().contains("<p>Nothing that"));
}

#[test]
fn redirectors_and_tracked_links_are_those_of_opened_pages() {
    let target = "https%3A%2F%2Fa.example%2F%3Fttclid%3Dx";
    let opened = entry(
        &format!("https://www.tiktok.com/link/v2?aid=1988&lang=en&scene=bio_url&target={target}"),
        r#","_resourceType":"document","response":{"redirectURL":"https://a.example/?ttclid=x"}"#,
    );
    let summary = summary_of(har(&[opened]).as_bytes(), Values::Hidden);
    let page = &summary.pages[0];
    assert_eq!(page.redirectors[0].host, "www.tiktok.com");
    assert_eq!(page.links[0].times, 2);
    assert!(page.links[0].names.is_empty());
}

#[test]
fn embeds_alone_are_no_trackers() {
    let entries = [
        entry("https://news.example/", r#","pageref":"1","_resourceType":"document""#),
        entry(
            "https://www.tiktok.com/embed/v2/7",
            r#","pageref":"1","_resourceType":"document""#,
        ),
    ];
    let summary = summary_of(har(&entries).as_bytes(), Values::Hidden);
    let tiktok = &summary.pages[0].companies[0];
    assert_eq!(tiktok.embeds.map(|embeds| embeds.documents), Some(1));
    assert_eq!(summary.found, Found::default());
}

#[test]
fn what_is_kept_is_bounded() {
    let engine = engine();
    let mut report = Report::new(&engine, &[]);
    for number in 0..2000 {
        report.add(&Record {
            page: format!("page {}", number % 3),
            url: format!(
                "https://log{number}.tiktok.com/?sdkid=A{number:019}&ttclid={}",
                "x".repeat(5000)
            ),
            kind: "script",
            time: Some(number),
            ..Record::default()
        });
    }
    let summary = report.summary(&About::default());
    assert!(summary.left_out > 0);
    assert!(
        summary
            .pages
            .iter()
            .all(|page| page.companies[0].hosts.len() <= 300 && page.companies[0].moments.len() <= 300)
    );
    assert_eq!(
        summary.pages.iter().map(|page| page.companies[0].requests).sum::<u64>(),
        2000
    );
}

#[test]
fn markup_of_a_recording_is_text_in_a_page() {
    let title = r#"{"id":"1","title":"<script>alert(1)</script>\u202e'\""}"#;
    let entries = [
        entry("https://a.example/", r#","pageref":"1","_resourceType":"document""#),
        entry(
            "https://analytics.tiktok.com/i18n/pixel/events.js",
            r#","pageref":"1","_resourceType":"script""#,
        ),
    ];
    let har = format!(r#"{{"log":{{"pages":[{title}],"entries":[{}]}}}}"#, entries.join(","));
    let html = summary_of(har.as_bytes(), Values::Shown).to_html();
    assert!(
        html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&#39;&quot;<br>"),
        "{html}"
    );
    for no in ["<script", "src=", "href=", "http-equiv=\"refresh", "\u{202e}", "url("] {
        assert!(!html.contains(no), "{no}");
    }
    assert!(html.contains("<svg role=\"img\" aria-labelledby=\"picture0\"") && html.contains("1 request"));
}

#[test]
fn times_that_are_far_apart_make_a_picture() {
    let at = |time: &str| {
        let entry = entry("https://analytics.tiktok.com/i18n/pixel/events.js", r#","pageref":"1""#);
        entry.replace("2026-01-01T00:00:00Z", time)
    };
    let times = ["9999-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "never"].map(at);
    assert!(
        summary_of(har(&times).as_bytes(), Values::Hidden)
            .to_html()
            .contains("</svg>")
    );
}

#[test]
fn our_log_says_which_line_decided_and_what_would_have_been_told() {
    let summary = summary_of(&fixture("log.har"), Values::Hidden);
    let [page] = summary.pages.as_slice() else {
        panic!("{:?}", summary.pages);
    };
    let tiktok = &page.companies[0];
    assert_eq!((tiktok.requests, tiktok.stopped), (5, 4));
    let lines: Vec<_> = tiktok
        .lines
        .iter()
        .map(|line| (line.list.as_str(), line.line, line.action))
        .collect();
    for line in [
        ("a list of mine", 3, "block"),
        ("a list of mine", 4, "block"),
        ("Own lines", 1, "allow"),
        ("tiktok.txt", 41, "redirect"),
    ] {
        assert!(lines.contains(&line), "{line:?} in {lines:?}");
    }
    // Stopped for what its body said: by no line, and in nobody's table.
    let own = page.companies.iter().find(|company| !company.is_known).unwrap();
    assert_eq!(
        (own.name.as_str(), own.stopped, own.lines.len()),
        ("shop.example", 1, 0)
    );
    let told: Vec<_> = tiktok
        .told
        .iter()
        .map(|told| (told.kind, told.about.as_deref(), told.times, told.stopped))
        .collect();
    assert_eq!(
        told,
        [
            (Kind::Product, None, 1, 1),
            (Kind::Hashed, Some("email"), 1, 1),
            (Kind::Plain, None, 1, 1),
            (Kind::ClickId, None, 2, 1),
        ]
    );
    let events: Vec<_> = tiktok
        .events
        .iter()
        .map(|event| (event.event.as_deref(), event.times, event.stopped))
        .collect();
    assert_eq!(events, [(None, 1, 1), (Some("AddToCart"), 1, 1)]);
    assert_eq!(tiktok.pixels, ["CMADEUP0000000000000"]);
    let keys: Vec<_> = page
        .keys
        .iter()
        .map(|key| (key.domain.as_str(), key.sent, key.stopped))
        .collect();
    assert_eq!(keys, [("shop.example", 1, 0), ("tiktok.com", 2, 1)]);
    assert!(summary.found.personal_data && summary.found.pixel);
}

#[test]
fn what_was_stopped_is_not_said_to_have_been_told() {
    let words = |outcome: &str| {
        let har = String::from_utf8(fixture("log.har")).unwrap();
        let har = har.replace(r#""outcome": "allowed""#, &format!(r#""outcome": "{outcome}""#));
        let summary = summary_of(har.as_bytes(), Values::Hidden);
        (summary.to_html(), summary.to_text())
    };
    let (html, text) = words("blocked");
    assert!(html.contains("<li>Would have told a product, 1 time</li>") && text.contains("would have told a product"));
    assert!(text.contains(" at tiktok.com, to be sent 2 times, stopped\n"));
    assert!(!html.contains("<li>Told ") && !text.contains("    told "), "{text}");
    assert!(html.contains("<title>What shop.example would have told</title>"));
    let (html, text) = words("allowed");
    assert!(html.contains("<li>Told the ID of the advertisement that was clicked, 2 times, 1 of them stopped</li>"));
    assert!(html.contains("<title>What shop.example told</title>"));
    assert!(text.contains("event AddToCart (1, stopped)") && text.contains(words::OF_OUR_LOG));
}

/// A recording is anybody's: what it calls a kind of personal data may be the data.
#[test]
fn a_log_cannot_have_personal_data_told() {
    for values in [Values::Hidden, Values::Shown] {
        let summary = summary_of(&fixture("log.har"), values);
        for form in [summary.to_html(), summary.to_json(), summary.to_text()] {
            assert!(!form.contains("ann@shop.example"), "{form}");
        }
    }
}
