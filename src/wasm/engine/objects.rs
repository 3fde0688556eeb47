//! JavaScript's objects about links: what the engine is given, and what it gives.

use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::*;

use crate::cleaner::{Cleaned, Keep, Tiers};

#[wasm_bindgen]
extern "C" {
    /// A [`VerdictValue`] as an object.
    #[wasm_bindgen(typescript_type = "Verdict | undefined")]
    pub type VerdictObject;
    /// A [`TrackerValue`] as an object.
    #[wasm_bindgen(typescript_type = "Tracker | undefined")]
    pub type TrackerObject;
    /// A [`Place`](crate::report::Place) as an object.
    #[wasm_bindgen(typescript_type = "Place")]
    pub type PlaceObject;
    /// What has become of a link. Its fields are set one by one: through serde it takes three times as long.
    #[wasm_bindgen(typescript_type = "Cleaned")]
    pub type CleanedObject;
    #[wasm_bindgen(method, setter)]
    fn set_url(this: &CleanedObject, url: &JsString);
    #[wasm_bindgen(method, setter)]
    fn set_removed(this: &CleanedObject, removed: &Array);
    #[wasm_bindgen(method, setter)]
    fn set_unwrapped(this: &CleanedObject, unwrapped: &Array);
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_start(this: &CleanedObject, start: f64);
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_end(this: &CleanedObject, end: f64);
    /// What was taken out of a link.
    type RemovedObject;
    #[wasm_bindgen(method, setter)]
    fn set_name(this: &RemovedObject, name: &str);
    #[wasm_bindgen(method, setter)]
    fn set_rule(this: &RemovedObject, rule: &str);
    #[wasm_bindgen(method, setter)]
    fn set_why(this: &RemovedObject, why: &str);

    /// What has become of a text.
    #[wasm_bindgen(typescript_type = "CleanedText")]
    pub type CleanedTextObject;
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_text(this: &CleanedTextObject, text: &str);
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_links(this: &CleanedTextObject, links: &Array);

    /// Facts as an array of objects.
    #[wasm_bindgen(typescript_type = "Fact[]")]
    pub type FactArray;

    /// Options as JavaScript gives them.
    #[wasm_bindgen(typescript_type = "CleanOptions")]
    pub type CleanOptions;
    #[wasm_bindgen(method, getter)]
    fn tier(this: &CleanOptions) -> JsString;
    #[wasm_bindgen(method, getter)]
    fn referral(this: &CleanOptions) -> bool;
    #[wasm_bindgen(method, getter)]
    fn keep(this: &CleanOptions) -> Array;

    /// A parameter that stays.
    pub type KeepObject;
    #[wasm_bindgen(method, getter)]
    fn host(this: &KeepObject) -> String;
    #[wasm_bindgen(method, getter)]
    fn name(this: &KeepObject) -> String;
}

thread_local! {
    /// Held so that a tier is compared without copying its name.
    static SHARE: JsString = JsString::from("share");
}

pub(super) fn tiers_of(options: &CleanOptions) -> Tiers {
    let mut tiers = Tiers::NAVIGATION;
    tiers.set(Tiers::SHARE, SHARE.with(|share| Object::is(&options.tier(), share)));
    tiers.set(Tiers::REFERRAL, options.referral());
    tiers
}

pub(super) fn keep_of(options: &CleanOptions) -> Vec<Keep> {
    let keep = |keep: KeepObject| Keep {
        host: keep.host(),
        name: keep.name(),
    };
    let list = options.keep();
    list.iter().map(|entry| keep(entry.unchecked_into())).collect()
}

pub(super) fn cleaned_object(cleaned: &Cleaned<'_>, url: &JsString) -> CleanedObject {
    let removed = Array::new();
    for entry in &cleaned.removed {
        let object: RemovedObject = Object::new().unchecked_into();
        object.set_name(&entry.name);
        object.set_rule(&entry.rule().to_string());
        object.set_why(entry.why);
        removed.push(&object);
    }
    let unwrapped = Array::new();
    for host in &cleaned.unwrapped {
        unwrapped.push(&JsValue::from_str(host));
    }
    let object: CleanedObject = Object::new().unchecked_into();
    object.set_url(url);
    object.set_removed(&removed);
    object.set_unwrapped(&unwrapped);
    object
}
