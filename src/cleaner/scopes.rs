//! Which of the hosts that rules speak of a link's host belongs to.

use super::data::Kind;
use super::tables::Tables;
use crate::address::hash::{self, step};

/// More than any real host belongs to.
const MAX: usize = 24;

/// Numbers of scopes: hosts, then entities, each from the most specific to the least, then labels.
#[derive(Debug)]
pub(super) struct Scopes {
    ids: [u32; MAX],
    len: usize,
    /// Which kinds of rules that are found by their host they have, a bit each.
    kinds: u8,
}

impl Scopes {
    pub(super) fn of(tables: &Tables, host: &str) -> Scopes {
        let mut scopes = Scopes {
            ids: [0; MAX],
            len: 0,
            kinds: 0,
        };
        scopes.add_suffixes(tables, host, "");
        if tables.data.has_entities != 0 {
            scopes.add_entities(tables, host);
        }
        if tables.data.has_labels != 0 {
            let labels = host.as_bytes().split(|&byte| byte == b'.');
            for label in labels.filter(|label| tables.ends.may_have(label)) {
                scopes.add(tables, step_back(label, "."), |text| {
                    text.as_bytes().strip_suffix(b".") == Some(label)
                });
            }
        }
        for &scope in &scopes.ids[..scopes.len] {
            let kinds = tables.scoped(scope).iter().map(|rule| 1 << rule.kind as u8);
            scopes.kinds = kinds.fold(scopes.kinds, |all, kind| all | kind);
        }
        scopes
    }

    /// All of them where one has rules of this kind, else none: most hosts have no rules of most kinds.
    pub(super) fn with(&self, kind: Kind) -> &[u32] {
        match self.kinds & 1 << kind as u8 {
            0 => &[],
            _ => self.ids(),
        }
    }

    pub(super) fn ids(&self) -> &[u32] {
        &self.ids[..self.len]
    }

    /// Adds `name` + `ending` and the same of its parents, most specific first.
    fn add_suffixes(&mut self, tables: &Tables, name: &str, ending: &str) {
        let before = self.len;
        let bytes = name.as_bytes();
        let mut hash = hash::of_name(ending);
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
        for dot in memchr::memrchr_iter(b'.', host.as_bytes()).take(MAX) {
            if tables.ends.may_have(&host.as_bytes()[..dot]) {
                self.add_suffixes(tables, &host[..dot], ".*");
            }
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
fn step_back(name: &[u8], ending: &str) -> u64 {
    name.iter()
        .rev()
        .fold(hash::of_name(ending), |hash, &byte| step(hash, byte))
}
