//! What stopped reports would have told: the table `tests/payloads.json`, which the engine in the browser is held to as
//! well.

use detick::engine::{self, Engine};
use detick::payload;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    url: String,
    #[serde(default)]
    body: String,
    facts: Value,
}

#[test]
fn reports_are_read_as_the_table_says() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("payloads.json")).unwrap();
    let companies = include_str!("../filters/companies.txt");
    let engine = Engine::restore(&engine::image(&[], companies).unwrap()).unwrap();
    for row in rows {
        let facts = serde_json::to_value(engine.learned(&row.url, row.body.as_bytes())).unwrap();
        assert_eq!(facts, row.facts, "{}", row.name);
    }
}

/// Reports as the pixel really sent them, beside the repository.
#[test]
fn real_reports_say_what_is_in_them_and_nothing_else() {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("DETICK_SHARED").map_or_else(|| root.join("../shared"), std::path::PathBuf::from);
    let Ok(text) = std::fs::read_to_string(shared.join("cases/pixel-bodies.json")) else {
        return println!("skipped: no cases/pixel-bodies.json");
    };
    let companies = include_str!("../filters/companies.txt");
    let engine = Engine::restore(&engine::image(&[], companies).unwrap()).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&text).unwrap();
    // The first says what the others are.
    for row in &rows[1..] {
        let text = |key: &str| row[key].as_str().unwrap_or_default();
        let facts = serde_json::to_value(engine.learned(text("url"), text("body").as_bytes())).unwrap();
        let sorted = |facts: &Value| {
            let mut facts: Vec<String> = facts.as_array().unwrap().iter().map(Value::to_string).collect();
            facts.sort();
            facts
        };
        assert_eq!(sorted(&facts), sorted(&row["wanted"]), "{}", text("name"));
    }
}

/// What is taken for a report is stopped wherever it goes: of others, none is.
#[test]
fn reports_are_known_by_their_bodies_and_nothing_else_is() {
    #[derive(Deserialize)]
    struct Body {
        name: String,
        body: String,
        report: bool,
    }
    let rows: Vec<Body> = serde_json::from_str(include_str!("report-bodies.json")).unwrap();
    for Body { name, body, report } in rows {
        assert_eq!(payload::is_report(body.as_bytes()), report, "{name}");
    }
    assert!(!payload::is_report(b"\xff\xfe"));
}

/// Twice the report takes about twice as long, whatever is in it: texts in texts too.
#[test]
fn reading_takes_no_longer_than_the_report_is_long() {
    let companies = include_str!("../filters/companies.txt");
    let engine = Engine::restore(&engine::image(&[], companies).unwrap()).unwrap();
    let mut bodies = vec!["[".repeat(60_000), format!("{{\"a\":\"{}\"}}", "[".repeat(60_000))];
    bodies.push(format!("[{}1]", "\"[\",".repeat(14_000)));
    bodies.push(format!("{{\"form_details\":\"[{}1]\"}}", "{},".repeat(20_000)));
    bodies.push(format!("{{\"contents\":[{}1]}}", "{\"content_id\":7},".repeat(3_600)));
    bodies.push(format!("analytics_message={}", "W1tbW1tb".repeat(7_500)));
    let started = std::time::Instant::now();
    for body in &bodies {
        for _ in 0..20 {
            engine.learned("https://analytics.tiktok.com/api/v2/pixel", body.as_bytes());
        }
    }
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}
