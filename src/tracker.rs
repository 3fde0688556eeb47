//! Who is behind a host, and what the host is for: `filters/companies.txt`.

use thiserror::Error;

use crate::address::host;
use crate::sort;

/// What is known of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tracker<'a> {
    /// The company, as people know it.
    pub company: &'a str,
    /// One word: `pixel`, `telemetry`, `advertising`, …; `filters/companies.txt` names them all.
    pub purpose: &'a str,
}

/// A line of the table that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TrackerError {
    /// Fewer than three words, or not two behind `@`.
    #[error("line {0}: expected a host, a purpose and a company, or `@word` and a purpose")]
    Incomplete(u32),
    /// The first word is neither a host nor one with `*`.
    #[error("line {0}: `{1}` is not a host")]
    NotAHost(u32, String),
}

/// The table of hosts.
#[derive(Clone, Debug, Default)]
pub struct Trackers {
    entries: Vec<Entry>,
    roles: Vec<Role>,
}

/// What hosts below a company's own domains do when a part of their names is this word: `@log telemetry`.
#[derive(Clone, Debug)]
struct Role {
    word: String,
    /// Whether more letters may follow.
    is_prefix: bool,
    purpose: String,
}

#[derive(Clone, Debug)]
struct Entry {
    pattern: String,
    purpose: String,
    company: String,
}

impl Trackers {
    /// Reads lines of `host purpose company` and `@word purpose`; `!` begins a comment.
    ///
    /// # Errors
    /// The first line that is something else.
    ///
    /// ```
    /// use detick::tracker::Trackers;
    /// let trackers = Trackers::parse("tiktok.com site TikTok\n@analytics pixel\nvm.tiktok.com shortlink TikTok\n")?;
    /// assert_eq!(trackers.find("analytics16-sg.tiktok.com").map(|tracker| tracker.purpose), Some("pixel"));
    /// assert_eq!(trackers.find("vm.tiktok.com").map(|tracker| tracker.purpose), Some("shortlink"));
    /// # Ok::<(), detick::tracker::TrackerError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Trackers, TrackerError> {
        let mut trackers = Trackers::default();
        let lines = (1..).zip(text.lines()).map(|(number, line)| (number, line.trim()));
        for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('!')) {
            match line.strip_prefix('@') {
                Some(role) => trackers.roles.push(Role::read(number, role)?),
                None => trackers.entries.push(Entry::read(number, line)?),
            }
        }
        // The first that holds is then the most specific.
        sort::by_key(&mut trackers.entries, |entry| std::cmp::Reverse(entry.weight()));
        Ok(trackers)
    }

    /// What is known of `host`, a name in lower case.
    pub fn find(&self, host: &str) -> Option<Tracker<'_>> {
        let entry = self.entries.iter().find(|entry| entry.holds_for(host))?;
        let below = host
            .strip_suffix(entry.pattern.as_str())
            .filter(|_| entry.purpose == "site");
        let role = below.and_then(|names| self.roles.iter().find(|role| role.holds_for(names)));
        Some(Tracker {
            company: &entry.company,
            purpose: role.map_or(&entry.purpose, |role| &role.purpose),
        })
    }
}

impl Role {
    fn read(number: u32, line: &str) -> Result<Role, TrackerError> {
        let Some((word, purpose)) = line.split_once(' ') else {
            return Err(TrackerError::Incomplete(number));
        };
        let stem = word.strip_suffix('*').unwrap_or(word);
        if !host::is_host(stem) {
            return Err(TrackerError::NotAHost(number, stem.to_owned()));
        }
        Ok(Role {
            word: stem.to_owned(),
            is_prefix: stem != word,
            purpose: purpose.to_owned(),
        })
    }

    /// Whether one of the parts between dots and dashes is the word, whatever number is behind it.
    fn holds_for(&self, names: &str) -> bool {
        names.split(['.', '-']).any(|part| {
            let more = part.strip_prefix(self.word.as_str());
            more.is_some_and(|more| self.is_prefix || more.bytes().all(|byte| byte.is_ascii_digit()))
        })
    }
}

impl Entry {
    fn read(number: u32, line: &str) -> Result<Entry, TrackerError> {
        let mut words = line.splitn(3, ' ');
        let (Some(pattern), Some(purpose), Some(company)) = (words.next(), words.next(), words.next()) else {
            return Err(TrackerError::Incomplete(number));
        };
        // A letter in place of each `*` must make a host of it.
        if !host::is_host(&pattern.replace('*', "x")) {
            return Err(TrackerError::NotAHost(number, pattern.to_owned()));
        }
        Ok(Entry {
            pattern: pattern.to_ascii_lowercase(),
            purpose: purpose.to_owned(),
            company: company.trim().to_owned(),
        })
    }

    /// How specific it is.
    fn weight(&self) -> usize {
        self.pattern.bytes().filter(|&byte| byte != b'*').count()
    }

    /// For the host itself and everything below it.
    fn holds_for(&self, host: &str) -> bool {
        let Some((_, end)) = self.pattern.rsplit_once('*') else {
            return host::is_within(host, &self.pattern);
        };
        // True of few: the labels are then looked at one by one.
        if !host.ends_with(end) {
            return false;
        }
        let below = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
        std::iter::once(host)
            .chain(below)
            .any(|name| matches(&self.pattern, name))
    }
}

/// Whether `name` as a whole is `pattern` with anything in place of each `*`.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(first) else {
        return false;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        match name.find(part) {
            Some(at) => name = &name[at + part.len()..],
            None => return false,
        }
    }
    name.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_line_wins() -> Result<(), TrackerError> {
        let table = "! a comment\n\ntiktok.com site TikTok\nanalytics*.tiktok.com pixel TikTok\nmon*x*.example telemetry Some Company\n*.isn.example telemetry Other\n\
            @log telemetry\n@location* telemetry\ncdn.example content Other\nother.example site Other\n";
        let trackers = Trackers::parse(table)?;
        for (host, expected) in [
            ("www.tiktok.com", Some(("TikTok", "site"))),
            ("nottiktok.com", None),
            ("analytics.tiktok.com", Some(("TikTok", "pixel"))),
            ("a.analytics-sg.tiktok.com", Some(("TikTok", "pixel"))),
            ("analytics.us.tiktok.com", Some(("TikTok", "pixel"))),
            ("mon1x2.example", Some(("Some Company", "telemetry"))),
            ("mon12.example", None),
            ("isn.example", None),
            ("a.isn.example", Some(("Other", "telemetry"))),
            ("", None),
            ("log31-normal.tiktok.com", Some(("TikTok", "telemetry"))),
            ("sgee-log.us.tiktok.com", Some(("TikTok", "telemetry"))),
            ("login.tiktok.com", Some(("TikTok", "site"))),
            ("locationv6.tiktok.com", Some(("TikTok", "telemetry"))),
            ("log1.other.example", Some(("Other", "telemetry"))),
            ("log1.cdn.example", Some(("Other", "content"))),
        ] {
            let found = trackers.find(host).map(|tracker| (tracker.company, tracker.purpose));
            assert_eq!(found, expected, "{host}");
        }
        Ok(())
    }

    #[test]
    fn bad_lines_are_told() {
        assert_eq!(
            Trackers::parse("\na.example pixel").unwrap_err(),
            TrackerError::Incomplete(2)
        );
        assert_eq!(Trackers::parse("@log").unwrap_err(), TrackerError::Incomplete(1));
        let error = Trackers::parse("@a_b! telemetry").unwrap_err();
        assert_eq!(error, TrackerError::NotAHost(1, "a_b!".to_owned()));
        let error = Trackers::parse("http://x pixel X").unwrap_err();
        assert_eq!(error.to_string(), "line 1: `http://x` is not a host");
    }
}
