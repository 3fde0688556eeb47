//! Real lists as rules: how many, how large, how much is refused. Skipped where the corpora folder is absent.

use crate::corpora;
use detick::dnr::{self, Compiled, Layer, Rule, Settings, limits};
use detick::list;

/// A list, the most rules that it may become, their size in bytes, and the most lines that may be refused. The first
/// two are what the best converters known make of these lists.
const LISTS: [(&str, usize, usize, usize); 5] = [
    ("easyprivacy.txt", 8_897, 2 << 20, 10),
    // 3,042 of its lines are about pop-ups.
    ("easylist.txt", 3_719, 1_500_000, 3_070),
    ("ubo-privacy.txt", 1_100, 250_000, 70),
    ("adguard-url-tracking.txt", 2_500, 950_000, 70),
    ("peterlowe-serverlist.txt", 1, 70_000, 0),
];

/// Without any white space.
fn bytes(compiled: &Compiled) -> usize {
    let sets = compiled.rulesets.all();
    let size = |rules: &[Rule]| serde_json::to_string(rules).unwrap().len();
    sets.iter().map(|(_, rules)| size(rules)).sum()
}

#[test]
fn real_lists_stay_within_bounds() {
    if corpora::folder().is_none() {
        println!("skipped: no corpora folder");
        return;
    }
    for (name, rules, size, refused) in LISTS {
        let list = corpora::list(name);
        let compiled = dnr::compile(&[list], &Settings::default());
        let report = &compiled.report;
        println!("{report}\n{} bytes", bytes(&compiled));
        assert!(report.rules <= rules, "{name}: {} rules", report.rules);
        assert!(bytes(&compiled) <= size, "{name}: {} bytes", bytes(&compiled));
        assert!(
            report.refused.len() <= refused,
            "{name}: {} refused",
            report.refused.len()
        );
        assert!(report.regex_rules <= limits::REGEX);
        super::merging::assert_every_line_is_told(report);
    }
}

#[test]
fn our_link_lists_stay_small() {
    for (name, layer, rules, size) in [
        ("links.txt", Layer::Ground, 1_600, 1_800_000),
        ("referral.txt", Layer::Above, 300, 80_000),
    ] {
        let text = std::fs::read(format!("filters/{name}")).unwrap();
        let settings = Settings {
            layer,
            ..Settings::default()
        };
        let compiled = dnr::compile(&[list::parse(name, &text).0], &settings);
        assert!(
            compiled.report.rules <= rules,
            "{name}: {} rules",
            compiled.report.rules
        );
        assert!(bytes(&compiled) <= size, "{name}: {} bytes", bytes(&compiled));
        assert!(
            compiled.report.unwrap <= 410,
            "{name}: {} detours",
            compiled.report.unwrap
        );
    }
}
