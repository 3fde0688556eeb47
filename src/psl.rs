//! Registrable domains, by the public suffix list (<https://publicsuffix.org>).
//!
//! The table is made by `build.rs` from `data/public_suffix_list.dat`: 46 bits of hash for each suffix, no names.
//! A name could be made to collide with an entry, but only by whoever owns it, and it would gain nothing:
//! hosts of theirs would count as foreign to each other. By chance it happens to one name in seven billion.

use crate::{hash, host};

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/public_suffixes.bin"));
const ENTRY: usize = 6;

/// The longest suffixes have five labels; a few more are allowed for.
const MAX_LABELS: usize = 8;

/// A rule `example`.
const SUFFIX: u64 = 1;
/// A rule `*.example`: every name directly below is a suffix.
const WILDCARD: u64 = 2;
/// A rule `!name.example`: this one is not.
const EXCEPTION: u64 = 3;

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
    let suffix = suffix(host);
    if suffix.len() == host.len() {
        return host;
    }
    let before = &host[..host.len() - suffix.len() - 1];
    let start = before.rfind('.').map_or(0, |dot| dot + 1);
    &host[start..]
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
        if has(hash, EXCEPTION) {
            return &host[parent..];
        }
        if below_wildcard || has(hash, SUFFIX) {
            found = start;
        }
        below_wildcard = has(hash, WILDCARD);
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

fn has(hash: u64, kind: u64) -> bool {
    let wanted = hash >> 18 << 2 | kind;
    let (mut low, mut high) = (0, TABLE.len() / ENTRY);
    while low < high {
        let middle = low.midpoint(high);
        match entry(middle).cmp(&wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
}

fn entry(index: usize) -> u64 {
    let mut bytes = [0; 8];
    bytes[..ENTRY].copy_from_slice(&TABLE[index * ENTRY..][..ENTRY]);
    u64::from_le_bytes(bytes)
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
