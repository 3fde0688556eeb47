use super::*;

const DIALECTS: [&str; 4] = ["chromium.har", "firefox.har", "charles.har", "mitmproxy.har"];

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("tests/recordings/{name}")).unwrap()
}

/// What is read of a recording that comes in pieces of a size.
fn read_in(bytes: &[u8], size: usize) -> Vec<Item> {
    let mut items = Vec::new();
    let mut reader = Reader::default();
    for piece in bytes.chunks(size) {
        reader.push(piece, &mut |item| items.push(item));
    }
    reader.end(&mut |item| items.push(item));
    items
}

fn read(bytes: &[u8]) -> Vec<Item> {
    read_in(bytes, usize::MAX)
}

fn records(items: Vec<Item>) -> Vec<Record> {
    let those = items.into_iter().filter_map(|item| match item {
        Item::Record(record) => Some(*record),
        _ => None,
    });
    those.collect()
}

fn flaws(bytes: &[u8]) -> Vec<String> {
    let those = read(bytes).into_iter().filter_map(|item| match item {
        Item::Flaw(flaw) => Some(flaw.to_string()),
        _ => None,
    });
    those.collect()
}

#[test]
fn every_dialect_tells_the_same_requests() {
    let plain = |name| {
        let all = records(read(&fixture(name)))
            .into_iter()
            .filter(|record| !record.is_stopped);
        let alike = all.map(|record| Record {
            page: String::new(),
            ..record
        });
        alike.collect::<Vec<_>>()
    };
    let chromium = plain("chromium.har");
    assert_eq!(chromium.len(), 7);
    let report = &chromium[3];
    assert_eq!(
        (report.kind, report.method.as_str(), report.body.len()),
        ("ping", "POST", 666)
    );
    assert_eq!(report.sent, [("ttwid".to_owned(), "madeupttwid".to_owned())]);
    assert_eq!(report.set[0].0, "_ttp");
    assert_eq!(
        report.time.map(time::write).as_deref(),
        Some("2026-11-28T14:09:22.420Z")
    );
    assert_eq!(report.source_url, "https://shop.example/");
    assert_eq!(
        chromium.iter().map(|record| record.kind).collect::<Vec<_>>(),
        [
            "main_frame",
            "stylesheet",
            "script",
            "ping",
            "xmlhttprequest",
            "sub_frame",
            "image"
        ]
    );
    for name in DIALECTS {
        assert_eq!(plain(name), chromium, "{name}");
        assert_eq!(flaws(&fixture(name)), [""; 0], "{name}");
    }
    for name in &DIALECTS[..2] {
        let stopped = records(read(&fixture(name)))
            .into_iter()
            .filter(|record| record.is_stopped);
        assert_eq!(
            stopped.map(|record| (record.url, record.sent)).collect::<Vec<_>>(),
            [("https://analytics.tiktok.com/api/v2/pixel/act".to_owned(), Vec::new())],
            "{name}"
        );
    }
}

#[test]
fn what_never_left_is_told_from_what_nobody_answered() {
    let is_stopped = |size: &str, response: &str, timings: &str| {
        let har = format!(
            r#"{{"log":{{"entries":[{{"request":{{"url":"https://a.example/","headersSize":{size}}},"response":{response},"timings":{timings}}}]}}}}"#
        );
        records(read(har.as_bytes())).remove(0).is_stopped
    };
    let (unanswered, answered) = (r#"{"status":0}"#, r#"{"status":200}"#);
    let times = r#"{"send":0,"wait":59,"receive":20}"#;
    for (size, response, timings, expected) in [
        // Firefox's: stopped by an extension, on its way, failed, from its cache.
        ("0", unanswered, "{}", true),
        ("450", unanswered, "{}", false),
        ("363", unanswered, times, false),
        ("0", answered, "{}", false),
        // Chromium's: stopped by an extension, by the page's policy, on its way, failed, answered for nobody.
        (
            "-1",
            r#"{"status":0,"_error":"net::ERR_BLOCKED_BY_CLIENT"}"#,
            times,
            true,
        ),
        ("-1", r#"{"status":0,"_error":""}"#, times, true),
        ("-1", r#"{"status":0,"_error":null}"#, times, false),
        (
            "-1",
            r#"{"status":0,"_error":"net::ERR_TUNNEL_CONNECTION_FAILED"}"#,
            times,
            false,
        ),
        ("-1", r#"{"status":200,"_error":""}"#, times, false),
        // A proxy's failure, and what nobody writes.
        ("0", unanswered, times, false),
        (r#""0""#, unanswered, "{}", false),
        ("0.0", r#"{"status":-1}"#, "[[{}]]", false),
        ("true", r#"{"status":null}"#, "null", false),
    ] {
        assert_eq!(
            is_stopped(size, response, timings),
            expected,
            "{size} {response} {timings}"
        );
    }
}

#[test]
fn pages_and_programs_are_named() {
    let items = read(&fixture("firefox.har"));
    let firefox = || Tool {
        name: "Firefox".to_owned(),
        version: "153.8.0".to_owned(),
    };
    assert_eq!(items[..2], [Item::Tool(firefox()), Item::Tool(firefox())]);
    let address = "https://shop.example/cart?ttclid=E.C.P.madeupclick";
    assert!(matches!(&items[2], Item::Page(page) if page.id == "page_1" && page.title == address));
}

#[test]
fn pieces_of_any_size_are_the_same_recording() {
    for name in [&DIALECTS[..], &["log.jsonl"]].concat() {
        let bytes = fixture(name);
        let whole = read(&bytes);
        for size in [1, 2, 7, 4096] {
            assert_eq!(read_in(&bytes, size), whole, "{name} in pieces of {size}");
        }
        let marked = [BOM, b"\r\n ", &bytes].concat();
        assert_eq!(records(read_in(&marked, 1)), records(whole), "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_the_rest_goes_on() {
    let good = r#"{"request":{"url":"https://a.example/"}}"#;
    let rows: &[(&str, &str)] = &[
        ("{}", "entry 1: missing field `request`"),
        ("[]", "entry 1: expected an object"),
        ("null", "entry 1: it ends here and is no object"),
        (r#""text""#, "entry 1: it ends here and is no object"),
        (r#"{"request":{"url":7}}"#, "entry 1: expected a text"),
        (
            r#"{"request":{"url":" "}}"#,
            "entry 1: its address is empty, or too long to be one",
        ),
        (r#"{"request":{"url":"x"},}"#, "entry 1: trailing comma"),
        (r#"{"request":{"url" "x"}}"#, "entry 1: expected `:`"),
        (r#"{"request":{"url":"x"}}}"#, "`}` closes nothing"),
        (
            r#"{"request":{"url":"secret","url":"secret"}}"#,
            "entry 1: duplicate field `url`",
        ),
        (r#"{"request":"secret"}"#, "entry 1: expected an object"),
    ];
    for (bad, expected) in rows {
        let har = format!("{{\"log\":{{\n \"entries\":[{bad},\n{good}]}}}}");
        let told = flaws(har.as_bytes());
        assert!(told.len() == 1 && told[0].contains(expected), "{bad}: {told:?}");
        assert!(
            told[0].starts_with("2:") && !told[0].contains("secret"),
            "{bad}: {told:?}"
        );
        assert_eq!(
            records(read(har.as_bytes())).last().map(|record| record.url.as_str()),
            Some("https://a.example/")
        );
    }
}

#[test]
fn what_is_no_recording_is_told() {
    let rows: &[(&[u8], &str)] = &[
        (b"", "1:1: nothing is in it"),
        (b" \n\xef", "1:1: it is neither HAR"),
        (b"\n\n", "1:1: nothing but blanks is in it"),
        (b"\xff\xfe{\0", "1:1: it is UTF-16; save it as UTF-8"),
        (b"<html>", "1:1: it is neither HAR"),
        (b"[1]", "1:1: it is neither HAR"),
        (
            br#"{"log":{}}"#,
            "1:11: there is no list `log.entries`, so this is no HAR",
        ),
        (
            br#"{"log":{"entries":{}}}"#,
            "1:23: there is no list `log.entries`, so this is no HAR",
        ),
        (br#"{"log":{"entries":["#, "1:20: the file ends in the middle"),
        (br#"{"log":{"entries":[{"request":"#, "1:20: entry 1: it never ends"),
        (br#"{"log":{"entries":[{"a":"x}]}}"#, "1:20: entry 1: it never ends"),
    ];
    for (bytes, expected) in rows {
        let told = flaws(bytes);
        assert!(
            told[0].starts_with(expected),
            "{}: {told:?}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn a_recording_that_is_cut_anywhere_tells_so() {
    let bytes = fixture("charles.har");
    for end in 0..bytes.len() {
        let cut = read(&bytes[..end]);
        assert!(cut.iter().any(|item| matches!(item, Item::Flaw(_))), "cut at {end}");
        assert!(cut.len() <= 9, "cut at {end}");
    }
}

#[test]
fn bytes_that_are_no_text_cost_no_request() {
    let har = b"{\"log\":{\"entries\":[{\"request\":{\"url\":\"https://a.example/\\ud83d\xff\"}}]}}";
    let url = "https://a.example/���\u{fffd}";
    let read = records(read(har));
    assert_eq!(
        read[0].url.chars().filter(|&letter| letter == '\u{fffd}').count(),
        4,
        "{url} {read:?}"
    );
    assert!(flaws(har)[0].contains("entry 1: it is not valid UTF-8"));
}

#[test]
fn hostile_recordings_end_in_complaints() {
    let around = |entry: &str| format!("{{\"log\":{{\"entries\":[{entry}]}}}}");
    let deep = around(&format!("{{\"a\":{}{}}}", "[".repeat(1 << 20), "]".repeat(1 << 20)));
    assert!(flaws(deep.as_bytes())[0].contains("missing field `request`"));
    assert!(flaws("[".repeat(1 << 20).as_bytes())[0].contains("neither"));
    let open = format!("{{\"log\":{}", "[".repeat(1 << 20));
    assert_eq!(flaws(open.as_bytes()).len(), 2);
    // A text that is too long is not kept; the entry is.
    let long = "\\u0041".repeat(MAX_TEXT / 6 + 1);
    let entry = |url: &str| format!(r#"{{"request":{{"url":"{url}","postData":{{"text":"{long}"}}}},"x":"{long}"}}"#);
    let read = records(read_in(around(&entry("https://a.example/")).as_bytes(), 1000));
    assert!(read.len() == 1 && read[0].body.is_empty());
    assert!(flaws(around(&entry(&long)).as_bytes())[0].contains("too long to be one"));
    let many = format!("{{\"request\":{{}},{}}}", "\"k\":0,".repeat(MAX_ENTRY / 6 + 1));
    assert!(flaws(around(&many).as_bytes())[0].ends_with("entry 1: it is longer than 8388608 bytes"));
    let line = format!(
        "{{\"url\":\"{}\"}}\n{{\"url\":\"https://a.example/\"}}",
        "x".repeat(MAX_ENTRY)
    );
    assert_eq!(
        (flaws(line.as_bytes()).len(), records(self::read(line.as_bytes())).len()),
        (1, 1)
    );
}

#[test]
fn json_lines_are_those_of_the_log_and_of_a_batch() {
    let log = records(read(&fixture("log.jsonl")));
    assert_eq!((log.len(), log[7].is_stopped, log[7].kind), (8, true, "ping"));
    assert_eq!((log[0].page.as_str(), log[0].site.as_str()), ("tab_4", "shop.example"));
    let batch = b"{\"url\":\"https://a.example/\",\"sourceUrl\":\"https://b.example/\",\"type\":\"script\"}\n\n{\"url\":1}\n{}\nx";
    assert_eq!(records(read(batch))[0].source_url, "https://b.example/");
    assert_eq!(
        flaws(batch),
        [
            "3:8: expected a text",
            "4:2: missing field `url`",
            "5:1: expected value"
        ]
    );
}

#[test]
fn bodies_are_read_in_every_form() {
    let body = |data: &str| {
        let har =
            format!(r#"{{"log":{{"entries":[{{"request":{{"url":"https://a.example/","postData":{data}}}}}]}}}}"#);
        String::from_utf8(records(read(har.as_bytes())).remove(0).body).unwrap()
    };
    assert_eq!(body("null"), "");
    assert_eq!(body(r#"{"text":"a=1"}"#), "a=1");
    assert_eq!(body(r#"{"text":"YT0x","encoding":"base64"}"#), "a=1");
    assert_eq!(
        body(r#"{"params":[{"name":"a","value":"1+&2%"},{"name":"b"}]}"#),
        "a=1%2B%262%25&b="
    );
    assert_eq!(body(r#"{"mimeType":"","params":[],"text":"Ã¼"}"#), "Ã¼");
}

#[test]
fn requests_that_name_no_page_are_of_the_one_that_was_open() {
    let pages = |pages: &str, entries: &str| {
        let har = format!(r#"{{"log":{{"pages":[{pages}],"entries":[{entries}]}}}}"#);
        let all = records(read(har.as_bytes())).into_iter().map(|record| record.page);
        all.collect::<Vec<_>>().join(" ")
    };
    let page = |id: &str, second: u32| format!(r#"{{"id":"{id}","startedDateTime":"2026-11-28T14:09:{second:02}Z"}}"#);
    let entry = |others: &str| format!(r#"{{"request":{{"url":"https://a.example/"}}{others}}}"#);
    let at = |second: u32| entry(&format!(r#","startedDateTime":"2026-11-28T14:09:{second:02}.5Z""#));
    let two = [page("one", 10), page("two", 20)].join(",");
    assert_eq!(
        pages(&two, &[at(9), at(10), at(19), at(20), at(59)].join(",")),
        "one one one two two"
    );
    assert_eq!(pages(&two, &entry("")), "one");
    assert_eq!(pages(&two, &entry(r#","pageref":"other""#)), "other");
    assert_eq!(pages(r#"{"id":"timeless"}"#, &entry("")), "timeless");
    assert_eq!(pages("", &at(1)), "");
    assert_eq!(pages(&page(&"x".repeat(1000), 1), &at(2)), "");
    let many: Vec<_> = (0..60)
        .flat_map(|second| [page("p", second), page("q", second)])
        .collect();
    assert_eq!(pages(&many.join(","), &[at(59), at(0)].join(",")), "q p");
}

#[test]
fn cookies_are_as_they_were_sent_and_set() {
    let har = |headers: &str| {
        let har = format!(
            r#"{{"log":{{"entries":[{{"request":{{"url":"https://a.example/","headers":[{headers}],"cookies":[{{"name":"ttwid","value":"1|a"}}]}},"response":{{"headers":[{}],"cookies":[{{"name":"ttwid","value":"1|a"}}]}}}}]}}}}"#,
            headers.replace("Cookie", "set-cookie")
        );
        let record = records(read(har.as_bytes())).remove(0);
        (record.sent, record.set)
    };
    let cookie = |value: &str| vec![("ttwid".to_owned(), value.to_owned())];
    // Firefox decodes what it lists; Chromium may leave headers out, or both.
    let header = r#"{"name":"Cookie","value":"ttwid=1%7Ca"}"#;
    assert_eq!(har(header), (cookie("1%7Ca"), cookie("1%7Ca")));
    assert_eq!(har(""), (cookie("1|a"), cookie("1|a")));
}

#[test]
fn what_is_packed_has_its_bytes() {
    // As both browsers write the bytes 1f 8b 08 00 ff fe 00 01 0a.
    let data = r#"{"mimeType":"","text":"\u001f\u008b\b\u0000ÿþ\u0000\u0001\n"}"#;
    let har = format!(r#"{{"log":{{"entries":[{{"request":{{"url":"https://a.example/","postData":{data}}}}}]}}}}"#);
    assert_eq!(
        records(read(har.as_bytes())).remove(0).body,
        b"\x1f\x8b\x08\0\xff\xfe\0\x01\n"
    );
    let half = har.replace('þ', "\u{fffd}");
    assert!(
        records(read(half.as_bytes()))
            .remove(0)
            .body
            .starts_with(b"\x1f\xc2\x8b")
    );
}

#[test]
fn kinds_are_told_by_what_asked_not_by_what_was_answered() {
    let kind = |headers: &str, others: &str| {
        let har = format!(
            r#"{{"log":{{"entries":[{{"request":{{"url":"https://a.example/","headers":[{headers}]}},"response":{{"content":{{"mimeType":"text/html; charset=utf-8"}}}}{others}}}]}}}}"#
        );
        records(read(har.as_bytes())).remove(0).kind
    };
    let empty = r#"{"name":"Sec-Fetch-Dest","value":"empty"}"#;
    let asked = format!(r#"{{"name":"Access-Control-Request-Method","value":"POST"}},{empty}"#);
    for (headers, others, expected) in [
        ("", "", "document"),
        (empty, "", "xmlhttprequest"),
        (&asked, "", "other"),
        (&asked, r#","_resourceType":"preflight""#, "other"),
        (empty, r#","_resourceType":"ping""#, "ping"),
        (empty, r#","_resourceType":"eventsource""#, "xmlhttprequest"),
        (
            r#"{"name":"Sec-Fetch-Dest","value":"iframe"}"#,
            r#","_resourceType":"document""#,
            "sub_frame",
        ),
    ] {
        assert_eq!(kind(headers, others), expected, "{headers} {others}");
    }
}

#[test]
fn our_own_har_is_read_at_once_as_in_pieces() {
    let har = String::from_utf8(fixture("log.har")).unwrap();
    let mut items = Vec::new();
    read_own(&har, &mut |item| items.push(item)).unwrap();
    assert_eq!(items, read(har.as_bytes()));
    let rulings = records(items).into_iter().filter(|record| record.ruling.is_some());
    assert_eq!(rulings.count(), 5);
    for none in ["", "[]", "{}", r#"{"log":{"entries":[{}]}}"#, "{\"log\":{"] {
        assert_eq!(read_own(none, &mut |_| {}), None, "{none}");
    }
}

proptest::proptest! {
    #[test]
    fn any_own_har_is_survived(text in r#"[\[\]{}:,"\\nulrest0-9 \PC]{0,80}"#) {
        read_own(&text, &mut |_| {});
        read_own(&format!("{{\"log\":{{\"pages\":[{{\"_detick\":{text}}}]}}}}"), &mut |_| {});
    }

    #[test]
    fn anything_is_survived(text in r#"[\[\]{}:,"\\nulrest0-9 \PC]{0,80}"#, size in 1..9_usize) {
        let har = format!("{{\"log\":{{\"entries\":[{text}");
        read_in(har.as_bytes(), size);
        read_in(text.as_bytes(), size);
    }
}
