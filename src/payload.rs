//! What TikTok's pixel would have told, read from the very request that would have told it.
//!
//! The pixel reports in JSON: as the body of a beacon, or as base64 in the parameter `analytics_message` of an image's
//! address. Some of its texts are JSON again: what it read off the page (`content_data`), the forms there
//! (`form_details`). Shops, tag managers and plug-ins each have their own names for the same things. A [`Fact`] is what
//! a report says in a field whose meaning is known. Nothing is concluded, and of personal data only the kind is told,
//! never the data. Reports come from web pages: they may be huge, deep, cut or no JSON at all.

use std::borrow::Cow;

use serde::Serialize;

use crate::cleaner::{base64, percent_decode};
use crate::json::Json;

/// The longest body that is read, in bytes: as much as a browser lets a beacon carry.
pub const MAX_BODY: usize = 64 << 10;

/// The most facts that one request is good for.
pub const MAX_FACTS: usize = 40;

/// How many characters of a text are told.
const MAX_TEXT: usize = 300;

/// How often a text that is JSON may hold one that is JSON again. Each is a part of the one that holds it, so that all
/// together are read in a few times the body's length.
const MAX_NESTED: usize = 3;

/// Where the pixel keeps notes about itself: they name fields without holding what the fields hold.
const NOTES: [&str; 2] = ["_inspection", "signal_diagnostic_labels"];

/// What the pixel writes in place of a name that may be personal.
const MASKED: &str = "__Text__";

/// What a fact is about, in the order in which people want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    report.facts.sort();
    report.facts
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
fn is_pixel_number(text: &str) -> bool {
    let any = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    let is_one = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    text.len() == 20 && text.bytes().all(is_one) && any(u8::is_ascii_digit) && any(u8::is_ascii_uppercase)
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
                    self.value("", &value, 0);
                }
            } else {
                let value = percent_decode(value.replace('+', " ").as_bytes());
                self.field("", name, &String::from_utf8_lossy(&value));
            }
        }
    }

    /// A value below the key `parent`. A bare text in a list belongs to no field.
    fn value(&mut self, parent: &str, value: &Json<'_>, nested: usize) {
        match value {
            Json::List(items) => items.iter().for_each(|item| self.value(parent, item, nested)),
            Json::Object(fields) => self.object(parent, value, fields, nested),
            Json::Text(text) if nested < MAX_NESTED && text.starts_with(['{', '[']) => {
                if let Some(inner) = Json::parse(text) {
                    self.value(parent, &inner, nested + 1);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, parent: &str, value: &Json<'_>, fields: &[(Cow<'_, str>, Json<'_>)], nested: usize) {
        match parent {
            "device" => self.device(value),
            "contents" | "products" | "items" => self.product(value),
            "properties" => self.properties(value),
            "vc_properties" => return, // The event's, or the page's: told with the report.
            // These have names of their own for everything, so nothing else is looked for in them.
            "microdata" => return self.described_product(value.get("type"), value.get("properties")),
            "json_ld" => return self.described_product(value.get("@type"), Some(value)),
            "form_details" => return self.form(value),
            "open_graph" => self.price(value, "product:price:amount", "product:price:currency"),
            "pixel" => self.pixel(value),
            "" | "data" => self.event(value),
            _ => {}
        }
        for (key, value) in fields.iter().filter(|(key, _)| !NOTES.contains(&&**key)) {
            match value {
                Json::Text(text) if text.starts_with(['{', '[']) => self.value(key, value, nested),
                _ => match value.words() {
                    Some(text) => self.field(parent, key, text),
                    None => self.value(key, value, nested),
                },
            }
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
            ("properties", "page_name")
            | ("properties" | "auto_collected_properties" | "meta", "title")
            | ("open_graph", "og:title") => self.add_text(Kind::Title, text),
            ("meta", "meta:description") => self.add_text(Kind::About, text),
            ("meta", "meta:keywords") => self.add_text(Kind::Keywords, text),
            ("properties", "description") => self.add_text(Kind::Described, text),
            ("properties", "content_category" | "category") => self.add_text(Kind::Category, text),
            ("properties", "query" | "search_string" | "search_term" | "search_query" | "keyword") => {
                self.add_text(Kind::Search, text);
            }
            ("properties", "order_id" | "order_number" | "transaction_id") => self.add_text(Kind::Order, text),
            ("properties", "vin" | "postal_code") => self.add_text(Kind::Plain, key),
            (_, "inner_text") => self.add_text(Kind::Pressed, text),
            ("attributes", "destination") => self.add_text(Kind::LedTo, text),
            (_, "email" | "auto_email" | "sha256_email") => self.identity("email", text, |text| text.contains('@')),
            (_, "phone_number" | "auto_phone_number" | "sha256_phone_number" | "phone" | "sha256_phone") => {
                self.identity("phone_number", text, is_phone)
            }
            (_, "external_id" | "sha256_external_id") => self.identity("external_id", text, |_| true),
            ("user", "first_name" | "last_name" | "city" | "state" | "country" | "zip_code") => {
                self.identity(key, text, |_| true);
            }
            _ => {}
        }
    }

    /// Personal data: a hash of it, or itself if it looks like what the field is for.
    fn identity(&mut self, name: &str, text: &str, is_plain: fn(&str) -> bool) {
        if is_hash(text) {
            self.add_text(Kind::Hashed, name);
        } else if is_plain(text) {
            self.add_text(Kind::Plain, name);
        }
    }

    /// The event of a report: one that the page told (`event`), or one that the pixel saw by itself (`action`).
    fn event(&mut self, report: &Json<'_>) {
        let word = |key| report.get(key).and_then(Json::words);
        let gathered = report.get("auto_collected_properties");
        let total = worth(gathered.and_then(|gathered| gathered.get("vc_properties")));
        let Some(name) = word("event").or(word("event_name")) else {
            // A click is told by what was pressed.
            let is_pressed = gathered.is_some_and(|gathered| gathered.get("trigger_element").is_some());
            self.add_text(Kind::Event, word("action").filter(|_| !is_pressed).unwrap_or_default());
            if let (Some(amount), currency) = total {
                self.add_text(Kind::PageTotal, &joined(&[amount, currency.unwrap_or_default()]));
            }
            return;
        };
        let properties = report.get("properties");
        let (amount, currency) = match worth(properties) {
            (None, _) => total,
            worth => worth,
        };
        self.add(Fact {
            amount: amount.map(str::to_owned),
            currency: currency.map(str::to_owned),
            ..fact(Kind::Event, name)
        });
        // Some hand over the words alone, in place of properties.
        if let Some(Json::Text(words)) = properties.filter(|_| name == "Search") {
            self.add_text(Kind::Search, words);
        }
    }

    fn properties(&mut self, properties: &Json<'_>) {
        let word = |key| properties.word(key);
        let number = |key| whole(word(key));
        self.add_first(
            Kind::Product,
            properties,
            &["content_name", "product_name", "content_id", "product_id"],
        );
        if !word("make").is_empty() {
            self.add_text(Kind::Product, &joined(&["make", "model", "year"].map(word)));
        }
        self.trip(properties);
        if let (Some(seen), Some(all @ 1..)) = (number("max_scroll_height"), number("doc_height")) {
            self.add_text(
                Kind::ReadTo,
                &format!("{} %", (seen.saturating_mul(100) / all).min(100)),
            );
        }
        self.add_text(Kind::Clicks, word("click_times"));
        if let (Some(from), Some(until)) = (number("enter_time"), number("leave_time"))
            && until > from
        {
            self.add_text(Kind::StayedMs, &(until - from).to_string());
        }
    }

    fn trip(&mut self, properties: &Json<'_>) {
        let word = |key| properties.word(key);
        let days = [
            "checkin_date",
            "checkout_date",
            "departing_departure_date",
            "returning_departure_date",
        ]
        .map(word);
        if days.iter().all(|day| day.is_empty()) {
            return;
        }
        let people = [("num_adults", "adults"), ("num_children", "children")].map(|(key, people)| {
            let count = whole(word(key));
            count.map(|count| format!("{count} {people}")).unwrap_or_default()
        });
        let people: Vec<&str> = people
            .iter()
            .map(String::as_str)
            .filter(|words| !words.is_empty())
            .collect();
        let (place, days) = (joined(&[word("city"), word("country")]), joined(&days));
        self.add_text(Kind::Trip, &joined(&[&place, &days, &people.join(", ")]));
    }

    fn product(&mut self, product: &Json<'_>) {
        let names = [
            "content_name",
            "name",
            "product_name",
            "item_name",
            "title",
            "content_id",
            "product_id",
            "item_id",
            "id",
            "sku",
        ];
        self.add_first(Kind::Product, product, &names);
    }

    /// A product as the page describes it to search engines; nothing of what else a page describes there.
    fn described_product(&mut self, of: Option<&Json<'_>>, product: Option<&Json<'_>>) {
        let is_product = of.and_then(Json::words).is_some_and(|name| name.ends_with("Product"));
        let Some(product) = product.filter(|_| is_product) else {
            return;
        };
        self.product(product);
        match product.get("offers") {
            Some(Json::List(offers)) => offers
                .iter()
                .for_each(|offer| self.price(offer, "price", "priceCurrency")),
            Some(offer) => self.price(offer, "price", "priceCurrency"),
            None => {}
        }
    }

    fn price(&mut self, of: &Json<'_>, amount: &str, currency: &str) {
        let amount = of.word(amount);
        if is_amount(amount) {
            self.add_text(Kind::Price, &joined(&[amount, of.word(currency)]));
        }
    }

    /// What a person filled in: of most fields that they did, of those to choose from which was chosen.
    fn form(&mut self, form: &Json<'_>) {
        let Some(Json::List(questions)) = form.get("questions") else {
            return;
        };
        for question in questions
            .iter()
            .filter(|question| question.get("filled_time").is_some())
        {
            let name = question.word("name");
            if name.is_empty() || name == MASKED {
                continue;
            }
            let answers: &[Json<'_>] = match question.get("answers") {
                Some(Json::List(answers)) => answers,
                _ => &[],
            };
            let options = answers.iter().filter(|answer| answer.word("tag") == "option");
            let options: Vec<&str> = options.filter_map(|option| option.get("name")?.words()).collect();
            let is_box = |answer: &Json<'_>| matches!(answer.word("input_type"), "radio" | "checkbox");
            if answers.iter().any(is_box) {
                self.add_text(Kind::Chose, name);
            } else if options.is_empty() {
                self.add_text(Kind::Answered, name);
            } else {
                self.add_text(Kind::Answered, &format!("{name}: {}", options.join(", ")));
            }
        }
    }

    fn device(&mut self, device: &Json<'_>) {
        let parts = ["platform", "android_version", "device_model"].map(|key| device.word(key));
        self.add_text(Kind::Device, &joined(&parts));
    }

    fn pixel(&mut self, pixel: &Json<'_>) {
        for key in ["code", "codes"] {
            pixel
                .word(key)
                .split('|')
                .for_each(|code| self.add_text(Kind::Pixel, code));
        }
    }

    /// What the first of the keys says that says something.
    fn add_first(&mut self, kind: Kind, of: &Json<'_>, keys: &[&str]) {
        let word = keys.iter().find_map(|key| of.get(key)?.words());
        self.add_text(kind, word.unwrap_or_default());
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

/// An amount and its currency, where there are any.
fn worth<'a>(properties: Option<&'a Json<'_>>) -> (Option<&'a str>, Option<&'a str>) {
    let property = |key| properties.and_then(|properties| properties.get(key)?.words());
    let amount = property("value").filter(|text| is_amount(text));
    (
        amount,
        property("currency").filter(|text| amount.is_some() && is_currency(text)),
    )
}

/// Those that say something, with a space between.
fn joined(words: &[&str]) -> String {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A number without its decimals, which are of no interest where numbers are counts, pixels and milliseconds.
fn whole(text: &str) -> Option<u64> {
    text.split('.').next()?.parse().ok()
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
