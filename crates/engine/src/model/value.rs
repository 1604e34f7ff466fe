//! The value of any field of any record, so that operations, diffs and merges do not depend on record types.

use super::counts::Counts;
use super::field::FieldContent;
use crate::id::Id;
use crate::order::OrderKey;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A field's value in the form that operations hold.
#[derive(Debug, Clone)]
pub enum FieldValue {
    /// No value, as for `None`.
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// A finite number.
    Number(f64),
    /// Text, a choice's name, an order key or a date.
    Text(String),
    /// The id of a record.
    Id(Id),
    /// An ordered list.
    List(Vec<FieldValue>),
    /// A set; merged entry by entry.
    Set(BTreeSet<FieldValue>),
    /// A map; merged entry by entry.
    Map(BTreeMap<FieldValue, FieldValue>),
    /// The counts of one import; never split up.
    Counts(Arc<Counts>),
    /// The bytes of an image file.
    Bytes(Arc<[u8]>),
}

impl FieldValue {
    fn variant_rank(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Flag(_) => 1,
            Self::Number(_) => 2,
            Self::Text(_) => 3,
            Self::Id(_) => 4,
            Self::List(_) => 5,
            Self::Set(_) => 6,
            Self::Map(_) => 7,
            Self::Counts(_) => 8,
            Self::Bytes(_) => 9,
        }
    }

    /// Returns this value with ids replaced by others, at any depth.
    #[must_use]
    pub fn with_ids(&self, names: &BTreeMap<Id, Id>) -> Self {
        let renamed = |value: &Self| value.with_ids(names);
        match self {
            Self::Id(id) => Self::Id(names.get(id).copied().unwrap_or(*id)),
            Self::List(list) => Self::List(list.iter().map(renamed).collect()),
            Self::Set(set) => Self::Set(set.iter().map(renamed).collect()),
            Self::Map(map) => Self::Map(map.iter().map(|(k, v)| (renamed(k), renamed(v))).collect()),
            Self::Nothing
            | Self::Flag(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Counts(_)
            | Self::Bytes(_) => self.clone(),
        }
    }

    /// Returns the ids this value holds, at any depth.
    pub fn collect_ids(&self) -> Vec<Id> {
        match self {
            Self::Id(id) => vec![*id],
            Self::List(list) => list.iter().flat_map(Self::collect_ids).collect(),
            Self::Set(set) => set.iter().flat_map(Self::collect_ids).collect(),
            Self::Map(map) => {
                map.iter().flat_map(|(k, v)| [k.collect_ids(), v.collect_ids()].concat()).collect()
            }
            Self::Nothing
            | Self::Flag(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Counts(_)
            | Self::Bytes(_) => Vec::new(),
        }
    }

    /// Returns the numbers this value holds, at any depth but in keys.
    pub fn collect_numbers(&self) -> Vec<f64> {
        match self {
            Self::Number(number) => vec![*number],
            Self::List(list) => list.iter().flat_map(Self::collect_numbers).collect(),
            Self::Set(set) => set.iter().flat_map(Self::collect_numbers).collect(),
            Self::Map(map) => map.values().flat_map(Self::collect_numbers).collect(),
            Self::Nothing
            | Self::Flag(_)
            | Self::Text(_)
            | Self::Id(_)
            | Self::Counts(_)
            | Self::Bytes(_) => Vec::new(),
        }
    }
}

/// A total order, the same on every machine: merging takes the later of two conflicting values.
impl Ord for FieldValue {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Flag(a), Self::Flag(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Id(a), Self::Id(b)) => a.cmp(b),
            (Self::List(a), Self::List(b)) => a.cmp(b),
            (Self::Set(a), Self::Set(b)) => a.cmp(b),
            (Self::Map(a), Self::Map(b)) => a.cmp(b),
            (Self::Counts(a), Self::Counts(b)) if Arc::ptr_eq(a, b) => Ordering::Equal,
            (Self::Counts(a), Self::Counts(b)) => a.cmp(b),
            (Self::Bytes(a), Self::Bytes(b)) => a.cmp(b),
            _ => self.variant_rank().cmp(&other.variant_rank()),
        }
    }
}

impl PartialOrd for FieldValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for FieldValue {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for FieldValue {}

/// A type that a record's field may have.
pub trait Atom: Sized {
    /// The content of the field.
    const CONTENT: FieldContent;
    /// Returns the field's value as operations hold it.
    fn to_value(&self) -> FieldValue;
    /// Returns the value as this type; `None` if it does not fit.
    fn from_value(value: &FieldValue) -> Option<Self>;
}

macro_rules! atom {
    ($type:ty, $content:ident, $variant:ident, $to:expr, $from:expr) => {
        impl Atom for $type {
            const CONTENT: FieldContent = FieldContent::$content;
            fn to_value(&self) -> FieldValue {
                let to: fn(&$type) -> _ = $to;
                FieldValue::$variant(to(self))
            }
            fn from_value(value: &FieldValue) -> Option<Self> {
                let from: fn(_) -> Option<$type> = $from;
                if let FieldValue::$variant(inner) = value { from(inner) } else { None }
            }
        }
    };
}

atom!(String, Text, Text, Clone::clone, |text: &String| Some(text.clone()));
atom!(bool, Flag, Flag, |flag| *flag, |flag: &bool| Some(*flag));
atom!(f64, Number, Number, |number| *number, |number: &f64| number.is_finite().then_some(*number));
atom!(u8, Number, Number, |number| f64::from(*number), |number: &f64| {
    ((0.0..=255.0).contains(number) && number.fract() == 0.0).then_some(*number as u8)
});
atom!(u64, Number, Number, |number| *number as f64, |number: &f64| {
    ((0.0..=9_007_199_254_740_992.0).contains(number) && number.fract() == 0.0).then_some(*number as u64)
});
atom!(OrderKey, OrderKey, Text, ToString::to_string, |text: &String| OrderKey::of_any_length(text));
atom!(jiff::civil::Date, Day, Text, ToString::to_string, |text: &String| text.parse().ok());
atom!(Arc<Counts>, Counts, Counts, Arc::clone, |counts: &Arc<Counts>| Some(Arc::clone(counts)));
atom!(Arc<[u8]>, Bytes, Bytes, Arc::clone, |bytes: &Arc<[u8]>| Some(Arc::clone(bytes)));

/// An id of any kind. Its row says which kinds it may be of.
impl Atom for Id {
    const CONTENT: FieldContent = FieldContent::Reference(&[]);

    fn to_value(&self) -> FieldValue {
        FieldValue::Id(*self)
    }

    fn from_value(value: &FieldValue) -> Option<Self> {
        if let FieldValue::Id(id) = value { Some(*id) } else { None }
    }
}

/// Lets typed ids be fields through their own conversion.
macro_rules! id_atoms {
    ($($id:ident)+) => {$(
        impl Atom for crate::id::$id {
            const CONTENT: FieldContent = FieldContent::Reference(&[Self::KIND]);
            fn to_value(&self) -> FieldValue { FieldValue::Id((*self).into()) }
            fn from_value(value: &FieldValue) -> Option<Self> {
                if let FieldValue::Id(id) = value { id.to_typed() } else { None }
            }
        }
    )+};
}
id_atoms! { ProjectId JourneyId StageId StepId LaneId TouchpointId InsightId PictureId CellId FlowId AboutId AnswerId
ImprovementId PersonaId ChannelId QuestionId MetricId WaveId BatchId RecipeId EvidenceId ImageId }

impl<T: Atom> Atom for Option<T> {
    const CONTENT: FieldContent = T::CONTENT;

    fn to_value(&self) -> FieldValue {
        self.as_ref().map_or(FieldValue::Nothing, Atom::to_value)
    }

    fn from_value(value: &FieldValue) -> Option<Self> {
        match value {
            FieldValue::Nothing => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl<T: Atom> Atom for Vec<T> {
    const CONTENT: FieldContent = T::CONTENT;

    fn to_value(&self) -> FieldValue {
        FieldValue::List(self.iter().map(Atom::to_value).collect())
    }

    fn from_value(value: &FieldValue) -> Option<Self> {
        if let FieldValue::List(list) = value { list.iter().map(T::from_value).collect() } else { None }
    }
}

impl<T: Atom + Ord> Atom for BTreeSet<T> {
    const CONTENT: FieldContent = T::CONTENT;

    fn to_value(&self) -> FieldValue {
        FieldValue::Set(self.iter().map(Atom::to_value).collect())
    }

    fn from_value(value: &FieldValue) -> Option<Self> {
        if let FieldValue::Set(set) = value { set.iter().map(T::from_value).collect() } else { None }
    }
}

impl<K: Atom + Ord, V: Atom> Atom for BTreeMap<K, V> {
    // The keys count, unless only the values can hold a person's words.
    const CONTENT: FieldContent = if V::CONTENT.holds_text() { V::CONTENT } else { K::CONTENT };

    fn to_value(&self) -> FieldValue {
        FieldValue::Map(self.iter().map(|(key, value)| (key.to_value(), value.to_value())).collect())
    }

    fn from_value(value: &FieldValue) -> Option<Self> {
        let FieldValue::Map(map) = value else { return None };
        map.iter().map(|(key, value)| Some((K::from_value(key)?, V::from_value(value)?))).collect()
    }
}
