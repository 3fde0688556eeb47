//! The command line, run as people run it.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

use crate::command::{run, start, text};

/// A folder of its own for one test.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&path).unwrap();
    path
}

const PIXEL: &str = r#"{"url":"https://analytics.tiktok.com/api","sourceUrl":"https://shop.example/","type":"ping"}"#;

#[test]
fn one_request_is_answered_in_words_or_json() {
    let args = [
        "check",
        "--source",
        "https://shop.example/",
        "--type",
        "ping",
        "https://analytics.tiktok.com/api",
    ];
    let said = run(&args, b"");
    assert_eq!(said.status.code(), Some(0));
    let words = text(&said.stdout);
    assert!(
        words.starts_with("blocked\ntiktok.txt:") && words.ends_with("\nTikTok: pixel\n"),
        "{words}"
    );
    let json = text(&run(&[&args[..], &["--json"]].concat(), b"").stdout);
    assert!(
        json.starts_with(r#"{"action":"block","filter":"||analytics$"#),
        "{json}"
    );
    let nothing = run(&["check", "https://example.com/"], b"");
    assert_eq!(
        (text(&nothing.stdout).as_str(), nothing.status.code()),
        ("nothing blocks it\n", Some(0))
    );
}

/// Lines that begin with `$` are commands, what follows is printed by them, as far as an `…`.
#[test]
fn what_the_readme_shows_is_what_is_printed() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let block: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let shown = block.split(|line| line.starts_with("$ ")).skip(1);
    let commands = block.iter().filter_map(|line| line.strip_prefix("$ detick "));
    let mut tried = 0;
    for (command, expected) in commands.zip(shown).filter(|(_, expected)| !expected.is_empty()) {
        let args: Vec<&str> = command.split(' ').map(|word| word.trim_matches('\'')).collect();
        let said = text(&run(&args, b"").stdout);
        let printed: Vec<&str> = said.lines().collect();
        assert_eq!(printed.len(), expected.len(), "{command}: {said}");
        for (line, shown) in printed.iter().zip(expected) {
            match shown.strip_suffix('…') {
                Some(beginning) => assert!(line.starts_with(beginning), "{command}: {line}"),
                None => assert_eq!(line, shown, "{command}"),
            }
        }
        tried += 1;
    }
    assert!(tried >= 2, "only {tried} examples");
}

#[test]
fn a_batch_goes_on_after_lines_that_cannot_be_read() {
    let input = [PIXEL.as_bytes(), b"\n{\"url\":1}\n\n\xFF\n", PIXEL.as_bytes()].concat();
    let said = run(&["check", "--batch"], &input);
    assert_eq!(said.status.code(), Some(1));
    let lines: Vec<String> = text(&said.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 5);
    assert!(
        lines[0].contains(r#""company":"TikTok""#) && lines[0] == lines[4],
        "{lines:?}"
    );
    assert!(lines[1].starts_with(r#"{"error":"line 2, column 8: "#), "{}", lines[1]);
    let errors = text(&said.stderr);
    for number in ["line 2, ", "line 3, ", "line 4, "] {
        assert!(errors.contains(number), "{errors}");
    }
}

/// What else a line of the extension's log says is not asked about.
#[test]
fn a_line_of_a_saved_log_is_a_request() {
    let log = PIXEL.replacen(
        '{',
        r#"{"time":"2026-11-22T00:00:00.000Z","tabId":7,"outcome":"blocked","line":3,"#,
        1,
    );
    let lines = [PIXEL, &log].map(|line| text(&run(&["check", "--batch"], line.as_bytes()).stdout));
    assert_eq!(lines[0], lines[1]);
}

#[test]
fn a_very_long_line_costs_only_itself() {
    let mut input = vec![b'x'; 9 << 20];
    input.push(b'\n');
    input.extend_from_slice(PIXEL.as_bytes());
    let lines = text(&run(&["check", "--batch"], &input).stdout);
    assert_eq!(lines.lines().filter(|line| line.contains("error")).count(), 1);
    assert_eq!(lines.lines().count(), 2);
}

#[test]
fn every_answer_comes_before_the_next_question() {
    let mut child = start(&["check", "--batch"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        writeln!(stdin, "{PIXEL}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains("block"), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = start(&["check", "--batch"]);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    // Until the pipe to it breaks as well.
    while writeln!(stdin, "{PIXEL}").is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!((text(&output.stderr).as_str(), output.status.code()), ("", Some(0)));
}

#[test]
fn lists_of_ones_own_replace_the_built_in() {
    let folder = folder("own-lists");
    let mine = folder.join("mine.txt");
    std::fs::write(&mine, "! mine\n||ads.example^\n||x.example^$wat\n").unwrap();
    let mine = mine.to_str().unwrap();
    let said = run(&["check", "--list", mine, "--json", "https://ads.example/"], b"");
    assert_eq!(said.status.code(), Some(1));
    let json = r#"{"action":"block","filter":"||ads.example^","list":"mine.txt","line":2,"company":null}"#;
    assert_eq!(text(&said.stdout).trim_end(), json);
    assert!(
        text(&said.stderr).ends_with("mine.txt:3:14: unknown option `wat`\n"),
        "{}",
        text(&said.stderr)
    );
    let pixel = run(&["check", "--list", mine, "https://analytics.tiktok.com/api"], b"");
    assert!(text(&pixel.stdout).starts_with("nothing blocks it"));
}

#[test]
fn what_cannot_be_done_is_said() {
    for args in [
        &["check"][..],
        &["check", "--list", "/nowhere/x.txt", "https://a.example/"],
        &["compile", "--out", "/nowhere"],
        &["compile", "/nowhere/x.txt", "--out", "/tmp/x"],
        &["wat"],
    ] {
        let said = run(args, b"");
        assert_eq!(said.status.code(), Some(2), "{args:?}");
        assert!(!said.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn help_names_the_exit_codes() {
    for args in [&["--help"][..], &["check", "--help"], &["compile", "--help"]] {
        let said = run(args, b"");
        assert_eq!(said.status.code(), Some(0));
        assert!(text(&said.stdout).contains("Exit codes:"), "{args:?}");
    }
}

#[test]
fn compile_writes_what_the_engine_restores() {
    let out = folder("compiled");
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/filters/tiktok.txt");
    let said = run(&["compile", list, "--out", out.to_str().unwrap()], b"");
    assert_eq!(said.status.code(), Some(0), "{}", text(&said.stderr));
    assert!(text(&said.stdout).starts_with("tiktok.txt: "));
    let image = std::fs::read(out.join("engine.bin")).unwrap();
    assert!(detick::engine::Engine::restore(&image).is_ok());
}

#[test]
fn lint_names_file_line_and_column() {
    let path = folder("lint").join("mine.txt");
    std::fs::write(
        &path,
        "||ads.example^\n||ads.example^\n||x.ads.example/banner$script\n|www.example/x\n||a.example^$to=b.example\n\
         ||b.example^$scirpt\n||c.example^$important\n||ads.example^$important\n||||x\n",
    )
    .unwrap();
    let file = path.to_str().unwrap();
    let said = run(&["lint", file], b"");
    assert_eq!(said.status.code(), Some(1));
    let expected = [
        ":2:1: the same filter stands in mine.txt:1",
        ":3:1: all of it is stopped by mine.txt:1 already",
        ":4:1: it can never match: every address begins with http://, https://, ws:// or wss://",
        ":5:1: it can never match: the pattern's host is none of those in `to=`",
        ":6:14: unknown option `scirpt`",
        ":9:1: it can never match: behind `||` there must be a host",
    ];
    let expected: String = expected.iter().map(|rest| format!("{file}{rest}\n")).collect();
    assert_eq!(text(&said.stdout), expected);
    let json = text(&run(&["lint", "--json", file], b"").stdout);
    let printed: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    let expected = serde_json::json!({
        "file": file, "line": 2, "column": 1, "kind": "duplicate", "message": "the same filter stands in mine.txt:1"
    });
    assert_eq!(printed, expected);
    std::fs::write(&path, "||ads.example^\n").unwrap();
    assert_eq!(run(&["lint", file], b"").status.code(), Some(0));
    assert_eq!(run(&["lint", "no-such-file"], b"").status.code(), Some(2));
}

#[test]
fn lists_are_exported_and_what_is_lost_is_counted() {
    let path = folder("export").join("mine.txt");
    std::fs::write(
        &path,
        "||pixel.example^\n||log$to=a.example|b.example\n||c.example^$third-party\n/track/*\n@@||d.example^\n\
         ||go.example^$urlskip=?to\n/ttq.js$script,redirect=ttq.js\n/x$from=shop.example\n$removeparam=ttclid\n",
    )
    .unwrap();
    let export = |format: &str| {
        let said = run(&["export", "--format", format, "--list", path.to_str().unwrap()], b"");
        assert_eq!(said.status.code(), Some(0));
        (text(&said.stdout), text(&said.stderr))
    };
    let (hosts, lost) = export("hosts");
    assert_eq!(
        hosts,
        "# Title: mine.txt\n# Expires: 7 days\n# 2 lines said, 7 left out\n\n\
         0.0.0.0 log.a.example\n0.0.0.0 log.b.example\n0.0.0.0 pixel.example\n"
    );
    assert_eq!(
        lost,
        "2 filters said\n3 left out: it does something else than block\n2 left out: it holds under a condition\n\
         1 left out: it is about part of a host\n1 left out: it is an exception\n"
    );
    assert!(
        export("domains")
            .0
            .ends_with("\nlog.a.example\nlog.b.example\npixel.example\n")
    );
    let (adguard, lost) = export("adguard");
    assert!(adguard.contains("\n/x$~document,domain=shop.example\n") && adguard.contains("\n/ttq.js$script\n"));
    assert_eq!(lost, "8 filters said\n1 left out: AdGuard has no $urlskip=\n");
    let (ublock, lost) = export("ublock");
    assert!(ublock.starts_with("! Title: mine.txt\n") && ublock.contains("$urlskip=?to"));
    assert!(
        ublock.contains("\n||log*.a.example^$to=a.example|b.example\n"),
        "{ublock}"
    );
    assert!(ublock.contains("\n*$document,removeparam=ttclid\n"), "{ublock}");
    assert_eq!(
        lost,
        "9 filters said\n1 of them act only in a list that uBlock Origin trusts ($urlskip=, $uritransform=)\n"
    );
}

#[test]
fn our_own_lists_have_no_flaws() {
    let files: Vec<String> = ["links", "referral", "share", "tiktok"]
        .iter()
        .map(|name| format!("{}/filters/{name}.txt", env!("CARGO_MANIFEST_DIR")))
        .collect();
    let mut args = vec!["lint"];
    args.extend(files.iter().map(String::as_str));
    let said = run(&args, b"");
    assert_eq!((text(&said.stdout).as_str(), said.status.code()), ("", Some(0)));
}

#[test]
fn files_that_a_list_includes_are_read_from_beside_it() {
    let folder = folder("includes");
    std::fs::create_dir_all(folder.join("parts")).unwrap();
    std::fs::write(
        folder.join("list.txt"),
        "!#include parts/more.txt\n!#include ../other.txt\n!#include missing.txt\n",
    )
    .unwrap();
    std::fs::write(folder.join("parts/more.txt"), "||ads.example^\n!#include more.txt\n").unwrap();
    let list = folder.join("list.txt");
    let output = run(
        &["check", "https://ads.example/x", "--list", list.to_str().unwrap()],
        b"",
    );
    assert!(text(&output.stdout).contains("more.txt:1"), "{}", text(&output.stdout));
    let complaints = text(&output.stderr);
    assert!(
        complaints.contains("list.txt:2:1: `../other.txt` is no file beside the list, and was left out"),
        "{complaints}"
    );
    assert!(
        complaints.contains("list.txt:3:1: `missing.txt` is no file beside the list, and was left out"),
        "{complaints}"
    );
    assert!(!complaints.contains("more.txt:2"), "{complaints}");
}

#[test]
fn what_only_our_lines_can_say_is_left_out_for_others() {
    let path = folder("export-own").join("mine.txt");
    std::fs::write(
        &path,
        "@@^leave^$removeparam,target\n$removeparam=r,with=free&x\n||go.example^$urlskip=?to -base64 -json:u\n",
    )
    .unwrap();
    let said = run(&["export", "--format", "ublock", "--list", path.to_str().unwrap()], b"");
    let lines: Vec<String> = text(&said.stdout).lines().skip(4).map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "@@^leave^$document,removeparam",
            "^free=*^x=$document,removeparam=r",
            "^x=*^free=$document,removeparam=r"
        ]
    );
    assert_eq!(
        text(&said.stderr),
        "2 filters said\n1 left out: only Detick has these steps of $urlskip=\n"
    );
}

#[test]
fn each_shell_is_told_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = run(&["completions", shell], b"");
        assert_eq!(said.status.code(), Some(0), "{shell}");
        let script = text(&said.stdout);
        for command in [
            "check",
            "clean",
            "compile",
            "export",
            "lint",
            "report",
            "completions",
            "man",
        ] {
            assert!(script.contains(command), "{shell}: {command}");
        }
        assert!(script.contains("fail-on"), "{shell}");
    }
    assert_eq!(run(&["completions", "tcsh"], b"").status.code(), Some(2));
}

#[test]
fn bash_completes_what_it_was_told() {
    let script = folder("completions").join("detick.bash");
    std::fs::write(&script, run(&["completions", "bash"], b"").stdout).unwrap();
    let asked = format!(
        "source '{}'; COMP_WORDS=(detick le); COMP_CWORD=1; _detick detick le detick; echo \"${{COMPREPLY[@]}}\"; \
         COMP_WORDS=(detick li); _detick detick li detick; echo \"${{COMPREPLY[@]}}\"",
        script.display()
    );
    let Ok(said) = std::process::Command::new("bash").args(["-c", &asked]).output() else {
        return; // a machine without bash
    };
    assert_eq!(text(&said.stdout), "\nlint\n");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let page = text(&run(&["man"], b"").stdout);
    assert!(
        page.contains(".TH detick 1") && page.contains("trackers off people"),
        "{page}"
    );
    let pages = folder("manual");
    let out = pages.display().to_string();
    assert_eq!(run(&["man", "--out", &out], b"").status.code(), Some(0));
    for command in ["", "-check", "-clean", "-compile", "-export", "-lint", "-report"] {
        let page = std::fs::read_to_string(pages.join(format!("detick{command}.1"))).unwrap();
        assert!(page.contains("Exit codes"), "{command}");
    }
    let said = run(&["man", "--out", "/nowhere/at/all"], b"");
    assert_eq!(said.status.code(), Some(2));
}
