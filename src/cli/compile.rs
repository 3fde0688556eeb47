//! `detick compile`: lists into the files that the extension loads.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use detick::engine;
use detick::filter::Action;
use detick::list::List;

use super::{Failure, Outcome, lists};

/// Arguments of `detick compile`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Filter lists
    #[arg(required = true, value_name = "LIST")]
    lists: Vec<PathBuf>,
    /// The folder to write to; made when it is missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Runs the command, and prints what each list came to.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (lists, outcome) = lists::read_files(&args.lists)?;
    let image = engine::image(&lists, lists::COMPANIES).map_err(|error| Failure::Other(error.to_string()))?;
    let written = |error| Failure::Write(args.out.display().to_string(), error);
    fs::create_dir_all(&args.out).map_err(written)?;
    fs::write(args.out.join("engine.bin"), &image).map_err(written)?;
    for list in &lists {
        writeln!(io::stdout(), "{}", report(list))?;
    }
    writeln!(io::stdout(), "engine.bin: {} bytes", image.len())?;
    Ok(outcome)
}

fn report(list: &List) -> String {
    let blocking = |action: &Action| matches!(action, Action::Block | Action::Redirect(_));
    let requests = list.filters.iter().filter(|filter| blocking(&filter.action)).count();
    format!(
        "{}: {} lines, {requests} filters for requests, {} for links and headers, {} cosmetic lines left out",
        list.name,
        list.line_count(),
        list.filters.len() - requests,
        list.cosmetic
    )
}
