use super::*;

fn cleaner(lines: &str) -> Cleaner {
    let (list, complaints) = crate::list::parse("links.txt", lines.as_bytes());
    assert!(complaints.is_empty(), "{lines}: {complaints:?}");
    let (cleaner, complaints) = Cleaner::new(&[list]);
    assert!(complaints.is_empty(), "{lines}: {complaints:?}");
    cleaner
}

#[test]
fn a_removed_parameter_says_by_which_line_and_why() {
    let cleaner = cleaner("!why: who shared the link\n||tiktok.com^$removeparam=_t");
    let cleaned = cleaner.clean("https://www.tiktok.com/@u?%5ft=1", &Options::default());
    assert_eq!(cleaned.url, "https://www.tiktok.com/@u");
    assert_eq!(
        (cleaned.removed[0].name.as_str(), cleaned.removed[0].why),
        ("_t", "who shared the link")
    );
    assert_eq!(cleaned.removed[0].rule().to_string(), "links.txt:2");
}
