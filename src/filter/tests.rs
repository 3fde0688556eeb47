use super::*;

fn read(line: &str) -> Filter {
    line.parse().unwrap_or_else(|error| panic!("{line}: {error}"))
}

fn glob(line: &str) -> Glob {
    match read(line).pattern {
        Pattern::Glob(glob) => glob,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn patterns_keep_only_what_has_an_effect() {
    let rows = [
        ("||Ads.Example^", Anchor::Host, "ads.example^", false),
        ("|https://x.example/|", Anchor::Start, "https://x.example/", true),
        ("*/banner/*", Anchor::Anywhere, "/banner/", false),
        ("|*x.js|", Anchor::Anywhere, "x.js", true),
        ("||x.example/a*|", Anchor::Host, "x.example/a", false),
        (
            "||bücher.example/ü^",
            Anchor::Host,
            "xn--bcher-kva.example/%c3%bc^",
            false,
        ),
        ("||x.example/A$match-case", Anchor::Host, "x.example/A", false),
        ("/path/*$script", Anchor::Anywhere, "/path/", false),
    ];
    for (line, anchor, text, ends) in rows {
        assert_eq!(
            glob(line),
            Glob {
                anchor,
                text: text.to_owned(),
                ends
            },
            "{line}"
        );
    }
}

#[test]
fn a_slashed_pattern_is_a_regex_and_may_hold_dollars_and_commas() {
    let rows = [
        (r"/ads\d{1,3}$/", r"ads\d{1,3}$", Types::default_for(&Action::Block)),
        (r"/ads$/$script,image", r"ads$", Types::SCRIPT | Types::IMAGE),
        (
            r"/^https:\/\/a\.example\/$/$doc",
            r"^https:\/\/a\.example\/$",
            Types::DOCUMENT,
        ),
    ];
    for (line, source, types) in rows {
        assert_eq!(read(line).pattern, Pattern::Regex(source.to_owned()), "{line}");
        assert_eq!(read(line).when.types, types, "{line}");
    }
}

#[test]
fn complete_hosts_are_recognised() {
    let rows = [
        ("||a.example^", Some("a.example"), Some("a.example")),
        ("||a.example/x", None, Some("a.example")),
        ("||a.example:8080^", None, Some("a.example")),
        ("||a.example", None, None),
        ("||a.*^", None, None),
        ("||analytics*.tiktok.com^", None, None),
        ("||a.example^|", None, Some("a.example")),
    ];
    for (line, host, part) in rows {
        assert_eq!((glob(line).host(), glob(line).host_part()), (host, part), "{line}");
    }
}

#[test]
fn options_become_conditions() {
    let filter = read(
        "@@||x.example^$script,~third-party,domain=a.example|~b.a.example|c.*|/^d\\d/,to=~y.x.example,method=post|put,important",
    );
    assert_eq!(filter.polarity, Polarity::Except);
    assert_eq!(filter.when.types, Types::SCRIPT);
    assert_eq!(filter.when.party, Party::First);
    let include = vec![
        Domain::Host("a.example".into()),
        Domain::Entity("c".into()),
        Domain::Regex("^d\\d".into()),
    ];
    assert_eq!(
        filter.when.from,
        Domains {
            include,
            exclude: vec![Domain::Host("b.a.example".into())]
        }
    );
    assert_eq!(filter.when.to.exclude, [Domain::Host("y.x.example".into())]);
    assert_eq!(filter.when.methods, Methods::POST | Methods::PUT);
    assert!(filter.important && !filter.badfilter && filter.case == Case::Ignored);
    assert_eq!(
        read("||x.example^$~script,~image").when.types,
        Types::default_for(&Action::Block) - Types::SCRIPT - Types::IMAGE
    );
    assert_eq!(
        read("*$denyallow=a.example|b.example,domain=c.example")
            .when
            .denyallow
            .len(),
        2
    );
    assert_eq!(
        read("||x.example^$method=~get").when.methods,
        Methods::all() - Methods::GET
    );
    assert_eq!(read("||x.example^$all").when.types, Types::all());
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn options_say_what_a_filter_does() {
    let name = |name: &str| ParamTest::Name(name.to_owned());
    let regex = |source: &str, case| ParamTest::Regex {
        source: source.to_owned(),
        case,
    };
    let rows = [
        ("$removeparam=ttclid", Action::RemoveParam(Param::Only(name("ttclid")))),
        (
            "$removeparam=__cft__[0]",
            Action::RemoveParam(Param::Only(name("__cft__[0]"))),
        ),
        ("||x.example^$removeparam", Action::RemoveParam(Param::All)),
        (
            "$removeparam=/^a{2,3}=/i,domain=x.example",
            Action::RemoveParam(Param::Only(regex("^a{2,3}=", Case::Ignored))),
        ),
        (
            r"$removeparam=/^a{2\,3}=/",
            Action::RemoveParam(Param::Only(regex("^a{2,3}=", Case::Exact))),
        ),
        (
            "||x.example^$removeparam=~/^(q|lang)=/",
            Action::RemoveParam(Param::AllBut(regex("^(q|lang)=", Case::Exact))),
        ),
        (
            "/path/$removeparam=/^utm$/",
            Action::RemoveParam(Param::Only(regex("^utm$", Case::Exact))),
        ),
        (
            "||x.example/r?$urlskip=?url -base64 /(http.*)/ +https",
            Action::UrlSkip(vec![
                SkipStep::Param("url".into()),
                SkipStep::Base64,
                SkipStep::Regex("(http.*)".into()),
                SkipStep::Https,
            ]),
        ),
        (
            r"||x.example^$uritransform=/\/ref=[^\/]+//",
            Action::UriTransform(Some(Box::new(Transform {
                from: r"\/ref=[^\/]+".into(),
                to: String::new(),
                every: false,
                case: Case::Exact,
            }))),
        ),
        (
            "||x.example/a.js$script,redirect=ttq.js:5",
            Action::Redirect(Box::new(Redirect {
                resource: "ttq.js".into(),
                priority: 5,
                mode: RedirectMode::BlockAndAnswer,
            })),
        ),
        (
            "||x.example^$csp=script-src 'none'",
            Action::Csp("script-src 'none'".into()),
        ),
        (
            "||x.example^$permissions=camera=()|usb=()",
            Action::Permissions("camera=(), usb=()".into()),
        ),
        ("@@||x.example^$removeparam", Action::RemoveParam(Param::All)),
        ("@@||x.example^$csp", Action::Csp(String::new())),
        (
            "||x.example^$removeheader=request:Referer",
            Action::RemoveHeader(Some(Header {
                name: "referer".into(),
                side: HeaderSide::Request,
            })),
        ),
    ];
    for (line, action) in rows {
        assert_eq!(read(line).action, action, "{line}");
    }
}

#[test]
fn regexes_that_could_hang_a_page_are_refused() {
    let rows = [
        (
            "@@/ads(?!x)/$script",
            "column 3: the pattern cannot be read: its regex has a look-around",
        ),
        (
            "/(a)\\1/",
            "column 1: the pattern cannot be read: its regex has a back-reference",
        ),
        (
            "*$script,domain=/(a)\\1/",
            "column 10: option `domain` has a value that cannot be read",
        ),
    ];
    for (line, expected) in rows {
        let error = line.parse::<Filter>().unwrap_err().to_string();
        assert!(error.starts_with(expected), "{line}: {error}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_is_wrong_is_said_with_its_column() {
    let rows = [
        ("||x.example^$scirpt", "column 14: unknown option `scirpt`"),
        ("||x.example^$script,foo", "column 21: unknown option `foo`"),
        ("||x.example^$domain=", "column 14: option `domain` needs a value"),
        (
            "||x.example^$domain=a b",
            "column 14: option `domain` has a value that cannot be read: `a b`",
        ),
        ("||x.example^$script=1", "column 14: option `script` takes no value"),
        (
            "||x.example^$~important",
            "column 14: option `important` cannot be negated",
        ),
        (
            "||x.example^$script,~script",
            "column 14: the options leave no kind of request to match",
        ),
        (
            "||x.example^$csp=a,removeparam=b",
            "column 20: option `removeparam` contradicts `csp`: a filter does one thing",
        ),
        (
            "||x.example^$replace=/a/b/",
            "column 14: option `replace` is not supported: it rewrites the body of answers",
        ),
        (
            "*",
            "column 1: the filter would block all of the web or much of it; add a host, a longer path or an option",
        ),
        (
            "|a.example^",
            "column 1: the pattern cannot be read: addresses begin with their scheme; `||` begins a host",
        ),
        (
            "two words",
            "column 1: the pattern cannot be read: an address has no spaces",
        ),
        (
            "@@||ü x^$script",
            "column 3: the pattern cannot be read: an address has no spaces",
        ),
        (
            "||x.example^$csp=script-src 'self'; Report-URI https://y.example/",
            "column 14: a policy that reports (`report-uri`) would tell a server what people visit",
        ),
        (
            "||x.example^$removeparam=/(a/",
            "column 14: option `removeparam` is not supported: its regex cannot be read",
        ),
        (
            "||x.example^$urlskip=?u /(/",
            "column 14: option `urlskip` is not supported: its regex cannot be read",
        ),
        (
            "||x.example^$uritransform=/(/b/",
            "column 14: option `uritransform` is not supported: its regex cannot be read",
        ),
        ("||x.example^$script,,image", "column 21: unknown option ``"),
        ("||x.example^$Script", "column 14: unknown option `Script`"),
        ("||x.example^$script;image", "column 14: unknown option `script;image`"),
        ("||x.example^$domain=a.com,b.com", "column 27: unknown option `b.com`"),
        (
            "||x.example^$urlskip=what",
            "column 14: option `urlskip` has a value that cannot be read: `what`",
        ),
        (
            "||x.example^$method=fetch",
            "column 14: option `method` has a value that cannot be read: `fetch`",
        ),
    ];
    for (line, message) in rows {
        assert_eq!(
            line.parse::<Filter>().map_err(|error| error.to_string()),
            Err(message.to_owned()),
            "{line}"
        );
    }
}

#[test]
fn names_beyond_ascii_are_punycode_wherever_a_host_can_stand() {
    let rows = [
        ("||*.рф^", "*.xn--p1ai^"),
        ("||ads.*.рф/x", "ads.*.xn--p1ai/x"),
        (".пример.рф^", ".xn--e1afmkfd.xn--p1ai^"),
        ("пример.рф/ads", "xn--e1afmkfd.xn--p1ai/ads"),
        ("пример.com:8080/ads", "xn--e1afmkfd.com:8080/ads"),
        ("|https://пример.рф/ü", "https://xn--e1afmkfd.xn--p1ai/%c3%bc"),
        // No host: a word, a path, a file.
        ("реклама", "%d1%80%d0%b5%d0%ba%d0%bb%d0%b0%d0%bc%d0%b0"),
        ("/я.рф", "/%d1%8f.%d1%80%d1%84"),
        ("ü.jpg^", "%c3%bc.jpg^"),
    ];
    for (line, text) in rows {
        let Pattern::Glob(glob) = read(line).pattern else {
            panic!("{line} is no address pattern")
        };
        assert_eq!(glob.text, text, "{line}");
    }
}

#[test]
fn domain_regexes_are_read_in_both_spellings() {
    let adguard = read(
        r"||x.example^$domain=/^a\d{1\,3}\.(io\|com)/|~/good\.(org\|com)/"
            .replace("\\\\", "\\")
            .as_str(),
    );
    assert_eq!(
        adguard.when.from.include,
        [Domain::Regex(r"^a\d{1,3}\.(io|com)".replace("\\\\", "\\"))]
    );
    assert_eq!(
        adguard.when.from.exclude,
        [Domain::Regex(r"good\.(org|com)".replace("\\\\", "\\"))]
    );
}

#[test]
fn badfilter_cancels_the_equal_filter_only() {
    let block = read("||x.example^$script,third-party");
    assert!(block.is_cancelled_by(&read("||x.example^$3p,script,badfilter")));
    assert!(!block.is_cancelled_by(&read("||x.example^$script,badfilter")));
    assert!(!block.is_cancelled_by(&read("||x.example^$script,third-party")));
}

#[test]
fn request_types_are_the_browsers() {
    let rows = [
        ("main_frame", Types::DOCUMENT),
        ("beacon", Types::PING),
        ("imageset", Types::IMAGE),
        ("speculative", Types::OTHER),
        ("popup", Types::OTHER),
    ];
    for (name, types) in rows {
        assert_eq!(Types::from_request(name), types, "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn no_line_panics(line in "\\PC*") {
        let _ = line.parse::<Filter>();
    }

    #[test]
    fn no_line_of_option_shapes_panics(line in "(@@)?(\\|\\|?)?[a-zü./*^$]{0,12}\\$[~a-z/=,|\\\\{}$.-]{0,40}") {
        let _ = line.parse::<Filter>();
    }
}
