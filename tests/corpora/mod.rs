//! The corpora folder: big lists and recorded requests, which the repository does not hold.

#![allow(dead_code, reason = "each test uses some of it")]

use std::fs;
use std::path::{Path, PathBuf};

use detick::list::{self, List};
use serde::Deserialize;

/// A recorded request.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub url: String,
    pub source_url: String,
    #[serde(rename = "type")]
    pub kind: String,
}

/// `corpora` in the folder that DETICK_SHARED names, or in `shared` beside the repository; `None`, and a line that says
/// so, when it is not there.
pub fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("DETICK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let folder = shared.join("corpora");
    if !folder.is_dir() {
        println!("skipped: there is no corpora folder");
        return None;
    }
    Some(folder)
}

/// All recorded requests.
pub fn requests() -> Option<Vec<Row>> {
    let text = fs::read_to_string(folder()?.join("requests.jsonl")).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// A list of the folder, which is there.
pub fn list(name: &str) -> List {
    list::parse(name, &fs::read(folder().unwrap().join(name)).unwrap()).0
}
