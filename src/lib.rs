//! Detick's engine: adblock filter lists in, decisions about requests and clean links out.

#[cfg(target_arch = "wasm32")]
mod wasm;
