//! What TikTok's pixel would have told, read from the very request that would have told it.
//!
//! The pixel reports in JSON: as the body of a beacon, or as base64 in the parameter `analytics_message` of an image's
//! address. Some of its texts are JSON again: what it read off the page (`content_data`), the forms there
//! (`form_details`). Shops, tag managers and plug-ins each have their own names for the same things. A [`Fact`] is what
//! a report says in a field whose meaning is known. Nothing is concluded, and of personal data only the kind is told,
//! never the data. Reports come from web pages: they may be huge, deep, cut or no JSON at all.

mod event;
mod facts;
mod page;
mod report;
mod text;

use serde::{Deserialize, Serialize};

use crate::json::Json;
use facts::Report;
pub(crate) use text::{MAX_TEXT, shown};

/// The longest body that is read, in bytes: as much as a browser lets a beacon carry.
pub const MAX_BODY: usize = 64 << 10;

/// The most facts that one request is good for.
pub const MAX_FACTS: usize = 40;

/// What a fact about personal data says: which of it, and never the data.
pub(crate) const PERSONAL: [&str; 11] = [
    "city",
    "country",
    "email",
    "external_id",
    "first_name",
    "last_name",
    "phone_number",
    "postal_code",
    "state",
    "vin",
    "zip_code",
];

/// What a fact is about, in the order in which people want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the person did, in the pixel's words (`AddToCart`), with a price where there is one.
    Event,
    /// A product's name, or its number in the shop.
    Product,
    /// What kind of product or page it is, as the page says.
    Category,
    /// A description that the page gave of what happened.
    Described,
    /// A product's price, as it stands in the page's data.
    Price,
    /// What the pixel took for the page's total, read off the page.
    PageTotal,
    /// The number of an order.
    Order,
    /// A journey: where to, when, how many people.
    Trip,
    /// Words that the person searched for.
    Search,
    /// What was written beside the answer that the person chose in a form.
    Chose,
    /// A question of a form that the person answered, with the answers to choose from.
    Answered,
    /// What was written on a button that the person pressed.
    Pressed,
    /// Where the pressed button leads.
    LedTo,
    /// The page's title.
    Title,
    /// What the page says it is about.
    About,
    /// The page's key words.
    Keywords,
    /// The page's address.
    Page,
    /// The address of the page before.
    Referrer,
    /// How far down the person read, in percent of the page.
    ReadTo,
    /// How often the person clicked.
    Clicks,
    /// How long the person stayed, in milliseconds.
    StayedMs,
    /// A hash of personal data; the text says of which: `email`, `phone_number`, …
    Hashed,
    /// Personal data as it is; the text says which.
    Plain,
    /// The ID of the advertisement that the person came by.
    ClickId,
    /// The ID that the pixel gave to the person's browser.
    VisitorId,
    /// The person's device.
    Device,
    /// The person's browser, as it names itself.
    Browser,
    /// The number of the pixel: whose it is.
    Pixel,
}

/// One thing that a report says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fact {
    /// What it is about.
    pub kind: Kind,
    /// As it stands in the report, shortened, without characters that steer a screen.
    pub text: String,
    /// What an event was worth: a number as it stands in the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// The amount's currency, three letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// Reads a request of the pixel's: its address, and its body if it has one. No facts come of what is no report.
///
/// ```
/// use detick::payload::{Kind, read};
/// let body = br#"{"event": "AddToCart", "properties": {"value": 39.99, "currency": "EUR"}}"#;
/// let facts = read("https://analytics.tiktok.com/api/v2/pixel", body);
/// assert_eq!((facts[0].kind, facts[0].amount.as_deref()), (Kind::Event, Some("39.99")));
/// ```
pub fn read(url: &str, body: &[u8]) -> Vec<Fact> {
    let mut report = Report::default();
    let query = url.split_once('?').map_or("", |(_, query)| query);
    report.parameters(query.split('#').next().unwrap_or_default());
    if body.len() <= MAX_BODY {
        let body = std::str::from_utf8(body).unwrap_or_default();
        match Json::parse(body) {
            Some(value) => report.value("", &value, 0),
            None => report.parameters(body),
        }
    }
    report.told()
}

/// Whether a body is a report of the pixel's, wherever it is sent: an object that names an event, or what the pixel saw
/// by itself, and in its context the number of a pixel.
///
/// ```
/// let report = br#"{"event": "AddToCart", "context": {"pixel": {"code": "CWORLD77UABCDEFGHIJK"}}}"#;
/// assert!(detick::payload::is_report(report));
/// assert!(!detick::payload::is_report(br#"{"event": "AddToCart", "context": {"page": {"path": "/cart"}}}"#));
/// ```
pub fn is_report(body: &[u8]) -> bool {
    if body.len() > MAX_BODY {
        return false;
    }
    let report = std::str::from_utf8(body).ok().and_then(Json::parse);
    let Some(report) = report.filter(|report| !(report.word("event").is_empty() && report.word("action").is_empty()))
    else {
        return false;
    };
    let pixel = report.get("context").and_then(|context| context.get("pixel"));
    pixel.is_some_and(|pixel| {
        ["code", "codes"]
            .iter()
            .any(|key| pixel.word(key).split('|').any(is_pixel_number))
    })
}

/// As TikTok hands them out: twenty capital letters and digits, of both some.
pub(crate) fn is_pixel_number(text: &str) -> bool {
    let any = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    let is_one = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    text.len() == 20 && text.bytes().all(is_one) && any(u8::is_ascii_digit) && any(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::report::MAX_NESTED;
    use super::text::MAX_TEXT;
    use super::*;

    const URL: &str = "https://analytics.tiktok.com/api/v2/pixel";

    #[test]
    fn hostile_bodies_say_nothing_and_end_soon() {
        let deep = "[".repeat(MAX_BODY);
        let nested = format!("{}\"ttclid\":\"x\"{}", "{\"a\":".repeat(100) + "{", "}".repeat(101));
        let cut = r#"{"event":"AddToCart","properties":{"value":3"#;
        let huge = format!(r#"{{"event":"AddToCart","x":"{}"}}"#, "x".repeat(MAX_BODY));
        for body in [
            deep.as_bytes(),
            nested.as_bytes(),
            cut.as_bytes(),
            huge.as_bytes(),
            b"\xff\xfe{",
            b"",
            b"null",
        ] {
            assert_eq!(read(URL, body), []);
        }
        let mut inside = "{\"ttclid\":\"x\"}".to_owned();
        for _ in 0..=MAX_NESTED {
            inside = format!("{{\"a\":{inside:?}}}");
        }
        assert_eq!(read(URL, inside.as_bytes()), []);
        let address = format!("{URL}?analytics_message={}", "A".repeat(1 << 20));
        assert_eq!(read(&address, b""), []);
    }

    #[test]
    fn facts_are_bounded_in_number_and_length() {
        let products: Vec<String> = (0..1000)
            .map(|number| format!(r#"{{"content_id":{number}}}"#))
            .collect();
        let body = format!(r#"{{"properties":{{"contents":[{}]}}}}"#, products.join(","));
        assert_eq!(read(URL, body.as_bytes()).len(), MAX_FACTS);
        let body = format!(r#"{{"properties":{{"query":"{}"}}}}"#, "é".repeat(1000));
        assert_eq!(read(URL, body.as_bytes())[0].text, "é".repeat(MAX_TEXT));
    }
}
