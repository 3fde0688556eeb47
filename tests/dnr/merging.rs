//! Many lines, few rules, and steady ones.

use detick::dnr::{self, IDS, OWN_IDS, Report, Rule, Settings};
use detick::list;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn block(lines: &str) -> Vec<Rule> {
    let (list, _) = list::parse("mine.txt", lines.as_bytes());
    dnr::compile(&[list], &Settings::default()).rulesets.block
}

fn filters(lines: &str) -> Vec<(Option<String>, Vec<String>)> {
    let rules = block(lines).into_iter();
    rules
        .map(|rule| {
            (
                rule.condition.url_filter,
                rule.condition.request_domains.into_iter().collect(),
            )
        })
        .collect()
}

#[test]
fn hosts_become_one_rule() {
    let expected = vec![(None, vec!["a.example".to_owned(), "b.example".to_owned()])];
    assert_eq!(
        filters("||a.example^\n||b.example^\n||x.a.example^\n||a.example^"),
        expected
    );
}

#[test]
fn hosts_with_other_conditions_stay_apart() {
    assert_eq!(
        filters("||a.example^\n||b.example^$script\n||c.example^$third-party\n@@||d.example^").len(),
        4
    );
}

#[test]
fn the_same_path_on_many_hosts_becomes_one_rule() {
    let expected = vec![(
        Some("||example/stat/".to_owned()),
        vec!["a.example".to_owned(), "b.example".to_owned()],
    )];
    assert_eq!(filters("||a.example/stat/\n||b.example/stat/"), expected);
    // Under another top-level domain it is another pattern, and a single host needs no second condition.
    let apart = vec![
        (Some("||a.example/stat/".to_owned()), vec![]),
        (Some("||b.test/stat/".to_owned()), vec![]),
    ];
    assert_eq!(filters("||a.example/stat/\n||b.test/stat/"), apart);
}

#[test]
fn pages_merge_where_the_pattern_is_the_same() {
    let rules = block("/x.js$domain=a.example\n/x.js$domain=b.example\n/x.js$domain=~c.example");
    let pages: Vec<usize> = rules
        .iter()
        .map(|rule| rule.condition.initiator_domains.len())
        .collect();
    assert_eq!(pages.len(), 2);
    assert!(pages.contains(&2));
}

#[test]
fn the_order_of_lines_does_not_matter() {
    let lines = [
        "||a.example^",
        "||b.example/x",
        "/y$script",
        "@@||c.example^$domain=d.example",
        "||e.example/x",
    ];
    let forwards = block(&lines.join("\n"));
    let backwards = block(&lines.iter().rev().copied().collect::<Vec<_>>().join("\n"));
    assert_eq!(forwards, backwards);
}

#[test]
fn the_users_own_rules_have_ids_of_their_own() {
    let (theirs, _) = list::parse("a.txt", b"||a.example^");
    let (own, _) = list::parse("own.txt", b"||a.example^");
    let settings = Settings {
        own_from: 1,
        ..Settings::default()
    };
    let rules = dnr::compile(&[theirs, own], &settings).rulesets.block;
    assert_eq!(rules.len(), 2);
    assert!(rules.iter().any(|rule| IDS.contains(&rule.id) && rule.priority == 10));
    assert!(
        rules
            .iter()
            .any(|rule| OWN_IDS.contains(&rule.id) && rule.priority == 1_010)
    );
}

/// The whole text of each rule.
fn texts(lines: &str) -> BTreeSet<String> {
    block(lines)
        .iter()
        .map(|rule| serde_json::to_string(rule).unwrap())
        .collect()
}

#[test]
fn adding_a_line_changes_one_rule_of_our_list() {
    let list = std::fs::read_to_string("filters/tiktok.txt").unwrap();
    let before = texts(&list);
    for line in [
        "||new.example^",
        "||new.example^$third-party",
        "||new.example/stat/",
        "||tiktok.com/new/path",
        "/new/path$script",
        "@@||new.example^$script,domain=shop.example",
    ] {
        let after = texts(&format!("{list}\n{line}"));
        assert_eq!(after.difference(&before).count(), 1, "{line}");
        assert!(before.difference(&after).count() <= 1, "{line}");
    }
}

fn line() -> impl Strategy<Value = String> {
    let host = "[ab]{1,2}\\.(com|example)";
    let option = prop_oneof![
        Just(String::new()),
        Just("$script".to_owned()),
        Just("$third-party".to_owned()),
        "\\$domain=[ab]\\.com",
        "\\$to=[ab]\\.com",
        "\\$removeparam=[ab]{1,3}",
        Just("$urlskip=?u".to_owned()),
        Just("$badfilter".to_owned()),
    ];
    let pattern = prop_oneof![
        host.prop_map(|host| format!("||{host}^")),
        host.prop_map(|host| format!("||{host}/x")),
        "/[xy]{1,2}/",
        "[|*^xy?&=]{0,6}",
    ];
    ("(@@)?", pattern, option).prop_map(|(except, pattern, option)| format!("{except}{pattern}{option}"))
}

proptest! {
    #[test]
    fn adding_any_line_changes_at_most_one_rule(lines in prop::collection::vec(line(), 0..30), more in line()) {
        prop_assume!(!more.contains("badfilter"));
        let before = texts(&lines.join("\n"));
        let after = texts(&format!("{}\n{more}", lines.join("\n")));
        prop_assert!(after.difference(&before).count() <= 1, "{more}");
        prop_assert!(before.difference(&after).count() <= 1, "{more}");
    }

    #[test]
    fn whatever_the_list_the_rules_are_in_order(text in "\\PC{0,200}", lines in prop::collection::vec(line(), 0..20)) {
        let (list, _) = list::parse("x.txt", format!("{text}\n{}", lines.join("\n")).as_bytes());
        let compiled = dnr::compile(&[list], &Settings::default());
        let ids: Vec<u32> = compiled.rulesets.all().iter().flat_map(|(_, rules)| rules.iter().map(|rule| rule.id)).collect();
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids are unique");
        for (_, rules) in compiled.rulesets.all() {
            for rule in rules {
                let filter = rule.condition.url_filter.as_deref();
                prop_assert!(filter.is_none_or(|filter| !filter.is_empty() && !filter.starts_with("||*")), "{filter:?}");
            }
        }
        assert_every_line_is_told(&compiled.report);
    }
}

/// Every line is one of the things that can become of a line.
pub fn assert_every_line_is_told(report: &Report) {
    for list in &report.lists {
        let told = list.comments
            + list.cosmetic
            + list.unread
            + list.unprivileged
            + list.cancelled
            + list.converted
            + list.refused
            + list.left;
        assert_eq!(told, list.lines, "{list}");
    }
}
