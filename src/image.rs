//! The file that carries the engine's data from the build into the browser: checked before anything in it is trusted.
//!
//! All numbers are little endian; sections begin at multiples of eight.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | `\x89DETICK\n`: no text editor and no transfer in text mode leaves it whole |
//! | 8 | 4 | [`VERSION`] |
//! | 12 | 4 | length of the file |
//! | 16 | 8 | checksum of all that follows |
//! | 24 | 4 | number of sections |
//! | 28 | 12 each | a section's number, offset and length |
//!
//! The checksum finds damage, not malice: whoever reads a section checks each offset in it too.

use thiserror::Error;

const MAGIC: &[u8; 8] = b"\x89DETICK\n";
/// Changes with every change of a section's layout: an image of another version is built anew.
pub(crate) const VERSION: u32 = 4;
const CHECKED_FROM: usize = 24;
const ALIGNMENT: usize = 8;

/// What a part of the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Section {
    /// The lists' names and lines: [`crate::sources::Sources`].
    Sources = 1,
    /// Companies behind hosts, as text: [`crate::tracker::Trackers`].
    Trackers = 2,
    /// What the matcher searches: [`crate::matcher::Matcher`].
    Matcher = 3,
    /// What is done to links: [`crate::cleaner::Cleaner`].
    Cleaner = 4,
    /// As [`Section::Matcher`], of the user's own lines; only where there are any.
    OwnMatcher = 5,
    /// As [`Section::Sources`], of the user's own lines; only where there are any.
    OwnSources = 6,
}

/// Why an image is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Damaged {
    /// It does not begin like one.
    #[error("this is not an engine image")]
    NotAnImage,
    /// Another version of Detick wrote it.
    #[error("the engine image has version {0}, not {VERSION}; build it anew")]
    OtherVersion(u32),
    /// It is shorter or longer than it says.
    #[error("the engine image is cut off or has bytes too many; build it anew")]
    WrongLength,
    /// Bytes have changed.
    #[error("the engine image is damaged: its checksum is wrong; build it anew")]
    WrongChecksum,
    /// A section is missing or contradicts itself.
    #[error("the engine image contradicts itself; build it anew")]
    Contradiction,
}

/// An image that has passed its checks.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    bytes: &'a [u8],
}

impl<'a> Image<'a> {
    /// Checks magic, version, length and checksum.
    ///
    /// # Errors
    /// The first check that fails.
    pub fn check(bytes: &'a [u8]) -> Result<Image<'a>, Damaged> {
        let mut header = Reader::new(bytes);
        if header.take(MAGIC.len()).ok() != Some(MAGIC) {
            return Err(Damaged::NotAnImage);
        }
        let version = header.u32()?;
        if version != VERSION {
            return Err(Damaged::OtherVersion(version));
        }
        if header.u32()? as usize != bytes.len() {
            return Err(Damaged::WrongLength);
        }
        if header.u64()? != checksum(&bytes[CHECKED_FROM..]) {
            return Err(Damaged::WrongChecksum);
        }
        Ok(Image { bytes })
    }

    /// The bytes of one section.
    ///
    /// # Errors
    /// [`Damaged::Contradiction`] when it is not there or lies outside.
    pub fn section(&self, wanted: Section) -> Result<&'a [u8], Damaged> {
        self.find(wanted)?.ok_or(Damaged::Contradiction)
    }

    /// The bytes of a section that not every image has.
    ///
    /// # Errors
    /// [`Damaged::Contradiction`] when it lies outside.
    pub fn find(&self, wanted: Section) -> Result<Option<&'a [u8]>, Damaged> {
        let mut table = Reader::new(&self.bytes[CHECKED_FROM..]);
        for _ in 0..table.u32()? {
            let (number, offset, length) = (table.u32()?, table.u32()? as usize, table.u32()? as usize);
            if number == wanted as u32 {
                let rest = self.bytes.get(offset..).ok_or(Damaged::Contradiction)?;
                return rest.get(..length).map(Some).ok_or(Damaged::Contradiction);
            }
        }
        Ok(None)
    }
}

/// Puts sections together to an image.
pub fn write(sections: &[(Section, Vec<u8>)]) -> Vec<u8> {
    let mut body = Writer::default();
    body.u32(sections.len());
    let mut offset = CHECKED_FROM + 4 + 12 * sections.len();
    for (section, bytes) in sections {
        offset = offset.next_multiple_of(ALIGNMENT);
        body.u32(*section as usize);
        body.u32(offset);
        body.u32(bytes.len());
        offset += bytes.len();
    }
    for (_, bytes) in sections {
        let end = (CHECKED_FROM + body.bytes.len()).next_multiple_of(ALIGNMENT);
        body.bytes.resize(end - CHECKED_FROM, 0);
        body.bytes.extend_from_slice(bytes);
    }
    let mut file = Writer::default();
    file.bytes.extend_from_slice(MAGIC);
    file.u32(VERSION as usize);
    file.u32(CHECKED_FROM + body.bytes.len());
    file.bytes.extend_from_slice(&checksum(&body.bytes).to_le_bytes());
    file.bytes.append(&mut body.bytes);
    file.bytes
}

/// Puts the right checksum over bytes that were changed: for tests of what reads the sections.
#[doc(hidden)]
pub fn seal(image: &mut [u8]) {
    let sum = image.get(CHECKED_FROM..).map(checksum);
    if let (Some(sum), Some(place)) = (sum, image.get_mut(CHECKED_FROM - 8..CHECKED_FROM)) {
        place.copy_from_slice(&sum.to_le_bytes());
    }
}

/// Four independent sums of eight bytes each at a time: about a byte per third of a cycle, and any changed byte shows.
fn checksum(bytes: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [1_u64, 2, 3, bytes.len() as u64];
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut last = [0; 32];
    last[..rest.len()].copy_from_slice(rest);
    for block in blocks.iter().chain([&last]) {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = (*lane ^ u64::from_le_bytes(*word))
                .wrapping_mul(MULTIPLIER)
                .rotate_left(29);
        }
    }
    lanes
        .into_iter()
        .fold(0, |sum, lane| (sum ^ lane).wrapping_mul(MULTIPLIER).rotate_left(31))
}

/// Writes what [`Reader`] reads.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    /// A length, number or offset.
    ///
    /// # Panics
    /// Beyond 32 bits: lists are far smaller ([`crate::list::MAX_BYTES`]).
    pub(crate) fn u32(&mut self, number: usize) {
        let number = u32::try_from(number).expect("lists are smaller than 4 GiB");
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// A length and that many bytes.
    pub(crate) fn text(&mut self, text: &str) {
        self.u32(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Reads numbers and texts one after another; anything that is not there is a contradiction, never a panic.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Damaged::WrongLength)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Damaged> {
        let bytes = self.take(4)?.first_chunk().ok_or(Damaged::WrongLength)?;
        Ok(u32::from_le_bytes(*bytes))
    }

    fn u64(&mut self) -> Result<u64, Damaged> {
        let bytes = self.take(8)?.first_chunk().ok_or(Damaged::WrongLength)?;
        Ok(u64::from_le_bytes(*bytes))
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Damaged> {
        let length = self.u32()? as usize;
        std::str::from_utf8(self.take(length)?).map_err(|_| Damaged::Contradiction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        write(&[(Section::Trackers, b"abc".to_vec()), (Section::Sources, Vec::new())])
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = sample();
        let image = Image::check(&bytes).unwrap();
        assert_eq!(image.section(Section::Trackers), Ok(&b"abc"[..]));
        assert_eq!(image.section(Section::Sources), Ok(&b""[..]));
        assert_eq!(image.section(Section::Matcher), Err(Damaged::Contradiction));
    }

    #[test]
    fn every_changed_or_missing_byte_is_found() {
        let bytes = sample();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[at] ^= 1 << bit;
                assert!(Image::check(&changed).is_err(), "bit {bit} of byte {at}");
            }
            assert!(Image::check(&bytes[..at]).is_err(), "cut at {at}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(Image::check(&longer).unwrap_err(), Damaged::WrongLength);
    }
}
