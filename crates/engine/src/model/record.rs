//! The machinery shared by all records: a macro that writes a record's struct together with its schema, and
//! the [`Record`] enum over all of them.

pub(super) use super::field::{Field, FieldRow};
use super::privacy::PrivacyClass;
use super::value::{Atom, FieldValue};
use crate::id::{Id, Kind};
use crate::order::OrderKey;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A record's own type, found in a [`Record`].
pub trait Typed: Clone + Into<Record> + 'static {
    /// The kind of the record.
    const RECORD_KIND: Kind;
    /// The fields, without the id, in the order of declaration.
    const FIELDS: &'static [Field];
    /// The field that names the record, if it has one.
    const TITLE_FIELD: Option<Field>;
    /// Returns the record's identity.
    fn record_id(&self) -> Id;
    /// Returns the record if it is of this type.
    fn from_record(record: &Record) -> Option<&Arc<Self>>;
}

/// Declares a record: `Name(IdType) { fields }` with defaults for optional fields. `named by` goes before the
/// field that names the record.
///
/// Fields without `=` must be given to `new`, in order; the others start as written. Above each stands
/// `#[field(LENS, label, …)]`: the name of its [`FieldOf`](super::FieldOf), its label, and what else there is
/// to know of it, as attributes of [`FieldRow`]. A field that can hold a person's own words does not compile
/// without its [`PrivacyClass`], nor one of untyped ids without the kinds of records that they may name.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident($id:ident) $(named by $title:ident)? {
        $($(#[doc = $need_doc:expr])* #[field($need_lens:ident, $($need_facts:tt)+)]
            $need:ident: $need_type:ty,)*
        ---
        $($(#[doc = $field_doc:expr])* #[field($lens:ident, $($facts:tt)+)]
            $field:ident: $type:ty = $default:expr,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            /// The record's identity.
            pub id: crate::id::$id,
            $($(#[doc = $need_doc])* pub $need: $need_type,)*
            $($(#[doc = $field_doc])* pub $field: $type,)*
        }

        impl $name {
            /// Creates a record from its required fields; all others have their defaults.
            pub fn new(id: crate::id::$id $(, $need: $need_type)*) -> Self {
                Self { id $(, $need)* $(, $field: $default)* }
            }
        }

        const _: () = {
            use crate::model::record::{Field, FieldRow, Record, Typed, check_field, lens};

            impl $name {
                $(lens! { $(#[doc = $need_doc])* $need_lens $need: $need_type, $($need_facts)+ })*
                $(lens! { $(#[doc = $field_doc])* $lens $field: $type, $($facts)+ })*
            }

            impl Typed for $name {
                const RECORD_KIND: crate::id::Kind = crate::id::$id::KIND;
                const FIELDS: &'static [Field] =
                    &[$(Self::$need_lens.field(),)* $(Self::$lens.field(),)*];
                const TITLE_FIELD: Option<Field> = [$(Some(Self::$title.field()),)? None][0];

                fn record_id(&self) -> crate::id::Id {
                    self.id.into()
                }

                fn from_record(record: &Record) -> Option<&std::sync::Arc<Self>> {
                    if let Record::$name(record) = record { Some(record) } else { None }
                }
            }

            $(check_field!($name $need_lens $need: $need_type);)*
            $(check_field!($name $lens $field: $type);)*
        };
    };
}
pub(super) use record;

/// Declares the typed form of a field, with the attributes of its row.
macro_rules! lens {
    ($(#[doc = $doc:expr])* $lens:ident $field:ident: $type:ty, $label:expr
        $(, $fact:ident($($value:expr),+))*) => {
        $(#[doc = $doc])*
        pub const $lens: crate::model::FieldOf<Self, $type> = crate::model::FieldOf {
            field: Field(&FieldRow::of_record::<Self, $type>(
                stringify!($field),
                $label,
                |record| {
                    let value = &Self::from_record(record)?.$field;
                    Some(crate::model::value::Atom::to_value(value))
                },
                |record, value| {
                    let mut changed = Self::clone(Self::from_record(record)?);
                    changed.$field = crate::model::value::Atom::from_value(value)?;
                    Some(changed.into())
                },
            )$(.$fact($($value),+))*),
            read: |record| &record.$field,
        };
    };
}
pub(super) use lens;

/// Stops the compiler at a row whose privacy class is missing or has no use, or that does not say what its
/// ids may name.
macro_rules! check_field {
    ($name:ident $lens:ident $field:ident: $type:ty) => {
        const _: () = {
            let row = $name::$lens.field().0;
            assert!(
                crate::model::privacy::is_class_of::<$type>(row.privacy),
                concat!(
                    "`",
                    stringify!($field),
                    "`: holds_words(class) is missing, or of no use in a field that can't hold words"
                ),
            );
            assert!(
                !row.words.content.lacks_kinds(),
                concat!("`", stringify!($field), "` holds ids: refers_to(kinds) is missing"),
            );
        };
    };
}
pub(super) use check_field;

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

            /// Returns its fields.
            pub fn fields(&self) -> &'static [Field] {
                match self { $(Self::$name(_) => super::$name::FIELDS,)+ }
            }

            /// Returns the name of its type.
            pub fn type_name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name),)+ }
            }

            /// Returns the same record under another id; `None` if the id is of another kind.
            pub fn with_id(&self, id: Id) -> Option<Self> {
                match self { $(Self::$name(record) => {
                    let mut changed = super::$name::clone(record);
                    changed.id = id.to_typed()?;
                    Some(Self::$name(Arc::new(changed)))
                })+ }
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

        /// Returns the field that names records of this kind, if they have one.
        pub fn title_field(kind: Kind) -> Option<Field> {
            $(if kind == super::$name::RECORD_KIND {
                return super::$name::TITLE_FIELD;
            })+
            None
        }
    };
}

records! {
    ProjectInfo JourneyInfo Stage Step Lane Touchpoint Insight Picture Cell Flow About Answer Improvement
    Persona Channel Question Metric Wave Batch Recipe Evidence Image
}

impl Record {
    /// Returns the value of a field; `None` if it is a field of another kind of record.
    pub fn get(&self, field: impl Into<Field>) -> Option<FieldValue> {
        (field.into().read)(self)
    }

    /// Returns the record with one field set; `None` if field or value do not fit.
    pub fn with_field(&self, field: impl Into<Field>, value: &FieldValue) -> Option<Self> {
        (field.into().write)(self, value)
    }

    /// Returns the field with this name.
    pub fn find_field(&self, name: &str) -> Option<Field> {
        self.fields().iter().copied().find(|field| field.name == name)
    }

    /// Returns the fields that can hold a person's own words, each with its privacy class.
    pub fn text_fields(&self) -> impl Iterator<Item = (Field, PrivacyClass)> + use<> {
        self.fields().iter().filter_map(|field| Some((*field, field.privacy?)))
    }

    /// Returns the fields whose numbers have limits, each with its range.
    pub fn ranged_fields(&self) -> impl Iterator<Item = (Field, &'static RangeInclusive<f64>)> + use<> {
        self.fields().iter().filter_map(|field| Some((*field, field.0.range.as_ref()?)))
    }

    /// Returns the field with the record's place among its siblings, if they have an order.
    pub fn key_field(&self) -> Option<Field> {
        self.fields().iter().copied().find(|field| field.is_order_key())
    }

    /// Returns the record's order key, if its siblings have an order.
    pub fn order_key(&self) -> Option<OrderKey> {
        OrderKey::from_value(&self.get(self.key_field()?)?)
    }

    /// Returns the fields that refer to other records, each with the ids in it.
    pub fn reference_fields(&self) -> impl Iterator<Item = (Field, Vec<Id>)> {
        let fields = self.fields().iter().filter(|field| field.is_reference());
        fields.filter_map(|field| Some((*field, self.get(field)?.collect_ids())))
    }

    /// Returns the same record with the ids in its fields replaced; its own id is unchanged.
    #[must_use]
    pub fn with_references(&self, names: &BTreeMap<Id, Id>) -> Self {
        let renamed = self.reference_fields().filter(|(_, ids)| ids.iter().any(|id| names.contains_key(id)));
        renamed.fold(self.clone(), |renamed, (field, _)| {
            let value = self.get(field).map(|value| value.with_ids(names));
            value.and_then(|value| renamed.with_field(field, &value)).unwrap_or(renamed)
        })
    }
}
