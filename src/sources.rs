//! The lists' names and lines, kept apart from what the matcher searches and read only to explain a hit.

use crate::image::{Damaged, Reader, Shared, Writer};
use crate::list::{self, List};

/// The offset of every so-many-th line is kept: finding a line then walks over fewer than this.
const STRIDE: u32 = 8;
/// How many bytes such an offset has.
const MARK: usize = 4;

/// The text of some lists, in their order.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    lists: Vec<Source>,
}

#[derive(Clone, Debug)]
struct Source {
    name: String,
    /// UTF-8. What is read of an image stays where it lies.
    text: Shared,
    /// Where lines 1, 9, 17, … begin: four bytes each.
    marks: Shared,
}

impl Sources {
    /// Takes the lines out of lists that were read.
    pub fn new(lists: &[List]) -> Sources {
        Sources {
            lists: lists.iter().map(Source::new).collect(),
        }
    }

    /// The names of all lists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|source| source.name.as_str())
    }

    /// The name of a list; empty when there is none of that index.
    pub fn name(&self, list: usize) -> &str {
        self.lists.get(list).map_or("", |source| &source.name)
    }

    /// A line, counted from 1; empty when there is none.
    pub fn line(&self, list: usize, number: u32) -> &str {
        self.lists.get(list).map_or("", |source| source.line(number))
    }

    /// All lines of a list; empty when there is none of that index.
    pub fn text(&self, list: usize) -> &str {
        self.lists.get(list).map_or("", |source| source.all())
    }

    /// Reads all lists again, as the link cleaner needs them.
    pub fn parse(&self) -> Vec<List> {
        let parse = |source: &Source| list::parse(&source.name, source.text.bytes()).0;
        self.lists.iter().map(parse).collect()
    }

    /// As a section of an image: the number of lists, then each one's name, text, and lines' offsets.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.u32(self.lists.len());
        for source in &self.lists {
            writer.text(&source.name);
            writer.text(source.all());
            writer.u32(source.marks.bytes().len() / MARK);
            writer.bytes.extend_from_slice(source.marks.bytes());
        }
        writer.bytes
    }

    /// Reads a section of an image, where it lies.
    ///
    /// # Errors
    /// When the section contradicts itself.
    pub(crate) fn from_section(section: &Shared) -> Result<Sources, Damaged> {
        let bytes = section.bytes();
        let mut reader = Reader::new(bytes);
        // The bytes that were read last.
        let part = |reader: &Reader<'_>, length: usize| {
            let end = bytes.len() - reader.left();
            section.part(end - length..end).ok_or(Damaged::Contradiction)
        };
        let mut lists = Vec::new();
        for _ in 0..reader.u32()? {
            let name = reader.text()?.to_owned();
            let text = reader.text()?.len();
            let text = part(&reader, text)?;
            let marks = (reader.u32()? as usize).saturating_mul(MARK);
            reader.take(marks)?;
            let marks = part(&reader, marks)?;
            lists.push(Source { name, text, marks });
        }
        Ok(Sources { lists })
    }
}

impl Source {
    fn new(list: &List) -> Source {
        let (mut text, mut marks) = (String::new(), Writer::default());
        let mut filters = list.filters.iter().map(|filter| filter.line).peekable();
        let count = if list.has_text() { list.line_count() } else { 0 };
        for number in 1..=count {
            if number % STRIDE == 1 {
                marks.u32(text.len());
            }
            while filters.next_if(|&line| line < number).is_some() {}
            let line = list.line(number);
            if filters.peek() == Some(&number) || !is_idle(line) {
                text.push_str(line);
            }
            text.push('\n');
        }
        Source {
            name: list.name.clone(),
            text: Shared::new(text.into_bytes()),
            marks: Shared::new(marks.bytes),
        }
    }

    fn all(&self) -> &str {
        std::str::from_utf8(self.text.bytes()).unwrap_or_default()
    }

    fn line(&self, number: u32) -> &str {
        let Some(index) = number.checked_sub(1) else {
            return "";
        };
        let at = (index / STRIDE) as usize * MARK;
        let mark = self.marks.bytes().get(at..).and_then(|marks| marks.first_chunk());
        let start = mark.map(|&mark| u32::from_le_bytes(mark) as usize);
        let rest = start
            .and_then(|start| self.text.bytes().get(start..))
            .unwrap_or_default();
        let (mut start, mut ends) = (0, memchr::memchr_iter(b'\n', rest));
        for end in ends.by_ref().take((index % STRIDE) as usize) {
            start = end + 1;
        }
        let end = ends.next().unwrap_or(rest.len());
        std::str::from_utf8(&rest[start..end]).unwrap_or_default()
    }
}

/// Whether a line that made no filter hides or scripts parts of pages. Nobody is ever shown those, and of a list of
/// advertising they are a fifth.
fn is_idle(line: &str) -> bool {
    !line.starts_with(['!', '['])
        && ["##", "#@#", "#?#", "#$#", "#%#"]
            .iter()
            .any(|sign| line.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(list: &List) -> Sources {
        let bytes = Sources::new(std::slice::from_ref(list)).to_bytes();
        Sources::from_section(&Shared::new(bytes)).unwrap()
    }

    #[test]
    fn lines_that_hide_parts_of_pages_are_left_out_and_the_others_keep_their_numbers() {
        let text = "! Title: a ## b\nshop.example##.ad\n||ads.example^\n||ads.example/x##y\n##+js(x)\n@@||b.example^";
        let (list, _) = list::parse("a.txt", text.as_bytes());
        let sources = again(&list);
        let kept: Vec<&str> = (1..=list.line_count()).map(|number| sources.line(0, number)).collect();
        for (number, kept) in (1..).zip(kept) {
            let is_filter = list.filters.iter().any(|filter| filter.line == number);
            let expected = if is_filter || number == 1 {
                list.line(number)
            } else {
                ""
            };
            assert_eq!(kept, expected, "{number}");
        }
        assert_eq!(sources.line(0, 6), "@@||b.example^");
        assert_eq!(sources.parse()[0].filters, list.filters);
    }

    #[test]
    fn every_line_is_found_again() {
        let text: String = (1..=200)
            .map(|number| format!("||host{number}.example^\r\n\n"))
            .collect();
        let (list, _) = list::parse("many.txt", text.as_bytes());
        let sources = again(&list);
        assert_eq!(sources.name(0), "many.txt");
        for number in 0..=list.line_count() + 1 {
            assert_eq!(sources.line(0, number), list.line(number), "{number}");
        }
        assert_eq!(sources.parse()[0].filters, list.filters);
        assert_eq!((sources.name(1), sources.line(1, 1)), ("", ""));
    }
}
