//! Work whose instructions are counted: `cargo xtask budgets` runs this under valgrind, and names a part by its
//! function.
//!
//! Everything is the same in each run and needs nothing but the repository: the lists are Detick's own and a made-up
//! one of 20,000 lines. Each part says on standard output how many pieces it was (`deciding 2000`).

use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use detick::cleaner::{Cleaner, Options};
use detick::dnr::{self, Browser, Settings};
use detick::engine::{self, Engine};
use detick::list::{self, List};
use detick::request::Request;
use serde_json::Value;

const LINES: u32 = 20_000;
const REQUESTS: u32 = 2_000;

/// What is counted. A name here is a figure's name in `benches/budgets.json`.
mod counted {
    use super::*;

    #[inline(never)]
    pub fn reading_lists(text: &str) -> List {
        list::parse("made-up.txt", text.as_bytes()).0
    }

    #[inline(never)]
    pub fn making_rules(lists: &[List], settings: &Settings) -> dnr::Compiled {
        dnr::compile(lists, settings)
    }

    #[inline(never)]
    pub fn making_an_image(lists: &[List]) -> Vec<u8> {
        engine::image(lists, "").unwrap_or_default()
    }

    #[inline(never)]
    pub fn restoring(image: &[u8]) -> Option<Engine> {
        Engine::restore(image).ok()
    }

    #[inline(never)]
    pub fn deciding(engine: &Engine, requests: &[[String; 3]]) {
        let mut request = Request::default();
        for [url, page, kind] in requests {
            request.read(url, page, kind, "GET");
            black_box(engine.blocker.decide(&request));
        }
    }

    /// Not the same as `deciding`, or the compiler would make one function of the two.
    #[inline(never)]
    pub fn explaining_own_lists(engine: &Engine, requests: &[[String; 3]]) {
        let mut request = Request::default();
        for [url, page, kind] in requests {
            request.read(url, page, kind, "GET");
            black_box(engine.blocker.check(&request));
        }
    }

    #[inline(never)]
    pub fn cleaning(cleaner: &Cleaner, links: &[String]) {
        for link in links {
            black_box(cleaner.clean(link, &Options::default()));
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (text, requests) = made_up();
    let list = counted::reading_lists(&text);
    println!("reading_lists {LINES}");
    let lists = [list];
    let settings = Settings {
        browser: Browser::Chromium,
        ..Settings::default()
    };
    black_box(counted::making_rules(&lists, &settings));
    println!("making_rules {LINES}");
    let image = counted::making_an_image(&lists);
    println!("making_an_image {LINES}");
    let engine = counted::restoring(&image).ok_or("the image is not restored")?;
    println!("restoring 1");
    counted::deciding(&engine, &requests);
    println!("deciding {REQUESTS}");

    let own = own_lists()?;
    let engine = Engine::restore(&engine::image(&own, "")?)?;
    let requests = rows("tests/requests.json", |row| {
        ["url", "sourceUrl", "type"].map(|field| text_of(row, field))
    })?;
    counted::explaining_own_lists(&engine, &requests);
    println!("explaining_own_lists {}", requests.len());
    let links = rows("tests/links.json", |row| text_of(row, "link"))?;
    counted::cleaning(&engine.cleaner, &links);
    println!("cleaning {}", links.len());
    Ok(())
}

/// A list in the proportions of EasyPrivacy, and requests of which a tenth are meant by one of its lines.
fn made_up() -> (String, Vec<[String; 3]>) {
    let mut chance = Chance(1);
    let (mut text, mut requests) = (String::new(), Vec::new());
    for _ in 0..LINES {
        let line = line(&mut chance);
        text.push_str(&line);
        text.push('\n');
    }
    let hosts: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("||")?.split(['^', '/']).next())
        .collect();
    for number in 0..REQUESTS {
        let host = match number % 10 {
            0 => hosts[chance.below(hosts.len() as u32) as usize].to_owned(),
            _ => host(&mut chance),
        };
        let kind = ["script", "image", "xmlhttprequest", "sub_frame"][chance.below(4) as usize];
        let (page, path, file, key) = (
            host_of_page(&mut chance),
            word(&mut chance),
            word(&mut chance),
            word(&mut chance),
        );
        let url = format!("https://{host}/{path}/{file}.js?{key}={}&v=2", chance.below(1 << 20));
        requests.push([url, format!("https://{page}/"), kind.to_owned()]);
    }
    (text, requests)
}

fn line(chance: &mut Chance) -> String {
    let host = host(chance);
    match chance.below(20) {
        0..14 => format!("||{host}^"),
        14 => format!("||{host}^$third-party"),
        15 => format!("||{host}/{}/{}.js", word(chance), word(chance)),
        16 => format!("/{}/{}.", word(chance), word(chance)),
        17 => format!(
            "-{}-{}^$script,domain={}",
            word(chance),
            word(chance),
            host_of_page(chance)
        ),
        18 => format!("@@||{host}^$image,domain={}", host_of_page(chance)),
        _ => format!("||{host}^$removeparam={}", word(chance)),
    }
}

fn host(chance: &mut Chance) -> String {
    let end = ["com", "net", "io", "co.uk", "example"][chance.below(5) as usize];
    format!("{}.{}{}.{end}", word(chance), word(chance), chance.below(500))
}

fn host_of_page(chance: &mut Chance) -> String {
    format!("{}.example", word(chance))
}

fn word(chance: &mut Chance) -> String {
    const SYLLABLES: [&str; 16] = [
        "ad", "tra", "ck", "pix", "el", "stat", "me", "tri", "count", "log", "ana", "ly", "tag", "bea", "con", "id",
    ];
    (0..2 + chance.below(2))
        .map(|_| SYLLABLES[chance.below(16) as usize])
        .collect()
}

/// Numbers that look random and are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(bound)) as u32
    }
}

fn own_lists() -> Result<Vec<List>, Box<dyn Error>> {
    let names = ["tiktok.txt", "links.txt", "share.txt", "referral.txt"];
    let read = |name: &str| Ok(list::parse(name, &std::fs::read(root().join("filters").join(name))?).0);
    names.into_iter().map(read).collect()
}

fn rows<T>(file: &str, take: impl Fn(&Value) -> T) -> Result<Vec<T>, Box<dyn Error>> {
    let rows: Vec<Value> = serde_json::from_slice(&std::fs::read(root().join(file))?)?;
    Ok(rows.iter().map(take).collect())
}

fn text_of(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
