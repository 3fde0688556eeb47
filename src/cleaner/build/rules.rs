//! What a filter does: tests of parameters, steps of unwrapping, replacements.

use super::conditions::Place;
use super::{Builder, kind_of};
use crate::cleaner::data::{
    ANYWHERE, IMPORTANT, Kind, NONE, Rule, Run, Span, Step, StepKind, Subject, TARGET, Test, Transform,
};
use crate::cleaner::shape;
use crate::cleaner::strip::head;
use crate::filter::{self, Action, Case, Filter, Param, ParamTest, Reason, SkipStep};
use crate::list::List;
use crate::regex::RegexError;
use crate::sort;

/// A rule that is found by its host, and how it is woken when it has none.
pub(super) struct Draft {
    pub(super) rule: Rule,
    /// Pieces of text of which one must be in the address; empty when none are known.
    pub(super) grams: Vec<u32>,
    /// The first two bytes of each parameter that it can mean; empty when they are not known.
    pub(super) heads: Vec<u32>,
}

impl Builder {
    pub(super) fn add(&mut self, number: u16, list: &List, filter: &Filter) -> Result<(), Reason> {
        // Unwrapping where the redirector is blocked is the blocker's business: here nobody knows.
        let only_blocked = matches!(&filter.action, Action::UrlSkip(steps) if steps.contains(&SkipStep::Blocked));
        if only_blocked {
            return Ok(());
        }
        let place = self.place(filter)?;
        let rule = Rule {
            scope: ANYWHERE,
            what: NONE,
            condition: place.condition,
            line: filter.line,
            why: self.reason(list.why(filter.line)),
            list: number,
            flags: if filter.important { IMPORTANT } else { 0 } | if filter.target { TARGET } else { 0 },
            kind: kind_of(&filter.action, filter.polarity),
        };
        if let Action::RemoveParam(Param::Only(ParamTest::Name(name))) = &filter.action {
            let rules = place.scopes.iter().map(|&scope| Rule { scope, ..rule });
            self.named.entry(name.clone()).or_default().extend(rules);
            return Ok(());
        }
        let what = self.what(&filter.action).map_err(|error| refuse(filter, error))?;
        let heads = self.heads(rule.kind, what);
        let Place { scopes, grams, .. } = place;
        let drafts = scopes.into_iter().map(|scope| Draft {
            rule: Rule { scope, what, ..rule },
            grams: grams.clone(),
            heads: heads.clone(),
        });
        self.scoped.extend(drafts);
        Ok(())
    }

    fn reason(&mut self, why: Option<&str>) -> u32 {
        let Some(why) = why else { return NONE };
        let span = self.pool.text(why);
        self.reasons.put(vec![span]).start
    }

    fn what(&mut self, action: &Action) -> Result<u32, RegexError> {
        match action {
            Action::RemoveParam(param) => self.test(param),
            Action::UrlSkip(steps) if !steps.is_empty() => self.skip(steps),
            Action::UriTransform(Some(transform)) => self.transform(transform),
            _ => Ok(NONE),
        }
    }

    fn test(&mut self, param: &Param) -> Result<u32, RegexError> {
        let mut test = Test {
            negated: u8::from(matches!(param, Param::AllBut(_))),
            subject: Subject::All,
            name: Span { start: 0, len: 0 },
            regex: 0,
            case: Case::Exact,
            place: shape::Place::Anywhere,
            literals: Run::default(),
            complete: 0,
        };
        match param {
            Param::All => {}
            Param::Only(ParamTest::Name(name)) | Param::AllBut(ParamTest::Name(name)) => {
                test.subject = Subject::Name;
                test.name = self.pool.text(name);
            }
            Param::Only(ParamTest::Regex { source, case }) | Param::AllBut(ParamTest::Regex { source, case }) => {
                let shape = shape::read(source);
                test.subject = Subject::Regex;
                test.regex = self.pool.regex(source, *case)?;
                test.case = *case;
                test.place = shape.place;
                test.complete = u8::from(shape.complete);
                let literals = shape.literals.iter().map(|literal| self.pool.text(literal)).collect();
                test.literals = self.literals.put(literals);
            }
        }
        self.data.tests.push(test);
        Ok(self.data.tests.len() as u32 - 1)
    }

    /// For a rule that takes out parameters with certain beginnings: their first two bytes.
    fn heads(&self, kind: Kind, what: u32) -> Vec<u32> {
        if kind != Kind::Strip {
            return Vec::new();
        }
        let test = self.data.tests[what as usize];
        let sharp = test.place == shape::Place::Start && test.negated == 0 && test.case == Case::Exact;
        if !sharp {
            return Vec::new();
        }
        let literals = self.literals.get(test.literals);
        let heads: Option<Vec<u32>> = literals.iter().map(|&span| head(self.pool.get(span))).collect();
        let mut heads = heads.unwrap_or_default();
        sort::by(&mut heads, Ord::cmp);
        heads.dedup();
        heads
    }

    fn skip(&mut self, steps: &[SkipStep]) -> Result<u32, RegexError> {
        let mut out = Vec::new();
        for step in steps {
            let (kind, name, number) = match step {
                SkipStep::Param(name) => (StepKind::Param, name.as_str(), 0),
                SkipStep::ParamAt(index) => (StepKind::ParamAt, "", *index),
                SkipStep::Fragment => (StepKind::Fragment, "", 0),
                SkipStep::Regex(source) => (StepKind::Regex, "", self.pool.regex(source, Case::Exact)?),
                SkipStep::Https => (StepKind::Https, "", 0),
                SkipStep::Origin => (StepKind::Origin, "", 0),
                SkipStep::Address => (StepKind::Address, "", 0),
                SkipStep::Json(name) => (StepKind::Json, name.as_str(), 0),
                SkipStep::Base64 => (StepKind::Base64, "", 0),
                SkipStep::UriComponent => (StepKind::UriComponent, "", 0),
                // Lines with it never come here.
                SkipStep::Blocked => continue,
            };
            out.push(Step {
                kind,
                name: self.pool.text(name),
                number,
            });
        }
        let run = self.steps.put(out);
        Ok(self.skips.put(vec![run]).start)
    }

    fn transform(&mut self, transform: &filter::Transform) -> Result<u32, RegexError> {
        let transform = Transform {
            regex: self.pool.regex(&transform.from, transform.case)?,
            to: self.pool.text(&transform.to),
            every: u8::from(transform.every),
        };
        Ok(self.transforms.put(vec![transform]).start)
    }
}

/// A regex that is refused, as a complaint about the option that holds it.
fn refuse(filter: &Filter, error: RegexError) -> Reason {
    let option = match &filter.action {
        Action::UrlSkip(_) => "urlskip",
        Action::UriTransform(_) => "uritransform",
        _ => "removeparam",
    };
    Reason::UnsupportedOption(option.to_owned(), error.why())
}
