//! Bad input of every kind: an answer each time, soon, and never a panic.

use std::time::{Duration, Instant};

use detick::blocker::{Blocker, Verdict};
use detick::engine::{self, Engine};
use detick::list::{self, List, Problem};
use detick::request::Request;
use proptest::prelude::*;

/// Many times what any of this takes, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

fn soon<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < LIMIT, "{what} took {:?}", start.elapsed());
    done
}

fn blocker(text: &[u8]) -> (Blocker, usize) {
    let (list, complaints) = list::parse("hostile.txt", text);
    (Blocker::new(&[list]), complaints.len())
}

fn script(url: &str) -> Request {
    Request::new(url, "https://page.example/", "script", "GET")
}

#[test]
fn an_empty_list_blocks_nothing() {
    for text in [&b""[..], b"\n\n\n", b"\xEF\xBB\xBF", b"\0", b"! only a comment"] {
        let (blocker, _) = blocker(text);
        assert_eq!(blocker.check(&script("https://a.example/")), None);
    }
}

#[test]
fn garbage_costs_only_its_own_lines() {
    let garbage =
        b"\xFF\xFE||a.example^\n$$$$\n@@@@\n||||\n/(/\n||ads.example^$wat\n*$\n|\n^\n\x00\x01\n||ads.example^\n";
    let (blocker, complaints) = blocker(garbage);
    assert!(complaints > 0);
    assert!(blocker.check(&script("https://ads.example/x")).is_some());
}

#[test]
fn fifty_megabytes_are_read_as_far_as_lists_go() {
    let line = b"||tracker-number-000000.example^$third-party\n";
    let text = line.repeat(50 * 1024 * 1024 / line.len());
    let (list, complaints) = soon("parsing 50 MB", || list::parse("huge.txt", &text));
    assert!(
        complaints
            .iter()
            .any(|complaint| complaint.problem == Problem::ListTooLarge)
    );
    assert!(list.filters.len() <= list::MAX_BYTES / line.len());
    let blocker = soon("building of 50 MB", || Blocker::new(&[list]));
    let request = script("https://tracker-number-000000.example/");
    assert!(soon("matching", || blocker.check(&request)).is_some());
}

#[test]
fn a_line_of_a_megabyte_is_refused() {
    let text = [&b"||"[..], &b"a".repeat(1 << 20), b"^\n||ads.example^"].concat();
    let (blocker, complaints) = soon("parsing", || blocker(&text));
    assert_eq!(complaints, 1);
    assert!(blocker.check(&script("https://ads.example/")).is_some());
}

/// Patterns that are slow when matched carelessly, and addresses made for them.
#[test]
fn addresses_of_two_megabytes_are_matched_soon() {
    let lines = "/ads/*/x/*/y/*/z\n/ads/*foo\n*a*a*a*a*b\nads*ads*ads|\n/(a+)+$/\n/ads.*ads.*ads.*foo/\n||a.example^*^*^*|\n-foo";
    let (blocker, _) = blocker(lines.as_bytes());
    for part in ["/ads/", "a", "ads", "/x/y", "^", "%", "a.", "@", ":", "é", "?"] {
        let url = format!("https://a.example/{}", part.repeat((2 << 20) / part.len()));
        let host = format!("https://{}/", part.repeat((2 << 20) / part.len()));
        for url in [url, host] {
            soon(part, || blocker.check(&Request::new(&url, &url, "script", "GET")));
        }
    }
}

#[test]
fn odd_requests_are_answered() {
    let (blocker, _) = blocker(b"||ads.example^\n*$document,domain=x.example");
    for url in [
        "",
        "https://",
        "https://[",
        "x",
        "https://ads.example:99999999/",
        "https://a@b@ads.example",
        "\u{0}",
        "http://\u{1F600}/",
    ] {
        for kind in ["script", "", "something_new", "\u{1F600}"] {
            blocker.check(&Request::new(url, url, kind, "\u{1F600}"));
        }
    }
    let unknown = Request::new("https://ads.example/", "", "something_new", "");
    assert!(blocker.check(&unknown).is_some(), "an unknown type is `other`");
}

/// A small image of every kind of filter, and requests that meet each of them.
fn image() -> (Vec<u8>, Vec<Request>) {
    let text = "||ads.example^\n||x.example/a*b^$third-party\n/track/$script,domain=a.example|b.*|~c.a.example\n@@||ads.example/ok\n\
        /^https:\\/\\/r\\.example\\/[0-9]+/$script\n||mon$to=t.example|u.example\n*$redirect=noop.js:3,script,domain=page.example,denyallow=ok.example\n";
    let (list, _) = list::parse("small.txt", text.as_bytes());
    let image = engine::image(&[list], "ads.example advertising Example").unwrap();
    let urls = [
        "https://ads.example/",
        "https://ads.example/ok",
        "https://x.example/aab/",
        "https://q.example/track/1",
        "https://r.example/123",
        "https://mon1.t.example/",
        "https://ok.example/",
        "https://other.example/",
    ];
    (image, urls.map(script).to_vec())
}

fn verdicts<'a>(engine: &'a Engine, requests: &[Request]) -> Vec<Option<Verdict<'a>>> {
    requests.iter().map(|request| engine.blocker.check(request)).collect()
}

#[test]
fn every_flipped_byte_of_an_image_is_noticed() {
    let (image, requests) = image();
    let whole = Engine::restore(&image).unwrap();
    let expected = verdicts(&whole, &requests);
    assert!(expected.iter().filter(|verdict| verdict.is_some()).count() > 4);
    for at in 0..image.len() {
        let mut flipped = image.clone();
        flipped[at] ^= 0xFF;
        // The padding between sections is checked too: nothing may differ.
        assert!(Engine::restore(&flipped).is_err(), "byte {at}");
        assert!(Engine::restore(&image[..at]).is_err(), "cut at {at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    /// Someone who writes images knows how checksums are made.
    #[test]
    fn a_hostile_image_with_a_good_checksum_never_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let (mut image, requests) = image();
        for (at, byte) in changes {
            // Behind the header, so that magic, version and length are right.
            let at = 28 + at.index(image.len() - 28);
            image[at] = byte;
        }
        detick::image::seal(&mut image);
        if let Ok(engine) = Engine::restore(&image) {
            verdicts(&engine, &requests);
        }
    }

    #[test]
    fn lists_of_any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let (list, _): (List, _) = list::parse("any.txt", &bytes);
        let blocker = Blocker::new(&[list]);
        for url in ["https://a.example/x?y", "https://x/"] {
            blocker.check(&script(url));
        }
    }
}
