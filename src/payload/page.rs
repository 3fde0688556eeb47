//! What the pixel reads off a page: products, prices, what was filled in; and whose the pixel is.

use super::Kind;
use super::facts::Report;
use super::text::{is_amount, joined};
use crate::json::Json;

/// What the pixel writes in place of a name that may be personal.
const MASKED: &str = "__Text__";

impl Report {
    pub(super) fn product(&mut self, product: &Json<'_>) {
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
    pub(super) fn described_product(&mut self, of: Option<&Json<'_>>, product: Option<&Json<'_>>) {
        let Some(product) = product.filter(|_| is_of(of, "Product")) else {
            return;
        };
        self.product(product);
        for offer in listed(product.get("offers")) {
            self.price(offer, "price", "priceCurrency");
        }
    }

    /// A product in the page's markup, where offers are parts of it.
    pub(super) fn marked_up_product(&mut self, scope: &Json<'_>) {
        let of = scope.get("type");
        self.described_product(of, scope.get("properties"));
        let parts = listed(scope.get("subscopes").filter(|_| is_of(of, "Product")));
        for part in parts.iter().filter(|part| is_of(part.get("type"), "Offer")) {
            if let Some(offer) = part.get("properties") {
                self.price(offer, "price", "priceCurrency");
            }
        }
    }

    pub(super) fn price(&mut self, of: &Json<'_>, amount: &str, currency: &str) {
        let amount = of.word(amount);
        if is_amount(amount) {
            self.add_text(Kind::Price, &joined(&[amount, of.word(currency)]));
        }
    }

    /// What a person filled in: of most fields that they did, of those to choose from which was chosen.
    pub(super) fn form(&mut self, form: &Json<'_>) {
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

    pub(super) fn device(&mut self, device: &Json<'_>) {
        let parts = ["platform", "android_version", "device_model"].map(|key| device.word(key));
        self.add_text(Kind::Device, &joined(&parts));
    }

    pub(super) fn pixel(&mut self, pixel: &Json<'_>) {
        for key in ["code", "codes"] {
            pixel
                .word(key)
                .split('|')
                .for_each(|code| self.add_text(Kind::Pixel, code));
        }
    }
}

/// Whether something is of a type, by the name that it ends with.
fn is_of(of: Option<&Json<'_>>, name: &str) -> bool {
    of.and_then(Json::words).is_some_and(|of| of.ends_with(name))
}

/// All that there is: of a list what is in it, else the value itself.
fn listed<'a, 'b>(value: Option<&'b Json<'a>>) -> &'b [Json<'a>] {
    match value {
        Some(Json::List(all)) => all,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}
