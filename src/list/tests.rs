use super::*;

fn read(text: &str) -> (List, Vec<String>) {
    let (list, complaints) = parse("test.txt", text.as_bytes());
    (list, complaints.iter().map(ToString::to_string).collect())
}

#[test]
fn every_line_is_a_filter_a_comment_a_cosmetic_line_or_a_complaint() {
    let text = "[Adblock Plus 2.0]\r\n! Title: Test\r\n! Expires: 4 days\r\n\r\n||ads.example^\r\n##.banner\r\nx.example#@#.ad\r\n\
        # a hosts-file comment\r\n0.0.0.0 one.example two.example # both\r\n127.0.0.1 localhost\r\nplain.example\r\n\
        @@||x.example^$generichide\r\n  ||y.example^$wat\r\n";
    let (list, complaints) = read(text);
    assert_eq!(list.header.title.as_deref(), Some("Test"));
    assert_eq!(list.header.expires.as_deref(), Some("4 days"));
    assert_eq!(
        list.filters.iter().map(|filter| filter.line).collect::<Vec<_>>(),
        [5, 9, 9, 11]
    );
    assert_eq!(list.cosmetic, 3);
    assert_eq!(complaints, ["13:16: unknown option `wat`"]);
    assert_eq!(list.line(5), "||ads.example^");
    assert_eq!((list.line(0), list.line(99), list.line_count()), ("", "", 13));
}

#[test]
fn bad_bytes_and_long_lines_cost_only_their_line() {
    let mut bytes = b"||a.example^\nx\xFFy\n".to_vec();
    bytes.extend(std::iter::repeat_n(b'a', 1 << 20));
    bytes.extend(b"\n||b.example^");
    let (list, complaints) = parse("test.txt", &bytes);
    assert_eq!(list.filters.len(), 2);
    let said: Vec<_> = complaints
        .iter()
        .map(|complaint| (complaint.line, complaint.column, complaint.problem.clone()))
        .collect();
    assert_eq!(said, [(2, 2, Problem::NotUtf8), (3, 1, Problem::TooLong)]);
    assert_eq!(list.line(4), "||b.example^");
}

#[test]
fn empty_and_huge_lists_are_answered() {
    let (list, complaints) = parse("empty.txt", b"");
    assert_eq!((list.filters.len(), list.line_count(), complaints.len()), (0, 0, 0));
    let huge = b"||ads.example^$wat\n".repeat(MAX_BYTES / 19 + 50);
    let (_, complaints) = parse("huge.txt", &huge);
    assert_eq!(complaints.len(), MAX_COMPLAINTS + 1);
    assert!(matches!(
        complaints.last().map(|last| &last.problem),
        Some(Problem::More(_))
    ));
    let (_, complaints) = parse("huge.txt", &vec![b'\n'; MAX_BYTES + 1]);
    assert_eq!(
        complaints
            .iter()
            .map(|complaint| &complaint.problem)
            .collect::<Vec<_>>(),
        [&Problem::ListTooLarge]
    );
}

#[test]
fn conditions_choose_lines() {
    let text = "!#if ext_ublock && !env_mobile\n||a.example^\n!#else\n||b.example^\n!#if true\n||c.example^\n!#endif\n!#endif\n\
        !#if (env_firefox || env_mv3)\n||d.example^\n!#include more.txt\n!#endif\n";
    let (list, complaints) = read(text);
    assert_eq!(
        list.filters.iter().map(|filter| filter.line).collect::<Vec<_>>(),
        [2, 10]
    );
    assert_eq!(list.includes, [(11, "more.txt".to_owned())]);
    assert_eq!(complaints, [""; 0]);
    let (_, complaints) = read("!#endif\n!#else\n!#if ((\n||a.example^\n");
    let expected = [
        "1:1: `!#endif` without `!#if`",
        "2:1: `!#else` without `!#if`",
        "3:1: the condition cannot be read",
        "3:1: `!#if` without `!#endif`",
    ];
    assert_eq!(complaints, expected);
    let deep = format!("!#if {}true\n!#endif\n", "!".repeat(100_000 / 4));
    assert_eq!(read(&deep).1.len(), 1);
}

#[test]
fn reasons_hold_until_the_next() {
    let (list, _) = read("$removeparam=a\n!why: the campaign\n$removeparam=b\n$removeparam=c\n!why:\n$removeparam=d\n");
    assert_eq!(
        [1, 3, 4, 6].map(|line| list.why(line)),
        [None, Some("the campaign"), Some("the campaign"), None]
    );
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let (list, _) = parse("any.txt", &bytes);
        for number in 0..=list.line_count() + 1 {
            list.line(number);
        }
    }
}
