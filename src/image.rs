//! The file that carries the engine's data from the build into the browser: checked before anything in it is trusted.
//!
//! It is two images, one behind the other: what decides, and then the lists' names and text, which are not needed
//! before there is a hit to explain. Lists that were fetched are there without their text, which whoever fetched them
//! has stored already. Each image is laid out like this.
//!
//! All numbers are little endian; sections begin at multiples of eight.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | `\x89DETICK\n`: no text editor and no transfer in text mode leaves it whole |
//! | 8 | 4 | [`VERSION`] |
//! | 12 | 4 | length of the image |
//! | 16 | 8 | checksum of all that follows |
//! | 24 | 4 | number of sections |
//! | 28 | 12 each | a section's number, offset and length |
//!
//! The checksum finds damage, not malice: whoever reads a section checks each offset in it too.

use std::ops::Range;
use std::sync::Arc;

use thiserror::Error;

const MAGIC: &[u8; 8] = b"\x89DETICK\n";
/// Changes with every change of a section's layout: an image of another version is built anew.
pub(crate) const VERSION: u32 = 8;
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

/// How many bytes [`length`] needs to see.
pub const HEADER: usize = 16;

/// The length of the image that begins with these bytes.
///
/// # Errors
/// When they are not the beginning of an image, or that of another version's.
pub fn length(bytes: &[u8]) -> Result<usize, Damaged> {
    let mut header = Reader::new(bytes);
    if header.take(MAGIC.len()).ok() != Some(MAGIC) {
        return Err(Damaged::NotAnImage);
    }
    match header.u32()? {
        VERSION => Ok(header.u32()? as usize),
        version => Err(Damaged::OtherVersion(version)),
    }
}

/// The two images of a file: what decides, and the lists' text.
///
/// # Errors
/// When the first is not there as a whole.
pub fn split(file: &[u8]) -> Result<(&[u8], &[u8]), Damaged> {
    file.split_at_checked(length(file)?).ok_or(Damaged::WrongLength)
}

/// An image that has passed its checks.
#[derive(Clone, Debug)]
pub struct Image(Shared);

impl Image {
    /// Checks magic, version, length and checksum.
    ///
    /// # Errors
    /// The first check that fails.
    pub fn check(bytes: Vec<u8>) -> Result<Image, Damaged> {
        if length(&bytes)? != bytes.len() {
            return Err(Damaged::WrongLength);
        }
        let (header, body) = bytes.split_at_checked(CHECKED_FROM).ok_or(Damaged::WrongLength)?;
        if Reader::new(&header[HEADER..]).u64()? != checksum(body) {
            return Err(Damaged::WrongChecksum);
        }
        Ok(Image(Shared::new(bytes)))
    }

    /// One section, where it lies.
    ///
    /// # Errors
    /// [`Damaged::Contradiction`] when it is not there or lies outside.
    pub(crate) fn section(&self, wanted: Section) -> Result<Shared, Damaged> {
        self.find(wanted)?.ok_or(Damaged::Contradiction)
    }

    /// A section that not every image has.
    ///
    /// # Errors
    /// [`Damaged::Contradiction`] when it lies outside.
    pub(crate) fn find(&self, wanted: Section) -> Result<Option<Shared>, Damaged> {
        let mut table = Reader::new(&self.0.bytes()[CHECKED_FROM..]);
        for _ in 0..table.u32()? {
            let (number, offset, length) = (table.u32()?, table.u32()? as usize, table.u32()? as usize);
            if number == wanted as u32 {
                let range = offset..offset.saturating_add(length);
                return self.0.part(range).map(Some).ok_or(Damaged::Contradiction);
            }
        }
        Ok(None)
    }
}

/// A part of a file that several owners read where it lies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    file: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Shared {
    /// All of `bytes`.
    pub(crate) fn new(bytes: Vec<u8>) -> Shared {
        Shared {
            range: 0..bytes.len(),
            file: Arc::new(bytes),
        }
    }

    /// A part of it; `None` when that is not all there.
    pub(crate) fn part(&self, range: Range<usize>) -> Option<Shared> {
        self.bytes().get(range.clone())?;
        Some(Shared {
            file: Arc::clone(&self.file),
            range: self.range.start + range.start..self.range.start + range.end,
        })
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &[u8] {
        self.file.get(self.range.clone()).unwrap_or_default()
    }
}

/// Puts sections together to an image.
pub fn write(sections: &[(Section, &[u8])]) -> Vec<u8> {
    let mut offsets = Vec::with_capacity(sections.len());
    let mut end = CHECKED_FROM + 4 + 12 * sections.len();
    for (_, bytes) in sections {
        let offset = end.next_multiple_of(ALIGNMENT);
        offsets.push(offset);
        end = offset + bytes.len();
    }
    let mut file = Writer {
        bytes: Vec::with_capacity(end),
    };
    file.bytes.extend_from_slice(MAGIC);
    file.u32(VERSION as usize);
    file.u32(end);
    file.bytes.resize(CHECKED_FROM, 0); // for the checksum
    file.u32(sections.len());
    for ((section, bytes), &offset) in sections.iter().zip(&offsets) {
        file.u32(*section as usize);
        file.u32(offset);
        file.u32(bytes.len());
    }
    for ((_, bytes), &offset) in sections.iter().zip(&offsets) {
        file.bytes.resize(offset, 0);
        file.bytes.extend_from_slice(bytes);
    }
    seal(&mut file.bytes);
    file.bytes
}

/// Puts the right checksums over images; public for tests that change what the sections hold.
#[doc(hidden)]
pub fn seal(mut images: &mut [u8]) {
    while let Ok(length @ CHECKED_FROM..) = length(images) {
        let Some((image, rest)) = images.split_at_mut_checked(length) else {
            return;
        };
        let (header, body) = image.split_at_mut(CHECKED_FROM);
        header[HEADER..].copy_from_slice(&checksum(body).to_le_bytes());
        images = rest;
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

    /// How many bytes have not been read.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
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
        write(&[(Section::Trackers, b"abc"), (Section::Sources, b"")])
    }

    #[test]
    fn what_is_written_is_read() {
        let image = Image::check(sample()).unwrap();
        assert_eq!(image.section(Section::Trackers).unwrap().bytes(), b"abc");
        assert_eq!(image.section(Section::Sources).unwrap().bytes(), b"");
        assert_eq!(image.section(Section::Matcher).unwrap_err(), Damaged::Contradiction);
    }

    #[test]
    fn every_changed_or_missing_byte_is_found() {
        let bytes = sample();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[at] ^= 1 << bit;
                assert!(Image::check(changed).is_err(), "bit {bit} of byte {at}");
            }
            assert!(Image::check(bytes[..at].to_vec()).is_err(), "cut at {at}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(Image::check(longer).unwrap_err(), Damaged::WrongLength);
    }
}
