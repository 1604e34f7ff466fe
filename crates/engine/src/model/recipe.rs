//! The rules by which the columns of a feedback file are read: plain data, evaluated by `feedback`.

pub use super::choice::{ColumnRole, DateOrder, WaveSplit};

use super::choice::Direction;
use super::field::{FieldContent, FieldWords};
use super::value::{Atom, FieldValue};
use crate::model::FieldLabel;
use std::collections::{BTreeMap, BTreeSet};

impl ColumnRole {
    /// Returns true if a column of this role makes its table an aggregated one.
    pub fn is_of_aggregated(self) -> bool {
        matches!(self, Self::Count | Self::AnswerCount | Self::AnswerShare)
    }
}

/// Declares the rule with its fields, each with its label and default.
macro_rules! rule {
    ($(#[$doc:meta])* $name:ident {
        $($(#[doc = $field_doc:expr])* #[part($label:expr)] $field:ident: $type:ty = $default:expr,)+
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)+
        }

        impl $name {
            /// The words for the fields, in the order of the rule's value.
            pub const PARTS: &'static [FieldWords] = &[$(FieldWords::of_type::<$type>($label),)+];

            /// Creates a rule that ignores the column.
            pub fn ignore_column(column: impl Into<String>) -> Self {
                Self { column: column.into(), ..Self { $($field: $default,)+ } }
            }
        }

        impl Atom for $name {
            const CONTENT: FieldContent = FieldContent::Rules;

            fn to_value(&self) -> FieldValue {
                FieldValue::List(vec![$(self.$field.to_value(),)+])
            }

            fn from_value(value: &FieldValue) -> Option<Self> {
                let FieldValue::List(list) = value else { return None };
                let [$($field,)+] = list.as_slice() else { return None };
                Some(Self { $($field: Atom::from_value($field)?,)+ })
            }
        }
    };
}

rule! {
    /// The rule for reading one column.
    ColumnRule {
        /// The column's header.
        #[part(FieldLabel::Column)]
        column: String = String::new(),
        /// The column's role.
        #[part(FieldLabel::Role)]
        role: ColumnRole = ColumnRole::Ignore,
        /// The title of the touchpoint, stage or journey its answers are about.
        #[part(FieldLabel::Target)]
        target: String = String::new(),
        /// The lowest answer of the scale.
        #[part(FieldLabel::LowestAnswer)]
        low: f64 = 1.0,
        /// The highest answer of the scale.
        #[part(FieldLabel::HighestAnswer)]
        high: f64 = 5.0,
        /// The scale's good end.
        #[part(FieldLabel::ScaleDirection)]
        direction: Direction = Direction::HighIsGood,
        /// Words in cells, each with the number it means.
        #[part(FieldLabel::WordsOfAnswers)]
        words: BTreeMap<String, f64> = BTreeMap::new(),
        /// Cells that mean no answer, beside blank ones.
        #[part(FieldLabel::NoAnswerCodes)]
        missing: BTreeSet<String> = BTreeSet::new(),
        /// Other headers of the column in other exports.
        #[part(FieldLabel::ColumnNames)]
        aliases: BTreeSet<String> = BTreeSet::new(),
        /// In a table of one answer a row: the rule applies to rows with this text in the column of names.
        #[part(FieldLabel::Name)]
        name: String = String::new(),
        /// True if answers about a touchpoint or stage may drive outcomes.
        #[part(FieldLabel::MayDrive)]
        driver: bool = true,
        /// The periods into which a column of dates splits the answers.
        #[part(FieldLabel::WaveSplitLabel)]
        wave: WaveSplit = WaveSplit::Month,
        /// The part of a date that comes first.
        #[part(FieldLabel::DateOrderLabel)]
        order: DateOrder = DateOrder::YearFirst,
        /// For a column of segments: other columns whose groups are crossed with its own.
        #[part(FieldLabel::CrossedWith)]
        crossed: BTreeSet<String> = BTreeSet::new(),
        /// For a column of choices: the separator between them in a cell.
        #[part(FieldLabel::BetweenChoices)]
        separator: String = String::new(),
        /// Names of doubts that a person has not resolved yet. An import asks again as long as one is left.
        #[part(FieldLabel::NotSettled)]
        ask: BTreeSet<String> = BTreeSet::new(),
        /// Rows in which the column holds one of these texts are left out (compared folded; empty: a blank cell).
        #[part(FieldLabel::RowsLeftOut)]
        skip: BTreeSet<String> = BTreeSet::new(),
        /// For a column of segments: groups of fewer rows than this are counted together as others; 0 keeps all.
        #[part(FieldLabel::SmallestGroup)]
        least: u64 = 0,
        /// For a column of respondents: leaves out rows with an id that an earlier row had. For a column of dates
        /// in a table without ids: leaves out rows that repeat an earlier one entirely.
        #[part(FieldLabel::RepeatedOnce)]
        once: bool = false,
    }
}
