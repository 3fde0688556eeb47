//! The command line, run as people run it.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

/// A command at work, whose streams are the test's. Where it tells the time, that is always the same.
pub fn start(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detick"));
    command
        .args(args)
        .env("SOURCE_DATE_EPOCH", "1790000000")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// What a command makes of its input.
pub fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = start(args);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A command that reads nothing closes its input: that is not the test's business.
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// What it printed.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
