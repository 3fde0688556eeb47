use super::Action;
use bitflags::{Flags, bitflags};

bitflags! {
    /// Kinds of request, as the browsers' request APIs tell them apart.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Types: u16 {
        /// A page in a tab (`main_frame`; `$document`).
        const DOCUMENT = 1;
        /// A frame inside a page (`sub_frame`; `$subdocument`).
        const SUBDOCUMENT = 1 << 1;
        /// A script.
        const SCRIPT = 1 << 2;
        /// An image.
        const IMAGE = 1 << 3;
        /// A style sheet.
        const STYLESHEET = 1 << 4;
        /// A font.
        const FONT = 1 << 5;
        /// A plug-in's file.
        const OBJECT = 1 << 6;
        /// `fetch` or `XMLHttpRequest`.
        const XHR = 1 << 7;
        /// `sendBeacon` or hyperlink auditing.
        const PING = 1 << 8;
        /// Audio or video.
        const MEDIA = 1 << 9;
        /// A WebSocket.
        const WEBSOCKET = 1 << 10;
        /// A policy violation report.
        const CSP_REPORT = 1 << 11;
        /// Anything else.
        const OTHER = 1 << 12;
        /// A tab that a page opened (`$popup`). No request has this type: see the matcher.
        const POPUP = 1 << 13;
    }
}

impl Types {
    /// What a filter without type options is for: every request but pages and pop-ups; for link cleaning
    /// (`$removeparam`, `$urlskip`, `$uritransform`) and for headers and policies, pages (and frames, for the latter
    /// two).
    pub fn default_for(action: &Action) -> Types {
        match action {
            Action::Block | Action::Redirect(_) => Types::all() - Types::DOCUMENT - Types::POPUP,
            Action::RemoveParam(_) | Action::UrlSkip(_) | Action::UriTransform(_) => Types::DOCUMENT,
            Action::Csp(_) | Action::Permissions(_) => Types::DOCUMENT | Types::SUBDOCUMENT,
            Action::RemoveHeader(_) => Types::all() - Types::POPUP,
        }
    }

    /// The type that a list option names (`script`, `xhr`, …), or `None` when it names none.
    pub fn from_option(name: &str) -> Option<Types> {
        Some(match name {
            "document" | "doc" | "main_frame" => Types::DOCUMENT,
            "subdocument" | "frame" | "sub_frame" => Types::SUBDOCUMENT,
            "script" => Types::SCRIPT,
            "image" => Types::IMAGE,
            "stylesheet" | "css" => Types::STYLESHEET,
            "font" => Types::FONT,
            "object" | "object-subrequest" => Types::OBJECT,
            "xmlhttprequest" | "xhr" => Types::XHR,
            "ping" | "beacon" => Types::PING,
            "media" => Types::MEDIA,
            "websocket" => Types::WEBSOCKET,
            "csp_report" => Types::CSP_REPORT,
            "other" | "webtransport" | "webbundle" => Types::OTHER,
            "popup" | "popunder" => Types::POPUP,
            _ => return None,
        })
    }

    /// The type of a request as a browser's `webRequest` names it; names it does not know are [`Types::OTHER`].
    pub fn from_request(name: &str) -> Types {
        match name {
            "imageset" => Types::IMAGE,
            "object_subrequest" => Types::OBJECT,
            // Lists' option names for these are for lists only.
            "popup" | "popunder" | "doc" | "frame" | "css" | "xhr" => Types::OTHER,
            _ => Types::from_option(name).unwrap_or(Types::OTHER),
        }
    }
}

/// Whether the request goes to the site of the page that makes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Party {
    /// First-party and third-party requests.
    #[default]
    Any,
    /// To the page's own registrable domain (`$first-party`).
    First,
    /// To another (`$third-party`).
    Third,
    /// To the page's own host exactly (`$strict1p`).
    StrictFirst,
    /// To any other host (`$strict3p`).
    StrictThird,
}

bitflags! {
    /// HTTP methods; none set means any.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Methods: u16 {
        /// CONNECT
        const CONNECT = 1;
        /// DELETE
        const DELETE = 1 << 1;
        /// GET
        const GET = 1 << 2;
        /// HEAD
        const HEAD = 1 << 3;
        /// OPTIONS
        const OPTIONS = 1 << 4;
        /// PATCH
        const PATCH = 1 << 5;
        /// POST
        const POST = 1 << 6;
        /// PUT
        const PUT = 1 << 7;
        /// Any other method.
        const OTHER = 1 << 8;
    }
}

impl Methods {
    /// The method of that name in any letter case; one that lists cannot name is [`Methods::OTHER`].
    pub fn from_request(name: &str) -> Methods {
        let mut flags = Methods::FLAGS.iter();
        let named = flags.find(|flag| name.eq_ignore_ascii_case(flag.name()));
        named.map_or(Methods::OTHER, |flag| *flag.value())
    }

    /// Whether a request with method `one` is meant.
    pub fn allow(self, one: Methods) -> bool {
        self.is_empty() || self.contains(one)
    }
}
