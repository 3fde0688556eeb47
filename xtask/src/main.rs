//! `cargo xtask build | lists | check | budgets | package`: everything between the sources and a loadable extension.

mod budgets;
mod callgrind;
mod check;
mod domains;
mod engine;
mod files;
mod join;
mod lists;
mod manifest;
mod package;
mod progress;
mod rules;
mod toolchain;
mod wasm;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Builds, checks and packages the extension.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make dist/extension/, which browsers load: the engine as WebAssembly, the rules from filters/, the modules of
    /// extension/ joined
    Build,
    /// Bring filters/*.txt into form: sorted, each line once
    Lists,
    /// Build, then run rustfmt, clippy, tsc, biome and addons-linter over everything
    Check,
    /// Build, then count instructions and bytes, and compare them with benches/budgets.json
    Budgets {
        /// Write the file instead
        #[arg(long)]
        update: bool,
    },
    /// Build, then write dist/detick-chrome-VERSION.zip and dist/detick-firefox-VERSION.xpi
    Package,
}

fn main() -> ExitCode {
    match run(&Args::parse().command, &root()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}"); // not `Debug`, which adds a backtrace that helps nobody here
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command, root: &Path) -> Result<()> {
    match command {
        Command::Build => build(root),
        Command::Lists => {
            println!("{}", lists::write(root)?);
            Ok(())
        }
        Command::Check => build(root).and_then(|()| check::run(root)),
        Command::Budgets { update } => build(root).and_then(|()| budgets::run(root, *update)),
        Command::Package => package(root),
    }
}

fn build(root: &Path) -> Result<()> {
    println!("{}", rules::write(root)?);
    println!("{}", engine::write(root)?);
    println!("{}", wasm::build(root)?);
    join::run(root)
}

fn package(root: &Path) -> Result<()> {
    build(root)?;
    for path in package::write(root)? {
        let bytes = fs::metadata(&path)?.len();
        println!("{}, {} kB", path.display(), bytes.div_ceil(1000));
    }
    Ok(())
}

/// The repository's folder.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}
