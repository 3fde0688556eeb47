//! Taking parameters out of a link.

use super::Removed;
use super::ground::Ground;
use super::index::hash_name;
use super::link::{Segment, percent_decode, segments};
use super::shape::Place;
use super::tables::{ANYWHERE, Gram, IMPORTANT, Kind, Rule, Subject, Tables, Test, rules_of};
use crate::host;
use std::borrow::Cow;
use std::cell::OnceCell;

/// The link without its tracked parameters, or `None` when it has none.
pub(super) fn strip<'t>(ground: &Ground<'_, 't>, removed: &mut Vec<Removed<'t>>) -> Option<String> {
    let url = ground.link.url;
    let query = ground.link.query.clone();
    let fragment = ground.link.fragment.clone().filter(|at| is_form(&url[at.clone()]));
    let query = query.and_then(|at| Some((clean_part(ground, Part::Query, &url[at.clone()], removed)?, at)));
    let fragment = fragment.and_then(|at| Some((clean_part(ground, Part::Fragment, &url[at.clone()], removed)?, at)));
    if query.is_none() && fragment.is_none() {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    let mut copied = 0;
    for (text, at) in [query, fragment].into_iter().flatten() {
        // A part that is left empty loses its `?` or `#` too, unless a text directive follows.
        let with_mark = text.is_empty() && !url[at.end..].starts_with(":~:");
        out.push_str(&url[copied..at.start - usize::from(with_mark)]);
        out.push_str(&text);
        copied = at.end;
    }
    out.push_str(&url[copied..]);
    Some(out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Query,
    Fragment,
}

/// Whether a fragment is of the form `name=value&…`: a site's own anchor or route is none of our business.
fn is_form(fragment: &str) -> bool {
    let name = fragment.split(['=', '&']).next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.~%[]$".contains(&byte);
    fragment[name.len()..].starts_with('=') && !name.is_empty() && name.bytes().all(plain)
}

/// The part without its tracked parameters, or `None` when it has none. A second `?` begins another parameter: sloppy
/// appending is common.
fn clean_part<'t>(ground: &Ground<'_, 't>, part: Part, text: &str, removed: &mut Vec<Removed<'t>>) -> Option<String> {
    let mut out: Option<String> = None;
    let (mut kept, mut kept_text) = (0, false);
    for Segment { separator, at } in segments(text, part == Part::Query) {
        let param = Param::new(part, &text[at.clone()]);
        if let Some(rule) = judge(ground, &param) {
            removed.push(Removed::new(ground.tables, param.plain_name().into_owned(), rule));
            out.get_or_insert_with(|| text[..separator].to_owned());
            continue;
        }
        if let Some(out) = &mut out {
            // With the separator that stands before it, unless it has become the first.
            let from = if kept == 0 { at.start } else { separator };
            out.push_str(&text[from..at.end]);
        }
        kept += 1;
        kept_text |= !at.is_empty();
    }
    // Separators without anything between them are not worth a `?`.
    out.map(|out| if kept_text { out } else { String::new() })
}

/// One parameter of a link.
struct Param<'u> {
    part: Part,
    /// `name=value`, or only a name.
    raw: &'u str,
    name: &'u str,
    decoded: OnceCell<Option<String>>,
}

impl<'u> Param<'u> {
    fn new(part: Part, raw: &'u str) -> Self {
        let end = raw.bytes().position(|byte| byte == b'=').unwrap_or(raw.len());
        Param {
            part,
            raw,
            name: &raw[..end],
            decoded: OnceCell::new(),
        }
    }

    /// The name, percent-decoded.
    fn plain_name(&self) -> Cow<'u, str> {
        match self.name.contains('%') {
            true => Cow::Owned(String::from_utf8_lossy(&percent_decode(self.name.as_bytes())).into_owned()),
            false => Cow::Borrowed(self.name),
        }
    }

    /// All of it percent-decoded; `None` when its name has nothing to decode.
    fn decoded(&self) -> Option<&str> {
        let decode = || String::from_utf8_lossy(&percent_decode(self.raw.as_bytes())).into_owned();
        self.decoded
            .get_or_init(|| self.name.contains('%').then(decode))
            .as_deref()
    }

    /// As it stands, and decoded where its name is in disguise.
    fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.raw).chain(self.decoded())
    }
}

/// The rule that takes the parameter out, or `None` when it stays.
fn judge<'t>(ground: &Ground<'_, 't>, param: &Param<'_>) -> Option<&'t Rule> {
    if param.raw.is_empty() {
        return None;
    }
    let plain = param.plain_name();
    let raw_rules = named(ground.tables, param.name);
    let plain_rules = match plain {
        Cow::Owned(ref plain) => named(ground.tables, plain),
        Cow::Borrowed(_) => &[],
    };
    // `utm_source[]` is `utm_source`, many times; where a name is only meant for some sites, it may be another.
    let bracketed = plain.strip_suffix(']').and_then(|name| name.split_once('['));
    let base_rules = bracketed.map_or(&[][..], |(base, _)| named(ground.tables, base));
    let by_name = || {
        let own = [raw_rules, plain_rules].into_iter().filter(|rules| !rules.is_empty());
        let of_base = Some(base_rules).into_iter().filter(|rules| !rules.is_empty());
        let meant = |rule: &&Rule| rule.scope == ANYWHERE || rule.kind == Kind::Keep;
        own.flat_map(|rules| in_scope(ground, rules))
            .chain(of_base.flat_map(move |rules| in_scope(ground, rules).filter(meant)))
    };
    let mut found: Option<&Rule> = None;
    let mut consider = |rule: &'t Rule| {
        let better = found.is_none_or(|found| rule.flags & IMPORTANT > found.flags & IMPORTANT);
        if better && ground.is_in_force(rule) {
            found = Some(rule);
        }
    };
    by_name()
        .filter(|rule| rule.kind == Kind::Strip)
        .for_each(&mut consider);
    let tested = ground.candidates(Kind::Strip).chain(headed(ground.tables, param));
    tested
        .filter(|rule| is_meant(ground, rule, param))
        .for_each(&mut consider);

    let rule = found?;
    let outranks = |keep: &Rule| keep.flags & IMPORTANT >= rule.flags & IMPORTANT && ground.is_in_force(keep);
    let kept = is_wanted(ground, &plain)
        || bracketed.is_some_and(|(base, _)| is_wanted(ground, base))
        || by_name().any(|keep| keep.kind == Kind::Keep && outranks(keep))
        || ground
            .candidates(Kind::Keep)
            .any(|keep| test_of(ground.tables, keep).finds(ground.tables, param) && outranks(keep));
    (!kept).then_some(rule)
}

/// Whether the person wants to keep it.
fn is_wanted(ground: &Ground<'_, '_>, name: &str) -> bool {
    ground
        .options
        .keep
        .iter()
        .any(|keep| keep.name == name && host::is_within(&ground.link.host, &keep.host))
}

/// All rules for a name, sorted by scope.
fn named<'t>(tables: &'t Tables, name: &str) -> &'t [Rule] {
    let data = &tables.data;
    let found = data.name_index.find(hash_name(name.as_bytes()), |id| {
        tables.text(data.names[id as usize].text) == name
    });
    found.map_or(&[], |id| tables.run(&data.named, data.names[id as usize].rules))
}

fn in_scope<'t>(ground: &Ground<'_, 't>, rules: &'t [Rule]) -> impl Iterator<Item = &'t Rule> {
    let scopes = ground.scopes.ids().iter().chain([&ANYWHERE]);
    scopes.flat_map(move |&scope| rules_of(rules, scope))
}

/// Rules for every host whose regex wants the parameter to begin as this one does.
fn headed<'a>(tables: &'a Tables, param: &Param<'_>) -> impl Iterator<Item = &'a Rule> + use<'a> {
    let raw = head(param.raw);
    let decoded = param.decoded().and_then(head);
    [raw, decoded].into_iter().flatten().flat_map(move |head| {
        let heads = &tables.data.heads;
        let start = heads.partition_point(|entry| entry.bytes < head);
        let entries = heads[start..].iter().take_while(move |entry| entry.bytes == head);
        entries.map(|entry: &Gram| &tables.data.scoped[entry.rule as usize])
    })
}

/// The first two bytes of a text.
pub(super) fn head(text: &str) -> Option<u32> {
    let (bytes, _) = text.as_bytes().split_first_chunk::<2>()?;
    Some(u32::from(u16::from_le_bytes(*bytes)))
}

fn test_of<'t>(tables: &'t Tables, rule: &Rule) -> &'t Test {
    &tables.data.tests[rule.what as usize]
}

/// Whether a rule's test finds the parameter. What takes out "everything" or "all but …" means the query:
/// a fragment stays in the browser, and is the page's own.
fn is_meant(ground: &Ground<'_, '_>, rule: &Rule, param: &Param<'_>) -> bool {
    let test = test_of(ground.tables, rule);
    let sweeping = test.negated != 0 || test.subject == Subject::All;
    let out_of_reach = param.part == Part::Fragment || ground.is_winding();
    !(sweeping && out_of_reach) && test.finds(ground.tables, param)
}

impl Test {
    fn finds(&self, tables: &Tables, param: &Param<'_>) -> bool {
        let found = match self.subject {
            Subject::All => true,
            Subject::Name => {
                let name = tables.text(self.name);
                param.name == name || param.plain_name() == name
            }
            Subject::Regex => param.forms().any(|text| self.matches(tables, text)),
        };
        found != (self.negated != 0)
    }

    fn matches(&self, tables: &Tables, text: &str) -> bool {
        let literals = tables.run(&tables.data.literals, self.literals);
        let possible = literals.is_empty() || literals.iter().any(|&literal| self.has(text, tables.text(literal)));
        possible && (self.complete != 0 || tables.regex(self.regex).is_match(text))
    }

    fn has(&self, text: &str, literal: &str) -> bool {
        match (self.place, self.ignore_case != 0) {
            (Place::Start, false) => text.starts_with(literal),
            (Place::Anywhere, false) => text.contains(literal),
            (Place::Start, true) => begins_with_any_case(text.as_bytes(), literal.as_bytes()),
            (Place::Anywhere, true) => {
                let mut windows = text.as_bytes().windows(literal.len().max(1));
                windows.any(|window| window.eq_ignore_ascii_case(literal.as_bytes()))
            }
        }
    }
}

fn begins_with_any_case(text: &[u8], start: &[u8]) -> bool {
    text.get(..start.len())
        .is_some_and(|text| text.eq_ignore_ascii_case(start))
}
