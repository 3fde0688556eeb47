use std::sync::Arc;

use super::{Domain, Domains, Methods, Party, Types};

/// When a filter acts, beside what its pattern says of the address: all of it must hold. Readers take it apart by
/// naming each field, so that the compiler names every place that a new one must go to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conditions {
    /// The kinds of request. Actions have different defaults: see [`Types::default_for`].
    pub types: Types,
    /// First-party or third-party requests, or both.
    pub party: Party,
    /// The page that makes the request (`$domain=`, `$from=`).
    pub from: Domains,
    /// The host the request goes to (`$to=`).
    pub to: Domains,
    /// Hosts that are left alone, with their subdomains (`$denyallow=`).
    pub denyallow: Vec<Domain>,
    /// `$with=a&b|c`: for lines about links, the parameters that the address must have besides: all of one of the
    /// groups.
    pub with: Vec<Vec<String>>,
    /// HTTP methods.
    pub methods: Methods,
    /// A response header that must be there (`$header=name:value`), as written. Only the browser can decide it.
    pub header: Option<String>,
}

/// Conditions that filters share: of a list's hundred thousand most have the same few.
#[derive(Debug, Default)]
pub(crate) struct Common(Vec<Arc<Conditions>>);

/// So many are looked through for each line. Whatever a list has beyond them is not shared.
const MOST: usize = 64;

impl Common {
    /// The same again, where it is known.
    pub(crate) fn share(&mut self, when: Conditions) -> Arc<Conditions> {
        let Having {
            party: _,
            hosts,
            others,
        } = when.having();
        if hosts || others {
            return Arc::new(when);
        }
        let mut known = self.0.iter();
        if let Some(same) = known.find(|known| known.types == when.types && known.party == when.party) {
            return Arc::clone(same);
        }
        let new = Arc::new(when);
        if self.0.len() < MOST {
            self.0.push(Arc::clone(&new));
        }
        new
    }
}

/// Which conditions there are beside the kinds of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Having {
    /// First or third party.
    pub party: bool,
    /// The page, or the host that is asked.
    pub hosts: bool,
    /// Anything else.
    pub others: bool,
}

impl Conditions {
    /// Nothing but the kinds of request.
    pub fn of_kinds(types: Types) -> Conditions {
        Conditions {
            types,
            party: Party::Any,
            from: Domains::default(),
            to: Domains::default(),
            denyallow: Vec::new(),
            with: Vec::new(),
            methods: Methods::empty(),
            header: None,
        }
    }

    /// What there is to ask.
    pub fn having(&self) -> Having {
        let Conditions {
            types: _,
            party,
            from,
            to,
            denyallow,
            with,
            methods,
            header,
        } = self;
        Having {
            party: *party != Party::Any,
            hosts: !from.is_empty() || !to.is_empty(),
            others: !denyallow.is_empty() || !with.is_empty() || !methods.is_empty() || header.is_some(),
        }
    }
}

impl Having {
    /// Only the kinds of request.
    pub const NOTHING: Having = Having {
        party: false,
        hosts: false,
        others: false,
    };
}
