//! Any bytes are a list: what cannot be read is complained about, at a line that it has.

/// Panics where a promise is broken.
pub fn run(bytes: &[u8]) {
    let (list, complaints) = detick::list::parse("fuzz.txt", bytes);
    assert!(
        list.filters
            .iter()
            .all(|filter| (1..=list.line_count()).contains(&filter.line))
    );
    assert!(
        complaints
            .iter()
            .all(|complaint| complaint.line <= list.line_count() && complaint.column >= 1)
    );
}
