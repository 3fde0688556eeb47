//! The JSON of a HAR's entry, as browsers and proxies write it, made a [`Record`].
//!
//! [HAR 1.2](http://www.softwareishard.com/blog/har-12-spec/) is what they have in common; what else they tell is in
//! fields of their own, which begin with `_`. Only a request's address must be there.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::kind::{self, Hints};
use super::own::{self, FactWords, MAX_FACTS};
use super::text::{Little, Text, explain, or_default};
use super::{Outcome, Page, Record, Ruling, Tool, time};
use crate::cleaner::base64_bytes;
use crate::payload::Fact;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HarEntry {
    request: HarRequest,
    #[serde(default, deserialize_with = "or_default")]
    response: HarResponse,
    #[serde(default, deserialize_with = "or_default")]
    pageref: Text,
    #[serde(default, deserialize_with = "or_default")]
    started_date_time: Text,
    #[serde(default, rename = "_resourceType", deserialize_with = "or_default")]
    resource_type: Text,
    #[serde(default, rename = "_detick", deserialize_with = "or_default")]
    decided: Decided,
    #[serde(default, rename = "_webSocketMessages")]
    messages: Option<IgnoredAny>,
    #[serde(default)]
    timings: Little,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HarRequest {
    url: Text,
    #[serde(default, deserialize_with = "or_default")]
    method: Text,
    #[serde(default, deserialize_with = "or_default")]
    headers: Vec<Pair>,
    #[serde(default, deserialize_with = "or_default")]
    cookies: Vec<Pair>,
    #[serde(default, deserialize_with = "or_default")]
    post_data: PostData,
    #[serde(default)]
    headers_size: Little,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct HarResponse {
    status: Little,
    #[serde(deserialize_with = "or_default")]
    headers: Vec<Pair>,
    #[serde(deserialize_with = "or_default")]
    cookies: Vec<Pair>,
    #[serde(rename = "redirectURL", deserialize_with = "or_default")]
    redirect: Text,
    #[serde(deserialize_with = "or_default")]
    content: Content,
    /// Chromium's, of a request that failed.
    #[serde(rename = "_error")]
    error: Option<Text>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Content {
    #[serde(deserialize_with = "or_default")]
    mime_type: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Pair {
    #[serde(deserialize_with = "or_default")]
    name: Text,
    #[serde(deserialize_with = "or_default")]
    value: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PostData {
    #[serde(deserialize_with = "or_default")]
    text: Text,
    #[serde(deserialize_with = "or_default")]
    params: Vec<Pair>,
    /// `base64`, where a proxy could not write it as a text.
    #[serde(alias = "_encoding", deserialize_with = "or_default")]
    encoding: Text,
}

/// What Detick's own log says of a request.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Decided {
    #[serde(deserialize_with = "or_default")]
    outcome: Text,
    #[serde(deserialize_with = "or_default")]
    site: Text,
    #[serde(deserialize_with = "or_default")]
    source_url: Text,
    #[serde(rename = "type", deserialize_with = "or_default")]
    kind: Text,
    filter: Option<Text>,
    #[serde(deserialize_with = "or_default")]
    list: Text,
    #[serde(deserialize_with = "or_default")]
    line: u32,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct HarPage {
    #[serde(deserialize_with = "or_default")]
    id: Text,
    #[serde(deserialize_with = "or_default")]
    title: Text,
    #[serde(deserialize_with = "or_default")]
    started_date_time: Text,
    #[serde(rename = "_detick", deserialize_with = "or_default")]
    learned: Learned,
}

/// What Detick's own log says of the page that a tab shows.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Learned {
    #[serde(deserialize_with = "or_default")]
    site: Text,
    #[serde(deserialize_with = "or_default")]
    facts: Vec<HarFact>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct HarFact {
    #[serde(deserialize_with = "or_default")]
    kind: Text,
    #[serde(deserialize_with = "or_default")]
    text: Text,
    #[serde(deserialize_with = "or_default")]
    amount: Text,
    #[serde(deserialize_with = "or_default")]
    currency: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct HarTool {
    #[serde(deserialize_with = "or_default")]
    name: Text,
    #[serde(deserialize_with = "or_default")]
    version: Text,
}

/// `creator` or `browser`, or what is wrong with it.
pub(super) fn tool(text: &str) -> Result<Tool, String> {
    let HarTool { name, version } = read(text)?;
    Ok(Tool {
        name: name.0,
        version: version.0,
    })
}

/// One of `pages`, or what is wrong with it.
pub(super) fn page(text: &str) -> Result<Page, String> {
    let page: HarPage = read(text)?;
    Ok(Page {
        id: page.id.0,
        title: page.title.0,
        time: time::read(&page.started_date_time.0),
        facts: page
            .learned
            .facts
            .iter()
            .take(MAX_FACTS)
            .filter_map(HarFact::read)
            .collect(),
        site: page.learned.site.0,
    })
}

impl HarFact {
    fn read(&self) -> Option<Fact> {
        own::fact(&FactWords {
            kind: &self.kind.0,
            text: &self.text.0,
            amount: &self.amount.0,
            currency: &self.currency.0,
        })
    }
}

/// One of `entries`, or what is wrong with it.
pub(super) fn entry(text: &str) -> Result<Record, String> {
    let entry: HarEntry = read(text)?;
    let HarEntry { request, response, .. } = &entry;
    if request.url.0.trim().is_empty() {
        return Err("its address is empty, or too long to be one".to_owned());
    }
    let is_stopped = is_stopped(&entry);
    Ok(Record {
        page: entry.pageref.0.clone(),
        site: entry.decided.site.0.clone(),
        url: request.url.0.clone(),
        source_url: source_of(&entry),
        kind: kind_of(&entry),
        method: request.method.0.clone(),
        time: time::read(&entry.started_date_time.0),
        body: body_of(&request.post_data),
        sent: match is_stopped {
            true => Vec::new(), // Firefox lists what it had in mind
            false => sent_cookies(request),
        },
        set: set_cookies(response),
        redirect: first_of([&response.redirect.0, header(&response.headers, "location")]).to_owned(),
        is_stopped,
        ruling: ruling(&entry.decided),
    })
}

/// What Detick's own log says that it did, and by which line.
fn ruling(decided: &Decided) -> Option<Ruling> {
    Some(Ruling {
        outcome: Outcome::of(&decided.outcome.0)?,
        filter: decided.filter.as_ref()?.0.clone(),
        list: decided.list.0.clone(),
        line: decided.line,
    })
}

fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| explain(&error))
}

/// The document that made it: what the log knows, or what the browser told the host that was asked.
fn source_of(entry: &HarEntry) -> String {
    let headers = &entry.request.headers;
    let told = [
        &entry.decided.source_url.0,
        header(headers, "referer"),
        header(headers, "origin"),
    ];
    let source = first_of(told);
    (if source == "null" { "" } else { source }).to_owned()
}

fn kind_of(entry: &HarEntry) -> &'static str {
    let HarEntry { request, response, .. } = entry;
    let destination = header(&request.headers, "sec-fetch-dest");
    kind::of_resource(&entry.decided.kind.0).unwrap_or_else(|| {
        kind::of(&Hints {
            destination,
            resource: match header(&request.headers, "access-control-request-method") {
                "" => &entry.resource_type.0,
                _ => "preflight",
            },
            content: &response.content.mime_type.0,
            is_upgrade: entry.messages.is_some()
                || header(&request.headers, "upgrade").eq_ignore_ascii_case("websocket"),
            is_beacon: destination == "empty"
                && header(&request.headers, "sec-fetch-mode") == "no-cors"
                && request.method.0 == "POST",
        })
    })
}

/// Chromium names what stopped a request, with an empty name where it was the page's own policy. Of what never left,
/// Firefox has no size and no times; of what nobody has answered yet, it has a size.
fn is_stopped(entry: &HarEntry) -> bool {
    let HarEntry { request, response, .. } = entry;
    let of_the_log = own::is_stopped(&entry.decided.outcome.0);
    let is_answered = response.status != Little::Zero;
    let of_chromium = response.error.as_ref().is_some_and(|error| match error.0.as_str() {
        "" => !is_answered,
        name => name.contains("ERR_BLOCKED_BY"),
    });
    let of_firefox = !is_answered && request.headers_size == Little::Zero && entry.timings == Little::NoMembers;
    of_the_log || of_chromium || of_firefox
}

fn body_of(data: &PostData) -> Vec<u8> {
    let text = &data.text.0;
    if !text.is_empty() {
        let decoded = match data.encoding.0.eq_ignore_ascii_case("base64") {
            true => base64_bytes(text),
            false => gzipped(text),
        };
        return decoded.unwrap_or_else(|| text.clone().into_bytes());
    }
    let pairs = data.params.iter().map(|Pair { name, value }| {
        let escaped = value.0.replace('%', "%25").replace('&', "%26").replace('+', "%2B");
        format!("{}={escaped}", name.0)
    });
    pairs.collect::<Vec<_>>().join("&").into_bytes()
}

/// The bytes of a body that begins as gzip does. Both browsers write what is no UTF-8 as one character a byte.
fn gzipped(text: &str) -> Option<Vec<u8>> {
    let bytes = text.starts_with("\u{1f}\u{8b}").then(|| text.chars().map(u8::try_from));
    bytes?.collect::<Result<_, _>>().ok()
}

/// As the header has them, or as the format lists them where it does not: there Firefox decodes values.
fn sent_cookies(request: &HarRequest) -> Vec<(String, String)> {
    let lines = all_of(&request.headers, "cookie").flat_map(|line| line.split(';'));
    some_or_listed(lines.filter_map(cookie).collect(), &request.cookies)
}

fn set_cookies(response: &HarResponse) -> Vec<(String, String)> {
    // Browsers write those of one answer into one header, a line each.
    let lines = all_of(&response.headers, "set-cookie").flat_map(str::lines);
    let cookies = lines.filter_map(|line| cookie(line.split(';').next()?));
    some_or_listed(cookies.collect(), &response.cookies)
}

fn some_or_listed(cookies: Vec<(String, String)>, list: &[Pair]) -> Vec<(String, String)> {
    if !cookies.is_empty() {
        return cookies;
    }
    let listed = |Pair { name, value }: &Pair| (name.0.clone(), value.0.clone());
    list.iter().map(listed).collect()
}

fn cookie(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

/// Empty where there is none.
fn header<'a>(headers: &'a [Pair], name: &'a str) -> &'a str {
    all_of(headers, name).next().unwrap_or_default()
}

fn all_of<'a>(headers: &'a [Pair], name: &'a str) -> impl Iterator<Item = &'a str> {
    let those = headers
        .iter()
        .filter(move |header| header.name.0.eq_ignore_ascii_case(name));
    those.map(|header| header.value.0.as_str())
}

fn first_of<const N: usize>(texts: [&str; N]) -> &str {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}
