//! The shape of what was found: `docs/report.schema.json` says the same.

use serde::Serialize;

use super::company::What;
use super::keys::KeyKind;
use crate::payload::Kind;

/// A list that was asked.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListUsed {
    /// Its name.
    pub name: String,
    /// As it calls its version; empty if it does not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
}

/// A whole report.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The number of the shape.
    pub format: u32,
    /// Detick's version.
    pub version: String,
    /// When it was made.
    pub made: String,
    /// Whether it repeats values.
    pub shows_values: bool,
    /// The lists that were asked.
    pub lists: Vec<ListUsed>,
    /// What it was made of.
    pub recordings: Vec<Recording>,
    /// The pages, in the order of the recordings.
    pub pages: Vec<PageSummary>,
    /// What there is to be found on any of them.
    pub found: Found,
    /// How many more things there was no room for.
    pub left_out: u64,
}

/// A recording.
#[derive(Clone, Debug, Serialize)]
pub struct Recording {
    /// The file's name.
    pub name: String,
    /// The programs that made it, with their versions.
    pub tools: Vec<String>,
    /// Requests that were read.
    pub requests: u64,
    /// Places that could not be.
    pub flaws: u64,
}

/// What `--fail-on` asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// A request that a list stops; embeds alone are none.
    pub tracker: bool,
    /// A request to a pixel, or a report of one's.
    pub pixel: bool,
    /// Personal data in a report of a pixel's, hashed or not.
    pub personal_data: bool,
}

/// A page.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PageSummary {
    /// Which recording it is of, counted from 0.
    pub recording: usize,
    /// Its registrable domain; empty if that is not known.
    pub site: String,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub began: Option<String>,
    /// All of its requests.
    pub requests: u64,
    /// Who was asked, most requests first.
    pub companies: Vec<Company>,
    /// Identifiers that were sent or set.
    pub keys: Vec<Key>,
    /// What the cleaner would take out of addresses that were opened.
    pub links: Vec<Link>,
    /// Redirectors that addresses led through.
    pub redirectors: Vec<Host>,
}

/// What a company was asked and told.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Company {
    /// Its name, or the site that was asked where its company is not known.
    pub name: String,
    /// Whether the name is a company's.
    pub is_known: bool,
    /// Requests, those that never left among them.
    pub requests: u64,
    /// Those of which the recording says that something stopped them.
    pub stopped: u64,
    /// Hosts that were asked.
    pub hosts: Vec<Host>,
    /// Lines of lists that are about the requests.
    pub lines: Vec<Line>,
    /// Numbers of pixels: whose they are.
    pub pixels: Vec<String>,
    /// What happened, in the pixel's words.
    pub events: Vec<Event>,
    /// What else was told.
    pub told: Vec<Told>,
    /// Cookies that went along with what was not stopped, whatever they hold.
    pub cookies_sent: u64,
    /// Cookies that answers set.
    pub cookies_set: u64,
    /// Parts of embeds that the page loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embeds: Option<Embeds>,
    /// When it was first asked, in milliseconds since the page began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_ms: Option<i64>,
    /// And when last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_ms: Option<i64>,
    /// What happened when: the first of them.
    pub moments: Vec<Moment>,
}

/// A host and how often it was asked.
#[derive(Clone, Debug, Serialize)]
pub struct Host {
    /// Its name.
    pub host: String,
    /// What it is for, as `filters/companies.txt` has it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// How often.
    pub requests: u64,
}

/// A line of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The list's name.
    pub list: String,
    /// The line's number, counted from 1.
    pub line: u32,
    /// The line.
    pub filter: String,
    /// `block`, `redirect` or `allow`, as `detick check` says it.
    pub action: &'static str,
    /// How many requests it is about.
    pub requests: u64,
}

/// What happened, as a report calls it.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// The name; missing where it is the site's own and values are hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What it was worth.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub worth: Vec<String>,
    /// How often it was told, or would have been.
    pub times: u64,
    /// How often of that something stopped it.
    pub stopped: u64,
}

/// Something that was told.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// Of which kind.
    pub kind: Kind,
    /// Which personal data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// How many times, or how many it would have been.
    pub times: u64,
    /// How many of them something stopped.
    pub stopped: u64,
    /// What was said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// Parts of embeds that a page loaded.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Embeds {
    /// Frames.
    pub documents: u64,
    /// All requests.
    pub requests: u64,
    /// When the first was asked for, in milliseconds since the page began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_ms: Option<i64>,
}

/// An identifier.
#[derive(Clone, Debug, Serialize)]
pub struct Key {
    /// The name of the cookie or parameter, without what may follow it.
    pub name: String,
    /// What it is for.
    pub kind: KeyKind,
    /// `cookie` or `parameter`.
    pub place: &'static str,
    /// The domain that it went to or came from.
    pub domain: String,
    /// How often it was sent, or would have been.
    pub sent: u64,
    /// How often of that something stopped it.
    pub stopped: u64,
    /// How often it was set.
    pub set: u64,
    /// The first that was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// A line about links, and how often it had something to take out.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// The list's name.
    pub list: String,
    /// The line's number, counted from 1.
    pub line: u32,
    /// What it tells about whom, in the list's words; empty where the list does not say.
    pub why: String,
    /// What was taken out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// How often.
    pub times: u64,
}

/// Something that happened.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Moment {
    /// When, in milliseconds since the page began.
    pub ms: i64,
    /// What.
    pub what: What,
}
