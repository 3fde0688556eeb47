//! The part of a line behind its `$`.

mod action;
mod names;
mod place;
mod values;

use super::{Action, Case, Common, Conditions, Filter, ParseError, Party, Pattern, Polarity, Reason, Types};
use action::read_action;
use names::{Act, Known, Switch, Value, is_noop, known, unsupported};
use place::split;
use values::{read_denyallow, read_domains, read_methods, read_with};

pub(super) use place::find;
pub use place::options_of;

/// What the options of one line come to, before the pattern is known.
#[derive(Debug)]
pub(super) struct Options {
    plus: Option<Types>,
    minus: Option<Types>,
    when: Conditions,
    pub(super) case: Case,
    target: bool,
    important: bool,
    badfilter: bool,
    action: Option<(String, Action)>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            plus: None,
            minus: None,
            when: Conditions::of_kinds(Types::empty()),
            case: Case::default(),
            target: false,
            important: false,
            badfilter: false,
            action: None,
        }
    }
}

pub(super) fn read(line: &str, start: usize, polarity: Polarity) -> Result<Options, ParseError> {
    let mut options = Options::default();
    for (offset, option) in split(&line[start..]) {
        options
            .add(option, polarity)
            .map_err(|reason| reason.at(line, start + offset))?;
    }
    options.types_left().map_err(|reason| reason.at(line, start))?;
    Ok(options)
}

impl Options {
    fn add(&mut self, option: &str, polarity: Polarity) -> Result<(), Reason> {
        let (negated, body) = match option.strip_prefix('~') {
            Some(body) => (true, body),
            None => (false, option),
        };
        let (name, value) = match body.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (body, None),
        };
        if let Some(types) = Types::from_option(name) {
            refuse_value(name, value)?;
            let side = if negated { &mut self.minus } else { &mut self.plus };
            *side = Some(side.unwrap_or(Types::empty()) | types);
            return Ok(());
        }
        match known(name) {
            _ if is_noop(name) => Ok(()),
            Some(Known::Switch(switch)) => self.add_switch(switch, name, value, negated),
            Some(_) if negated => Err(Reason::NotNegatable(name.to_owned())),
            Some(Known::Value(known)) => self.add_value(known, name, value),
            Some(Known::Act(act)) => self.add_action(act, name, value, polarity),
            None => Err(match unsupported(name) {
                _ if negated => Reason::NotNegatable(name.to_owned()),
                Some(why) => Reason::UnsupportedOption(name.to_owned(), why),
                None => Reason::UnknownOption(name.to_owned()),
            }),
        }
    }

    fn add_action(&mut self, act: Act, name: &str, value: Option<&str>, polarity: Polarity) -> Result<(), Reason> {
        let action = read_action(act, name, value, polarity)?;
        match &self.action {
            Some((other, _)) => Err(Reason::TwoActions(name.to_owned(), other.clone())),
            None => {
                self.action = Some((name.to_owned(), action));
                Ok(())
            }
        }
    }

    fn add_switch(&mut self, switch: Switch, name: &str, value: Option<&str>, negated: bool) -> Result<(), Reason> {
        match (switch, negated) {
            (Switch::Third, false) | (Switch::First, true) => self.when.party = Party::Third,
            (Switch::First, false) | (Switch::Third, true) => self.when.party = Party::First,
            (_, true) => return Err(Reason::NotNegatable(name.to_owned())),
            (Switch::StrictFirst, false) => self.when.party = Party::StrictFirst,
            (Switch::StrictThird, false) => self.when.party = Party::StrictThird,
            (Switch::Important, false) => self.important = true,
            (Switch::Target, false) => self.target = true,
            (Switch::BadFilter, false) => self.badfilter = true,
            (Switch::MatchCase, false) => self.case = Case::Exact,
            (Switch::All, false) => self.plus = Some(Types::all()),
        }
        refuse_value(name, value)
    }

    fn add_value(&mut self, known: Value, name: &str, value: Option<&str>) -> Result<(), Reason> {
        let value = value
            .filter(|value| !value.is_empty())
            .ok_or_else(|| Reason::MissingValue(name.to_owned()))?;
        match known {
            Value::From => self.when.from = read_domains(name, value)?,
            Value::To => self.when.to = read_domains(name, value)?,
            Value::DenyAllow => self.when.denyallow = read_denyallow(value)?,
            Value::With => self.when.with = read_with(value)?,
            Value::Method => self.when.methods = read_methods(value)?,
            Value::Header => self.when.header = Some(value.to_owned()),
            // A note to readers of the list.
            Value::Reason => {}
        }
        Ok(())
    }

    fn types_left(&self) -> Result<(), Reason> {
        match (self.plus, self.minus) {
            (Some(plus), Some(minus)) if (plus - minus).is_empty() => Err(Reason::NoTypes),
            _ => Ok(()),
        }
    }

    pub(super) fn into_filter(self, line: u32, polarity: Polarity, pattern: Pattern, common: &mut Common) -> Filter {
        let action = self.action.map_or(Action::Block, |(_, action)| action);
        let types = self.plus.unwrap_or_else(|| Types::default_for(&action)) - self.minus.unwrap_or(Types::empty());
        let Options {
            plus: _,
            minus: _,
            when,
            case,
            target,
            important,
            badfilter,
            action: _,
        } = self;
        Filter {
            line,
            polarity,
            pattern,
            case,
            when: common.share(Conditions { types, ..when }),
            target,
            important,
            badfilter,
            action,
        }
    }
}

fn refuse_value(name: &str, value: Option<&str>) -> Result<(), Reason> {
    match value {
        Some(_) => Err(Reason::UnexpectedValue(name.to_owned())),
        None => Ok(()),
    }
}
