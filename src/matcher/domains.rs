//! Sets of domains in the flat image: `domain=`, `to=` and `denyallow=`.
//!
//! | word | what |
//! |---|---|
//! | 0 | number of names |
//! | 1 | number of regexes |
//! | 2 | [`HAS_INCLUDES`], [`HAS_ENTITIES`] |
//! | 3 … | three words a name, by ascending hash: hash, text offset, length and flags |
//! | … | two words a regex: index, flags |
//!
//! Whether a host is in it is decided by the longest name that the host is within: included or excluded; an exclusion
//! wins a draw, and a regex counts as long as the host. A host that no name is about is in if nothing is included.

use crate::address::psl;
use crate::address::suffix::{self, Host};
use crate::filter::{Case, Domain, Domains};
use crate::sort;

use super::data::View;
use super::writer::Writer;

const HAS_INCLUDES: u32 = 1;
const HAS_ENTITIES: u32 = 2;

const EXCLUDE: u32 = 1 << 31;
const ENTITY: u32 = 1 << 30;
const LENGTH: u32 = 0xffff;

const NAME_WORDS: usize = 3;
const REGEX_WORDS: usize = 2;
const HEADER: usize = 3;

/// Whether the set at word `at` has `host`.
pub fn contains(data: View<'_>, at: u32, host: Host<'_>) -> bool {
    let at = at as usize;
    let Some([count, regexes, flags]) = data.words(at) else {
        return false;
    };
    let (count, regexes) = (count as usize, regexes as usize);
    let names = data
        .slice(at + HEADER, count.saturating_mul(NAME_WORDS))
        .unwrap_or_default();
    let regexes = data
        .slice(at + HEADER + names.len(), regexes.saturating_mul(REGEX_WORDS))
        .unwrap_or_default();
    let set = Set {
        data,
        names: names.as_chunks().0,
        regexes: regexes.as_chunks().0,
        has_entities: flags & HAS_ENTITIES != 0,
    };
    set.decide(host).unwrap_or(flags & HAS_INCLUDES == 0)
}

struct Set<'a> {
    data: View<'a>,
    names: &'a [[[u8; 4]; NAME_WORDS]],
    regexes: &'a [[[u8; 4]; REGEX_WORDS]],
    has_entities: bool,
}

impl Set<'_> {
    /// Included, excluded, or not spoken of.
    fn decide(&self, host: Host<'_>) -> Option<bool> {
        let suffix_start = match self.has_entities {
            true => host
                .public_suffix
                .unwrap_or_else(|| host.name.len() - psl::suffix(host.name).len()),
            false => 0,
        };
        let regexes = self.regexes.iter().map(|regex| regex.map(u32::from_le_bytes));
        let by_regex = regexes.filter(|&[index, _]| {
            let regex = self.data.regex(index);
            !host.name.is_empty() && regex.is_some_and(|regex| regex.is_match(host.name))
        });
        let mut flags = by_regex.map(|[_, flags]| flags).reduce(|all, flags| all | flags);
        for suffix in host.suffixes.iter().rev() {
            let start = suffix.start as usize;
            let by_name = self.find(suffix.key(), &host.name[start..], 0);
            let by_entity = match suffix_start.checked_sub(1) {
                Some(end) if start < end => {
                    let name = &host.name[start..end];
                    self.find(suffix::key_of(name), name, ENTITY)
                }
                _ => None,
            };
            flags = [flags, by_name, by_entity]
                .into_iter()
                .flatten()
                .reduce(|all, flags| all | flags);
            if flags.is_some() {
                break;
            }
        }
        flags.map(|flags| flags & EXCLUDE == 0)
    }

    /// The flags of a name, of all entries of that name together.
    fn find(&self, hash: u32, name: &str, kind: u32) -> Option<u32> {
        let first = self
            .names
            .partition_point(|&[other, ..]| u32::from_le_bytes(other) < hash);
        let names = self.names[first..].iter().map(|name| name.map(u32::from_le_bytes));
        names
            .take_while(|&[other, ..]| other == hash)
            .filter(|&[_, offset, flags]| {
                flags & ENTITY == kind && self.data.bytes(offset, flags & LENGTH) == name.as_bytes()
            })
            .map(|[_, _, flags]| flags)
            .reduce(|all, flags| all | flags)
    }
}

/// Writes a set and gives its offset; 0 for one without a condition.
pub fn write(writer: &mut Writer, domains: &Domains) -> u32 {
    if domains.is_empty() {
        return 0;
    }
    let includes = domains.include.iter().map(|domain| (domain, 0));
    let all = includes.chain(domains.exclude.iter().map(|domain| (domain, EXCLUDE)));
    let (mut names, mut regexes) = (Vec::new(), Vec::new());
    for (domain, exclude) in all {
        match domain {
            Domain::Host(name) => names.push(name_words(writer, name, exclude)),
            Domain::Entity(name) => names.push(name_words(writer, name, exclude | ENTITY)),
            Domain::Regex(source) => regexes.push([writer.regex(source, Case::Ignored), exclude]),
        }
    }
    sort::by(&mut names, Ord::cmp);
    let has_includes = if domains.include.is_empty() { 0 } else { HAS_INCLUDES };
    let entities = names.iter().any(|[_, _, flags]| flags & ENTITY != 0);
    let has_entities = if entities { HAS_ENTITIES } else { 0 };
    let at = writer.offset();
    writer.extend(&[names.len() as u32, regexes.len() as u32, has_includes | has_entities]);
    writer.extend(names.as_flattened());
    writer.extend(regexes.as_flattened());
    at
}

fn name_words(writer: &mut Writer, name: &str, flags: u32) -> [u32; NAME_WORDS] {
    // A host has 253 bytes at most: the length has room.
    [suffix::key_of(name), writer.text(name), name.len() as u32 | flags]
}
