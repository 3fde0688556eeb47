//! Hashes of a host and of every domain above it, by which `||host^`, `domain=` and `to=` are found.

use crate::address::hash;

/// Some whole labels at the end of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suffix {
    /// Of its text.
    pub hash: u64,
    /// Where it begins in the host, in bytes.
    pub start: u32,
}

impl Suffix {
    /// The hash as the matcher's tables have it.
    #[inline]
    pub fn key(&self) -> u32 {
        fold(self.hash)
    }
}

/// A host and what was computed of it once.
#[derive(Clone, Copy, Debug)]
pub struct Host<'a> {
    /// In lower case.
    pub name: &'a str,
    /// All of it, shortest first.
    pub suffixes: &'a [Suffix],
    /// Where its public suffix begins, if that is known already.
    pub public_suffix: Option<usize>,
}

/// Fills `suffixes` with those of `host`, shortest first: `example`, `b.example`, `a.b.example`.
pub fn read(host: &[u8], suffixes: &mut Vec<Suffix>) {
    suffixes.clear();
    suffixes.extend(each(host));
}

/// Iterates over what [`read`] collects: the suffixes of `host`, shortest first.
pub fn each(host: &[u8]) -> impl Iterator<Item = Suffix> {
    let mut hash = hash::START;
    let mut next = Some(host.len()).filter(|&length| length > 0);
    std::iter::from_fn(move || {
        let mut start = next?;
        while start > 0 && host[start - 1] != b'.' {
            start -= 1;
            hash = hash::step(hash, host[start]);
        }
        let suffix = Suffix {
            hash,
            start: start as u32,
        };
        hash = hash::step(hash, b'.');
        next = start.checked_sub(1);
        Some(suffix)
    })
}

/// [`Suffix::key`] of a name that stands alone.
pub fn key_of(name: &str) -> u32 {
    fold(hash::of_name(name))
}

fn fold(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_domain_above_a_host_is_found() {
        let mut suffixes = Vec::new();
        read(b"a.b.example", &mut suffixes);
        let found: Vec<_> = suffixes.iter().map(|suffix| (suffix.start, suffix.key())).collect();
        assert_eq!(
            found,
            [
                (4, key_of("example")),
                (2, key_of("b.example")),
                (0, key_of("a.b.example"))
            ]
        );
        read(b"", &mut suffixes);
        assert_eq!(suffixes, []);
    }
}
