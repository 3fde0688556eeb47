//! Detick's engine: adblock filter lists in, decisions about requests and clean links out.

pub mod filter;
pub mod glob;
pub mod host;
pub mod list;
pub mod regex;
#[cfg(target_arch = "wasm32")]
mod wasm;
