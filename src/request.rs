//! One request, parsed once: what every filter's conditions are compared with.

use std::cell::Cell;
use std::ops::Range;

use crate::address::suffix::{self, Host, Suffix};
use crate::address::token::{self, Token};
use crate::address::{self, Address};
use crate::address::{host, psl};
use crate::filter::{Methods, Types};

pub use crate::address::MAX_COMPARED;

/// A request as filters see it.
///
/// The address is brought into one form: no user name, no dot behind the host, ASCII only.
///
/// ```
/// use detick::request::Request;
/// let request = Request::new("https://me@WWW.TikTok.com.:8443/Path", "https://shop.example/", "script", "GET");
/// assert_eq!(request.url(), "https://www.tiktok.com:8443/Path");
/// assert_eq!(request.host(), "www.tiktok.com");
/// assert!(request.is_third_party());
/// ```
#[derive(Clone, Debug)]
pub struct Request {
    address: Address,
    source: Source,
    suffixes: Vec<Suffix>,
    tokens: Vec<Token>,
    on_the_web: bool,
    /// Found out when a filter first asks.
    third_party: Cell<Option<bool>>,
    /// The one type that the request has.
    pub types: Types,
    /// The one method that it has.
    pub method: Methods,
    /// Lists whose filters are out of force for this request: bit n stands for the list of index n, see
    /// [`Blocker::list_bit`](crate::blocker::Blocker::list_bit).
    pub lists_off: u32,
}

impl Default for Request {
    fn default() -> Self {
        Request {
            address: Address::default(),
            source: Source::default(),
            suffixes: Vec::new(),
            tokens: Vec::new(),
            on_the_web: false,
            third_party: Cell::new(None),
            types: Types::OTHER,
            method: Methods::GET,
            lists_off: 0,
        }
    }
}

impl Request {
    /// Reads a request. `kind` is `webRequest`'s name for its type, `method` may be empty for GET.
    ///
    /// Nothing is refused: an address that is not on the web ([`Request::is_on_the_web`]) matches no filter, an
    /// unknown type is [`Types::OTHER`], and a request without a readable page is a third party everywhere.
    pub fn new(url: &str, source_url: &str, kind: &str, method: &str) -> Request {
        let mut request = Request::default();
        request.read(url, source_url, kind, method);
        request
    }

    /// [`Request::new`] into this one's memory: allocates only for an address that is longer than those before it, or
    /// has another form and is rewritten. Keeps what it knows of the page when that is the same again.
    pub fn read(&mut self, url: &str, source_url: &str, kind: &str, method: &str) {
        self.set_page(source_url);
        let method = match method {
            "" | "GET" => Methods::GET,
            other => Methods::from_request(other),
        };
        self.set(url.as_bytes(), Types::from_request(kind), method);
    }

    /// Another request of the same page; its address is in UTF-8.
    pub fn set(&mut self, url: &[u8], types: Types, method: Methods) {
        self.address.read(url);
        let (lower, parts) = self.address.blocks();
        suffix::read(&lower[self.address.host_range()], &mut self.suffixes);
        token::read(lower, parts, &mut self.tokens);
        self.third_party.set(None);
        (self.on_the_web, self.types) = match self.address.scheme() {
            b"https" | b"http" => (true, types),
            b"wss" | b"ws" => (true, Types::WEBSOCKET),
            _ => (false, types),
        };
        self.on_the_web &= !self.suffixes.is_empty();
        self.method = method;
    }

    /// The page that the next requests come from.
    pub fn set_page(&mut self, source_url: &str) {
        self.source.read(source_url);
    }

    /// Whether the address has a scheme that filters are about, and a host.
    pub fn is_on_the_web(&self) -> bool {
        self.on_the_web
    }

    /// The address with its letters as sent; at most three times [`MAX_COMPARED`] bytes.
    pub fn url(&self) -> &str {
        self.address.text()
    }

    /// [`Request::url`] in lower case; offsets are the same in both.
    pub fn url_lower(&self) -> &str {
        self.address.lower()
    }

    /// [`Request::url_lower`] as bytes, all of them ASCII.
    #[inline]
    pub(crate) fn url_lower_bytes(&self) -> &[u8] {
        self.address.lower_bytes()
    }

    /// Where the host stands in the address.
    #[inline]
    pub fn host_range(&self) -> Range<usize> {
        self.address.host_range()
    }

    /// The host that the request goes to; empty when there is none.
    pub fn host(&self) -> &str {
        self.address.host()
    }

    #[inline]
    pub(crate) fn host_bytes(&self) -> &[u8] {
        self.address.host_bytes()
    }

    /// The registrable domain of [`Request::host`].
    pub fn domain(&self) -> &str {
        &self.host()[psl::place(self.host(), self.suffixes.iter().copied()).domain..]
    }

    /// The host of the page that makes the request; empty when it is not known.
    pub fn source_host(&self) -> &str {
        &self.source.host
    }

    /// The registrable domain of [`Request::source_host`].
    pub fn source_domain(&self) -> &str {
        &self.source.host[self.source.domain_start..]
    }

    /// Whether it goes to another site than the page's.
    pub fn is_third_party(&self) -> bool {
        let known = self.third_party.get();
        known.unwrap_or_else(|| {
            let found = self.find_third_party();
            self.third_party.set(Some(found));
            found
        })
    }

    fn find_third_party(&self) -> bool {
        let page = self.source_domain();
        page.is_empty() || !host::are_within(self.address.host_bytes(), page.as_bytes()) || self.domain() != page
    }

    /// Whether it goes to another host than the page's.
    pub fn is_other_host(&self) -> bool {
        self.source.host.is_empty() || self.address.host_bytes() != self.source.host.as_bytes()
    }

    /// The host that the request goes to, as sets of domains take it.
    pub(crate) fn target(&self) -> Host<'_> {
        Host {
            name: self.host(),
            suffixes: &self.suffixes,
            public_suffix: None,
        }
    }

    /// The page's host, with its suffixes.
    pub(crate) fn source(&self) -> Host<'_> {
        Host {
            name: &self.source.host,
            suffixes: &self.source.suffixes,
            public_suffix: Some(self.source.suffix_start),
        }
    }

    /// The host that the request goes to and the domains above it.
    #[inline]
    pub(crate) fn suffixes(&self) -> &[Suffix] {
        &self.suffixes
    }

    /// The page's host and the domains above it.
    #[inline]
    pub(crate) fn source_suffixes(&self) -> &[Suffix] {
        &self.source.suffixes
    }

    /// The page's host and the domains above it, all without their public suffix.
    pub(crate) fn source_entities(&self) -> &[Suffix] {
        &self.source.entities
    }

    /// The tokens of the address.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }
}

/// The page, kept from request to request: pages make hundreds.
#[derive(Clone, Debug, Default)]
struct Source {
    url: String,
    host: String,
    suffix_start: usize,
    domain_start: usize,
    suffixes: Vec<Suffix>,
    entities: Vec<Suffix>,
}

impl Source {
    fn read(&mut self, url: &str) {
        if self.url == url {
            return;
        }
        self.url.clear();
        self.url.push_str(url);
        self.host.clear();
        address::push_host(url, &mut self.host);
        suffix::read(self.host.as_bytes(), &mut self.suffixes);
        let place = psl::place(&self.host, self.suffixes.iter().copied());
        (self.suffix_start, self.domain_start) = (place.suffix, place.domain);
        let name = &self.host.as_bytes()[..place.suffix.saturating_sub(1)];
        suffix::read(name, &mut self.entities);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(url: &str, source_url: &str) -> Request {
        Request::new(url, source_url, "image", "")
    }

    #[test]
    fn hosts_are_found_in_every_form_of_address() {
        let rows = [
            ("https://a.example", "a.example", "https://a.example"),
            ("HTTPS://A.Example:443/X", "a.example", "https://a.example:443/X"),
            ("http://a.example./x", "a.example", "http://a.example/x"),
            ("http://u:p@ss@a.example/x@y", "a.example", "http://a.example/x@y"),
            (
                "http://a.example?u=http://b.example/",
                "a.example",
                "http://a.example?u=http://b.example/",
            ),
            ("http://a.example#@b", "a.example", "http://a.example#@b"),
            (
                "http://[2001:db8::1]:80/x",
                "[2001:db8::1]",
                "http://[2001:db8::1]:80/x",
            ),
            (
                "http://bücher.example/ü",
                "xn--bcher-kva.example",
                "http://xn--bcher-kva.example/%C3%BC",
            ),
            ("wss://a.example/", "a.example", "wss://a.example/"),
            (
                "data:text/plain,http://a.example/",
                "",
                "data:text/plain,http://a.example/",
            ),
            ("about:blank", "", "about:blank"),
            ("http://", "", "http://"),
            ("", "", ""),
            ("://", "", "://"),
            ("http://[", "[", "http://["),
        ];
        for (url, host, text) in rows {
            let request = image(url, "");
            assert_eq!((request.host(), request.url()), (host, text), "{url}");
            assert_eq!(request.url_lower(), text.to_ascii_lowercase());
        }
    }

    #[test]
    fn only_web_addresses_are_on_the_web() {
        for (url, expected) in [
            ("https://a.example/", true),
            ("ws://a.example/", true),
            ("ftp://a.example/", false),
            ("blob:https://a.example/1", false),
            ("chrome-extension://abc/x.js", false),
            ("https:///x", false),
            ("nonsense", false),
        ] {
            assert_eq!(image(url, "").is_on_the_web(), expected, "{url}");
        }
    }

    #[test]
    fn party_is_by_registrable_domain() {
        for (url, source, third, other_host) in [
            ("https://a.example.com/", "https://b.example.com/", false, true),
            ("https://example.com/", "https://example.com/x", false, false),
            ("https://notexample.com/", "https://example.com/", true, true),
            ("https://a.github.io/", "https://github.io/", true, true),
            ("https://github.io/", "https://github.io/", false, false),
            ("https://10.0.0.1/", "https://10.0.0.1:8080/", false, false),
            ("https://10.0.0.1/", "https://2.0.0.1/", true, true),
            ("https://a.example/", "", true, true),
            ("https://a.example/", "about:blank", true, true),
        ] {
            let request = image(url, source);
            assert_eq!(
                (request.is_third_party(), request.is_other_host()),
                (third, other_host),
                "{url} on {source}"
            );
        }
    }

    #[test]
    fn types_and_methods_never_fail() {
        let request = Request::new("wss://a.example/", "", "something_new", "brew");
        assert_eq!((request.types, request.method), (Types::WEBSOCKET, Methods::OTHER));
        assert_eq!(image("https://a.example/", "").method, Methods::GET);
        assert_eq!(
            Request::new("https://a.example/", "", "speculative", "").types,
            Types::OTHER
        );
    }

    #[test]
    fn a_page_is_remembered_and_replaced() {
        let mut request = image("https://a.example/", "https://www.b.example.co.uk/");
        assert_eq!(request.source_domain(), "example.co.uk");
        request.read("https://c.example/", "https://d.example/", "image", "");
        assert_eq!((request.host(), request.source_host()), ("c.example", "d.example"));
    }

    #[test]
    fn two_megabytes_are_clipped() {
        let url = format!("https://a.example/{}", "ü".repeat(1 << 20));
        let request = image(&url, &url);
        assert_eq!(request.host(), "a.example");
        assert!(request.url().len() <= 3 * MAX_COMPARED);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(url: String, source: String, kind: String, method: String) {
            let request = Request::new(&url, &source, &kind, &method);
            proptest::prop_assert_eq!(request.url().len(), request.url_lower().len());
            request.is_third_party();
        }

        #[test]
        fn odd_authorities_do_not_panic(rest in "[a.:@\\[\\]/?#\\\\ü%]{0,12}") {
            image(&format!("http://{rest}"), &rest).is_third_party();
        }
    }
}
