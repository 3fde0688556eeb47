//! Sixty-four bytes of an address at a time: in lower case, and what they are as a bit mask.
//!
//! To look at each byte would be to mispredict a branch at each end of a word. In WebAssembly sixteen bytes are worked
//! on at once; elsewhere eight as one number, each in its own lane: adding to a byte below 128 lifts its top bit
//! exactly where it reaches a bound.

pub use crate::address::byte::{BYTES, Block};
#[cfg(not(target_feature = "simd128"))]
pub use lanes::{marks, read};
#[cfg(target_feature = "simd128")]
pub use simd::{marks, read};

#[cfg(any(test, not(target_feature = "simd128")))]
mod lanes {
    use crate::address::byte::{BYTES, Block, is_mark};

    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP_BITS: u64 = EACH * 0x80;

    /// The bytes in lower case, and what they are.
    #[inline]
    pub fn read(bytes: &[u8; BYTES]) -> ([u8; BYTES], Block) {
        let mut lower = [0; BYTES];
        let (mut parts, mut foreign, mut upper) = (0, 0, 0);
        let words = bytes.as_chunks::<8>().0.iter().zip(lower.as_chunks_mut().0);
        for (number, (bytes, lower)) in words.enumerate() {
            let word = u64::from_le_bytes(*bytes);
            let capitals = between(word, b'A', b'Z');
            let small = word | capitals >> 2; // from the top bit to 0x20
            let part = between(small, b'a', b'z') | between(small, b'0', b'9');
            *lower = small.to_le_bytes();
            parts |= gathered(part) << (8 * number);
            upper |= capitals;
            foreign |= word & TOP_BITS;
        }
        let block = Block {
            parts,
            is_foreign: foreign != 0,
            has_upper: upper != 0,
        };
        (lower, block)
    }

    /// Bit n: whether byte n is a mark.
    #[inline]
    pub fn marks(bytes: &[u8; BYTES]) -> u64 {
        let top_bits = bytes.map(|byte| u8::from(is_mark(byte)) << 7);
        let words = top_bits.as_chunks::<8>().0.iter().enumerate();
        words.fold(0, |marks, (number, word)| {
            marks | gathered(u64::from_le_bytes(*word)) << (8 * number)
        })
    }

    /// The top bit of each lane whose byte is ASCII and within these bounds.
    #[inline]
    fn between(word: u64, first: u8, last: u8) -> u64 {
        let ascii = word & !TOP_BITS;
        let reaches = |bound: u8| ascii + EACH * u64::from(0x80 - bound);
        reaches(first) & !reaches(last + 1) & !word & TOP_BITS
    }

    /// The top bits of eight lanes next to each other.
    #[inline]
    fn gathered(top_bits: u64) -> u64 {
        (top_bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
}

#[cfg(target_feature = "simd128")]
mod simd {
    use core::arch::wasm32::{
        i8x16_bitmask, i8x16_ne, i8x16_swizzle, u8x16_le, u8x16_shr, u8x16_splat, u8x16_sub, u64x2, u64x2_extract_lane,
        v128, v128_and, v128_or,
    };

    use crate::address::byte::{BYTES, Block, is_mark};

    /// The bytes in lower case, and what they are.
    #[inline]
    pub fn read(bytes: &[u8; BYTES]) -> ([u8; BYTES], Block) {
        let mut lower = [0; BYTES];
        let (mut parts, mut foreign, mut upper) = (0, 0, 0);
        let vectors = bytes.as_chunks::<16>().0.iter().zip(lower.as_chunks_mut().0);
        for (number, (bytes, lower)) in vectors.enumerate() {
            let vector = load(bytes);
            let capitals = between(vector, b'A', b'Z');
            let small = v128_or(vector, v128_and(capitals, u8x16_splat(0x20)));
            let part = v128_or(between(small, b'a', b'z'), between(small, b'0', b'9'));
            *lower = store(small);
            parts |= u64::from(i8x16_bitmask(part)) << (16 * number);
            upper |= i8x16_bitmask(capitals);
            foreign |= i8x16_bitmask(vector);
        }
        let block = Block {
            parts,
            is_foreign: foreign != 0,
            has_upper: upper != 0,
        };
        (lower, block)
    }

    /// For each half of a byte, which rows of the table of ASCII have a mark there: a byte is a mark when both of its
    /// halves have a bit in common. Two lookups of sixteen bytes at once take the place of ten comparisons.
    const HALVES: ([u8; 16], [u8; 16]) = {
        let (mut low, mut high) = ([0; 16], [0; 16]);
        let mut byte = 0;
        while byte < 128 {
            if is_mark(byte) {
                low[byte as usize & 15] |= 1 << (byte >> 4);
                high[byte as usize >> 4] = 1 << (byte >> 4);
            }
            byte += 1;
        }
        (low, high)
    };

    /// Bit n: whether byte n is a mark.
    #[inline]
    pub fn marks(bytes: &[u8; BYTES]) -> u64 {
        let (low, high) = (load(&HALVES.0), load(&HALVES.1));
        let mut marks = 0;
        for (number, bytes) in bytes.as_chunks::<16>().0.iter().enumerate() {
            let vector = load(bytes);
            let low = i8x16_swizzle(low, v128_and(vector, u8x16_splat(15)));
            let high = i8x16_swizzle(high, u8x16_shr(vector, 4));
            let is_mark = i8x16_ne(v128_and(low, high), u8x16_splat(0));
            marks |= u64::from(i8x16_bitmask(is_mark)) << (16 * number);
        }
        marks
    }

    #[inline]
    fn between(vector: v128, first: u8, last: u8) -> v128 {
        u8x16_le(u8x16_sub(vector, u8x16_splat(first)), u8x16_splat(last - first))
    }

    #[inline]
    fn load(bytes: &[u8; 16]) -> v128 {
        let number = u128::from_le_bytes(*bytes);
        u64x2(number as u64, (number >> 64) as u64)
    }

    #[inline]
    fn store(vector: v128) -> [u8; 16] {
        let (low, high) = (u64x2_extract_lane::<0>(vector), u64x2_extract_lane::<1>(vector));
        (u128::from(high) << 64 | u128::from(low)).to_le_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::byte::{is_mark, is_part};

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=u8::MAX {
            for at in 0..BYTES {
                let mut bytes = [b'.'; BYTES];
                bytes[at] = byte;
                let (lower, block) = read(&bytes);
                bytes[at] = byte.to_ascii_lowercase();
                assert_eq!(lower, bytes);
                assert_eq!(block.parts, u64::from(is_part(byte)) << at, "byte {byte} at {at}");
                assert_eq!(
                    (block.is_foreign, block.has_upper),
                    (!byte.is_ascii(), byte.is_ascii_uppercase())
                );
            }
        }
    }

    #[test]
    fn marks_are_where_they_are() {
        const MARKS: &[u8] = b"#$%&'()*+,./:;<=>?@\\";
        for byte in 0..=u8::MAX {
            assert_eq!(is_mark(byte), MARKS.contains(&byte), "byte {byte}");
            for at in 0..BYTES {
                let mut bytes = [b'-'; BYTES];
                bytes[at] = byte;
                assert_eq!(marks(&bytes), u64::from(is_mark(byte)) << at, "byte {byte} at {at}");
            }
        }
    }
}
