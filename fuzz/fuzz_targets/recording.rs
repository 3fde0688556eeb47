#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| detick_fuzz::recording::run(input));
