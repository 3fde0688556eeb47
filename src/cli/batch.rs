//! `detick check --batch`: a request a line in, a verdict a line out, in memory that does not grow.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use detick::blocker::Decision;
use serde::{Deserialize, Serialize};

use super::judge::{Answer, Asked, Judge};
use super::{Failure, Outcome};

/// The longest line that is read, in bytes: room for two addresses of 2 MB.
const MAX_LINE: u64 = 8 << 20;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    url: String,
    source_url: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    method: String,
}

/// What is printed for a line that was read.
#[derive(Serialize)]
struct Printed<'a> {
    action: &'static str,
    filter: Option<&'a str>,
    list: Option<&'a str>,
    line: Option<u32>,
    company: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    surrogate: Option<&'a str>,
}

/// What is printed for one that was not.
#[derive(Serialize)]
struct Unread {
    error: String,
}

/// Answers every line of `input`; one that cannot be read is told with its number, and the others go on.
pub fn run(judge: &mut Judge, input: impl Read, output: impl Write) -> Result<Outcome, Failure> {
    let (mut input, mut output) = (BufReader::new(input), BufWriter::new(output));
    let mut outcome = Outcome::Complete;
    let mut line = Vec::new();
    for number in 1_u64.. {
        // Who writes a line and waits for the answer gets it; who writes many is not slowed down.
        if input.buffer().is_empty() {
            output.flush()?;
        }
        line.clear();
        if (&mut input).take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        match read(&mut input, &line)? {
            Ok(line) => print(&mut output, &judge.decide(&line.asked()))?,
            Err(why) => {
                let error = format!("line {number}, {why}");
                eprintln!("{error}");
                print_line(&mut output, &Unread { error })?;
                outcome = Outcome::Incomplete;
            }
        }
    }
    output.flush()?;
    Ok(outcome)
}

/// The request, or what is wrong with the line.
fn read(input: &mut impl BufRead, line: &[u8]) -> io::Result<Result<Line, String>> {
    if line.len() as u64 == MAX_LINE && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Err(format!("column 1: longer than {MAX_LINE} bytes")));
    }
    Ok(serde_json::from_slice::<Line>(line.trim_ascii_end()).map_err(|error| explain(&error)))
}

/// Without the parser's own line number, which is always 1.
fn explain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rfind(" at line ").map_or(text.as_str(), |at| &text[..at]);
    format!("column {}: {what}", error.column())
}

impl Line {
    fn asked(&self) -> Asked<'_> {
        Asked {
            url: &self.url,
            source_url: &self.source_url,
            kind: &self.kind,
            method: &self.method,
        }
    }
}

/// Prints `{"action", "filter", "list", "line", "company"}`, and `surrogate` where one answers.
pub fn print(output: &mut impl Write, answer: &Answer<'_>) -> io::Result<()> {
    let verdict = answer.verdict.as_ref();
    let (action, surrogate) = match verdict.map(|verdict| verdict.decision) {
        None => ("none", None),
        Some(Decision::Block) => ("block", None),
        Some(Decision::Allow) => ("allow", None),
        Some(Decision::Redirect(name)) => ("redirect", Some(name)),
    };
    let printed = Printed {
        action,
        filter: verdict.map(|verdict| verdict.filter),
        list: verdict.map(|verdict| verdict.list),
        line: verdict.map(|verdict| verdict.line),
        company: answer.tracker.map(|tracker| tracker.company),
        surrogate,
    };
    print_line(output, &printed)
}

fn print_line(output: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *output, value)?;
    output.write_all(b"\n")
}
