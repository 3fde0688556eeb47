//! Detick's own lists against the tables of links: `tests/links.json`, and the corpora's hard cases where they are.

use detick::cleaner::{Cleaner, Options, Tiers};
use detick::list::{self, List};
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    link: String,
    clean: String,
    #[serde(default)]
    tier: Tier,
    #[serde(default)]
    #[expect(dead_code, reason = "for readers of the table")]
    why: String,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tier {
    Navigation,
    #[default]
    Share,
    Referral,
}

impl Tier {
    fn tiers(self) -> Tiers {
        match self {
            Tier::Navigation => Tiers::NAVIGATION,
            Tier::Share => Tiers::NAVIGATION | Tiers::SHARE,
            Tier::Referral => Tiers::all(),
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> Vec<List> {
    let read = |name: &str| {
        let bytes = std::fs::read(root().join("filters").join(name)).unwrap();
        let (list, complaints) = list::parse(name, &bytes);
        assert!(complaints.is_empty(), "{name}: {complaints:?}");
        list
    };
    ["links.txt", "share.txt", "referral.txt"].map(read).into()
}

fn shared() -> Option<PathBuf> {
    let shared = std::env::var_os("DETICK_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    Some(shared).filter(|folder| folder.is_dir())
}

fn corpora() -> Option<PathBuf> {
    Some(shared()?.join("corpora")).filter(|folder| folder.is_dir())
}

fn check(cleaner: &Cleaner, text: &str) -> Vec<String> {
    let rows: Vec<Row> = serde_json::from_str(text).unwrap();
    assert!(!rows.is_empty());
    let mut wrong = Vec::new();
    for row in rows {
        let options = Options {
            tiers: row.tier.tiers(),
            ..Options::default()
        };
        let cleaned = cleaner.clean(&row.link, &options);
        if cleaned.url != row.clean {
            wrong.push(format!(
                "{}: {}\n  expected {}\n  got      {}",
                row.name, row.link, row.clean, cleaned.url
            ));
        }
        let again = cleaner.clean(&cleaned.url, &options);
        assert_eq!(again.url, cleaned.url, "{}: cleaning twice is cleaning once", row.name);
        assert!(again.removed.is_empty() && again.unwrapped.is_empty(), "{}", row.name);
    }
    wrong
}

#[test]
fn the_table_of_links_holds() {
    let (cleaner, complaints) = Cleaner::new(&shipped());
    assert!(complaints.is_empty(), "{complaints:?}");
    let wrong = check(
        &cleaner,
        &std::fs::read_to_string(root().join("tests/links.json")).unwrap(),
    );
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_hard_cases_hold() {
    let Some(file) = corpora()
        .map(|folder| folder.join("hard-links.json"))
        .filter(|file| file.is_file())
    else {
        return println!("skipped: no corpora folder");
    };
    let (cleaner, _) = Cleaner::new(&shipped());
    let wrong = check(&cleaner, &std::fs::read_to_string(file).unwrap());
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// A table of other people's cases: name, kind, tier (or `text`), the link, what should become of it, and a source.
/// `\uXXXX` stands for that character; a link that begins with `GEN:` is made by [`made`].
#[test]
fn what_others_report_comes_out_right() {
    const AT_LEAST: usize = 333;
    let Some(file) = shared()
        .map(|folder| folder.join("cases/links.tsv"))
        .filter(|file| file.is_file())
    else {
        return println!("skipped: no folder of cases");
    };
    let (cleaner, _) = Cleaner::new(&shipped());
    let table = std::fs::read_to_string(file).unwrap();
    let (mut right, mut wrong) = (0, Vec::new());
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [name, kind, how, link, expected] = cells[..5] else {
            panic!("{row}")
        };
        let (link, expected) = match link.starts_with("GEN:") {
            true => made(name),
            false => (unescape(link), unescape(expected)),
        };
        let tier = match how {
            "navigation" => Tier::Navigation,
            "referral" => Tier::Referral,
            _ => Tier::Share,
        };
        let options = Options {
            tiers: tier.tiers(),
            ..Options::default()
        };
        let got = match how {
            "text" => cleaner.clean_text(&link, &options).0,
            _ => cleaner.clean(&link, &options).url,
        };
        match got == expected {
            true => right += 1,
            false => wrong.push(format!(
                "{kind} {how} {name}: {link}\n  expected {expected}\n  got      {got}"
            )),
        }
    }
    wrong.sort();
    println!("{right} right, {} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        right >= AT_LEAST,
        "{right} right, {} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let in_text = wrong.iter().filter(|row| row.split(' ').nth(1) == Some("text")).count();
    assert_eq!(in_text, 0, "running text loses nothing");
}

/// Rows whose link is too long for a table: the link, and what should become of it.
fn made(name: &str) -> (String, String) {
    let token = "A".repeat(17_000);
    let joined = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<Vec<_>>().join("&");
    let whole = |link: String| (link.clone(), link);
    match name {
        "to-long-sig" => whole(format!(
            "https://b.s3.amazonaws.com/f?X-Amz-Security-Token={token}&utm_source=x&X-Amz-Signature=abc"
        )),
        "to-long-sig2" => whole(format!(
            "https://cdn.example/f?policy={token}&utm_source=x&Signature=abc"
        )),
        "to-5k-params" => {
            let tracked = joined(5_000, &|index| format!("utm_x{index}=1"));
            let clean = "https://shop.example/p?id=1".to_owned();
            (format!("https://shop.example/p?{tracked}&id=1"), clean)
        }
        "to-long-20k" => {
            let value = "x".repeat(20);
            let others = joined(700, &|index| format!("q{index}={value}"));
            let clean = format!("https://shop.example/p?{others}");
            (format!("{clean}&utm_source=x"), clean)
        }
        _ => panic!("nobody makes {name}"),
    }
}

fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..4).and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32) {
            Some(character) => {
                out.push(character);
                out.push_str(&part[4..]);
            }
            None => out.push_str(&format!("\\u{part}")),
        }
    }
    out
}

#[test]
fn tables_survive_being_stored() {
    let (cleaner, _) = Cleaner::new(&shipped());
    let bytes = cleaner.to_bytes();
    let restored = Cleaner::from_bytes(&bytes).unwrap();
    assert_eq!(restored.to_bytes(), bytes);
    let wrong = check(
        &restored,
        &std::fs::read_to_string(root().join("tests/links.json")).unwrap(),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
