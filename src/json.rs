//! JSON as reports are written in it. A number stays the text that it is, so that `39.90` is told as it was sent; depth
//! is bounded, so that no page can exhaust the stack. (A library would do both, for a third more WebAssembly.)

use std::borrow::Cow;

/// Reports are five levels deep; one that goes far below is made up.
const MAX_DEPTH: usize = 16;

/// A value, borrowed from the report where it can be.
#[derive(Debug, PartialEq)]
pub(crate) enum Json<'a> {
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
    List(Vec<Json<'a>>),
    Text(Cow<'a, str>),
    Number(&'a str),
    /// `true`, `false` or `null`.
    Word,
}

impl<'a> Json<'a> {
    /// `None` for what is not one whole value.
    pub(crate) fn parse(text: &'a str) -> Option<Json<'a>> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.space();
        (reader.at == text.len()).then_some(value)
    }

    /// The value of a key; `None` also where this is no object.
    pub(crate) fn get(&self, key: &str) -> Option<&Json<'a>> {
        match self {
            Json::Object(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The first text that a key of that name holds, at any depth.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        match self {
            Json::Object(fields) => fields.iter().find_map(|(name, value)| match value {
                Json::Text(text) if name == key => Some(text.as_ref()),
                _ => value.find(key),
            }),
            Json::List(values) => values.iter().find_map(|value| value.find(key)),
            _ => None,
        }
    }

    /// What the text or number of a key says; nothing where there is none.
    pub(crate) fn word(&self, key: &str) -> &str {
        self.get(key).and_then(Json::words).unwrap_or_default()
    }

    /// What a text or a number says, unless that is nothing.
    pub(crate) fn words(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Json::Number(number) => Some(number),
            _ => None,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Json<'a>> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.space();
        match self.peek()? {
            b'{' => self.items(b'}', |reader| reader.field(depth)).map(Json::Object),
            b'[' => self.items(b']', |reader| reader.value(depth + 1)).map(Json::List),
            b'"' => self.string().map(Json::Text),
            b'-' | b'0'..=b'9' => {
                Some(Json::Number(self.run(|byte| {
                    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
                })))
            }
            _ => matches!(self.run(|byte| byte.is_ascii_lowercase()), "true" | "false" | "null").then_some(Json::Word),
        }
    }

    fn field(&mut self, depth: usize) -> Option<(Cow<'a, str>, Json<'a>)> {
        self.space();
        let key = self.string()?;
        self.space();
        self.expect(b':')?;
        Some((key, self.value(depth + 1)?))
    }

    /// What stands between brackets, with commas between.
    fn items<T>(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        self.at += 1;
        self.space();
        if self.expect(end).is_some() {
            return Some(items);
        }
        loop {
            items.push(item(self)?);
            self.space();
            if self.expect(end).is_some() {
                return Some(items);
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.expect(b'"')?;
        let mut text = Cow::Borrowed("");
        loop {
            text += self.run(|byte| byte != b'"' && byte != b'\\');
            if self.expect(b'"').is_some() {
                return Some(text);
            }
            self.expect(b'\\')?;
            text.to_mut().push(self.escaped()?);
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let is_pair = matches!(first, 0xd800..0xdc00) && self.text[self.at..].starts_with("\\u");
                if is_pair {
                    self.at += 2;
                    let units = [first, self.unit()?];
                    char::decode_utf16(units).next()?.unwrap_or(char::REPLACEMENT_CHARACTER)
                } else {
                    char::from_u32(first.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }

    /// The longest run of bytes that hold; they must be told by ASCII bytes, or the text would be cut inside a
    /// character.
    fn run(&mut self, holds: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| !holds(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn space(&mut self) {
        self.run(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_read() {
        let rows = [
            (r#" {"a" : [1, -2.50e3, true, null, "x"], "b": {}} "#, true),
            (r#""\u00e9\ud83d\ude00\"\\\/\n""#, true),
            ("", false),
            ("{", false),
            ("[1,]", false),
            (r#"{"a" 1}"#, false),
            ("[1] 2", false),
            ("nul", false),
            (r#""\x""#, false),
            (r#""\u12"#, false),
            (r#""\u12é4""#, false),
        ];
        for (text, is_json) in rows {
            assert_eq!(Json::parse(text).is_some(), is_json, "{text}");
        }
        let text = Json::parse(r#""\u00e9\ud83d\ude00\ud83d-""#);
        assert_eq!(text, Some(Json::Text("é😀\u{fffd}-".into())));
        assert_eq!(Json::parse("39.90").as_ref().and_then(Json::words), Some("39.90"));
    }

    #[test]
    fn a_text_is_found_at_any_depth() {
        let json = Json::parse(r#"{"u": 1, "a": [{"v": "x"}, {"u": {"u": "deep"}}], "e": "http:\/\/x"}"#).unwrap();
        assert_eq!(
            [json.find("u"), json.find("e"), json.find("x")],
            [Some("deep"), Some("http://x"), None]
        );
    }

    fn same(ours: &Json<'_>, theirs: &serde_json::Value) -> bool {
        match (ours, theirs) {
            (Json::Object(ours), serde_json::Value::Object(theirs)) => theirs.iter().all(|(key, value)| {
                ours.iter()
                    .rev()
                    .find(|(name, _)| name == key)
                    .is_some_and(|(_, own)| same(own, value))
            }),
            (Json::List(ours), serde_json::Value::Array(theirs)) => {
                ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(own, value)| same(own, value))
            }
            (Json::Text(ours), serde_json::Value::String(theirs)) => ours == theirs,
            (Json::Number(_), serde_json::Value::Number(_)) => true,
            (Json::Word, serde_json::Value::Bool(_) | serde_json::Value::Null) => true,
            _ => false,
        }
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(serde_json::Value::from),
            any::<i64>().prop_map(serde_json::Value::from),
            any::<String>().prop_map(serde_json::Value::from),
            Just(serde_json::Value::Null),
        ];
        leaf.prop_recursive(6, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_a_library_writes_is_read_alike(value in any_json()) {
            let text = value.to_string();
            let ours = Json::parse(&text);
            prop_assert!(ours.is_some_and(|ours| same(&ours, &value)));
        }

        #[test]
        fn anything_is_survived(text in r#"[\[\]{}:,"\\u0-9a-f \PC]{0,60}"#) {
            Json::parse(&text);
        }
    }
}
