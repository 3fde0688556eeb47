//! A line is a filter or an error with a column inside the line, and reading it twice gives the same.

#![no_main]

use detick::filter::Filter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| {
    match line.parse::<Filter>() {
        Ok(filter) => assert_eq!(line.parse(), Ok(filter)),
        Err(error) => assert!(error.column >= 1 && error.column as usize <= line.chars().count() + 1),
    }
});
