//! Names that mean the same, and names that other blockers know.

/// What an option means by its name: the one name, and whether it is negated. Empty for notes.
pub(super) fn meaning(option: &str) -> (&str, bool) {
    let (negated, body) = match option.strip_prefix('~') {
        Some(body) => (true, body),
        None => (false, option),
    };
    let name = body.split_once('=').map_or(body, |(name, _)| name);
    let one = match name {
        "3p" | "third-party" => return ("party", negated),
        "1p" | "first-party" => return ("party", !negated),
        "from" => "domain",
        "doc" | "main_frame" => "document",
        "frame" | "sub_frame" => "subdocument",
        "css" => "stylesheet",
        "xhr" => "xmlhttprequest",
        "beacon" => "ping",
        "object-subrequest" => "object",
        "webtransport" | "webbundle" => "other",
        "popunder" => "popup",
        "queryprune" => "removeparam",
        "urltransform" => "uritransform",
        "reason" => "",
        _ if name.bytes().all(|byte| byte == b'_') => "",
        _ => name,
    };
    (one, negated)
}

/// Surrogates of uBlock Origin, AdGuard and Adblock Plus that Detick does not ship: of these a block is left.
const SURROGATES: &[&str] = &[
    "amazon-adsystem.com/aax2/amzn_ads.js",
    "amazon-apstag",
    "amazon_ads.js",
    "amazon_apstag.js",
    "ampproject.org/v0.js",
    "ampproject_v0.js",
    "bab-defuser.js",
    "blank-mp3",
    "blank-mp4",
    "chartbeat.js",
    "click2load.html",
    "didomi-loader",
    "doubleclick.net/instream/ad_status.js",
    "doubleclick_instream_ad_status.js",
    "empty",
    "fingerprint2.js",
    "fingerprint3.js",
    "fingerprintjs2",
    "fingerprintjs3",
    "fuckadblock.js-3.2.0",
    "gemius",
    "google-analytics",
    "google-analytics-ga",
    "google-analytics.com/analytics.js",
    "google-analytics.com/cx/api.js",
    "google-analytics.com/ga.js",
    "google-analytics.com/inpage_linkid.js",
    "google-analytics_analytics.js",
    "google-analytics_cx_api.js",
    "google-analytics_ga.js",
    "google-analytics_inpage_linkid.js",
    "google-ima.js",
    "google-ima3",
    "googlesyndication-adsbygoogle",
    "googlesyndication.com/adsbygoogle.js",
    "googlesyndication_adsbygoogle.js",
    "googletagmanager-gtm",
    "googletagmanager.com/gtm.js",
    "googletagmanager_gtm.js",
    "googletagservices-gpt",
    "googletagservices.com/gpt.js",
    "googletagservices_gpt.js",
    "hd-main.js",
    "matomo",
    "metrika-yandex-tag",
    "metrika-yandex-watch",
    "naver-wcslog",
    "nobab.js",
    "nobab2.js",
    "noeval",
    "noeval-silent.js",
    "noeval.js",
    "nofab.js",
    "none",
    "noop-0.1s.mp3",
    "noop-0.5s.mp3",
    "noop-1s.mp4",
    "noop-vast2.xml",
    "noop-vast3.xml",
    "noop-vast4.xml",
    "noop-vmap1.0.xml",
    "noop-vmap1.xml",
    "noopmp3-0.1s",
    "noopmp4-1s",
    "noopvast-2.0",
    "noopvast-3.0",
    "noopvast-4.0",
    "noopvmap-1.0",
    "outbrain-widget.js",
    "pardot-1.0",
    "popads-dummy.js",
    "popads.js",
    "popads.net.js",
    "prebid",
    "prebid-ads",
    "prebid-ads.js",
    "prevent-bab",
    "prevent-bab.js",
    "prevent-bab2",
    "prevent-fab-3.2.0",
    "prevent-popads-net",
    "prevent-popads-net.js",
    "scorecardresearch-beacon",
    "scorecardresearch.com/beacon.js",
    "scorecardresearch_beacon.js",
    "sensors-analytics",
    "silent-noeval.js",
    "static.chartbeat.com/chartbeat.js",
    "widgets.outbrain.com/outbrain.js",
];

pub(super) fn is_surrogate(name: &str) -> bool {
    SURROGATES.binary_search(&name).is_ok()
}

/// Words behind `!#`.
pub(super) const DIRECTIVES: &[&str] = &["else", "endif", "if", "include", "safari_cb_affinity"];

/// AdGuard's hints to its own compiler, `!+ NOT_PLATFORM(ios)`.
pub(super) const HINTS: &[&str] = &["NOT_OPTIMIZED", "NOT_PLATFORM", "PLATFORM"];

/// What stands in their brackets.
pub(super) const PLATFORMS: &[&str] = &[
    "android",
    "cli",
    "ext_android_cb",
    "ext_chromium",
    "ext_chromium_mv3",
    "ext_edge",
    "ext_ff",
    "ext_opera",
    "ext_safari",
    "ext_ublock",
    "ios",
    "linux",
    "mac",
    "windows",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_they_are_searched_in() {
        for names in [SURROGATES, DIRECTIVES, HINTS, PLATFORMS] {
            assert!(names.is_sorted());
        }
    }
}
