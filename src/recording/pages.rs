//! Whose a request is that names no page, in a recording that has pages: Chromium's tools name none for what frames of
//! other sites and workers ask for, beside the page that they are part of.

use super::{Page, Record};

/// As many pages are remembered, the last ones: a recording may have any number.
const MAX_PAGES: usize = 64;
/// The longest id of a page that is remembered, in bytes.
const MAX_ID: usize = 256;

/// The pages of a recording, in its order.
#[derive(Debug, Default)]
pub(super) struct Pages(Vec<(String, Option<i64>)>);

impl Pages {
    pub(super) fn add(&mut self, page: &Page) {
        if (1..=MAX_ID).contains(&page.id.len()) {
            if self.0.len() == MAX_PAGES {
                self.0.remove(0);
            }
            self.0.push((page.id.clone(), page.time));
        }
    }

    /// Gives a request that names no page the one that was open: the last that had begun by then, else the first.
    pub(super) fn settle(&self, record: &mut Record) {
        if record.page.is_empty() {
            let had_begun = |(_, began): &&(String, Option<i64>)| began.is_none_or(|began| record.time >= Some(began));
            let open = self.0.iter().rfind(had_begun).or(self.0.first());
            record.page = open.map(|(id, _)| id.clone()).unwrap_or_default();
        }
    }
}
