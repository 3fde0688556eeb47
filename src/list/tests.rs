use super::*;
use crate::filter::Pattern;

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

#[test]
fn lines_of_hosts_files_stop_names_that_lead_nowhere() {
    let rows: [(&str, &[&str]); 12] = [
        ("0.0.0.0 a.example b.example # note", &["a.example", "b.example"]),
        ("127.0.0.1\ta.example", &["a.example"]),
        ("::1 a.example", &["a.example"]),
        (":: a.example", &["a.example"]),
        ("0 a.example", &["a.example"]),
        ("0.0.0.0 *.a.example", &["a.example"]),
        ("*.a.example", &["a.example"]),
        ("a.example # note", &["a.example"]),
        ("||a.example^ # note", &["a.example"]),
        ("fe80::1%lo0 localhost", &[]),
        ("255.255.255.255 broadcasthost", &[]),
        ("address=/a.example/b.example/0.0.0.0", &["a.example", "b.example"]),
    ];
    for (line, wanted) in rows {
        let (list, complaints) = read(line);
        assert_eq!(complaints, [] as [&str; 0], "{line}");
        let hosts = list.filters.iter().map(|filter| match &filter.pattern {
            Pattern::Glob(glob) => glob.host().unwrap_or("no host"),
            _ => "no host",
        });
        assert_eq!(hosts.collect::<Vec<_>>(), wanted, "{line}");
    }
}

#[test]
fn names_that_are_given_a_real_address_are_not_stopped() {
    for line in [
        "209.237.226.90  www.a.example",
        "2001:db8::5 a.example",
        "address=/a.example/10.0.0.1",
        "server=/a.example/10.0.0.1",
    ] {
        let (list, complaints) = read(line);
        assert_eq!((list.filters.len(), list.unread), (0, 1), "{line}");
        let why =
            "1:1: the line gives a name a real address, and stops nothing; 0.0.0.0, 127.0.0.1, :: and ::1 stop a name";
        assert_eq!(complaints, [why], "{line}");
    }
}

#[test]
fn dnsmasq_lines_for_names_that_nobody_is_asked_about_stop_them() {
    for line in [
        "address=/a.example/",
        "address=/a.example/#",
        "local=/a.example/",
        "local=/a.example/#",
        "server=/a.example/",
    ] {
        assert_eq!(read(line).0.filters.len(), 1, "{line}");
    }
}

#[test]
fn a_lone_carriage_return_ends_a_line() {
    let (list, complaints) = read("! c\r||a.example^\r||b.example^$nope\r\n||c.example^\n\n||d.example^");
    let lines: Vec<u32> = list.filters.iter().map(|filter| filter.line).collect();
    assert_eq!(lines, [2, 4, 6]);
    assert_eq!(complaints, ["3:14: unknown option `nope`"]);
    assert_eq!((list.line(2), list.line_count()), ("||a.example^", 6));
}

#[test]
fn lines_about_elements_may_name_their_pages_by_regex() {
    let (list, complaints) =
        read("/site\\d+\\.com/##.ad\n/a/,b.example##.ad\n/x/#@#.ad\n/x/##^script:has-text(ad)\n/a#b#c/\n");
    assert_eq!(complaints, [] as [&str; 0]);
    assert_eq!((list.cosmetic, list.filters.len()), (4, 1));
}
