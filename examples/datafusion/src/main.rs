//! Detick inside Apache DataFusion: SQL over a Parquet file of requests that asks Detick's engine. See README.md.

mod compare;
mod functions;
mod requests;

use std::error::Error;
use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use detick::Engine;

type Fallible<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: detick-datafusion make PARQUET JSONL [COUNT [REQUESTS.jsonl]]
       detick-datafusion query PARQUET [SQL]
       detick-datafusion compare PARQUET ANSWERS.jsonl";

/// Which companies the requests go to, what happens to them, and how many of them are reports that tell something.
const QUERY: &str = "SELECT get_field(verdict, 'company') AS company, get_field(verdict, 'action') AS action,
       count(*) AS requests, count(learned) AS reports
FROM (SELECT detick_check(url, page, type) AS verdict, detick_learned(url, body) AS learned FROM requests)
GROUP BY 1, 2 ORDER BY requests DESC, company, action";

/// How many threads a query runs on.
const THREADS: usize = 2;

/// How many requests `make` makes when it is not told.
const COUNT: u32 = 1_000_000;

fn main() -> ExitCode {
    let args: Result<Vec<String>, OsString> = std::env::args_os().skip(1).map(OsString::into_string).collect();
    let done = args
        .map_err(|arg| format!("{} is not UTF-8", arg.display()).into())
        .and_then(|args| run(&args.iter().map(String::as_str).collect::<Vec<&str>>()));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Fallible<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .build()?;
    match *args {
        ["make", parquet, lines] => requests::make(parquet, lines, COUNT, None),
        ["make", parquet, lines, count] => requests::make(parquet, lines, parse_count(count)?, None),
        ["make", parquet, lines, count, from] => requests::make(parquet, lines, parse_count(count)?, Some(from)),
        ["query", parquet] => runtime.block_on(query(parquet, QUERY)),
        ["query", parquet, sql] => runtime.block_on(query(parquet, sql)),
        ["compare", parquet, answers] => runtime.block_on(compare::run(parquet, answers)),
        _ => Err(USAGE.into()),
    }
}

fn parse_count(text: &str) -> Fallible<u32> {
    text.parse()
        .map_err(|error| format!("COUNT {text:?} is no number of requests: {error}").into())
}

/// Says which file an error is about, which the system's own text does not.
fn about<E: Into<Box<dyn Error>>>(path: &str) -> impl FnOnce(E) -> Box<dyn Error> {
    move |error| format!("{path}: {}", error.into()).into()
}

/// A session that knows the file as `requests`, and Detick's functions. With one partition, rows come in the order of
/// the file.
async fn session(parquet: &str, partitions: usize) -> Fallible<SessionContext> {
    let session = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(partitions));
    session
        .register_parquet("requests", parquet, ParquetReadOptions::default())
        .await?;
    let engine = Arc::new(Engine::built_in());
    session.register_udf(functions::check(Arc::clone(&engine)));
    session.register_udf(functions::learned(engine));
    Ok(session)
}

/// Prints what a query gives, and what it took.
async fn query(parquet: &str, sql: &str) -> Fallible<()> {
    let session = session(parquet, THREADS).await?;
    let requests = session.table("requests").await?.count().await?;
    let start = Instant::now();
    let rows = session.sql(sql).await?.collect().await?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{}", pretty_format_batches(&rows)?);
    println!("{seconds:.2} s on {THREADS} threads; the file has {requests} requests");
    if let Some(bytes) = peak_memory() {
        println!("at most {} MB of memory", bytes / 1_000_000);
    }
    Ok(())
}

/// The most memory that the process has had, in bytes; `None` where the system does not say.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}
