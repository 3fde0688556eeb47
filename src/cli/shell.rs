//! What shells and `man` are told of the commands, made of the very arguments that they take.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::{Man, generate_to};

use super::{Failure, Outcome};

/// Where completions are for.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell that is to complete `detick`
    shell: Shell,
}

/// Where the manual goes.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// Write a page for each command into this folder, instead of the first page to standard output
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Writes what the shell reads to complete the command to standard output.
///
/// # Errors
/// When standard output cannot be written.
pub fn completions(args: &CompletionsArgs, mut command: Command) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    generate(args.shell, &mut command, "detick", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Complete)
}

/// Writes the manual: its first page to standard output, or all pages into a folder.
///
/// # Errors
/// When a page cannot be written.
pub fn man(args: &ManArgs, command: Command) -> Result<Outcome, Failure> {
    match &args.out {
        Some(folder) => {
            generate_to(command, folder).map_err(|error| Failure::Write(folder.display().to_string(), error))?;
        }
        None => Man::new(command).render(&mut io::stdout())?,
    }
    Ok(Outcome::Complete)
}
