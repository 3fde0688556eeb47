//! What was requested, in `webRequest`'s words: each program that records has its own.

/// What is known of a request's kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hints<'a> {
    /// `Sec-Fetch-Dest`, which both browsers send, and proxies keep.
    pub destination: &'a str,
    /// `_resourceType`, of Chromium's.
    pub resource: &'a str,
    /// The answer's type of content.
    pub content: &'a str,
    /// Whether it opens a WebSocket.
    pub is_upgrade: bool,
    /// Whether a page sends it and may not read what comes back, as a beacon.
    pub is_beacon: bool,
}

/// The kind, `other` where nothing tells it; `document` where it may be a page's in a tab or a frame's.
pub(super) fn of(hints: &Hints<'_>) -> &'static str {
    if hints.is_upgrade {
        return "websocket";
    }
    if hints.is_beacon && hints.resource.is_empty() {
        return "ping";
    }
    let told = of_destination(hints.destination).or_else(|| of_resource(hints.resource));
    told.unwrap_or_else(|| match hints.destination {
        // A script asked for it, and may read a page as it reads anything.
        "empty" => "xmlhttprequest",
        _ => of_content(hints.content),
    })
}

/// `empty` is left to the others: `fetch`, a beacon, a worker's.
fn of_destination(name: &str) -> Option<&'static str> {
    Some(match name {
        "document" => "main_frame",
        "iframe" | "frame" | "fencedframe" => "sub_frame",
        "script" | "worker" | "sharedworker" | "serviceworker" | "audioworklet" | "paintworklet" => "script",
        "style" => "stylesheet",
        "image" => "image",
        "font" => "font",
        "audio" | "video" | "track" => "media",
        "object" | "embed" => "object",
        "manifest" => "other",
        "report" => "csp_report",
        _ => return None,
    })
}

/// By Chromium's name, or already in the words that are wanted.
pub(super) fn of_resource(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "document" => "document",
        "main_frame" => "main_frame",
        "sub_frame" => "sub_frame",
        "stylesheet" => "stylesheet",
        "image" | "imageset" => "image",
        "media" | "texttrack" => "media",
        "font" => "font",
        "script" => "script",
        "xhr" | "fetch" | "xmlhttprequest" | "eventsource" => "xmlhttprequest",
        "ping" | "beacon" => "ping",
        "websocket" => "websocket",
        "csp_report" | "cspviolationreport" => "csp_report",
        "object" => "object",
        "other" | "manifest" | "preflight" | "prefetch" | "signedexchange" | "speculative" => "other",
        _ => return None,
    })
}

fn of_content(kind: &str) -> &'static str {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    match kind.split_once('/') {
        Some(("text", "html") | ("application", "xhtml+xml")) => "document",
        Some(("text", "css")) => "stylesheet",
        Some((_, "javascript" | "x-javascript" | "ecmascript")) => "script",
        Some((_, "json")) => "xmlhttprequest",
        Some(("image", _)) => "image",
        Some(("font", _)) => "font",
        Some(("audio" | "video", _)) => "media",
        _ => "other",
    }
}
