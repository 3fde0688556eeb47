//! `cargo xtask build | check | package`: everything between the sources and a loadable extension.
fn main() {}
