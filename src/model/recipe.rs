//! How the columns of a feedback file are read: plain rules, computed on by `feedback`.

use super::choice::{Direction, ParseChoiceError};
use super::value::{Atom, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// What a column of a feedback file is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnRole {
    /// Not read.
    Ignore,
    /// Answers about a touchpoint.
    Touchpoint,
    /// Answers about a stage.
    Stage,
    /// Answers about the journey as a whole.
    Journey,
    /// Splits customers into groups.
    Segment,
}

impl ColumnRole {
    /// All roles, in the order in which people are offered them.
    pub const ALL: &'static [Self] =
        &[Self::Ignore, Self::Touchpoint, Self::Stage, Self::Journey, Self::Segment];

    /// The name in recipe files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Touchpoint => "touchpoint",
            Self::Stage => "stage",
            Self::Journey => "journey",
            Self::Segment => "segment",
        }
    }
}

impl fmt::Display for ColumnRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ColumnRole {
    type Err = ParseChoiceError;

    fn from_str(text: &str) -> Result<Self, ParseChoiceError> {
        let expected = || Self::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
        let role = Self::ALL.iter().copied().find(|role| role.name() == text);
        role.ok_or_else(|| ParseChoiceError { found: text.to_owned(), expected: expected() })
    }
}

/// How one column is read.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnRule {
    /// The column's header.
    pub column: String,
    /// What it is taken for.
    pub role: ColumnRole,
    /// The title of the touchpoint, stage or journey its answers are about.
    pub target: String,
    /// The lowest answer.
    pub low: f64,
    /// The highest answer.
    pub high: f64,
    /// Which end is good.
    pub direction: Direction,
    /// Words that stand for a number.
    pub words: BTreeMap<String, f64>,
    /// Cells that mean no answer, beside blank ones.
    pub missing: BTreeSet<String>,
}

impl ColumnRule {
    /// A rule that leaves the column out.
    pub fn ignore(column: impl Into<String>) -> Self {
        Self {
            column: column.into(),
            role: ColumnRole::Ignore,
            target: String::new(),
            low: 1.0,
            high: 5.0,
            direction: Direction::HighIsGood,
            words: BTreeMap::new(),
            missing: BTreeSet::new(),
        }
    }
}

impl Atom for ColumnRule {
    fn to_value(&self) -> Value {
        Value::List(vec![
            self.column.to_value(),
            Value::Text(self.role.name().to_owned()),
            self.target.to_value(),
            self.low.to_value(),
            self.high.to_value(),
            self.direction.to_value(),
            self.words.to_value(),
            self.missing.to_value(),
        ])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let Value::List(list) = value else { return None };
        let [column, Value::Text(role), target, low, high, direction, words, missing] = list.as_slice()
        else {
            return None;
        };
        Some(Self {
            column: Atom::from_value(column)?,
            role: role.parse().ok()?,
            target: Atom::from_value(target)?,
            low: Atom::from_value(low)?,
            high: Atom::from_value(high)?,
            direction: Atom::from_value(direction)?,
            words: Atom::from_value(words)?,
            missing: Atom::from_value(missing)?,
        })
    }
}
