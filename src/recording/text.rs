//! Texts of a recording: they may hold half a character, be missing or `null`.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

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

/// A value of any kind, of which only this matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Little {
    /// The number 0.
    Zero,
    /// An object without members.
    NoMembers,
    /// Anything else.
    #[default]
    Other,
}

impl<'de> Deserialize<'de> for Little {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Little;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Little, E> {
        Ok(if number == 0 { Little::Zero } else { Little::Other })
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Little, E> {
        Ok(Little::Other) // a negative one
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Little, E> {
        Ok(if number == 0.0 { Little::Zero } else { Little::Other })
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Little, E> {
        Ok(Little::Other)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Little, E> {
        Ok(Little::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Little, E> {
        Ok(Little::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Little, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Little::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Little, A::Error> {
        let mut little = Little::NoMembers;
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            little = Little::Other;
        }
        Ok(little)
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
