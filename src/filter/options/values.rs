//! What stands behind the `=` of an option that is a condition.

use crate::filter::{Domain, Domains, Methods, Reason};

pub(super) fn bad(name: &str, value: &str) -> Reason {
    Reason::BadValue(name.to_owned(), value.to_owned())
}

pub(super) fn read_domains(name: &str, value: &str) -> Result<Domains, Reason> {
    Domains::read(value).map_err(|(_, entry)| bad(name, entry))
}

pub(super) fn read_denyallow(value: &str) -> Result<Vec<Domain>, Reason> {
    let domains = read_domains("denyallow", value)?;
    match domains.exclude.is_empty() {
        true => Ok(domains.include),
        false => Err(bad("denyallow", value)),
    }
}

/// `with=a&b|c`: a and b, or c.
pub(super) fn read_with(value: &str) -> Result<Vec<Vec<String>>, Reason> {
    let group = |text: &str| text.split('&').map(str::to_owned).collect::<Vec<_>>();
    let groups: Vec<Vec<String>> = value.split('|').map(group).collect();
    let broken = |name: &String| name.is_empty() || name.contains(['=', '?', '#', ' ']);
    match groups.iter().flatten().any(broken) {
        true => Err(bad("with", value)),
        false => Ok(groups),
    }
}

/// `method=post|put`, or `method=~get|~head` for all but those.
pub(super) fn read_methods(value: &str) -> Result<Methods, Reason> {
    let (mut only, mut but) = (Methods::empty(), Methods::empty());
    for entry in value.split('|') {
        let (side, name) = match entry.strip_prefix('~') {
            Some(name) => (&mut but, name),
            None => (&mut only, entry),
        };
        *side |= Methods::from_name(&name.to_ascii_uppercase()).ok_or_else(|| bad("method", entry))?;
    }
    match only.is_empty() {
        true => Ok(Methods::all() - but),
        false if (only - but).is_empty() => Err(bad("method", value)),
        false => Ok(only - but),
    }
}
