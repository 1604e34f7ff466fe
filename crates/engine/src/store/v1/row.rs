//! The machinery of file records: a macro that declares a frozen file type, its reader and writer, and the
//! conversions to and from the model's type.

use std::fmt;
use std::marker::PhantomData;

use ron::error::SpannedError;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::leaf::{Leaf, Seed, Unknown};
use super::shape::ExpectedShape;
use crate::store::text::Out;

/// A record of the file.
pub(super) trait FileRecord: Sized {
    /// The fields, in the order in which they are written.
    const FIELDS: &'static [&'static str];
    /// The required fields: the first of [`Self::FIELDS`].
    const NEEDS: &'static [&'static str];

    /// Tests if a text is a valid value of a field; `None` if there is no such field.
    fn try_field(name: &str, value: &str) -> Option<Result<(), SpannedError>>;

    /// Writes the required fields and those that differ from their defaults.
    fn write_fields(&self, out: &mut Out);

    /// Reads the fields in any order.
    fn read_fields<'de, A: MapAccess<'de>>(from: A, unknown: Unknown) -> Result<Self, A::Error>;
}

pub(super) fn write_row<R: FileRecord>(row: &R, out: &mut Out) {
    out.write_record(|out| row.write_fields(out));
}

pub(super) fn read_row<'de, R: FileRecord, D: Deserializer<'de>>(
    from: D,
    unknown: Unknown,
) -> Result<R, D::Error> {
    from.deserialize_struct("", R::FIELDS, RowVisitor(unknown, PhantomData))
}

struct RowVisitor<R>(Unknown, PhantomData<R>);

impl<'de, R: FileRecord> Visitor<'de> for RowVisitor<R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::Record, f)
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<R, A::Error> {
        R::read_fields(from, self.0)
    }
}

/// A field's name as written in the file.
pub(super) struct FieldName<'de>(pub(super) &'de str);

impl<'de> serde::Deserialize<'de> for FieldName<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_identifier(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = FieldName<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::Record, f)
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<FieldName<'de>, E> {
        Ok(FieldName(name))
    }
}

/// Refuses or skips a field that this version does not know.
pub(super) fn pass_over<'de, A: MapAccess<'de>>(
    from: &mut A,
    name: &str,
    fields: &'static [&'static str],
    unknown: Unknown,
) -> Result<(), A::Error> {
    match unknown {
        Unknown::Refused => Err(A::Error::unknown_field(name, fields)),
        Unknown::Ignored => from.next_value::<IgnoredAny>().map(|_| ()),
    }
}

/// Reads one field; refuses a duplicate.
pub(super) fn read_field<'de, T: Leaf, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    from: &mut A,
    name: &'static str,
    unknown: Unknown,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *slot = Some(from.next_value_seed(Seed::new(unknown))?);
    Ok(())
}

/// Parses a text that is one value.
pub(super) fn parse<T: Leaf>(text: &str, unknown: Unknown) -> Result<T, SpannedError> {
    ron::Options::default().from_str_seed(text, Seed::new(unknown))
}

/// Returns true if a field differs from its default and must be written.
pub(super) fn differs_from_default<T: PartialEq>(value: &T, default: &T) -> bool {
    value != default
}

/// Declares a file record: required fields, `---`, then fields that are written if they differ from a
/// default.
macro_rules! fields {
    ($name:ident {
        $($need:ident: $need_type:ty,)*
        ---
        $($field:ident: $type:ty = $default:expr,)*
    }) => {
        #[derive(PartialEq)]
        pub(super) struct $name {
            $(pub(super) $need: $need_type,)*
            $(pub(super) $field: $type,)*
        }

        impl FileRecord for $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($need),)* $(stringify!($field),)*];
            const NEEDS: &'static [&'static str] = &[$(stringify!($need),)*];

            fn try_field(name: &str, value: &str) -> Option<Result<(), SpannedError>> {
                match name {
                    $(stringify!($need) => Some(parse::<$need_type>(value, Unknown::Refused).map(drop)),)*
                    $(stringify!($field) => Some(parse::<$type>(value, Unknown::Refused).map(drop)),)*
                    _ => None,
                }
            }

            fn write_fields(&self, out: &mut Out) {
                $(out.field(stringify!($need), |out| self.$need.write(out));)*
                $(if differs_from_default(&self.$field, &$default) {
                    out.field(stringify!($field), |out| self.$field.write(out));
                })*
            }

            fn read_fields<'de, A: MapAccess<'de>>(mut from: A, unknown: Unknown) -> Result<Self, A::Error> {
                $(let mut $need: Option<$need_type> = None;)*
                $(let mut $field: Option<$type> = None;)*
                while let Some(FieldName(name)) = from.next_key()? {
                    match name {
                        $(stringify!($need) => read_field(&mut $need, &mut from, stringify!($need), unknown)?,)*
                        $(stringify!($field) => read_field(&mut $field, &mut from, stringify!($field), unknown)?,)*
                        other => pass_over(&mut from, other, Self::FIELDS, unknown)?,
                    }
                }
                Ok(Self {
                    $($need: $need.ok_or_else(|| A::Error::missing_field(stringify!($need)))?,)*
                    $($field: $field.unwrap_or($default),)*
                })
            }
        }
    };
}
pub(super) use fields;

/// Declares a file record whose fields still equal those of the model's type, with the conversions.
macro_rules! row {
    ($name:ident = $model:ty {
        $($need:ident: $need_type:ty,)*
        ---
        $($field:ident: $type:ty = $default:expr,)*
    }) => {
        fields! { $name { $($need: $need_type,)* --- $($field: $type = $default,)* } }

        impl From<&$model> for $name {
            fn from(model: &$model) -> Self {
                Self { $($need: model.$need.clone(),)* $($field: model.$field.clone(),)* }
            }
        }

        impl From<$name> for $model {
            fn from(row: $name) -> Self {
                Self { $($need: row.$need,)* $($field: row.$field,)* }
            }
        }
    };
}
pub(super) use row;
