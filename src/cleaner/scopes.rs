//! Which of the hosts that rules speak of a link's host belongs to.

use super::tables::Tables;
use crate::address::hash::{self, step};

/// More than any real host belongs to.
const MAX: usize = 24;

/// Numbers of scopes: hosts, then entities, each from the most specific to the least, then labels.
#[derive(Debug)]
pub(super) struct Scopes {
    ids: [u32; MAX],
    len: usize,
}

impl Scopes {
    pub(super) fn of(tables: &Tables, host: &str) -> Scopes {
        let mut scopes = Scopes { ids: [0; MAX], len: 0 };
        scopes.add_suffixes(tables, host, "");
        if tables.data.has_entities != 0 {
            scopes.add_entities(tables, host);
        }
        if tables.data.has_labels != 0 {
            for label in host.split('.') {
                scopes.add(tables, step_back(label, "."), |text| {
                    text.strip_suffix('.') == Some(label)
                });
            }
        }
        scopes
    }

    pub(super) fn ids(&self) -> &[u32] {
        &self.ids[..self.len]
    }

    /// Adds `name` + `ending` and the same of its parents, most specific first.
    fn add_suffixes(&mut self, tables: &Tables, name: &str, ending: &str) {
        let before = self.len;
        let bytes = name.as_bytes();
        let mut hash = step_back("", ending);
        for at in (0..bytes.len()).rev() {
            hash = step(hash, bytes[at]);
            if at == 0 || bytes[at - 1] == b'.' {
                let tail = &name[at..];
                self.add(tables, hash, |text| text.strip_suffix(ending) == Some(tail));
            }
        }
        self.ids[before..self.len].reverse();
    }

    /// Adds `google.*` for `www.google.co.uk`. Which of its ends is a public suffix takes longer to find out than
    /// whether any of its beginnings is a name that rules speak of; most hosts have none.
    fn add_entities(&mut self, tables: &Tables, host: &str) {
        let before = self.len;
        for (dot, _) in host.rmatch_indices('.').take(MAX) {
            self.add_suffixes(tables, &host[..dot], ".*");
            if self.len > before {
                break;
            }
        }
        if self.len == before {
            return;
        }
        self.len = before;
        let suffix = crate::address::psl::suffix(host);
        let name = host.strip_suffix(suffix).and_then(|name| name.strip_suffix('.'));
        self.add_suffixes(tables, name.unwrap_or_default(), ".*");
    }

    fn add(&mut self, tables: &Tables, hash: u64, is_it: impl Fn(&str) -> bool) {
        let data = &tables.data;
        let found = data
            .scope_index
            .find(hash, |id| is_it(tables.text(data.scopes[id as usize])));
        if let Some((id, slot)) = found.zip(self.ids.get_mut(self.len)) {
            *slot = id;
            self.len += 1;
        }
    }
}

/// The hash of `name` followed by `ending`.
fn step_back(name: &str, ending: &str) -> u64 {
    name.bytes().rev().fold(hash::of_name(ending), step)
}
