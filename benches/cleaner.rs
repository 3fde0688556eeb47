//! Cleaning by Detick's own lists: the hard cases, and pages of the corpora's requests with and without a tracker.
//!
//! `cargo bench --features benches --bench cleaner`. Without the corpora folder only the table of links is measured.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark stops at the first surprise"
)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use detick::cleaner::{Cleaner, Options};
use detick::list;
use std::hint::black_box;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cleaner() -> Cleaner {
    let read = |name: &str| list::parse(name, &std::fs::read(root().join("filters").join(name)).unwrap()).0;
    Cleaner::new(&["links.txt", "share.txt", "referral.txt"].map(read)).0
}

fn texts(file: &Path, field: &str) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let whole: Result<Vec<serde_json::Value>, _> = serde_json::from_str(&text);
    let rows = whole.unwrap_or_else(|_| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect());
    rows.iter().map(|row| row[field].as_str().unwrap().to_owned()).collect()
}

fn corpora() -> PathBuf {
    std::env::var_os("DETICK_SHARED")
        .map_or_else(|| root().join("../shared"), PathBuf::from)
        .join("corpora")
}

fn clean(criterion: &mut Criterion) {
    let cleaner = cleaner();
    let mut requests = texts(&corpora().join("requests.jsonl"), "url");
    requests.sort_unstable();
    requests.dedup();
    let hard = texts(&corpora().join("hard-links.json"), "link");
    let with_query = requests.iter().filter(|url| url.contains('?')).cloned().collect();
    let mixed = requests.iter().step_by(20).chain(&hard).cloned().collect();
    let groups: [(&str, Vec<String>); 5] = [
        ("table", texts(&root().join("tests/links.json"), "link")),
        ("hard", hard),
        ("requests", requests),
        ("requests-with-query", with_query),
        ("mixed", mixed),
    ];
    let mut group = criterion.benchmark_group("clean");
    for (name, links) in groups.into_iter().filter(|(_, links)| !links.is_empty()) {
        group.throughput(Throughput::Elements(links.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for link in &links {
                    black_box(cleaner.clean(black_box(link), &Options::default()));
                }
            });
        });
    }
    group.finish();
}

fn restore(criterion: &mut Criterion) {
    let bytes = cleaner().to_bytes();
    println!("tables: {} bytes", bytes.len());
    criterion.bench_function("restore", |bencher| {
        bencher.iter_batched(
            || &bytes,
            |bytes| Cleaner::from_bytes(black_box(bytes)),
            BatchSize::SmallInput,
        );
    });
}

criterion_group!(benches, clean, restore);
criterion_main!(benches);
