//! Whether tables that came as bytes hold together: every number names something, every span is text.

use super::data::{
    ANYWHERE, Condition, Data, Gram, KINDS, Kind, NONE, PatternKind, REGEX, Rule, Run, Sites, Span, Step, StepKind,
    Subject, Test,
};

pub(super) fn holds_together(data: &Data) -> bool {
    data.pool.len() < NONE as usize && texts(data) && rules(data) && tests(data) && conditions(data) && steps(data)
}

fn is_text(data: &Data, span: Span) -> bool {
    let start = span.start as usize;
    data.pool.get(start..start.saturating_add(span.len as usize)).is_some()
}

fn is_within(run: Run, length: usize) -> bool {
    (run.start as usize).saturating_add(run.len as usize) <= length
}

fn texts(data: &Data) -> bool {
    data.lists.iter().all(|list| is_text(data, list.name))
        && data.reasons.iter().all(|&span| is_text(data, span))
        && data.scopes.iter().all(|&span| is_text(data, span))
        && data.literals.iter().all(|&span| is_text(data, span))
        && data.regexes.iter().all(|regex| is_text(data, regex.source))
        && data.scope_index.holds_together(data.scopes.len())
        && data.name_index.holds_together(data.names.len())
        && data
            .names
            .iter()
            .all(|name| is_text(data, name.text) && is_within(name.rules, data.named.len()))
}

fn rules(data: &Data) -> bool {
    let by_kind = |rule: &Rule| match rule.kind {
        Kind::Strip | Kind::Keep => (rule.what as usize) < data.tests.len(),
        Kind::Skip => (rule.what as usize) < data.skips.len(),
        Kind::Transform => (rule.what as usize) < data.transforms.len(),
        Kind::KeepWrapped | Kind::KeepPath => true,
    };
    let grams = |grams: &[Gram]| grams.iter().all(|gram| (gram.rule as usize) < data.scoped.len());
    data.named.iter().all(|rule| refers(data, rule))
        && data.scoped.iter().all(|rule| refers(data, rule) && by_kind(rule))
        && data.scope_starts.len() == data.scopes.len() + 1
        && data.scope_starts.is_sorted()
        && data
            .scope_starts
            .last()
            .is_some_and(|&last| last as usize <= data.scoped.len())
        && data.loose.len() == KINDS
        && Kind::ALL.into_iter().all(|kind| are_of_kind(data, kind))
        && [&data.grams, &data.keep_grams, &data.heads]
            .into_iter()
            .all(|table| grams(table))
        && data
            .heads
            .iter()
            .all(|head| data.scoped[head.rule as usize].kind == Kind::Strip)
}

/// Whether what is asked for every link as rules of one kind is of that kind.
fn are_of_kind(data: &Data, kind: Kind) -> bool {
    let is_it = |rule: &Rule| rule.kind == kind;
    slice(&data.ids, data.loose[kind as usize])
        .is_some_and(|ids| ids.iter().all(|&id| data.scoped.get(id as usize).is_some_and(is_it)))
}

fn slice<T>(table: &[T], run: Run) -> Option<&[T]> {
    let start = run.start as usize;
    table.get(start..start.saturating_add(run.len as usize))
}

/// What every rule refers to, whatever it does.
fn refers(data: &Data, rule: &Rule) -> bool {
    let optional = |number: u32, length: usize| number == NONE || (number as usize) < length;
    (rule.scope == ANYWHERE || (rule.scope as usize) < data.scopes.len())
        && optional(rule.condition, data.conditions.len())
        && optional(rule.why, data.reasons.len())
        && usize::from(rule.list) < data.lists.len()
}

fn tests(data: &Data) -> bool {
    data.tests.iter().all(|test: &Test| {
        let subject = match test.subject {
            Subject::All => true,
            Subject::Name => is_text(data, test.name),
            Subject::Regex => (test.regex as usize) < data.regexes.len(),
        };
        subject && is_within(test.literals, data.literals.len())
    })
}

fn conditions(data: &Data) -> bool {
    let holds = |condition: &Condition| {
        let pattern = match condition.pattern {
            PatternKind::Regex => (condition.regex as usize) < data.regexes.len(),
            _ => is_text(data, condition.text),
        };
        pattern && is_text(data, condition.with) && is_within(condition.sites, data.sites.len())
    };
    let is_set = |run: Run| slice(&data.ids, run).is_some_and(|ids| ids.iter().all(|&id| is_host(data, id)));
    data.conditions.iter().all(holds)
        && data
            .sites
            .iter()
            .all(|sites: &Sites| is_set(sites.include) && is_set(sites.exclude))
}

fn is_host(data: &Data, id: u32) -> bool {
    match id & REGEX {
        0 => (id as usize) < data.scopes.len(),
        _ => ((id & !REGEX) as usize) < data.regexes.len(),
    }
}

fn steps(data: &Data) -> bool {
    let holds = |step: &Step| match step.kind {
        StepKind::Param | StepKind::Json => is_text(data, step.name),
        StepKind::Regex => (step.number as usize) < data.regexes.len(),
        _ => true,
    };
    data.steps.iter().all(holds)
        && data.skips.iter().all(|&run| is_within(run, data.steps.len()))
        && data
            .transforms
            .iter()
            .all(|transform| (transform.regex as usize) < data.regexes.len() && is_text(data, transform.to))
}
