//! The lists' names and lines, kept apart from what the matcher searches and read only to explain a hit.

use crate::image::{Damaged, Reader, Writer};
use crate::list::{self, List};

/// The offset of every so-many-th line is kept: finding a line then walks over fewer than this.
const STRIDE: u32 = 8;

/// The text of some lists, in their order.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    lists: Vec<Source>,
}

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
    /// Where lines 1, 9, 17, … begin.
    marks: Vec<u32>,
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
        self.lists.get(list).map_or("", |source| &source.text)
    }

    /// Reads all lists again, as the link cleaner needs them.
    pub fn parse(&self) -> Vec<List> {
        let parse = |source: &Source| list::parse(&source.name, source.text.as_bytes()).0;
        self.lists.iter().map(parse).collect()
    }

    /// As a section of an image: the number of lists, then each one's name, text, and lines' offsets.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.u32(self.lists.len());
        for source in &self.lists {
            writer.text(&source.name);
            writer.text(&source.text);
            writer.u32(source.marks.len());
            source.marks.iter().for_each(|&mark| writer.u32(mark as usize));
        }
        writer.bytes
    }

    /// # Errors
    /// When the section contradicts itself.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Sources, Damaged> {
        let mut reader = Reader::new(bytes);
        let mut lists = Vec::new();
        for _ in 0..reader.u32()? {
            let (name, text) = (reader.text()?.to_owned(), reader.text()?.to_owned());
            let mut marks = Vec::new();
            for _ in 0..reader.u32()? {
                marks.push(reader.u32()?);
            }
            lists.push(Source { name, text, marks });
        }
        Ok(Sources { lists })
    }
}

impl Source {
    fn new(list: &List) -> Source {
        let mut source = Source {
            name: list.name.clone(),
            text: String::new(),
            marks: Vec::new(),
        };
        for number in 1..=list.line_count() {
            if number % STRIDE == 1 {
                source.marks.push(source.text.len() as u32);
            }
            source.text.push_str(list.line(number));
            source.text.push('\n');
        }
        source
    }

    fn line(&self, number: u32) -> &str {
        let Some(index) = number.checked_sub(1) else {
            return "";
        };
        let mark = self.marks.get((index / STRIDE) as usize);
        let rest = mark
            .and_then(|&mark| self.text.get(mark as usize..))
            .unwrap_or_default();
        rest.lines().nth((index % STRIDE) as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_again() {
        let text: String = (1..=200)
            .map(|number| format!("||host{number}.example^\r\n\n"))
            .collect();
        let (list, _) = list::parse("many.txt", text.as_bytes());
        let sources = Sources::from_bytes(&Sources::new(std::slice::from_ref(&list)).to_bytes()).unwrap();
        assert_eq!(sources.name(0), "many.txt");
        for number in 0..=list.line_count() + 1 {
            assert_eq!(sources.line(0, number), list.line(number), "{number}");
        }
        assert_eq!(sources.parse()[0].filters, list.filters);
        assert_eq!((sources.name(1), sources.line(1, 1)), ("", ""));
    }
}
