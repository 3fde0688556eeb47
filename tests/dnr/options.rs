//! Every option of uBlock Origin's and AdGuard's network syntax: in force as rules, or refused by name.

use detick::dnr::{self, Browser, Settings};
use detick::list;

/// Options that become rules in Chromium.
const CONVERTED: &[&str] = &[
    "important",
    "all",
    "document",
    "doc",
    "subdocument",
    "frame",
    "ping",
    "beacon",
    "websocket",
    "other",
    "script",
    "image",
    "css",
    "font",
    "object",
    "xhr",
    "media",
    "csp_report",
    "match-case",
    "third-party",
    "~3p",
    "1p",
    "domain=a.example|~b.a.example",
    "from=shop.*",
    "to=x.example",
    "denyallow=y.x.example",
    "method=post|~get",
    "header=via",
    "empty",
    "redirect=noopjs",
    "rewrite=abp-resource:blank-js",
    "csp=script-src 'none'",
    "permissions=camera=()",
    "removeheader=link",
    "removeheader=request:referer",
    "removeparam=id",
    "queryprune=id",
    "removeparam",
    "removeparam=id,with=other",
    "urlskip=?to",
    "reason=a note",
    "_",
];

/// Options that can be read and not said in rules, with a word of the reason.
const REFUSED: &[(&str, &str)] = &[
    ("popup", "pop-up"),
    ("strict1p", "exact hosts"),
    ("strict3p", "exact hosts"),
    ("mp4", "no surrogate named"),
    ("redirect=click2load.html", "no surrogate named"),
    ("redirect-rule=noopjs", "needs a line without conditions"),
    ("header=via:/1/", "plain value"),
    ("domain=/shop/", "no regex for a domain"),
    ("removeparam=/^utm/", "no regex"),
    ("removeparam=~id", "keep one parameter"),
    ("uritransform=/a/b/", "rewrite a path"),
    ("urlskip=?to -blocked", "another rule blocks"),
];

/// Options that no browser extension can carry out: refused while reading.
const UNREAD: &[&str] = &[
    "ipaddress=1.2.3.4",
    "cname",
    "replace=/a/b/",
    "hls=/a/",
    "jsonprune=$.a",
    "xmlprune=a",
    "inline-script",
    "inline-font",
    "webrtc",
    "cookie=a",
    "genericblock",
    "urlblock",
    "content",
    "jsinject",
    "extension",
    "stealth",
    "referrerpolicy=origin",
    "app=com.x",
    "network",
    "dnstype=A",
    "dnsrewrite=1.2.3.4",
    "client=x",
    "ctag=x",
    "sitekey=x",
    "redirect=noop.js:arguments",
    "no-such-option",
];

#[test]
fn options_that_rules_have() {
    for option in CONVERTED {
        let (report, complaints) = report(&format!("||x.example/path${option}"));
        assert_eq!(complaints, [] as [String; 0], "{option}");
        assert_eq!((report.converted(), report.refused.len()), (1, 0), "{option}");
        assert!(report.rules + report.unwrap > 0, "{option}");
    }
}

#[test]
fn options_that_rules_lack() {
    for (option, word) in REFUSED {
        let (report, complaints) = report(&format!("||x.example/path${option}"));
        assert_eq!(complaints, [] as [String; 0], "{option}");
        assert_eq!(report.refused.len(), 1, "{option}");
        let why = report.refused[0].why.to_string();
        assert!(why.contains(word), "{option}: {why}");
    }
}

#[test]
fn options_that_nobody_can_carry_out() {
    for option in UNREAD {
        let (report, complaints) = report(&format!("||x.example/path${option}"));
        assert_eq!(report.lists[0].unread, 1, "{option}");
        let name = option.split('=').next().unwrap();
        assert!(
            complaints[0].starts_with("1:18: ") && complaints[0].contains(&format!("`{name}`")),
            "{option}: {}",
            complaints[0]
        );
    }
}

#[test]
fn lines_of_other_kinds() {
    let text = "0.0.0.0 a.example b.example\n127.0.0.1 localhost\nplain.example\n##.ad\na.example#@#.ad\n||c.example^$ghide\n\
                !#if env_chromium\n||d.example^\n!#endif\n!#include more.txt\n||e.example^\n||e.example^$badfilter\n";
    let (report, complaints) = report(text);
    assert_eq!(complaints, [] as [String; 0]);
    let list = &report.lists[0];
    // `!#if`, `!#endif`, `!#include`, localhost, and the line under the condition, which does not hold here.
    assert_eq!(
        (list.converted, list.cosmetic, list.cancelled, list.comments),
        (2, 3, 2, 5)
    );
    super::merging::assert_every_line_is_told(&report);
}

fn report(text: &str) -> (dnr::Report, Vec<String>) {
    let (list, complaints) = list::parse("x.txt", text.as_bytes());
    let settings = Settings {
        browser: Browser::Chromium,
        ..Settings::default()
    };
    let told = complaints.iter().map(ToString::to_string).collect();
    (dnr::compile(&[list], &settings).report, told)
}
