//! Detick's engine: adblock filter lists in, decisions about requests and clean links out.

pub mod filter;
pub mod host;
pub mod list;
#[cfg(target_arch = "wasm32")]
mod wasm;
