//! Every test outside of `src/`, in one program, which is compiled and linked once: a file is a module of it.
//!
//! `cargo test --test all lint::` runs those of `tests/lint.rs`.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod blocker;
mod cleaner;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod cli_clean;
#[cfg(feature = "cli")]
mod cli_report;
#[cfg(feature = "cli")]
mod command;
mod compiler;
mod corpora;
#[cfg(feature = "reference")]
mod differential;
mod dnr;
mod domains;
mod export;
mod filters;
mod fuzz;
mod hostile;
mod library;
mod link_lists;
mod lint;
mod list_cases;
mod matcher;
mod naive;
mod payloads;
mod switched;
#[cfg(feature = "reference")]
mod synthetic;
