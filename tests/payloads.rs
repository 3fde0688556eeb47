#![allow(clippy::unwrap_used, reason = "tests")]
//! What stopped reports would have told: the table `tests/payloads.json`, which the engine in the browser is held to as
//! well.

use detick::engine::{self, Engine};
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
