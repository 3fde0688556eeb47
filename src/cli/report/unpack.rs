//! What recordings are packed in: gzip, zip, and one in the other.

use std::io::{self, BufRead, BufReader, Read};

use detick::payload::MAX_BODY;
use flate2::bufread::MultiGzDecoder;

use super::{CHUNK, zip};

/// How often something packed may be packed again.
const MAX_LAYERS: u32 = 3;
const GZIP: &[u8] = b"\x1f\x8b";
const ZIP: &[u8] = b"PK\x03\x04";

/// A recording, unpacked as it is read, or why there is none.
pub enum Text<'a> {
    Plain(&'a mut dyn BufRead),
    Not(&'static str),
}

/// Visits each recording in a file by its name.
///
/// # Errors
/// Only those of `visit`: what is wrong with the packing is told to it.
pub fn each(
    name: &str,
    input: &mut dyn BufRead,
    visit: &mut dyn FnMut(&str, Text<'_>) -> io::Result<()>,
) -> io::Result<()> {
    layer(name, input, MAX_LAYERS, visit)
}

fn layer(
    name: &str,
    input: &mut dyn BufRead,
    layers: u32,
    visit: &mut dyn FnMut(&str, Text<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let begins = match beginning(input) {
        // Of what is packed nothing can be read; of anything else the disk or the pipe says why.
        Err(_) if layers < MAX_LAYERS => return visit(name, Text::Not("its packing is broken")),
        begins => begins?,
    };
    let packing = [GZIP, ZIP].into_iter().find(|packing| begins.starts_with(packing));
    match packing {
        None => visit(name, Text::Plain(&mut io::Cursor::new(begins).chain(input))),
        Some(_) if layers == 0 => visit(name, Text::Not("it is packed more than three times")),
        Some(packing) => {
            let mut whole = io::Cursor::new(begins).chain(input);
            match packing == GZIP {
                true => {
                    let unpacked = MultiGzDecoder::new(&mut whole);
                    layer(name, &mut BufReader::with_capacity(CHUNK, unpacked), layers - 1, visit)
                }
                false => each_in_zip(name, &mut whole, layers - 1, visit),
            }
        }
    }
}

/// The first bytes, taken out of the input; fewer than four if there are no more.
fn beginning(input: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut begins = Vec::new();
    input.take(ZIP.len() as u64).read_to_end(&mut begins)?;
    Ok(begins)
}

fn each_in_zip(
    name: &str,
    input: &mut dyn BufRead,
    layers: u32,
    visit: &mut dyn FnMut(&str, Text<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut is_any = false;
    let walked = zip::each(input, &mut |inner, file| {
        // Recorders put answers beside the recording, and those may be JSON.
        let lower = inner.to_ascii_lowercase();
        let lower = lower.strip_suffix(".gz").unwrap_or(&lower);
        if ![".har", ".jsonl", ".ndjson"]
            .iter()
            .any(|ending| lower.ends_with(ending))
        {
            return Ok(());
        }
        is_any = true;
        layer(&format!("{name}/{inner}"), file, layers, visit)
    });
    match walked {
        Err(zip::Stop::Broken(what)) => visit(name, Text::Not(what)),
        Err(zip::Stop::Failed(error)) => Err(error),
        Ok(()) if !is_any => visit(
            name,
            Text::Not("the archive has no file that ends in .har, .jsonl or .ndjson"),
        ),
        Ok(()) => Ok(()),
    }
}

/// The body of a request as it was before it was packed by gzip; the same if it is not, or too long for a report.
pub fn body(body: Vec<u8>) -> Vec<u8> {
    if !body.starts_with(GZIP) {
        return body;
    }
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(body.as_slice())
        .take(MAX_BODY as u64 + 1)
        .read_to_end(&mut unpacked);
    match read {
        Ok(length) if length <= MAX_BODY => unpacked,
        _ => body,
    }
}
