//! Lists for other blockers. What a format cannot say is left out and counted, with the reason.

use crate::blocker::{Blocker, Decision};
use crate::filter::{Action, Anchor, Domain, Filter, Party, Pattern, Polarity, SkipStep, Types};
use crate::list::List;
use crate::request::Request;
use crate::standin;
use std::collections::{BTreeMap, BTreeSet};

/// Whose format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// uBlock Origin's.
    Ublock,
    /// AdGuard's.
    Adguard,
    /// A hosts file: `0.0.0.0 name`.
    Hosts,
    /// Names, one a line: Pi-hole and DNS filters, which block what is below a name too.
    Domains,
}

/// A list in another format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The list.
    pub text: String,
    /// How many filters it says.
    pub said: usize,
    /// How many it cannot say, by reason.
    pub left_out: BTreeMap<&'static str, usize>,
}

/// Writes `lists` in that format.
///
/// ```
/// use detick::export::{Format, export};
/// let (list, _) = detick::list::parse("mine.txt", b"||pixel.example^\n||shop.example/track\n");
/// let hosts = export(&[list], Format::Hosts);
/// assert_eq!(hosts.text, "0.0.0.0 pixel.example\n");
/// assert_eq!((hosts.said, hosts.left_out["it is about part of a host"]), (1, 1));
/// ```
pub fn export(lists: &[List], format: Format) -> Exported {
    match format {
        Format::Ublock | Format::Adguard => lines(lists, format),
        Format::Hosts | Format::Domains => hosts(lists, format),
    }
}

fn lines(lists: &[List], format: Format) -> Exported {
    let mut exported = Exported::default();
    for list in lists {
        exported.text += &format!("! {}\n", list.name);
        for filter in &list.filters {
            match line(list.line(filter.line), filter, format) {
                Ok(line) => {
                    exported.said += 1;
                    exported.text += &line;
                    exported.text.push('\n');
                }
                Err(why) => *exported.left_out.entry(why).or_default() += 1,
            }
        }
    }
    exported
}

/// The line as the other blocker reads it. Their syntaxes are ours but for what only one of them has.
fn line(text: &str, filter: &Filter, format: Format) -> Result<String, &'static str> {
    if let Action::Redirect(redirect) = &filter.action
        && standin::is_ours_alone(&redirect.resource)
    {
        // The block that the line implies holds everywhere.
        let block = text.replace(&format!("redirect={}", redirect.resource), "");
        return Ok(block.trim_end_matches(['$', ',']).replace(",,", ","));
    }
    if !filter.with.is_empty() {
        return Err("only Detick has $with=");
    }
    let is_own = |step: &SkipStep| matches!(step, SkipStep::Address | SkipStep::Json(_) | SkipStep::Origin);
    if matches!(&filter.action, Action::UrlSkip(steps) if steps.iter().any(is_own)) {
        return Err("only Detick has these steps of $urlskip=");
    }
    // Without the word the exception holds for the address itself.
    let text = &if filter.target {
        text.replace(",target", "")
    } else {
        text.to_owned()
    };
    if format == Format::Ublock {
        return Ok(text.clone());
    }
    match &filter.action {
        Action::UrlSkip(_) => return Err("AdGuard has no $urlskip="),
        Action::UriTransform(_) => return Err("AdGuard's extensions have no $urltransform="),
        _ => {}
    }
    let spelt = [
        ("from=", "domain="),
        ("strict1p", "strict-first-party"),
        ("strict3p", "strict-third-party"),
    ];
    let (pattern, options) = text.rsplit_once('$').unwrap_or((text, ""));
    let rename = |option: &str| {
        let renamed = spelt
            .iter()
            .find_map(|(ours, theirs)| Some(format!("{theirs}{}", option.strip_prefix(ours)?)));
        renamed.unwrap_or_else(|| option.to_owned())
    };
    match options.contains('/') || options.is_empty() {
        true => Ok(text.clone()),
        false => Ok(format!(
            "{pattern}${}",
            options.split(',').map(rename).collect::<Vec<_>>().join(",")
        )),
    }
}

fn hosts(lists: &[List], format: Format) -> Exported {
    let blocker = Blocker::new(lists);
    let mut exported = Exported::default();
    let mut names = BTreeSet::new();
    for filter in lists.iter().flat_map(|list| &list.filters) {
        match whole_hosts(filter) {
            Ok(hosts) => {
                exported.said += 1;
                names.extend(hosts);
            }
            Err(why) => *exported.left_out.entry(why).or_default() += 1,
        }
    }
    let needed: Vec<String> = names
        .iter()
        .filter(|name| !is_stopped(&blocker, name))
        .cloned()
        .collect();
    for name in &needed {
        names.remove(name);
    }
    if !needed.is_empty() {
        exported
            .left_out
            .insert("hosts of which exceptions need a part", needed.len());
    }
    for name in &names {
        let start = if format == Format::Hosts { "0.0.0.0 " } else { "" };
        exported.text += &format!("{start}{name}\n");
    }
    exported
}

/// The hosts that a filter stops altogether. One that knows them by how they begin says only those that are nothing else.
fn whole_hosts(filter: &Filter) -> Result<Vec<String>, &'static str> {
    if filter.polarity == Polarity::Except {
        return Err("it is an exception");
    }
    if filter.action != Action::Block {
        return Err("it does something else than block");
    }
    let conditional = !filter.types.contains(Types::default_for(&Action::Block))
        || filter.party != Party::Any
        || !filter.from.is_empty()
        || !filter.to.exclude.is_empty()
        || !filter.denyallow.is_empty()
        || !filter.methods.is_empty()
        || filter.header.is_some();
    if conditional {
        return Err("it holds under a condition");
    }
    let Pattern::Glob(glob) = &filter.pattern else {
        return Err("its pattern is no name of a host");
    };
    if let Some(host) = glob.host() {
        return Ok(vec![host.to_owned()]);
    }
    let label = glob.text.trim_end_matches('.');
    let is_label = label.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let to = filter.to.include.iter().filter_map(|domain| match domain {
        Domain::Host(host) => Some(format!("{label}.{host}")),
        _ => None,
    });
    let hosts: Vec<String> = to.collect();
    match glob.anchor == Anchor::Host && is_label && !hosts.is_empty() {
        true => Ok(hosts),
        false => Err("it is about part of a host"),
    }
}

/// Whether everything there is stopped, also on the company's own pages.
fn is_stopped(blocker: &Blocker, host: &str) -> bool {
    let pages = ["https://shop.example/", "https://www.tiktok.com/"];
    let kinds = ["script", "xmlhttprequest", "image", "ping"];
    pages.iter().all(|page| {
        kinds.iter().all(|kind| {
            let request = Request::new(&format!("https://{host}/"), page, kind, "GET");
            let verdict = blocker.check(&request);
            verdict.is_some_and(|verdict| verdict.decision != Decision::Allow)
        })
    })
}
