//! Things counted, as many kinds as there is room for: a recording may be made up to have no end of them.

use std::collections::BTreeMap;

/// How many different things all of a report keeps.
const ROOM: usize = 50_000;
/// How many one place of it does.
const MAX_KINDS: usize = 300;
/// How much of a text is kept, in bytes.
const MAX_TEXT: usize = 1000;

/// What is left of the room.
#[derive(Clone, Debug)]
pub(super) struct Room {
    free: usize,
    /// How often something found none.
    pub left_out: u64,
}

impl Default for Room {
    fn default() -> Self {
        Room {
            free: ROOM,
            left_out: 0,
        }
    }
}

impl Room {
    /// Takes room for one thing, if there is any.
    pub(super) fn take(&mut self) -> bool {
        let is_free = self.free > 0;
        self.free = self.free.saturating_sub(1);
        self.left_out += u64::from(!is_free);
        is_free
    }
}

/// How often something was told, and how often of that it never left.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Times {
    pub all: u64,
    pub stopped: u64,
}

impl Times {
    pub(super) fn add(&mut self, other: Times) {
        self.all += other.all;
        self.stopped += other.stopped;
    }
}

/// Values by their keys, in the order of keys.
#[derive(Clone, Debug)]
pub(super) struct Tally<K, V = u64>(BTreeMap<K, V>);

impl<K, V> Default for Tally<K, V> {
    fn default() -> Self {
        Tally(BTreeMap::new())
    }
}

impl<K: Ord, V: Default> Tally<K, V> {
    /// The value of a key; `None` when it would be a new one and there is no room.
    pub(super) fn of(&mut self, key: K, room: &mut Room) -> Option<&mut V> {
        if !self.0.contains_key(&key) {
            if self.0.len() >= MAX_KINDS {
                room.left_out += 1;
                return None;
            }
            room.take().then_some(())?;
        }
        Some(self.0.entry(key).or_default())
    }

    pub(super) fn has(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter()
    }
}

impl<K: Ord> Tally<K> {
    /// Once more.
    pub(super) fn count(&mut self, key: K, room: &mut Room) {
        if let Some(count) = self.of(key, room) {
            *count += 1;
        }
    }
}

impl<K: Ord> Tally<K, Times> {
    /// It was told once more, or would have been.
    pub(super) fn tell(&mut self, key: K, is_stopped: bool, room: &mut Room) {
        if let Some(times) = self.of(key, room) {
            times.add(Times {
                all: 1,
                stopped: u64::from(is_stopped),
            });
        }
    }
}

/// As much of a text as is kept.
pub(super) fn clipped(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A text, shortened for the eye.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
