//! Stand-ins: harmless files that answer blocked requests, and the names by which lists ask for them.

/// Each file in `extension/surrogates/`, and the names that lists use for it.
const FILES: &[(&str, &[&str])] = &[
    ("ttq.js", &["ttq"]),
    ("tiktok-embed.js", &[]),
    ("noop.js", &["noopjs", "blank-js"]),
    ("noop.txt", &["nooptext", "blank-text"]),
    ("noop.html", &["noopframe", "blank-html"]),
    ("noop.css", &["noopcss", "noop-css", "blank-css"]),
    ("noop.json", &["noopjson"]),
    ("1x1.gif", &["1x1-transparent.gif", "1x1-transparent-gif"]),
    ("2x2.png", &["2x2-transparent.png", "2x2-transparent-png"]),
    ("3x2.png", &["3x2-transparent.png", "3x2-transparent-png"]),
    ("32x32.png", &["32x32-transparent.png", "32x32-transparent-png"]),
];

/// The file in `extension/surrogates/` for the name in `$redirect=`, or `None` when there is none.
///
/// ```
/// assert_eq!(detick::standin::file("noopjs"), Some("noop.js"));
/// assert_eq!(detick::standin::file("fingerprint2.js"), None);
/// ```
pub fn file(name: &str) -> Option<&'static str> {
    let known = |(file, names): &&(&'static str, &[&str])| *file == name || names.contains(&name);
    FILES.iter().find(known).map(|&(file, _)| file)
}

/// Every file that [`file()`] can name.
pub fn files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|&(file, _)| file)
}

/// Whether no other blocker ships the stand-in of that name.
///
/// ```
/// assert!(detick::standin::is_ours_alone("ttq.js"));
/// assert!(!detick::standin::is_ours_alone("noop.txt"));
/// ```
pub fn is_ours_alone(name: &str) -> bool {
    file(name) == Some("ttq.js")
}
