//! `detick lint`: a list checked for its author.

use std::io::{self, Write};
use std::path::PathBuf;

use detick::lint::{self, Source};
use detick::list::Reading;
use serde::Serialize;

use super::{Failure, Outcome, lists};

/// Arguments of `detick lint`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Filter lists, looked at together: a line of one may repeat a line of another
    #[arg(required = true, value_name = "LIST")]
    lists: Vec<PathBuf>,
    /// Print one line of JSON for each finding: {"file", "line", "column", "kind", "message"}
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Printed<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    kind: &'static str,
    message: String,
}

/// Prints each finding as `file:line:column: sentence`, or as JSON.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (texts, read) = lists::texts(&args.lists)?;
    let names: Vec<String> = texts.iter().map(|(path, _)| lists::name_of(path)).collect();
    let sources: Vec<Source<'_>> = texts
        .iter()
        .zip(&names)
        .map(|((_, text), name)| Source { name, text })
        .collect();
    let findings = lint::lint(&sources, &Reading::default());
    let mut output = io::BufWriter::new(io::stdout().lock());
    for finding in &findings {
        let printed = Printed {
            file: &texts[finding.list].0.display().to_string(),
            line: finding.line,
            column: finding.column,
            kind: finding.flaw.code(),
            message: finding.flaw.to_string(),
        };
        match args.json {
            true => {
                serde_json::to_writer(&mut output, &printed).map_err(io::Error::from)?;
                writeln!(output)?;
            }
            false => {
                let Printed {
                    file,
                    line,
                    column,
                    message,
                    ..
                } = printed;
                writeln!(output, "{file}:{line}:{column}: {message}")?;
            }
        }
    }
    output.flush()?;
    Ok(match findings.is_empty() {
        true => read,
        false => Outcome::Incomplete,
    })
}
