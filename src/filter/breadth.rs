//! Whether a filter would stop the web: found by trying its pattern on ordinary addresses.
//!
//! Lists with such a line have shipped (`n` in EasyList in 2018, a lone letter in 2020): the reader is the last place
//! where it costs one line and not everybody's browser.

use super::{Action, Filter, Pattern, Polarity, RedirectMode};
use crate::glob;
use crate::regex::Regex;

/// Addresses as any site has them. Two begin a host's label with each letter, and each sign that an address may hold
/// is in two: a pattern that is found in two of them says nothing about a tracker.
const ORDINARY: &[&str] = &[
    "https://account.appledale.com/about/authors.html",
    "https://api.brookfield.net/v2/articles?after=2024-01-30",
    "https://blog.cedargate.org/books/best-of-2019/",
    "https://beta.deltaharbor.com/build/bundle.min.js",
    "https://cdn.emberlane.net/css/colors.css?v=1.8.3",
    "https://community.fernmill.org/c/cooking/451",
    "https://docs.grovepoint.com/guide/download.html#first",
    "https://de.hazelridge.org/dokumente/datei.pdf",
    "https://en.irisshore.org/wiki/Earth",
    "https://events.juniperstone.com/e/evening-class-7765",
    "https://forum.kestrelvale.net/f/films?page=2",
    "https://fonts.lilacwood.com/families/f1.woff2",
    "https://gallery.mapleyard.org/g/garden.webp",
    "https://groups.nettledale.com/g/gamers/topics",
    "https://help.olivefield.com/hc/how-to-begin",
    "https://home.pinegate.net/h/heating.xml",
    "https://images.quinceharbor.com/i/island_640x480.jpg",
    "https://in.ravenlane.org/index.php?id=90",
    "https://jobs.sagemill.com/j/junior-cook",
    "https://js.thistlepoint.net/jquery-3.7.1.js",
    "https://kids.umberridge.org/k/kites.png",
    "https://kb.violetshore.com/kitchen/knives",
    "https://login.willowstone.com/l/session/new",
    "https://library.yarrowvale.org/lib/list.json",
    "https://mail.zinniawood.com/m/inbox",
    "https://media.aspenyard.net/movies/mountain.mp4",
    "https://news.birchdale.com/n/north/story-5.html",
    "https://next.applefield.org/new/notes.txt",
    "https://online.brookgate.com/o/opening-hours",
    "https://old.cedarharbor.net/our/office.svg",
    "https://pay.deltalane.com/p/checkout/pay",
    "https://photos.embermill.org/p/plants.jpeg",
    "https://quiz.fernpoint.com/q/questions?q=rivers",
    "https://quotes.groveridge.net/quarter/q4",
    "https://radio.hazelshore.org/r/rock/live.m3u8",
    "https://reports.irisstone.com/reading/r6.csv",
    "https://shop.junipervale.com/s/shoes/size-42",
    "https://static.kestrelwood.net/src/site.js?ver=5",
    "https://travel.lilacyard.org/t/trains/timetable",
    "https://tv.mapledale.com/title/tt_0111161",
    "https://upload.nettlefield.net/u/users/avatar.gif",
    "https://us.olivegate.com/university/units",
    "https://video.pineharbor.org/v/view/876",
    "https://vote.quincelane.com/valley/v3.ico",
    "https://www.ravenmill.com/",
    "https://www.sagepoint.org/weather/today",
    "https://x.thistleridge.net/xmas/x11",
    "https://xml.umbershore.com/xhr/export.xlsx",
    "https://you.violetstone.org/y/youth",
    "https://yoga.willowvale.com/yellow/year-2022",
    "https://zoo.yarrowwood.net/z/zebra",
    "https://zh.zinniayard.org/zone/z0",
    "https://code.aspendale.com/~lena/std::string/@types;v=1?a=(b)&c=[d]&e=f,g|h*i!j$k'l+m%20n{o}=",
    "https://search.birchfield.net/~max/std::vector/@users;t=2?q=(y)&z=[x]&w=v,u|t*s!r$q'p+o%20n{m}=",
];
const SCHEME: usize = "https://".len();

/// No pattern that is longer is found in two of them.
const LONGEST: usize = 14;

impl Filter {
    /// A line without any condition that stops ordinary addresses would stop the web: nobody means that.
    pub(super) fn stops_the_web(&self) -> bool {
        self.stops() && self.has_no_condition() && self.matches_ordinary_addresses()
    }

    fn stops(&self) -> bool {
        let stops = match &self.action {
            Action::Block => true,
            Action::Redirect(redirect) => redirect.mode == RedirectMode::BlockAndAnswer,
            _ => false,
        };
        stops && self.polarity == Polarity::Apply && !self.badfilter
    }

    fn matches_ordinary_addresses(&self) -> bool {
        match &self.pattern {
            Pattern::Any => true,
            Pattern::Glob(glob) if glob.text.len() > LONGEST || !is_ordinary(&glob.text) => false,
            Pattern::Glob(glob) if glob.host_part().is_some() => false,
            Pattern::Glob(glob) => two(|url| glob::is_match(glob, self.case, url, SCHEME..host_end(url))),
            Pattern::Regex(source) => {
                let regex = Regex::checked(source, self.case);
                two(|url| regex.is_match(url))
            }
        }
    }
}

/// Whether all that a pattern says in three signs in a row may be said in an ordinary address: of most patterns it is
/// not.
fn is_ordinary(pattern: &str) -> bool {
    let mut pieces = pattern.as_bytes().split(|byte| matches!(byte, b'*' | b'^'));
    pieces.all(|piece| {
        piece.windows(3).all(|trio| {
            let (word, bit) = place(trio[0], trio[1], trio[2]);
            TRIOS[word] & bit != 0
        })
    })
}

/// One bit for each hash of three signs in a row of [`ORDINARY`].
static TRIOS: [u64; 1 << 9] = {
    let mut bits = [0; 1 << 9];
    let mut addresses = ORDINARY;
    while let [address, others @ ..] = addresses {
        let mut rest = address.as_bytes();
        while let [first, behind @ ..] = rest {
            if let [second, third, ..] = behind {
                let (word, bit) = place(*first, *second, *third);
                bits[word] |= bit;
            }
            rest = behind;
        }
        addresses = others;
    }
    bits
};

const fn place(first: u8, second: u8, third: u8) -> (usize, u64) {
    let trio = u32::from_le_bytes([first | 0x20, second | 0x20, third | 0x20, 0]);
    let hash = trio.wrapping_mul(0x9E37_79B1) >> 17;
    (hash as usize >> 6, 1 << (hash & 63))
}

/// Whether `matches` holds for two of the ordinary addresses.
fn two(mut matches: impl FnMut(&str) -> bool) -> bool {
    ORDINARY.iter().filter(|url| matches(url)).nth(1).is_some()
}

fn host_end(url: &str) -> usize {
    url[SCHEME..].find('/').map_or(url.len(), |at| SCHEME + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(line: &str) -> bool {
        line.parse::<Filter>().is_err()
    }

    #[test]
    fn each_letter_and_sign_is_in_two_ordinary_addresses() {
        let signs = "abcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%|{}";
        let missing = |sign: &char| ORDINARY.iter().filter(|url| url.contains(*sign)).count() < 2;
        assert_eq!(
            signs.chars().filter(missing).collect::<String>(),
            "#", // which no request holds
        );
        for letter in 'a'..='z' {
            let label = format!("https://{letter}");
            assert!(
                ORDINARY.iter().filter(|url| url.starts_with(&label)).count() >= 2,
                "{letter}"
            );
        }
    }

    #[test]
    fn patterns_that_stop_the_web_are_refused() {
        for line in [
            "*",
            "n",
            "||n",
            "c",
            "7",
            "/",
            "*/",
            "/*",
            "//",
            "^",
            "*^*",
            "*.*",
            ".",
            "::",
            "=",
            "www",
            "||www.",
            "http",
            "|http",
            "|https://",
            "https",
            "://",
            ".com",
            ".js",
            ".js|",
            "/.*/",
            "/./",
            "/^https?:/",
            "/[a-z]/",
            "/e/",
            "N",
            "n$important",
            "n$all",
            "*$redirect=noop.js",
        ] {
            assert!(is_refused(line), "{line}");
        }
    }

    #[test]
    fn short_patterns_that_say_something_are_read() {
        for line in [
            "-ad.",
            "_ad_",
            "||ads.",
            "/ads.js",
            ".com/ads",
            "?ad=",
            "||x.example^",
            "||t.co^",
            "/^https?:\\/\\/ads\\./",
            "n$domain=a.example",
            "*$third-party",
            "/$image",
            "*$method=post",
            "@@n",
            "n$badfilter",
            "*$removeparam=ad",
        ] {
            assert!(!is_refused(line), "{line}");
        }
    }
}
