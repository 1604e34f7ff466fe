//! How the columns of a feedback file are read: plain rules, computed on by `feedback`.

pub use super::choice::{ColumnRole, DateOrder, WaveSplit};

use super::choice::Direction;
use super::record::Field;
use super::value::{Atom, Value};
use std::collections::{BTreeMap, BTreeSet};

impl ColumnRole {
    /// Whether a column of this role makes its table one that is aggregated already.
    pub fn is_of_aggregated(self) -> bool {
        matches!(self, Self::Count | Self::AnswerCount | Self::AnswerShare)
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
    /// Names under which other exports have the column.
    pub aliases: BTreeSet<String>,
    /// In a table of one answer a row: the rule holds for rows where the column of names says this.
    pub name: String,
    /// Whether answers about a touchpoint or stage may drive outcomes.
    pub driver: bool,
    /// Which periods a column of dates splits the answers into.
    pub wave: WaveSplit,
    /// Which part of a date comes first.
    pub order: DateOrder,
    /// Of a column of segments: others whose groups are crossed with its own.
    pub crossed: BTreeSet<String>,
    /// Of a column of choices: what stands between them in a cell.
    pub separator: String,
    /// What a person has not settled yet: names of doubts. An import asks again while one is there.
    pub ask: BTreeSet<String>,
    /// Rows in which the column holds one of these texts (compared folded; empty: a blank cell) are left out.
    pub skip: BTreeSet<String>,
    /// Of a column of segments: groups of fewer rows than this are counted together as the others; 0 keeps all.
    pub least: u64,
    /// Of a column of respondents: rows with an id that an earlier row had are left out. Of days in a table without ids:
    /// rows that are the same as an earlier one, whole.
    pub once: bool,
}

impl ColumnRule {
    /// What a rule says, in the order of its value.
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

    fn to_value(&self) -> Value {
        Value::List(vec![
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

    fn from_value(value: &Value) -> Option<Self> {
        let Value::List(list) = value else { return None };
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
