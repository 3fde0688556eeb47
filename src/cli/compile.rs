//! `detick compile`: lists into the files that the extension loads.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use detick::dnr::{self, Browser, Compiled, Settings};
use detick::engine;
use detick::shipped;

use super::{Failure, Outcome, lists};

/// Arguments of `detick compile`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Filter lists
    #[arg(required = true, value_name = "LIST")]
    lists: Vec<PathBuf>,
    /// The folder to write to; made when it is missing. Gets block.json, surrogates.json, data-surrogates.json,
    /// links.json, headers.json (declarativeNetRequest rules; Firefox refuses those of data-surrogates.json),
    /// unwrap.json (their conditions for redirectors), engine.bin and report.txt
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Which browser the rules are for
    #[arg(long, value_name = "BROWSER", default_value = "both")]
    browser: BrowserName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BrowserName {
    /// Only what both take
    Both,
    /// Chromium and its kin
    Chromium,
    /// Firefox
    Firefox,
}

/// Runs the command, and prints what became of every line.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (lists, outcome) = lists::read_files(&args.lists)?;
    let image = engine::image(&lists, shipped::COMPANIES).map_err(|error| Failure::Other(error.to_string()))?;
    let Compiled { rulesets, report } = dnr::compile(&lists, &args.settings());
    let mut said = format!("{report}\n");
    fs::create_dir_all(&args.out).map_err(|error| Failure::Write(args.out.display().to_string(), error))?;
    for (name, rules) in rulesets.all() {
        let json = dnr::to_json(rules);
        said += &format!("{name}.json: {} rules, {} bytes\n", rules.len(), json.len());
        write(&args.out, &format!("{name}.json"), json.as_bytes())?;
    }
    write(&args.out, "unwrap.json", dnr::to_json(&rulesets.unwrap).as_bytes())?;
    said += &format!("engine.bin: {} bytes\n", image.len());
    write(&args.out, "engine.bin", &image)?;
    write(&args.out, "report.txt", said.as_bytes())?;
    write!(io::stdout(), "{said}")?;
    Ok(outcome)
}

impl From<BrowserName> for Browser {
    fn from(name: BrowserName) -> Self {
        match name {
            BrowserName::Both => Browser::Both,
            BrowserName::Chromium => Browser::Chromium,
            BrowserName::Firefox => Browser::Firefox,
        }
    }
}

impl Args {
    fn settings(&self) -> Settings {
        Settings {
            browser: self.browser.into(),
            ..Settings::default()
        }
    }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = folder.join(name);
    fs::write(&path, bytes).map_err(|error| Failure::Write(path.display().to_string(), error))
}
