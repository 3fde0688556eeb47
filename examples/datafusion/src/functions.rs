//! Detick as functions of SQL. Both work on whole columns, and share one engine with every thread that runs them.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, StringBuilder, StringViewArray, StructArray, UInt32Builder};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::cast::as_string_view_array;
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use detick::{Decision, Engine, Request};

/// The fields of what `detick_check` gives, as `detick check --batch` prints them. All but `action` may be null.
fn verdict_fields() -> Fields {
    let text = |name, nullable| Field::new(name, DataType::Utf8, nullable);
    Fields::from(vec![
        text("action", false),
        text("filter", true),
        text("list", true),
        Field::new("line", DataType::UInt32, true),
        text("company", true),
        text("surrogate", true),
    ])
}

/// `detick_check(url, page, type)`: what happens to a request, by which line of which list, and who is behind its
/// host. An argument that is null is read as an empty text.
pub fn check(engine: Arc<Engine>) -> ScalarUDF {
    let arguments = vec![DataType::Utf8View; 3];
    let returned = DataType::Struct(verdict_fields());
    let run = move |columns: &[ColumnarValue]| {
        let [urls, pages, kinds] = texts(columns)?;
        Ok(ColumnarValue::Array(verdicts(&engine, &urls, &pages, &kinds)))
    };
    create_udf(
        "detick_check",
        arguments,
        returned,
        Volatility::Immutable,
        Arc::new(run),
    )
}

/// `detick_learned(url, body)`: what a report of TikTok's pixel says, as JSON; null for what is no report.
pub fn learned(engine: Arc<Engine>) -> ScalarUDF {
    let arguments = vec![DataType::Utf8View; 2];
    let run = move |columns: &[ColumnarValue]| {
        let [urls, bodies] = texts(columns)?;
        Ok(ColumnarValue::Array(facts(&engine, &urls, &bodies)?))
    };
    create_udf(
        "detick_learned",
        arguments,
        DataType::Utf8,
        Volatility::Immutable,
        Arc::new(run),
    )
}

fn verdicts(engine: &Engine, urls: &StringViewArray, pages: &StringViewArray, kinds: &StringViewArray) -> ArrayRef {
    let mut columns = Verdicts::default();
    // One for all rows of a batch: its memory is used again, and what it knows of a page while the page stays the same.
    let mut request = Request::default();
    for ((url, page), kind) in urls.iter().zip(pages).zip(kinds) {
        request.read(
            url.unwrap_or_default(),
            page.unwrap_or_default(),
            kind.unwrap_or_default(),
            "",
        );
        columns.push(engine, &request);
    }
    columns.finish()
}

/// The columns of the struct, while they are filled.
#[derive(Default)]
struct Verdicts {
    action: StringBuilder,
    filter: StringBuilder,
    list: StringBuilder,
    line: UInt32Builder,
    company: StringBuilder,
    surrogate: StringBuilder,
}

impl Verdicts {
    fn push(&mut self, engine: &Engine, request: &Request) {
        let verdict = engine.check(request);
        let (action, surrogate) = match verdict.map(|verdict| verdict.decision) {
            None => ("none", None),
            Some(Decision::Block) => ("block", None),
            Some(Decision::Allow) => ("allow", None),
            Some(Decision::Redirect(name)) => ("redirect", Some(name)),
        };
        self.action.append_value(action);
        self.filter.append_option(verdict.map(|verdict| verdict.filter));
        self.list.append_option(verdict.map(|verdict| verdict.list));
        self.line.append_option(verdict.map(|verdict| verdict.line));
        let tracker = engine.trackers.find(request.host());
        self.company.append_option(tracker.map(|tracker| tracker.company));
        self.surrogate.append_option(surrogate);
    }

    fn finish(mut self) -> ArrayRef {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.action.finish()),
            Arc::new(self.filter.finish()),
            Arc::new(self.list.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.company.finish()),
            Arc::new(self.surrogate.finish()),
        ];
        Arc::new(StructArray::new(verdict_fields(), columns, None))
    }
}

fn facts(engine: &Engine, urls: &StringViewArray, bodies: &StringViewArray) -> Result<ArrayRef> {
    let mut column = StringBuilder::new();
    for (url, body) in urls.iter().zip(bodies) {
        let facts = engine.learned(url.unwrap_or_default(), body.unwrap_or_default().as_bytes());
        if facts.is_empty() {
            column.append_null();
            continue;
        }
        let json = serde_json::to_string(&facts).map_err(|error| DataFusionError::External(Box::new(error)))?;
        column.append_value(json);
    }
    Ok(Arc::new(column.finish()))
}

/// The arguments as columns of the same length. DataFusion has checked how many there are, and made them texts.
fn texts<const COUNT: usize>(columns: &[ColumnarValue]) -> Result<[StringViewArray; COUNT]> {
    let arrays = ColumnarValue::values_to_arrays(columns)?;
    let texts: Vec<StringViewArray> = arrays
        .iter()
        .map(|array| as_string_view_array(array).cloned())
        .collect::<Result<_>>()?;
    texts
        .try_into()
        .map_err(|_| DataFusionError::Internal(format!("{COUNT} arguments are expected")))
}
