//! A line is a filter or an error with a column inside the line, and reading it twice gives the same.

use detick::filter::Filter;

/// Panics where a promise is broken.
pub fn run(input: &[u8]) {
    let Ok(line) = std::str::from_utf8(input) else { return };
    match line.parse::<Filter>() {
        Ok(filter) => assert_eq!(line.parse(), Ok(filter)),
        Err(error) => assert!(error.column >= 1 && error.column as usize <= line.chars().count() + 1),
    }
}
