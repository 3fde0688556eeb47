//! The corpora's requests, decided by our engine and by the `adblock` crate: every difference has its reason here.
//!
//! Skipped, with a line that says so, where the corpora folder is absent.

use crate::corpora;
use crate::synthetic::{self, Made};
use detick::blocker::{Blocker, Decision, Verdict};
use detick::list::{self, List};
use detick::reference::Reference;
use detick::request::Request;
use detick::surrogate;

/// Whether a line is of the kind that the crate takes differently.
type IsSuch = fn(&str) -> bool;

/// What the crate does differently: a sentence, and what the line looks like that decides for us or for it.
const KNOWN: &[(&str, IsSuch)] = &[
    ("it does not read `denyallow=`", |line| line.contains("denyallow=")),
    ("it refuses lines with `$popup`", |line| line.contains("popup")),
    ("it refuses lines with `$reason=`", |line| line.contains("reason=")),
    ("it blocks by `rewrite=`, but does not answer", |line| {
        line.contains("rewrite=")
    }),
    ("it takes no entity in `domain=`", |line| {
        line.split_once("domain=")
            .is_some_and(|(_, domains)| domains.contains(".*"))
    }),
    ("it does not read `strict3p` and `strict1p`", |line| {
        line.contains("strict3p") || line.contains("strict1p")
    }),
    ("it takes every type for excluded", |line| line.contains("$~document")),
    ("an exception from such a line", |line| line.contains("/WebTracking/")),
    ("it takes `plvid` behind `*` for a whole word", |line| {
        line.contains("trbo.com*plvid=")
    }),
    ("it finds no host in front of a port", |line| {
        line.contains(".com:8080/")
    }),
    ("it does not read `!#if`", |line| {
        line.contains("$script,domain=avclub.com|clickhole.com")
    }),
    ("answers what a `denyallow=` line blocks", |line| {
        line.starts_with("*$script") && line.contains("redirect-rule=")
    }),
    ("it does not read `@@…$redirect-rule` without a name", |line| {
        line.contains("googletagmanager.com/gtm.js$")
    }),
    ("the same, on a page where an exception names the surrogate", |line| {
        line == "||google-analytics.com^$script,third-party,xmlhttprequest"
    }),
    ("it does not match `to=`", |line| {
        line.contains("$to=") || line.contains(",to=")
    }),
    ("an exception from such a line", |line| line.starts_with("@@||mcs")),
];

#[test]
fn both_engines_decide_alike_about_recorded_requests() {
    let Some(rows) = corpora::requests() else {
        return;
    };
    let requests: Vec<Made> = rows.into_iter().map(made).collect();
    report(
        LISTS
            .iter()
            .flat_map(|names| compare(&read(names), &requests))
            .collect(),
    );
}

#[test]
fn both_engines_decide_alike_about_requests_made_up_from_filters() {
    if corpora::folder().is_none() {
        return;
    }
    let mut differences = Vec::new();
    // Without all of them together, which would double the time.
    for names in LISTS
        .iter()
        .filter(|names| !names.contains(&"ubo-filters.txt") || names.len() == 2)
    {
        let lists = read(names);
        let filters = || lists.iter().flat_map(|list| &list.filters);
        let hits = filters().filter_map(synthetic::hit);
        let requests: Vec<Made> = hits
            .chain(filters().step_by(5).filter_map(synthetic::near_miss))
            .collect();
        differences.extend(compare(&lists, &requests));
    }
    report(differences);
}

const LISTS: &[&[&str]] = &[
    &["easylist.txt"],
    &["easyprivacy.txt"],
    &["ubo-filters.txt", "ubo-privacy.txt"],
    &["adguard-url-tracking.txt"],
    &["peterlowe-serverlist.txt"],
    &["easylist.txt", "easyprivacy.txt", "ubo-filters.txt", "ubo-privacy.txt"],
    &[
        "filters/tiktok.txt",
        "filters/links.txt",
        "filters/share.txt",
        "filters/referral.txt",
    ],
];

fn read(names: &[&str]) -> Vec<List> {
    let read = |name: &&str| match name.strip_prefix("filters/") {
        Some(name) => own_list(name),
        None => corpora::list(name),
    };
    names.iter().map(read).collect()
}

fn made(row: corpora::Row) -> Made {
    Made {
        url: row.url,
        source_url: row.source_url,
        kind: Box::leak(row.kind.into_boxed_str()),
        method: "GET",
    }
}

fn report(differences: Vec<String>) {
    let shown = differences.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} differences:\n{shown}", differences.len());
}

fn own_list(name: &str) -> List {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("filters")
        .join(name);
    list::parse(name, &std::fs::read(path).unwrap()).0
}

fn compare(lists: &[List], requests: &[Made]) -> Vec<String> {
    let (blocker, reference) = (Blocker::new(lists), Reference::new(lists));
    let mut request = Request::default();
    let mut differences = Vec::new();
    for row in requests {
        request.read(&row.url, &row.source_url, row.kind, row.method);
        let ours = blocker.check(&request);
        let theirs = reference.check(&row.url, &row.source_url, row.kind, row.method);
        if ours.map(|verdict| verdict.decision) != theirs.map(|verdict| as_shipped(verdict.decision))
            && !is_known(row, &ours, &theirs)
        {
            let url: String = row.url.chars().take(120).collect();
            differences.push(format!(
                "{url} from {}: ours {}, theirs {}",
                row.source_url,
                tell(&ours),
                tell(&theirs)
            ));
        }
    }
    differences
}

/// The crate answers with the name in the list; ours with the file of that surrogate, or blocks where none is shipped.
fn as_shipped(decision: Decision<'_>) -> Decision<'_> {
    match decision {
        Decision::Redirect(name) => surrogate::file(name).map_or(Decision::Block, Decision::Redirect),
        other => other,
    }
}

fn is_known(made: &Made, ours: &Option<Verdict<'_>>, theirs: &Option<Verdict<'_>>) -> bool {
    // It counts pages among the default types of `||host^`, as some blockers do; browsers' own rules do not.
    if made.kind == "main_frame" && ours.is_none() {
        return true;
    }
    let lines = [ours, theirs].map(|verdict| verdict.map_or("", |verdict| verdict.filter));
    KNOWN.iter().any(|(_, is_such)| lines.iter().any(|line| is_such(line)))
}

fn tell(verdict: &Option<Verdict<'_>>) -> String {
    match verdict {
        None => "nothing".to_owned(),
        Some(Verdict { decision, filter, .. }) => match decision {
            Decision::Block => format!("block by {filter}"),
            Decision::Allow => format!("allow by {filter}"),
            Decision::Redirect(name) => format!("{name} by {filter}"),
        },
    }
}
