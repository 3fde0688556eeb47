//! A list's lines, one after the other: which of them are filters, and which say something else.

use super::directive::{Conditions, Directive};
use super::{Complaint, Line, List, MAX_BYTES, MAX_COMPLAINTS, MAX_LINE, Problem, Reading, hosts, privilege};
use crate::filter::{Common, Filter, ParseError};

/// One copy of all that belongs to it.
pub(super) fn hand_over_each(bytes: &[u8], reading: &Reading<'_>, take: &mut dyn FnMut(Line<'_>)) {
    let mut reader = Reader::new("", reading);
    let kept = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    for line in lines(&kept[..kept.len().min(MAX_BYTES)]) {
        let cosmetic = reader.list.cosmetic;
        reader.list.text.clear();
        reader.line(line);
        reader.hand_over(cosmetic, take);
    }
    if bytes.len() > MAX_BYTES {
        let at = reader.number();
        reader.tell(at, 1, Problem::ListTooLarge, "");
    }
    if let Some(line) = reader.conditions.open_since() {
        reader.tell(line, 1, Problem::Directive(UNENDED), "");
    }
    reader.list.text.clear();
    let cosmetic = reader.list.cosmetic;
    reader.hand_over(cosmetic, take);
}

/// Whether any line is a filter, or includes a file that may have some.
pub(super) fn has_filter(bytes: &[u8]) -> bool {
    let reading = Reading::default();
    let mut reader = Reader::new("", &reading);
    lines(bytes).any(|line| {
        reader.line(line);
        !reader.list.filters.is_empty() || !reader.list.includes.is_empty()
    })
}

/// Lines without their ends: `\n`, `\r\n`, a lone `\r` as of old; a last line may be without.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes).filter(|bytes| !bytes.is_empty());
    std::iter::from_fn(move || {
        let bytes = rest?;
        let Some(end) = memchr::memchr2(b'\n', b'\r', bytes) else {
            rest = None;
            return Some(bytes);
        };
        let (line, tail) = bytes.split_at(end);
        let after = tail.strip_prefix(b"\r\n").unwrap_or(&tail[1..]);
        rest = Some(after).filter(|after| !after.is_empty());
        Some(line)
    })
}

const UNENDED: &str = "`!#if` without `!#endif`";

pub(super) struct Reader<'a> {
    pub(super) list: List,
    complaints: Vec<Complaint>,
    unsaid: u32,
    conditions: Conditions<'a>,
    trusted: bool,
    common: Common,
}

impl<'a> Reader<'a> {
    pub(super) fn new(name: &str, reading: &Reading<'a>) -> Self {
        Reader {
            list: List {
                name: name.to_owned(),
                ..List::default()
            },
            complaints: Vec::new(),
            unsaid: 0,
            conditions: Conditions::new(reading.environment),
            trusted: reading.trusted,
            common: Common::default(),
        }
    }

    /// The number of the line being read.
    pub(super) fn number(&self) -> u32 {
        self.list.line_starts.len() as u32
    }

    #[inline(never)] // one copy of all that belongs to it
    pub(super) fn line(&mut self, bytes: &[u8]) {
        self.list.line_starts.push(self.list.text.len() as u32);
        let number = self.number();
        if bytes.len() > MAX_LINE {
            return self.complain(number, 1, Problem::TooLong, &String::from_utf8_lossy(&bytes[..120]));
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
                return self.complain(number, good.chars().count() as u32 + 1, Problem::NotUtf8, &good);
            }
        };
        self.list.text.push_str(text);
        let line = text.trim();
        if let Err(problem) = self.read(number, line) {
            let (column, problem) = problem;
            self.complain(number, column + indent_of(text), problem, line);
        }
    }

    /// Hands over what was read since the last time, and forgets it. A complaint about the whole list has its own line.
    fn hand_over(&mut self, cosmetic: u32, take: &mut dyn FnMut(Line<'_>)) {
        take(Line {
            number: self
                .complaints
                .first()
                .map_or(self.number(), |complaint| complaint.line),
            text: self.list.text.trim(),
            indent: indent_of(&self.list.text),
            filters: &self.list.filters,
            complaints: &self.complaints,
            is_cosmetic: self.list.cosmetic > cosmetic,
            includes: self.list.includes.first().map(|(_, file)| file.as_str()),
        });
        self.list.filters.clear();
        self.complaints.clear();
        self.list.includes.clear();
    }

    fn read(&mut self, number: u32, line: &str) -> Result<(), (u32, Problem)> {
        if let Some(directive) = Directive::read(line) {
            self.direct(number, directive)
                .map_err(|why| (1, Problem::Directive(why)))?;
            self.list.comments += 1;
        } else if !self.conditions.hold() || is_comment(line) {
            self.note(number, line);
            self.list.comments += 1;
        } else if is_cosmetic(line) {
            self.list.cosmetic += 1;
        } else {
            self.filters(number, line)?;
        }
        Ok(())
    }

    fn filters(&mut self, number: u32, line: &str) -> Result<(), (u32, Problem)> {
        if let Some(read) = hosts::read(line, &mut self.common) {
            let filters = read.map_err(|why| (1, Problem::Hosts(why)))?;
            self.list.comments += u32::from(filters.is_empty());
            let filters = filters.into_iter().map(|filter| Filter { line: number, ..filter });
            self.list.filters.extend(filters);
            return Ok(());
        }
        match Filter::read(without_note(line), number, &mut self.common) {
            Ok(filter) => self.take(filter),
            Err(error) if is_about_elements(&error) => {
                self.list.cosmetic += 1;
                Ok(())
            }
            Err(ParseError { column, reason }) => Err((column, Problem::Filter(reason))),
        }
    }

    fn take(&mut self, filter: Filter) -> Result<(), (u32, Problem)> {
        match privilege::needed(&filter).filter(|_| !self.trusted) {
            Some(what) => Err((1, Problem::Unprivileged(what))),
            None if filter.names_opened_pages() => {
                self.list.filters.extend(filter.parts());
                Ok(())
            }
            None => {
                self.list.filters.push(filter);
                Ok(())
            }
        }
    }

    fn direct(&mut self, number: u32, directive: Directive<'_>) -> Result<(), &'static str> {
        match directive {
            Directive::Include(file) if self.conditions.hold() => self.list.includes.push((number, file.to_owned())),
            other => self.conditions.take(number, other)?,
        }
        Ok(())
    }

    /// Comments that say something to the reader.
    fn note(&mut self, number: u32, line: &str) {
        if let Some(why) = line.strip_prefix("!why:") {
            return self.list.reasons.push((number, why.trim().to_owned()));
        }
        let Some((key, value)) = line.strip_prefix('!').and_then(|comment| comment.split_once(':')) else {
            return;
        };
        let header = &mut self.list.header;
        let field = match key.trim().to_ascii_lowercase().as_str() {
            "title" => &mut header.title,
            "version" | "last modified" => &mut header.version,
            "expires" => &mut header.expires,
            "homepage" => &mut header.homepage,
            "license" | "licence" => &mut header.licence,
            _ => return,
        };
        field.get_or_insert_with(|| value.trim().to_owned());
    }

    /// Complains about a line, which counts as one that is not in force.
    fn complain(&mut self, line: u32, column: u32, problem: Problem, text: &str) {
        match problem {
            Problem::Unprivileged(_) => self.list.unprivileged += 1,
            _ => self.list.unread += 1,
        }
        self.tell(line, column, problem, text);
    }

    /// Complains about the list, at a line that has been counted.
    pub(super) fn tell(&mut self, line: u32, column: u32, problem: Problem, text: &str) {
        if self.complaints.len() == MAX_COMPLAINTS {
            self.unsaid += 1;
            return;
        }
        let text = text.chars().take(80).collect();
        self.complaints.push(Complaint {
            line,
            column,
            problem,
            text,
        });
    }

    pub(super) fn finish(mut self) -> (List, Vec<Complaint>) {
        if let Some(line) = self.conditions.open_since() {
            self.tell(line, 1, Problem::Directive(UNENDED), "");
        }
        if self.unsaid > 0 {
            let line = self.number();
            let problem = Problem::More(self.unsaid);
            self.complaints.push(Complaint {
                line,
                column: 1,
                problem,
                text: String::new(),
            });
        }
        // Lists are held side by side while they are compiled, each as often as not with room for twice its lines.
        self.list.filters.shrink_to_fit();
        self.list.line_starts.shrink_to_fit();
        (self.list, self.complaints)
    }
}

fn indent_of(text: &str) -> u32 {
    text.chars().take_while(|character| character.is_whitespace()).count() as u32
}

fn is_comment(line: &str) -> bool {
    line.is_empty()
        || line.starts_with('!')
        || (line.starts_with('[') && line.ends_with(']'))
        || (line.starts_with('#') && !line.starts_with("##") && !line.starts_with("#@") && !line.starts_with("#?"))
}

/// A filter without the note behind it (` # why`). Regexes may hold anything.
fn without_note(line: &str) -> &str {
    let is_note = |&at: &usize| line[..at].ends_with(' ') && line[at + 1..].starts_with(' ');
    match memchr::memchr_iter(b'#', line.as_bytes()).find(is_note) {
        Some(at) if !line.starts_with(['/', '@']) => line[..at].trim_end(),
        _ => line,
    }
}

/// Lines that hide, style or script parts of pages: `##`, `#@#`, `#?#`, `#$#`, `#%#` and AdGuard's `$$`.
fn is_cosmetic(line: &str) -> bool {
    let hash = memchr::memchr_iter(b'#', line.as_bytes()).any(|at| {
        // A regex for the pages is followed by the sign; a regex for addresses may hold it.
        let domains = &line[..at];
        let may_be = !line.starts_with('/') || domains.ends_with('/') || domains.contains("/,");
        let rest = line[at + 1..].trim_start_matches(['@', '?', '$', '%']);
        may_be && rest.starts_with('#') && rest.len() > 1 && line.len() - at - rest.len() <= 4
    });
    let dollars = || memchr::memchr_iter(b'$', line.as_bytes()).any(|at| line[at + 1..].starts_with('$'));
    hash || !line.starts_with(['|', '/', '@']) && dollars()
}

/// `$generichide` and its like are about hiding elements.
fn is_about_elements(error: &ParseError) -> bool {
    const NAMES: &[&str] = &["elemhide", "ehide", "generichide", "ghide", "specifichide", "shide"];
    matches!(&error.reason, crate::filter::Reason::UnsupportedOption(name, _) if NAMES.contains(&name.as_str()))
}
