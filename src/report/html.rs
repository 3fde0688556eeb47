//! A report as one page of HTML that holds all it needs: to keep, to print and to hand on. No script runs in it and
//! nothing is loaded by it, which its own policy says too.

use std::fmt::{self, Write};

use super::markup::escape;
use super::picture::picture;
use super::shape::{Company, Host, PageSummary, Summary};
use super::words::{self, count};

const STYLE: &str = "\
:root{color-scheme:light dark;--quiet:#595959;--line:#c8c8c8;--report:#9a3d00;--personal:#b00020}
@media (prefers-color-scheme:dark){:root{--quiet:#b5b5b5;--line:#5a5a5a;--report:#ffab70;--personal:#ff8b94}}
@media print{:root{color-scheme:light;--quiet:#595959;--line:#c8c8c8;--report:#9a3d00;--personal:#b00020}section{break-inside:avoid-page}}
body{font:1rem/1.5 system-ui,sans-serif;max-width:56rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h2{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}
.quiet,figcaption{color:var(--quiet)}
code{font-size:.875em}
ul{padding-left:1.25rem}
figure{margin:1rem 0}
svg{overflow:visible}
text{font-size:12px;fill:CanvasText}
.who{font-weight:600}
.axis,.row{stroke:var(--line)}
.request path{fill:var(--quiet)}
.embed path{fill:none;stroke:var(--quiet);stroke-width:2}
.report path{fill:var(--report)}
.personal path{fill:var(--personal);stroke:Canvas}
figcaption span{display:inline-block;margin-right:1rem}
figcaption svg{vertical-align:middle}
";

impl Summary {
    /// As a page of HTML.
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        let _ = self.write_html(&mut html); // a String takes everything
        html
    }

    fn write_html(&self, html: &mut String) -> fmt::Result {
        let sites: Vec<&str> = self
            .pages
            .iter()
            .map(|page| page.site.as_str())
            .filter(|site| !site.is_empty())
            .collect();
        let companies = || self.pages.iter().flat_map(|page| &page.companies);
        let is_stopped = companies().all(|company| company.stopped == company.requests) && companies().next().is_some();
        let told = if is_stopped { "would have told" } else { "told" };
        let title = match sites.as_slice() {
            [] => "Report of a recording".to_owned(),
            [site] => format!("What {site} {told}"),
            [site, ..] if sites.iter().all(|other| other == site) => format!("What {site} {told}"),
            [site, ..] => format!("What {site} and other sites {told}"),
        };
        let title = escape(&title);
        write!(
            html,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        )?;
        self.write_origin(html)?;
        for (index, page) in self.pages.iter().enumerate() {
            write_page(html, page, index)?;
        }
        if self.left_out > 0 {
            writeln!(
                html,
                "<p>{} more were left out for want of room.</p>",
                count(self.left_out, "thing")
            )?;
        }
        html.write_str("</main>\n</body>\n</html>\n")
    }

    /// What the report was made of, when and by what.
    fn write_origin(&self, html: &mut String) -> fmt::Result {
        let values = match self.shows_values {
            true => "It repeats what was told.",
            false => "It names kinds and repeats no values.",
        };
        writeln!(
            html,
            "<p class=\"quiet\">Made by Detick {} on <time>{}</time>, with {}. {values}</p>\n<ul>",
            escape(&self.version),
            escape(&self.made),
            escape(&self.list_names())
        )?;
        for recording in &self.recordings {
            let tools = match recording.tools.as_slice() {
                [] => String::new(),
                tools => format!(", recorded by {}", tools.join(", ")),
            };
            let flaws = match recording.flaws {
                0 => String::new(),
                flaws => format!("; {} could not be read", count(flaws, "place")),
            };
            let requests = count(recording.requests, "request");
            item(html, &format!("{}: {requests}{tools}{flaws}", recording.name))?;
        }
        html.write_str("</ul>\n")?;
        if self.is_of_our_log() {
            writeln!(html, "<p class=\"quiet\">{}</p>", words::OF_OUR_LOG)?;
        }
        Ok(())
    }
}

fn write_page(html: &mut String, page: &PageSummary, index: usize) -> fmt::Result {
    let name = escape(page.name());
    writeln!(
        html,
        "<section aria-labelledby=\"page{index}\">\n<h2 id=\"page{index}\">{name}</h2>"
    )?;
    let began = page
        .began
        .as_ref()
        .map(|began| format!(", from <time>{}</time>", escape(began)));
    let title = page.title.as_ref().map(|title| format!("{}<br>", escape(title)));
    let (title, began) = (title.unwrap_or_default(), began.unwrap_or_default());
    writeln!(
        html,
        "<p class=\"quiet\">{title}{}{began}</p>",
        count(page.requests, "request")
    )?;
    if page.is_clean() {
        writeln!(html, "<p>Nothing that the lists or the table of companies name.</p>")?;
    }
    html.write_str(&picture(page, index))?;
    for company in &page.companies {
        write_company(html, company)?;
    }
    write_list(html, "Identifiers", page.keys.iter().map(super::Key::sentence))?;
    write_list(html, "Tracked links", page.links.iter().map(super::Link::sentence))?;
    write_list(html, "Redirectors", page.redirectors.iter().map(asked))?;
    html.write_str("</section>\n")
}

fn write_company(html: &mut String, company: &Company) -> fmt::Result {
    writeln!(
        html,
        "<h3>{}</h3>\n<p>{}.</p>\n<ul>",
        escape(&company.name),
        escape(&company.sentence())
    )?;
    for told in &company.told {
        let told_or_not = if told.is_stopped() { "Would have told" } else { "Told" };
        item(html, &format!("{told_or_not} {}", told.sentence()))?;
    }
    for event in &company.events {
        item(html, &format!("Event {}", event.sentence()))?;
    }
    if let Some(embeds) = company.embed_sentence() {
        item(html, &format!("Embeds loaded by the page: {embeds}"))?;
    }
    if !company.pixels.is_empty() {
        item(html, &format!("Pixel {}", company.pixels.join(", ")))?;
    }
    for host in &company.hosts {
        item(html, &format!("Host {}", asked(host)))?;
    }
    for line in &company.lines {
        let filter = escape(&super::tally::shortened(&line.filter, 200));
        let requests = count(line.requests, "request");
        writeln!(
            html,
            "<li>{} by {}, line {}, {requests}: <code>{filter}</code></li>",
            line.action,
            escape(&line.list),
            line.line
        )?;
    }
    html.write_str("</ul>\n")
}

fn asked(host: &Host) -> String {
    let purpose = if host.purpose.is_empty() {
        ""
    } else {
        &format!(" ({})", host.purpose)
    };
    format!("{}{purpose}, {}", host.host, count(host.requests, "request"))
}

fn write_list(html: &mut String, title: &str, mut items: impl Iterator<Item = String>) -> fmt::Result {
    let Some(first) = items.next() else { return Ok(()) };
    writeln!(html, "<h3>{title}</h3>\n<ul>")?;
    item(html, &first)?;
    items.try_for_each(|text| item(html, &text))?;
    html.write_str("</ul>\n")
}

fn item(html: &mut String, text: &str) -> fmt::Result {
    writeln!(html, "<li>{}</li>", escape(text))
}
