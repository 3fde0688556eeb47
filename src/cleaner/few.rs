//! A list that needs no memory of its own while it is short, as nearly all lists about one link are.

/// Up to `N` entries on the stack, more of them on the heap.
#[derive(Debug)]
pub(super) struct Few<T, const N: usize> {
    first: [T; N],
    /// How many entries of `first` count, while `all` is empty.
    len: usize,
    all: Vec<T>,
}

impl<T: Copy + Default, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Few {
            first: [T::default(); N],
            len: 0,
            all: Vec::new(),
        }
    }
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    pub(super) fn push(&mut self, entry: T) {
        if self.all.is_empty() {
            if let Some(place) = self.first.get_mut(self.len) {
                *place = entry;
                self.len += 1;
                return;
            }
            self.all.extend_from_slice(&self.first);
        }
        self.all.push(entry);
    }

    pub(super) fn as_slice(&self) -> &[T] {
        match self.all.is_empty() {
            true => &self.first[..self.len],
            false => &self.all,
        }
    }
}

impl<T: Copy + Default, const N: usize> Extend<T> for Few<T, N> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, entries: I) {
        entries.into_iter().for_each(|entry| self.push(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stay_in_their_order_when_they_become_many() {
        let mut few = Few::<u32, 3>::default();
        for count in 0..10 {
            assert_eq!(few.as_slice(), (0..count).collect::<Vec<_>>());
            few.push(count);
        }
    }
}
