//! Hashes of a host and of every domain above it, by which `||host^`, `domain=` and `to=` are found.

use crate::hash;

/// Some whole labels at the end of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suffix {
    /// Of its text.
    pub hash: u32,
    /// Where it begins in the host, in bytes.
    pub start: u32,
}

/// Fills `suffixes` with those of `host`, shortest first: `example`, `b.example`, `a.b.example`.
pub fn read(host: &str, suffixes: &mut Vec<Suffix>) {
    suffixes.clear();
    let mut hash = hash::START;
    for (at, &byte) in host.as_bytes().iter().enumerate().rev() {
        if byte == b'.' {
            suffixes.push(Suffix {
                hash: fold(hash),
                start: at as u32 + 1,
            });
        }
        hash = hash::step(hash, byte);
    }
    if !host.is_empty() {
        suffixes.push(Suffix {
            hash: fold(hash),
            start: 0,
        });
    }
}

/// The hash of a name that stands alone.
pub fn hash_of(name: &str) -> u32 {
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
        read("a.b.example", &mut suffixes);
        let found: Vec<_> = suffixes.iter().map(|suffix| (suffix.start, suffix.hash)).collect();
        assert_eq!(
            found,
            [
                (4, hash_of("example")),
                (2, hash_of("b.example")),
                (0, hash_of("a.b.example"))
            ]
        );
        read("", &mut suffixes);
        assert_eq!(suffixes, []);
    }
}
