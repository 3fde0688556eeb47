//! `detick report`: recordings in, what the pages in them told TikTok out, in memory that does not grow.

mod unpack;
mod zip;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::time::SystemTime;

use clap::ValueEnum;
use detick::blocker::Blocker;
use detick::cleaner::Cleaner;
use detick::engine::Engine;
use detick::list::List;
use detick::recording::{Flaw, Item, Place, Reader};
use detick::report::{About, EMBEDS, Found, ListUsed, Report, Summary, Values};
use detick::shipped;
use detick::tracker::Trackers;

use super::{Failure, Outcome, lists};

/// How many flaws of one recording are told; the others are counted.
const MAX_TOLD: u64 = 100;
/// How much is read at once.
const CHUNK: usize = 64 << 10;
/// Where Detick's version stands.
const MANIFEST: &str = include_str!("../../extension/manifest.json");

/// Arguments of `detick report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// HAR files or JSON lines, plain or packed by gzip or zip; `-`, or none at all, is standard input
    #[arg(value_name = "FILE")]
    recordings: Vec<PathBuf>,
    /// Print JSON, in the shape of docs/report.schema.json
    #[arg(long)]
    json: bool,
    /// Print one page of HTML that holds all it needs, with a picture of who was told what and when
    #[arg(long, conflicts_with = "json")]
    html: bool,
    /// Tell kinds and never values; this is the default
    #[arg(long, conflicts_with = "show_values")]
    redact: bool,
    /// Tell values too: addresses, what was told, identifiers
    #[arg(long)]
    show_values: bool,
    /// End with exit code 3 if one of these was found
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
    #[command(flatten)]
    lists: lists::Lists,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A request that a list stops
    Tracker,
    /// A request to a pixel, or a report of one's
    Pixel,
    /// Personal data in a report of a pixel's, hashed or not
    PersonalData,
}

impl FailOn {
    fn is_found(self, found: Found) -> bool {
        match self {
            FailOn::Tracker => found.tracker,
            FailOn::Pixel => found.pixel,
            FailOn::PersonalData => found.personal_data,
        }
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Outcome, Failure> {
    let (mut lists, read) = args.lists.read()?;
    if lists.iter().all(|list| list.name != EMBEDS) {
        lists.push(lists::embeds());
    }
    let engine = engine(&lists)?;
    let mut intake = Intake {
        report: Report::new(&engine, &[]),
        outcome: read,
    };
    match args.recordings.is_empty() {
        true => intake.read("standard input", io::stdin().lock())?,
        false => args.recordings.iter().try_for_each(|file| intake.read_file(file))?,
    }
    let summary = intake.report.summary(&About {
        made: now(),
        version: version(),
        lists: lists.iter().map(used).collect(),
        values: if args.show_values {
            Values::Shown
        } else {
            Values::Hidden
        },
    });
    print(&summary, args)?;
    let is_found = args.fail_on.iter().any(|what| what.is_found(summary.found));
    Ok(if is_found { Outcome::Found } else { intake.outcome })
}

fn engine(lists: &[List]) -> Result<Engine, Failure> {
    Ok(Engine {
        blocker: Blocker::new(lists),
        cleaner: Cleaner::new(lists).0,
        trackers: Trackers::parse(shipped::COMPANIES).map_err(|error| Failure::Other(error.to_string()))?,
    })
}

fn used(list: &List) -> ListUsed {
    ListUsed {
        name: list.name.clone(),
        version: list.header.version.clone().unwrap_or_default(),
    }
}

fn print(summary: &Summary, args: &Args) -> Result<(), Failure> {
    let text = match (args.json, args.html) {
        (true, _) => summary.to_json(),
        (_, true) => summary.to_html(),
        _ => summary.to_text(),
    };
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()?;
    Ok(())
}

/// Milliseconds since 1970; `SOURCE_DATE_EPOCH` stands for the clock where reports are to be the same each time.
fn now() -> i64 {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok();
    if let Some(seconds) = fixed.and_then(|text| text.parse::<u32>().ok()) {
        return i64::from(seconds) * 1000;
    }
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}

fn version() -> String {
    let manifest: serde_json::Value = serde_json::from_str(MANIFEST).unwrap_or_default();
    manifest["version"].as_str().unwrap_or_default().to_owned()
}

/// Takes recordings in, and tells what of them cannot be read.
struct Intake<'a> {
    report: Report<'a>,
    outcome: Outcome,
}

impl Intake<'_> {
    fn read_file(&mut self, file: &PathBuf) -> Result<(), Failure> {
        let name = file.display().to_string();
        if name == "-" {
            return self.read("standard input", io::stdin().lock());
        }
        let opened = File::open(file).map_err(|error| Failure::Read(name.clone(), error))?;
        self.read(&name, opened)
    }

    fn read(&mut self, name: &str, input: impl Read) -> Result<(), Failure> {
        let mut input = BufReader::with_capacity(CHUNK, input);
        unpack::each(name, &mut input, &mut |name, text| self.take(name, text))
            .map_err(|error| Failure::Read(name.to_owned(), error))
    }

    /// One recording, unpacked.
    fn take(&mut self, name: &str, text: unpack::Text<'_>) -> io::Result<()> {
        self.report.begin(name);
        let mut teller = Teller { name, told: 0 };
        let mut reader = Reader::default();
        let report = &mut self.report;
        let mut sink = |item| sort(item, report, &mut teller);
        let read = match text {
            unpack::Text::Plain(input) => push(input, &mut reader, &mut sink),
            unpack::Text::Not(what) => Err(io::Error::new(io::ErrorKind::InvalidData, what)),
        };
        if let Err(error) = &read {
            sink(Item::Flaw(Flaw {
                place: Place::default(),
                what: error.to_string(),
            }));
        }
        if read.is_ok() || reader.has_begun() {
            reader.end(&mut sink);
        }
        if teller.end() > 0 {
            self.outcome = Outcome::Incomplete;
        }
        Ok(())
    }
}

fn push(input: &mut dyn BufRead, reader: &mut Reader, sink: &mut impl FnMut(Item)) -> io::Result<()> {
    loop {
        let bytes = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            bytes => bytes?,
        };
        if bytes.is_empty() {
            return Ok(());
        }
        reader.push(bytes, sink);
        let read = bytes.len();
        input.consume(read);
    }
}

fn sort(item: Item, report: &mut Report<'_>, teller: &mut Teller<'_>) {
    match item {
        Item::Tool(tool) => report.add_tool(tool),
        Item::Page(page) => report.add_page(&page),
        Item::Record(mut record) => {
            record.body = unpack::body(record.body);
            report.add(&record);
        }
        Item::Flaw(flaw) => {
            report.add_flaw();
            teller.tell(&flaw);
        }
    }
}

/// Tells flaws on standard error, the first of them in full.
struct Teller<'a> {
    name: &'a str,
    told: u64,
}

impl Teller<'_> {
    fn tell(&mut self, flaw: &Flaw) {
        self.told += 1;
        if self.told <= MAX_TOLD {
            match flaw.place.line {
                0 => eprintln!("{}: {}", self.name, flaw.what),
                _ => eprintln!("{}:{flaw}", self.name),
            }
        }
    }

    fn end(&self) -> u64 {
        if self.told > MAX_TOLD {
            eprintln!("{}: {} more places could not be read", self.name, self.told - MAX_TOLD);
        }
        self.told
    }
}
