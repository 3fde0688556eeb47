//! The engine's face in the browser: converts between JavaScript's values and the crate's types, and decides nothing.

use wasm_bindgen::prelude::wasm_bindgen;

/// The engine that the extension's background holds.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Engine {}
