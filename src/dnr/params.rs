//! `$removeparam=`: one rule for each set of names, with all hosts whose links lose just these.
//!
//! A rule that removes something costs the browser one internal redirect, after which it looks at all rules again. So
//! names are gathered by host first: however many lines there are, a link meets one rule for every host, one for its
//! own host and few for its path.

use super::merge::{Draft, Set};
use super::{Condition, QueryTransform, RedirectTo, RuleAction, Settings, Transform, Unsupported, condition, priority};
use crate::filter::{Action, Anchor, Filter, Glob, Param, ParamTest, Pattern, Polarity, Types};
use crate::host::is_within;
use std::collections::{BTreeMap, BTreeSet};

type Names = BTreeSet<String>;

/// Where some names go.
struct Scope {
    /// With one host, or none for every host.
    condition: Condition,
    /// The host that the address pattern asks for.
    pattern_host: Option<String>,
    names: Names,
    important: bool,
}

/// Rules for all `$removeparam` lines together, and the lines that could not be said.
pub(super) fn rules<'a>(filters: &[&'a Filter], settings: &Settings) -> (Vec<Draft>, Vec<(&'a Filter, Unsupported)>) {
    let mut table = Table::default();
    let mut refused = Vec::new();
    for filter in filters {
        if let Err(why) = table.add(filter, settings) {
            refused.push((*filter, why));
        }
    }
    (table.finish(), refused)
}

#[derive(Default)]
struct Table {
    /// By their conditions, as text.
    scopes: BTreeMap<String, Scope>,
    /// Names that no host loses.
    kept: Names,
    /// Names that these hosts keep.
    kept_by: BTreeMap<String, Names>,
    /// Rules that are ready.
    drafts: Vec<Draft>,
}

impl Table {
    fn add(&mut self, filter: &Filter, settings: &Settings) -> Result<(), Unsupported> {
        let Action::RemoveParam(param) = &filter.action else {
            return Ok(());
        };
        match (filter.polarity, param) {
            (Polarity::Except, Param::Only(ParamTest::Name(name))) => self.keep(filter, name, settings),
            // Which names a regex means is not known here: the whole link is left alone, which breaks nothing.
            (Polarity::Except, _) => {
                self.leave_alone(conditions(filter, settings)?);
                Ok(())
            }
            (Polarity::Apply, Param::All) => self.remove_all(filter, settings),
            (Polarity::Apply, Param::Only(ParamTest::Name(name))) => self.remove(filter, name, settings),
            (Polarity::Apply, Param::Only(ParamTest::Regex { .. })) => Err(Unsupported::ParamRegex),
            (Polarity::Apply, Param::AllBut(_)) => Err(Unsupported::ParamNegated),
        }
    }

    fn remove(&mut self, filter: &Filter, name: &str, settings: &Settings) -> Result<(), Unsupported> {
        let pattern_host = match &filter.pattern {
            Pattern::Glob(glob) => glob.host_part().map(str::to_owned),
            _ => None,
        };
        for condition in conditions(filter, settings)?.iter().flat_map(by_host) {
            let scope = Scope {
                condition,
                pattern_host: pattern_host.clone(),
                names: spellings(name).collect(),
                important: filter.important,
            };
            self.add_scope(scope);
        }
        Ok(())
    }

    fn add_scope(&mut self, scope: Scope) {
        // A condition is nothing that JSON cannot hold.
        let text = serde_json::to_string(&scope.condition).unwrap_or_default();
        match self.scopes.entry(format!("{} {text}", scope.important)) {
            std::collections::btree_map::Entry::Occupied(mut there) => there.get_mut().names.extend(scope.names),
            std::collections::btree_map::Entry::Vacant(free) => drop(free.insert(scope)),
        }
    }

    fn remove_all(&mut self, filter: &Filter, settings: &Settings) -> Result<(), Unsupported> {
        let transform = Transform {
            query: Some(String::new()),
            query_transform: None,
        };
        for condition in conditions(filter, settings)? {
            self.drafts.push(draft(transform.clone(), condition, filter.important));
        }
        Ok(())
    }

    /// An exception from one name: exact for whole hosts; elsewhere links that have the name are left alone.
    fn keep(&mut self, filter: &Filter, name: &str, settings: &Settings) -> Result<(), Unsupported> {
        if filter.pattern == Pattern::Any && condition::is_unconditional(filter) {
            self.kept.extend(spellings(name));
            return Ok(());
        }
        if let Some(hosts) = condition::whole_hosts(filter) {
            for host in hosts {
                self.kept_by.entry(host).or_default().extend(spellings(name));
            }
            return Ok(());
        }
        let narrowed = Filter {
            pattern: with_name(&filter.pattern, name),
            ..filter.clone()
        };
        self.leave_alone(conditions(&narrowed, settings)?);
        Ok(())
    }

    fn leave_alone(&mut self, conditions: Vec<Condition>) {
        self.drafts.extend(conditions.into_iter().map(|condition| Draft {
            set: Set::Links,
            priority: priority::LINK_EXCEPTION,
            action: RuleAction::Allow,
            condition,
        }));
    }

    fn finish(mut self) -> Vec<Draft> {
        for scope in self.scopes.values_mut().filter(|scope| !scope.important) {
            scope.names.retain(|name| !self.kept.contains(name));
        }
        // A host keeps what its parents keep.
        for (host, own) in &self.kept_by.clone() {
            let inherited = self
                .kept_by
                .iter()
                .filter(|(wide, _)| is_within(host, wide))
                .flat_map(|(_, names)| names);
            let names = own.iter().chain(inherited).cloned().collect();
            self.except(host, &names);
        }
        let removing = self
            .scopes
            .into_values()
            .filter(|scope| !scope.names.is_empty())
            .map(|scope| {
                let remove_params = scope.names;
                let query_transform = Some(QueryTransform { remove_params });
                draft(
                    Transform {
                        query: None,
                        query_transform,
                    },
                    scope.condition,
                    scope.important,
                )
            });
        self.drafts.into_iter().chain(removing).collect()
    }

    /// Lets `host` keep `names`: scopes inside it lose them, wider ones leave the host to a scope of its own.
    fn except(&mut self, host: &str, names: &Names) {
        let mut own = Vec::new();
        for scope in self.scopes.values_mut() {
            if scope.important || scope.names.is_disjoint(names) {
                continue;
            }
            let left = || scope.names.difference(names).cloned().collect();
            match scope.relation(host) {
                Relation::Apart => {}
                Relation::Inside => scope.names = left(),
                Relation::Around => {
                    own.push(scope.narrowed(host, left()));
                    scope.condition.excluded_request_domains.insert(host.to_owned());
                }
            }
        }
        own.into_iter().for_each(|scope| self.add_scope(scope));
    }
}

/// How a scope lies to a host.
enum Relation {
    Inside,
    Around,
    Apart,
}

impl Scope {
    fn relation(&self, host: &str) -> Relation {
        let own = self.condition.request_domains.first().or(self.pattern_host.as_ref());
        match own {
            Some(own) if is_within(own, host) => Relation::Inside,
            Some(own) if !is_within(host, own) => Relation::Apart,
            _ => Relation::Around,
        }
    }

    fn narrowed(&self, host: &str, names: Names) -> Scope {
        let mut condition = self.condition.clone();
        condition.request_domains = [host.to_owned()].into();
        condition
            .excluded_request_domains
            .retain(|inner| is_within(inner, host));
        Scope {
            condition,
            pattern_host: self.pattern_host.clone(),
            names,
            important: self.important,
        }
    }
}

fn draft(transform: Transform, condition: Condition, important: bool) -> Draft {
    Draft {
        set: Set::Links,
        priority: if important {
            priority::LINK_IMPORTANT
        } else {
            priority::LINK
        },
        action: RuleAction::Redirect {
            redirect: RedirectTo::Transform(transform),
        },
        condition,
    }
}

/// The conditions of a line about links. A page that is opened is its own page: there `$domain=` names its host.
fn conditions(filter: &Filter, settings: &Settings) -> Result<Vec<Condition>, Unsupported> {
    let pages = filter.types & Types::DOCUMENT;
    let others = filter.types - Types::DOCUMENT - Types::POPUP;
    let mut conditions = Vec::new();
    if !pages.is_empty() {
        conditions.push(condition::of_page(filter, pages, settings)?);
    }
    if !others.is_empty() {
        conditions.push(condition::of(filter, others, settings)?);
    }
    Ok(conditions)
}

fn by_host(condition: &Condition) -> Vec<Condition> {
    if condition.request_domains.is_empty() {
        return vec![condition.clone()];
    }
    let alone = |host: &String| Condition {
        request_domains: [host.clone()].into(),
        excluded_request_domains: condition
            .excluded_request_domains
            .iter()
            .filter(|inner| is_within(inner, host))
            .cloned()
            .collect(),
        ..condition.clone()
    };
    condition.request_domains.iter().map(alone).collect()
}

/// A name as it stands in the line, and percent-encoded where it has letters that browsers and servers encode.
fn spellings(name: &str) -> impl Iterator<Item = String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%!*'()$:@/+,;".contains(&byte);
    let encoded = |upper: bool| -> String {
        let hex = |byte: u8| {
            if upper {
                format!("%{byte:02X}")
            } else {
                format!("%{byte:02x}")
            }
        };
        name.bytes()
            .map(|byte| {
                if plain(byte) {
                    char::from(byte).to_string()
                } else {
                    hex(byte)
                }
            })
            .collect()
    };
    [name.to_owned(), encoded(true), encoded(false)].into_iter()
}

/// The pattern, with the name behind it.
fn with_name(pattern: &Pattern, name: &str) -> Pattern {
    let name = name.to_ascii_lowercase();
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    match pattern {
        Pattern::Glob(glob) if plain && !glob.ends && !glob.text.contains(&format!("{name}=")) => {
            let text = glob.text.trim_end_matches(['?', '^', '&']);
            Pattern::Glob(Glob {
                text: format!("{text}*^{name}="),
                ..glob.clone()
            })
        }
        Pattern::Any if plain => Pattern::Glob(Glob {
            anchor: Anchor::Anywhere,
            text: format!("^{name}="),
            ends: false,
        }),
        other => other.clone(),
    }
}
