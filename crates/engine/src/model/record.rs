//! The machinery shared by all records: a macro that writes a record's struct together with its field table,
//! and the [`Record`] enum over all of them.

use super::privacy::PrivacyClass;
use super::value::FieldValue;
use crate::id::Id;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The name of a record's field, as problems, diffs and files print it.
pub type Field = &'static str;

/// Access to a record's fields by name.
pub trait Fields {
    /// The names of all fields but the id, in declaration order.
    const FIELDS: &'static [Field];
    /// Those of them that can hold a person's own words, each with its privacy class.
    const TEXT_FIELDS: &'static [(Field, PrivacyClass)];
    /// Those of them whose numbers have limits.
    const RANGES: &'static [(Field, RangeInclusive<f64>)];
    /// Returns the field's value; `None` for a name that is not a field.
    fn get(&self, field: &str) -> Option<FieldValue>;
    /// Sets the field; returns false and changes nothing if name or value do not fit.
    fn set_field(&mut self, field: &str, value: &FieldValue) -> bool;
}

/// A record's own type, found in a [`Record`].
pub trait Typed: Clone + Into<Record> {
    /// Returns the record if it is of this type.
    fn from_record(record: &Record) -> Option<&Arc<Self>>;
}

/// Declares a record: `pub struct Name(IdType) { fields }` with defaults for optional fields.
///
/// Fields without `=` must be given to `new`, in order; the others start as written. After the type comes
/// `as` and the [`PrivacyClass`] of a field that can hold a person's own words; other fields have none. There
/// is no default: a row without the class that it needs does not compile. Then comes, in brackets, the range
/// of a field's numbers, if they have one.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident($id:ident) {
        $($(#[$need_doc:meta])* $need:ident: $need_type:ty
            $(as $need_class:ident $(($need_words:ident))?)? $([$need_range:expr])?,)*
        ---
        $($(#[$field_doc:meta])* $field:ident: $type:ty
            $(as $class:ident $(($words:ident))?)? $([$range:expr])? = $default:expr,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            /// The record's identity.
            pub id: crate::id::$id,
            $($(#[$need_doc])* pub $need: $need_type,)*
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $name {
            /// Creates a record from its required fields; all others have their defaults.
            pub fn new(id: crate::id::$id $(, $need: $need_type)*) -> Self {
                Self { id $(, $need)* $(, $field: $default)* }
            }
        }

        impl crate::model::record::Fields for $name {
            const FIELDS: &'static [crate::model::record::Field] =
                &[$(stringify!($need),)* $(stringify!($field),)*];
            const TEXT_FIELDS: &'static [(crate::model::record::Field, crate::model::privacy::PrivacyClass)] = &[
                $($((
                    stringify!($need),
                    crate::model::privacy::privacy_class!($need_class $($need_words)?),
                ),)?)*
                $($((
                    stringify!($field),
                    crate::model::privacy::privacy_class!($class $($words)?),
                ),)?)*
            ];
            const RANGES: &'static [(crate::model::record::Field, std::ops::RangeInclusive<f64>)] = &[
                $($((stringify!($need), $need_range),)?)*
                $($((stringify!($field), $range),)?)*
            ];

            fn get(&self, field: &str) -> Option<crate::model::value::FieldValue> {
                use crate::model::value::Atom;
                match field {
                    $(stringify!($need) => Some(self.$need.to_value()),)*
                    $(stringify!($field) => Some(self.$field.to_value()),)*
                    _ => None,
                }
            }

            fn set_field(&mut self, field: &str, value: &crate::model::value::FieldValue) -> bool {
                use crate::model::value::Atom;
                match field {
                    $(stringify!($need) => Atom::from_value(value).map(|v| self.$need = v).is_some(),)*
                    $(stringify!($field) => Atom::from_value(value).map(|v| self.$field = v).is_some(),)*
                    _ => false,
                }
            }
        }

        $(crate::model::privacy::check_class!($need: $need_type $(, $need_class $($need_words)?)?);)*
        $(crate::model::privacy::check_class!($field: $type $(, $class $($words)?)?);)*
    };
}
pub(crate) use record;

macro_rules! records {
    ($($name:ident)+) => {
        /// Any record, shared.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Record {
            $(#[doc = concat!("A ", stringify!($name), " record.")] $name(Arc<super::$name>),)+
        }

        impl Record {
            /// Returns the record's identity.
            pub fn id(&self) -> Id {
                match self { $(Self::$name(record) => record.id.into(),)+ }
            }

            /// Returns the names of its fields.
            pub fn fields(&self) -> &'static [Field] {
                match self { $(Self::$name(_) => super::$name::FIELDS,)+ }
            }

            /// Returns the fields that can hold a person's own words, each with its privacy class.
            pub fn text_fields(&self) -> &'static [(Field, PrivacyClass)] {
                match self { $(Self::$name(_) => super::$name::TEXT_FIELDS,)+ }
            }

            /// Returns the fields whose numbers have limits, each with its range.
            pub fn ranges(&self) -> &'static [(Field, RangeInclusive<f64>)] {
                match self { $(Self::$name(_) => super::$name::RANGES,)+ }
            }

            /// Returns the name of its type.
            pub fn type_name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name),)+ }
            }

            /// Returns the value of a field; `None` for a name that is not a field.
            pub fn get(&self, field: &str) -> Option<FieldValue> {
                match self { $(Self::$name(record) => record.get(field),)+ }
            }

            /// Returns the record with one field set; `None` if name or value do not fit.
            pub fn with_field(&self, field: &str, value: &FieldValue) -> Option<Self> {
                match self { $(Self::$name(record) => {
                    let mut changed = super::$name::clone(record);
                    changed.set_field(field, value).then(|| Self::$name(Arc::new(changed)))
                })+ }
            }

            /// Returns the same record under another id; `None` if the id is of another kind.
            pub fn with_id(&self, id: Id) -> Option<Self> {
                match self { $(Self::$name(record) => {
                    let mut changed = super::$name::clone(record);
                    changed.id = id.to_typed()?;
                    Some(Self::$name(Arc::new(changed)))
                })+ }
            }

            /// Returns the same record with the ids in its fields replaced; its own id is unchanged.
            #[must_use]
            pub fn with_references(&self, names: &std::collections::BTreeMap<Id, Id>) -> Self {
                self.fields().iter().fold(self.clone(), |renamed, field| {
                    let value = self.get(field).filter(|value| value.collect_ids().iter().any(|id| names.contains_key(id)));
                    value.and_then(|value| renamed.with_field(field, &value.with_ids(names))).unwrap_or(renamed)
                })
            }

            /// Returns true if both are the same allocation, which proves them equal without a comparison.
            pub fn ptr_eq(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$name(a), Self::$name(b)) => Arc::ptr_eq(a, b),)+
                    _ => false,
                }
            }
        }

        $(impl From<super::$name> for Record {
            fn from(record: super::$name) -> Self { Self::$name(Arc::new(record)) }
        })+

        $(impl Typed for super::$name {
            fn from_record(record: &Record) -> Option<&Arc<Self>> {
                if let Record::$name(record) = record { Some(record) } else { None }
            }
        })+
    };
}

records! {
    ProjectInfo JourneyInfo Stage Step Lane Touchpoint Insight Picture Cell Flow About Answer Improvement
    Persona Channel Question Metric Wave Batch Recipe Evidence Image
}
