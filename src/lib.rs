//! Detick's engine: adblock filter lists in, decisions about requests and clean links out.

pub mod address;
pub mod blocker;
pub mod case;
pub mod cleaner;
pub mod compiler;
pub mod dnr;
pub mod engine;
#[cfg(not(target_arch = "wasm32"))]
pub mod export;
pub mod filter;
pub mod glob;
pub mod image;
mod json;
pub mod lint;
pub mod list;
pub mod matcher;
pub mod payload;
pub mod recording;
#[cfg(all(feature = "reference", not(target_arch = "wasm32")))]
pub mod reference;
pub mod regex;
pub mod report;
pub mod request;
pub mod shipped;
mod sort;
pub mod sources;
pub mod surrogate;
pub mod tracker;
#[cfg(all(target_arch = "wasm32", any(feature = "wasm-engine", feature = "wasm-compiler")))]
mod wasm;
