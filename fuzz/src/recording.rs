//! A recording of any bytes is read alike in pieces of any size, keeps its promises about room, and makes a report
//! whose markup is our own.

use std::sync::LazyLock;

use detick::blocker::Blocker;
use detick::cleaner::Cleaner;
use detick::engine::Engine;
use detick::recording::{Item, MAX_ENTRY, Reader, read_own};
use detick::report::{About, Report, Values};
use detick::tracker::Trackers;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let (list, _) = detick::list::parse(
        "a.txt",
        b"||tiktok.com^$third-party\n$removeparam=ttclid\n||t.example^$urlskip=?u\n",
    );
    let lists = [list];
    Engine {
        blocker: Blocker::new(&lists),
        cleaner: Cleaner::new(&lists).0,
        trackers: Trackers::parse("analytics.tiktok.com pixel TikTok").expect("a line of the table"),
    }
});

/// Panics where a promise is broken.
pub fn run(data: &[u8]) {
    let items = read(data, data.len().max(1));
    assert_eq!(items, read(data, 3), "in pieces");
    if let Ok(text) = std::str::from_utf8(data) {
        read_own(text, &mut |_| {});
    }
    let mut report = Report::new(&ENGINE, &[]);
    for item in items {
        match item {
            Item::Tool(tool) => report.add_tool(tool),
            Item::Page(page) => report.add_page(&page),
            Item::Record(record) => {
                assert!(record.body.len() <= MAX_ENTRY, "a body of {} bytes", record.body.len());
                report.add(&record);
            }
            Item::Flaw(flaw) => assert!(flaw.to_string().len() < 400, "{flaw}"),
        }
    }
    for values in [Values::Hidden, Values::Shown] {
        let summary = report.summary(&About {
            values,
            ..About::default()
        });
        let html = summary.to_html();
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(!summary.to_text().contains('\u{1b}'));
        assert!(serde_json::from_str::<serde_json::Value>(&summary.to_json()).is_ok());
    }
}

fn read(data: &[u8], size: usize) -> Vec<Item> {
    let mut items = Vec::new();
    let mut reader = Reader::default();
    data.chunks(size)
        .for_each(|piece| reader.push(piece, &mut |item| items.push(item)));
    reader.end(&mut |item| items.push(item));
    items
}
