//! Which cookies and parameters say who somebody is: the names that `extension/background/tiktok/` deletes and keeps.

use serde::Serialize;

/// What an identifier is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// Joins what somebody does on one site to the same person on TikTok and on other sites.
    Join,
    /// TikTok's own mark of a browser.
    Browser,
    /// An account's at TikTok, or at another product of the company.
    Account,
}

/// The pixel's, and those in which shops' plug-ins keep the ID of a click. As in `identifiers.js`.
const JOIN: [&str; 7] = [
    "_ttp",
    "_tt_enable_cookie",
    "ttclid",
    "_ttclid",
    "tiktok_ttclid",
    "tiktokttclid",
    "ttcsid",
];

/// What TikTok marks browsers with on its own hosts. As in `cookie-names.js`, and those that are in none of its tables.
const BROWSER: [&str; 8] = [
    "ttwid",
    "msToken",
    "tt_chain_token",
    "tt_anti_token",
    "tt_webid",
    "tt_webid_v2",
    "s_v_web_id",
    "odin_tt",
];

/// Sessions and what belongs to them; a product's name may follow. As in `cookie-names.js`.
const ACCOUNT: [&str; 12] = [
    "sessionid",
    "sid_tt",
    "uid_tt",
    "sid_guard",
    "sid_ucp_v1",
    "ssid_ucp_v1",
    "sso_uid_tt",
    "tt_session_tlb_tag",
    "tt_ticket_guard",
    "multi_sids",
    "cmpl_token",
    "passport_auth_status",
];

/// Whether a cookie's or a parameter's name is known to hold an identifier: what it is called, without the number of a
/// pixel or the name of a product, which may follow and be anything. `is_companys` says that its host is TikTok's or a
/// sister's.
pub(super) fn known(name: &str, is_companys: bool) -> Option<(&'static str, KeyKind)> {
    let exactly = |names: &[&'static str]| names.iter().copied().find(|known| *known == name);
    let join = exactly(&JOIN).or_else(|| name.starts_with("ttcsid_").then_some("ttcsid"));
    if let Some(name) = join {
        return Some((name, KeyKind::Join));
    }
    if !is_companys {
        return None;
    }
    let account = ACCOUNT.into_iter().find(|known| {
        let rest = name.strip_prefix(known);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', '-']))
    });
    let browser = exactly(&BROWSER).map(|name| (name, KeyKind::Browser));
    browser.or(account.map(|name| (name, KeyKind::Account)))
}

/// Names and values of an address's parameters, as they are written.
pub(super) fn parameters(url: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = url.split('#').next().and_then(|url| url.split_once('?'));
    let pairs = query.map_or("", |(_, query)| query).split('&');
    pairs.filter_map(|pair| pair.split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_stem() {
        let rows = [
            ("_ttp", false, Some(("_ttp", KeyKind::Join))),
            ("ttcsid_CABC", false, Some(("ttcsid", KeyKind::Join))),
            ("_ttpx", false, None),
            ("sessionid", false, None),
            ("sessionid_ss_ads", true, Some(("sessionid", KeyKind::Account))),
            ("sessionidx", true, None),
            ("ttwid", true, Some(("ttwid", KeyKind::Browser))),
            ("", true, None),
        ];
        for (name, is_companys, expected) in rows {
            assert_eq!(known(name, is_companys), expected, "{name}");
        }
        let found: Vec<_> = parameters("https://a.example/x?ttclid=1&b&c=#d?e=f").collect();
        assert_eq!(found, [("ttclid", "1"), ("c", "")]);
    }

    #[test]
    fn the_names_are_those_that_the_extension_knows() {
        let read = |name| std::fs::read_to_string(format!("extension/background/tiktok/{name}")).unwrap();
        let (identifiers, cookies) = (read("identifiers.js"), read("cookie-names.js"));
        assert!(identifiers.contains("/^(_ttp$|_tt_enable_cookie$|(tiktok)?_?ttclid$|ttcsid(?=$|_[A-Z0-9]+$))/"));
        let spelled_out = cookies.replace("s?sid_ucp(_sso)?_v1", "sid_ucp_v1|ssid_ucp_v1");
        for name in ACCOUNT {
            assert!(spelled_out.contains(name), "{name}");
        }
    }
}
