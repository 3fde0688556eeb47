//! Where the parameters of a query or a fragment are, however the ampersands between them are written.

use std::ops::Range;

/// How an ampersand is written in HTML, behind its `&`, and what careless encoding makes of it.
const ENTITIES: [&[u8]; 5] = [b"amp;", b"#38;", b"#038;", b"#x26;", b"amp%3b"];

/// How long an entity's rest is that the text begins with: all of `&amp;` but the `&`.
pub(super) fn entity(text: &[u8]) -> usize {
    if !matches!(text.first(), Some(b'a' | b'A' | b'#')) {
        return 0;
    }
    let begins_with = |entity: &&[u8]| {
        text.get(..entity.len())
            .is_some_and(|text| text.eq_ignore_ascii_case(entity))
    };
    ENTITIES.into_iter().find(begins_with).map_or(0, <[u8]>::len)
}

/// A parameter's place in a link.
pub(super) struct Segment {
    /// Where the separator before it begins.
    pub(super) separator: usize,
    pub(super) at: Range<usize>,
    /// Where its name ends.
    pub(super) name_end: usize,
    /// Whether its name has something to decode.
    pub(super) is_encoded: bool,
}

/// Where the parameters of a query or a fragment are: between `&`, also one written as HTML does, and between `?` where
/// `questions` says so.
pub(super) struct Segments<'u, P> {
    url: &'u [u8],
    end: usize,
    /// All marks of the part, at least.
    places: P,
    questions: bool,
    /// Where the next one's separator begins, and where it does itself.
    next: Option<(usize, usize)>,
}

impl<'u, P: Iterator<Item = usize>> Segments<'u, P> {
    pub(super) fn new(url: &'u str, part: Range<usize>, places: P, questions: bool) -> Self {
        let url = url.as_bytes();
        Segments {
            url,
            end: part.end,
            places,
            questions,
            next: Some((part.start, part.start + entity(&url[part]))),
        }
    }
}

impl<P: Iterator<Item = usize>> Iterator for Segments<'_, P> {
    type Item = Segment;

    #[inline]
    fn next(&mut self) -> Option<Segment> {
        let (separator, start) = self.next.take()?;
        let (mut end, mut equals, mut is_encoded) = (self.end, None, false);
        for at in self.places.by_ref() {
            match self.url[at] {
                // One of `&#38;` or `&amp%3b`.
                _ if at < start => {}
                b'=' => equals = equals.or(Some(at)),
                b'%' => is_encoded |= equals.is_none(),
                b'?' if !self.questions => {}
                b'&' | b'?' => {
                    end = at;
                    self.next = Some((at, at + 1 + entity(&self.url[at + 1..self.end])));
                    break;
                }
                _ => {}
            }
        }
        Some(Segment {
            separator,
            at: start..end,
            name_end: equals.unwrap_or(end),
            is_encoded,
        })
    }
}
