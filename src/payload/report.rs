//! The walk through a report: each value, and texts that are JSON again, and what its fields say.

use std::borrow::Cow;

use super::event::worth;
use super::facts::Report;
use super::text::{is_hash, is_phone};
use super::{Kind, MAX_BODY};
use crate::cleaner::{base64, percent_decode};
use crate::json::Json;

/// How often a text that is JSON may hold one that is JSON again. Each is a part of the one that holds it, so that all
/// together are read in a few times the body's length.
pub(super) const MAX_NESTED: usize = 3;

/// Where the pixel keeps notes about itself: they name fields without holding what the fields hold.
const NOTES: [&str; 2] = ["_inspection", "signal_diagnostic_labels"];

impl Report {
    /// `name=value&…`, of an address or of a form.
    pub(super) fn parameters(&mut self, text: &str) {
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
    pub(super) fn value(&mut self, parent: &str, value: &Json<'_>, nested: usize) {
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
            "microdata" => return self.marked_up_product(value),
            "json_ld" => return self.described_product(value.get("@type"), Some(value)),
            "form_details" => return self.form(value),
            "open_graph" => self.price(value, "product:price:amount", "product:price:currency"),
            "ecommerce" | "data_layer" => self.page_total(worth(Some(value))),
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
            ("meta", "meta:description") | ("open_graph", "og:description") => self.add_text(Kind::About, text),
            ("meta", "meta:keywords") => self.add_text(Kind::Keywords, text),
            ("properties", "description") => self.add_text(Kind::Described, text),
            ("properties", "content_category" | "category") => self.add_text(Kind::Category, text),
            ("properties", "query" | "search_string" | "search_term" | "search_query" | "keyword")
            | ("data_layer", "search_term") => self.add_text(Kind::Search, text),
            ("properties", "order_id" | "order_number" | "transaction_id")
            | ("ecommerce" | "data_layer", "transaction_id")
            | ("actionField", "id") => self.add_text(Kind::Order, text),
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
}
