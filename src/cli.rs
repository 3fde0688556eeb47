//! What the commands have in common: arguments, exit codes, and how errors are told.

mod batch;
mod check;
mod clean;
mod compile;
mod export;
mod judge;
mod lint;
mod lists;
mod report;
mod shell;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use thiserror::Error;

/// Told under every `--help`.
const EXIT_CODES: &str = "Exit codes:\n  0  done\n  1  done, but some input could not be read: see standard error\n  \
                          2  not done: wrong arguments, or a file that cannot be read or written";

/// Told under `detick lint --help`.
const LINT_EXIT_CODES: &str = "Exit codes:\n  0  nothing was found\n  1  something was: it is told as file:line:column: sentence\n  \
                               2  not done: wrong arguments, or a file that cannot be read";

/// Told under `detick report --help`.
const REPORT_EXIT_CODES: &str = "Exit codes:\n  0  done\n  1  done, but some input could not be read: see standard error\n  \
                                 2  not done: wrong arguments, or a file that cannot be read\n  \
                                 3  done, and what --fail-on names was found";

/// Keeps TikTok's trackers off people: the engine of the Detick browser extension.
#[derive(Debug, Parser)]
#[command(after_help = EXIT_CODES)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say whether a request is blocked, and by which line of which list
    #[command(after_help = EXIT_CODES)]
    Check(check::Args),
    /// Clean links, and say what was taken out of them
    #[command(after_help = EXIT_CODES)]
    Clean(clean::Args),
    /// Compile filter lists into what the extension loads
    #[command(after_help = EXIT_CODES)]
    Compile(compile::Args),
    /// Write lists for another blocker, a DNS filter or a hosts file
    #[command(after_help = EXIT_CODES)]
    Export(export::Args),
    /// Check lists for their authors: lines that cannot be read, say nothing new, or can never act
    #[command(after_help = LINT_EXIT_CODES)]
    Lint(lint::Args),
    /// Report what recorded pages told TikTok, and whom else the lists name: HAR files and JSON lines in
    #[command(after_help = REPORT_EXIT_CODES)]
    Report(report::Args),
    /// Write what a shell needs to complete these commands
    Completions(shell::CompletionsArgs),
    /// Write the manual page
    Man(shell::ManArgs),
}

/// How a command ended that came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All of the input was read.
    Complete,
    /// Some of it could not be read or has flaws, which were told.
    Incomplete,
    /// What the arguments say is a failure was found.
    Found,
}

/// Why a command could not go on.
#[derive(Debug, Error)]
enum Failure {
    /// A file that was named.
    #[error("cannot read {0}: {1}")]
    Read(String, io::Error),
    /// A file that was to be written.
    #[error("cannot write {0}: {1}")]
    Write(String, io::Error),
    /// Standard input or output.
    #[error(transparent)]
    Stream(#[from] io::Error),
    /// Anything else, in a sentence.
    #[error("{0}")]
    Other(String),
}

/// Runs what the arguments ask for.
pub fn run() -> ExitCode {
    let outcome = match Args::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Clean(args) => clean::run(&args),
        Command::Compile(args) => compile::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Completions(args) => shell::completions(&args, Args::command()),
        Command::Man(args) => shell::man(&args, Args::command()),
    };
    match outcome {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::from(1),
        Ok(Outcome::Found) => ExitCode::from(3),
        // Whoever read our output has seen enough.
        Err(Failure::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}
