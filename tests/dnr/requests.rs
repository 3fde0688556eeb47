//! tests/requests.json, decided by rules.

use super::browser::{self, Request};
use super::gaps;
use detick::dnr::{self, ResourceType, Rule, RuleAction, Settings};
use detick::list;

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    url: String,
    source_url: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    method: Option<String>,
    verdict: String,
}

fn rules() -> Vec<Rule> {
    let (list, complaints) = list::parse("tiktok.txt", &std::fs::read("filters/tiktok.txt").unwrap());
    assert_eq!(complaints, []);
    let compiled = dnr::compile(&[list], &Settings::default());
    assert_eq!(compiled.report.refused, [], "our own list must be sayable in full");
    let sets = compiled.rulesets;
    [sets.block, sets.surrogates, sets.data_surrogates].concat()
}

#[test]
fn rules_decide_the_table_of_requests() {
    let rules = rules();
    let table: Vec<Row> = serde_json::from_str(&std::fs::read_to_string("tests/requests.json").unwrap()).unwrap();
    let mut found = Vec::new();
    for row in &table {
        let verdict = decide(&rules, row);
        // Rules do not say whether an allowed request would have been blocked.
        let same = verdict == row.verdict
            || (verdict == "none" && row.verdict == "allow")
            || (verdict == "allow" && row.verdict == "none");
        if !same {
            found.push((
                format!("{} {} {}", row.kind, row.url, row.source_url),
                format!("rules: {verdict}"),
            ));
        }
    }
    gaps::check("requests", &found);
}

fn decide(rules: &[Rule], row: &Row) -> &'static str {
    let Ok(url) = url::Url::parse(&row.url) else {
        return "none";
    };
    if url.host().is_none() {
        return "none";
    }
    let source = url::Url::parse(&row.source_url).ok();
    let request = Request {
        url: url.as_str(),
        initiator: source.as_ref().and_then(url::Url::host_str).unwrap_or_default(),
        kind: kind(&row.kind, url.scheme()),
        method: &row.method.as_deref().unwrap_or("get").to_ascii_lowercase(),
    };
    match browser::winner(rules, &request).map(|rule| &rule.action) {
        Some(RuleAction::Block) => "block",
        Some(RuleAction::Allow | RuleAction::AllowAllRequests) => "allow",
        Some(RuleAction::Redirect { .. }) => "redirect",
        _ => "none",
    }
}

/// The type that Chromium would give the request.
fn kind(name: &str, scheme: &str) -> ResourceType {
    let name = match name {
        _ if scheme.starts_with("ws") => "websocket",
        "beacon" => "ping",
        "imageset" => "image",
        other => other,
    };
    serde_json::from_value(name.into()).unwrap_or(ResourceType::Other)
}
