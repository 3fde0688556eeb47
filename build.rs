//! Packs the public suffix list into the table that `src/address/psl.rs` searches, so that nothing is read at start-up.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 2 each | for every value of a hash's upper 12 bits: how many entries lie before its first; and their total |
//! | 8194 | 4 each | entries, sorted: the next 30 bits of the suffix's hash above two bits for its kind |
//!
//! Numbers are little endian. Names themselves are not kept: see `src/address/psl.rs` for why that is safe.

#[path = "src/address/hash.rs"]
mod hash;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs};

const LIST: &str = "data/public_suffix_list.dat";

/// As in `src/address/psl.rs`.
const PRIVATE: u64 = 0;
const SUFFIX: u64 = 1;
const WILDCARD: u64 = 2;
const EXCEPTION: u64 = 3;

fn main() {
    println!("cargo::rerun-if-changed={LIST}");
    println!("cargo::rerun-if-changed=src/address/hash.rs");
    let text = fs::read_to_string(LIST).expect("data/public_suffix_list.dat is part of the repository");
    let entries = entries(&text);
    let mut table = Vec::new();
    for group in 0..=1_u64 << 12 {
        let before = entries.partition_point(|entry| entry >> 32 < group);
        let before = u16::try_from(before).expect("the list has fewer than 65,536 suffixes");
        table.extend_from_slice(&before.to_le_bytes());
    }
    for entry in &entries {
        table.extend_from_slice(&entry.to_le_bytes()[..4]);
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("public_suffixes.bin"), table).expect("OUT_DIR can be written");
}

/// Sorted, each once. A name that is a suffix and has a wildcard below it has two entries.
fn entries(text: &str) -> Vec<u64> {
    let mut names: BTreeMap<u64, &str> = BTreeMap::new();
    let mut plain = SUFFIX;
    for line in text.lines() {
        if line.contains("===BEGIN PRIVATE DOMAINS===") {
            plain = PRIVATE;
        }
        let rule = line.split_whitespace().next().unwrap_or_default();
        if rule.is_empty() || rule.starts_with("//") {
            continue;
        }
        let (name, kind) = match (rule.strip_prefix("*."), rule.strip_prefix('!')) {
            (Some(parent), _) => (parent, WILDCARD),
            (_, Some(name)) => (name, EXCEPTION),
            _ => (rule, plain),
        };
        let ascii = url::Host::parse(name)
            .expect("a public suffix is a host name")
            .to_string();
        let entry = hash::of_name(&ascii) >> 22 << 2 | kind;
        let other = names.insert(entry, name);
        assert!(
            other.is_none_or(|other| other == name),
            "{name} has the hash of {other:?}"
        );
    }
    names.into_keys().collect()
}
