//! Lists in, rulesets and a report out.

use super::merge::{Draft, Set, merge};
use super::params::Layer;
use super::report::{ListReport, Refusal, Report};
use super::{Condition, Rule, Unsupported, block, headers, params, priority, redirect, unwrap};
use crate::filter::{Action, Filter, Pattern, Polarity, Types};
use crate::host::is_within;
use crate::list::List;
use std::collections::{BTreeMap, HashMap};

/// Which browser the rules are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Browser {
    /// Only what both take: for rules that ship with the extension.
    #[default]
    Both,
    /// Chromium and its kin.
    Chromium,
    /// Firefox.
    Firefox,
}

/// How lists are compiled.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The browser that will read the rules.
    pub browser: Browser,
    /// The name of the list that holds the user's own lines: they rank above all others.
    pub own: Option<String>,
    /// Where rules about parameters stand.
    pub layer: Layer,
    /// The file in `extension/surrogates/` for the name of a stand-in.
    pub stand_in: fn(&str) -> Option<&'static str>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            browser: Browser::Both,
            own: None,
            layer: Layer::Above,
            stand_in: crate::standin::file,
        }
    }
}

/// What lists come to.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The rules.
    pub rulesets: Rulesets,
    /// What became of every line.
    pub report: Report,
}

/// Rules by what they need to be in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rulesets {
    /// Blocks and exceptions: work without access to any host.
    pub block: Vec<Rule>,
    /// Stand-ins. Without access to a host the browser skips the redirect *and* the block that it outranks: to be
    /// enabled only with access to all hosts.
    pub surrogates: Vec<Rule>,
    /// Parameters taken out of links.
    pub links: Vec<Rule>,
    /// Headers and policies.
    pub headers: Vec<Rule>,
    /// Redirectors: no rules but their conditions, see [`priority::UNWRAP`].
    pub unwrap: Vec<Condition>,
}

impl Rulesets {
    /// The sets of rules by name. Their ids differ throughout, so that they can be in force as one set.
    pub fn all(&self) -> [(&'static str, &[Rule]); 4] {
        [
            ("block", &self.block),
            ("surrogates", &self.surrogates),
            ("links", &self.links),
            ("headers", &self.headers),
        ]
    }
}

/// Makes rules from lists.
///
/// The same lists give the same bytes, in every build and every run.
///
/// ```
/// use detick::dnr::{self, Settings};
/// let (list, _) = detick::list::parse("mine.txt", b"||pixel.example^\n||ads.example^$popup\n");
/// let compiled = dnr::compile(&[list], &Settings::default());
/// assert_eq!(compiled.rulesets.block[0].condition.request_domains.first().unwrap(), "pixel.example");
/// assert_eq!(compiled.report.refused[0].why, dnr::Unsupported::Popup);
/// ```
pub fn compile(lists: &[List], settings: &Settings) -> Compiled {
    let mut run = Run::new(lists, settings);
    let filters = run.in_force();
    for part in [Rank::Lists, Rank::Own] {
        let of_rank: Vec<Origin> = filters
            .iter()
            .filter(|origin| run.rank(origin) == part)
            .copied()
            .collect();
        run.compile(&of_rank, part);
    }
    run.finish()
}

/// A filter and where it comes from.
#[derive(Clone, Copy)]
struct Origin<'a> {
    list: &'a List,
    filter: &'a Filter,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    Lists,
    Own,
}

struct Run<'a> {
    lists: &'a [List],
    settings: &'a Settings,
    drafts: Vec<Draft>,
    unwrap: Vec<Condition>,
    report: Report,
}

impl<'a> Run<'a> {
    fn new(lists: &'a [List], settings: &'a Settings) -> Self {
        let report = Report {
            lists: lists.iter().map(ListReport::of).collect(),
            ..Report::default()
        };
        Run {
            lists,
            settings,
            drafts: Vec::new(),
            unwrap: Vec::new(),
            report,
        }
    }

    /// All filters but `$badfilter` lines and what these take out of force.
    fn in_force(&mut self) -> Vec<Origin<'a>> {
        let all = || {
            self.lists
                .iter()
                .flat_map(|list| list.filters.iter().map(move |filter| Origin { list, filter }))
        };
        let mut cancelling: HashMap<&Pattern, Vec<&Filter>> = HashMap::new();
        for Origin { filter, .. } in all().filter(|origin| origin.filter.badfilter) {
            cancelling.entry(&filter.pattern).or_default().push(filter);
        }
        let is_cancelled = |filter: &Filter| {
            let same = cancelling.get(&filter.pattern);
            same.is_some_and(|same| same.iter().any(|bad| filter.is_cancelled_by(bad)))
        };
        let (cancelled, kept): (Vec<_>, Vec<_>) = all()
            .filter(|origin| !origin.filter.badfilter)
            .partition(|origin| is_cancelled(origin.filter));
        self.report.cancelled = cancelled.len();
        kept
    }

    fn rank(&self, origin: &Origin) -> Rank {
        match self.settings.own.as_ref() == Some(&origin.list.name) {
            true => Rank::Own,
            false => Rank::Lists,
        }
    }

    /// Families that need to see all their lines at once come last.
    fn compile(&mut self, origins: &[Origin<'a>], rank: Rank) {
        let before = self.drafts.len();
        let blocked = BlockedHosts::of(origins);
        let exceptions: Vec<&Filter> = origins
            .iter()
            .map(|origin| origin.filter)
            .filter(|filter| filter.polarity == Polarity::Except && is_about_headers(filter))
            .collect();
        for origin in origins {
            let drafts = self.alone(origin, &blocked, &exceptions);
            self.take(origin, drafts);
        }
        self.links(origins);
        if rank == Rank::Own {
            self.drafts[before..]
                .iter_mut()
                .for_each(|draft| draft.priority += priority::OWN);
        }
    }

    /// The rules of a line that can be converted without the others; none for lines about links.
    fn alone(
        &mut self,
        origin: &Origin<'a>,
        blocked: &BlockedHosts,
        exceptions: &[&Filter],
    ) -> Result<Vec<Draft>, Unsupported> {
        let Origin { filter, .. } = origin;
        match &filter.action {
            Action::Block => block::rules(filter, self.settings),
            Action::Redirect(redirect) => {
                let covers = |filter: &Filter| blocked.cover(filter);
                let rules = redirect::rules(filter, redirect, covers, self.settings)?;
                // A missing stand-in does not unsay the block.
                match (rules.block, rules.answer) {
                    (block, Ok(answer)) => Ok(block.into_iter().chain([answer]).collect()),
                    (Some(block), Err(why)) => {
                        self.drafts.push(block);
                        Err(why)
                    }
                    (None, Err(why)) => Err(why),
                }
            }
            Action::Csp(_) | Action::Permissions(_) | Action::RemoveHeader(_) => {
                headers::rule(filter, exceptions, self.settings).map(|draft| draft.into_iter().collect())
            }
            Action::UriTransform(_) => Err(Unsupported::Transform),
            Action::RemoveParam(_) | Action::UrlSkip(_) => Ok(Vec::new()),
        }
    }

    fn take(&mut self, origin: &Origin<'a>, drafts: Result<Vec<Draft>, Unsupported>) {
        match drafts {
            Ok(drafts) => {
                self.report.converted += 1;
                self.drafts.extend(drafts);
            }
            Err(why) => self.refuse(origin, why),
        }
    }

    fn refuse(&mut self, Origin { list, filter }: &Origin<'a>, why: Unsupported) {
        self.report.refused.push(Refusal {
            list: list.name.clone(),
            line: filter.line,
            text: list.line(filter.line).to_owned(),
            why,
        });
    }

    fn links(&mut self, origins: &[Origin<'a>]) {
        let of_kind = |wanted: fn(&Action) -> bool| -> Vec<&'a Filter> {
            origins
                .iter()
                .map(|origin| origin.filter)
                .filter(|filter| wanted(&filter.action))
                .collect()
        };
        let removing = of_kind(|action| matches!(action, Action::RemoveParam(_)));
        let skipping = of_kind(|action| matches!(action, Action::UrlSkip(_)));
        let (drafts, refused) = params::rules(&removing, self.settings);
        let (conditions, also_refused) = unwrap::conditions(&skipping, self.settings);
        self.drafts.extend(drafts);
        self.unwrap.extend(conditions);
        for (filter, why) in refused.into_iter().chain(also_refused) {
            self.report.converted -= 1;
            if let Some(origin) = origins.iter().find(|origin| std::ptr::eq(origin.filter, filter)) {
                self.refuse(origin, why);
            }
        }
    }

    fn finish(mut self) -> Compiled {
        let mut sets = merge(self.drafts);
        let mut take = |set| sets.remove(&set).unwrap_or_default();
        let rulesets = Rulesets {
            block: take(Set::Block),
            surrogates: take(Set::Surrogates),
            links: take(Set::Links),
            headers: take(Set::Headers),
            unwrap: self.unwrap,
        };
        self.report.count_rules(&rulesets);
        Compiled {
            rulesets,
            report: self.report,
        }
    }
}

fn is_about_headers(filter: &Filter) -> bool {
    matches!(
        filter.action,
        Action::Csp(_) | Action::Permissions(_) | Action::RemoveHeader(_)
    )
}

/// Hosts that lines without any condition block, and for which kinds of request.
struct BlockedHosts<'a>(BTreeMap<&'a str, Types>);

impl<'a> BlockedHosts<'a> {
    fn of(origins: &[Origin<'a>]) -> Self {
        let mut hosts = BTreeMap::new();
        for filter in origins.iter().map(|origin| origin.filter) {
            let plain = filter.action == Action::Block
                && filter.polarity == Polarity::Apply
                && super::condition::is_unconditional(filter);
            if let Pattern::Glob(glob) = &filter.pattern
                && let Some(host) = glob.host().filter(|_| plain)
            {
                *hosts.entry(host).or_insert(Types::empty()) |= filter.types;
            }
        }
        BlockedHosts(hosts)
    }

    /// Whether all that `filter` matches is blocked.
    fn cover(&self, filter: &Filter) -> bool {
        let Pattern::Glob(glob) = &filter.pattern else {
            return false;
        };
        let Some(host) = glob.host_part() else {
            return false;
        };
        self.0
            .iter()
            .any(|(blocked, types)| is_within(host, blocked) && types.contains(filter.types))
    }
}
