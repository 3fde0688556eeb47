//! declarativeNetRequest: the browser's own blocking rules, spelled as browsers spell them, and the compiler that
//! makes them from filters.
//!
//! Rules hold while the background sleeps or is dead. What they cannot say is refused by name ([`Unsupported`]):
//! the engine still decides it where the browser lets it.

mod block;
mod budget;
mod condition;
mod entity;
mod headers;
mod merge;
mod numbered;
mod params;
mod pattern;
mod plain;
mod re2;
mod redirect;
mod report;
mod rulesets;
mod run;
mod settings;
mod types;
mod unsupported;
mod unwrap;

pub use budget::Budget;
pub use merge::{IDS, OWN_IDS};
pub use report::{ListReport, Refusal, Report};
pub use rulesets::Rulesets;
pub use run::compile;
pub use settings::{Browser, Compiled, Layer, Settings};
pub use types::ResourceType;
pub use unsupported::Unsupported;

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who wins where several rules match: the higher number; between equals the browser prefers allow, then block.
///
/// Adblock precedence: block, exception, important block, important exception. Link rules stay below `BLOCK`, so that
/// the `allow` of a link exception never lets a blocked request through. Header rules stand above every exception,
/// because an `allow` above them would switch them off.
pub mod priority {
    /// Takes parameters out of a link; of these, one rule matches any page.
    pub const LINK: u32 = 1;
    /// Takes parameters out of a link that has them.
    pub const LINK_TRIGGERED: u32 = 2;
    /// Added to these two in copies for sites where the user keeps a parameter; the extension makes them at run time,
    /// and an `allow` that hides the originals there, beside [`LINK_TRIGGERED`].
    pub const LINK_COPY: u32 = 2;
    /// Leaves a link alone: an `allow`, below every `block`, and before the copies, so that no exception need be
    /// copied.
    pub const LINK_EXCEPTION: u32 = 4;
    /// Takes parameters out in spite of exceptions.
    pub const LINK_IMPORTANT: u32 = 5;
    /// Leaves all links of a site alone; made at run time too.
    pub const LINKS_OFF: u32 = 6;
    /// `LINK` and `LINK_TRIGGERED` of the user's own lines, in spite of lists' exceptions.
    pub const OWN_LINK: u32 = 5;
    /// `LINK_EXCEPTION` of the user's own lines.
    pub const OWN_LINK_EXCEPTION: u32 = 6;
    /// `LINK_IMPORTANT` of the user's own lines.
    pub const OWN_LINK_IMPORTANT: u32 = 7;
    /// Leaves links alone that rules would spell anew: above all that takes parameters out.
    pub const LINK_SHIELD: u32 = 8;
    /// Sends a redirector's address to the page that decodes it; the extension makes these rules at run time.
    pub const UNWRAP: u32 = 9;
    /// Stops a request.
    pub const BLOCK: u32 = 10;
    /// Answers a blocked request with a surrogate.
    pub const REDIRECT: u32 = 11;
    /// `@@`
    pub const ALLOW: u32 = 30;
    /// `$important`
    pub const IMPORTANT_BLOCK: u32 = 40;
    /// `$important` with a surrogate.
    pub const IMPORTANT_REDIRECT: u32 = 41;
    /// `@@` with `$important`.
    pub const IMPORTANT_ALLOW: u32 = 50;
    /// Changes a header.
    pub const HEADERS: u32 = 60;
    /// Added to all from `BLOCK` on for the user's own lines.
    pub const OWN: u32 = 1_000;
    /// A paused site; the extension makes these rules at run time.
    pub const PAUSE: u32 = 1_000_000;
}

/// What browsers take, in rules; the smaller number where Chromium and Firefox differ and both must agree.
pub mod limits {
    /// Static rules that are guaranteed to be in force: both browsers.
    pub const STATIC: usize = 30_000;
    /// Dynamic rules in Chromium.
    pub const DYNAMIC_CHROMIUM: usize = 30_000;
    /// Of which may redirect or change headers: the rest can only block and allow.
    pub const DYNAMIC_UNSAFE_CHROMIUM: usize = 5_000;
    /// Dynamic rules in Firefox, of any kind.
    pub const DYNAMIC_FIREFOX: usize = 5_000;
    /// Rules with a `regexFilter`: both browsers, each of static and dynamic rules.
    pub const REGEX: usize = 1_000;
}

/// One rule, as `updateDynamicRules` and static ruleset files take it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Unique in its ruleset, from 1; see [`IDS`] and [`OWN_IDS`].
    pub id: u32,
    /// From 1; see [`priority`].
    pub priority: u32,
    /// What happens to a request that meets the condition.
    pub action: RuleAction,
    /// Which requests.
    pub condition: Condition,
}

/// Rules or conditions as the text of a file, one a line, so that a difference between two files shows single rules.
///
/// ```
/// use detick::dnr::{self, Settings};
/// let (list, _) = detick::list::parse("mine.txt", b"||pixel.example^");
/// let rules = dnr::compile(&[list], &Settings::default()).rulesets.block;
/// let file = dnr::to_json(&rules);
/// assert_eq!(file.lines().count(), 3);
/// assert!(file.contains(r#""action":{"type":"block"},"condition":{"requestDomains":["pixel.example"]}"#));
/// ```
pub fn to_json<T: Serialize>(entries: &[T]) -> String {
    // Rules and conditions hold nothing that JSON cannot.
    let lines: Vec<String> = entries
        .iter()
        .filter_map(|entry| serde_json::to_string(entry).ok())
        .collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum RuleAction {
    /// Fails the request. Needs no access to the host.
    Block,
    /// Lets the request through, whatever rules of lower priority say.
    Allow,
    /// Lets a page and everything it loads through; for `main_frame` and `sub_frame` only.
    AllowAllRequests,
    /// Sends the request elsewhere. Needs access to the host *and* to the page that makes the request.
    Redirect {
        /// Where to.
        redirect: RedirectTo,
    },
    /// Changes headers. Needs access as a redirect does.
    ModifyHeaders {
        /// Of the request, before it leaves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        request_headers: Vec<HeaderChange>,
        /// Of the answer, before the page sees it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        response_headers: Vec<HeaderChange>,
    },
}

/// Where a redirected request goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase")]
pub enum RedirectTo {
    /// A file of the extension, with a leading slash; it must be web accessible.
    ExtensionPath(String),
    /// An address that holds the answer (`data:`); Chromium only.
    Url(String),
    /// The request's address with parts changed. No request goes anywhere if that changes nothing.
    Transform(Transform),
    /// An address in which `\0` … `\9` stand for what `regexFilter` found.
    RegexSubstitution(String),
}

/// Changes to parts of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Transform {
    /// The whole new query with its `?`, or empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Single parameters; not together with `query`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query_transform: Option<QueryTransform>,
}

/// Changes to query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QueryTransform {
    /// Names to take out: compared exactly, letter case too, with what stands in the address undecoded.
    pub remove_params: BTreeSet<String>,
}

/// One change to one header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeaderChange {
    /// Lower case.
    pub header: String,
    /// What to do with it.
    pub operation: HeaderOperation,
    /// What to set or append; none for `remove`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// What to do with a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase")]
pub enum HeaderOperation {
    /// Add a value; existing ones stay.
    Append,
    /// Replace all values.
    Set,
    /// Take the header out.
    Remove,
}

/// Which requests a rule is for: every field that is there must hold. Empty lists are left out (browsers refuse them).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Condition {
    /// Pattern on the address: `||` host anchor, `|` ends, `*` anything, `^` separator or end. ASCII only; not empty,
    /// not `||*…`; not together with `regexFilter`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_filter: Option<String>,
    /// RE2 expression on the address, ASCII only, at most 2 KB compiled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regex_filter: Option<String>,
    /// Whether letter case counts in the two above; browsers assume not.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_url_filter_case_sensitive: bool,
    /// Whether the request crosses sites; the site is the registrable domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain_type: Option<DomainType>,
    /// Hosts of the page or frame that makes the request, with their subdomains.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub initiator_domains: BTreeSet<String>,
    /// Those that are left alone; they beat the ones above.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded_initiator_domains: BTreeSet<String>,
    /// Hosts that the request goes to, with their subdomains.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub request_domains: BTreeSet<String>,
    /// Those that are left alone; they beat the ones above.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded_request_domains: BTreeSet<String>,
    /// Kinds of request. Without this and the next: every kind but `main_frame`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub resource_types: BTreeSet<ResourceType>,
    /// Kinds left alone; `main_frame` is then included unless it is named.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded_resource_types: BTreeSet<ResourceType>,
    /// HTTP methods, lower case; requests that are not HTTP are then left alone.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub request_methods: BTreeSet<String>,
    /// Methods left alone.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded_request_methods: BTreeSet<String>,
    /// Any of these must be in the answer; the request has then left already. Chromium only, since 128.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub response_headers: Vec<HeaderTest>,
}

/// A test on a response header.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeaderTest {
    /// Lower case.
    pub header: String,
    /// The whole value must be one of these; `*` and `?` are wildcards. Empty: any value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// Whether a request stays within its page's site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "camelCase")]
pub enum DomainType {
    /// It does.
    FirstParty,
    /// It does not.
    ThirdParty,
}

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !*value
}
