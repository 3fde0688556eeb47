//! Kinds of request in the browsers' words.

use super::{Browser, Condition};
use crate::filter::Types;
use crate::sort;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A kind of request as rules name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceType {
    /// A page in a tab.
    MainFrame,
    /// A frame inside a page.
    SubFrame,
    /// A script.
    Script,
    /// An image.
    Image,
    /// A style sheet.
    Stylesheet,
    /// A font.
    Font,
    /// A plug-in's file.
    Object,
    /// `fetch` or `XMLHttpRequest`.
    #[serde(rename = "xmlhttprequest")]
    XmlHttpRequest,
    /// Hyperlink auditing; in Chromium also `sendBeacon`.
    Ping,
    /// Audio or video.
    Media,
    /// A WebSocket.
    #[serde(rename = "websocket")]
    WebSocket,
    /// A policy violation report.
    CspReport,
    /// Anything else.
    Other,
    /// Chromium only.
    #[serde(rename = "webtransport")]
    WebTransport,
    /// Firefox only: `sendBeacon`.
    Beacon,
    /// Firefox only: an image of `srcset` or `<picture>`.
    #[serde(rename = "imageset")]
    ImageSet,
    /// Firefox only: what a plug-in loads.
    ObjectSubrequest,
}

use ResourceType as R;

/// What both browsers know, and the bit that stands for it in a filter.
const SHARED: [(Types, R); 13] = [
    (Types::DOCUMENT, R::MainFrame),
    (Types::SUBDOCUMENT, R::SubFrame),
    (Types::SCRIPT, R::Script),
    (Types::IMAGE, R::Image),
    (Types::STYLESHEET, R::Stylesheet),
    (Types::FONT, R::Font),
    (Types::OBJECT, R::Object),
    (Types::XHR, R::XmlHttpRequest),
    (Types::PING, R::Ping),
    (Types::MEDIA, R::Media),
    (Types::WEBSOCKET, R::WebSocket),
    (Types::CSP_REPORT, R::CspReport),
    (Types::OTHER, R::Other),
];

const CHROMIUM: [(Types, R); 1] = [(Types::OTHER, R::WebTransport)];

const FIREFOX: [(Types, R); 3] = [
    (Types::PING, R::Beacon),
    (Types::IMAGE, R::ImageSet),
    (Types::OBJECT, R::ObjectSubrequest),
];

/// Puts `types` into the condition.
///
/// A browser drops a rule that names a kind it does not know, so rules for [`Browser::Both`] name only what both know.
/// A set that holds [`Types::OTHER`] is said by what it leaves out: kinds that browsers add later are then in it.
pub(super) fn put(condition: &mut Condition, types: Types, browser: Browser) {
    let types = types - Types::POPUP;
    let everything = Types::all() - Types::POPUP;
    if types == everything - Types::DOCUMENT {
        return;
    }
    match types.contains(Types::OTHER) && types != everything {
        true => condition.excluded_resource_types = names(everything - types, browser),
        false => condition.resource_types = names(types, browser),
    }
}

fn names(types: Types, browser: Browser) -> BTreeSet<R> {
    let own: &[(Types, R)] = match browser {
        Browser::Both => &[],
        Browser::Chromium => &CHROMIUM,
        Browser::Firefox => &FIREFOX,
    };
    let meant = SHARED.iter().chain(own).filter(|(bit, _)| types.contains(*bit));
    sort::set(meant.map(|&(_, name)| name))
}
