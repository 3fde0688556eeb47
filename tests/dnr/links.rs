//! What rules make of a navigation, against what the cleaner makes of the same link.

use super::browser::{self, Request};
use super::gaps;
use detick::cleaner::{Cleaner, Options, Tiers};
use detick::dnr::{self, Layer, ResourceType, RuleAction, Rulesets, Settings};
use detick::filter::{Action, Param, ParamTest, Pattern, Polarity};
use detick::list::{self, List};

fn links_txt() -> List {
    let (list, complaints) = list::parse("links.txt", &std::fs::read("filters/links.txt").unwrap());
    assert_eq!(complaints, []);
    list
}

fn rulesets(list: &List) -> Rulesets {
    let settings = Settings {
        layer: Layer::Ground,
        ..Settings::default()
    };
    dnr::compile(std::slice::from_ref(list), &settings).rulesets
}

struct Both {
    rules: Rulesets,
    cleaner: Cleaner,
}

impl Both {
    fn new(list: List) -> Both {
        Both {
            rules: rulesets(&list),
            cleaner: Cleaner::new(&[list]).0,
        }
    }

    /// How the rules differ from the cleaner, or `None`.
    fn difference(&self, link: &str) -> Option<String> {
        let options = Options {
            tiers: Tiers::NAVIGATION,
            keep: &[],
        };
        let cleaned = self.cleaner.clean(link, &options);
        let (reached, rounds) = browser::navigate(&self.rules.links, link);
        assert!(rounds < 12, "{link} takes {rounds} rounds");
        // The page that a detour leads to asks the engine: the rest is its part.
        let mut detours = self.rules.unwrap.iter();
        let detour = detours.any(|condition| browser::matches(condition, &page(link)));
        if !cleaned.unwrapped.is_empty() {
            return (!detour).then(|| "no detour".to_owned());
        }
        if detour {
            return None;
        }
        (reached != cleaned.url).then(|| format!("rules: {reached} engine: {}", cleaned.url))
    }
}

fn page(url: &str) -> Request<'_> {
    Request {
        url,
        initiator: "",
        kind: ResourceType::MainFrame,
        method: "get",
    }
}

#[test]
fn what_a_form_sends_is_no_link() {
    let both = Both::new(links_txt());
    for url in [
        "https://shop.example/?utm_source=x",
        "https://www.tiktok.com/?_r=1",
        "https://www.tiktok.com/link/v2?target=https%3A%2F%2Fshop.example%2F",
    ] {
        let asked = |method| Request { method, ..page(url) };
        let is_changed = |method| {
            let mut detours = both.rules.unwrap.iter();
            browser::winner(&both.rules.links, &asked(method))
                .is_some_and(|rule| matches!(rule.action, RuleAction::Redirect { .. }))
                || detours.any(|condition| browser::matches(condition, &asked(method)))
        };
        assert!(is_changed("get"), "{url}");
        assert!(!is_changed("post"), "{url}");
    }
}

#[test]
fn rules_clean_the_table_of_links() {
    let both = Both::new(links_txt());
    let table: Vec<serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string("tests/links.json").unwrap()).unwrap();
    let mut found = Vec::new();
    for row in &table {
        let link = row["link"].as_str().unwrap();
        // What a browser navigates to has been through its parser.
        let Ok(url) = url::Url::parse(link) else { continue };
        if !matches!(url.scheme(), "http" | "https") {
            continue;
        }
        if let Some(what) = both.difference(url.as_str()) {
            found.push((row["name"].as_str().unwrap().to_owned(), what));
        }
    }
    gaps::check("links", &found);
}

/// links.txt without the lines that rules cannot say.
fn sayable() -> List {
    let list = links_txt();
    let report = dnr::compile(std::slice::from_ref(&list), &Settings::default()).report;
    let refused = |number: u32| report.refused.iter().any(|refusal| refusal.line == number);
    let lines = 1..=list.line_count();
    let kept: Vec<&str> = lines
        .filter(|number| !refused(*number))
        .map(|number| list.line(number))
        .collect();
    list::parse("links.txt", kept.join("\n").as_bytes()).0
}

/// One link for every line that takes out a name: the name alone, and among others.
#[test]
fn rules_clean_a_link_for_every_line() {
    let list = sayable();
    let both = Both::new(list.clone());
    let mut found = Vec::new();
    for filter in list.filters.iter().filter(|filter| filter.polarity == Polarity::Apply) {
        let Action::RemoveParam(Param::Only(ParamTest::Name(name))) = &filter.action else {
            continue;
        };
        let Some(start) = address(filter) else { continue };
        let mark = match start.find('?') {
            None => "?",
            Some(at) if at + 1 == start.len() => "",
            Some(_) => "&",
        };
        for query in [format!("{name}=x"), format!("a=1&{name}=x&utm_source=y&fbclid=z&b=2")] {
            let link = format!("{start}{mark}{query}");
            if let Some(what) = both.difference(&link) {
                found.push((list.line(filter.line).to_owned(), what));
            }
        }
    }
    gaps::check("lines of links.txt", &found);
}

/// An address that the filter matches; `None` for patterns that are not simple.
fn address(filter: &detick::filter::Filter) -> Option<String> {
    use detick::filter::{Anchor, Domain};
    let to = match filter.when.to.include.first() {
        Some(Domain::Host(host)) => Some(host.clone()),
        Some(Domain::Entity(name)) => Some(format!("{name}.com")),
        _ => None,
    };
    match &filter.pattern {
        Pattern::Any => Some(format!("https://{}/page", to.unwrap_or("www.example.com".to_owned()))),
        Pattern::Glob(glob) => {
            // In front of a later parameter there is a first one.
            let text = glob
                .text
                .trim_end_matches('^')
                .replace("*&", "?k=v&")
                .replace(['*', '^'], "/x/");
            if text.matches('?').count() > 1 {
                return None;
            }
            match glob.anchor {
                Anchor::Host if text.contains('/') => Some(format!("https://{text}")),
                Anchor::Host => Some(format!("https://{text}/")),
                Anchor::Anywhere if text.starts_with('/') => {
                    Some(format!("https://{}{text}", to.unwrap_or("www.example.com".to_owned())))
                }
                _ => None,
            }
        }
        Pattern::Regex(_) => None,
    }
}
