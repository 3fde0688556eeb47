//! What is told, in English: for the forms that people read.

use super::company::What;
use super::keys::KeyKind;
use crate::payload::Kind;

/// The pixel's own names of events, from TikTok's help ("About standard events"), and those that its script gives by
/// itself.
const STANDARD_EVENTS: [&str; 28] = [
    "AddPaymentInfo",
    "AddToCart",
    "AddToWishlist",
    "ApplicationApproval",
    "Click",
    "ClickButton",
    "CompletePayment",
    "CompleteRegistration",
    "Contact",
    "CustomizeProduct",
    "Download",
    "EnrichAM",
    "FindLocation",
    "InitiateCheckout",
    "Lead",
    "Metadata",
    "PageView",
    "Pageview",
    "PlaceAnOrder",
    "Purchase",
    "Schedule",
    "Search",
    "StartTrial",
    "SubmitApplication",
    "SubmitForm",
    "Subscribe",
    "ViewContent",
    "page_view",
];

/// Whether an event's name is the pixel's own, and says nothing but what it stands for.
pub(super) fn is_standard_event(name: &str) -> bool {
    STANDARD_EVENTS.contains(&name)
}

/// What was told.
pub(super) fn of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Event => "what happened",
        Kind::Product => "a product",
        Kind::Category => "what kind of product or page it is",
        Kind::Described => "a description of what happened",
        Kind::Price => "a product's price",
        Kind::PageTotal => "the page's total",
        Kind::Order => "the number of an order",
        Kind::Trip => "a journey",
        Kind::Search => "words that were searched for",
        Kind::Chose => "an answer that was chosen in a form",
        Kind::Answered => "a question that was answered in a form",
        Kind::Pressed => "a button that was pressed",
        Kind::LedTo => "where the pressed button leads",
        Kind::Title => "the page's title",
        Kind::About => "what the page says it is about",
        Kind::Keywords => "the page's key words",
        Kind::Page => "the page's address",
        Kind::Referrer => "the address of the page before",
        Kind::ReadTo => "how far down was read",
        Kind::Clicks => "how often was clicked",
        Kind::StayedMs => "how long the page was open",
        Kind::Hashed => "a hash of personal data",
        Kind::Plain => "personal data as it is",
        Kind::ClickId => "the ID of the advertisement that was clicked",
        Kind::VisitorId => "the ID that the pixel gave to the browser",
        Kind::Device => "the device",
        Kind::Browser => "the browser",
        Kind::Pixel => "the number of the pixel",
    }
}

/// What an identifier is for.
pub(super) fn of_key(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Join => "joins this visit to the person elsewhere",
        KeyKind::Browser => "TikTok's mark of the browser",
        KeyKind::Account => "an account's",
    }
}

/// What happened at a moment.
pub(super) fn of_moment(what: What) -> &'static str {
    match what {
        What::Request => "request",
        What::Embed => "part of an embed",
        What::Report => "report",
        What::PersonalData => "report with personal data",
    }
}

/// What our own log cannot tell.
pub(super) const OF_OUR_LOG: &str = "Detick's log has requests and no answers: it knows no cookies, and of what reports \
                                     would have told only what the browser let it read.";

/// How many of some were stopped.
pub(super) fn stopped(stopped: u64, all: u64) -> String {
    match stopped {
        0 => String::new(),
        _ if stopped >= all => ", stopped".to_owned(),
        _ => format!(", {stopped} of them stopped"),
    }
}

/// A number of things.
pub(super) fn count(number: u64, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    }
}

/// `+1.5 s` of milliseconds.
pub(super) fn seconds(ms: i64) -> String {
    let sign = if ms < 0 { "-" } else { "+" };
    let tenths = (ms.unsigned_abs() + 50) / 100;
    format!("{sign}{}.{} s", tenths / 10, tenths % 10)
}
