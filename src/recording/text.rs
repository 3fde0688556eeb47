//! Texts of a recording: they may hold half a character, be missing or `null`.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

/// A text; what is none of Unicode in it is `�`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As bytes, because browsers write halves of characters (`\ud83d`) where a body is not text.
        deserializer.deserialize_bytes(Bytes)
    }
}

struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Text;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Text, E> {
        Ok(Text(String::from_utf8_lossy(bytes).into_owned()))
    }
}

/// What `null` and a missing value stand for.
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// What a reader of JSON complains of, without what it read: that may be anybody's.
pub(super) fn explain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rfind(" at line ").map_or(text.as_str(), |at| &text[..at]);
    match (error.is_data(), what.rfind("expected ")) {
        (true, Some(at)) if what[at..].starts_with("expected struct") => "expected an object".to_owned(),
        (true, Some(at)) => what[at..].to_owned(),
        (true, None) if !what.starts_with("missing field") && !what.starts_with("duplicate field") => {
            "its values are not those of a request".to_owned()
        }
        _ => what.to_owned(),
    }
}
