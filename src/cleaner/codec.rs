//! Tables to bytes and back: little endian, lengths before contents, nothing implied.

use crate::case::Case;

/// Something that the image can hold.
pub(super) trait Field: Sized {
    fn write(&self, out: &mut Vec<u8>);
    /// `None` when the bytes run out or cannot mean this.
    fn read(input: &mut &[u8]) -> Option<Self>;
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Field for $integer {
            fn write(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn read(input: &mut &[u8]) -> Option<Self> {
                let (bytes, rest) = input.split_first_chunk()?;
                *input = rest;
                Some(Self::from_le_bytes(*bytes))
            }
        }
    )*};
}
integers!(u8, u16, u32);

impl Field for Case {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        u8::read(input).map(|code| Case::of_code(code.into()))
    }
}

impl Field for String {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = u32::read(input)? as usize;
        let (bytes, rest) = input.split_at_checked(length)?;
        *input = rest;
        String::from_utf8(bytes.to_vec()).ok()
    }
}

impl<T: Field> Field for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        self.iter().for_each(|item| item.write(out));
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = u32::read(input)? as usize;
        // Every item takes a byte at least: a length that lies cannot make us reserve more than was sent.
        let mut items = Vec::with_capacity(length.min(input.len()));
        for _ in 0..length {
            items.push(T::read(input)?);
        }
        Some(items)
    }
}

/// Declares a struct whose fields are written in their order.
macro_rules! record {
    ($(#[$meta:meta])* struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        pub(super) struct $name { $($(#[$doc])* pub(super) $field: $type,)* }

        impl $crate::cleaner::codec::Field for $name {
            fn write(&self, out: &mut Vec<u8>) {
                $(self.$field.write(out);)*
            }
            fn read(input: &mut &[u8]) -> Option<Self> {
                $(let $field = $crate::cleaner::codec::Field::read(input)?;)*
                Some($name { $($field,)* })
            }
        }
    };
}

/// Declares an enum that is written as one byte.
macro_rules! code {
    ($(#[$meta:meta])* enum $name:ident { $($(#[$doc:meta])* $variant:ident,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum $name { $($(#[$doc])* $variant,)* }

        impl $crate::cleaner::codec::Field for $name {
            fn write(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }
            fn read(input: &mut &[u8]) -> Option<Self> {
                let byte = u8::read(input)?;
                $(if byte == $name::$variant as u8 {
                    return Some($name::$variant);
                })*
                None
            }
        }
    };
}

pub(super) use {code, record};
