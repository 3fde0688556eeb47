//! `detick clean`, run as people run it.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::{Child, Output};

use crate::command::{self, text};

fn start(args: &[&str]) -> Child {
    command::start(&[&["clean"], args].concat())
}

fn run(args: &[&str], input: &[u8]) -> Output {
    command::run(&[&["clean"], args].concat(), input)
}

#[test]
fn links_are_cleaned_in_their_order() {
    let links =
        "https://a.example/?ttclid=1&q=2\r\nno link\n\n https://b.example/?q=1 \nhttps://c.example/#utm_source=x";
    let output = run(&[], links.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stdout),
        "https://a.example/?q=2\nno link\n\nhttps://b.example/?q=1\nhttps://c.example/\n"
    );
}

#[test]
fn links_may_be_arguments() {
    let output = run(&["https://a.example/?ttclid=1", "https://b.example/?gclid=1"], b"");
    assert_eq!(text(&output.stdout), "https://a.example/\nhttps://b.example/\n");
}

#[test]
fn json_says_what_went_by_which_line_and_why() {
    let link = "https://www.tiktok.com/link/v2?target=https%3A%2F%2Fa.example%2F%3Fttclid%3D1";
    let output = run(&["--json", link], b"");
    let cleaned: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(cleaned["url"], "https://a.example/");
    assert_eq!(cleaned["unwrapped"], serde_json::json!(["www.tiktok.com"]));
    assert_eq!(cleaned["removed"][0]["name"], "ttclid");
    assert_eq!(cleaned["removed"][0]["why"], "the ad you clicked");
    assert!(
        cleaned["removed"][0]["rule"]
            .as_str()
            .unwrap()
            .starts_with("links.txt:")
    );
}

#[test]
fn tiers_and_referrals_are_a_choice() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("clean-tiers");
    std::fs::create_dir_all(&folder).unwrap();
    let mut args = Vec::new();
    for (name, line) in [
        ("links.txt", "$removeparam=a"),
        ("share.txt", "$removeparam=b"),
        ("referral.txt", "$removeparam=c"),
    ] {
        std::fs::write(folder.join(name), line).unwrap();
        args.extend(["--list".to_owned(), folder.join(name).to_string_lossy().into_owned()]);
    }
    let rows: &[(&[&str], &str)] = &[
        (&[], "https://x.example/?c=3"),
        (&["--tier", "navigation"], "https://x.example/?b=2&c=3"),
        (&["--tier", "navigation", "--referral"], "https://x.example/?b=2"),
        (&["--tier", "share", "--referral"], "https://x.example/"),
    ];
    for (options, expected) in rows {
        let mut all: Vec<&str> = args.iter().map(String::as_str).collect();
        all.extend_from_slice(options);
        all.push("https://x.example/?a=1&b=2&c=3");
        assert_eq!(text(&run(&all, b"").stdout).trim_end(), *expected, "{options:?}");
    }
}

#[test]
fn lines_that_cannot_be_read_are_told_and_the_others_go_on() {
    let mut input = b"https://a.example/?ttclid=1\nhttps://\xff.example/\n".to_vec();
    input.extend(vec![b'a'; (4 << 20) + 1]);
    input.extend(b"\nhttps://b.example/?ttclid=1\n");
    let output = run(&["--json"], &input);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stdout);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[1], r#"{"error":"line 2, column 9: not valid UTF-8"}"#);
    assert_eq!(lines[2], r#"{"error":"line 3, column 1: longer than 4194304 bytes"}"#);
    assert!(lines[3].starts_with(r#"{"url":"https://b.example/""#));
    assert_eq!(text(&output.stderr).lines().count(), 2);

    let plain = run(&[], b"https://\xff.example/\nhttps://b.example/\n");
    assert_eq!(text(&plain.stdout), "\nhttps://b.example/\n");
}

#[test]
fn a_line_is_answered_while_the_next_is_awaited() {
    let mut child = start(&[]);
    let (mut stdin, mut stdout) = (
        child.stdin.take().unwrap(),
        BufReader::new(child.stdout.take().unwrap()),
    );
    for number in 0..3 {
        writeln!(stdin, "https://a.example/{number}?ttclid=1").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(line, format!("https://a.example/{number}\n"));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = start(&["--json"]);
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // Writing stops when the command does.
    while stdin.write_all(b"https://a.example/?ttclid=1\n").is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
}

/// The most memory that a process has had, in kB; `None` where the system does not say.
fn peak_memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn a_million_links_take_constant_memory() {
    const COUNT: u32 = 1_000_000;
    let mut child = start(&["--json"]);
    let (stdin, stdout) = (
        child.stdin.take().unwrap(),
        BufReader::new(child.stdout.take().unwrap()),
    );
    let writer = std::thread::spawn(move || {
        let mut stdin = BufWriter::new(stdin);
        for number in 0..COUNT {
            writeln!(
                stdin,
                "https://www.tiktok.com/@u/video/{number}?_t=ZS-{number}&q=1&utm_source=copy#a"
            )
            .unwrap();
        }
    });
    let (mut lines, mut early) = (0, None);
    for (number, line) in (0..COUNT).zip(stdout.lines()) {
        let url = format!("{{\"url\":\"https://www.tiktok.com/@u/video/{number}#a\"");
        assert!(line.unwrap().starts_with(&url), "line {number}");
        lines += 1;
        if number == COUNT / 10 {
            early = peak_memory(&child);
        }
        if let Some(early) = early.filter(|_| number == COUNT - 1_000) {
            let late = peak_memory(&child).unwrap();
            assert!(late <= early + 1_024, "{early} kB after a tenth, {late} kB at the end");
        }
    }
    writer.join().unwrap();
    assert_eq!(lines, COUNT);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_text_keeps_every_byte_that_is_no_tracker() {
    let input = b"\xef\xbb\xbfSee https://a.example/?ttclid=1, or\r\n[b](https://b.example/?id=1&gclid=2)\xff\n\nhttps://c.example/?ttclid=1\xe3\x80\x82";
    let output = run(&["--text"], input);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        output.stdout,
        b"\xef\xbb\xbfSee https://a.example/, or\r\n[b](https://b.example/?id=1)\xff\n\nhttps://c.example/\xe3\x80\x82"
    );
}
