//! `tests/known_gaps.txt`: where rules differ from the engine, and why. A ratchet: a new gap fails, and so does a gap
//! that has closed and is still listed.

use std::collections::BTreeSet;

/// The keys listed for a table (`links`, `requests`, …).
pub fn listed(table: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string("tests/known_gaps.txt").unwrap();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut fields = line.split('\t');
        let (of, key, reason) = (fields.next()?, fields.next()?, fields.next()?);
        assert!(!reason.is_empty(), "a gap needs a reason: {line}");
        (of == table).then(|| key.to_owned())
    })
    .collect()
}

/// Fails unless the differences found are exactly those listed.
pub fn check(table: &str, found: &[(String, String)]) {
    let listed = listed(table);
    let keys: BTreeSet<String> = found.iter().map(|(key, _)| key.clone()).collect();
    for (key, what) in found.iter().filter(|(key, _)| !listed.contains(key)) {
        println!("new gap: {table}\t{key}\t{what}");
    }
    for key in listed.difference(&keys) {
        println!("closed gap, take it out of tests/known_gaps.txt: {table}\t{key}");
    }
    assert_eq!(
        keys, listed,
        "differences between rules and engine are not those in tests/known_gaps.txt"
    );
}
