//! An address and its page (the first two lines) and a list (the others): the matcher answers, and answers alike when
//! it was stored and restored, whether it explains or only decides.

use detick::blocker::Blocker;
use detick::engine::{self, Engine};
use detick::list;
use detick::request::Request;

const TYPES: &[&str] = &["script", "image", "main_frame", "xmlhttprequest", "ping", "websocket"];

/// Panics where a promise is broken.
pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (url, rest) = text.split_once('\n').unwrap_or((text, "||ads.example^"));
    let (page, lines) = rest.split_once('\n').unwrap_or((rest, "/ads/*"));
    let lists = [list::parse("fuzz.txt", lines.as_bytes()).0];
    let blocker = Blocker::new(&lists);
    let image = engine::image(&lists, "").expect("no companies is nothing that could be wrong");
    let restored = Engine::restore(&image).expect("what was just written is whole");
    for kind in TYPES {
        let request = Request::new(url, page, kind, "GET");
        let verdict = blocker.check(&request);
        assert_eq!(blocker.decide(&request), verdict.map(|verdict| verdict.decision));
        assert_eq!(restored.blocker.check(&request), verdict);
        if let Some(verdict) = verdict {
            assert_eq!(lists[0].line(verdict.line).trim(), verdict.filter.trim());
        }
    }
}
