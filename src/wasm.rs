//! What the browser calls: two WebAssembly modules of this crate, one that decides and one that compiles.

#[cfg(feature = "wasm-compiler")]
mod compiler;
#[cfg(feature = "wasm-engine")]
mod engine;
