//! Lists as browser rules: what each line becomes, and that the rules decide as the engine does.

pub mod browser;
mod corpora;
mod gaps;
mod lines;
mod links;
mod merging;
mod options;
mod requests;
