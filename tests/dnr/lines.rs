//! Line by line: the rules it becomes, or the reason why it becomes none.

use detick::dnr::{self, Browser, Compiled, Layer, Settings};
use detick::list;
use serde_json::{Value, json};

fn compiled(lines: &str, settings: &Settings) -> Compiled {
    let (list, complaints) = list::parse("mine.txt", lines.as_bytes());
    assert_eq!(complaints, [], "{lines}");
    dnr::compile(&[list], settings)
}

/// All rules, without their ids.
fn rules(lines: &str, settings: &Settings) -> Vec<Value> {
    let rulesets = compiled(lines, settings).rulesets;
    let rules = rulesets.all().into_iter().flat_map(|(_, rules)| rules.to_vec());
    let value = |rule| {
        let mut value = serde_json::to_value(rule).unwrap();
        value.as_object_mut().unwrap().remove("id");
        value
    };
    rules.map(value).collect()
}

fn check(line: &str, expected: &[Value]) {
    assert_eq!(rules(line, &Settings::default()), expected, "{line}");
}

/// Compares rules without regard to their order.
fn assert_same_rules(mut one: Vec<Value>, mut other: Vec<Value>) {
    one.sort_by_key(Value::to_string);
    other.sort_by_key(Value::to_string);
    assert_eq!(one, other);
}

fn rule(priority: u32, action: &str, condition: Value) -> Value {
    json!({ "priority": priority, "action": { "type": action }, "condition": condition })
}

fn block(condition: Value) -> Value {
    rule(10, "block", condition)
}

#[test]
fn patterns() {
    for (line, condition) in [
        ("||pixel.example^", json!({"requestDomains": ["pixel.example"]})),
        ("pixel.example", json!({"requestDomains": ["pixel.example"]})),
        ("0.0.0.0 pixel.example", json!({"requestDomains": ["pixel.example"]})),
        ("||pixel.example/path", json!({"urlFilter": "||pixel.example/path"})),
        ("||pixel.example^*.gif?", json!({"urlFilter": "||pixel.example^*.gif?"})),
        ("||pixel.", json!({"urlFilter": "||pixel."})),
        ("||*/x9", json!({"urlFilter": "/x9"})),
        ("/track/*", json!({"urlFilter": "/track/"})),
        ("-ad.js|", json!({"urlFilter": "-ad.js|"})),
        ("|https://ads.", json!({"urlFilter": "|https://ads."})),
        ("*|x*", json!({"urlFilter": "*|x"})),
        ("||[::1]^", json!({"urlFilter": "||[::1]^"})),
        ("||1.2.3.4^", json!({"requestDomains": ["1.2.3.4"]})),
        ("||1.2.3.4/x", json!({"urlFilter": "||1.2.3.4/x"})),
        ("/Pixel.GIF", json!({"urlFilter": "/pixel.gif"})),
        (
            "/Pixel.GIF$match-case",
            json!({"urlFilter": "/Pixel.GIF", "isUrlFilterCaseSensitive": true}),
        ),
        (
            "||bücher.example/ü",
            json!({"urlFilter": "||xn--bcher-kva.example/%c3%bc"}),
        ),
        (
            "/ads[0-9]+/$script",
            json!({"regexFilter": "ads[0-9]+", "resourceTypes": ["script"]}),
        ),
    ] {
        check(line, &[block(condition)]);
    }
}

#[test]
fn types() {
    for (options, condition) in [
        ("script", json!({"resourceTypes": ["script"]})),
        (
            "xhr,ping,websocket",
            json!({"resourceTypes": ["xmlhttprequest", "ping", "websocket"]}),
        ),
        ("document", json!({"resourceTypes": ["main_frame"]})),
        ("~script", json!({"excludedResourceTypes": ["main_frame", "script"]})),
        ("~third-party", json!({"domainType": "firstParty"})),
        ("script,popup", json!({"resourceTypes": ["script"]})),
    ] {
        let mut expected = condition;
        expected["requestDomains"] = json!(["a.example"]);
        check(&format!("||a.example^${options}"), &[block(expected)]);
    }
}

/// A list of kinds would leave out those that one browser alone has, such as Firefox's `beacon`.
#[test]
fn everything_is_said_without_a_list_of_kinds() {
    for options in ["all", "all,redirect=noop.js"] {
        let rules = rules(&format!("||a.example^${options}"), &Settings::default());
        let blocks = rules.into_iter().filter(|rule| rule["priority"] == 10).collect();
        let hosts = json!({"requestDomains": ["a.example"]});
        let page = json!({"requestDomains": ["a.example"], "resourceTypes": ["main_frame"]});
        assert_same_rules(blocks, vec![block(hosts), block(page)]);
    }
}

#[test]
fn types_that_one_browser_has() {
    let of = |browser| {
        let settings = Settings {
            browser,
            ..Settings::default()
        };
        rules("/x$image,ping", &settings)[0]["condition"]["resourceTypes"].clone()
    };
    assert_eq!(of(Browser::Both), json!(["image", "ping"]));
    assert_eq!(of(Browser::Chromium), json!(["image", "ping"]));
    assert_eq!(of(Browser::Firefox), json!(["image", "ping", "beacon", "imageset"]));
}

#[test]
fn conditions() {
    for (options, condition) in [
        ("third-party", json!({"domainType": "thirdParty"})),
        (
            "domain=a.example|b.example",
            json!({"initiatorDomains": ["a.example", "b.example"]}),
        ),
        ("from=a.example", json!({"initiatorDomains": ["a.example"]})),
        ("domain=~a.example", json!({"excludedInitiatorDomains": ["a.example"]})),
        (
            "domain=a.example|~x.a.example|~other.example",
            json!({"initiatorDomains": ["a.example"], "excludedInitiatorDomains": ["x.a.example"]}),
        ),
        (
            "domain=~a.example|x.a.example",
            json!({"initiatorDomains": ["x.a.example"]}),
        ),
        (
            "to=a.example|~x.a.example",
            json!({"requestDomains": ["a.example"], "excludedRequestDomains": ["x.a.example"]}),
        ),
        (
            "third-party,denyallow=cdn.example",
            json!({"domainType": "thirdParty", "excludedRequestDomains": ["cdn.example"]}),
        ),
        ("method=post|put", json!({"requestMethods": ["post", "put"]})),
        ("method=~get", json!({"excludedRequestMethods": ["get"]})),
    ] {
        let mut expected = condition;
        expected["urlFilter"] = json!("/x");
        check(&format!("/x${options}"), &[block(expected)]);
    }
}

#[test]
fn entities_are_spelt_out() {
    let rules = rules("/x$domain=shop.*", &Settings::default());
    let hosts = rules[0]["condition"]["initiatorDomains"].as_array().unwrap();
    for host in ["shop.com", "shop.de", "shop.co.uk", "shop.com.au"] {
        assert!(hosts.contains(&json!(host)), "{host}");
    }
    assert!(hosts.len() < 400);
}

#[test]
fn precedence() {
    let hosts = || json!({"requestDomains": ["a.example"]});
    check("||a.example^", &[rule(10, "block", hosts())]);
    check("@@||a.example^", &[rule(30, "allow", hosts())]);
    check("||a.example^$important", &[rule(40, "block", hosts())]);
    check("@@||a.example^$important", &[rule(50, "allow", hosts())]);
    let page = json!({"requestDomains": ["a.example"], "resourceTypes": ["main_frame"]});
    check("@@||a.example^$document", &[rule(30, "allowAllRequests", page)]);
    let own = Settings {
        own_from: 0,
        ..Settings::default()
    };
    assert_eq!(rules("||a.example^", &own), [rule(1010, "block", hosts())]);
}

#[test]
fn badfilter_cancels_across_lists() {
    let (first, _) = list::parse("a.txt", b"||a.example^\n||b.example^$script");
    let (second, _) = list::parse("b.txt", b"||a.example^$badfilter\n||b.example^$badfilter");
    let compiled = dnr::compile(&[first, second], &Settings::default());
    assert_eq!(
        compiled
            .report
            .lists
            .iter()
            .map(|list| list.cancelled)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    let condition = &compiled.rulesets.block[0].condition;
    assert_eq!(
        serde_json::to_value(condition).unwrap(),
        json!({"requestDomains": ["b.example"], "resourceTypes": ["script"]})
    );
}

#[test]
fn surrogates() {
    let condition = || json!({"urlFilter": "||a.example/x.js", "resourceTypes": ["script"]});
    let answer = json!({
        "priority": 11,
        "action": {"type": "redirect", "redirect": {"extensionPath": "/surrogates/noop.js"}},
        "condition": condition(),
    });
    check(
        "||a.example/x.js$script,redirect=noopjs",
        &[block(condition()), answer.clone()],
    );
    check("||a.example/x.js$script,redirect=nothing.js", &[block(condition())]);
    check("||a.example/x.js$script,redirect-rule=noopjs", &[]);
    let blocked = block(json!({"requestDomains": ["a.example"]}));
    check(
        "||a.example^\n||a.example/x.js$script,redirect-rule=noopjs",
        &[blocked, answer],
    );
}

#[test]
fn stand_ins_that_a_page_could_read_the_address_of_come_without_one() {
    let lines = |options: &str| {
        let lines = detick::surrogate::files().map(|file| format!("||{file}.example^${options}redirect={file}\n"));
        lines.collect::<String>()
    };
    let of = |options: &str, browser| {
        let settings = Settings {
            browser,
            ..Settings::default()
        };
        compiled(&lines(options), &settings)
    };
    for browser in [Browser::Both, Browser::Chromium, Browser::Firefox] {
        for options in ["", "all,", "xmlhttprequest,script,stylesheet,"] {
            let rulesets = of(options, browser).rulesets;
            for rule in &rulesets.surrogates {
                let said = serde_json::to_string(rule).unwrap();
                assert!(
                    !rule.condition.resource_types.is_empty(),
                    "{said} is for kinds that nobody named"
                );
                for kind in [
                    "xmlhttprequest",
                    "stylesheet",
                    "main_frame",
                    "ping",
                    "websocket",
                    "other",
                ] {
                    assert!(!said.contains(&format!("\"{kind}\"")), "{browser:?}: {said}");
                }
            }
            for rule in &rulesets.data_surrogates {
                let said = serde_json::to_string(rule).unwrap();
                assert!(said.contains(r#""redirect":{"url":"data:"#), "{said}");
            }
            assert_eq!(rulesets.data_surrogates.is_empty(), browser == Browser::Firefox);
            assert!(!rulesets.surrogates.is_empty());
        }
        let rulesets = of("xmlhttprequest,", browser).rulesets;
        assert!(rulesets.surrogates.is_empty(), "{browser:?}");
        assert!(!rulesets.block.is_empty(), "what is not answered is blocked");
    }
    let refused = of("stylesheet,", Browser::Firefox).report.refused;
    assert_eq!(refused.len(), detick::surrogate::files().count());
    assert!(
        refused
            .iter()
            .all(|refusal| refusal.why == dnr::Unsupported::ReadableAnswer)
    );
}

#[test]
fn every_stand_in_is_there() {
    for file in detick::surrogate::files() {
        assert!(
            std::path::Path::new("extension/surrogates").join(file).is_file(),
            "{file}"
        );
    }
}

#[test]
fn headers_and_policies() {
    let change = |side: &str, header: Value, condition: Value| json!({"priority": 60, "action": {"type": "modifyHeaders", side: [header]}, "condition": condition});
    let frames = |mut condition: Value| {
        condition["resourceTypes"] = json!(["main_frame", "sub_frame"]);
        condition
    };
    let csp = json!({"header": "content-security-policy", "operation": "append", "value": "script-src 'none'"});
    check(
        "||a.example^$csp=script-src 'none'",
        &[change(
            "responseHeaders",
            csp.clone(),
            frames(json!({"requestDomains": ["a.example"]})),
        )],
    );
    check(
        "||a.example^$csp=script-src 'none'\n@@||x.a.example^$csp",
        &[change(
            "responseHeaders",
            csp,
            frames(json!({"requestDomains": ["a.example"], "excludedRequestDomains": ["x.a.example"]})),
        )],
    );
    check(
        "||a.example^$permissions=camera=()",
        &[change(
            "responseHeaders",
            json!({"header": "permissions-policy", "operation": "append", "value": "camera=()"}),
            frames(json!({"requestDomains": ["a.example"]})),
        )],
    );
    check(
        "||a.example^$script,removeheader=request:Referer",
        &[change(
            "requestHeaders",
            json!({"header": "referer", "operation": "remove"}),
            json!({"requestDomains": ["a.example"], "resourceTypes": ["script"]}),
        )],
    );
}

#[test]
fn response_headers_are_chromiums() {
    let chromium = Settings {
        browser: Browser::Chromium,
        ..Settings::default()
    };
    let rules = rules("/x$script,header=via:1.1 google", &chromium);
    assert_eq!(
        rules[0]["condition"]["responseHeaders"],
        json!([{"header": "via", "values": ["1.1 google"]}])
    );
}

fn removing(priority: u32, names: &[&str], mut condition: Value) -> Value {
    condition["requestMethods"] = json!(["get"]);
    json!({
        "priority": priority,
        "action": {"type": "redirect", "redirect": {"transform": {"queryTransform": {"removeParams": names}}}},
        "condition": condition,
    })
}

#[test]
fn parameters_above_the_ground_layer() {
    let page = |mut condition: Value| {
        condition["resourceTypes"] = json!(["main_frame"]);
        condition
    };
    for (lines, expected) in [
        (
            "$removeparam=fbclid",
            vec![removing(
                2,
                &["fbclid"],
                page(json!({"urlFilter": "^fbclid=", "isUrlFilterCaseSensitive": true})),
            )],
        ),
        (
            "||a.example^$removeparam=1\n||b.example^$removeparam=1",
            vec![removing(
                2,
                &["1"],
                page(json!({"urlFilter": "^1=", "requestDomains": ["a.example", "b.example"]})),
            )],
        ),
        (
            "||a.example/x$removeparam=t",
            vec![removing(2, &["t"], page(json!({"urlFilter": "||a.example/x*^t="})))],
        ),
        (
            "||a.example/x?$removeparam=t",
            vec![
                removing(2, &["t"], page(json!({"urlFilter": "||a.example/x?*^t="}))),
                removing(2, &["t"], page(json!({"urlFilter": "||a.example/x?t="}))),
            ],
        ),
        (
            "@@||a.example^$removeparam",
            vec![rule(4, "allow", page(json!({"requestDomains": ["a.example"]})))],
        ),
        (
            "$removeparam=1\n@@||a.example^$removeparam=1",
            vec![removing(
                2,
                &["1"],
                page(json!({"urlFilter": "^1=", "excludedRequestDomains": ["a.example"]})),
            )],
        ),
        ("$removeparam=1\n@@$removeparam=1", vec![]),
        (
            "||a.example^$xhr,removeparam=1",
            vec![removing(
                2,
                &["1"],
                json!({"urlFilter": "^1=", "requestDomains": ["a.example"], "resourceTypes": ["xmlhttprequest"]}),
            )],
        ),
    ] {
        check(lines, &expected);
    }
}

#[test]
fn the_ground_layer_matches_each_page_once() {
    let ground = Settings {
        layer: Layer::Ground,
        ..Settings::default()
    };
    let many = "||a.example^$removeparam=1\n||a.example^$removeparam=2\n||a.example^$removeparam=3\n\
                ||a.example^$removeparam=4\n||a.example^$removeparam=5\n||a.example^$removeparam=6\n";
    let page = |mut condition: Value| {
        condition["resourceTypes"] = json!(["main_frame"]);
        condition
    };
    assert_same_rules(
        rules(
            &format!("$removeparam=u\n{many}@@||x.a.example^$removeparam=2"),
            &ground,
        ),
        vec![
            removing(
                1,
                &["1", "2", "3", "4", "5", "6", "u"],
                page(json!({"requestDomains": ["a.example"], "excludedRequestDomains": ["x.a.example"]})),
            ),
            removing(
                1,
                &["1", "3", "4", "5", "6", "u"],
                page(json!({"requestDomains": ["x.a.example"]})),
            ),
            removing(1, &["u"], page(json!({"excludedRequestDomains": ["a.example"]}))),
            rule(
                8,
                "allow",
                page(json!({"regexFilter": "^[^?#]*\\?(?:[^#]*&)?[^=&#]*(?:[&#]|$)"})),
            ),
        ],
    );
}

#[test]
fn redirectors() {
    let conditions = |lines: &str| serde_json::to_value(compiled(lines, &Settings::default()).rulesets.unwrap).unwrap();
    assert_eq!(
        conditions("||go.example/out?$urlskip=?to\n||go2.example/out?$urlskip=?to\n||sub.go.example^$urlskip=?u"),
        json!([
            {
                "regexFilter": "^https?://.*[?&]u=.*",
                "requestDomains": ["sub.go.example"],
                "requestMethods": ["get"],
                "resourceTypes": ["main_frame"],
            },
            {
                "regexFilter": "^https?://[^/?#]+/out\\?(?:.*&)?to=.*",
                "requestDomains": ["go.example", "go2.example"],
                "requestMethods": ["get"],
                "resourceTypes": ["main_frame"],
            },
        ])
    );
    assert_eq!(
        conditions("||go.example^$urlskip=?u\n@@||go.example^$urlskip"),
        json!([])
    );
}

#[test]
fn what_rules_cannot_say_is_refused_by_name() {
    for (line, why) in [
        ("||a.example^$popup", "pop-up"),
        ("||a.example^$strict1p", "exact hosts"),
        ("/x$domain=/shop[0-9]/", "no regex for a domain"),
        ("/x$domain=a.example|~x.a.example|y.x.a.example", "always wins"),
        ("/[a-z0-9]{40}/", "larger"),
        ("||^x", "no address can match"),
        ("/x$header=via:1.1 google", "only Chromium"),
        (
            "||a.example/x.js$redirect=nothing.js",
            "no surrogate named `nothing.js`",
        ),
        ("||a.example/x.js$redirect-rule=noopjs", "needs a line"),
        ("@@||a.example/x.js$redirect", "take back"),
        ("$removeparam=/^utm_/", "no regex"),
        ("||a.example^$removeparam=~id", "all others"),
        ("/a[0-9]/$removeparam=id", "at once"),
        ("||a.example^$uritransform=/a/b/", "rewrite"),
        ("||a.example^$urlskip=?u -blocked", "another rule blocks"),
        ("@@||a.example/x$csp", "whole hosts"),
        ("@@||a.example/x$urlskip", "whole hosts"),
    ] {
        let report = compiled(line, &Settings::default()).report;
        assert_eq!(report.refused.len(), 1, "{line}");
        let refusal = &report.refused[0];
        assert!(refusal.why.to_string().contains(why), "{line}: {}", refusal.why);
        assert_eq!((refusal.line, refusal.text.as_str(), report.converted()), (1, line, 0));
    }
}

#[test]
fn parameters_beside_a_parameter_are_asked_for_in_every_order() {
    let asked = |line: &str| -> Vec<String> {
        let mut filters: Vec<String> = rules(line, &Settings::default())
            .iter()
            .map(|rule| rule["condition"]["urlFilter"].as_str().unwrap_or_default().to_owned())
            .collect();
        filters.sort();
        filters
    };
    assert_eq!(asked("$removeparam=r,with=a"), ["^a=*^r=", "^r=*^a="]);
    assert_eq!(
        asked("@@$removeparam,with=sig&exp|hm"),
        ["^exp=*^sig=", "^hm=", "^sig=*^exp="]
    );
    assert_eq!(asked("@@/p?$removeparam,with=a,target"), ["/p?*^a=", "/p?a="]);
    assert_eq!(asked("/p$removeparam=r,with=r&a"), ["/p*^a=*^r=", "/p*^r=*^a="]);
}
