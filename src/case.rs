//! Letter case, wherever texts are compared.

/// Whether letters are compared exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Case {
    /// As with `$match-case`.
    Exact = 0,
    /// `A` is `a`. A pattern is then held in lower case.
    #[default]
    Ignored = 1,
}

impl Case {
    /// Of the flags behind a regex: `i` ignores it.
    pub fn of_flags(flags: &str) -> Case {
        match flags.contains('i') {
            true => Case::Ignored,
            false => Case::Exact,
        }
    }

    /// Of its number in an image. Any other number than [`Case::Exact`]'s ignores it.
    pub(crate) fn of_code(code: u32) -> Case {
        match code == Case::Exact as u32 {
            true => Case::Exact,
            false => Case::Ignored,
        }
    }
}
