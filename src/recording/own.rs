//! What Detick's own log has in a HAR (`docs/log-files.md`), and the reader of one that the extension has just made.
//!
//! That one is short, whole and well-formed, and read by the reader of pixels' reports, which is there anyway: the one
//! of any HAR would be a third of the WebAssembly that makes reports.

use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use super::{Item, Outcome, Page, Record, Ruling, Tool, kind, time};
use crate::json::Json;
use crate::payload::{Fact, Kind, MAX_TEXT, shown};

/// How many facts of one page are read: more than the extension keeps.
pub(super) const MAX_FACTS: usize = 200;

/// A fact as the log has it; texts are empty that it keeps to itself.
pub(super) struct FactWords<'a> {
    pub kind: &'a str,
    pub text: &'a str,
    pub amount: &'a str,
    pub currency: &'a str,
}

/// `None` for a kind that this version does not know.
pub(super) fn fact(words: &FactWords<'_>) -> Option<Fact> {
    let part = |text| Some(shown(text, MAX_TEXT)).filter(|text| !text.is_empty());
    Some(Fact {
        kind: Kind::deserialize(StrDeserializer::<Error>::new(words.kind)).ok()?,
        text: part(words.text).unwrap_or_default(),
        amount: part(words.amount),
        currency: part(words.currency),
    })
}

/// Whether a request of that outcome never left.
pub(super) fn is_stopped(outcome: &str) -> bool {
    matches!(outcome, "blocked" | "stand-in" | "ended")
}

/// Reads a HAR of Detick's own, as [`Reader`](super::Reader) does; `None` where it is none.
///
/// ```
/// use detick::recording::{Item, read_own};
/// let har = r#"{"log": {"entries": [{"request": {"url": "https://a.example/"}, "_detick": {"outcome": "ended"}}]}}"#;
/// let mut items = Vec::new();
/// read_own(har, &mut |item| items.push(item)).expect("it is JSON");
/// assert!(matches!(&items[..], [Item::Record(record)] if record.is_stopped));
/// ```
pub fn read_own(har: &str, sink: &mut impl FnMut(Item)) -> Option<()> {
    let har = Json::parse(har)?;
    let log = har.get("log")?;
    if let Some(creator) = log.get("creator") {
        sink(Item::Tool(Tool {
            name: creator.word("name").to_owned(),
            version: creator.word("version").to_owned(),
        }));
    }
    for value in items(log.get("pages")) {
        sink(Item::Page(page(value)));
    }
    for value in items(log.get("entries")) {
        sink(Item::Record(Box::new(record(value)?)));
    }
    Some(())
}

/// The items of a list; none of anything else.
pub(crate) fn items<'j, 'a>(value: Option<&'j Json<'a>>) -> &'j [Json<'a>] {
    match value {
        Some(Json::List(items)) => items,
        _ => &[],
    }
}

fn page(value: &Json<'_>) -> Page {
    let learned = value.get("_detick").unwrap_or(&Json::Word);
    let facts = items(learned.get("facts")).iter().take(MAX_FACTS).filter_map(fact_of);
    Page {
        id: value.word("id").to_owned(),
        title: value.word("title").to_owned(),
        time: time::read(value.word("startedDateTime")),
        facts: facts.collect(),
        site: learned.word("site").to_owned(),
    }
}

/// A fact as the log has it, or as the engine tells it.
pub(crate) fn fact_of(value: &Json<'_>) -> Option<Fact> {
    fact(&FactWords {
        kind: value.word("kind"),
        text: value.word("text"),
        amount: value.word("amount"),
        currency: value.word("currency"),
    })
}

/// Only the address must be there.
fn record(value: &Json<'_>) -> Option<Record> {
    let request = value.get("request")?;
    let decided = value.get("_detick").unwrap_or(&Json::Word);
    let outcome = decided.word("outcome");
    let filter = decided.get("filter").map(|_| decided.word("filter"));
    let response = value.get("response").unwrap_or(&Json::Word);
    Some(Record {
        page: value.word("pageref").to_owned(),
        site: decided.word("site").to_owned(),
        url: Some(request.word("url")).filter(|url| !url.is_empty())?.to_owned(),
        source_url: decided.word("sourceUrl").to_owned(),
        kind: kind::of_resource(decided.word("type")).unwrap_or("other"),
        method: request.word("method").to_owned(),
        time: time::read(value.word("startedDateTime")),
        redirect: response.word("redirectURL").to_owned(),
        is_stopped: is_stopped(outcome),
        ruling: Outcome::of(outcome).zip(filter).map(|(outcome, filter)| Ruling {
            outcome,
            filter: filter.to_owned(),
            list: decided.word("list").to_owned(),
            line: decided.word("line").parse().unwrap_or_default(),
        }),
        ..Record::default()
    })
}
