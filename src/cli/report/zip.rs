//! The files of a zip archive in their order, as they stream by: from a pipe too, where nobody can look at the list at
//! its end first.
//!
//! Each file has a header in front (APPNOTE.TXT 4.3.7). Who did not know a file's length beforehand wrote it behind
//! (4.3.9): packed data says by itself where it ends, plain data does not.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::DeflateDecoder;

use super::CHUNK;

const LOCAL_FILE: [u8; 4] = *b"PK\x03\x04";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
/// Of the list at the archive's end, and of what may stand in front of it.
const AFTER_FILES: [[u8; 4]; 3] = [*b"PK\x01\x02", *b"PK\x05\x06", *b"PK\x06\x08"];

/// Flags of a file.
const IS_ENCRYPTED: u16 = 1;
const LENGTH_FOLLOWS: u16 = 1 << 3;
/// Stands for a length that is in the extra field.
const IN_EXTRA: u64 = u32::MAX as u64;

/// Why there are no more files.
#[derive(Debug)]
pub enum Stop {
    /// What is wrong with the archive.
    Broken(&'static str),
    /// The visitor's error.
    Failed(io::Error),
}

/// The header of a file.
struct Header {
    flags: u16,
    method: u16,
    packed: u64,
    name: String,
}

/// Visits each file with its name.
///
/// # Errors
/// [`Stop`] when the archive cannot be read on.
pub fn each(
    input: &mut dyn BufRead,
    visit: &mut dyn FnMut(&str, &mut dyn BufRead) -> io::Result<()>,
) -> Result<(), Stop> {
    let mut signature = [0; 4];
    fill(input, &mut signature)?;
    while signature == LOCAL_FILE {
        let header = header(input)?;
        signature = match (
            header.flags & IS_ENCRYPTED,
            header.method,
            header.flags & LENGTH_FOLLOWS,
        ) {
            (IS_ENCRYPTED, ..) => return Err(Stop::Broken("the archive is encrypted")),
            (_, 0, 0) => {
                let mut file = input.take(header.packed);
                visit(&header.name, &mut file).map_err(Stop::Failed)?;
                drain(&mut file)?;
                next(input, false)?
            }
            (_, 8, follows) => {
                // Reads from `input` no more than belongs to the file.
                let mut packed = DeflateDecoder::new(&mut *input);
                {
                    let mut file = BufReader::with_capacity(CHUNK, &mut packed);
                    visit(&header.name, &mut file).map_err(Stop::Failed)?;
                    drain(&mut file)?;
                }
                next(input, follows != 0)?
            }
            (_, 0, _) => return Err(Stop::Broken("the archive does not say how long a file in it is")),
            _ => {
                return Err(Stop::Broken(
                    "a file in the archive is packed by something else than deflate",
                ));
            }
        };
    }
    match AFTER_FILES.contains(&signature) {
        true => Ok(()),
        false => Err(Stop::Broken("the archive is broken")),
    }
}

fn header(input: &mut dyn BufRead) -> Result<Header, Stop> {
    let mut fixed = [0; 26];
    fill(input, &mut fixed)?;
    let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
    let packed = u32::from_le_bytes([fixed[14], fixed[15], fixed[16], fixed[17]]);
    let mut name = vec![0; usize::from(short(22))];
    fill(input, &mut name)?;
    let mut extra = vec![0; usize::from(short(24))];
    fill(input, &mut extra)?;
    Ok(Header {
        flags: short(2),
        method: short(4),
        packed: match u64::from(packed) {
            IN_EXTRA => long_length(&extra).unwrap_or(IN_EXTRA),
            packed => packed,
        },
        name: String::from_utf8_lossy(&name).into_owned(),
    })
}

/// The packed length in an extra field of Zip64 (4.5.3): behind the plain one.
fn long_length(mut extra: &[u8]) -> Option<u64> {
    loop {
        let (head, rest) = extra.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        if head[..2] == [1, 0] {
            let packed = rest.get(8..16)?;
            return Some(u64::from_le_bytes(packed.try_into().ok()?));
        }
        extra = rest.get(length..)?;
    }
}

/// The signature of what comes next, behind the lengths of the last file if they follow it: with or without a signature
/// of their own, and of four or eight bytes.
fn next(input: &mut dyn BufRead, lengths_follow: bool) -> Result<[u8; 4], Stop> {
    let mut signature = [0; 4];
    fill(input, &mut signature)?;
    if !lengths_follow {
        return Ok(signature);
    }
    if signature == DESCRIPTOR {
        fill(input, &mut signature)?; // the checksum
    }
    fill(input, &mut [0; 8])?;
    fill(input, &mut signature)?;
    if signature != LOCAL_FILE && !AFTER_FILES.contains(&signature) {
        fill(input, &mut [0; 4])?;
        fill(input, &mut signature)?;
    }
    Ok(signature)
}

fn fill(input: &mut dyn BufRead, bytes: &mut [u8]) -> Result<(), Stop> {
    let read = input.read_exact(bytes);
    read.map_err(|_| Stop::Broken("the archive is cut"))
}

/// What the visitor left of a file.
fn drain(file: &mut dyn BufRead) -> Result<(), Stop> {
    let read = io::copy(&mut file.take(u64::MAX), &mut io::sink());
    read.map(|_| ())
        .map_err(|_| Stop::Broken("a file in the archive is broken"))
}
