//! The engine's face in the browser: converts between JavaScript's values and the crate's types, and decides nothing.

mod objects;
mod output;

use js_sys::{Array, JsString, Object, Uint8Array};
use serde::Serialize;
use std::borrow::Cow;
use wasm_bindgen::prelude::*;

use crate::blocker::{Decision, Verdict};
use crate::cleaner::{Options, Tiers};
use crate::dnr::Browser;
use crate::engine;
use crate::filter::{Methods, Types};
use crate::image;
use crate::list;
use crate::payload;
use crate::report::Place;
use crate::request::{MAX_COMPARED, Request};
use crate::tracker::Tracker;
use objects::{
    CleanOptions, CleanedObject, CleanedTextObject, FactArray, PlaceObject, TrackerObject, VerdictObject,
    cleaned_object, keep_of, tiers_of,
};
use output::{Output, Utf16};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("engine.d.ts");

/// The engine that the extension's background holds.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    inner: engine::Engine,
    /// Whose requests it decides about.
    browser: Browser,
    /// Its memory is used again for every request.
    request: Request,
    /// Where JavaScript writes addresses for [`Engine::decide`].
    input: Box<[u8]>,
    /// Where it reads what [`Engine::clean_input`] did.
    output: Output,
    /// The lists' text, which stays outside of our memory until there is a hit to explain.
    sources: Option<Uint8Array>,
}

#[derive(Serialize)]
struct VerdictValue<'a> {
    action: &'static str,
    filter: &'a str,
    list: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    surrogate: Option<&'a str>,
    // Not `flatten`, which would make a map of all of it, key by key.
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'a str>,
}

#[derive(Serialize)]
struct TrackerValue<'a> {
    company: &'a str,
    purpose: &'a str,
}

#[wasm_bindgen]
impl Engine {
    /// Restores the engine from the bytes of `rules/engine.bin`, and keeps the lists' text, which it reads when
    /// it first has a hit to explain. It decides as `browser` does: `chromium`, `firefox`, or `both` as far as
    /// they agree. Throws when what decides is
    /// damaged.
    pub fn restore(image: Uint8Array, browser: &str) -> Result<Engine, JsError> {
        let header = image.subarray(0, image::HEADER as u32).to_vec();
        let length = image::length(&header)? as u32;
        Ok(Engine {
            inner: engine::Engine::restore_deciding(image.subarray(0, length).to_vec())?,
            browser: browser_of(browser)?,
            request: Request::default(),
            input: vec![0; MAX_COMPARED].into(),
            output: Output::default(),
            // A copy, so that the file can go.
            sources: Some(image.slice(length, image.length())),
        })
    }

    /// Where in the module's memory `setPage` and `decide` expect an address, in UTF-8.
    #[wasm_bindgen(getter)]
    pub fn input(&self) -> *const u8 {
        self.input.as_ptr()
    }

    /// How many bytes fit there; more are not compared anyway.
    #[wasm_bindgen(getter, js_name = inputSize)]
    pub fn input_size(&self) -> usize {
        self.input.len()
    }

    /// The number of a type that `webRequest` names, for `decide`.
    #[wasm_bindgen(js_name = typeNumber)]
    pub fn type_number(&self, kind: &str) -> u16 {
        Types::from_request(kind).bits()
    }

    /// The number of a method, for `decide`.
    #[wasm_bindgen(js_name = methodNumber)]
    pub fn method_number(&self, method: &str) -> u16 {
        Methods::from_request(method).bits()
    }

    /// The page of the next requests: the first `length` bytes of the input.
    #[wasm_bindgen(js_name = setPage)]
    pub fn set_page(&mut self, length: usize) {
        self.request.set_page(text(&self.input, length));
    }

    /// What `decide` and `check` call a list that may be out of force for a request; 0 for one that never is.
    #[wasm_bindgen(js_name = listBit)]
    pub fn list_bit(&mut self, name: &str) -> u32 {
        self.read_sources();
        self.inner.blocker.list_bit(name)
    }

    /// Decides about the address in the first `length` bytes of the input, without making an object of it: 0 when no
    /// filter would stop it, 1 when one does, 2 when an exception lets it through, 3 when a surrogate answers. `off` is
    /// the sum of the bits of the lists that do not count.
    pub fn decide(&mut self, length: usize, kind: u16, method: u16, off: u32) -> u8 {
        let (kind, method) = (Types::from_bits_truncate(kind), Methods::from_bits_truncate(method));
        self.request
            .set(self.input.get(..length).unwrap_or_default(), kind, method);
        self.request.lists_off = off;
        let decision = self.inner.blocker.decide(&self.request);
        match decision.map(|decision| decision.in_browser(self.browser, kind)) {
            None => 0,
            Some(Decision::Block) => 1,
            Some(Decision::Allow) => 2,
            Some(Decision::Redirect(_)) => 3,
        }
    }

    /// The verdict about the last request. It quotes no line of an added list, whose text the image does not hold, nor
    /// any where the lists' text is damaged: what was decided holds.
    pub fn explain(&mut self) -> Result<VerdictObject, JsError> {
        self.read_sources();
        let Some(verdict) = self.inner.blocker.check(&self.request) else {
            return Ok(JsValue::UNDEFINED.unchecked_into());
        };
        let decision = verdict.decision.in_browser(self.browser, self.request.types);
        let verdict = Verdict { decision, ..verdict };
        let tracker = self.inner.trackers.find(self.request.host());
        Ok(to_object(&verdict_value(&verdict, tracker))?.unchecked_into())
    }

    /// Decides about a request; `undefined` when no filter would stop it. Types are `webRequest`'s, `off` is as for
    /// `decide`.
    pub fn check(
        &mut self,
        url: &str,
        source_url: &str,
        kind: &str,
        method: &str,
        off: Option<u32>,
    ) -> Result<VerdictObject, JsError> {
        self.request.read(url, source_url, kind, method);
        self.request.lists_off = off.unwrap_or(0);
        self.explain()
    }

    /// Cleans one link; what is no link comes back as it is.
    pub fn clean(&self, url: &JsString, options: &CleanOptions) -> CleanedObject {
        let (text, tiers, keep) = (String::from(url), tiers_of(options), keep_of(options));
        let cleaned = self.inner.cleaner.clean(&text, &Options { tiers, keep: &keep });
        match &cleaned.url {
            Cow::Borrowed(_) => cleaned_object(&cleaned, url),
            Cow::Owned(clean) => cleaned_object(&cleaned, &JsString::from(clean.as_str())),
        }
    }

    /// Cleans the link in the first `length` bytes of the input, keeping no parameter: whether anything was done.
    /// `tiers` are 1 for navigation, 2 for sharing and 4 for referral, added up.
    #[wasm_bindgen(js_name = cleanInput)]
    pub fn clean_input(&mut self, length: usize, tiers: u8) -> bool {
        let tiers = Tiers::from_bits_truncate(tiers);
        let cleaned = self
            .inner
            .cleaner
            .clean(text(&self.input, length), &Options { tiers, keep: &[] });
        let changed = matches!(cleaned.url, Cow::Owned(_));
        if changed {
            self.output.fill(&cleaned);
        }
        changed
    }

    /// Where all texts of the cleaned link stand, one behind the other, in UTF-8.
    #[wasm_bindgen(getter, js_name = outputText)]
    pub fn output_text(&self) -> *const u8 {
        self.output.text.as_ptr()
    }

    /// How many bytes they have.
    #[wasm_bindgen(getter, js_name = outputTextSize)]
    pub fn output_text_size(&self) -> usize {
        self.output.text.len()
    }

    /// Where the numbers of it stand: how many were removed, how many unwrapped, and each text's length.
    #[wasm_bindgen(getter, js_name = outputNumbers)]
    pub fn output_numbers(&self) -> *const u32 {
        self.output.numbers.as_ptr()
    }

    /// How many numbers.
    #[wasm_bindgen(getter, js_name = outputNumbersSize)]
    pub fn output_numbers_size(&self) -> usize {
        self.output.numbers.len()
    }

    /// Cleans every link in a text.
    #[wasm_bindgen(js_name = cleanText)]
    pub fn clean_text(&self, text: &str, options: &CleanOptions) -> CleanedTextObject {
        let (tiers, keep) = (tiers_of(options), keep_of(options));
        let (clean, found) = self.inner.cleaner.clean_text(text, &Options { tiers, keep: &keep });
        let mut utf16 = Utf16 {
            text,
            byte: 0,
            units: 0,
        };
        let links = Array::new();
        for link in &found {
            let object = cleaned_object(&link.cleaned, &JsString::from(&*link.cleaned.url));
            object.set_start(utf16.offset(link.range.start) as f64);
            object.set_end(utf16.offset(link.range.end) as f64);
            links.push(&object);
        }
        let object: CleanedTextObject = Object::new().unchecked_into();
        object.set_text(&clean);
        object.set_links(&links);
        object
    }

    /// Who is behind a host, if that is known.
    pub fn tracker(&self, host: &str) -> Result<TrackerObject, JsError> {
        let tracker = self.inner.trackers.find(host).map(TrackerValue::from);
        Ok(match tracker {
            Some(value) => to_object(&value)?.unchecked_into(),
            None => JsValue::UNDEFINED.unchecked_into(),
        })
    }

    /// Where an address leads.
    pub fn place(&mut self, url: &str) -> Result<PlaceObject, JsError> {
        self.request.read(url, "", "", "");
        Ok(to_object(&Place::of(&self.request))?.unchecked_into())
    }

    /// What a request without a body would tell if it were one to the pixel.
    pub fn told(&self, url: &str) -> Result<FactArray, JsError> {
        Ok(to_object(&payload::read(url, &[]))?.unchecked_into())
    }

    /// Whether a body is a report of the pixel's, wherever it is sent.
    #[wasm_bindgen(js_name = isReport)]
    pub fn is_report(&self, body: &[u8]) -> bool {
        payload::is_report(body)
    }

    /// What a request of TikTok's pixel would have told; nothing for a request to any other host, unless its body is a
    /// report of the pixel's.
    pub fn learned(&self, url: &str, body: &[u8]) -> Result<FactArray, JsError> {
        Ok(to_object(&self.inner.learned(url, body))?.unchecked_into())
    }
}

/// The largest list, in bytes, that the compiler takes.
#[wasm_bindgen(js_name = maxListBytes)]
pub fn max_list_bytes() -> usize {
    list::MAX_BYTES
}

/// Changes when data that was compiled before must be compiled anew. It does not tell of changes to the lists that
/// ship.
#[wasm_bindgen(js_name = imageVersion)]
pub fn image_version() -> u32 {
    image::VERSION
}

impl Engine {
    /// Fetches the lists' text, the first time.
    fn read_sources(&mut self) {
        if let Some(sources) = self.sources.take() {
            // Damaged text is as good as none: lines cannot be quoted, but what was decided holds.
            let _ = self.inner.add_sources(sources.to_vec());
        }
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

fn browser_of(name: &str) -> Result<Browser, JsError> {
    match name {
        "chromium" => Ok(Browser::Chromium),
        "firefox" => Ok(Browser::Firefox),
        "both" => Ok(Browser::Both),
        _ => Err(JsError::new("the browser is `chromium`, `firefox` or `both`")),
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
        company: tracker.map(|tracker| tracker.company),
        purpose: tracker.map(|tracker| tracker.purpose),
    }
}

/// What JavaScript wrote. Its encoder writes nothing but UTF-8; anything else is no address.
fn text(input: &[u8], length: usize) -> &str {
    let written = input.get(..length).unwrap_or_default();
    std::str::from_utf8(written).unwrap_or_default()
}

/// A plain object, not a `Map`.
fn to_object(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value
        .serialize(&serializer)
        .map_err(|error| JsError::new(&error.to_string()))
}
