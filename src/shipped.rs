//! The lists that ship with the extension, in the order of the engine's image.

use crate::cleaner::Tiers;

/// `filters/companies.txt`: who is behind hosts, as [`Trackers::parse`](crate::tracker::Trackers::parse) takes it.
pub const COMPANIES: &str = include_str!("../filters/companies.txt");

/// The lists that are always in force: name and text. A browser has them in its image instead.
pub const TEXTS: [(&str, &str); 4] = [
    ("links.txt", include_str!("../filters/links.txt")),
    ("referral.txt", include_str!("../filters/referral.txt")),
    ("share.txt", include_str!("../filters/share.txt")),
    ("tiktok.txt", include_str!("../filters/tiktok.txt")),
];

/// A file in `filters/`.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// The file's name.
    pub name: &'static str,
    /// When its lines are in force.
    pub when: When,
    /// How far cleaning must go for its lines about links to be in force.
    pub tier: Tiers,
    /// Whether its rules about parameters are the [ground layer](crate::dnr::Layer), below those of all other lists.
    pub is_ground: bool,
    /// Its rulesets: the name of a file in `extension/rules/`, and which of its rules are in there.
    pub rulesets: &'static [(&'static str, Part)],
}

/// When a list is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// For every request.
    Always,
    /// For some requests: `extension/engine/circumstances.js` says for which, and `extension/background/rules/rules.js`
    /// switches the rulesets.
    Switched,
}

/// Some of a list's rules, as [`Rulesets`](crate::dnr::Rulesets) has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Blocks and exceptions.
    Block,
    /// Blocks, exceptions, headers and policies: for lists that are switched as a whole.
    BlockAndHeaders,
    /// Surrogates by file.
    Surrogates,
    /// Surrogates by address that holds them.
    DataSurrogates,
    /// Parameters taken out of links.
    Links,
}

/// Switched lists come last, so that of two lines that stop a request the one that is always in force is named.
pub const LISTS: [Shipped; 8] = [
    Shipped {
        is_ground: true,
        ..always("links.txt", Tiers::NAVIGATION, &[("links", Part::Links)])
    },
    always("referral.txt", Tiers::REFERRAL, &[("referral", Part::Links)]),
    // While a page is being opened none of its lines is in force, so there are no rules of it.
    always("share.txt", Tiers::SHARE, &[]),
    always(
        "tiktok.txt",
        Tiers::NAVIGATION,
        &[
            ("block", Part::Block),
            ("surrogates", Part::Surrogates),
            ("data-surrogates", Part::DataSurrogates),
        ],
    ),
    switched(
        "embeds.txt",
        &[
            ("embeds", Part::BlockAndHeaders),
            ("embed-stand-ins", Part::Surrogates),
            ("data-embed-stand-ins", Part::DataSurrogates),
        ],
    ),
    switched("lockout.txt", &[("lockout", Part::BlockAndHeaders)]),
    switched("player.txt", &[("player", Part::BlockAndHeaders)]),
    switched("visitor.txt", &[("visitor", Part::BlockAndHeaders)]),
];

const fn always(name: &'static str, tier: Tiers, rulesets: &'static [(&'static str, Part)]) -> Shipped {
    Shipped {
        name,
        when: When::Always,
        tier,
        is_ground: false,
        rulesets,
    }
}

const fn switched(name: &'static str, rulesets: &'static [(&'static str, Part)]) -> Shipped {
    Shipped {
        when: When::Switched,
        ..always(name, Tiers::NAVIGATION, rulesets)
    }
}

/// The tier of a list by its file's name, with or without folders: lists that do not ship are for navigation.
pub fn tier_of(name: &str) -> Tiers {
    let file = name.rsplit(['/', '\\']).next();
    let shipped = LISTS.iter().find(|list| Some(list.name) == file);
    shipped.map_or(Tiers::NAVIGATION, |list| list.tier)
}
