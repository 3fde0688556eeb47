//! What became of every line.

use super::{Rulesets, Unsupported, budget};
use crate::filter::{Conditions, Domain};
use crate::list::List;
use crate::sort;
use std::collections::HashMap;
use std::fmt;

/// How many lines are shown for each reason.
const EXAMPLES: usize = 3;

/// What became of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is in force.
    Converted,
    /// It is a `$badfilter` line, or one took it out of force.
    Cancelled,
    /// It could be said, but the browser takes no more rules.
    Left,
    /// It cannot be said, or only in part. The reason lies apart: few filters have one.
    Refused(Box<Unsupported>),
}

/// What became of the lines of all lists.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// List by list.
    pub lists: Vec<ListReport>,
    /// Filters that rules cannot say, or can say only in part.
    pub refused: Vec<Refusal>,
    /// Filters that hold in rules under the suffixes that are used most, not under every one (`name.*`).
    pub in_part: Vec<Refusal>,
    /// How many rules it came to.
    pub rules: usize,
    /// How many of them do more than block and let through: browsers take fewer of these.
    pub unsafe_rules: usize,
    /// How many of them have a regex: browsers take 1,000.
    pub regex_rules: usize,
    /// How many rules were beyond the budget.
    pub left_rules: usize,
    /// How many detours for redirectors.
    pub unwrap: usize,
}

/// What became of the lines of one list: each counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListReport {
    /// The list's name.
    pub name: String,
    /// All lines: the sum of all that follow.
    pub lines: u32,
    /// Comments, directives, empty lines, and lines under an `!#if` that does not hold.
    pub comments: u32,
    /// Lines about hiding elements, set aside.
    pub cosmetic: u32,
    /// Lines that could not be read.
    pub unread: u32,
    /// Lines that only a trusted list may have.
    pub unprivileged: u32,
    /// `$badfilter` lines, and those that they take out of force.
    pub cancelled: u32,
    /// Lines that are in force as rules.
    pub converted: u32,
    /// Lines that rules cannot say, or can say only in part.
    pub refused: u32,
    /// Lines that rules could say, beyond what the browser takes.
    pub left: u32,
    /// The first of these.
    pub left_examples: Vec<u32>,
}

/// A line that rules cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The list's index among those that were compiled.
    pub list: usize,
    /// Counted from 1.
    pub line: u32,
    /// The line as it stands in the list.
    pub text: String,
    /// What rules lack.
    pub why: Unsupported,
}

impl ListReport {
    /// Counts lines. A line with several filters gets the worst outcome of them.
    fn new(list: &List, fates: &[Fate]) -> ListReport {
        let mut report = ListReport {
            name: list.name.clone(),
            lines: list.line_count(),
            comments: list.comments,
            cosmetic: list.cosmetic,
            unread: list.unread,
            unprivileged: list.unprivileged,
            ..ListReport::default()
        };
        let mut numbered = list.filters.iter().map(|filter| filter.line).zip(fates).peekable();
        while let Some((line, mut fate)) = numbered.next() {
            while let Some((_, other)) = numbered.next_if(|&(other, _)| other == line) {
                if rank(other) > rank(fate) {
                    fate = other;
                }
            }
            report.count(line, fate);
        }
        report
    }

    fn count(&mut self, line: u32, fate: &Fate) {
        match fate {
            Fate::Converted => self.converted += 1,
            Fate::Cancelled => self.cancelled += 1,
            Fate::Refused(_) => self.refused += 1,
            Fate::Left => {
                self.left += 1;
                if self.left_examples.len() < EXAMPLES {
                    self.left_examples.push(line);
                }
            }
        }
    }
}

fn rank(fate: &Fate) -> u8 {
    match fate {
        Fate::Cancelled => 0,
        Fate::Converted => 1,
        Fate::Left => 2,
        Fate::Refused(_) => 3,
    }
}

impl fmt::Display for ListReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} lines = {} in force", self.name, self.lines, self.converted)?;
        for (count, what) in [
            (self.refused, "beyond what rules can say"),
            (self.left, "beyond what the browser takes"),
            (self.cancelled, "cancelled by $badfilter, with those lines"),
            (self.unread, "that cannot be read"),
            (self.unprivileged, "that need trust"),
            (self.cosmetic, "about hiding elements"),
            (self.comments, "comments"),
        ] {
            if count > 0 {
                write!(f, " + {count} {what}")?;
            }
        }
        Ok(())
    }
}

impl Report {
    /// `fates` are those of all filters of all lists.
    pub(super) fn new(lists: &[List], fates: Vec<Fate>) -> Report {
        let mut report = Report::default();
        let mut rest = fates.as_slice();
        for (index, list) in lists.iter().enumerate() {
            let (own, others) = rest.split_at(list.filters.len());
            report.lists.push(ListReport::new(list, own));
            report.refuse(index, list, own);
            report.tell_parts(index, list, own);
            rest = others;
        }
        report
    }

    fn refuse(&mut self, index: usize, list: &List, fates: &[Fate]) {
        for (filter, fate) in list.filters.iter().zip(fates) {
            if let Fate::Refused(why) = fate {
                self.refused.push(Refusal {
                    list: index,
                    line: filter.line,
                    text: list.line(filter.line).to_owned(),
                    why: Unsupported::clone(why),
                });
            }
        }
    }

    /// An own `$badfilter` line that names a line which stays.
    pub(crate) fn refuse_cancelling(&mut self, index: usize, list: &List, line: u32) {
        if self
            .refused
            .iter()
            .any(|refusal| (refusal.list, refusal.line) == (index, line))
        {
            return;
        }
        self.lists[index].cancelled -= 1;
        self.lists[index].refused += 1;
        self.refused.push(Refusal {
            list: index,
            line,
            text: list.line(line).to_owned(),
            why: Unsupported::Shipped,
        });
    }

    fn tell_parts(&mut self, index: usize, list: &List, fates: &[Fate]) {
        let converted = list
            .filters
            .iter()
            .zip(fates)
            .filter(|(_, fate)| **fate == Fate::Converted);
        for (filter, _) in converted {
            let Conditions {
                from, to, denyallow, ..
            } = &*filter.when;
            let hosts = [&from.include, &from.exclude, &to.include, &to.exclude, denyallow];
            let entity = hosts.into_iter().flatten().find_map(|domain| match domain {
                Domain::Entity(name) => Some(name.clone()),
                _ => None,
            });
            self.in_part.extend(entity.map(|name| Refusal {
                list: index,
                line: filter.line,
                text: list.line(filter.line).to_owned(),
                why: Unsupported::EveryCountry(name),
            }));
        }
    }

    pub(super) fn count_rules(&mut self, rulesets: &Rulesets, left: usize) {
        let rules = || rulesets.all().into_iter().flat_map(|(_, rules)| rules);
        self.rules = rules().count();
        self.unsafe_rules = rules().filter(|rule| budget::is_unsafe(&rule.action)).count();
        self.regex_rules = rules().filter(|rule| rule.condition.regex_filter.is_some()).count();
        self.unwrap = rulesets.unwrap.len();
        self.left_rules = left;
    }

    /// How many lines of all lists are in force.
    pub fn converted(&self) -> u32 {
        self.lists.iter().map(|list| list.converted).sum()
    }

    /// Lines of a list that rules cannot say, by reason, the most frequent first; of all lists for `None`.
    pub fn by_reason(&self, list: Option<usize>) -> Vec<(String, Vec<&Refusal>)> {
        let mut reasons: HashMap<String, Vec<&Refusal>> = HashMap::new();
        let meant = self
            .refused
            .iter()
            .filter(|refusal| list.is_none_or(|list| list == refusal.list));
        for refusal in meant {
            reasons.entry(refusal.why.to_string()).or_default().push(refusal);
        }
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        sort::by(&mut reasons, |(why, lines), (other, others)| {
            others.len().cmp(&lines.len()).then_with(|| why.cmp(other))
        });
        reasons
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for list in &self.lists {
            writeln!(f, "{list}")?;
        }
        write!(
            f,
            "{} lines became {} rules ({} with a regex, {} that do more than block and allow)",
            self.converted(),
            self.rules,
            self.regex_rules,
            self.unsafe_rules
        )?;
        if self.unwrap > 0 {
            write!(f, ", {} detours for redirectors", self.unwrap)?;
        }
        if self.left_rules > 0 {
            write!(f, "\n{} rules are beyond what the browser takes", self.left_rules)?;
        }
        if !self.in_part.is_empty() {
            let count = self.in_part.len();
            write!(
                f,
                "\n{count} lines hold in part: rules name hosts under the suffixes that are used most (`name.*`)"
            )?;
        }
        write!(f, "\n{} lines are beyond what rules can say", self.refused.len())?;
        for (why, lines) in self.by_reason(None) {
            write!(f, "\n  {} x {why}", lines.len())?;
            for Refusal { list, line, text, .. } in lines.iter().take(EXAMPLES) {
                let text: String = text.chars().take(100).collect();
                write!(f, "\n      {}:{line}: {text}", self.lists[*list].name)?;
            }
        }
        Ok(())
    }
}
