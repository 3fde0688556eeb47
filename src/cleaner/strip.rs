//! Taking parameters out of a link.

use super::data::{ANYWHERE, Gram, IMPORTANT, Kind, Rule, Subject, Test};
use super::few::Few;
use super::ground::Ground;
use super::index::hash_name;
use super::link::percent_decode;
use super::segments::{Segment, entity};
use super::shape::Place;
use super::tables::{Tables, rules_of};
use super::{Removed, Rest};
use crate::address::host;
use crate::case::Case;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// The link without its tracked parameters, or `None` when it has none.
pub(super) fn strip<'t>(ground: &Ground<'_, 't>, removed: &mut Vec<Removed<'t>>) -> Option<Rest> {
    let url = ground.link.url;
    let query = ground.link.query.clone();
    let fragment = ground.link.fragment.clone().filter(|at| is_form(&url[at.clone()]));
    if query.is_none() && fragment.is_none() {
        return None;
    }
    let tests = Tests {
        strip: in_force(ground, Kind::Strip),
        keep: OnceCell::new(),
    };
    let mut cuts = Vec::new();
    for (part, at) in [(Part::Query, query), (Part::Fragment, fragment)] {
        if let Some(at) = at {
            cut(ground, &tests, part, at, &mut cuts, removed);
        }
    }
    if cuts.is_empty() {
        return None;
    }
    let mut text = String::with_capacity(url.len());
    let mut copied = 0;
    for cut in &cuts {
        text.push_str(&url[copied..cut.start]);
        copied = cut.end;
    }
    text.push_str(&url[copied..]);
    let is_settled = !ground.has_read_text() && are_seamless(ground, &cuts, &text);
    Some(Rest { text, is_settled })
}

/// Whether the cuts surely bring nothing together in `text`, which is left, that means more than the parameters on both
/// sides do: no rule is woken by it, no parameter begins elsewhere than it did, and the fragment is what it was.
fn are_seamless(ground: &Ground<'_, '_>, cuts: &[Range<usize>], text: &str) -> bool {
    let end = ground
        .link
        .fragment
        .as_ref()
        .map_or(usize::MAX, |fragment| fragment.start - 1);
    let mut gone = 0;
    cuts.iter().all(|cut| {
        let seam = cut.start - gone;
        gone += cut.len();
        let begins_anew = entity(&text.as_bytes()[seam..]) > 0;
        cut.end < end && !begins_anew && !ground.tables.grams.may_be_across(text.as_bytes(), seam)
    })
}

/// Rules in force for the link that are not found by a parameter's name.
struct Tests<'t> {
    strip: InForce<'t>,
    /// Exceptions, once there is something to except.
    keep: OnceCell<InForce<'t>>,
}

/// Most hosts have none, and hardly one has so many.
type InForce<'t> = Few<Option<&'t Rule>, 8>;

fn in_force<'t>(ground: &Ground<'_, 't>, kind: Kind) -> InForce<'t> {
    let mut rules = InForce::default();
    for rule in ground.candidates(kind).filter(|rule| ground.is_in_force(rule)) {
        rules.push(Some(rule));
    }
    rules
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

/// Adds where the link's part has tracked parameters. A second `?` begins another parameter: sloppy appending is
/// common.
fn cut<'t>(
    ground: &Ground<'_, 't>,
    tests: &Tests<'t>,
    part: Part,
    place: Range<usize>,
    cuts: &mut Vec<Range<usize>>,
    removed: &mut Vec<Removed<'t>>,
) {
    let (url, before) = (ground.link.url, cuts.len());
    let mut open: Option<usize> = None;
    let (mut kept, mut kept_text) = (false, false);
    for segment in ground.link.segments(place.clone(), part == Part::Query) {
        let param = Param::new(part, url, &segment);
        let Segment { separator, at, .. } = segment;
        if let Some(rule) = judge(ground, tests, &param) {
            removed.push(Removed::new(ground.tables, param.plain_name().into_owned(), rule));
            open = open.or(Some(separator));
            continue;
        }
        if let Some(start) = open.take() {
            // With the separator that stands before it, unless it has become the first.
            cuts.push(start..if kept { separator } else { at.start });
        }
        kept = true;
        kept_text |= !at.is_empty();
    }
    cuts.extend(open.map(|start| start..place.end));
    // Separators without anything between them are not worth a `?`; the mark itself stays before a text directive.
    if cuts.len() > before && !kept_text {
        let with_mark = !url[place.end..].starts_with(":~:");
        cuts.truncate(before);
        cuts.push(place.start - usize::from(with_mark)..place.end);
    }
}

/// One parameter of a link.
struct Param<'u> {
    part: Part,
    /// `name=value`, or only a name.
    raw: &'u str,
    name: &'u str,
    /// Whether the name has something to decode.
    is_encoded: bool,
    decoded: OnceCell<String>,
}

impl<'u> Param<'u> {
    fn new(part: Part, url: &'u str, segment: &Segment) -> Self {
        Param {
            part,
            raw: &url[segment.at.clone()],
            name: &url[segment.at.start..segment.name_end],
            is_encoded: segment.is_encoded,
            decoded: OnceCell::new(),
        }
    }

    /// Whether the name may stand for another: one in disguise, or one with brackets.
    fn is_odd(&self) -> bool {
        self.is_encoded || self.name.ends_with(']')
    }

    /// The name, percent-decoded.
    fn plain_name(&self) -> Cow<'u, str> {
        match self.is_encoded {
            true => Cow::Owned(String::from_utf8_lossy(&percent_decode(self.name.as_bytes())).into_owned()),
            false => Cow::Borrowed(self.name),
        }
    }

    /// All of it percent-decoded; `None` when its name has nothing to decode.
    fn decoded(&self) -> Option<&str> {
        let decode = || String::from_utf8_lossy(&percent_decode(self.raw.as_bytes())).into_owned();
        self.is_encoded.then(|| self.decoded.get_or_init(decode).as_str())
    }

    /// As it stands, and decoded where its name is in disguise.
    fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.raw).chain(self.decoded())
    }
}

/// The rule that takes the parameter out, or `None` when it stays.
fn judge<'t>(ground: &Ground<'_, 't>, tests: &Tests<'t>, param: &Param<'_>) -> Option<&'t Rule> {
    if param.raw.is_empty() {
        return None;
    }
    let raw_rules = named(ground.tables, param.name);
    // Nearly all parameters: no rule has to do with them.
    let unknown = raw_rules.is_empty() && tests.strip.as_slice().is_empty() && !param.is_odd();
    if unknown && headed(ground.tables, param).next().is_none() {
        return None;
    }
    judge_known(ground, tests, param, raw_rules)
}

/// [`judge`] for a parameter that rules may have to do with; `raw_rules` are those for its name as it stands.
fn judge_known<'t>(
    ground: &Ground<'_, 't>,
    tests: &Tests<'t>,
    param: &Param<'_>,
    raw_rules: &'t [Rule],
) -> Option<&'t Rule> {
    let plain = param.plain_name();
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
    let mut consider = |rule: &'t Rule, holds: &dyn Fn() -> bool| {
        let better = found.is_none_or(|found| rule.flags & IMPORTANT > found.flags & IMPORTANT);
        if better && holds() {
            found = Some(rule);
        }
    };
    for rule in by_name().filter(|rule| rule.kind == Kind::Strip) {
        consider(rule, &|| ground.is_in_force(rule));
    }
    for rule in tests.strip.as_slice().iter().flatten() {
        consider(rule, &|| is_meant(ground, rule, param));
    }
    for rule in headed(ground.tables, param) {
        consider(rule, &|| is_meant(ground, rule, param) && ground.is_in_force(rule));
    }

    let rule = found?;
    let outranks = |keep: &Rule| keep.flags & IMPORTANT >= rule.flags & IMPORTANT;
    let keeps = || tests.keep.get_or_init(|| in_force(ground, Kind::Keep));
    let kept = is_wanted(ground, &plain)
        || bracketed.is_some_and(|(base, _)| is_wanted(ground, base))
        || by_name().any(|keep| keep.kind == Kind::Keep && outranks(keep) && ground.is_in_force(keep))
        || keeps()
            .as_slice()
            .iter()
            .flatten()
            .any(|keep| outranks(keep) && test_of(ground.tables, keep).finds(ground.tables, param));
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
        match (self.place, self.case) {
            (Place::Start, Case::Exact) => text.starts_with(literal),
            (Place::Anywhere, Case::Exact) => text.contains(literal),
            (Place::Start, Case::Ignored) => begins_with_any_case(text.as_bytes(), literal.as_bytes()),
            (Place::Anywhere, Case::Ignored) => {
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
