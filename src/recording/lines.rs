//! JSON lines: the log's (`docs/log-files.md`), and what `detick check --batch` reads. One request a line.

use serde::Deserialize;

use super::text::{Text, explain, or_default};
use super::{BOM, Flaw, Item, MAX_ENTRY, Outcome, Place, Record, Ruling, kind, own, time};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    url: Text,
    #[serde(default, deserialize_with = "or_default")]
    source_url: Text,
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    kind: Text,
    #[serde(default, deserialize_with = "or_default")]
    method: Text,
    #[serde(default, deserialize_with = "or_default")]
    time: Text,
    #[serde(default, deserialize_with = "or_default")]
    site: Text,
    #[serde(default)]
    tab_id: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    outcome: Text,
    #[serde(default, deserialize_with = "or_default")]
    clean_url: Text,
    filter: Option<Text>,
    #[serde(default, deserialize_with = "or_default")]
    list: Text,
    #[serde(default, deserialize_with = "or_default")]
    line: u32,
}

/// The line at hand.
#[derive(Debug, Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    number: u64,
    is_too_long: bool,
}

impl Lines {
    pub(super) fn push(&mut self, mut bytes: &[u8], sink: &mut impl FnMut(Item)) {
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            self.keep(&bytes[..end]);
            self.finish(sink);
            bytes = &bytes[end + 1..];
        }
        self.keep(bytes);
    }

    pub(super) fn end(&mut self, sink: &mut impl FnMut(Item)) {
        self.finish(sink);
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.is_too_long |= self.bytes.len() + bytes.len() > MAX_ENTRY;
        if !self.is_too_long {
            self.bytes.extend_from_slice(bytes);
        }
    }

    fn finish(&mut self, sink: &mut impl FnMut(Item)) {
        self.number += 1;
        let line = self.bytes.strip_prefix(BOM).unwrap_or(&self.bytes).trim_ascii();
        let read = match (self.is_too_long, line) {
            (true, _) => Some(Err((1, format!("the line is longer than {MAX_ENTRY} bytes")))),
            (false, []) => None,
            (false, line) => Some(record(line)),
        };
        match read {
            None => {}
            Some(Ok(record)) => sink(Item::Record(Box::new(record))),
            Some(Err((column, what))) => sink(Item::Flaw(Flaw {
                place: Place {
                    line: self.number,
                    column,
                    entry: None,
                },
                what,
            })),
        }
        self.bytes.clear();
        self.is_too_long = false;
    }
}

/// The request, or where in the line what is wrong.
fn record(line: &[u8]) -> Result<Record, (u64, String)> {
    let line: Line = serde_json::from_slice(line).map_err(|error| (error.column().max(1) as u64, explain(&error)))?;
    if line.url.0.trim().is_empty() {
        return Err((1, "its address is empty".to_owned()));
    }
    let ruling = Outcome::of(&line.outcome.0).zip(line.filter);
    Ok(Record {
        page: line.tab_id.map(|tab| format!("tab_{tab}")).unwrap_or_default(),
        site: line.site.0,
        url: line.url.0,
        source_url: line.source_url.0,
        kind: kind::of_resource(&line.kind.0).unwrap_or("other"),
        method: line.method.0,
        time: time::read(&line.time.0),
        redirect: line.clean_url.0,
        is_stopped: own::is_stopped(&line.outcome.0),
        ruling: ruling.map(|(outcome, filter)| Ruling {
            outcome,
            filter: filter.0,
            list: line.list.0,
            line: line.line,
        }),
        ..Record::default()
    })
}
