//! What became of every line.

use super::{Rulesets, Unsupported};
use crate::list::List;
use std::collections::BTreeMap;
use std::fmt;

/// How many refused lines are shown for each reason.
const EXAMPLES: usize = 3;

/// What became of the lines of all lists.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// List by list.
    pub lists: Vec<ListReport>,
    /// Filters that are in force as rules.
    pub converted: usize,
    /// Filters that a `$badfilter` line took out of force.
    pub cancelled: usize,
    /// Filters that rules cannot say, or can say only in part.
    pub refused: Vec<Refusal>,
    /// How many rules it came to.
    pub rules: usize,
    /// How many of them have a regex: browsers take 1,000.
    pub regex_rules: usize,
    /// How many detours for redirectors.
    pub unwrap: usize,
}

/// What is in one list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListReport {
    /// The list's name.
    pub name: String,
    /// All lines.
    pub lines: u32,
    /// Lines with network filters.
    pub filter_lines: usize,
    /// Network filters, `$badfilter` lines among them. A hosts-file line can hold several.
    pub filters: usize,
    /// Lines that could not be read.
    pub unread: u32,
    /// Lines about hiding elements, set aside.
    pub cosmetic: u32,
}

/// A filter that rules cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The list's name.
    pub list: String,
    /// Counted from 1.
    pub line: u32,
    /// The line as it stands in the list.
    pub text: String,
    /// What rules lack.
    pub why: Unsupported,
}

impl ListReport {
    pub(super) fn of(list: &List) -> ListReport {
        let mut filter_lines: Vec<u32> = list.filters.iter().map(|filter| filter.line).collect();
        filter_lines.dedup();
        ListReport {
            name: list.name.clone(),
            lines: list.line_count(),
            filter_lines: filter_lines.len(),
            filters: list.filters.len(),
            unread: list.unread,
            cosmetic: list.cosmetic,
        }
    }

    /// Comments, directives, empty lines, and lines under an `!#if` that does not hold.
    pub fn others(&self) -> u32 {
        let counted = self.filter_lines as u32 + self.unread + self.cosmetic;
        self.lines.saturating_sub(counted)
    }
}

impl fmt::Display for ListReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ListReport {
            name,
            lines,
            filter_lines,
            filters,
            unread,
            cosmetic,
        } = self;
        let others = self.others();
        write!(
            f,
            "{name}: {lines} lines = {filter_lines} with filters ({filters}) + {unread} unreadable + {cosmetic} about \
             hiding elements + {others} others"
        )
    }
}

impl Report {
    pub(super) fn count_rules(&mut self, rulesets: &Rulesets) {
        let rules = || rulesets.all().into_iter().flat_map(|(_, rules)| rules);
        self.rules = rules().count();
        self.regex_rules = rules().filter(|rule| rule.condition.regex_filter.is_some()).count();
        self.unwrap = rulesets.unwrap.len();
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for list in &self.lists {
            writeln!(f, "{list}")?;
        }
        let detours = if self.unwrap > 0 {
            format!(", {} detours for redirectors", self.unwrap)
        } else {
            String::new()
        };
        writeln!(
            f,
            "{} filters became {} rules ({} with a regex){detours}",
            self.converted, self.rules, self.regex_rules
        )?;
        if self.cancelled > 0 {
            writeln!(f, "{} filters taken out of force by $badfilter", self.cancelled)?;
        }
        write!(f, "{} filters are beyond what rules can say", self.refused.len())?;
        for (why, lines) in self.by_reason() {
            write!(f, "\n  {} x {why}", lines.len())?;
            for Refusal { list, line, text, .. } in lines.iter().take(EXAMPLES) {
                let text: String = text.chars().take(100).collect();
                write!(f, "\n      {list}:{line}: {text}")?;
            }
        }
        Ok(())
    }
}

impl Report {
    /// Refused lines by reason, the most frequent first.
    pub fn by_reason(&self) -> Vec<(String, Vec<&Refusal>)> {
        let mut reasons: BTreeMap<String, Vec<&Refusal>> = BTreeMap::new();
        for refusal in &self.refused {
            reasons.entry(refusal.why.to_string()).or_default().push(refusal);
        }
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
        reasons
    }
}
