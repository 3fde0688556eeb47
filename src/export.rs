//! Lists for other blockers, written from what lines mean. What a format cannot say is left out and counted, with the
//! reason.

mod domains;
mod hosts;
mod line;
mod pattern;

use crate::list::List;
use std::collections::{BTreeMap, BTreeSet};

/// Whose format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// uBlock Origin's.
    Ublock,
    /// AdGuard's browser extensions'.
    Adguard,
    /// Ghostery's.
    Ghostery,
    /// A hosts file: `0.0.0.0 name`.
    Hosts,
    /// Names, one a line: Pi-hole and DNS filters, which block what is below a name too.
    Domains,
}

/// What a format says, or what it lacks.
type Said<T> = Result<T, &'static str>;

/// A list in another format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The list: a head of comments, then its lines.
    pub text: String,
    /// How many filters it says.
    pub said: usize,
    /// How many it cannot say, by reason.
    pub left_out: BTreeMap<&'static str, usize>,
    /// How many it says that act only under a condition of the other blocker's, by condition.
    pub conditional: BTreeMap<&'static str, usize>,
}

/// Writes `lists` in that format. Of `known`, names of hosts, one a line, those are written besides in lists of hosts
/// that a line which names no whole host stops altogether (`||analytics$to=tiktok.com`).
///
/// ```
/// use detick::export::{Format, export};
/// let (list, _) = detick::list::parse("mine.txt", b"||pixel.example^\n||shop.example/track\n||log-$to=a.example\n");
/// let hosts = export(&[list], Format::Hosts, "log-eu.a.example\nwww.a.example\n");
/// assert!(hosts.text.ends_with("\n0.0.0.0 log-eu.a.example\n0.0.0.0 pixel.example\n"));
/// assert_eq!((hosts.said, hosts.left_out["it is about part of a host"]), (2, 1));
/// ```
pub fn export(lists: &[List], format: Format, known: &str) -> Exported {
    let (mut exported, lines) = match format {
        Format::Ublock | Format::Adguard | Format::Ghostery => lines(lists, format),
        Format::Hosts | Format::Domains => hosts::names(lists, format, known),
    };
    exported.text = head(lists, format, &exported);
    for line in lines {
        exported.text += &line;
        exported.text.push('\n');
    }
    exported
}

fn lines(lists: &[List], format: Format) -> (Exported, Vec<String>) {
    let mut exported = Exported::default();
    let mut written = BTreeSet::new();
    let mut lines = Vec::new();
    for filter in lists.iter().flat_map(|list| &list.filters) {
        match line::write(filter, format) {
            Ok(these) => {
                exported.said += 1;
                if let Some(condition) = line::condition(filter, format) {
                    *exported.conditional.entry(condition).or_default() += 1;
                }
                lines.extend(these.into_iter().filter(|line| written.insert(line.clone())));
            }
            Err(why) => exported.leave_out(why),
        }
    }
    (exported, lines)
}

impl Exported {
    fn leave_out(&mut self, why: &'static str) {
        *self.left_out.entry(why).or_default() += 1;
    }
}

/// What subscribers see of a list: its name, how often it is fetched, and what it does not hold.
fn head(lists: &[List], format: Format, exported: &Exported) -> String {
    let sign = if matches!(format, Format::Hosts | Format::Domains) {
        '#'
    } else {
        '!'
    };
    let all = |of: fn(&List) -> Option<&String>| {
        let mut values: Vec<&str> = lists.iter().filter_map(of).map(String::as_str).collect();
        values.dedup();
        values.join(", ")
    };
    let titles: Vec<&str> = lists
        .iter()
        .map(|list| list.header.title.as_deref().unwrap_or(&list.name))
        .collect();
    let expires = lists
        .iter()
        .filter_map(|list| Some((list.header.expires_hours()?, &list.header.expires)));
    let expires = expires
        .min_by_key(|(hours, _)| *hours)
        .and_then(|(_, text)| text.as_deref());
    let left_out: usize = exported.left_out.values().sum();
    let fields = [
        ("Title", titles.join(", ")),
        ("Version", all(|list| list.header.version.as_ref())),
        ("Homepage", all(|list| list.header.homepage.as_ref())),
        ("Expires", expires.unwrap_or("7 days").to_owned()),
        ("Licence", all(|list| list.header.licence.as_ref())),
    ];
    let fields = fields.iter().filter(|(_, value)| !value.is_empty());
    let fields: String = fields
        .map(|(name, value)| format!("{sign} {name}: {value}\n"))
        .collect();
    let counts = format!("{sign} {} lines said, {left_out} left out\n", exported.said);
    let conditions = exported
        .conditional
        .iter()
        .map(|(what, count)| format!("{sign} {count} of them {what}\n"));
    let comments: String = std::iter::once(counts).chain(conditions).collect();
    format!("{fields}{comments}\n")
}
