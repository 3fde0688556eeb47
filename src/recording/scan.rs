//! The brackets of a HAR: finds each page and each entry without reading what is in them.
//!
//! Outside of texts only brackets, commas and colons count, so that a break inside of an entry costs that entry alone.
//! Nesting is a number, texts that are too long are not kept: the memory is the entry's that is at hand.

use super::pages::Pages;
use super::{Flaw, Item, MAX_ENTRY, MAX_TEXT, Place, har};

/// How many bytes of a key are compared: the names of all that are looked for are shorter.
const MAX_KEY: usize = 16;
/// How deep the entries lie: in the file's object, the log, and the list.
const ENTRIES_DEPTH: u64 = 3;

/// What is being read at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Creator,
    Browser,
    Page,
    Entry,
}

/// A value that is kept until it ends.
#[derive(Debug)]
struct Kept {
    part: Part,
    place: Place,
    /// The depth that its end leads back to.
    outside: u64,
    is_too_long: bool,
}

/// A text that has begun.
#[derive(Debug)]
struct Text {
    is_escaped: bool,
    /// Where it begins in what is kept.
    start: usize,
    length: usize,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    offset: u64,
    line: u64,
    line_start: u64,
    depth: u64,
    /// The brackets of the first three depths.
    open: [u8; ENTRIES_DEPTH as usize],
    /// The keys at the first two.
    keys: [Vec<u8>; 2],
    last_text: Vec<u8>,
    text: Option<Text>,
    kept: Option<Kept>,
    bytes: Vec<u8>,
    entries: u64,
    pages: Pages,
    /// Whether something that is no object stands where an entry should.
    is_scalar: bool,
    has_list: bool,
}

impl Scanner {
    pub(super) fn push(&mut self, mut bytes: &[u8], sink: &mut impl FnMut(Item)) {
        while !bytes.is_empty() {
            let taken = match self.text {
                Some(_) => self.read_text(bytes),
                None => self.read_structure(bytes, sink),
            };
            bytes = &bytes[taken..];
        }
    }

    pub(super) fn end(&mut self, sink: &mut impl FnMut(Item)) {
        if let Some(kept) = self.kept.take() {
            let what = "it never ends: the file is cut, or a bracket or quotation mark is missing";
            return sink(flaw(kept.place, what));
        }
        if self.depth > 0 || self.text.is_some() {
            sink(flaw(self.place(), "the file ends in the middle"));
        }
        if !self.has_list {
            sink(flaw(self.place(), "there is no list `log.entries`, so this is no HAR"));
        }
    }

    /// Where the next byte stands.
    fn place(&self) -> Place {
        Place {
            line: self.line + 1,
            column: self.offset - self.line_start + 1,
            entry: None,
        }
    }

    /// These bytes were read: they are counted, and kept where something is.
    fn take(&mut self, bytes: &[u8], is_kept: bool) {
        if let Some(last) = memchr::memrchr(b'\n', bytes) {
            self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
            self.line_start = self.offset + last as u64 + 1;
        }
        self.offset += bytes.len() as u64;
        if let Some(kept) = self.kept.as_mut().filter(|_| is_kept) {
            kept.is_too_long |= self.bytes.len() + bytes.len() > MAX_ENTRY;
            if !kept.is_too_long {
                self.bytes.extend_from_slice(bytes);
            }
        }
    }

    /// On to the end of the text, or of the bytes.
    fn read_text(&mut self, bytes: &[u8]) -> usize {
        let Some(mut text) = self.text.take() else { return 0 };
        let mut end = usize::from(text.is_escaped);
        let is_open = loop {
            let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[end..]) else {
                text.is_escaped = false;
                end = bytes.len();
                break true;
            };
            end += found + 1;
            if bytes[end - 1] == b'"' {
                break false;
            }
            if end == bytes.len() {
                text.is_escaped = true;
                break true;
            }
            end += 1;
        };
        text.length += end;
        let is_long = text.length > MAX_TEXT;
        if is_long {
            self.bytes.truncate(text.start);
        }
        let room = MAX_KEY.saturating_sub(self.last_text.len());
        self.last_text.extend_from_slice(&bytes[..end.min(room)]);
        self.take(&bytes[..end], !is_long);
        match is_open {
            true => self.text = Some(text),
            // Of one that was not kept the end is, as that of an empty one.
            false if is_long && self.kept.is_some() => self.bytes.push(b'"'),
            false => {}
        }
        end
    }

    /// Up to the next byte that means something, and that byte.
    fn read_structure(&mut self, bytes: &[u8], sink: &mut impl FnMut(Item)) -> usize {
        let meaning = bytes.iter().position(|byte| b"\"{}[],:".contains(byte));
        let run = meaning.unwrap_or(bytes.len());
        self.is_scalar |= self.is_in_list() && !bytes[..run].trim_ascii().is_empty();
        self.take(&bytes[..run], true);
        let Some(&byte) = bytes.get(run) else { return run };
        match byte {
            b'{' | b'[' => self.open(byte, sink),
            b'}' | b']' => self.close(byte, sink),
            b'"' => {
                self.is_scalar |= self.is_in_list();
                self.take(&[byte], true);
                self.last_text.clear();
                self.text = Some(Text {
                    is_escaped: false,
                    start: self.bytes.len(),
                    length: 0,
                });
            }
            _ => self.separate(byte, sink),
        }
        run + 1
    }

    /// Whether what comes is an entry, or should be.
    fn is_in_list(&self) -> bool {
        self.depth == ENTRIES_DEPTH && self.keys[0] == b"log" && self.keys[1] == b"entries" && self.open[2] == b'['
    }

    fn open(&mut self, byte: u8, sink: &mut impl FnMut(Item)) {
        let part = self.kept.is_none().then(|| self.part(byte)).flatten();
        if let Some(part) = part {
            let mut place = self.place();
            if part == Part::Entry {
                self.tell_scalar(sink);
                self.entries += 1;
                place.entry = Some(self.entries);
            }
            self.bytes.clear();
            self.kept = Some(Kept {
                part,
                place,
                outside: self.depth,
                is_too_long: false,
            });
        }
        self.take(&[byte], true);
        self.depth += 1;
        if let Some(open) = self.open.get_mut(self.depth as usize - 1) {
            *open = byte;
        }
        if let Some(key) = self.keys.get_mut(self.depth as usize - 1) {
            key.clear();
        }
        self.has_list |= self.is_in_list();
    }

    /// What it is that a bracket opens, if it is anything that is kept.
    fn part(&self, byte: u8) -> Option<Part> {
        if self.keys[0] != b"log" {
            return None;
        }
        match (self.depth, byte, self.keys[1].as_slice()) {
            (2, b'{', b"creator") => Some(Part::Creator),
            (2, b'{', b"browser") => Some(Part::Browser),
            (ENTRIES_DEPTH, b'{', b"pages") => Some(Part::Page),
            // A list is none, and told when it is read.
            (ENTRIES_DEPTH, _, b"entries") => Some(Part::Entry),
            _ => None,
        }
    }

    fn close(&mut self, byte: u8, sink: &mut impl FnMut(Item)) {
        let place = self.place();
        let open = match self.depth {
            0 => Some(0),
            depth => self.open.get(depth as usize - 1).copied(),
        };
        // A wrong one around the entries is passed over: it belongs to an entry that has one too many.
        if open.is_some_and(|open| open + 2 != byte) {
            self.take(&[byte], false);
            return sink(flaw(place, &format!("`{}` closes nothing", char::from(byte))));
        }
        if self.is_in_list() {
            self.tell_scalar(sink);
        }
        self.take(&[byte], true);
        self.depth -= 1;
        if self.kept.as_ref().is_some_and(|kept| kept.outside == self.depth)
            && let Some(kept) = self.kept.take()
        {
            self.finish(&kept, sink);
        }
    }

    fn separate(&mut self, byte: u8, sink: &mut impl FnMut(Item)) {
        if self.is_in_list() {
            self.tell_scalar(sink);
        }
        self.take(&[byte], true);
        if byte == b':'
            && let Some(key) = self.keys.get_mut((self.depth as usize).wrapping_sub(1))
        {
            self.last_text.truncate(self.last_text.len().saturating_sub(1)); // the quotation mark
            key.clone_from(&self.last_text);
        }
    }

    fn tell_scalar(&mut self, sink: &mut impl FnMut(Item)) {
        if std::mem::take(&mut self.is_scalar) {
            self.entries += 1;
            let place = Place {
                entry: Some(self.entries),
                ..self.place()
            };
            sink(flaw(place, "it ends here and is no object"));
        }
    }

    fn finish(&mut self, kept: &Kept, sink: &mut impl FnMut(Item)) {
        if kept.is_too_long {
            return sink(flaw(kept.place, &format!("it is longer than {MAX_ENTRY} bytes")));
        }
        let (text, is_utf8) = match str::from_utf8(&self.bytes) {
            Ok(text) => (text.into(), true),
            Err(_) => (String::from_utf8_lossy(&self.bytes), false),
        };
        if !is_utf8 {
            sink(flaw(kept.place, "it is not valid UTF-8; what is not was taken for �"));
        }
        let item = match kept.part {
            Part::Creator | Part::Browser => har::tool(&text).map(Item::Tool),
            Part::Page => har::page(&text).map(|page| {
                self.pages.add(&page);
                Item::Page(page)
            }),
            Part::Entry => har::entry(&text).map(|mut record| {
                self.pages.settle(&mut record);
                Item::Record(Box::new(record))
            }),
        };
        sink(item.unwrap_or_else(|what| flaw(kept.place, &what)));
    }
}

fn flaw(place: Place, what: &str) -> Item {
    Item::Flaw(Flaw {
        place,
        what: what.to_owned(),
    })
}
