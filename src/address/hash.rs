//! The one hash of host names, shared by `build.rs` (public suffixes) and the matcher.
//!
//! A host is hashed from its last byte to its first, so that one walk over `a.b.example` passes the hashes of
//! `example`, `b.example` and `a.b.example`.

/// FNV-1a's start value.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Takes one more byte in.
#[inline]
pub const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

/// The hash of a complete name.
pub const fn of_name(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let (mut hash, mut at) = (START, bytes.len());
    while at > 0 {
        at -= 1;
        hash = step(hash, bytes[at]);
    }
    hash
}
