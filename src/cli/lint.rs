//! `detick lint`: a list checked for its author.

use std::io::{self, Write};
use std::path::PathBuf;

use detick::lint;

use super::{Failure, Outcome, lists};

/// Arguments of `detick lint`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Filter lists, looked at together: a line of one may repeat a line of another
    #[arg(required = true, value_name = "LIST")]
    lists: Vec<PathBuf>,
}

/// Tells what cannot be read on standard error, and duplicates, shadowed lines and patterns that never match on standard
/// output, as `file:line:column: sentence`.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (lists, read) = lists::read_files(&args.lists)?;
    let findings = lint::lint(&lists);
    let mut output = io::stdout().lock();
    for finding in &findings {
        let file = args.lists[finding.list].display();
        writeln!(output, "{file}:{}:{}: {}", finding.line, finding.column, finding.flaw)?;
    }
    Ok(match findings.is_empty() {
        true => read,
        false => Outcome::Incomplete,
    })
}
