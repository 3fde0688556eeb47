//! Registrable domains, by the public suffix list (<https://publicsuffix.org>).
//!
//! The table is made by `build.rs` from `data/public_suffix_list.dat`: 42 bits of hash for each suffix, no names.
//! A name could be made to collide with an entry, but only by whoever owns it, and it would gain nothing:
//! hosts of theirs would count as foreign to each other. By chance it happens to one name in four hundred million.

use crate::{hash, host};

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/public_suffixes.bin"));
/// The table's layout: see `build.rs`.
const GROUPS: usize = 1 << 12;
const ENTRY: usize = 4;

/// The longest suffixes have five labels; a few more are allowed for.
const MAX_LABELS: usize = 8;

/// The kinds of rule, as bits: `example`,
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
/// assert_eq!(detick::psl::registrable("www.example.co.uk"), "example.co.uk");
/// assert_eq!(detick::psl::registrable("co.uk"), "co.uk");
/// assert_eq!(detick::psl::registrable("127.0.0.1"), "127.0.0.1");
/// ```
pub fn registrable(host: &str) -> &str {
    &host[registrable_start(host, suffix(host))..]
}

/// Where [`registrable`] begins in `host`, of which `suffix` is the public suffix.
pub(crate) fn registrable_start(host: &str, suffix: &str) -> usize {
    match host.len().checked_sub(suffix.len() + 1) {
        Some(end) => host[..end].rfind('.').map_or(0, |dot| dot + 1),
        None => 0,
    }
}

/// The public suffix of `host`: `co.uk` of `www.example.co.uk`, and the whole of an IP address.
///
/// ```
/// assert_eq!(detick::psl::suffix("www.example.co.uk"), "co.uk");
/// assert_eq!(detick::psl::suffix("unknown.tld"), "tld");
/// ```
pub fn suffix(host: &str) -> &str {
    if host::is_address(host) {
        return host;
    }
    // A top-level domain that the list does not know is a suffix like any other.
    let mut found = host.rfind('.').map_or(0, |dot| dot + 1);
    let mut below_wildcard = false;
    for (start, parent, hash) in suffixes(host).take(MAX_LABELS) {
        let rules = rules(hash);
        if rules & EXCEPTION != 0 {
            return &host[parent..];
        }
        if below_wildcard || rules & SUFFIX != 0 {
            found = start;
        }
        below_wildcard = rules & WILDCARD != 0;
    }
    &host[found..]
}

/// `(start, start of the parent, hash)` of each run of whole labels at the end of `host`, shortest first.
fn suffixes(host: &str) -> impl Iterator<Item = (usize, usize, u64)> {
    let bytes = host.as_bytes();
    let mut next = Some((bytes.len(), hash::START));
    let mut parent = bytes.len();
    std::iter::from_fn(move || {
        let (mut at, mut hash) = next?;
        while at > 0 && bytes[at - 1] != b'.' {
            at -= 1;
            hash = hash::step(hash, bytes[at]);
        }
        next = (at > 0).then(|| (at - 1, hash::step(hash, b'.')));
        let item = (at, parent, hash);
        parent = at;
        Some(item)
    })
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
