//! The engine's face in the browser: converts between JavaScript's values and the crate's types, and decides nothing.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::blocker::{Decision, Verdict};
use crate::engine;
use crate::request::Request;
use crate::tracker::Tracker;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What becomes of a request, and the line that says so. */
export interface Verdict {
  action: "block" | "allow" | "redirect";
  filter: string;
  list: string;
  line: number;
  /** The stand-in's name, for `redirect`. */
  surrogate?: string;
  company?: string;
  purpose?: string;
}
/** Who is behind a host. */
export interface Tracker {
  company: string;
  purpose: string;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// A [`VerdictValue`] as an object.
    #[wasm_bindgen(typescript_type = "Verdict | undefined")]
    pub type VerdictObject;
    /// A [`TrackerValue`] as an object.
    #[wasm_bindgen(typescript_type = "Tracker | undefined")]
    pub type TrackerObject;
}

/// The engine that the extension's background holds.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    inner: engine::Engine,
    /// Its memory is used again for every request.
    request: Request,
}

#[derive(Serialize)]
struct VerdictValue<'a> {
    action: &'static str,
    filter: &'a str,
    list: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    surrogate: Option<&'a str>,
    #[serde(flatten)]
    tracker: Option<TrackerValue<'a>>,
}

#[derive(Serialize)]
struct TrackerValue<'a> {
    company: &'a str,
    purpose: &'a str,
}

#[wasm_bindgen]
impl Engine {
    /// Restores the engine from the bytes of `rules/engine.bin`; throws when they are damaged.
    pub fn restore(image: &[u8]) -> Result<Engine, JsError> {
        Ok(Engine {
            inner: engine::Engine::restore(image)?,
            request: Request::default(),
        })
    }

    /// Decides about a request; `undefined` when no filter would stop it. Types are `webRequest`'s.
    pub fn check(&mut self, url: &str, source_url: &str, kind: &str, method: &str) -> Result<VerdictObject, JsError> {
        self.request.read(url, source_url, kind, method);
        let Some(verdict) = self.inner.blocker.check(&self.request) else {
            return Ok(JsValue::UNDEFINED.unchecked_into());
        };
        let tracker = self.inner.trackers.find(self.request.host());
        Ok(to_object(&verdict_value(&verdict, tracker))?.unchecked_into())
    }

    /// Who is behind a host, if that is known.
    pub fn tracker(&self, host: &str) -> Result<TrackerObject, JsError> {
        let tracker = self.inner.trackers.find(host).map(TrackerValue::from);
        Ok(match tracker {
            Some(value) => to_object(&value)?.unchecked_into(),
            None => JsValue::UNDEFINED.unchecked_into(),
        })
    }
}

impl<'a> From<Tracker<'a>> for TrackerValue<'a> {
    fn from(tracker: Tracker<'a>) -> Self {
        TrackerValue {
            company: tracker.company,
            purpose: tracker.purpose,
        }
    }
}

fn verdict_value<'a>(verdict: &Verdict<'a>, tracker: Option<Tracker<'a>>) -> VerdictValue<'a> {
    let (action, surrogate) = match verdict.decision {
        Decision::Block => ("block", None),
        Decision::Allow => ("allow", None),
        Decision::Redirect(surrogate) => ("redirect", Some(surrogate)),
    };
    VerdictValue {
        action,
        filter: verdict.filter,
        list: verdict.list,
        line: verdict.line,
        surrogate,
        tracker: tracker.map(TrackerValue::from),
    }
}

/// A plain object, not a `Map`.
fn to_object(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|error| JsError::new(&error.to_string()))
}
