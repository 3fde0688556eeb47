//! A million requests to try it on, the same each time: Parquet for DataFusion, JSON lines for `detick check --batch`.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use serde::{Deserialize, Serialize};

use crate::{Fallible, about};

/// How many rows are written at a time.
const BATCH: u32 = 1 << 16;
/// One request of so many is a report of the pixel's, with a body.
const REPORT_EVERY: u32 = 100;

/// A request, as `detick check --batch` reads it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    url: String,
    source_url: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip)]
    body: Option<String>,
}

/// Writes `count` requests to both files: made up, or drawn from those of a file of JSON lines.
pub fn make(parquet: &str, lines: &str, count: u32, from: Option<&str>) -> Fallible<()> {
    let recorded = from.map(recorded).transpose()?;
    let mut chance = Chance(1);
    let mut lines = BufWriter::new(File::create(lines).map_err(about(lines))?);
    let mut writer = writer(parquet)?;
    for start in (0..count).step_by(BATCH as usize) {
        let end = count.min(start.saturating_add(BATCH));
        let rows: Vec<Row> = (start..end)
            .map(|number| row(number, &mut chance, recorded.as_deref()))
            .collect();
        for row in &rows {
            serde_json::to_writer(&mut lines, row)?;
            lines.write_all(b"\n")?;
        }
        writer.write(&batch(&rows)?)?;
    }
    writer.close()?;
    Ok(lines.flush()?)
}

fn writer(parquet: &str) -> Fallible<ArrowWriter<File>> {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let file = File::create(parquet).map_err(about(parquet))?;
    Ok(ArrowWriter::try_new(file, batch(&[])?.schema(), Some(properties))?)
}

fn recorded(path: &str) -> Fallible<Vec<Row>> {
    let lines = BufReader::new(File::open(path).map_err(about(path))?).lines();
    let mut rows = Vec::new();
    for (index, line) in lines.enumerate() {
        let row = serde_json::from_str(&line.map_err(about(path))?);
        rows.push(row.map_err(about(&format!("{path}:{}", index + 1)))?);
    }
    if rows.is_empty() {
        return Err(format!("{path} has no requests").into());
    }
    Ok(rows)
}

fn batch(rows: &[Row]) -> Fallible<RecordBatch> {
    let text =
        |field: fn(&Row) -> Option<&str>| -> ArrayRef { Arc::new(rows.iter().map(field).collect::<StringArray>()) };
    let columns = [
        ("url", text(|row| Some(&row.url))),
        ("page", text(|row| Some(&row.source_url))),
        ("type", text(|row| Some(&row.kind))),
        ("body", text(|row| row.body.as_deref())),
    ];
    // All of them may be null, so that a batch without a body has the same schema as one that has some.
    Ok(RecordBatch::try_from_iter_with_nullable(
        columns.map(|(name, column)| (name, column, true)),
    )?)
}

fn row(number: u32, chance: &mut Chance, recorded: Option<&[Row]>) -> Row {
    let page = format!("https://shop{}.example/item/{number}", chance.below(20_000));
    if number.is_multiple_of(REPORT_EVERY) {
        return Row {
            url: "https://analytics.tiktok.com/api/v2/pixel".to_owned(),
            body: Some(report(number, &page)),
            source_url: page,
            kind: "ping".to_owned(),
        };
    }
    match recorded {
        Some(rows) => rows[chance.below(rows.len() as u32) as usize].clone(),
        None => made_up(number, page, chance),
    }
}

fn report(number: u32, page: &str) -> String {
    let (price, quantity) = (number % 500, number % 3 + 1);
    let context = format!(
        r#"{{"page":{{"url":"{page}"}},"pixel":{{"code":"CWORLD77UABCDEFGHIJK"}},"user":{{"email":"{number:064x}"}}}}"#
    );
    let products = format!(r#"[{{"content_name":"Lamp {number}","quantity":{quantity}}}]"#);
    format!(
        r#"{{"event":"AddToCart","context":{context},"properties":{{"value":{price}.99,"currency":"EUR","contents":{products}}}}}"#
    )
}

/// One in ten goes to TikTok, the others to sites' own hosts and to networks that nobody has heard of.
fn made_up(number: u32, page: String, chance: &mut Chance) -> Row {
    let host = match chance.below(10) {
        0 => {
            let own = [
                "analytics",
                "www",
                "mon",
                "mcs",
                "log",
                "business-api",
                "lf16-tiktok-common",
            ];
            format!("{}.tiktok.com", own[chance.below(own.len() as u32) as usize])
        }
        1..5 => format!("cdn{}.shop{}.example", chance.below(9), chance.below(20_000)),
        _ => format!(
            "{}.network{}.example",
            ["ads", "static", "api", "img"][chance.below(4) as usize],
            chance.below(3_000)
        ),
    };
    let (kind, path) = [
        ("script", "js/app.min.js"),
        ("script", "i18n/pixel/events.js"),
        ("image", "media/banner/large.jpg"),
        ("xmlhttprequest", "api/v1/collect"),
        ("sub_frame", "embed/v2/frame.html"),
        ("stylesheet", "css/theme.css"),
    ][chance.below(6) as usize];
    Row {
        url: format!(
            "https://{host}/{path}?v={}&id={number}&session={:08x}",
            chance.below(50),
            chance.below(1 << 30)
        ),
        source_url: page,
        kind: kind.to_owned(),
        body: None,
    }
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
