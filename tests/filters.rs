//! The lists and what their README says of them.

use std::fs;
use std::path::Path;

use detick::blocker::{Blocker, Decision};
use detick::filter::Polarity;
use detick::list::{self, List};
use detick::request::Request;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    url: String,
    source_url: String,
    r#type: String,
    #[serde(default)]
    method: String,
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

fn rows() -> Vec<Row> {
    serde_json::from_str(&read("tests/requests.json")).expect("rows of requests")
}

fn parse(name: &str, text: &str) -> List {
    let (list, complaints) = list::parse(name, text.as_bytes());
    assert!(complaints.is_empty(), "{name}: {complaints:?}");
    list
}

fn verdict(blocker: &Blocker, request: &Request) -> &'static str {
    match blocker.check(request).map(|verdict| verdict.decision) {
        None => "none",
        Some(Decision::Block) => "block",
        Some(Decision::Allow) => "allow",
        Some(Decision::Redirect(_)) => "redirect",
    }
}

/// The cells of the README's table of examples.
fn examples(readme: &str) -> Vec<[String; 4]> {
    let section = readme
        .split("\n## ")
        .find(|section| section.starts_with("Examples"))
        .expect("the README has examples");
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = |row: &str| {
        let row = row.replace("\\|", "\u{0}");
        let cells: Vec<String> = row.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect();
        [1, 2, 3, 4].map(|index| cells[index].clone())
    };
    rows.map(cells).collect()
}

#[test]
fn the_readme_says_what_happens() {
    let examples = examples(&read("filters/README.md"));
    assert!(examples.len() >= 8, "the table of examples is gone");
    for [line, request, expected, _] in examples {
        let (url, page) = request.trim_matches('`').split_once("` from `").unwrap();
        let blocker = Blocker::new(&[parse("README.md", line.trim_matches('`'))]);
        let request = Request::new(url, page, "xmlhttprequest", "GET");
        assert_eq!(verdict(&blocker, &request), expected, "{line} {url} from {page}");
    }
}

#[test]
fn every_line_has_a_request_that_it_decides() {
    let text = read("filters/tiktok.txt");
    let requests: Vec<Request> = rows()
        .iter()
        .map(|row| Request::new(&row.url, &row.source_url, &row.r#type, &row.method))
        .collect();
    for filter in parse("tiktok.txt", &text).filters {
        let line = text.lines().nth(filter.line as usize - 1).unwrap();
        // An exception says something only where something is stopped.
        let list = match filter.polarity {
            Polarity::Apply => line.to_owned(),
            Polarity::Except => format!("://$all,denyallow=nobody.invalid\n{line}"),
        };
        let decided = match filter.polarity {
            Polarity::Apply => "none",
            Polarity::Except => "block",
        };
        let blocker = Blocker::new(&[parse("tiktok.txt", &list)]);
        let used = requests.iter().any(|request| verdict(&blocker, request) != decided);
        assert!(
            used,
            "no row of tests/requests.json is about line {}: {line}",
            filter.line
        );
    }
}

#[test]
fn purposes_are_words_the_readme_explains() {
    let readme = read("filters/README.md");
    let section = readme
        .split("\n## ")
        .find(|section| section.starts_with("companies.txt"))
        .unwrap();
    let text = read("filters/companies.txt");
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('!')) {
        let purpose = line.split(' ').nth(1).unwrap();
        assert!(
            section.contains(&format!("`{purpose}`")),
            "the README does not explain `{purpose}`"
        );
    }
}

/// Reasons are shown to people: a new one must be thought about.
#[test]
fn reasons_are_words_the_readme_names() {
    let readme = read("filters/README.md")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for name in ["links.txt", "share.txt", "referral.txt"] {
        let text = read(&format!("filters/{name}"));
        for why in text.lines().filter_map(|line| line.strip_prefix("!why: ")) {
            assert!(readme.contains(why), "{name}: the README does not name `{why}`");
        }
    }
}

#[test]
fn every_surrogate_has_its_row_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("extension/surrogates");
    let files = fs::read_dir(folder).unwrap();
    let mut there: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort_unstable();
    let mut named: Vec<&str> = detick::surrogate::files().collect();
    named.sort_unstable();
    assert_eq!(there, named);
}
