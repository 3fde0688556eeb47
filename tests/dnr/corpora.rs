//! Real lists as rules: how many, how large, how much is refused. Skipped where the corpora folder is absent.

use detick::dnr::{self, Compiled, Settings};
use detick::list;
use std::path::PathBuf;

/// `$DETICK_SHARED/corpora`, else the one beside the repository.
fn corpora() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("DETICK_SHARED")
        .map_or_else(beside, PathBuf::from)
        .join("corpora");
    folder.is_dir().then_some(folder)
}

fn compile(name: &str) -> Option<Compiled> {
    let Some(folder) = corpora() else {
        println!("skipped: no corpora folder");
        return None;
    };
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let (list, complaints) = list::parse(name, &bytes);
    for complaint in complaints.iter().take(20) {
        println!("{complaint} {}", complaint.text);
    }
    let start = std::time::Instant::now();
    let compiled = dnr::compile(&[list], &Settings::default());
    println!(
        "{} unread, compiled in {:?}\n{}",
        complaints.len(),
        start.elapsed(),
        compiled.report
    );
    for (name, rules) in compiled.rulesets.all() {
        println!(
            "{name}: {} rules, {} bytes",
            rules.len(),
            serde_json::to_string(rules).unwrap().len()
        );
    }
    if let Ok(out) = std::env::var("DNR_OUT") {
        std::fs::write(out, serde_json::to_string(&compiled.rulesets.block).unwrap()).unwrap();
    }
    Some(compiled)
}

#[test]
fn easyprivacy() {
    let Some(compiled) = compile("easyprivacy.txt") else {
        return;
    };
    let bytes: usize = compiled
        .rulesets
        .all()
        .iter()
        .map(|(_, rules)| serde_json::to_string(rules).unwrap().len())
        .sum();
    assert!(compiled.report.rules < 8_898);
    assert!(bytes < 2 << 20);
    assert!(compiled.report.refused.len() <= 10);
}

#[test]
fn other_lists() {
    for name in [
        "easylist.txt",
        "ubo-privacy.txt",
        "ubo-filters.txt",
        "adguard-url-tracking.txt",
        "peterlowe-serverlist.txt",
    ] {
        compile(name);
    }
    let (list, _) = list::parse("links.txt", &std::fs::read("filters/links.txt").unwrap());
    let settings = Settings {
        layer: dnr::Layer::Ground,
        ..Settings::default()
    };
    let compiled = dnr::compile(&[list], &settings);
    println!("{}", compiled.report);
    if let Ok(out) = std::env::var("DNR_OUT") {
        std::fs::write(out, serde_json::to_string(&compiled.rulesets.links).unwrap()).unwrap();
    }
    for (name, rules) in compiled.rulesets.all() {
        println!(
            "{name}: {} rules, {} bytes",
            rules.len(),
            serde_json::to_string(rules).unwrap().len()
        );
    }
}
