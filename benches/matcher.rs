//! Times requests from strings to decisions: EasyList and EasyPrivacy, all recorded requests, in order.
//!
//! `cargo bench --features benches --bench matcher`; needs the corpora folder, and says so where it is absent.

#![allow(missing_docs)] // criterion's macros
#![allow(clippy::unwrap_used)] // what is not there fails the run

#[path = "../tests/corpora/mod.rs"]
mod corpora;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detick::blocker::Blocker;
use detick::engine::{self, Engine};
use detick::request::Request;

fn matching(criterion: &mut Criterion) {
    let Some(rows) = corpora::requests() else {
        return;
    };
    let lists = [corpora::list("easylist.txt"), corpora::list("easyprivacy.txt")];
    let blocker = Blocker::new(&lists);
    let mut request = Request::default();
    let mut group = criterion.benchmark_group("requests");
    group
        .sample_size(20)
        .throughput(Throughput::Elements(rows.len() as u64));
    group.bench_function("read", |bencher| {
        bencher.iter(|| {
            for row in &rows {
                request.read(&row.url, &row.source_url, &row.kind, "GET");
                black_box(&request);
            }
        });
    });
    group.bench_function("read and check", |bencher| {
        bencher.iter(|| {
            for row in &rows {
                request.read(&row.url, &row.source_url, &row.kind, "GET");
                black_box(blocker.check(&request));
            }
        });
    });
    group.finish();
    let mut group = criterion.benchmark_group("lists");
    group.sample_size(10);
    group.bench_function("build", |bencher| bencher.iter(|| Blocker::new(black_box(&lists))));
    if let Ok(image) = engine::image(&lists, "") {
        group.bench_function("restore", |bencher| bencher.iter(|| Engine::restore(black_box(&image))));
    }
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
