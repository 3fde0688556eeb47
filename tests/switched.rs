//! `tests/switched.json`: lists that hold for some requests only, by the engine that the extension restores.

use detick::blocker::Decision;
use detick::engine::{self, Engine};
use detick::list::{self, List};
use detick::request::Request;
use detick::shipped::{self, When};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// The list that the others are tried beside, and those.
fn lists() -> impl Iterator<Item = &'static str> {
    let tried = shipped::LISTS
        .iter()
        .filter(|list| list.name == "tiktok.txt" || list.when == When::Switched);
    tried.map(|list| list.name)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Row {
    url: String,
    source_url: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    method: String,
    /// Those in force besides `tiktok`.
    lists: Vec<String>,
    verdict: String,
    /// The list whose line decides.
    by: Option<String>,
    why: String,
}

fn restored() -> Engine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("filters");
    let parse = |name| list::parse(name, &fs::read(folder.join(name)).expect("a list of the repository")).0;
    let lists: Vec<List> = lists().map(parse).collect();
    let image = engine::image(&lists, "").expect("no companies, no faults");
    Engine::restore(&image).expect("an image that was just made")
}

/// The bits of all lists that can be off, but for those in force.
fn off(engine: &Engine, in_force: &[String]) -> u32 {
    let switched = lists().skip(1);
    let off = switched.filter(|name| !in_force.iter().any(|other| name.strip_suffix(".txt") == Some(other)));
    off.map(|name| engine.blocker.list_bit(name)).sum()
}

#[test]
fn every_row_has_its_verdict_and_names_its_list() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("switched.json")).unwrap();
    let engine = restored();
    for row in rows {
        let mut request = Request::new(&row.url, &row.source_url, &row.kind, &row.method);
        request.lists_off = off(&engine, &row.lists);
        let verdict = engine.blocker.check(&request);
        let action = match verdict.map(|verdict| verdict.decision) {
            None => "none",
            Some(Decision::Block) => "block",
            Some(Decision::Allow) => "allow",
            Some(Decision::Redirect(_)) => "redirect",
        };
        let by = verdict.and_then(|verdict| verdict.list.strip_suffix(".txt"));
        assert_eq!(
            (action, by),
            (row.verdict.as_str(), row.by.as_deref()),
            "{}: {}",
            row.url,
            row.why
        );
        assert_eq!(
            engine.blocker.decide(&request).is_some(),
            verdict.is_some(),
            "{}: {}",
            row.url,
            row.why
        );
    }
}

#[test]
fn only_the_first_32_lists_have_a_bit() {
    let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
    let parse = |name: &String| list::parse(name, format!("||host{name}.example^").as_bytes()).0;
    let lists: Vec<List> = names.iter().map(parse).collect();
    let engine = Engine::restore(&engine::image(&lists, "").unwrap()).unwrap();
    for (index, name) in names.iter().enumerate() {
        let bit = engine.blocker.list_bit(name);
        assert_eq!(bit, if index < 32 { 1 << index } else { 0 }, "{name}");
        let mut request = Request::new(&format!("https://host{name}.example/"), "", "image", "");
        request.lists_off = bit;
        assert_eq!(engine.blocker.check(&request).is_some(), index >= 32, "{name}");
        request.lists_off = !bit;
        assert!(
            engine.blocker.check(&request).is_some(),
            "{name}: the others' bits are nothing to it"
        );
    }
    assert_eq!(engine.blocker.list_bit("none.txt"), 0);
}

/// What the extension has to name by hand: rulesets in its manifest, switched lists where it says when they are in
/// force.
#[test]
fn the_extension_names_every_list_that_ships() {
    let extension = Path::new(env!("CARGO_MANIFEST_DIR")).join("extension");
    let manifest = fs::read_to_string(extension.join("manifest.json")).unwrap();
    let circumstances = fs::read_to_string(extension.join("engine/circumstances.js")).unwrap();
    for list in shipped::LISTS {
        for (name, _) in list.rulesets {
            let entry = format!(r#""path": "rules/{name}.json""#);
            // Rules about the player are session rules: they are for tabs.
            assert_eq!(manifest.contains(&entry), *name != "player", "{name}");
        }
        let is_switched = circumstances.contains(&format!("'{}'", list.name));
        assert_eq!(is_switched, list.when == When::Switched, "{}", list.name);
    }
}
