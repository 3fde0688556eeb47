//! What a host does decides, whatever its cell and domain are called: `data/domains.txt` with the lists that follow
//! from it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use detick::blocker::{Blocker, Decision};
use detick::dnr;
use detick::list;
use detick::request::Request;
use detick::tracker::Trackers;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// A file of the folder beside the repository, and a line that says so where it is not there.
fn shared(path: &str) -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("DETICK_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let text = std::fs::read_to_string(shared.join(path)).ok();
    if text.is_none() {
        println!("skipped: no {path}");
    }
    text
}

fn blocker(names: &[&str]) -> Blocker {
    let lists: Vec<_> = names
        .iter()
        .map(|name| list::parse(name, read(&format!("filters/{name}")).as_bytes()).0)
        .collect();
    Blocker::new(&lists)
}

fn stops(blocker: &Blocker, host: &str, page: &str, kind: &str) -> bool {
    let request = Request::new(&format!("https://{host}/x?y=1"), page, kind, "GET");
    let verdict = blocker.check(&request);
    verdict.is_some_and(|verdict| verdict.decision != Decision::Allow)
}

/// Domain and roles of each row of the table.
fn domains() -> Vec<(String, Vec<String>)> {
    let text = read("data/domains.txt");
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|row| {
        let mut words = row.split(' ');
        let name = words.next().unwrap().to_owned();
        (name, words.next().unwrap().split('+').map(str::to_owned).collect())
    })
    .collect()
}

/// Those that pages and apps call.
fn called() -> Vec<String> {
    with_one_of(&["api", "app"])
}

fn with_one_of(wanted: &[&str]) -> Vec<String> {
    let all = domains().into_iter();
    all.filter(|(_, roles)| roles.iter().any(|role| wanted.contains(&role.as_str())))
        .map(|(name, _)| name)
        .collect()
}

const SHOP: &str = "https://shop.example/";
const TIKTOK: &str = "https://www.tiktok.com/";

#[test]
fn cells_that_nobody_has_listed_yet_are_stopped() {
    let blocker = blocker(&["tiktok.txt"]);
    let everywhere = [
        "analytics",
        "mcs",
        "vaali-mcs",
        "mon",
        "pc-mon",
        "gpm-mon",
        "log",
        "live-video-log",
        "sgee-log",
        "rtlog",
        "xlog",
        "gplog",
        "applog",
        "rtc-logger",
        "location",
    ];
    let elsewhere = ["ads", "ad", "boei18n-ads", "mssdk", "webmssdk", "libraweb"];
    let cells = [
        "",
        "-zz",
        "16",
        "47-normal-useast9",
        "3-normal-c-alisg",
        "108",
        "16-platform-ycru.us",
    ];
    for domain in called() {
        for cell in cells {
            for role in everywhere {
                let host = format!("{role}{cell}.{domain}");
                for (page, kind) in [(SHOP, "xmlhttprequest"), (SHOP, "websocket"), (TIKTOK, "ping")] {
                    assert!(stops(&blocker, &host, page, kind), "{host} from {page}");
                }
            }
            for role in elsewhere {
                let host = format!("{role}{cell}.{domain}");
                assert!(stops(&blocker, &host, SHOP, "image"), "{host}");
            }
        }
    }
    for domain in with_one_of(&["app"]) {
        for cell in cells {
            let host = format!("tnc{cell}.{domain}");
            assert!(stops(&blocker, &host, TIKTOK, "xmlhttprequest"), "{host}");
        }
    }
    for host in [
        "logbk-normal.tiktokv.eu",
        "monbk.tiktokv.com",
        "adinstantpage16-normal.tiktokv.eu",
        "locationv6.tiktokv.us",
    ] {
        assert!(stops(&blocker, host, SHOP, "xmlhttprequest"), "{host}");
    }
}

#[test]
fn words_that_only_look_alike_are_left_alone() {
    let blocker = blocker(&["tiktok.txt"]);
    let words = [
        "www",
        "login",
        "login-row",
        "logistics",
        "logo",
        "blog",
        "catalog",
        "dialog",
        "money",
        "monetization",
        "monitoring-help",
        "address",
        "adapt",
        "admin",
        "api16-normal-useast5",
        "api-h2",
        "webcast16-ws",
        "im-api",
        "hotapi-sg",
        "verification-va",
        "rc-verification16",
        "starling-ttp2",
        "open",
        "v16-webapp-prime",
        "p16-sign",
        "passport",
        "locations",
        "tncs",
        "salmon",
    ];
    for domain in called() {
        for word in words {
            let host = format!("{word}.{domain}");
            for page in [SHOP, TIKTOK] {
                assert!(!stops(&blocker, &host, page, "xmlhttprequest"), "{host} from {page}");
            }
        }
    }
}

#[test]
fn every_domain_is_locked_out_unless_others_share_it() {
    let blocker = blocker(&["lockout.txt"]);
    for (domain, roles) in domains() {
        let is_shared = roles.iter().any(|role| role == "shared");
        for host in [domain.clone(), format!("a.b.{domain}")] {
            assert_eq!(stops(&blocker, &host, "", "main_frame"), !is_shared, "{host}");
        }
    }
}

#[test]
fn every_domain_has_a_company_and_a_purpose() {
    let trackers = Trackers::parse(&read("filters/companies.txt")).unwrap();
    for (domain, _) in domains() {
        let tracker = trackers.find(&format!("x.{domain}"));
        assert!(tracker.is_some_and(|tracker| !tracker.purpose.is_empty()), "{domain}");
    }
}

/// What is stopped wherever it is asked for is not called a site.
#[test]
fn what_is_stopped_and_what_it_is_called_agree() {
    let blocker = blocker(&["tiktok.txt"]);
    let trackers = Trackers::parse(&read("filters/companies.txt")).unwrap();
    let known = read("data/known-hosts.txt");
    let unnamed = [
        "bds.snssdk.com",
        "dig.tiktokv.us",
        "i.snssdk.com",
        "ug-sg.byteoversea.com",
        "widget-ttp2.tiktokv.us",
        "www.pangleglobal.com",
    ];
    for host in known.lines().filter(|line| !line.starts_with('#')) {
        if !stops(&blocker, host, SHOP, "xmlhttprequest") || unnamed.contains(&host) {
            continue;
        }
        let purpose = trackers.find(host).map_or("nobody's", |tracker| tracker.purpose);
        let tracks = ["pixel", "telemetry", "fingerprinting", "advertising"].contains(&purpose);
        assert!(tracks, "{host}: {purpose}");
    }
}

#[test]
fn what_an_embed_loads_waits_and_a_player_gets() {
    let embeds = blocker(&["embeds.txt"]);
    let player = blocker(&["player.txt"]);
    for (domain, roles) in domains() {
        let has = |role: &str| roles.iter().any(|other| other == role);
        let host = format!("v16m.{domain}");
        if has("embed") {
            assert!(stops(&embeds, &host, SHOP, "media"), "{host}");
            assert!(!stops(&embeds, &host, TIKTOK, "media"), "{host}");
        }
        assert_eq!(stops(&player, &host, TIKTOK, "media"), !has("player"), "{host}");
    }
}

#[test]
fn a_players_own_page_keeps_to_what_shows_the_video() {
    let (list, _) = list::parse("embeds.txt", read("filters/embeds.txt").as_bytes());
    let rules = dnr::compile(&[list], &dnr::Settings::default()).rulesets;
    let all = rules.all().into_iter().flat_map(|(_, rules)| rules.to_vec());
    let rules: Vec<_> = all.map(|rule| serde_json::to_value(rule).unwrap()).collect();
    let header = |rule: &serde_json::Value| rule["action"]["responseHeaders"][0].clone();
    let [rule] = rules
        .iter()
        .filter(|rule| header(rule)["header"] == "content-security-policy")
        .collect::<Vec<_>>()[..]
    else {
        panic!("one rule, for the player")
    };
    assert_eq!(rule["condition"]["urlFilter"], "||tiktok.com/player/v1/");
    assert_eq!(rule["condition"]["resourceTypes"], serde_json::json!(["sub_frame"]));
    assert_eq!(header(rule)["operation"], "append");
    let policy = header(rule)["value"].as_str().unwrap().to_owned();
    let (workers, others) = policy.split_once("; ").unwrap();
    assert_eq!(workers, "worker-src blob:");
    let sources: Vec<&str> = others.split(' ').filter(|word| word.contains("//")).collect();
    let host = |source: &&str| {
        source
            .trim_start_matches("https://")
            .trim_start_matches("*.")
            .to_owned()
    };
    let hosts: HashSet<String> = sources.iter().map(host).collect();
    assert_eq!(hosts, with_one_of(&["player"]).into_iter().collect());
    assert!(others.starts_with("default-src 'unsafe-inline' 'unsafe-eval' data: blob: https://"));
    assert!(sources.contains(&"https://*.tiktok.com"), "{policy}");
}

#[test]
fn hosts_in_public_lists_of_apps_trackers_are_stopped() {
    let Some(text) = shared("facts/native-hosts.txt") else {
        return;
    };
    let blocker = blocker(&["tiktok.txt"]);
    let hosts = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let passing: Vec<&str> = hosts
        .filter(|host| !stops(&blocker, host, SHOP, "xmlhttprequest"))
        .collect();
    assert_eq!(passing, [] as [&str; 0]);
}

#[test]
fn hosts_that_are_known_are_stopped_or_left_alone_by_what_they_do() {
    let Some(text) = shared("facts/tiktok-hosts.tsv") else {
        return;
    };
    let blocker = blocker(&["tiktok.txt"]);
    let mut counts = [0, 0];
    for (host, role) in hosts_and_roles(&text) {
        let words: Vec<&str> = role.split(' ').collect();
        let is = |names: &[&str]| words.iter().any(|word| names.contains(word));
        if is(&["PIXEL", "TELEMETRY"]) {
            counts[0] += 1;
            assert!(stops(&blocker, host, SHOP, "xmlhttprequest"), "{host}: {role}");
        } else if is(&[
            "SITE",
            "SHORTLINK",
            "SHOP",
            "API",
            "API/OAuth",
            "CAPTCHA",
            "REDIRECT",
            "STATIC",
            "VIDEO",
            "IMAGE",
        ]) && !is(&["PANGLE", "BYTEDANCE", "ADS"])
        {
            counts[1] += 1;
            for page in [SHOP, TIKTOK] {
                assert!(!stops(&blocker, host, page, "xmlhttprequest"), "{host}: {role}");
            }
        }
    }
    assert!(counts[0] >= 62 && counts[1] >= 43, "{counts:?}");
}

/// Host and role of each row, the role's first word being its kind.
fn hosts_and_roles(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().skip(1).map(|row| {
        let mut cells = row.split('\t');
        (cells.next().unwrap(), cells.next().unwrap_or_default())
    })
}

#[test]
fn documents_count_the_hosts_that_are_known() {
    let Some(text) = shared("facts/tiktok-hosts.tsv") else {
        return;
    };
    let mut kinds: HashMap<&str, usize> = HashMap::new();
    for (_, role) in hosts_and_roles(&text) {
        let kind = role.split(' ').next().unwrap_or_default();
        *kinds.entry(kind.trim_end_matches(',')).or_default() += 1;
    }
    let count = |names: &[&str]| names.iter().filter_map(|name| kinds.get(*name)).sum::<usize>();
    let told = [
        format!(
            "{} are part of the pixel and {}",
            count(&["PIXEL"]),
            count(&["TELEMETRY"])
        ),
        format!(
            "{} are pages, {} are for",
            count(&["SITE"]),
            count(&["API", "API/OAuth"])
        ),
        format!("{} captchas, {} serve", count(&["CAPTCHA"]), count(&["STATIC"])),
        format!(
            "scripts, {} videos and {} pictures",
            count(&["VIDEO"]),
            count(&["IMAGE"])
        ),
    ];
    let words_of = |path| read(path).split_whitespace().collect::<Vec<_>>().join(" ");
    let readme = words_of("filters/README.md");
    for figures in told {
        assert!(readme.contains(&figures), "{figures}");
    }
    let changes = words_of("CHANGELOG.md");
    let collecting = count(&["PIXEL", "TELEMETRY"]);
    assert!(changes.contains(&format!(
        "all {collecting} pixel and telemetry hosts of web pages known to us"
    )));
    assert!(changes.contains("more than two hundred of which are known"));
    let domains = read("data/domains.txt");
    assert!(
        domains
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .count()
            > 200
    );
}
