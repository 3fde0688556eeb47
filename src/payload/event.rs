//! What happened: the event, what it was worth, and what a page said of it.

use super::facts::Report;
use super::text::{fact, is_amount, is_currency, joined, whole};
use super::{Fact, Kind};
use crate::json::Json;

impl Report {
    /// The event of a report: one that the page told (`event`), or one that the pixel saw by itself (`action`).
    pub(super) fn event(&mut self, report: &Json<'_>) {
        let word = |key| report.get(key).and_then(Json::words);
        let gathered = report.get("auto_collected_properties");
        let total = worth(gathered.and_then(|gathered| gathered.get("vc_properties")));
        let Some(name) = word("event").or(word("event_name")) else {
            // A click is told by what was pressed.
            let is_pressed = gathered.is_some_and(|gathered| gathered.get("trigger_element").is_some());
            self.add_text(Kind::Event, word("action").filter(|_| !is_pressed).unwrap_or_default());
            return self.page_total(total);
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

    /// A total that no event of the pixel's has.
    pub(super) fn page_total(&mut self, (amount, currency): (Option<&str>, Option<&str>)) {
        if let Some(amount) = amount {
            self.add_text(Kind::PageTotal, &joined(&[amount, currency.unwrap_or_default()]));
        }
    }

    pub(super) fn properties(&mut self, properties: &Json<'_>) {
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
}

/// An amount and its currency, where there are any.
pub(super) fn worth<'a>(properties: Option<&'a Json<'_>>) -> (Option<&'a str>, Option<&'a str>) {
    let property = |key| properties.and_then(|properties| properties.get(key)?.words());
    let amount = property("value").filter(|text| is_amount(text));
    (
        amount,
        property("currency").filter(|text| amount.is_some() && is_currency(text)),
    )
}
