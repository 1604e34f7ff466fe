//! Counts and column rules: one histogram a line, one rule a line, so that imports of two people merge line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::{Deserializer, Error, MapAccess};

use super::leaf::{Leaf, Unknown};
use super::row::{Name, Row, differs, fields, fill, pass_over, read_row, row, write_row};
use super::shape::Shape;
use crate::id::{QuestionId, WaveId};
use crate::model::choice::Direction;
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Segment};
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::store::text::Out;

/// The most people one histogram may count; any number of histograms then adds up without overflow.
const MOST: u64 = 1 << 40;

fields! {
    Line {
        question: QuestionId,
        wave: WaveId,
        ---
        column: String = String::new(),
        value: String = String::new(),
        answers: BTreeMap<Answer, u64> = BTreeMap::new(),
        missing: u64 = 0,
        rejected: u64 = 0,
    }
}

row! {
    Rule = ColumnRule {
        column: String,
        role: ColumnRole,
        ---
        target: String = String::new(),
        low: f64 = 1.0,
        high: f64 = 5.0,
        direction: Direction = Direction::HighIsGood,
        words: BTreeMap<String, f64> = BTreeMap::new(),
        missing: BTreeSet<String> = BTreeSet::new(),
    }
}

impl Leaf for Line {
    const OWN_LINE: bool = true;

    fn write(&self, out: &mut Out) {
        write_row(self, out);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        let line: Self = read_row(from, unknown)?;
        if line.is_possible() { Ok(line) } else { Err(Shape::Count.refuse(line.question)) }
    }
}

impl Line {
    fn is_possible(&self) -> bool {
        let mut people = self.answers.values().chain([&self.missing, &self.rejected]);
        people.try_fold(0_u64, |sum, count| sum.checked_add(*count)).is_some_and(|sum| sum <= MOST)
    }
}

impl Leaf for ColumnRule {
    const OWN_LINE: bool = true;

    fn write(&self, out: &mut Out) {
        write_row(&Rule::from(self), out);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        read_row::<Rule, D>(from, unknown).map(Self::from)
    }
}

impl Leaf for Arc<Counts> {
    fn write(&self, out: &mut Out) {
        let lines: Vec<Line> = self.histograms.iter().map(line).collect();
        lines.write(out);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        let mut counts = Counts::default();
        for line in Vec::<Line>::read(from, unknown)? {
            let segment = Segment { column: line.column, value: line.value };
            let key = CountKey { question: line.question, wave: line.wave, segment };
            let question = key.question;
            let histogram =
                Histogram { answers: line.answers, missing: line.missing, rejected: line.rejected };
            if counts.histograms.insert(key, histogram).is_some() {
                return Err(Shape::Once.refuse(question));
            }
        }
        Ok(Self::new(counts))
    }
}

fn line((key, histogram): (&CountKey, &Histogram)) -> Line {
    Line {
        question: key.question,
        wave: key.wave,
        column: key.segment.column.clone(),
        value: key.segment.value.clone(),
        answers: histogram.answers.clone(),
        missing: histogram.missing,
        rejected: histogram.rejected,
    }
}
