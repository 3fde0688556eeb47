//! What TikTok's pixel would have told, read from the very request that would have told it.
//!
//! The pixel reports in JSON: as the body of a beacon, or as base64 in the parameter `analytics_message` of an image's
//! address. A [`Fact`] is what a report says in a field whose meaning is known. Nothing is concluded, and of personal
//! data only the kind is told, never the data. Reports come from web pages: they may be huge, deep, cut or no JSON at
//! all.

use serde::Serialize;

use crate::cleaner::{base64, percent_decode};
use crate::json::Json;

/// The longest body that is read, in bytes: as much as a browser lets a beacon carry.
pub const MAX_BODY: usize = 64 << 10;

/// The most facts that one request is good for.
pub const MAX_FACTS: usize = 40;

/// How many characters of a text are told.
const MAX_TEXT: usize = 300;

/// Where the pixel keeps notes about itself: they name fields without holding what the fields hold.
const NOTES: [&str; 2] = ["_inspection", "signal_diagnostic_labels"];

/// What a fact is about, in the order in which people want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the person did, in the pixel's words (`AddToCart`), with a price where there is one.
    Event,
    /// A product's name, or its number in the shop.
    Product,
    /// Words that the person searched for.
    Search,
    /// What was written on a button that the person pressed.
    Pressed,
    /// The page's title.
    Title,
    /// The page's address.
    Page,
    /// The address of the page before.
    Referrer,
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
            Some(value) => report.value("", &value),
            None => report.parameters(body),
        }
    }
    report.facts.sort();
    report.facts
}

/// The facts found so far, each once.
#[derive(Default)]
struct Report {
    facts: Vec<Fact>,
}

impl Report {
    /// `name=value&…`, of an address or of a form.
    fn parameters(&mut self, text: &str) {
        if text.len() > MAX_BODY {
            return;
        }
        for (name, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
            if name == "analytics_message" {
                let json = base64(value).unwrap_or_default();
                if let Some(value) = Json::parse(&json) {
                    self.value("", &value);
                }
            } else {
                let value = percent_decode(value.replace('+', " ").as_bytes());
                self.field("", name, &String::from_utf8_lossy(&value));
            }
        }
    }

    /// A value below the key `parent`. A bare text in a list belongs to no field.
    fn value(&mut self, parent: &str, value: &Json<'_>) {
        match value {
            Json::List(items) => items.iter().for_each(|item| self.value(parent, item)),
            Json::Object(fields) => {
                match parent {
                    "device" => self.device(value),
                    "contents" => self.product(value),
                    _ => self.event(value),
                }
                for (key, value) in fields.iter().filter(|(key, _)| !NOTES.contains(&&**key)) {
                    match value.words() {
                        Some(text) => self.field(parent, key, text),
                        None => self.value(key, value),
                    }
                }
            }
            _ => {}
        }
    }

    /// What one field says, if that is known.
    fn field(&mut self, parent: &str, key: &str, text: &str) {
        match (parent, key) {
            ("page", "url") => self.add_text(Kind::Page, text),
            ("page", "referrer") => self.add_text(Kind::Referrer, text),
            ("ad", "callback") | (_, "ttclid") => self.add_text(Kind::ClickId, text),
            ("user", "anonymous_id") | (_, "_ttp" | "ttp") => self.add_text(Kind::VisitorId, text),
            ("context", "userAgent") => self.add_text(Kind::Browser, text),
            ("properties" | "auto_collected_properties", "title") => self.add_text(Kind::Title, text),
            ("properties", "query") => self.add_text(Kind::Search, text),
            (_, "inner_text") => self.add_text(Kind::Pressed, text),
            (_, "email" | "auto_email" | "sha256_email") => self.identity("email", text, |text| text.contains('@')),
            (_, "phone_number" | "auto_phone_number" | "sha256_phone_number") => {
                self.identity("phone_number", text, is_phone);
            }
            (_, "external_id") => self.identity("external_id", text, |_| true),
            ("user", "first_name" | "last_name" | "city" | "state" | "country" | "zip_code") => {
                self.identity(key, text, |_| true);
            }
            _ => {}
        }
    }

    /// Personal data: a hash of it, or itself if it looks like what the field is for.
    fn identity(&mut self, name: &str, text: &str, is_plain: impl Fn(&str) -> bool) {
        if is_hash(text) {
            self.add_text(Kind::Hashed, name);
        } else if is_plain(text) {
            self.add_text(Kind::Plain, name);
        }
    }

    fn event(&mut self, report: &Json<'_>) {
        let Some(Json::Text(name)) = report.get("event") else {
            return;
        };
        let property = |key| {
            report
                .get("properties")
                .and_then(|properties| properties.get(key)?.words())
        };
        let amount = property("value").filter(|text| is_amount(text));
        let currency = property("currency").filter(|text| amount.is_some() && is_currency(text));
        self.add(Fact {
            amount: amount.map(str::to_owned),
            currency: currency.map(str::to_owned),
            ..fact(Kind::Event, name)
        });
    }

    fn product(&mut self, product: &Json<'_>) {
        let name = ["content_name", "content_id"]
            .iter()
            .find_map(|key| product.get(key)?.words());
        self.add_text(Kind::Product, name.unwrap_or_default());
    }

    fn device(&mut self, device: &Json<'_>) {
        let parts = ["platform", "android_version", "device_model"];
        let known: Vec<&str> = parts.iter().filter_map(|key| device.get(key)?.words()).collect();
        self.add_text(Kind::Device, &known.join(" "));
    }

    fn add_text(&mut self, kind: Kind, text: &str) {
        self.add(fact(kind, text));
    }

    fn add(&mut self, fact: Fact) {
        if !fact.text.is_empty() && self.facts.len() < MAX_FACTS && !self.facts.contains(&fact) {
            self.facts.push(fact);
        }
    }
}

fn fact(kind: Kind, text: &str) -> Fact {
    let visible = text.trim().chars().filter(|&character| !steers(character));
    Fact {
        kind,
        text: visible.take(MAX_TEXT).collect(),
        amount: None,
        currency: None,
    }
}

/// Whether a character moves what stands around it instead of showing something.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// MD5 or SHA-256, in hexadecimal digits.
fn is_hash(text: &str) -> bool {
    matches!(text.len(), 32 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_phone(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 6
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || " +-()./".contains(character))
}

/// Digits, perhaps with a point and a sign: what every language can write in its own way.
fn is_amount(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 20 && all_digits(whole) && all_digits(part)
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
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
