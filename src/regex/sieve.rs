//! A quick look at whether a regex can match a text at all.
//!
//! Lists have regexes of which nothing but `https://` is certain: they are tried on every script there is and match
//! none. The sieve is such a regex as an automaton whose states are the bits of one word: after Glushkov (“The abstract
//! theory of automata”, 1961) each place of the regex that takes a character is a state, and so is each `$`, which
//! takes the end; a text is read with one table lookup a byte. What the sieve leaves out makes it let more through,
//! never less: what stands behind the last free bit, assertions besides `$` and a leading `^`, and characters beyond
//! ASCII. Most regexes have none of these, and then the sieve is all there is to say about a text.

mod ascii;
mod build;

/// Comes behind the last place of a regex that the sieve looks at: a text that leads here passes.
const PASSED: u64 = 1 << 63;

/// What a sieve says about a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The regex matches nowhere in it.
    No,
    /// It may match: the regex has to be asked.
    Maybe,
    /// It matches.
    Yes,
}

/// What a regex needs of a text.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// Which states take a byte.
    takes: Box<[u64; 128]>,
    /// Which states take the end of the text.
    ends: u64,
    /// Which states come behind each.
    behind: Box<[u64]>,
    first: u64,
    is_anchored: bool,
    /// What is said of a text that gets through.
    passed: Verdict,
}

impl Sieve {
    /// Whether the regex matches somewhere in the text.
    pub fn read(&self, text: &str) -> Verdict {
        let again = if self.is_anchored { 0 } else { self.first };
        let mut next = self.first;
        for &byte in text.as_bytes() {
            let Some(takes) = self.takes.get(usize::from(byte)) else {
                return Verdict::Maybe;
            };
            next = again | self.behind(next & takes);
            match next {
                0 => return Verdict::No,
                _ if next & PASSED != 0 => return self.passed,
                _ => {}
            }
        }
        // One `$` may come behind another.
        let (mut now, mut seen) = (next & self.ends, 0);
        while now & !seen != 0 {
            seen |= now;
            let next = self.behind(now);
            if next & PASSED != 0 {
                return self.passed;
            }
            now = next & self.ends;
        }
        Verdict::No
    }

    /// The states that come behind some.
    fn behind(&self, mut states: u64) -> u64 {
        let mut behind = 0;
        while states != 0 {
            behind |= self.behind[states.trailing_zeros() as usize];
            states &= states - 1;
        }
        behind
    }
}

#[cfg(test)]
mod tests;
