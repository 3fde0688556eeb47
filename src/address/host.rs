//! Host names in the one form that everything compares: lower case, ASCII (punycode), no trailing dot.

use std::borrow::Cow;

/// Brings a host name of a list or a person into the form in which hosts are compared.
///
/// Gives `None` for what cannot be a host: empty, with empty labels, with characters no host has.
///
/// ```
/// assert_eq!(detick::address::host::to_ascii("WWW.Bücher.example").as_deref(), Some("www.xn--bcher-kva.example"));
/// assert_eq!(detick::address::host::to_ascii("not a host"), None);
/// ```
pub fn to_ascii(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let ascii = match name.is_ascii() {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Owned(idna_to_ascii(name)?),
    };
    is_host(&ascii).then(|| ascii.into_owned())
}

/// Whether `name` is a plain host name: labels of letters, digits, `-` and `_`, or a bracketed IPv6 address.
pub fn is_host(name: &str) -> bool {
    if let Some(address) = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    // Byte by byte, not label by label: each filter is asked this several times.
    let mut before = b'.';
    for byte in name.bytes() {
        match byte {
            b'.' if before == b'.' => return false,
            b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => before = byte,
            _ => return false,
        }
    }
    before != b'.' && name.len() <= 253
}

#[cfg(not(target_arch = "wasm32"))]
fn idna_to_ascii(name: &str) -> Option<String> {
    url::Host::parse(name).ok().map(|host| host.to_string())
}

/// In a browser its own parser does it, so that IDNA's tables need not ship. That parser takes a whole address, so a
/// name must have nothing that would end it there.
#[cfg(target_arch = "wasm32")]
fn idna_to_ascii(name: &str) -> Option<String> {
    let ends =
        |character: char| matches!(character, '/' | '\\' | '?' | '#' | '@' | ':') || character.is_ascii_control();
    if name.contains(ends) {
        return None;
    }
    web_sys::Url::new(&format!("http://{name}/"))
        .ok()
        .map(|url| url.hostname())
}

/// Whether `host` is an IP address, as browsers write it: dotted decimal, or IPv6 in brackets.
pub fn is_address(host: &str) -> bool {
    host.starts_with('[')
        || host.ends_with(|last: char| last.is_ascii_digit()) && host.parse::<std::net::Ipv4Addr>().is_ok()
}

/// Whether `host` is `domain` or one of its subdomains.
///
/// ```
/// assert!(detick::address::host::is_within("www.tiktok.com", "tiktok.com"));
/// assert!(!detick::address::host::is_within("nottiktok.com", "tiktok.com"));
/// ```
pub fn is_within(host: &str, domain: &str) -> bool {
    are_within(host.as_bytes(), domain.as_bytes())
}

/// [`is_within`] of names as bytes.
#[inline]
pub(crate) fn are_within(host: &[u8], domain: &[u8]) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(b"."))
}
