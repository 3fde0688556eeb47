//! Registrable domains, by the public suffix list (<https://publicsuffix.org>).
//!
//! The table is made by `build.rs` from `data/public_suffix_list.dat`: 42 bits of hash for each suffix, no names.
//! A name could be made to collide with an entry, but only by whoever owns it, and it would gain nothing:
//! hosts of theirs would count as foreign to each other. By chance it happens to one name in four hundred million.

use crate::address::host;
use crate::address::suffix::{self, Suffix};

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/public_suffixes.bin"));
/// The table's layout: see `build.rs`.
const GROUPS: usize = 1 << 12;
const ENTRY: usize = 4;

/// The longest suffixes have five labels; a few more are allowed for.
const MAX_LABELS: usize = 8;

/// The kinds of rule, as bits: `example` of a company that lets others have names below it,
const PRIVATE: u8 = 1;
/// `example` of a registry,
const SUFFIX: u8 = 1 << 1;
/// `*.example`: every name directly below is a suffix,
const WILDCARD: u8 = 1 << 2;
/// `!name.example`: this one is not.
const EXCEPTION: u8 = 1 << 3;

/// The part of `host` that one owner registers: `example.co.uk` of `www.example.co.uk`.
///
/// An IP address, and a host that is itself a public suffix, is its own.
///
/// ```
/// assert_eq!(detick::address::psl::registrable("www.example.co.uk"), "example.co.uk");
/// assert_eq!(detick::address::psl::registrable("co.uk"), "co.uk");
/// assert_eq!(detick::address::psl::registrable("127.0.0.1"), "127.0.0.1");
/// ```
pub fn registrable(host: &str) -> &str {
    &host[place_of(host).domain..]
}

/// The suffix that `host` has from a registry: `co.uk` of `www.example.co.uk`, and the whole of an IP address.
/// Companies that let others have names below theirs do not count: what is called `example.*` in a list is one owner's
/// in every country, and `example.github.io` is anybody's.
///
/// ```
/// assert_eq!(detick::address::psl::suffix("www.example.co.uk"), "co.uk");
/// assert_eq!(detick::address::psl::suffix("example.github.io"), "io");
/// assert_eq!(detick::address::psl::suffix("unknown.tld"), "tld");
/// ```
pub fn suffix(host: &str) -> &str {
    &host[place_of(host).suffix..]
}

fn place_of(host: &str) -> Place {
    place(host, suffix::each(host.as_bytes()))
}

/// Where parts of a host begin, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// What [`suffix`] gives.
    pub suffix: usize,
    /// What [`registrable`] gives.
    pub domain: usize,
}

/// Where the public suffix and the registrable domain of a host begin; `suffixes` are those of `host`.
pub(crate) fn place(host: &str, suffixes: impl Iterator<Item = Suffix>) -> Place {
    if host::is_address(host) {
        return Place::default();
    }
    // A top-level domain that the list does not know is a suffix like any other.
    let mut found = 0;
    let mut registry = 0;
    let mut below_wildcard = false;
    let mut starts = [0; MAX_LABELS + 1];
    for (labels, suffix) in suffixes.take(MAX_LABELS + 1).enumerate() {
        starts[labels] = suffix.start as usize;
        let rules = if labels < MAX_LABELS { rules(suffix.hash) } else { 0 };
        if rules & EXCEPTION != 0 {
            found = labels.saturating_sub(1);
            registry = found;
        } else if below_wildcard || rules & SUFFIX != 0 {
            found = labels;
            registry = labels;
        } else if rules & PRIVATE != 0 {
            found = labels;
        }
        below_wildcard = rules & WILDCARD != 0;
    }
    Place {
        suffix: starts[registry],
        domain: starts.get(found + 1).copied().unwrap_or_default(),
    }
}

/// The kinds of rule that a name of this hash has.
fn rules(hash: u64) -> u8 {
    let group = (hash >> 52) as usize;
    let (first, end) = (entries_before(group), entries_before(group + 1));
    let mut rules = 0;
    for bytes in entries().get(first..end).unwrap_or_default() {
        let entry = u32::from_le_bytes(*bytes);
        if entry >> 2 == (hash >> 22) as u32 & (u32::MAX >> 2) {
            rules |= 1 << (entry & 3);
        }
    }
    rules
}

fn entries() -> &'static [[u8; ENTRY]] {
    TABLE[2 * (GROUPS + 1)..].as_chunks().0
}

fn entries_before(group: usize) -> usize {
    usize::from(u16::from_le_bytes([TABLE[2 * group], TABLE[2 * group + 1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_companies_let_is_no_registry() {
        let rows = [
            ("google.co.uk", "co.uk"),
            ("www.google.com.au", "com.au"),
            ("google.blogspot.com", "com"),
            ("amazon.github.io", "io"),
            ("ebay.netlify.app", "app"),
            ("yandex.vercel.app", "app"),
            ("a.city.kawasaki.jp", "kawasaki.jp"),
            ("a.b.other.kawasaki.jp", "other.kawasaki.jp"),
            ("10.0.0.1", "10.0.0.1"),
        ];
        for (host, expected) in rows {
            assert_eq!(suffix(host), expected, "{host}");
        }
    }

    #[test]
    fn suffixes_of_every_kind() {
        let rows = [
            ("com", "com"),
            ("example.com", "example.com"),
            ("a.b.example.com", "example.com"),
            ("a.b.example.co.uk", "example.co.uk"),
            ("city.kawasaki.jp", "city.kawasaki.jp"),
            ("www.city.kawasaki.jp", "city.kawasaki.jp"),
            ("a.b.other.kawasaki.jp", "b.other.kawasaki.jp"),
            ("other.kawasaki.jp", "other.kawasaki.jp"),
            ("www.ck", "www.ck"),
            ("a.b.co.ck", "b.co.ck"),
            ("someone.github.io", "someone.github.io"),
            ("a.someone.github.io", "someone.github.io"),
            ("www.example.unknowntld", "example.unknowntld"),
            ("a.xn--55qx5d.cn", "a.xn--55qx5d.cn"),
            ("www.a.xn--55qx5d.cn", "a.xn--55qx5d.cn"),
            ("localhost", "localhost"),
            ("10.0.0.1", "10.0.0.1"),
            ("[2001:db8::1]", "[2001:db8::1]"),
            ("", ""),
        ];
        for (host, domain) in rows {
            assert_eq!(registrable(host), domain, "{host}");
        }
    }
}
