//! Detick's engine: adblock filter lists in, decisions about requests and clean links out.
//!
//! A program that has requests, of crawls or of logs, needs what is named at the root: an [`Engine`] of lists, which
//! its threads share, and a [`Request`] for each of them. `examples/datafusion/` in the repository makes functions of
//! SQL of it.
//!
//! ```
//! use detick::{Engine, Request};
//! use std::{sync::Arc, thread};
//!
//! let engine = Arc::new(Engine::built_in());
//! let crawled = ["https://analytics.tiktok.com/i18n/pixel/events.js", "https://shop.example/cart.js"];
//! let threads = crawled.map(|url| {
//!     let engine = Arc::clone(&engine);
//!     thread::spawn(move || {
//!         let mut request = Request::default();
//!         request.read(url, "https://shop.example/", "script", "GET");
//!         engine.check(&request).map(|verdict| verdict.list.to_owned())
//!     })
//! });
//! let lists = threads.map(|thread| thread.join().expect("nothing panics"));
//! assert_eq!(lists, [Some("tiktok.txt".to_owned()), None]);
//! ```
//!
//! The modules are what Detick's own faces are made of: documented for who works on these, they change with them.

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

pub use blocker::{Decision, Verdict};
pub use cleaner::{Cleaned, Options as CleanOptions, Removed, Tiers};
pub use engine::{Engine, ListComplaint};
pub use payload::{Fact, Kind as FactKind};
pub use request::Request;
