//! Detick's engine: adblock filter lists in, decisions about requests and clean links out.

mod address;
mod block;
pub mod blocker;
pub mod cleaner;
pub mod compiler;
pub mod dnr;
pub mod engine;
#[cfg(not(target_arch = "wasm32"))]
pub mod export;
pub mod filter;
pub mod glob;
mod hash;
pub mod host;
pub mod image;
mod json;
pub mod lint;
pub mod list;
pub mod matcher;
pub mod payload;
pub mod psl;
#[cfg(all(feature = "reference", not(target_arch = "wasm32")))]
pub mod reference;
pub mod regex;
pub mod request;
mod sort;
pub mod sources;
pub mod standin;
mod suffix;
pub mod tracker;
#[cfg(all(target_arch = "wasm32", feature = "wasm-engine"))]
mod wasm;
#[cfg(all(target_arch = "wasm32", feature = "wasm-compiler"))]
mod wasm_compiler;
