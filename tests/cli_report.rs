//! `detick report`, run as people run it.

mod packed;

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Output};

use detick::engine::Engine;
use detick::report::{About, Values, engine_answers, saved};

use crate::command::{self, text};

/// As long as an entry of the memory test, most of it an answer.
const ANSWER: usize = 1 << 20;

fn start(args: &[&str]) -> Child {
    command::start(&[&["report"], args].concat())
}

fn run(args: &[&str], input: &[u8]) -> Output {
    command::run(&[&["report"], args].concat(), input)
}

fn fixture(name: &str) -> String {
    format!("tests/recordings/{name}")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The extension's, which stands nowhere else.
fn version() -> String {
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("extension/manifest.json").unwrap()).unwrap();
    manifest["version"].as_str().unwrap().to_owned()
}

#[test]
fn a_report_is_told_in_words_json_or_html() {
    let file = fixture("chromium.har");
    let words = run(&[&file], b"");
    assert_eq!((words.status.code(), text(&words.stderr).as_str()), (Some(0), ""));
    let words = text(&words.stdout);
    for expected in [
        &*format!("Detick {}: report of 2026-09-21T14:13:20.000Z\n", version()),
        "chromium.har: 8 requests, recorded by WebInspector 537.36\n",
        "\nshop.example: 8 requests, from 2026-11-28T14:09:22.000Z\n",
        "\n  TikTok: 5 requests, 1 of them stopped, ",
        "\n    pixel CMADEUP0000000000000\n",
        "\n    event AddToCart (2, 1 of them stopped)\n",
        "\n    told a hash of personal data (email), 2 times, 1 of them stopped\n",
        "\n    embeds loaded by the page: 1 frame in 2 requests, from +0.7 s\n",
        "\n  identifier _ttp (cookie, joins this visit to the person elsewhere) at shop.example, sent 2 times\n",
        "\n  tracked link: ",
        "\nValues are hidden; --show-values tells them.\n",
    ] {
        assert!(words.contains(expected), "{expected} in:\n{words}");
    }
    let report = json(&run(&["--json", &file], b""));
    assert_eq!(report["pages"][0]["companies"][0]["name"], "TikTok");
    assert_eq!(report["found"]["personalData"], true);
    let html = text(&run(&["--html", &file], b"").stdout);
    assert!(html.starts_with("<!doctype html>") && html.contains("<h2 id=\"page0\">shop.example</h2>"));
}

#[test]
fn flaws_are_told_up_to_a_number() {
    let entries = vec!["{}"; 150].join(",");
    let output = run(&[], format!("{{\"log\":{{\"entries\":[{entries}]}}}}").as_bytes());
    let errors = text(&output.stderr);
    assert_eq!(errors.lines().count(), 101);
    assert!(
        errors.ends_with("standard input: 50 more places could not be read\n"),
        "{errors}"
    );
    assert!(text(&output.stdout).contains("standard input: 0 requests; 150 places could not be read"));
}

#[test]
fn ci_is_told_by_the_exit_code() {
    let shop = fixture("chromium.har");
    let clean = br#"{"url":"https://a.example/x.js","sourceUrl":"https://a.example/","type":"script"}"#;
    let pixel =
        br#"{"url":"https://analytics.tiktok.com/api/v2/pixel","sourceUrl":"https://a.example/","type":"ping"}"#;
    let code = |args: &[&str], input: &[u8]| run(args, input).status.code();
    for what in ["tracker", "pixel", "personal-data", "tracker,pixel"] {
        assert_eq!(code(&["--fail-on", what, &shop], b""), Some(3), "{what}");
        assert_eq!(code(&["--fail-on", what], clean), Some(0), "{what}");
    }
    assert_eq!(code(&["--fail-on", "pixel"], pixel), Some(3));
    assert_eq!(code(&["--fail-on", "personal-data"], pixel), Some(0));
    assert_eq!(code(&[], pixel), Some(0));
    assert_eq!(code(&["--fail-on", "anything"], pixel), Some(2));
    // Other lists stop other requests.
    let list = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("report-list.txt");
    fs::write(&list, "||a.example^\n").unwrap();
    let list = list.to_string_lossy().into_owned();
    assert_eq!(code(&["--fail-on", "tracker", "--list", &list], clean), Some(3));
    assert_eq!(code(&["--fail-on", "tracker", "--list", &list], pixel), Some(0));
}

/// Every text of a recording that is somebody's: addresses beyond their hosts, headers, cookies, parameters, bodies.
fn values_of(value: &serde_json::Value, values: &mut Vec<String>) {
    match value {
        // A header's name is nobody's, nor is the day.
        serde_json::Value::Object(members) if members.contains_key("name") && members.contains_key("value") => {
            let is_day = members["name"]
                .as_str()
                .is_some_and(|name| name.eq_ignore_ascii_case("date"));
            let value = if is_day {
                &serde_json::Value::Null
            } else {
                &members["value"]
            };
            values_of(value, values);
        }
        serde_json::Value::Object(members) => members.values().for_each(|value| values_of(value, values)),
        serde_json::Value::Array(items) => items.iter().for_each(|value| values_of(value, values)),
        serde_json::Value::Number(number) => values.push(number.to_string()),
        serde_json::Value::String(text) => {
            if let Ok(inner) = serde_json::from_str::<serde_json::Value>(text) {
                values_of(&inner, values);
            }
            values.extend(text.split(['/', '?', '&', '=', ';', ' ', ':']).map(str::to_owned));
            values.push(text.clone());
        }
        _ => {}
    }
}

/// What is told on purpose: the pixel's number and own names of events, programs, names of known identifiers.
const TOLD: [&str; 7] = [
    "CMADEUP0000000000000",
    "AddToCart",
    "WebInspector",
    "Firefox",
    "_ttp",
    "ttclid",
    "ttwid",
];

/// Values that are words of the report's own too.
const WORDS: &[&str] = &[
    "event",
    "script",
    "image",
    "other",
    "document",
    "stylesheet",
    "font",
    "frame",
    "ping",
    "text",
    "html",
    "none",
    "origin",
    "style",
    "track",
    "High",
    "true",
    "page",
    "product",
    "value",
    "external",
    "embed",
    "cart",
    "plain",
    "pixel",
    "charset",
    "http",
    "utf-8",
];

/// What of a recording may be somebody's, in pieces.
fn private_values(name: &str) -> Vec<String> {
    let recording: serde_json::Value = serde_json::from_slice(&fs::read(fixture(name)).unwrap()).unwrap();
    let mut values = vec!["Secret basket of Ann".to_owned(), "basket".to_owned()];
    for entry in recording["log"]["entries"].as_array().unwrap() {
        values_of(&entry["request"], &mut values);
        values_of(&entry["response"]["headers"], &mut values);
        values_of(&entry["response"]["cookies"], &mut values);
    }
    // Hosts and times are told too.
    let is_told = |value: &str| {
        value.contains(".example")
            || value.contains("tiktok")
            || value.contains("2026-11-28T14")
            || value.ends_with(".000Z")
    };
    values.retain(|value| value.len() >= 4 && !is_told(value));
    values.retain(|value| !TOLD.contains(&value.as_str()) && !WORDS.contains(&value.as_str()));
    values
}

#[test]
fn no_value_of_a_recording_is_repeated_unless_asked_for() {
    for name in ["chromium.har", "firefox.har"] {
        let values = private_values(name);
        assert!(values.iter().any(|value| value == "E.C.P.madeupclick") && values.len() > 60);
        let file = fixture(name);
        for args in [&["--json"][..], &["--html"], &[], &["--redact"]] {
            let output = run(&[args, &[&file]].concat(), b"");
            let printed = text(&output.stdout) + &text(&output.stderr);
            // Filters are the project's own.
            let is_own = |line: &&str| line.contains("filter") || line.contains(" by ");
            let printed: String = printed.lines().filter(|line| !is_own(line)).collect();
            for value in &values {
                assert!(!printed.contains(value.as_str()), "{value} in {name} by {args:?}");
            }
        }
        let shown = text(&run(&["--show-values", &file], b"").stdout);
        for value in [
            "E.C.P.madeupclick",
            "Madeup running shoes",
            "Quiz patient yes",
            "https://shop.example/cart",
        ] {
            assert!(shown.contains(value), "{value}: {shown}");
        }
        // Of personal data the reader of reports never gives the data.
        assert!(!shown.contains("customer-4711") && !shown.contains(&"1f".repeat(32)));
    }
    assert_eq!(run(&["--redact", "--show-values"], b"").status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_recording() {
    let entry = |number: usize| {
        format!(
            r#"{}{{"pageref":"p{number}","request":{{"method":"POST","url":"https://analytics.tiktok.com/api/v2/pixel?n={number}","postData":{{"text":"{{\"event\":\"e{number}\"}}"}}}},"response":{{"content":{{"text":"{}"}}}}}}"#,
            if number == 0 { "" } else { "," },
            "x\\n".repeat(ANSWER / 3)
        )
    };
    let mut child = start(&["--json"]);
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"log\":{\"entries\":[").unwrap();
    let mut peaks = Vec::new();
    for number in 0..300 {
        stdin.write_all(entry(number).as_bytes()).unwrap();
        if matches!(number, 20 | 299) {
            let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
            let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
            peaks.push(peak.trim().trim_end_matches(" kB").parse::<usize>().unwrap());
        }
    }
    stdin.write_all(b"]}}").unwrap();
    drop(stdin);
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(printed.contains("\"requests\": 300"));
    println!("peaks of {peaks:?} kB for 20 and 300 MB");
    assert!(peaks[1] < peaks[0] + 4096 && peaks[1] < 64 << 10, "{peaks:?} kB");
}

/// A report without what goes with the lists and Detick's version: where lines stand, and how they read.
fn without_lines(mut report: serde_json::Value) -> serde_json::Value {
    let members = report.as_object_mut().unwrap();
    members.retain(|name, _| name != "version" && name != "lists");
    for page in report["pages"].as_array_mut().unwrap() {
        for company in page["companies"].as_array_mut().unwrap() {
            company.as_object_mut().unwrap().remove("lines");
        }
        for link in page["links"].as_array_mut().unwrap() {
            link.as_object_mut().unwrap().remove("line");
        }
    }
    report
}

#[test]
fn the_example_in_the_documents_is_what_is_reported() {
    let har = "docs/report/demo.har";
    for (args, name) in [(&["--json"][..], "demo"), (&["--json", "--show-values"], "demo-values")] {
        let file = format!("docs/report/{name}.json");
        let documented = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let printed = json(&run(&[args, &[har]].concat(), b""));
        let command = format!(
            "SOURCE_DATE_EPOCH=1790000000 detick report {} {har} > {file}",
            args.join(" ")
        );
        assert_eq!(
            without_lines(printed),
            without_lines(documented),
            "if that is right: {command}"
        );
    }
    let words = text(&run(&[har], b"").stdout);
    let documents = fs::read_to_string("docs/report.md").unwrap();
    let shown = documents.lines().filter_map(|line| line.strip_prefix("    "));
    let shown = shown.skip_while(|line| !line.starts_with("$ detick report")).skip(1);
    let of_lists = |line: &&str| {
        !["Detick ", "Lists: ", "block by", "redirect by", "tracked link"]
            .iter()
            .any(|start| line.trim_start().starts_with(start))
    };
    let printed: Vec<&str> = words.lines().filter(|line| !line.is_empty()).filter(of_lists).collect();
    assert_eq!(shown.filter(of_lists).collect::<Vec<_>>(), printed);
}

/// The data that ships: all lists of the extension.
fn shipped_image() -> Vec<u8> {
    let lists = detick::shipped::LISTS.map(|list| {
        let text = fs::read(format!("filters/{}", list.name)).unwrap();
        detick::list::parse(list.name, &text).0
    });
    detick::engine::image(&lists, detick::shipped::COMPANIES).unwrap()
}

#[test]
fn a_saved_report_is_what_is_reported_of_the_same_recording() {
    let image = shipped_image();
    let engine = Engine::restore(&image).unwrap();
    let answers = || engine_answers(&engine, &saved::unasked());
    let file = fixture("log.har");
    let har = fs::read_to_string(&file).unwrap();
    for (values, args) in [(Values::Hidden, &[][..]), (Values::Shown, &["--show-values"])] {
        let about = About {
            made: 1_790_000_000_000,
            version: version(),
            values,
            ..About::default()
        };
        let saved = saved::report(answers(), &image, &file, &har, about).unwrap();
        for (form, arg) in [(saved.to_json(), "--json"), (saved.to_html(), "--html")] {
            let printed = run(&[args, &[arg, &file]].concat(), b"");
            assert_eq!(form, text(&printed.stdout), "{arg}");
        }
    }
    for (image, har) in [(&image[..image.len() / 2], har.as_str()), (&image[..], "{}")] {
        assert!(saved::report(answers(), image, "", har, About::default()).is_err());
    }
}
