//! The rules by which the columns of a feedback file are read: plain data, evaluated by `feedback`.

pub use super::choice::{ColumnRole, DateOrder, WaveSplit};

use super::choice::Direction;
use super::record::Field;
use super::value::{Atom, FieldValue};
use std::collections::{BTreeMap, BTreeSet};

impl ColumnRole {
    /// Returns true if a column of this role makes its table an aggregated one.
    pub fn is_of_aggregated(self) -> bool {
        matches!(self, Self::Count | Self::AnswerCount | Self::AnswerShare)
    }
}

/// The rule for reading one column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnRule {
    /// The column's header.
    pub column: String,
    /// The column's role.
    pub role: ColumnRole,
    /// The title of the touchpoint, stage or journey its answers are about.
    pub target: String,
    /// The lowest answer of the scale.
    pub low: f64,
    /// The highest answer of the scale.
    pub high: f64,
    /// The scale's good end.
    pub direction: Direction,
    /// Words in cells, each with the number it means.
    pub words: BTreeMap<String, f64>,
    /// Cells that mean no answer, beside blank ones.
    pub missing: BTreeSet<String>,
    /// Other headers of the column in other exports.
    pub aliases: BTreeSet<String>,
    /// In a table of one answer a row: the rule applies to rows with this text in the column of names.
    pub name: String,
    /// True if answers about a touchpoint or stage may drive outcomes.
    pub driver: bool,
    /// The periods into which a column of dates splits the answers.
    pub wave: WaveSplit,
    /// The part of a date that comes first.
    pub order: DateOrder,
    /// For a column of segments: other columns whose groups are crossed with its own.
    pub crossed: BTreeSet<String>,
    /// For a column of choices: the separator between them in a cell.
    pub separator: String,
    /// Names of doubts that a person has not resolved yet. An import asks again as long as one is left.
    pub ask: BTreeSet<String>,
    /// Rows in which the column holds one of these texts are left out (compared folded; empty: a blank cell).
    pub skip: BTreeSet<String>,
    /// For a column of segments: groups of fewer rows than this are counted together as others; 0 keeps all.
    pub least: u64,
    /// For a column of respondents: leaves out rows with an id that an earlier row had. For a column of dates
    /// in a table without ids: leaves out rows that repeat an earlier one entirely.
    pub once: bool,
}

impl ColumnRule {
    /// The names of a rule's fields, in the order of its value.
    pub const FIELDS: [Field; 19] = [
        "column",
        "role",
        "target",
        "low",
        "high",
        "direction",
        "words",
        "missing",
        "aliases",
        "name",
        "driver",
        "wave",
        "order",
        "crossed",
        "separator",
        "ask",
        "skip",
        "least",
        "once",
    ];

    /// Creates a rule that ignores the column.
    pub fn ignore_column(column: impl Into<String>) -> Self {
        Self {
            column: column.into(),
            role: ColumnRole::Ignore,
            target: String::new(),
            low: 1.0,
            high: 5.0,
            direction: Direction::HighIsGood,
            words: BTreeMap::new(),
            missing: BTreeSet::new(),
            aliases: BTreeSet::new(),
            name: String::new(),
            driver: true,
            wave: WaveSplit::Month,
            order: DateOrder::YearFirst,
            crossed: BTreeSet::new(),
            separator: String::new(),
            ask: BTreeSet::new(),
            skip: BTreeSet::new(),
            least: 0,
            once: false,
        }
    }
}

impl Atom for ColumnRule {
    const HOLDS_TEXT: bool = true;

    fn to_value(&self) -> FieldValue {
        FieldValue::List(vec![
            self.column.to_value(),
            self.role.to_value(),
            self.target.to_value(),
            self.low.to_value(),
            self.high.to_value(),
            self.direction.to_value(),
            self.words.to_value(),
            self.missing.to_value(),
            self.aliases.to_value(),
            self.name.to_value(),
            self.driver.to_value(),
            self.wave.to_value(),
            self.order.to_value(),
            self.crossed.to_value(),
            self.separator.to_value(),
            self.ask.to_value(),
            self.skip.to_value(),
            self.least.to_value(),
            self.once.to_value(),
        ])
    }

    fn from_value(value: &FieldValue) -> Option<Self> {
        let FieldValue::List(list) = value else { return None };
        let [
            column,
            role,
            target,
            low,
            high,
            direction,
            words,
            missing,
            aliases,
            name,
            driver,
            wave,
            order,
            crossed,
            separator,
            ask,
            skip,
            least,
            once,
        ] = list.as_slice()
        else {
            return None;
        };
        Some(Self {
            column: Atom::from_value(column)?,
            role: Atom::from_value(role)?,
            target: Atom::from_value(target)?,
            low: Atom::from_value(low)?,
            high: Atom::from_value(high)?,
            direction: Atom::from_value(direction)?,
            words: Atom::from_value(words)?,
            missing: Atom::from_value(missing)?,
            aliases: Atom::from_value(aliases)?,
            name: Atom::from_value(name)?,
            driver: Atom::from_value(driver)?,
            wave: Atom::from_value(wave)?,
            order: Atom::from_value(order)?,
            crossed: Atom::from_value(crossed)?,
            separator: Atom::from_value(separator)?,
            ask: Atom::from_value(ask)?,
            skip: Atom::from_value(skip)?,
            least: Atom::from_value(least)?,
            once: Atom::from_value(once)?,
        })
    }
}
