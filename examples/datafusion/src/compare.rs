//! Compares what `detick_check` gives with what `detick check --batch` printed of the same requests.

use std::fs::File;
use std::io::{BufRead, BufReader, Lines};

use datafusion::arrow::array::{Array, AsArray, RecordBatch, StructArray};
use datafusion::arrow::datatypes::UInt32Type;
use futures::StreamExt;
use serde::Deserialize;

use crate::{Fallible, about, session};

const EVERY: &str = "SELECT detick_check(url, page, type) AS verdict FROM requests";

/// What is compared of an answer: all that `detick check --batch` prints. A line that has anything else is an error.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Answer {
    action: String,
    filter: Option<String>,
    list: Option<String>,
    line: Option<u32>,
    company: Option<String>,
    surrogate: Option<String>,
}

impl Answer {
    /// The answer in a row of `detick_check`'s; `None` if a column is missing or has another type.
    fn of_row(verdicts: &StructArray, row: usize) -> Option<Answer> {
        let text = |name: &str| -> Option<Option<String>> {
            let column = verdicts.column_by_name(name)?.as_string_opt::<i32>()?;
            Some(column.is_valid(row).then(|| column.value(row).to_owned()))
        };
        let lines = verdicts.column_by_name("line")?.as_primitive_opt::<UInt32Type>()?;
        Some(Answer {
            action: text("action")??,
            filter: text("filter")?,
            list: text("list")?,
            line: lines.is_valid(row).then(|| lines.value(row)),
            company: text("company")?,
            surrogate: text("surrogate")?,
        })
    }
}

/// Reads both in the order of their lines, and stops at the first answer that differs.
pub async fn run(parquet: &str, answers: &str) -> Fallible<()> {
    let session = session(parquet, 1).await?;
    let mut batches = session.sql(EVERY).await?.execute_stream().await?;
    let mut expected = Expected::open(answers)?;
    while let Some(batch) = batches.next().await.transpose()? {
        compare(&batch, &mut expected)?;
    }
    expected.end()?;
    println!("{} answers are equal", expected.read);
    Ok(())
}

fn compare(batch: &RecordBatch, expected: &mut Expected) -> Fallible<()> {
    let verdicts = batch.column(0).as_struct();
    for row in 0..batch.num_rows() {
        let other = expected.next()?;
        let given = Answer::of_row(verdicts, row).ok_or("detick_check gives other columns than are compared")?;
        if given != other {
            let at = expected.here();
            return Err(format!("{at}: the answers differ\n  SQL:  {given:?}\n  file: {other:?}").into());
        }
    }
    Ok(())
}

/// The answers of the command line, one after the other.
struct Expected<'a> {
    path: &'a str,
    lines: Lines<BufReader<File>>,
    read: usize,
}

impl Expected<'_> {
    fn open(path: &str) -> Fallible<Expected<'_>> {
        let file = File::open(path).map_err(about(path))?;
        Ok(Expected {
            path,
            lines: BufReader::new(file).lines(),
            read: 0,
        })
    }

    fn next(&mut self) -> Fallible<Answer> {
        let line = self.lines.next();
        self.read += 1;
        let line = line.ok_or_else(|| format!("{}: no such line, the Parquet file has more requests", self.here()))?;
        let line = line.map_err(about(self.path))?;
        serde_json::from_str(&line).map_err(about(&self.here()))
    }

    /// # Errors
    /// When there is another line.
    fn end(&mut self) -> Fallible<()> {
        if self.lines.next().is_none() {
            return Ok(());
        }
        let (path, read) = (self.path, self.read);
        Err(format!("{path} goes on after line {read}, the Parquet file has no more requests").into())
    }

    fn here(&self) -> String {
        format!("{}:{}", self.path, self.read)
    }
}
