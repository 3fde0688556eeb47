//! `tests/requests.json`: every row, by the engine that the built-in list makes and by the one restored from its image.

use detick::blocker::Decision;
use detick::engine::{self, Engine};
use detick::list;
use detick::request::Request;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Row {
    url: String,
    source_url: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    method: String,
    verdict: String,
    company: Option<String>,
    why: String,
}

#[test]
fn every_row_has_its_verdict() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("requests.json")).unwrap();
    let (list, complaints) = list::parse("tiktok.txt", include_bytes!("../filters/tiktok.txt"));
    assert_eq!(complaints, []);
    let image = engine::image(&[list], include_str!("../filters/companies.txt")).unwrap();
    let engine = Engine::restore(&image).unwrap();
    let wrong: Vec<String> = rows.iter().filter_map(|row| difference(&engine, row)).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} rows:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

fn difference(engine: &Engine, row: &Row) -> Option<String> {
    let request = Request::new(&row.url, &row.source_url, &row.kind, &row.method);
    let verdict = engine.blocker.check(&request);
    let action = match verdict.map(|verdict| verdict.decision) {
        None => "none",
        Some(Decision::Block) => "block",
        Some(Decision::Allow) => "allow",
        Some(Decision::Redirect(_)) => "redirect",
    };
    let company = engine.trackers.find(request.host()).map(|tracker| tracker.company);
    let company_differs = row.company.is_some() && company != row.company.as_deref();
    (action != row.verdict || company_differs).then(|| {
        let by = verdict.map_or("no line", |verdict| verdict.filter);
        format!(
            "{} from {} ({}): {action} by {by}, {company:?}; expected {}, {:?}: {}",
            row.url, row.source_url, row.kind, row.verdict, row.company, row.why
        )
    })
}
