//! A stopped report, whatever a page put into it, gives a bounded number of facts of bounded length.

use detick::payload;

/// Panics where a promise is broken.
pub fn run(data: &[u8]) {
    let (url, body) = data.split_at(data.iter().position(|&byte| byte == b'\n').unwrap_or(data.len()));
    let Ok(url) = std::str::from_utf8(url) else { return };
    let facts = payload::read(url, body);
    assert!(facts.len() <= payload::MAX_FACTS, "{} facts", facts.len());
    for fact in &facts {
        assert!(format!("{fact:?}").len() <= 4096, "{fact:?}");
    }
}
