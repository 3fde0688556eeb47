//! Lists that are added to those that ship.
use detick::blocker::Decision;
use detick::cleaner::Options;
use detick::compiler::{Compiler, Made, Origin};
use detick::dnr::{Browser, Budget, Rule, RuleAction, Unsupported, priority};
use detick::engine::{self, Engine};
use detick::list;
use detick::request::Request;

const SHIPPED: &[u8] = b"||analytics.tiktok.com^\n||log.tiktok.com^\n";

fn compiler(browser: Browser) -> Compiler {
    let (shipped, _) = list::parse("tiktok.txt", SHIPPED);
    let image = engine::image(&[shipped], "tiktok.com site TikTok").unwrap();
    Compiler::new(&image, browser).unwrap()
}

fn made(lists: &[(&str, &str, Origin)]) -> Made {
    let mut compiler = compiler(Browser::Chromium);
    for (name, text, origin) in lists {
        compiler.add(name, text.as_bytes(), *origin).unwrap();
    }
    compiler.compile(Budget::CHROMIUM)
}

/// What the engine says of a script that shop.example loads: the decision and the list it is from.
fn verdict(made: &Made, url: &str) -> Option<(String, String, u32)> {
    let engine = Engine::restore(&made.image()).unwrap();
    let request = Request::new(url, "https://shop.example/", "script", "GET");
    let verdict = engine.blocker.check(&request)?;
    let decision = match verdict.decision {
        Decision::Block => "block",
        Decision::Allow => "allow",
        Decision::Redirect(_) => "redirect",
    };
    Some((decision.to_owned(), verdict.list.to_owned(), verdict.line))
}

fn said(decision: &str, list: &str, line: u32) -> Option<(String, String, u32)> {
    Some((decision.to_owned(), list.to_owned(), line))
}

#[test]
fn shipped_and_added_lists_decide_together() {
    let made = made(&[
        ("web.txt", "! a comment\n||ads.example^", Origin::Web),
        ("more.txt", "@@||log.tiktok.com^$script", Origin::Web),
    ]);
    assert_eq!(verdict(&made, "https://ads.example/x.js"), said("block", "web.txt", 2));
    assert_eq!(
        verdict(&made, "https://analytics.tiktok.com/x.js"),
        said("block", "tiktok.txt", 1)
    );
    assert_eq!(
        verdict(&made, "https://log.tiktok.com/x.js"),
        said("allow", "more.txt", 1)
    );
    assert_eq!(verdict(&made, "https://other.example/x.js"), None);
    assert_eq!(made.compiled.report.rules, 2, "lists that ship are rules already");
}

/// The extension has stored what it fetched, and reads a line there.
#[test]
fn an_image_quotes_own_and_shipped_lines_and_of_lists_from_the_web_only_their_numbers() {
    let lists = [
        ("web.txt", "! a comment\n||ads.example^", Origin::Web),
        ("trusted.txt", "\n||more.example^", Origin::Trusted),
        ("mine", "! mine\n||wanted.example^", Origin::Own),
    ];
    let image = made(&lists).image();
    let engine = Engine::restore(&image).unwrap();
    let quoted = |host: &str| {
        let request = Request::new(
            &format!("https://{host}/x.js"),
            "https://shop.example/",
            "script",
            "GET",
        );
        let verdict = engine.blocker.check(&request).unwrap();
        (verdict.list, verdict.line, verdict.filter)
    };
    assert_eq!(quoted("ads.example"), ("web.txt", 2, ""));
    assert_eq!(quoted("more.example"), ("trusted.txt", 2, ""));
    assert_eq!(quoted("wanted.example"), ("mine", 2, "||wanted.example^"));
    assert_eq!(
        quoted("analytics.tiktok.com"),
        ("tiktok.txt", 1, "||analytics.tiktok.com^")
    );
    let has = |line: &str| image.windows(line.len()).any(|part| part == line.as_bytes());
    assert_eq!(
        (has("||wanted.example^"), has("||ads.example^"), has("||more.example^")),
        (true, false, false)
    );
}

#[test]
fn own_lines_rank_above_lists() {
    let made = made(&[
        (
            "mine",
            "@@||ads.example^\n||wanted.example^\n@@||log.tiktok.com^",
            Origin::Own,
        ),
        (
            "web.txt",
            "||ads.example^$important\n@@||wanted.example^$important",
            Origin::Web,
        ),
    ]);
    assert_eq!(verdict(&made, "https://ads.example/x.js"), said("allow", "mine", 1));
    assert_eq!(verdict(&made, "https://wanted.example/x.js"), said("block", "mine", 2));
    assert_eq!(verdict(&made, "https://log.tiktok.com/x.js"), said("allow", "mine", 3));
    // The rules say the same: an exception needs no block to be there.
    let priority = |rule: &Rule| rule.priority;
    let block = &made.compiled.rulesets.block;
    assert_eq!(block.iter().map(priority).max(), Some(1_030));
    assert_eq!(
        made.compiled.report.lists[0].name, "web.txt",
        "lists come before own lines"
    );
}

#[test]
fn badfilter_reaches_as_far_as_its_list_may() {
    let made = made(&[
        (
            "web.txt",
            "||ads.example^\n||mine.example^$badfilter\n||log.tiktok.com^$badfilter",
            Origin::Web,
        ),
        ("more.txt", "||ads.example^$badfilter", Origin::Web),
        (
            "mine",
            "||mine.example^\n||analytics.tiktok.com^$badfilter",
            Origin::Own,
        ),
    ]);
    assert_eq!(verdict(&made, "https://ads.example/x.js"), None);
    assert_eq!(verdict(&made, "https://mine.example/x.js"), said("block", "mine", 1));
    assert_eq!(
        verdict(&made, "https://log.tiktok.com/x.js"),
        said("block", "tiktok.txt", 2)
    );
    // The browser's own rules of what ships stay, and so does the engine's line: it is told.
    assert_eq!(
        verdict(&made, "https://analytics.tiktok.com/x.js"),
        said("block", "tiktok.txt", 1)
    );
    let refused = &made.compiled.report.refused;
    assert_eq!((refused.len(), refused[0].line), (1, 2));
    assert_eq!(refused[0].why, Unsupported::Shipped);
    let own = made.compiled.report.lists.last().unwrap();
    assert_eq!((own.lines, own.converted, own.refused, own.cancelled), (2, 1, 1, 0));
}

#[test]
fn a_list_from_the_web_has_no_privileged_lines() {
    let lines = "||go.example^$urlskip=?to\n||x.example^$uritransform=/a/b/\n||y.example^$permissions=camera=()\n\
                 ||z.example^$removeheader=content-security-policy\n||c.example^$csp=script-src 'none'\n||ok.example^$removeheader=link\n@@||go.example^$urlskip\n";
    let refused = |origin| made(&[("x.txt", lines, origin)]).compiled.report.lists[0].unprivileged;
    assert_eq!((refused(Origin::Web), refused(Origin::Trusted)), (5, 0));
    let made = made(&[("x.txt", lines, Origin::Web)]);
    let said: Vec<String> = made.complaints[0].iter().map(ToString::to_string).collect();
    assert_eq!(
        said[0],
        "1:1: only a list that you trust may send links to another address ($urlskip=)"
    );
    let engine = Engine::restore(&made.image()).unwrap();
    let link = "https://go.example/?to=https%3A%2F%2Fevil.example%2F";
    assert_eq!(engine.cleaner.clean(link, &Options::default()).url, link);
}

#[test]
fn names_tell_lists_apart() {
    let mut compiler = compiler(Browser::Chromium);
    compiler.add("a.txt", b"||a.example^", Origin::Web).unwrap();
    for name in ["a.txt", "tiktok.txt"] {
        let error = compiler.add(name, b"||b.example^", Origin::Web).unwrap_err();
        assert_eq!(error.to_string(), format!("there is a list named `{name}` already"));
    }
}

#[test]
fn conditions_hold_as_the_browser_says() {
    let text = b"!#if env_firefox\n||fox.example^\n!#else\n||other.example^\n!#endif\n!#if adguard\n!#include a.txt\n!#endif\n\
                 !#if ext_ublock\n!#include b.txt\n!#endif\n";
    for (browser, filter_line) in [(Browser::Firefox, 2), (Browser::Chromium, 4)] {
        let mut compiler = compiler(browser);
        let list = compiler.add("a.txt", text, Origin::Web).unwrap();
        assert_eq!(
            list.filters.iter().map(|filter| filter.line).collect::<Vec<_>>(),
            [filter_line]
        );
        assert_eq!(list.includes, [(10, "b.txt".to_owned())]);
    }
}

#[test]
fn what_does_not_fit_is_the_least_specific() {
    let mut compiler = compiler(Browser::Chromium);
    let web = "/anywhere/\n||a.example/path\n@@||b.example^\n/page/$domain=shop.example\n||c.example^\n||d.example^\n";
    compiler.add("web.txt", web.as_bytes(), Origin::Web).unwrap();
    compiler.add("mine", b"/own/", Origin::Own).unwrap();
    let budget = Budget {
        rules: 4,
        ..Budget::CHROMIUM
    };
    let report = compiler.compile(budget).compiled.report;
    assert_eq!((report.rules, report.left_rules), (4, 2));
    let web = &report.lists[0];
    assert_eq!(
        (web.left, web.converted, web.left_examples.as_slice()),
        (2, 4, &[1, 4][..])
    );
    assert_eq!(report.lists[1].left, 0);
}

#[test]
fn firefox_leaves_links_to_the_engine() {
    let mut compiler = compiler(Browser::Firefox);
    compiler.add("web.txt", b"$removeparam=x\n", Origin::Trusted).unwrap();
    let made = compiler.compile(Budget::FIREFOX);
    assert_eq!(made.compiled.rulesets.links, []);
    assert_eq!(made.compiled.report.lists[0].converted, 1);
    let engine = Engine::restore(&made.image()).unwrap();
    assert_eq!(
        engine
            .cleaner
            .clean("https://a.example/?x=1&y=2", &Options::default())
            .url,
        "https://a.example/?y=2"
    );
}

#[test]
fn an_own_exception_keeps_a_parameter_from_shipped_rules() {
    let made = made(&[("mine", "@@||shop.example^$removeparam=utm_source\n", Origin::Own)]);
    let [rule] = made.compiled.rulesets.links.as_slice() else {
        panic!("one rule: {:?}", made.compiled.rulesets.links)
    };
    assert_eq!(rule.action, RuleAction::Allow);
    assert_eq!(
        rule.condition.url_filter.as_deref(),
        Some("||shop.example*^utm_source=")
    );
    // Above every rule about links that ships, below every block.
    assert!(rule.priority > priority::LINK_IMPORTANT && rule.priority < priority::BLOCK);
}
