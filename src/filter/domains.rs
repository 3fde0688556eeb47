use crate::address::host;
use crate::case::Case;
use crate::regex;
use crate::sort;

/// One entry of `$domain=`, `$to=` or `$denyallow=`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Domain {
    /// A host and its subdomains; lower case, ASCII.
    Host(String),
    /// `example.*`: the name under any public suffix, with its subdomains. Held without the `.*`.
    Entity(String),
    /// `/regex/`, tried on the host. Held without the slashes.
    Regex(String),
}

impl Domain {
    /// Reads one entry, or `None` when it is no host, entity or regex.
    pub(super) fn read(text: &str) -> Option<Domain> {
        if let Some(inner) = text.strip_prefix('/') {
            let source = inner.strip_suffix('/').filter(|source| !source.is_empty())?;
            // AdGuard writes `\|` and `\,` for the signs that part domains and options; no host has either.
            let source = source.replace("\\|", "|").replace("\\,", ",");
            regex::check(&source, Case::Ignored).ok()?;
            return Some(Domain::Regex(source));
        }
        if let Some(name) = text.strip_suffix(".*") {
            return host::to_ascii(name).map(Domain::Entity);
        }
        host::to_ascii(text).map(Domain::Host)
    }
}

/// A `$domain=`-like condition: any of `include` (all, when empty), none of `exclude`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Domains {
    /// Where the filter is in force; empty means everywhere.
    pub include: Vec<Domain>,
    /// `~example.com`: where it is not. The more specific of two matching hosts decides.
    pub exclude: Vec<Domain>,
}

impl Domains {
    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Reads `a.com|~b.a.com|c.*`. On failure gives the byte offset in `text` and the entry that is wrong.
    pub(super) fn read(text: &str) -> Result<Domains, (usize, &str)> {
        let mut domains = Domains::default();
        for (offset, entry) in split(text) {
            let (list, name) = match entry.strip_prefix('~') {
                Some(name) => (&mut domains.exclude, name),
                None => (&mut domains.include, entry),
            };
            list.push(Domain::read(name).ok_or((offset, entry))?);
        }
        sort::by(&mut domains.include, Ord::cmp);
        sort::by(&mut domains.exclude, Ord::cmp);
        domains.include.dedup();
        domains.exclude.dedup();
        Ok(domains)
    }
}

/// Splits at `|`, but not inside a `/regex/`.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = 0;
    std::iter::from_fn(move || {
        let rest = text.get(offset..)?;
        let body = rest.strip_prefix('~').unwrap_or(rest);
        let end = match body.strip_prefix('/').and_then(|regex| regex.find("/|")) {
            Some(slash) if body.starts_with('/') => rest.len() - body.len() + slash + 2,
            _ if body.starts_with('/') && body.len() > 1 && body.ends_with('/') => rest.len(),
            _ => rest.find('|').unwrap_or(rest.len()),
        };
        let item = (offset, &rest[..end]);
        offset += end + 1;
        Some(item)
    })
}
