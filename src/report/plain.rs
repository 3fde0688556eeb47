//! A report as a text, for terminals and mails.

use std::fmt::{self, Write};

use super::shape::{Company, Event, Host, Key, Link, PageSummary, Summary, Told};
use super::words::{self, count, seconds};

impl Summary {
    /// As a text.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let _ = self.write_text(&mut text); // a String takes everything
        text
    }

    /// As JSON, in the shape of `docs/report.schema.json`, with a line break at its end.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).unwrap_or_default(); // numbers, texts and lists of them
        text + "\n"
    }

    fn write_text(&self, text: &mut String) -> fmt::Result {
        writeln!(text, "Detick {}: report of {}", self.version, self.made)?;
        for recording in &self.recordings {
            let tools = recording.tools.join(", ");
            write!(text, "{}: {}", recording.name, count(recording.requests, "request"))?;
            if !tools.is_empty() {
                write!(text, ", recorded by {tools}")?;
            }
            if recording.flaws > 0 {
                write!(text, "; {} could not be read", count(recording.flaws, "place"))?;
            }
            writeln!(text)?;
        }
        writeln!(text, "Lists: {}", self.list_names())?;
        if self.is_of_our_log() {
            writeln!(text, "{}", words::OF_OUR_LOG)?;
        }
        for page in &self.pages {
            write_page(text, page)?;
        }
        if self.left_out > 0 {
            writeln!(
                text,
                "\n{} more were left out for want of room.",
                count(self.left_out, "thing")
            )?;
        }
        if !self.shows_values {
            writeln!(text, "\nValues are hidden; --show-values tells them.")?;
        }
        Ok(())
    }

    /// Whether Detick's own log is among what it was made of.
    pub(super) fn is_of_our_log(&self) -> bool {
        let mut tools = self.recordings.iter().flat_map(|recording| &recording.tools);
        tools.any(|tool| tool.starts_with("Detick "))
    }

    /// Their names and versions.
    pub(super) fn list_names(&self) -> String {
        let names = self.lists.iter().map(|list| match list.version.is_empty() {
            true => list.name.clone(),
            false => format!("{} (version {})", list.name, list.version),
        });
        names.collect::<Vec<_>>().join(", ")
    }
}

impl PageSummary {
    /// What it goes by.
    pub(super) fn name(&self) -> &str {
        match (&self.address, self.site.as_str()) {
            (Some(address), _) => address,
            (None, "") => "a page that is not named",
            (None, site) => site,
        }
    }

    /// Whether there is anything to tell of it.
    pub(super) fn is_clean(&self) -> bool {
        self.companies.is_empty() && self.keys.is_empty() && self.links.is_empty() && self.redirectors.is_empty()
    }
}

fn write_page(text: &mut String, page: &PageSummary) -> fmt::Result {
    write!(text, "\n{}: {}", page.name(), count(page.requests, "request"))?;
    if let Some(began) = &page.began {
        write!(text, ", from {began}")?;
    }
    writeln!(text)?;
    if let Some(title) = &page.title {
        writeln!(text, "  title: {title}")?;
    }
    if page.is_clean() {
        writeln!(text, "  nothing that the lists or the table of companies name")?;
    }
    for company in &page.companies {
        write_company(text, company)?;
    }
    for key in &page.keys {
        writeln!(text, "  identifier {}", key.sentence())?;
    }
    for link in &page.links {
        writeln!(text, "  tracked link: {}", link.sentence())?;
    }
    for Host { host, requests, .. } in &page.redirectors {
        writeln!(text, "  redirector: {host} ({requests})")?;
    }
    Ok(())
}

fn write_company(text: &mut String, company: &Company) -> fmt::Result {
    writeln!(text, "  {}: {}", company.name, company.sentence())?;
    for Host {
        host,
        purpose,
        requests,
    } in &company.hosts
    {
        let purpose = if purpose.is_empty() {
            ""
        } else {
            &format!(", {purpose}")
        };
        writeln!(text, "    {host}{purpose} ({requests})")?;
    }
    for line in &company.lines {
        let filter = super::tally::shortened(&line.filter, 80);
        writeln!(
            text,
            "    {} by {}:{} ({}): {filter}",
            line.action, line.list, line.line, line.requests
        )?;
    }
    if !company.pixels.is_empty() {
        writeln!(text, "    pixel {}", company.pixels.join(", "))?;
    }
    for event in &company.events {
        writeln!(text, "    event {}", event.sentence())?;
    }
    for told in &company.told {
        let told_or_not = if told.is_stopped() { "would have told" } else { "told" };
        writeln!(text, "    {told_or_not} {}", told.sentence())?;
    }
    if let Some(embeds) = company.embed_sentence() {
        writeln!(text, "    embeds loaded by the page: {embeds}")?;
    }
    Ok(())
}

impl Company {
    /// How much, and when.
    pub(super) fn sentence(&self) -> String {
        let mut text = count(self.requests, "request");
        text += &words::stopped(self.stopped, self.requests);
        if self.cookies_sent > 0 {
            text += &format!(", {} sent", count(self.cookies_sent, "cookie"));
        }
        if self.cookies_set > 0 {
            text += &format!(", {} set", count(self.cookies_set, "cookie"));
        }
        match (self.first_ms, self.last_ms) {
            (Some(first), Some(last)) if first != last => text += &format!(", {} to {}", seconds(first), seconds(last)),
            (Some(first), _) => text += &format!(", {}", seconds(first)),
            _ => {}
        }
        text
    }

    /// Which embeds the page loaded by itself, as far as a recording can tell: it does not say what was pressed.
    pub(super) fn embed_sentence(&self) -> Option<String> {
        let embeds = self.embeds?;
        let when = embeds
            .first_ms
            .map(|first| format!(", from {}", seconds(first)))
            .unwrap_or_default();
        Some(format!(
            "{} in {}{when}",
            count(embeds.documents, "frame"),
            count(embeds.requests, "request")
        ))
    }
}

impl Event {
    /// Its name, what it was worth, and how often.
    pub(super) fn sentence(&self) -> String {
        let name = self.event.as_deref().unwrap_or("of the site's own naming");
        let stopped = words::stopped(self.stopped, self.times);
        format!("{name} ({}{stopped}){}", self.times, values(&self.worth))
    }
}

impl Told {
    /// Whether nobody was told.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped >= self.times
    }

    /// What it was, and how often.
    pub(super) fn sentence(&self) -> String {
        let about = self
            .about
            .as_ref()
            .map(|about| format!(" ({about})"))
            .unwrap_or_default();
        let stopped = match self.is_stopped() {
            true => String::new(),
            false => words::stopped(self.stopped, self.times),
        };
        format!(
            "{}{about}, {}{stopped}{}",
            words::of_kind(self.kind),
            count(self.times, "time"),
            values(&self.values)
        )
    }
}

impl Key {
    /// What it is, and where it went.
    pub(super) fn sentence(&self) -> String {
        let sent = match self.sent {
            0 => String::new(),
            sent if self.stopped >= sent => format!(", to be sent {}, stopped", count(sent, "time")),
            sent => format!(", sent {}{}", count(sent, "time"), words::stopped(self.stopped, sent)),
        };
        let set = match self.set {
            0 => String::new(),
            set => format!(", set {}", count(set, "time")),
        };
        let value = self
            .value
            .as_ref()
            .map(|value| format!(": {value}"))
            .unwrap_or_default();
        let what = words::of_key(self.kind);
        format!(
            "{} ({}, {what}) at {}{sent}{set}{value}",
            self.name, self.place, self.domain
        )
    }
}

impl Link {
    /// What it tells, and the line that says so.
    pub(super) fn sentence(&self) -> String {
        let why = if self.why.is_empty() {
            "a parameter that tracks"
        } else {
            &self.why
        };
        format!(
            "{why} ({}:{}), {}{}",
            self.list,
            self.line,
            count(self.times, "time"),
            values(&self.names)
        )
    }
}

fn values(values: &[String]) -> String {
    match values {
        [] => String::new(),
        values => format!(": {}", values.join("; ")),
    }
}
