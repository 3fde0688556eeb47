//! A small picture of who was told what and when: a row a company, from the page's begin to the last request.
//!
//! Inline SVG without a view box: places are percentages, letters keep their size on narrow screens and on paper.
//! Kinds differ in shape, not in colour alone; a screen reader gets the sentence, and the lists below say all of it.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::company::What;
use super::markup::escape;
use super::shape::{Company, PageSummary};
use super::words::{self, count, seconds};

/// How many companies have a row.
const MAX_ROWS: usize = 20;
/// Heights in pixels.
const ROW: usize = 44;
const AXIS: usize = 24;
/// Marks stand this many hundredths of a percent from either edge at least, so that none is cut.
const MARGIN: i64 = 200;
/// How many places a row has: marks that would cover each other are one.
const PLACES: i64 = 200;

/// The kinds of marks, and their shapes around the point where they stand.
const MARKS: [(What, &str, &str); 4] = [
    (What::Request, "request", "M-1-8h2V8h-2z"),
    (What::Embed, "embed", "M-4-4h8v8h-8z"),
    (What::Report, "report", "M0-6 6 5H-6z"),
    (What::PersonalData, "personal", "M0-8 8 0 0 8-8 0z"),
];

/// The picture of a page; empty where no time is known.
pub(super) fn picture(page: &PageSummary, id: usize) -> String {
    let timed: Vec<&Company> = page
        .companies
        .iter()
        .filter(|company| !company.moments.is_empty())
        .collect();
    let times = || {
        timed
            .iter()
            .flat_map(|company| &company.moments)
            .map(|moment| moment.ms)
    };
    let (Some(first), Some(last)) = (times().min(), times().max()) else {
        return String::new();
    };
    let scale = Scale {
        from: first.min(0),
        length: (last - first.min(0)).max(1),
    };
    let rows = &timed[..timed.len().min(MAX_ROWS)];
    let height = rows.len() * ROW + AXIS;
    let sentence = sentence(rows);
    let mut svg = format!(
        "<figure><svg role=\"img\" aria-labelledby=\"picture{id}\" width=\"100%\" height=\"{height}\"><title id=\"picture{id}\">{}</title>\n",
        escape(&sentence)
    );
    for (index, company) in rows.iter().enumerate() {
        write_row(&mut svg, company, index * ROW, &scale);
    }
    let (base, text) = (height - AXIS + 4, height - 4);
    let end = seconds(last);
    let begin = seconds(scale.from);
    let _ = writeln!(
        svg,
        "<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{base}\" y2=\"{base}\"/><text x=\"0\" y=\"{text}\">{begin}</text>\
         <text x=\"100%\" y=\"{text}\" text-anchor=\"end\">{end}</text></svg>"
    );
    svg + &legend(rows) + "</figure>\n"
}

/// From milliseconds to percentages of the width.
struct Scale {
    from: i64,
    length: i64,
}

impl Scale {
    fn place(&self, ms: i64) -> i64 {
        // Times of a recording may be years apart.
        (i128::from(ms.saturating_sub(self.from)) * i128::from(PLACES) / i128::from(self.length)) as i64
    }

    /// In whole numbers: writing others takes a tenth of the WebAssembly that makes reports.
    fn percent(place: i64) -> String {
        let hundredths = MARGIN + place * (10_000 - 2 * MARGIN) / PLACES;
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

fn write_row(svg: &mut String, company: &Company, top: usize, scale: &Scale) {
    let (text, line) = (top + 13, top + 30);
    let _ = writeln!(
        svg,
        "<text class=\"who\" x=\"0\" y=\"{text}\">{}</text><line class=\"row\" x1=\"0\" x2=\"100%\" y1=\"{line}\" y2=\"{line}\"/>",
        escape(&super::tally::shortened(&company.name, 40))
    );
    // The weighty ones last, above the others.
    let marks: BTreeSet<(What, i64)> = company
        .moments
        .iter()
        .map(|moment| (moment.what, scale.place(moment.ms)))
        .collect();
    for (what, place) in marks {
        let (_, class, path) = MARKS[what as usize];
        let percent = Scale::percent(place);
        let _ = writeln!(
            svg,
            "<svg class=\"{class}\" x=\"{percent}%\" y=\"{line}\" overflow=\"visible\"><path d=\"{path}\"/></svg>"
        );
    }
}

fn sentence(rows: &[&Company]) -> String {
    let each = rows.iter().map(|company| {
        let of = |what| company.moments.iter().filter(|moment| moment.what == what).count() as u64;
        let kinds = MARKS.iter().filter(|(what, ..)| of(*what) > 0);
        let kinds: Vec<String> = kinds.map(|&(what, ..)| count_of(of(what), what)).collect();
        format!("{}: {}", company.name, kinds.join(", "))
    });
    format!("Who was told what and when. {}.", each.collect::<Vec<_>>().join("; "))
}

fn count_of(number: u64, what: What) -> String {
    match (what, number) {
        (What::Embed, 2..) => format!("{number} parts of embeds"),
        (What::PersonalData, 2..) => format!("{number} reports with personal data"),
        _ => count(number, words::of_moment(what)),
    }
}

fn legend(rows: &[&Company]) -> String {
    let is_there = |what| {
        rows.iter()
            .any(|company| company.moments.iter().any(|moment| moment.what == what))
    };
    let shown = MARKS.iter().filter(|(what, ..)| is_there(*what));
    let items = shown.map(|(what, class, path)| {
        format!(
            "<span><svg aria-hidden=\"true\" class=\"{class}\" width=\"18\" height=\"18\" viewBox=\"-9 -9 18 18\"><path d=\"{path}\"/></svg> {}</span>",
            words::of_moment(*what)
        )
    });
    format!("<figcaption>{}</figcaption>", items.collect::<Vec<_>>().join(" "))
}
