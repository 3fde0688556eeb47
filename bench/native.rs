//! Detick without a browser, for the bench: the same lists and requests as the other engines get, figures as JSON.
//!
//! `cargo run --release --example bench -- matching PLAN`, where PLAN is the JSON that `process.js` takes.

use std::process::ExitCode;
use std::time::Instant;

use detick::blocker::Decision;
use detick::engine::{self, Engine};
use detick::list::{self, List};
use detick::request::Request;
use serde::Deserialize;
use serde_json::{Value, json};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// `MatchingPlan` of `types.d.ts`.
#[derive(Deserialize)]
struct Plan {
    lists: Vec<String>,
    requests: String,
    passes: usize,
    loops: usize,
    restores: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    url: String,
    source_url: String,
    #[serde(rename = "type")]
    kind: String,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Fallible<Value> {
    match args {
        [part, plan] if part == "matching" => matching(&serde_json::from_str(plan)?),
        _ => Err("usage: bench matching PLAN".into()),
    }
}

fn matching(plan: &Plan) -> Fallible<Value> {
    let texts: Vec<String> = plan.lists.iter().map(read).collect::<Fallible<_>>()?;
    let text = read(&plan.requests)?;
    let rows: Vec<Row> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let (image, load) = timed(|| engine::image(&parse(&texts), ""));
    let image = image?;
    let restores = (0..plan.restores).map(|_| timed(|| first_decision(&image, &rows)).1);
    let restore = median(restores.collect());
    let engine = Engine::restore(&image)?;
    let mut request = Request::default();
    let mut decide = |row: &Row| decision(&engine, &mut request, row);
    let ordered: Vec<&Row> = rows.iter().collect();
    let mixed = shuffled(ordered.clone());
    let first_pass = per_request(&ordered, 1, &mut decide);
    let in_order = (0..plan.passes).map(|_| per_request(&ordered, plan.loops, &mut decide));
    let in_order = median(in_order.collect());
    let shuffled = (0..plan.passes).map(|_| per_request(&mixed, plan.loops, &mut decide));
    let shuffled = median(shuffled.collect());
    let (p50, p99) = percentiles(&ordered, &mut decide);
    let decisions: String = rows.iter().map(|row| decide(row).to_string()).collect();
    Ok(json!({
        "name": "**Detick**, native",
        "load": load,
        "firstPass": first_pass,
        "inOrder": in_order,
        "shuffled": shuffled,
        "p50": p50,
        "p99": p99,
        "bytes": image.len(),
        "restore": restore,
        "decisions": decisions,
    }))
}

fn decision(engine: &Engine, request: &mut Request, row: &Row) -> u8 {
    request.read(&row.url, &row.source_url, &row.kind, "GET");
    match engine.blocker.decide(request) {
        None => 0,
        Some(Decision::Allow) => 2,
        Some(Decision::Block | Decision::Redirect(_)) => 1,
    }
}

/// As `timeToFirstDecision` of `measured.js`.
fn first_decision(image: &[u8], rows: &[Row]) -> Option<u8> {
    let engine = Engine::restore(image).ok()?;
    Some(decision(&engine, &mut Request::default(), rows.first()?))
}

/// Microseconds for each request. The sum of the answers keeps the compiler from leaving calls out.
fn per_request(rows: &[&Row], loops: usize, decide: &mut impl FnMut(&Row) -> u8) -> f64 {
    let (sum, milliseconds) = timed(|| {
        let all = (0..loops).flat_map(|_| rows);
        all.map(|row| u64::from(decide(row))).sum::<u64>()
    });
    assert!(sum <= 2 * (loops * rows.len()) as u64, "decisions are 0, 1 and 2");
    milliseconds * 1000.0 / (rows.len() * loops) as f64
}

/// Of each request the best of five rounds by the clock, in microseconds: p50 and p99.
fn percentiles(rows: &[&Row], decide: &mut impl FnMut(&Row) -> u8) -> (Option<f64>, Option<f64>) {
    let mut best = vec![f64::INFINITY; rows.len()];
    for _ in 0..5 {
        for (row, best) in rows.iter().zip(&mut best) {
            let start = Instant::now();
            std::hint::black_box(decide(row));
            *best = best.min(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    best.sort_by(f64::total_cmp);
    let at = |share: f64| best.get((best.len() as f64 * share) as usize).copied();
    (at(0.5), at(0.99))
}

fn parse(texts: &[String]) -> Vec<List> {
    let parse = |(at, text): (usize, &String)| list::parse(&format!("list-{at}.txt"), text.as_bytes()).0;
    texts.iter().enumerate().map(parse).collect()
}

/// Some lists come with Windows' line ends.
fn read(path: &String) -> Fallible<String> {
    Ok(std::fs::read_to_string(path)?.replace("\r\n", "\n"))
}

/// Milliseconds on the processor where the system tells them (Linux), else by the clock.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let (clock, processor) = (Instant::now(), on_processor());
    let done = work();
    let milliseconds = match (processor, on_processor()) {
        (Some(before), Some(after)) => (after - before) / 1e6,
        _ => clock.elapsed().as_secs_f64() * 1000.0,
    };
    (done, milliseconds)
}

/// Nanoseconds of this thread, the only one.
fn on_processor() -> Option<f64> {
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    account.split(' ').next()?.parse().ok()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The order that `measure.js` makes.
fn shuffled<T>(mut list: Vec<T>) -> Vec<T> {
    let mut seed: u64 = 1;
    for at in (1..list.len()).rev() {
        seed = seed * 48_271 % 2_147_483_647;
        list.swap(at, (seed % (at as u64 + 1)) as usize);
    }
    list
}
