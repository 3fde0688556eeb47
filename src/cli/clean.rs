//! `detick clean`: links in, clean links out, in their order and in memory that does not grow.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use clap::ValueEnum;
use detick::cleaner::{Cleaned, Cleaner, Options, Tiers};
use serde::Serialize;

use super::{Failure, Outcome, lists};

/// The longest line that is read, in bytes: browsers take addresses of up to 2 MB.
const MAX_LINE: u64 = 4 << 20;

/// Arguments of `detick clean`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Links; without any, standard input is read, a link a line
    #[arg(value_name = "URL")]
    links: Vec<String>,
    /// Print a line of JSON for each link: {"url", "removed": [{"name", "rule", "why"}], "unwrapped"},
    /// or {"error"} for a line that cannot be read
    #[arg(long)]
    json: bool,
    /// Read a text from standard input and write it with its links cleaned, and no other byte changed
    #[arg(long, conflicts_with_all = ["links", "json"])]
    text: bool,
    /// How far to go: what is safe while a page is opened, or all that a shared link can do without
    #[arg(long, default_value = "share")]
    tier: Tier,
    /// Take out who gets paid for the link, too
    #[arg(long)]
    referral: bool,
    #[command(flatten)]
    lists: lists::Lists,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Tier {
    Navigation,
    Share,
}

#[derive(Serialize)]
struct Printed<'a> {
    url: &'a str,
    removed: Vec<Removed<'a>>,
    unwrapped: &'a [String],
}

#[derive(Serialize)]
struct Removed<'a> {
    name: &'a str,
    rule: String,
    why: &'a str,
}

#[derive(Serialize)]
struct Unread {
    error: String,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (lists, mut outcome) = args.lists.read()?;
    let (cleaner, complaints) = Cleaner::new(&lists);
    for (list, complaint) in complaints {
        eprintln!("{list}:{complaint}");
        outcome = Outcome::Incomplete;
    }
    let mut tiers = Tiers::NAVIGATION;
    tiers.set(Tiers::SHARE, args.tier == Tier::Share);
    tiers.set(Tiers::REFERRAL, args.referral);
    let mut printer = Printer {
        cleaner: &cleaner,
        tiers,
        json: args.json,
        output: BufWriter::new(io::stdout().lock()),
    };
    if args.text {
        printer.print_text(io::stdin().lock())?;
    }
    for link in &args.links {
        printer.print(link)?;
    }
    if !args.text && args.links.is_empty() && printer.print_all(io::stdin().lock())? == Outcome::Incomplete {
        outcome = Outcome::Incomplete;
    }
    printer.output.flush()?;
    Ok(outcome)
}

struct Printer<'a, W: Write> {
    cleaner: &'a Cleaner,
    tiers: Tiers,
    json: bool,
    output: W,
}

impl<W: Write> Printer<'_, W> {
    /// Cleans every line; one that cannot be read is told with its number, and the others go on.
    fn print_all(&mut self, input: impl Read) -> Result<Outcome, Failure> {
        let mut input = BufReader::new(input);
        let mut outcome = Outcome::Complete;
        let mut line = Vec::new();
        for number in 1_u64.. {
            // Who writes a line and waits for the answer gets it; who writes many is not slowed down.
            if input.buffer().is_empty() {
                self.output.flush()?;
            }
            line.clear();
            if (&mut input).take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            match read(&mut input, &line)? {
                Ok(link) => self.print(link)?,
                Err(why) => {
                    self.complain(format!("line {number}, {why}"))?;
                    outcome = Outcome::Incomplete;
                }
            }
        }
        Ok(outcome)
    }

    /// Cleans the links of every line; what is no UTF-8, and a line that is too long to be anyone's, is written as it
    /// was read.
    fn print_text(&mut self, input: impl Read) -> io::Result<()> {
        let mut input = BufReader::new(input);
        let options = self.options();
        let (mut line, mut is_begun) = (Vec::new(), false);
        loop {
            line.clear();
            if (&mut input).take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            let is_whole = line.ends_with(b"\n") || (line.len() as u64) < MAX_LINE;
            for chunk in line.utf8_chunks() {
                match is_whole && !is_begun {
                    true => write!(self.output, "{}", self.cleaner.clean_text(chunk.valid(), &options).0)?,
                    false => self.output.write_all(chunk.valid().as_bytes())?,
                }
                self.output.write_all(chunk.invalid())?;
            }
            is_begun = !is_whole;
            if input.buffer().is_empty() {
                self.output.flush()?;
            }
        }
    }

    fn options(&self) -> Options<'static> {
        Options {
            tiers: self.tiers,
            keep: &[],
        }
    }

    fn print(&mut self, link: &str) -> io::Result<()> {
        let options = self.options();
        let cleaned = self.cleaner.clean(link, &options);
        match self.json {
            true => self.print_json(&Printed::from(&cleaned)),
            false => writeln!(self.output, "{}", cleaned.url),
        }
    }

    /// An error takes the place of its link, so that lines out stand for lines in.
    fn complain(&mut self, error: String) -> io::Result<()> {
        eprintln!("{error}");
        match self.json {
            true => self.print_json(&Unread { error }),
            false => writeln!(self.output),
        }
    }

    fn print_json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.output, value)?;
        self.output.write_all(b"\n")
    }
}

/// The link in a line, or what is wrong with it.
fn read<'l>(input: &mut impl BufRead, line: &'l [u8]) -> io::Result<Result<&'l str, String>> {
    if line.len() as u64 == MAX_LINE && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Err(format!("column 1: longer than {MAX_LINE} bytes")));
    }
    let explain = |error: std::str::Utf8Error| {
        let good = String::from_utf8_lossy(&line[..error.valid_up_to()]);
        format!("column {}: not valid UTF-8", good.chars().count() + 1)
    };
    Ok(std::str::from_utf8(line)
        .map(|line| line.trim_start_matches('\u{feff}').trim())
        .map_err(explain))
}

impl<'a> From<&'a Cleaned<'a>> for Printed<'a> {
    fn from(cleaned: &'a Cleaned<'a>) -> Self {
        let removed = cleaned.removed.iter().map(|removed| Removed {
            name: &removed.name,
            rule: removed.rule().to_string(),
            why: removed.why,
        });
        Printed {
            url: &cleaned.url,
            removed: removed.collect(),
            unwrapped: &cleaned.unwrapped,
        }
    }
}
