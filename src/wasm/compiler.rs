//! The compiler's face in the browser: lists that people add become engine data and rules; and beside it the maker of
//! reports, which few need as well. Everything here is synchronous and may take a second: to be called in a worker, but
//! for `checkLines`, `sniff` and `makeReport`, whose recordings are short.

mod answers;
mod values;

use js_sys::JSON;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::compiler::{self, Made, Origin};
use crate::dnr::{Browser, Budget, Rulesets, Settings};
use crate::lint::{self, Source};
use crate::list::{self, Reading};
use crate::report::{About, Values, saved};
use crate::{dnr, sort};
use answers::{Beside, ReportAnswers};
use values::{ComplaintValue, FactsValue, ReportValue};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("compiler.d.ts");

#[wasm_bindgen]
extern "C" {
    /// `chromium` or `firefox`.
    #[wasm_bindgen(typescript_type = "BrowserName")]
    pub type BrowserName;
    /// Where a list comes from.
    #[wasm_bindgen(typescript_type = "{ trusted: boolean; own: boolean }")]
    pub type Standing;
    #[wasm_bindgen(method, getter)]
    fn trusted(this: &Standing) -> bool;
    #[wasm_bindgen(method, getter)]
    fn own(this: &Standing) -> bool;
    /// How many rules may be made.
    #[wasm_bindgen(typescript_type = "Budget", js_name = Budget)]
    pub type BudgetObject;
    #[wasm_bindgen(method, getter)]
    fn rules(this: &BudgetObject) -> u32;
    #[wasm_bindgen(method, getter, js_name = unsafe)]
    fn unsafe_rules(this: &BudgetObject) -> u32;
    #[wasm_bindgen(method, getter)]
    fn regex(this: &BudgetObject) -> u32;
    /// [`FactsValue`] as an object.
    #[wasm_bindgen(typescript_type = "ListFacts")]
    pub type FactsObject;
    /// [`ReportValue`] as an object.
    #[wasm_bindgen(typescript_type = "CompileReport")]
    pub type ReportObject;
    /// [`ComplaintValue`]s as objects.
    #[wasm_bindgen(typescript_type = "LineComplaint[]")]
    pub type Complaints;
    /// How a report is wanted.
    #[wasm_bindgen(typescript_type = "ReportWish", js_name = ReportWish)]
    pub type WishObject;
    #[wasm_bindgen(method, getter)]
    fn name(this: &WishObject) -> String;
    #[wasm_bindgen(method, getter)]
    fn version(this: &WishObject) -> String;
    #[wasm_bindgen(method, getter)]
    fn made(this: &WishObject) -> f64;
    #[wasm_bindgen(method, getter)]
    fn values(this: &WishObject) -> bool;
    #[wasm_bindgen(method, getter)]
    fn html(this: &WishObject) -> bool;
    /// [`UnfitValue`] as an object.
    #[wasm_bindgen(typescript_type = "Unfit | undefined")]
    pub type UnfitObject;
}

/// Makes engine data and rules of lists that people add.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Compiler {
    inner: compiler::Compiler,
    /// What lists were added, in bytes.
    added: usize,
}

#[wasm_bindgen]
impl Compiler {
    /// Takes the bytes of `rules/engine.bin`, whose lists stay in force; throws when they are damaged.
    #[wasm_bindgen(constructor)]
    pub fn new(shipped: &[u8], browser: &BrowserName) -> Result<Compiler, JsError> {
        Ok(Compiler {
            inner: compiler::Compiler::new(shipped, browser_of(browser)?)?,
            added: 0,
        })
    }

    /// Reads a list, as it was fetched or written. Verdicts and the report call it `name`; throws when another has
    /// that.
    pub fn add(&mut self, name: &str, text: &[u8], standing: &Standing) -> Result<FactsObject, JsError> {
        self.added += text.len();
        let list = self.inner.add(name, text, standing.origin())?;
        Ok(to_object(&FactsValue::of(list))?.unchecked_into())
    }

    /// Compiles all lists together. Uses up the compiler.
    pub fn compile(self, budget: &BudgetObject) -> Compilation {
        make_room(3 * self.added);
        Compilation {
            made: self.inner.compile(Budget {
                rules: budget.rules() as usize,
                unsafe_rules: budget.unsafe_rules() as usize,
                regex: budget.regex() as usize,
            }),
        }
    }
}

/// What lists come to. To be freed when it has been read.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Compilation {
    made: Made,
}

#[wasm_bindgen]
impl Compilation {
    /// Makes the data for `Engine.restore`: lists that ship, added lists without their text, and the user's own lines
    /// above them.
    pub fn image(&self) -> Vec<u8> {
        self.made.image()
    }

    /// The rules of the added lists as JSON: an object of `block`, `surrogates`, `links` and `headers`, each an array
    /// of rules, and `unwrap`, an array of conditions. `surrogates` may be in force only with access to all hosts. They
    /// are let go, so that the image has their room: a second time there are none.
    pub fn rules(&mut self) -> Result<String, JsError> {
        let Rulesets {
            block,
            surrogates,
            data_surrogates,
            links,
            headers,
            unwrap,
        } = std::mem::take(&mut self.made.compiled.rulesets);
        let sets = RulesValue {
            block: &block,
            surrogates: surrogates.iter().chain(&data_surrogates).collect(),
            links: &links,
            headers: &headers,
            unwrap: &unwrap,
        };
        Ok(serde_json::to_string(&sets)?)
    }

    /// What became of every line.
    pub fn report(&self) -> Result<ReportObject, JsError> {
        Ok(to_object(&ReportValue::of(&self.made))?.unchecked_into())
    }
}

/// Complaints about every line of the user's own, quick enough for each key stroke.
#[wasm_bindgen(js_name = checkLines)]
pub fn check_lines(text: &str, browser: &BrowserName) -> Result<Complaints, JsError> {
    let browser = browser_of(browser)?;
    let reading = compiler::reading(browser, Origin::Own);
    let (list, _) = list::parse_as("", text.as_bytes(), &reading);
    let settings = Settings {
        browser,
        links: browser != Browser::Firefox,
        ..Settings::default()
    };
    let report = dnr::compile(std::slice::from_ref(&list), &settings).report;
    let source = Source {
        name: "",
        text: text.as_bytes(),
    };
    let findings = lint::lint(&[source], &reading);
    let mut told: Vec<ComplaintValue> = findings
        .iter()
        .map(|found| ComplaintValue::found(found, &list))
        .collect();
    told.extend(idle_lines(text, &reading).map(|line| ComplaintValue::idle(line, &list)));
    told.extend(report.refused.iter().chain(&report.in_part).map(ComplaintValue::beyond));
    sort::by_key(&mut told, |complaint| complaint.line);
    Ok(to_object(&told)?.unchecked_into())
}

/// The numbers of lines that hide or script parts of pages.
fn idle_lines(text: &str, reading: &Reading<'_>) -> impl Iterator<Item = u32> {
    let mut lines = Vec::new();
    list::each_line(text.as_bytes(), reading, |line| {
        lines.extend(line.is_cosmetic.then_some(line.number))
    });
    lines.into_iter()
}

/// Why a whole body that was fetched is no list; `undefined` when it may be one.
#[wasm_bindgen]
pub fn sniff(body: &[u8]) -> Result<UnfitObject, JsError> {
    Ok(match list::sniff(body) {
        Ok(()) => JsValue::UNDEFINED.unchecked_into(),
        Err(unfit) => to_object(&UnfitValue {
            code: unfit.code(),
            why: unfit.to_string(),
        })?
        .unchecked_into(),
    })
}

/// A report of a HAR of our own: `answers` come of the engine that was restored from `shipped`, the bytes of
/// `rules/engine.bin`. Throws when either of the texts is damaged.
#[wasm_bindgen(js_name = makeReport)]
pub fn make_report(answers: ReportAnswers, shipped: &[u8], har: &str, wish: &WishObject) -> Result<String, JsError> {
    let values = if wish.values() { Values::Shown } else { Values::Hidden };
    let about = About {
        made: wish.made() as i64,
        version: wish.version(),
        values,
        ..About::default()
    };
    let summary = saved::report(Box::new(Beside::new(answers)), shipped, &wish.name(), har, about)?;
    Ok(match wish.html() {
        true => summary.to_html(),
        false => summary.to_json(),
    })
}

impl Standing {
    fn origin(&self) -> Origin {
        match (self.own(), self.trusted()) {
            (true, _) => Origin::Own,
            (false, true) => Origin::Trusted,
            (false, false) => Origin::Web,
        }
    }
}

/// Has memory grow once by what is going to be needed at the least. Otherwise it grows by a page a thousand times, and
/// after each V8 may collect garbage.
fn make_room(bytes: usize) {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(bytes)));
}

#[derive(Serialize)]
struct RulesValue<'a> {
    block: &'a [dnr::Rule],
    surrogates: Vec<&'a dnr::Rule>,
    links: &'a [dnr::Rule],
    headers: &'a [dnr::Rule],
    unwrap: &'a [dnr::Condition],
}

#[derive(Serialize)]
struct UnfitValue {
    code: &'static str,
    why: String,
}

fn browser_of(name: &BrowserName) -> Result<Browser, JsError> {
    match JsValue::from(name).as_string().as_deref() {
        Some("chromium") => Ok(Browser::Chromium),
        Some("firefox") => Ok(Browser::Firefox),
        _ => Err(JsError::new("the browser is `chromium` or `firefox`")),
    }
}

/// By way of JSON: what serializes rules serves for these as well, and nothing here is asked for often.
fn to_object(value: &impl Serialize) -> Result<JsValue, JsError> {
    let text = serde_json::to_string(value)?;
    JSON::parse(&text).map_err(|_| JsError::new("the report is no JSON"))
}
