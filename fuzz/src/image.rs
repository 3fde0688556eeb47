//! Bytes are an image that holds together, or are refused; neither panics, now or when it is asked.
//!
//! Each input is tried as it is and with its checksums put right, which no fuzzer would guess.

use detick::cleaner::{Cleaner, Options};
use detick::engine::Engine;
use detick::image;
use detick::request::Request;

const LINK: &str = "https://www.tiktok.com/link/v2?a=1&b=2&target=https%3A%2F%2Fexample.com%2F";
const ADDRESSES: &[&str] = &[
    LINK,
    "https://ads.example/ads/banner.js?x=1",
    "wss://a.b.c.example:8080/track/",
];

/// Panics where a promise is broken.
pub fn run(bytes: &[u8]) {
    let mut sealed = bytes.to_vec();
    image::seal(&mut sealed);
    for bytes in [bytes, &sealed] {
        if let Ok(engine) = Engine::restore(bytes) {
            for address in ADDRESSES {
                engine
                    .blocker
                    .check(&Request::new(address, "https://shop.example/", "script", "GET"));
            }
            engine.trackers.find("www.tiktok.com");
            engine.cleaner.clean(LINK, &Options::default());
        }
    }
    if let Ok(cleaner) = Cleaner::from_bytes(bytes) {
        cleaner.clean(LINK, &Options::default());
    }
}
