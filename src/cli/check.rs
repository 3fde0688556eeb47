//! `detick check`: one request, or one a line.

use std::io::{self, Write};

use super::compile::BrowserName;
use super::judge::{Asked, EngineName, Judge};
use super::{Failure, Outcome, batch, lists};

/// Arguments of `detick check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address that is requested
    #[arg(required_unless_present = "batch", value_name = "URL")]
    url: Option<String>,
    /// The page that requests it
    #[arg(long, value_name = "PAGE", default_value = "", hide_default_value = true)]
    source: String,
    /// What is requested, by the browsers' names: script, image, xmlhttprequest, sub_frame, ...
    #[arg(long = "type", value_name = "TYPE", default_value = "other")]
    kind: String,
    /// The HTTP method
    #[arg(long, default_value = "GET")]
    method: String,
    /// Print one line of JSON, as --batch does
    #[arg(long)]
    json: bool,
    /// Read requests from standard input, a line of JSON each: {"url", "sourceUrl", "type"[, "method"]}. Print a
    /// verdict a line: {"action", "filter", "list", "line", "company"}, or {"error"} for a line that cannot be read
    #[arg(long, conflicts_with_all = ["url", "json"])]
    batch: bool,
    #[command(flatten)]
    lists: lists::Lists,
    /// In which browser: not every one can answer every kind of request with a surrogate
    #[arg(long, value_name = "BROWSER", default_value = "both")]
    browser: BrowserName,
    /// Whose engine decides
    #[arg(long, default_value = "detick")]
    engine: EngineName,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (lists, read) = args.lists.read()?;
    let mut judge = Judge::new(args.engine, args.browser.into(), &lists)?;
    let Some(url) = args.url.as_deref().filter(|_| !args.batch) else {
        let answered = batch::run(&mut judge, io::stdin().lock(), io::stdout().lock())?;
        return Ok(if read == Outcome::Incomplete { read } else { answered });
    };
    let answer = judge.decide(&Asked {
        url,
        source_url: &args.source,
        kind: &args.kind,
        method: &args.method,
    });
    match args.json {
        true => batch::print(&mut io::stdout(), &answer)?,
        false => writeln!(io::stdout(), "{answer}")?,
    }
    Ok(read)
}
