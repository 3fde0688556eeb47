//! Detick without a browser, for the bench: the same lists and inputs as the other engines get, figures as JSON.
//!
//! `cargo run --release --example bench -- matching|links|rules PLAN`, where PLAN is the JSON that `process.js` takes.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use detick::blocker::Decision;
use detick::cleaner::{Cleaner, Options};
use detick::dnr::{self, Settings};
use detick::engine::{self, Engine};
use detick::list::{self, List};
use detick::request::Request;
use serde::Deserialize;
use serde_json::{Value, json};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Deserialize)]
struct Plan {
    lists: Vec<String>,
    inputs: Option<String>,
    passes: usize,
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

#[derive(Deserialize)]
struct Link {
    link: String,
    clean: Option<String>,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    match run(args.next().as_deref(), args.next().as_deref()) {
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

fn run(what: Option<&str>, plan: Option<&str>) -> Fallible<Value> {
    let plan: Plan = serde_json::from_str(plan.ok_or("a plan is missing")?)?;
    match what {
        Some("matching") => matching(&plan),
        Some("links") => links(&plan),
        Some("rules") => rules(&plan),
        _ => Err("usage: bench matching|links|rules PLAN".into()),
    }
}

fn matching(plan: &Plan) -> Fallible<Value> {
    let rows: Vec<Row> = read_rows(plan)?;
    let texts = read_lists(plan)?;
    let (image, first_load) = timed(|| build(&texts));
    let image = image?;
    let restores: Vec<f64> = (0..plan.restores)
        .map(|_| timed(|| Engine::restore(&image)).1)
        .collect();
    let engine = Engine::restore(&image)?;
    let mut request = Request::default();
    let mut decide = |row: &Row| {
        request.read(&row.url, &row.source_url, &row.kind, "GET");
        match engine.blocker.decide(&request) {
            None => 0,
            Some(Decision::Allow) => 2,
            Some(Decision::Block | Decision::Redirect(_)) => 1,
        }
    };
    let mut pass = |rows: &[&Row]| {
        let ((), ms) = timed(|| {
            rows.iter().for_each(|row| {
                black_box(decide(row));
            })
        });
        ms * 1000.0 / rows.len() as f64
    };
    let in_order: Vec<&Row> = rows.iter().collect();
    let shuffled = shuffled(in_order.clone());
    let first_pass = pass(&in_order);
    let ordered: Vec<f64> = (0..plan.passes).map(|_| pass(&in_order)).collect();
    let mixed: Vec<f64> = (0..plan.passes).map(|_| pass(&shuffled)).collect();
    let decisions: String = rows.iter().map(|row| decide(row).to_string()).collect();
    Ok(json!({
        "name": "Detick, native",
        "firstLoad": first_load,
        "firstPass": first_pass,
        "inOrder": summary(ordered),
        "shuffled": summary(mixed),
        "bytes": image.len(),
        "restore": summary(restores),
        "decisions": decisions,
    }))
}

fn links(plan: &Plan) -> Fallible<Value> {
    let rows: Vec<Link> = read_rows(plan)?;
    let texts = read_lists(plan)?;
    let (cleaner, load) = timed(|| Cleaner::new(&parse(&texts)).0);
    let options = Options::default();
    let pass = || {
        let ((), ms) = timed(|| {
            rows.iter()
                .for_each(|row| drop(black_box(cleaner.clean(&row.link, &options))));
        });
        ms * 1000.0 / rows.len() as f64
    };
    let first_pass = pass();
    let all: Vec<f64> = (0..plan.passes).map(|_| pass()).collect();
    let clean = |row: &Link| cleaner.clean(&row.link, &options).url.into_owned();
    let right = |row: &&Link| row.clean.as_ref().is_some_and(|expected| *expected == clean(row));
    Ok(json!({
        "name": "Detick, native",
        "load": load,
        "firstPass": first_pass,
        "all": summary(all),
        "changed": rows.iter().filter(|row| clean(row) != row.link).count(),
        "right": rows.iter().filter(right).count(),
        "known": rows.iter().filter(|row| row.clean.is_some()).count(),
        "threw": 0,
    }))
}

fn rules(plan: &Plan) -> Fallible<Value> {
    let texts = read_lists(plan)?;
    let mut figures = (0, 0, 0);
    let times: Vec<f64> = (0..plan.passes)
        .map(|_| {
            let (made, ms) = timed(|| convert(&texts));
            figures = made;
            ms
        })
        .collect();
    let (rules, refused, bytes) = figures;
    let first = times.first().copied();
    let Value::Object(mut figures) = summary(times) else {
        return Err("a summary is an object".into());
    };
    figures.extend([
        ("name".into(), json!("Detick, native")),
        ("first".into(), json!(first)),
        ("rules".into(), json!(rules)),
        ("refused".into(), json!(refused)),
        ("bytes".into(), json!(bytes)),
    ]);
    Ok(Value::Object(figures))
}

fn convert(texts: &[(String, String)]) -> (usize, usize, usize) {
    let compiled = dnr::compile(&parse(texts), &Settings::default());
    let all = compiled.rulesets.all();
    let bytes = all.iter().map(|(_, rules)| dnr::to_json(rules).len()).sum();
    let rules = all.iter().map(|(_, rules)| rules.len()).sum();
    (rules, compiled.report.refused.len(), bytes)
}

fn build(texts: &[(String, String)]) -> Fallible<Vec<u8>> {
    Ok(engine::image(&parse(texts), "")?)
}

fn parse(texts: &[(String, String)]) -> Vec<List> {
    let parse = |(name, text): &(String, String)| list::parse(name, text.as_bytes()).0;
    texts.iter().map(parse).collect()
}

fn read_lists(plan: &Plan) -> Fallible<Vec<(String, String)>> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let read = |path: &String| Ok((name(path), std::fs::read_to_string(path)?));
    plan.lists.iter().map(read).collect()
}

fn read_rows<T: for<'a> Deserialize<'a>>(plan: &Plan) -> Fallible<Vec<T>> {
    let text = std::fs::read_to_string(plan.inputs.as_ref().ok_or("the plan has no inputs")?)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Milliseconds by the clock: the bench runs one process at a time.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64() * 1000.0)
}

fn summary(mut values: Vec<f64>) -> Value {
    values.sort_by(f64::total_cmp);
    json!({ "best": values.first(), "median": values.get(values.len() / 2) })
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
