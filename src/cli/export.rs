//! `detick export`: lists for other blockers.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use detick::export::{self, Format};

use super::{Failure, Outcome, lists};

/// Hosts whose names are known.
const KNOWN: &str = include_str!("../../data/known-hosts.txt");

/// Arguments of `detick export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Whose format
    #[arg(long, value_name = "FORMAT")]
    format: FormatName,
    /// Where to write the list; standard output when it is not given. What the format cannot say is told on standard
    /// error
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    lists: lists::Lists,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// uBlock Origin: all but headers of requests, three steps of urlskip and three names in with=; urlskip and
    /// uritransform act only in a list that it trusts
    Ublock,
    /// AdGuard's browser extensions: all but urlskip, uritransform, strict1p and strict3p
    Adguard,
    /// Ghostery: besides, neither regexes in options nor header=, method=, permissions=, removeheader= or popup
    Ghostery,
    /// A hosts file: whole hosts that are blocked under no condition, without those of which an exception needs a part
    Hosts,
    /// Names of hosts, one a line, for Pi-hole and DNS filters: as hosts
    Domains,
}

/// Runs the command, and tells what the format cannot say, or says under a condition only.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (lists, outcome) = args.lists.read()?;
    let format = match args.format {
        FormatName::Ublock => Format::Ublock,
        FormatName::Adguard => Format::Adguard,
        FormatName::Ghostery => Format::Ghostery,
        FormatName::Hosts => Format::Hosts,
        FormatName::Domains => Format::Domains,
    };
    let exported = export::export(&lists, format, KNOWN);
    match &args.out {
        Some(path) => {
            fs::write(path, &exported.text).map_err(|error| Failure::Write(path.display().to_string(), error))?
        }
        None => io::stdout().write_all(exported.text.as_bytes())?,
    }
    eprintln!("{} filters said", exported.said);
    for (what, count) in &exported.conditional {
        eprintln!("{count} of them {what}");
    }
    for (why, count) in &exported.left_out {
        eprintln!("{count} left out: {why}");
    }
    Ok(outcome)
}
