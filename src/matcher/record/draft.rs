//! A filter as a record, written.

use std::borrow::Cow;
use std::ops::Range;

use super::{
    ANCHOR, ANYWHERE, ENDS, EXACT, EXCEPT, EXTRA, IMPORTANT, LAST, NO_WINDOW, PARTY, SHAPE, Shape, WINDOW, WINDOW_BYTES,
};
use crate::address::token;
use crate::filter::{Action, Anchor, Case, Conditions, Domains, Filter, Glob, Party, Pattern, Polarity, Types};
use crate::matcher::writer::Writer;
use crate::matcher::{domains, key};

/// What a record is made of, before it is known in which bucket it stands.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    bits: u32,
    line: u32,
    text: Cow<'a, str>,
    extra: u32,
}

impl<'a> Draft<'a> {
    /// Writes what the record refers to. `None` for a filter that no request can match: of `$popup` alone.
    pub fn new(writer: &mut Writer, filter: &'a Filter, line: u32) -> Option<Draft<'a>> {
        // `with` is for links; what is not here, `conditions` writes or `build` looks at.
        let Conditions { types, party, .. } = &*filter.when;
        let types = u32::from((*types - Types::POPUP).bits());
        if types == 0 {
            return None;
        }
        let (shape, text) = pattern(filter);
        let flag = |holds: bool, flag: u32| if holds { flag } else { 0 };
        let party = match party {
            Party::Any => 0,
            Party::First => 1,
            Party::Third => 2,
            Party::StrictFirst => 3,
            Party::StrictThird => 4,
        };
        let extra = conditions(writer, filter);
        let bits = types
            | party << PARTY
            | shape
            | flag(filter.polarity == Polarity::Except, EXCEPT)
            | flag(filter.important, IMPORTANT)
            | flag(filter.case == Case::Exact, EXACT)
            | flag(extra != 0, EXTRA);
        Some(Draft {
            bits,
            line,
            text,
            extra,
        })
    }

    /// Writes the record itself. `distance` is how far its key stands from the pattern's beginning, or [`ANYWHERE`].
    pub fn write(&self, writer: &mut Writer, distance: u32, is_last: bool) {
        let last = if is_last { LAST } else { 0 };
        let window = self.window(distance);
        let place = window.map_or(NO_WINDOW, |(place, _)| place);
        let length = self.text.len() as u32;
        writer.extend(&[self.bits | last | place << WINDOW, self.line, length | distance << 16]);
        if let Some((_, bytes)) = window {
            writer.extend(&[bytes]);
        }
        if self.extra != 0 {
            writer.extend(&[self.extra]);
        }
        writer.extend_bytes(self.text.as_bytes());
    }

    /// Four literal bytes of the pattern, of which the key says as little as possible, and their place.
    fn window(&self, distance: u32) -> Option<(u32, u32)> {
        let shape = self.bits >> SHAPE & 7;
        let compares = shape == Shape::Literal as u32 || shape == Shape::Glob as u32;
        if distance == ANYWHERE || !compares || self.bits & EXACT != 0 {
            return None;
        }
        let pattern = self.text.as_bytes();
        let literal = pattern.iter().take_while(|&&byte| byte != b'*').count();
        let known = known_by_key(pattern, distance as usize, self.bits >> ANCHOR & 3 == 2);
        let windows = pattern[..literal].windows(WINDOW_BYTES).take(NO_WINDOW as usize);
        let usable = windows.enumerate().filter(|(_, window)| !window.contains(&b'^'));
        let (place, window) = usable.min_by_key(|&(place, _)| {
            let end = known.end.min(place + WINDOW_BYTES);
            end.saturating_sub(known.start.max(place))
        })?;
        Some((place as u32, u32::from_le_bytes(*window.first_chunk()?)))
    }
}

/// Which bytes of a pattern are certain where its key was found: the token's, or the host's.
fn known_by_key(pattern: &[u8], distance: usize, begins_with_host: bool) -> Range<usize> {
    let is_known = |byte: &u8| match begins_with_host && distance == 0 {
        true => !matches!(byte, b'/' | b'^' | b'?' | b':' | b'*'),
        false => token::is_part(byte.to_ascii_lowercase()),
    };
    let behind = pattern.get(distance..).unwrap_or_default();
    distance..distance + behind.iter().take_while(|&byte| is_known(byte)).count()
}

/// The bits of a pattern's shape, and the record's text. A line has 32 KiB at most: its length has room.
fn pattern(filter: &Filter) -> (u32, Cow<'_, str>) {
    let bits_of = |shape: Shape| (shape as u32) << SHAPE;
    let glob = match &filter.pattern {
        Pattern::Any => return (bits_of(Shape::Any), Cow::default()),
        Pattern::Regex(source) => return (bits_of(Shape::Regex), Cow::Owned(key::regex_literal(source))),
        Pattern::Glob(glob) => glob,
    };
    let (shape, text) = match glob.host() {
        Some(host) => (Shape::Host, host),
        None if is_literal(glob) => (Shape::Literal, glob.text.as_str()),
        None => (Shape::Glob, glob.text.as_str()),
    };
    let anchor = match glob.anchor {
        Anchor::Anywhere => 0,
        Anchor::Start => 1 << ANCHOR,
        Anchor::Host => 2 << ANCHOR,
    };
    let ends = if glob.ends { ENDS } else { 0 };
    (bits_of(shape) | anchor | ends, Cow::Borrowed(text))
}

fn is_literal(glob: &Glob) -> bool {
    !glob.ends && !glob.text.contains(['*', '^'])
}

/// The rarer conditions; 0 when there are none.
fn conditions(writer: &mut Writer, filter: &Filter) -> u32 {
    let Conditions {
        // In the record itself.
        types: _,
        party: _,
        from,
        to,
        denyallow,
        // For links alone.
        with: _,
        methods,
        // Such filters are not written.
        header: _,
    } = &*filter.when;
    let denied = Domains {
        include: Vec::new(),
        exclude: denyallow.clone(),
    };
    let (from, to) = (domains::write(writer, from), domains::write(writer, to));
    let deny = domains::write(writer, &denied);
    let (offset, length, priority) = match &filter.action {
        Action::Redirect(redirect) => {
            let name = redirect.resource.as_str();
            (writer.text(name), name.len() as u32, redirect.priority as u32)
        }
        _ => (0, 0, 0),
    };
    let (is_regex, regex) = match &filter.pattern {
        Pattern::Regex(source) => (true, writer.regex(source, filter.case)),
        _ => (false, 0),
    };
    let words = [
        u32::from(methods.bits()),
        from,
        to,
        deny,
        offset,
        length,
        priority,
        regex,
    ];
    if !is_regex && words.iter().all(|&word| word == 0) {
        return 0;
    }
    let at = writer.offset();
    writer.extend(&words);
    at
}
