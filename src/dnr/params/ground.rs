//! Rules without a trigger: exactly one for any page.

use super::{Kept, Names, draft, removing};
use crate::address::host::is_within;
use crate::dnr::merge::{Draft, parents, without_subdomains};
use crate::dnr::{Condition, ResourceType, priority};
use crate::sort;
use std::collections::{BTreeMap, BTreeSet};

/// One rule for the hosts that lose the same names, and one for the rest of the web. Each leaves alone what has a rule
/// of its own.
pub(super) fn rules(everywhere: &Names, hosts: &BTreeMap<String, Names>, kept: &Kept) -> Vec<Draft> {
    let special = special(everywhere, hosts, kept);
    let rest = Group {
        hosts: BTreeSet::new(),
        inside: without_subdomains(sort::set(special.keys().cloned())),
    };
    let mut groups = vec![(everywhere, rest)];
    for (host, names) in &special {
        let inside = special.keys().filter(|inner| *inner != host && is_within(inner, host));
        let inside = without_subdomains(sort::set(inside.cloned()));
        let fits = |(same, group): &&mut (&Names, Group)| *same == names && group.has_room_for(host, &inside);
        match groups.iter_mut().skip(1).find(fits) {
            Some((_, group)) => group.add(host, inside),
            None => groups.push((
                names,
                Group {
                    hosts: sort::set([host.clone()]),
                    inside,
                },
            )),
        }
    }
    // A rule that takes nothing out has done its part: the rules around it leave its hosts alone.
    let acting = groups.into_iter().filter(|(names, _)| !names.is_empty());
    acting.map(|(names, group)| group.rule(names.clone())).collect()
}

/// Hosts that lose the same names.
struct Group {
    hosts: BTreeSet<String>,
    /// Hosts inside them that have another rule.
    inside: BTreeSet<String>,
}

impl Group {
    /// In one rule, no host may be inside an excluded one.
    fn has_room_for(&self, host: &str, inside: &BTreeSet<String>) -> bool {
        !self.inside.iter().any(|excluded| is_within(host, excluded))
            && !self
                .hosts
                .iter()
                .any(|other| inside.iter().any(|excluded| is_within(other, excluded)))
    }

    fn add(&mut self, host: &str, inside: BTreeSet<String>) {
        self.hosts.insert(host.to_owned());
        self.inside.extend(inside);
    }

    fn rule(self, names: Names) -> Draft {
        let condition = Condition {
            request_domains: self.hosts,
            excluded_request_domains: self.inside,
            resource_types: sort::set([ResourceType::MainFrame]),
            ..Condition::default()
        };
        draft(priority::LINK, removing(names), condition)
    }
}

/// What goes from pages of hosts where it is not what goes from pages of their parents.
fn special(everywhere: &Names, hosts: &BTreeMap<String, Names>, kept: &Kept) -> BTreeMap<String, Names> {
    let mut order: Vec<&String> = hosts.keys().chain(kept.by_host.keys()).collect();
    sort::by_key(&mut order, |host| host.matches('.').count());
    let mut special: BTreeMap<String, Names> = BTreeMap::new();
    for host in order {
        let inherited = parents(host)
            .find_map(|parent| special.get(parent))
            .unwrap_or(everywhere);
        let mut names = inherited.clone();
        names.extend(hosts.get(host).into_iter().flatten().cloned());
        let kept = kept.by(host);
        names.retain(|name| !kept.contains(name));
        if names != *inherited {
            special.insert(host.clone(), names);
        }
    }
    special
}
