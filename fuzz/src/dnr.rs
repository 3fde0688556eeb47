//! Any list compiles to rules for each browser: ids differ, every refused line is a line of the list, the same bytes
//! come out again, and what comes out is what browsers read.

use std::collections::HashSet;

use detick::dnr::{self, Browser, Rule, Settings};
use detick::list;

/// Panics where a promise is broken.
pub fn run(bytes: &[u8]) {
    let (list, _) = list::parse("fuzz.txt", bytes);
    let lines = 1..=list.line_count();
    let lists = [list];
    for browser in [Browser::Both, Browser::Chromium, Browser::Firefox] {
        for own_from in [usize::MAX, 0] {
            let settings = Settings {
                browser,
                own_from,
                ..Settings::default()
            };
            let compiled = dnr::compile(&lists, &settings);
            assert!(
                compiled
                    .report
                    .refused
                    .iter()
                    .all(|refusal| lines.contains(&refusal.line))
            );
            let mut ids = HashSet::new();
            for (_, rules) in compiled.rulesets.all() {
                assert!(rules.iter().all(|rule| rule.priority > 0 && ids.insert(rule.id)));
                let read: Vec<Rule> = serde_json::from_str(&dnr::to_json(rules)).expect("rules are JSON");
                assert_eq!(read, rules);
            }
            assert_eq!(dnr::compile(&lists, &settings).rulesets, compiled.rulesets);
        }
    }
}
