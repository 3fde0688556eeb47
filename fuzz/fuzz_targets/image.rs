//! Bytes are an image that holds together, or are refused; neither panics, now or when it is asked.

#![no_main]

use detick::cleaner::{Cleaner, Options};
use detick::engine::Engine;
use detick::request::Request;
use libfuzzer_sys::fuzz_target;

const LINK: &str = "https://www.tiktok.com/link/v2?a=1&b=2&target=https%3A%2F%2Fexample.com%2F";

fuzz_target!(|bytes: &[u8]| {
    if let Ok(engine) = Engine::restore(bytes) {
        engine.blocker.check(&Request::new(LINK, "https://shop.example/", "script", "GET"));
        engine.trackers.find("www.tiktok.com");
    }
    // Without the checksum, which no fuzzer would guess.
    if let Ok(cleaner) = Cleaner::from_bytes(bytes) {
        cleaner.clean(LINK, &Options::default());
    }
});
