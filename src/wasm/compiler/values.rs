//! What is told of lists, as JavaScript gets it.

use serde::Serialize;

use crate::compiler::Made;
use crate::dnr::{self, ListReport, Report};
use crate::lint::{Finding, Flaw};
use crate::list::{Complaint, List, Problem};

/// How many complaints about one list are told, and how many lines for each reason.
const COMPLAINTS: usize = 100;
const EXAMPLES: usize = 3;

#[derive(Serialize)]
pub(super) struct FactsValue<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    #[serde(rename = "expiresHours", skip_serializing_if = "Option::is_none")]
    expires_hours: Option<u32>,
    filters: usize,
    includes: Vec<IncludeValue<'a>>,
}

#[derive(Serialize)]
struct IncludeValue<'a> {
    line: u32,
    file: &'a str,
}

impl<'a> FactsValue<'a> {
    pub(super) fn of(list: &'a List) -> Self {
        let header = &list.header;
        let includes = list.includes.iter();
        FactsValue {
            title: header.title.as_deref(),
            version: header.version.as_deref(),
            homepage: header.homepage.as_deref(),
            licence: header.licence.as_deref(),
            expires_hours: header.expires_hours(),
            filters: list.filters.len(),
            includes: includes
                .map(|(line, file)| IncludeValue { line: *line, file })
                .collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ComplaintValue<'a> {
    pub(super) line: u32,
    column: u32,
    kind: &'static str,
    code: &'static str,
    named: Vec<String>,
    why: String,
    text: &'a str,
}

/// As they are handed over.
fn owned(named: &[&str]) -> Vec<String> {
    named.iter().map(ToString::to_string).collect()
}

impl<'a> ComplaintValue<'a> {
    fn of(complaint: &'a Complaint) -> Self {
        ComplaintValue {
            line: complaint.line,
            column: complaint.column,
            kind: match complaint.problem {
                Problem::Unprivileged(_) => "unprivileged",
                _ => "unread",
            },
            code: complaint.problem.code(),
            named: owned(&complaint.problem.named()),
            why: complaint.problem.to_string(),
            text: &complaint.text,
        }
    }

    pub(super) fn found(finding: &Finding, list: &'a List) -> Self {
        ComplaintValue {
            line: finding.line,
            column: finding.column,
            kind: match finding.flaw {
                Flaw::Unread(_) => "unread",
                _ => "advice",
            },
            code: match &finding.flaw {
                Flaw::Unread(problem) => problem.code(),
                flaw => flaw.code(),
            },
            named: owned(&finding.flaw.named()),
            why: finding.flaw.to_string(),
            text: clipped(list.line(finding.line)),
        }
    }

    pub(super) fn idle(line: u32, list: &'a List) -> Self {
        ComplaintValue {
            line,
            column: 1,
            kind: "unread",
            code: "idle",
            named: Vec::new(),
            why: "it is about parts of a page, which Detick leaves as they are: the line does nothing here".to_owned(),
            text: clipped(list.line(line)),
        }
    }

    pub(super) fn beyond(refusal: &'a dnr::Refusal) -> Self {
        ComplaintValue {
            line: refusal.line,
            column: 1,
            kind: "beyond",
            code: refusal.why.code(),
            named: owned(&refusal.why.named()),
            why: refusal.why.to_string(),
            text: &refusal.text,
        }
    }
}

fn clipped(line: &str) -> &str {
    let end = line.char_indices().nth(80).map_or(line.len(), |(at, _)| at);
    &line[..end]
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportValue<'a> {
    lists: Vec<ListValue<'a>>,
    rules: usize,
    #[serde(rename = "unsafe")]
    unsafe_rules: usize,
    regex: usize,
    left_rules: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListValue<'a> {
    name: &'a str,
    lines: u32,
    comments: u32,
    cosmetic: u32,
    unread: u32,
    unprivileged: u32,
    cancelled: u32,
    converted: u32,
    refused: u32,
    left: u32,
    complaints: Vec<ComplaintValue<'a>>,
    refusals: Vec<ReasonValue<'a>>,
    left_examples: &'a [u32],
}

#[derive(Serialize)]
struct ReasonValue<'a> {
    code: &'static str,
    named: Vec<String>,
    why: String,
    count: usize,
    examples: Vec<ExampleValue<'a>>,
}

#[derive(Serialize)]
struct ExampleValue<'a> {
    line: u32,
    text: &'a str,
}

impl<'a> ReportValue<'a> {
    pub(super) fn of(made: &'a Made) -> Self {
        let report = &made.compiled.report;
        let lists = report.lists.iter().zip(&made.complaints).enumerate();
        ReportValue {
            lists: lists
                .map(|(at, (list, complaints))| ListValue::of(report, at, list, complaints))
                .collect(),
            rules: report.rules + report.unwrap,
            unsafe_rules: report.unsafe_rules + report.unwrap,
            regex: report.regex_rules + report.unwrap,
            left_rules: report.left_rules,
        }
    }
}

impl<'a> ListValue<'a> {
    fn of(report: &'a Report, at: usize, list: &'a ListReport, complaints: &'a [Complaint]) -> Self {
        ListValue {
            name: &list.name,
            lines: list.lines,
            comments: list.comments,
            cosmetic: list.cosmetic,
            unread: list.unread,
            unprivileged: list.unprivileged,
            cancelled: list.cancelled,
            converted: list.converted,
            refused: list.refused,
            left: list.left,
            complaints: complaints.iter().take(COMPLAINTS).map(ComplaintValue::of).collect(),
            refusals: report
                .by_reason(Some(at))
                .into_iter()
                .filter_map(ReasonValue::of)
                .collect(),
            left_examples: &list.left_examples,
        }
    }
}

impl<'a> ReasonValue<'a> {
    /// Lines that are refused for the same reason; of none there is nothing to tell.
    fn of((why, lines): (String, Vec<&'a dnr::Refusal>)) -> Option<Self> {
        let reason = &lines.first()?.why;
        let examples = lines.iter().take(EXAMPLES);
        Some(ReasonValue {
            code: reason.code(),
            named: owned(&reason.named()),
            why,
            count: lines.len(),
            examples: examples
                .map(|refusal| ExampleValue {
                    line: refusal.line,
                    text: &refusal.text,
                })
                .collect(),
        })
    }
}
