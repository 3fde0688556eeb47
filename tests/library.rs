//! The crate as other programs use it: what stands at its root.

use std::sync::Arc;
use std::thread;

use allocation_counter::measure;
use detick::{CleanOptions, Decision, Engine, FactKind, Request};
use serde_json::Value;

fn rows(table: &str) -> Vec<Value> {
    serde_json::from_str(table).unwrap()
}

fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

fn read(request: &mut Request, row: &Value) {
    let [url, page, kind, method] = ["url", "sourceUrl", "type", "method"].map(|name| field(row, name));
    request.read(url, page, kind, method);
}

fn requests() -> Vec<Value> {
    rows(include_str!("requests.json"))
}

/// Detick's own lists with one whose lines are found in every way: by host, word, bytes, page, regex or not at all.
fn engine() -> Engine {
    let more = "||ads.example^\n/tracking/pixel.\n-ad-*x$script\n*$image,domain=news.example\n\
                /^https:\\/\\/[a-z]{8,15}\\.com\\/x/\n$script,third-party,method=post\n@@||shop.example/ads.js\n\
                ||cdn.example^$redirect=noop.js\n$removeparam=/^utm_/\n";
    let texts = detick::shipped::TEXTS.iter().copied().chain([("more.txt", more)]);
    let (engine, complaints) = Engine::from_lists(texts.map(|(name, text)| (name, text.as_bytes())));
    assert_eq!(complaints, []);
    engine
}

#[test]
fn threads_share_an_engine() {
    fn is_shared<T: Send + Sync>() {}
    fn is_sent<T: Send>() {}
    is_shared::<Engine>();
    is_sent::<Request>();
    let (engine, rows) = (Arc::new(engine()), Arc::new(requests()));
    let answers = || {
        let (engine, rows) = (Arc::clone(&engine), Arc::clone(&rows));
        thread::spawn(move || {
            let mut request = Request::default();
            let answer = |row| {
                read(&mut request, row);
                engine
                    .check(&request)
                    .map(|verdict| (verdict.list.to_owned(), verdict.line))
            };
            rows.iter().map(answer).collect::<Vec<_>>()
        })
    };
    let [one, other] = [answers(), answers()].map(|thread| thread.join().unwrap());
    assert!(one.iter().any(Option::is_some) && one == other);
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let lists: [(&str, &[u8]); 2] = [
        ("a.txt", b"||ads.example^\n  ||x.example^$scirpt\n\xff\n"),
        ("b.txt", b"! nothing\n||go.example^$uritransform=/(/x/\n"),
    ];
    let (engine, complaints) = Engine::from_lists(lists);
    let told: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert_eq!(
        told[..2],
        [
            "a.txt:2:16: unknown option `scirpt`",
            "a.txt:3:1: the line is not valid UTF-8; save the list as UTF-8"
        ]
    );
    assert!(told[2].starts_with("b.txt:2:"), "{told:?}");
    let request = Request::new("https://ads.example/", "", "image", "");
    let verdict = engine
        .check(&request)
        .map(|verdict| (verdict.list, verdict.line, verdict.filter));
    assert_eq!(verdict, Some(("a.txt", 1, "||ads.example^")));
}

#[test]
fn the_engine_says_what_its_parts_say() {
    let engine = engine();
    let mut request = Request::default();
    let mut decisions = [0; 4];
    for row in requests() {
        read(&mut request, &row);
        let (whole, part) = (engine.check(&request), engine.blocker.check(&request));
        assert_eq!(
            whole.map(|verdict| verdict.line),
            part.map(|verdict| verdict.line),
            "{row}"
        );
        decisions[match whole.map(|verdict| verdict.decision) {
            None => 0,
            Some(Decision::Block) => 1,
            Some(Decision::Allow) => 2,
            Some(Decision::Redirect(_)) => 3,
        }] += 1;
    }
    assert!(decisions.iter().all(|&count| count > 0), "{decisions:?}");
    let fetched = Request::new(
        "https://cdn.example/x",
        "https://shop.example/",
        "xmlhttprequest",
        "GET",
    );
    let verdict = engine.check(&fetched).unwrap();
    assert_eq!(
        (verdict.decision, verdict.list),
        (Decision::Block, "more.txt"),
        "Firefox answers no fetch with a surrogate"
    );
}

#[test]
fn requests_that_nothing_matches_allocate_nothing() {
    let engine = engine();
    let mut request = Request::default();
    let rows = requests();
    // The first pass gives the request its memory, and compiles what regexes are asked.
    let mut free = Vec::new();
    for row in &rows {
        read(&mut request, row);
        let is_rewritten = request.url() != field(row, "url");
        if engine.check(&request).is_none() && !is_rewritten {
            free.push(row);
        }
    }
    assert!(free.len() > 100, "{}", free.len());
    for row in free {
        let [url, page, kind, method] = ["url", "sourceUrl", "type", "method"].map(|name| field(row, name));
        let mut found = None;
        let counted = measure(|| {
            request.read(url, page, kind, method);
            found = engine.check(&request);
        });
        assert_eq!((counted.count_total, found), (0, None), "{row}");
    }
    // It would be noticed.
    let odd = measure(|| request.read("https://user@Bücher.example/", "https://shop.example/", "image", "GET"));
    assert!(odd.count_total > 0);
}

#[test]
fn clean_links_allocate_nothing() {
    let engine = engine();
    let options = CleanOptions::default();
    for link in [
        "https://example.com",
        "https://shop.example/item/17?id=1&colour=red#reviews",
        "https://news.example/2024/05/story.html?page=2&q=a%20b",
        "http://a.example:8080/x",
        "https://www.tiktok.com/@u/video/7000000000000000001",
        "https://www.amazon.co.uk/dp/B000000001",
        // Rules are asked about these.
        "https://www.amazon.co.uk/s?k=lamp",
        "https://shop.example/landing.html?ref=somebody&c=blue",
        "https://shop.example/email/settings?page=2",
        "mailto:a@b.example",
        "no link",
    ] {
        // The first time compiles what regexes are asked.
        assert_eq!(engine.clean(link, &options).url, link);
        let counted = measure(|| assert_eq!(engine.clean(link, &options).url.len(), link.len()));
        assert_eq!(counted.count_total, 0, "{link}");
    }
    let counted = measure(|| {
        assert!(
            !engine
                .clean("https://shop.example/?ttclid=1", &options)
                .removed
                .is_empty()
        )
    });
    assert!(counted.count_total > 0);
}

#[test]
fn requests_that_tell_nothing_allocate_nothing() {
    let engine = engine();
    let is_to_pixel = |url: &str| {
        let tracker = engine.trackers.find(Request::new(url, "", "", "").host());
        tracker.is_some_and(|tracker| tracker.purpose == "pixel")
    };
    let rows = requests();
    let urls: Vec<&str> = rows.iter().map(|row| field(row, "url")).collect();
    let others: Vec<&str> = urls
        .into_iter()
        .filter(|url| !is_to_pixel(url) && !url.contains('@'))
        .collect();
    assert!(others.len() > 400, "{}", others.len());
    for url in others {
        let counted = measure(|| assert!(engine.learned(url, b"").is_empty()));
        assert_eq!(counted.count_total, 0, "{url}");
    }
    let body = br#"{"event": "AddToCart", "context": {"pixel": {"code": "CWORLD77UABCDEFGHIJK"}}}"#;
    let facts = engine.learned("https://shop.example/collect", body);
    assert_eq!((facts[0].kind, &*facts[0].text), (FactKind::Event, "AddToCart"));
}
