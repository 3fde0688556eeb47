//! `$removeparam=`.
//!
//! Of all rules that match, a browser carries out the one of highest priority. If that one finds nothing to take out,
//! nothing happens: the others are *not* tried (both browsers). If it does take something out, the browser starts
//! over with the new address, twenty times at most: then the page fails. So the rules are made such that
//!
//! - in the [ground layer](ground) exactly one rule matches an address, and takes out all names that go everywhere
//!   and all that go from its host;
//! - every other rule asks for a name that it takes out ([`trigger`]): it matches only where it acts. There are few
//!   such names for any one address, so the number of rounds stays small.

#[cfg(not(target_arch = "wasm32"))]
mod ground;
#[cfg(not(target_arch = "wasm32"))]
mod odd;
mod trigger;
mod with;

use super::condition::{self, get};
use super::merge::{Draft, Set, parents};
use super::numbered::Numbered;
use super::{Condition, Layer, QueryTransform, RedirectTo, RuleAction, Settings, Transform, Unsupported, priority};
use crate::cleaner::percent_decode;
use crate::filter::{Action, Filter, Param, ParamTest, Pattern, Polarity, Types};
use crate::sort;
use std::collections::{BTreeMap, BTreeSet};
use trigger::Scope;
use with::spelt_out;

type Names = BTreeSet<String>;

/// Hosts with no more names than this get one rule for each name, shared with other hosts; hosts with more get a rule
/// of their own in the ground layer, which repeats all names that go everywhere.
const FEW: usize = 5;

/// What all `$removeparam` lines come to together.
#[derive(Default)]
pub(super) struct Said {
    pub(super) rules: Vec<Draft>,
    /// Which navigations only the engine can clean.
    pub(super) detours: Vec<Condition>,
    /// The lines that could not be said.
    pub(super) refused: Vec<(u32, Unsupported)>,
}

/// Rules for all `$removeparam` lines together.
pub(super) fn rules(filters: &[Numbered<'_>], settings: &Settings) -> Said {
    if filters.is_empty() {
        return Said::default();
    }
    let mut table = Table::default();
    let mut refused = Vec::new();
    for Numbered { number, filter } in filters {
        if let Err(why) = table.add(filter, settings) {
            refused.push((*number, why));
        }
    }
    let (rules, detours) = table.finish(settings.layer);
    Said {
        rules,
        detours,
        refused,
    }
}

/// All lines, sorted by what they are for.
#[derive(Default)]
struct Table {
    /// Names that go from every page's address.
    everywhere: Names,
    /// Names that go from pages of a host.
    hosts: BTreeMap<String, Names>,
    /// Names that go under any other condition.
    scopes: Vec<Scope>,
    kept: Kept,
    /// Rules that are ready.
    drafts: Vec<Draft>,
}

/// Exceptions from single names.
#[derive(Default)]
struct Kept {
    everywhere: Names,
    by_host: BTreeMap<String, Names>,
}

impl Kept {
    /// What `host` keeps because of itself or a parent.
    fn by(&self, host: &str) -> Names {
        let own = std::iter::once(host).chain(parents(host));
        sort::set(own.filter_map(|host| self.by_host.get(host)).flatten().cloned())
    }
}

impl Table {
    fn add(&mut self, filter: &Filter, settings: &Settings) -> Result<(), Unsupported> {
        let Action::RemoveParam(param) = &filter.action else {
            return Ok(());
        };
        if !filter.when.with.is_empty() {
            return spelt_out(filter)?
                .iter()
                .try_for_each(|filter| self.add(filter, settings));
        }
        match (filter.polarity, param) {
            (Polarity::Apply, Param::Only(ParamTest::Name(name))) => {
                self.remove(filter, name, settings)?;
                // The rule is made all the same: the address may have the name encoded.
                is_found_as_it_stands(name)
                    .then_some(())
                    .ok_or_else(|| Unsupported::ParamName(name.clone()))
            }
            (Polarity::Apply, Param::All) => self.remove_all(filter, settings),
            (Polarity::Apply, Param::Only(ParamTest::Regex { .. })) => Err(Unsupported::ParamRegex),
            (Polarity::Apply, Param::AllBut(_)) => Err(Unsupported::ParamNegated),
            (Polarity::Except, Param::Only(ParamTest::Name(name))) => self.keep(filter, name, settings),
            (Polarity::Except, Param::All) => self.leave_alone(filter, settings),
            // An exception is from lines with the same value, and those are refused above.
            (Polarity::Except, _) => Ok(()),
        }
    }

    fn remove(&mut self, filter: &Filter, name: &str, settings: &Settings) -> Result<(), Unsupported> {
        let is_plain = filter.when.types - Types::POPUP == Types::DOCUMENT && !filter.important;
        if is_plain && filter.pattern == Pattern::Any && condition::is_unconditional(filter) {
            self.everywhere.insert(decoded(name));
            return Ok(());
        }
        if let Some(hosts) = condition::whole_hosts(filter).filter(|_| is_plain) {
            for host in hosts {
                self.hosts.entry(host).or_default().insert(decoded(name));
            }
            return Ok(());
        }
        for condition in conditions(filter, settings)? {
            self.add_scope(Scope::new(filter, condition, sort::set([decoded(name)]))?);
        }
        Ok(())
    }

    /// Names with the same condition go together.
    fn add_scope(&mut self, scope: Scope) {
        match self.scopes.iter_mut().find(|other| other.is_for_the_same(&scope)) {
            Some(other) => other.names.extend(scope.names),
            None => self.scopes.push(scope),
        }
    }

    /// Where there is no query this does nothing, and neither would any other rule.
    fn remove_all(&mut self, filter: &Filter, settings: &Settings) -> Result<(), Unsupported> {
        let transform = Transform {
            query: Some(String::new()),
            query_transform: None,
        };
        let level = if filter.important {
            priority::LINK_IMPORTANT
        } else {
            priority::LINK_TRIGGERED
        };
        for condition in conditions(filter, settings)? {
            self.drafts.push(draft(level, transform.clone(), condition));
        }
        Ok(())
    }

    /// An exception from one name: exact for whole hosts; elsewhere links that have the name are left alone.
    fn keep(&mut self, filter: &Filter, name: &str, settings: &Settings) -> Result<(), Unsupported> {
        if settings.beside {
            // Rules that were made elsewhere cannot be told to leave one name alone.
            self.shield(filter, name, settings)?;
        }
        if filter.pattern == Pattern::Any && condition::is_unconditional(filter) {
            self.kept.everywhere.insert(decoded(name));
            return Ok(());
        }
        if let Some(hosts) = condition::whole_hosts(filter) {
            for host in hosts {
                self.kept.by_host.entry(host).or_default().insert(decoded(name));
            }
            return Ok(());
        }
        match settings.beside {
            true => Ok(()),
            false => self.shield(filter, name, settings),
        }
    }

    /// Leaves links alone that have the name.
    fn shield(&mut self, filter: &Filter, name: &str, settings: &Settings) -> Result<(), Unsupported> {
        let pattern = trigger::with_name_somewhere(&filter.pattern, name);
        let shielded = Filter {
            pattern,
            ..filter.clone()
        };
        self.leave_alone(&shielded, settings)
    }

    fn leave_alone(&mut self, filter: &Filter, settings: &Settings) -> Result<(), Unsupported> {
        self.drafts
            .extend(conditions(filter, settings)?.into_iter().map(|condition| Draft {
                set: Set::Links,
                priority: priority::LINK_EXCEPTION,
                action: RuleAction::Allow,
                condition,
            }));
        Ok(())
    }

    fn finish(mut self, layer: Layer) -> (Vec<Draft>, Vec<Condition>) {
        self.everywhere.retain(|name| !self.kept.everywhere.contains(name));
        for names in self.hosts.values_mut() {
            names.retain(|name| !self.kept.everywhere.contains(name));
        }
        let (few, many): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.hosts.into_iter().partition(|(_, names)| names.len() <= FEW);
        let mut drafts = self.drafts;
        let detours = match layer {
            #[cfg(not(target_arch = "wasm32"))]
            Layer::Ground => {
                let detours = odd::detours(&self.everywhere, &many, &self.kept);
                drafts.push(odd::shield());
                drafts.extend(ground::rules(&self.everywhere, &many, &self.kept));
                detours
            }
            Layer::Above => {
                let pages = std::iter::once(Scope::of_page(None, self.everywhere));
                let hosts = many.into_iter().map(|(host, names)| Scope::of_page(Some(host), names));
                self.scopes.extend(pages.chain(hosts));
                Vec::new()
            }
        };
        drafts.extend(trigger::by_name(&few, &self.kept));
        drafts.extend(trigger::rules(self.scopes, &self.kept));
        (drafts, detours)
    }
}

/// What a form sends is no link: of the methods only GET is meant, unless the line names others.
fn draft(level: u32, transform: Transform, mut condition: Condition) -> Draft {
    if condition.request_methods.is_empty() && condition.excluded_request_methods.is_empty() {
        condition.request_methods = get();
    }
    Draft {
        set: Set::Links,
        priority: level,
        action: RuleAction::Redirect {
            redirect: RedirectTo::Transform(transform),
        },
        condition,
    }
}

fn removing(remove_params: Names) -> Transform {
    Transform {
        query: None,
        query_transform: Some(QueryTransform { remove_params }),
    }
}

/// The conditions of a line about links: one for pages, one for what pages load.
fn conditions(filter: &Filter, settings: &Settings) -> Result<Vec<Condition>, Unsupported> {
    let pages = filter.when.types & Types::DOCUMENT;
    let others = filter.when.types - Types::DOCUMENT - Types::POPUP;
    let mut conditions = Vec::new();
    if !pages.is_empty() {
        conditions.push(condition::of_page(filter, pages, settings)?);
    }
    if !others.is_empty() {
        conditions.push(condition::of(filter, others, settings)?);
    }
    Ok(conditions)
}

/// A name as rules have it. Browsers encode it as `encodeURIComponent` does and compare it with what stands in the
/// address: one that a list gives encoded has to be decoded here.
fn decoded(name: &str) -> String {
    String::from_utf8(percent_decode(name.as_bytes())).unwrap_or_else(|_| name.to_owned())
}

/// Whether an encoded name is the same: for all others `removeParams` misses what most addresses have.
fn is_found_as_it_stands(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.*".contains(&byte) || byte >= 0x80)
}
