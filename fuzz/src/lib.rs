//! What the fuzzer tries: each module's `run` takes any bytes and panics where a promise is broken.
//!
//! They need neither the fuzzer nor a nightly toolchain: `tests/fuzz.rs` builds them into an ordinary test, so that
//! none rots unnoticed, and tries them on the corpora.

#![allow(clippy::expect_used)] // a panic is what the fuzzer looks for

pub mod cleaner;
pub mod dnr;
pub mod filter;
pub mod image;
pub mod list;
pub mod matcher;
pub mod payload;
pub mod recording;
