//! How the names end that rules speak of in part: most hosts are passed over by that, without looking one up.

/// How entities and labels that rules speak of end, so that most parts of a host need not be hashed.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends([u64; 4]);

impl Ends {
    /// `scopes` are the names of all, hosts among them.
    pub(super) fn of<'a>(scopes: impl Iterator<Item = &'a str>) -> Ends {
        let mut ends = Ends::default();
        let names = scopes.filter_map(|name| name.strip_suffix(".*").or(name.strip_suffix('.')));
        for name in names {
            let (word, bit) = Ends::place(name.as_bytes());
            ends.0[word] |= bit;
        }
        ends
    }

    /// Whether one may end as this name does.
    pub(super) fn may_have(&self, name: &[u8]) -> bool {
        let (word, bit) = Ends::place(name);
        self.0[word] & bit != 0
    }

    /// A bit for the last two bytes of a name's last label.
    fn place(name: &[u8]) -> (usize, u64) {
        let (last, before) = match name {
            [.., b'.', last] | [last] => (*last, 0),
            [.., before, last] => (*last, *before),
            [] => (0, 0),
        };
        (usize::from(before & 3), 1 << ((before >> 2 & 3) << 4 | last & 15))
    }
}
