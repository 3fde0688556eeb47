//! What a report asks, answered by the module that decides: JavaScript hands questions over, and answers back as JSON.

use wasm_bindgen::prelude::*;

use crate::blocker::Decision;
use crate::json::Json;
use crate::payload::Fact;
use crate::recording::own::{fact_of, items};
use crate::report::{Answers, Asked, Behind, EMBEDS, Gone, Links, Place, Ruled, saved};

#[wasm_bindgen]
extern "C" {
    /// An engine that answers in JSON.
    #[wasm_bindgen(typescript_type = "ReportAnswers")]
    #[derive(Debug)]
    pub type ReportAnswers;
    #[wasm_bindgen(method, js_name = listBit)]
    fn list_bit(this: &ReportAnswers, name: &str) -> u32;
    #[wasm_bindgen(method)]
    fn place(this: &ReportAnswers, url: &str) -> String;
    #[wasm_bindgen(method)]
    fn check(this: &ReportAnswers, url: &str, source: &str, kind: &str, method: &str, off: u32) -> String;
    #[wasm_bindgen(method)]
    fn tracker(this: &ReportAnswers, host: &str) -> String;
    #[wasm_bindgen(method)]
    fn clean(this: &ReportAnswers, url: &str) -> String;
    #[wasm_bindgen(method)]
    fn told(this: &ReportAnswers, url: &str) -> String;
}

/// The engine beside this module.
#[derive(Debug)]
pub(super) struct Beside {
    answers: ReportAnswers,
    embeds: u32,
    never: u32,
}

impl Beside {
    pub(super) fn new(answers: ReportAnswers) -> Beside {
        let never = saved::unasked()
            .iter()
            .fold(0, |bits, name| bits | answers.list_bit(name));
        Beside {
            embeds: answers.list_bit(EMBEDS),
            never,
            answers,
        }
    }
}

impl Answers for Beside {
    fn place(&mut self, url: &str) -> Place {
        let answer = self.answers.place(url);
        let place = Json::parse(&answer).unwrap_or(Json::Word);
        Place {
            host: text(&place, "host"),
            domain: text(&place, "domain"),
            site: text(&place, "site"),
        }
    }

    fn verdict(&mut self, asked: &Asked<'_>, has_embeds: bool) -> Option<Ruled> {
        let off = self.never | if has_embeds { 0 } else { self.embeds };
        let answer = self
            .answers
            .check(asked.url, asked.source_url, asked.kind, asked.method, off);
        let verdict = Json::parse(&answer)?;
        Some(Ruled {
            decision: match verdict.word("action") {
                "block" => Decision::Block,
                "allow" => Decision::Allow,
                "redirect" => Decision::Redirect(""),
                _ => return None,
            },
            filter: text(&verdict, "filter"),
            list: text(&verdict, "list"),
            line: number(verdict.word("line")),
        })
    }

    fn company(&self, host: &str) -> Option<Behind> {
        let answer = self.answers.tracker(host);
        let tracker = Json::parse(&answer)?;
        tracker.get("company")?;
        Some(Behind {
            company: text(&tracker, "company"),
            purpose: text(&tracker, "purpose"),
        })
    }

    fn links(&self, url: &str) -> Links {
        let answer = self.answers.clean(url);
        let cleaned = Json::parse(&answer).unwrap_or(Json::Word);
        let gone = |removed: &Json<'_>| {
            let (list, line) = removed.word("rule").rsplit_once(':').unwrap_or_default();
            Gone {
                name: text(removed, "name"),
                list: list.to_owned(),
                line: number(line),
                why: text(removed, "why"),
            }
        };
        Links {
            redirectors: items(cleaned.get("unwrapped"))
                .iter()
                .filter_map(Json::words)
                .map(str::to_owned)
                .collect(),
            removed: items(cleaned.get("removed")).iter().map(gone).collect(),
        }
    }

    /// Detick's own log has no bodies.
    fn facts(&self, url: &str, _: &[u8]) -> Vec<Fact> {
        let answer = self.answers.told(url);
        let facts = Json::parse(&answer);
        items(facts.as_ref()).iter().filter_map(fact_of).collect()
    }

    fn is_report(&self, _: &[u8]) -> bool {
        false
    }
}

/// As it stands there, blanks around it and all.
fn text(object: &Json<'_>, key: &str) -> String {
    match object.get(key) {
        Some(Json::Text(text)) => text.clone().into_owned(),
        _ => String::new(),
    }
}

fn number(text: &str) -> u32 {
    text.parse().unwrap_or_default()
}
