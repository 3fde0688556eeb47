//! An address in the one form that filters are compared with: no user name, no dot behind the host, ASCII only.
//!
//! Nearly every address has that form already. It is read in one walk of 64 bytes a step, which copies it, brings it
//! into lower case, and marks what is part of a token; only then is its host looked for. What has another form is
//! rewritten first.
//!
//! | part | what it does |
//! |---|---|
//! | [`byte`] | what its bytes are: parts of tokens, marks |
//! | [`block`] | sixty-four bytes of an address at a time |
//! | [`token`] | its runs of letters and digits, hashed |
//! | [`host`] | names of hosts in the one form |
//! | [`suffix`] | a host and the domains above it, hashed |
//! | [`psl`] | registrable domains |
//! | [`hash`] | the hash of them all |

pub(crate) mod block;
pub(crate) mod byte;
pub(crate) mod hash;
pub mod host;
pub mod psl;
pub(crate) mod suffix;
pub(crate) mod token;

use std::borrow::Cow;
use std::ops::Range;

use self::block::Block;

/// How much of an address is compared with patterns, in bytes. Longer ones are rare, legal up to 2 MB, and would let
/// a page make the browser slow on purpose; hosts and paths stand at the beginning.
pub const MAX_COMPARED: usize = 16 << 10;

/// An address, kept for the memory of the next one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Address {
    /// Whole blocks: zeros follow.
    text: Vec<u8>,
    lower: Vec<u8>,
    /// One bit for each byte: whether it is part of a token.
    parts: Vec<u64>,
    length: usize,
    scheme_end: usize,
    host: Range<usize>,
}

impl Address {
    /// The address with its letters as sent, but for scheme and host, which are in lower case.
    pub fn text(&self) -> &str {
        // It is ASCII: what is not has been rewritten.
        str::from_utf8(&self.text[..self.length]).unwrap_or_default()
    }

    /// All of it in lower case; offsets are the same.
    pub fn lower(&self) -> &str {
        str::from_utf8(self.lower_bytes()).unwrap_or_default()
    }

    #[inline]
    pub fn lower_bytes(&self) -> &[u8] {
        &self.lower[..self.length]
    }

    /// [`Address::lower_bytes`] in whole blocks, with the bit mask of each: what is part of a token.
    pub fn blocks(&self) -> (&[u8], &[u64]) {
        (&self.lower, &self.parts)
    }

    #[inline]
    pub fn host_bytes(&self) -> &[u8] {
        &self.lower[self.host.clone()]
    }

    /// Empty when there is none.
    pub fn host(&self) -> &str {
        str::from_utf8(&self.lower[self.host.clone()]).unwrap_or_default()
    }

    #[inline]
    pub fn host_range(&self) -> Range<usize> {
        self.host.clone()
    }

    /// What stands before `://`; empty when nothing does.
    #[inline]
    pub fn scheme(&self) -> &[u8] {
        &self.lower[..self.scheme_end]
    }

    /// Reads an address in UTF-8. What is not UTF-8 is no address: it has neither host nor scheme.
    pub fn read(&mut self, url: &[u8]) {
        let url = &url[..url.len().min(MAX_COMPARED)];
        let all = self.copy(url);
        let parts = Parts::find(self.lower_bytes());
        if !parts.is_plain || all.is_foreign || has_space_around(url) {
            return self.rewrite(url);
        }
        self.take(parts, all);
    }

    /// Fills text, lower case and marks.
    fn copy(&mut self, url: &[u8]) -> Block {
        (self.length, self.scheme_end, self.host) = (url.len(), 0, 0..0);
        self.text.clear();
        self.lower.clear();
        self.parts.clear();
        let mut all = Block::default();
        let (blocks, rest) = url.as_chunks();
        for block in blocks {
            all |= self.push(block);
        }
        // Something always follows the text: tokens end before it, and are read eight bytes at a time.
        let mut last = [0; block::BYTES];
        last[..rest.len()].copy_from_slice(rest);
        all |= self.push(&last);
        self.lower.extend_from_slice(&[0; 8]);
        all
    }

    #[inline]
    fn push(&mut self, bytes: &[u8; block::BYTES]) -> Block {
        let (lower, block) = block::read(bytes);
        self.text.extend_from_slice(bytes);
        self.lower.extend_from_slice(&lower);
        self.parts.push(block.parts);
        block
    }

    fn take(&mut self, parts: Parts, all: Block) {
        self.scheme_end = parts.scheme_end;
        self.host = parts.host;
        if all.has_upper {
            let end = self.host.end;
            self.text[..end].make_ascii_lowercase();
        }
    }

    /// Without user name and last dot, with host and path in ASCII.
    #[cold]
    fn rewrite(&mut self, url: &[u8]) {
        let url = text_of(url).trim_ascii();
        let parts = Parts::find(url.as_bytes());
        let mut text = String::with_capacity(url.len());
        text.push_str(&url[..parts.authority]);
        push_name(&url[parts.host.clone()], &mut text);
        let host = parts.authority..text.len();
        for character in url[parts.host.end..].chars() {
            match character.is_ascii() {
                true => text.push(character),
                false => percent_encode(character, &mut text),
            }
        }
        let all = self.copy(text.as_bytes());
        self.take(Parts { host, ..parts }, all);
    }
}

/// Adds the host of an address, in the form that [`Address::host`] has.
pub(crate) fn push_host(url: &str, into: &mut String) {
    let url = clip(url.trim_ascii(), MAX_COMPARED);
    let parts = Parts::find(url.as_bytes());
    let (start, name) = (into.len(), &url[parts.host]);
    match parts.is_plain && name.is_ascii() {
        true => into.push_str(name),
        false => push_name(name, into),
    }
    into[start..].make_ascii_lowercase();
}

/// The host of an address, in the form that [`Address::host`] has; borrowed where it is written so.
pub(crate) fn host_of(url: &str) -> Cow<'_, str> {
    let clipped = clip(url.trim_ascii(), MAX_COMPARED);
    let parts = Parts::find(clipped.as_bytes());
    let name = &clipped[parts.host];
    if parts.is_plain && name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    let mut host = String::new();
    push_host(url, &mut host);
    Cow::Owned(host)
}

/// Adds a host that may have a last dot or letters that are not ASCII, without those.
fn push_name(name: &str, into: &mut String) {
    match host::to_ascii(name) {
        Some(ascii) => into.push_str(&ascii),
        // Not a name that the rules of hosts allow: compared as it stands, as far as it is ASCII.
        None => into.extend(name.chars().filter(char::is_ascii)),
    }
}

/// Offsets into an address.
#[derive(Default)]
struct Parts {
    scheme_end: usize,
    /// Where user name and host begin.
    authority: usize,
    host: Range<usize>,
    /// Whether the host is all that stands there, or a port follows; and no dot.
    is_plain: bool,
}

impl Parts {
    fn find(url: &[u8]) -> Parts {
        let Some(scheme_end) = scheme_end(url) else {
            return Parts {
                is_plain: true,
                ..Parts::default()
            };
        };
        let authority = scheme_end + 3;
        let rest = &url[authority..];
        // Most addresses have neither user name nor port: their host ends where the path begins.
        let end = authority
            + rest
                .iter()
                .position(|&byte| INTERRUPTS_HOST[usize::from(byte)])
                .unwrap_or(rest.len());
        let host = match url.get(end) {
            Some(b'@' | b':' | b'[') => host_among(url, authority),
            _ => authority..end,
        };
        Parts {
            scheme_end,
            authority,
            is_plain: host.start == authority && !url[host.clone()].ends_with(b"."),
            host,
        }
    }
}

/// For each byte whether it ends a host, or begins something beside it.
static INTERRUPTS_HOST: [bool; 256] = {
    let mut table = [false; 256];
    let mut rest: &[u8] = b"/?#\\@:[";
    while let [byte, others @ ..] = rest {
        table[*byte as usize] = true;
        rest = others;
    }
    table
};

/// Where the host stands in an authority with more than that.
fn host_among(url: &[u8], authority: usize) -> Range<usize> {
    let (mut start, mut colon, mut end) = (authority, None, url.len());
    for (at, byte) in url.iter().enumerate().skip(authority) {
        match byte {
            b'/' | b'?' | b'#' | b'\\' => {
                end = at;
                break;
            }
            b'@' => (start, colon) = (at + 1, None),
            b':' => colon = colon.or(Some(at)),
            _ => {}
        }
    }
    let host = &url[start..end];
    let length = match host.first() {
        Some(b'[') => host
            .iter()
            .position(|&byte| byte == b']')
            .map_or(host.len(), |bracket| bracket + 1),
        _ => colon.unwrap_or(end) - start,
    };
    start..start + length
}

/// Where `://` stands, if nothing but a scheme is before it.
fn scheme_end(url: &[u8]) -> Option<usize> {
    let in_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let usual = [5, 4].into_iter().find(|&end| url.get(end) == Some(&b':'));
    let end = usual.unwrap_or_else(|| url.iter().take_while(|byte| in_scheme(byte)).count());
    let is_scheme = url[..end].iter().all(in_scheme);
    (is_scheme && url[end..].starts_with(b"://")).then_some(end)
}

/// The beginning of `text`, at most `length` bytes of it, and whole characters only.
pub(crate) fn clip(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Without the character that was cut at the end; nothing when it is no text.
fn text_of(bytes: &[u8]) -> &str {
    match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        Err(_) => "",
    }
}

fn has_space_around(url: &[u8]) -> bool {
    let is_space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    is_space(url.first()) || is_space(url.last())
}

/// Adds a character as its bytes in UTF-8, each as `%XX`.
pub(crate) fn percent_encode(character: char, into: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
        into.push('%');
        into.push(DIGITS[usize::from(byte >> 4)].into());
        into.push(DIGITS[usize::from(byte & 15)].into());
    }
}
