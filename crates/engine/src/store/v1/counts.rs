//! Counts and column rules: one histogram per line, one rule per line, so that imports of two people merge
//! line by line. After the histograms come the sums for finding drivers, one outcome and wave per line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ron::error::SpannedError;
use serde::de::{Deserializer, Error, MapAccess};

use super::leaf::{Leaf, Unknown};
use super::row::{
    FieldName, FileRecord, differs_from_default, fields, parse, pass_over, read_field, read_row, row,
    write_row,
};
use super::shape::ExpectedShape;
use crate::id::{QuestionId, WaveId};
use crate::model::choice::Direction;
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Moments, Pairs, Segment, WeightSum};
use crate::model::recipe::{ColumnRole, ColumnRule, DateOrder, WaveSplit};
use crate::store::text::Out;

/// Maximum number of people in one histogram; any number of histograms then adds up without overflow.
const MOST: u64 = 1 << 40;

fields! {
    Line {
        question: QuestionId,
        wave: WaveId,
        ---
        column: String = String::new(),
        value: String = String::new(),
        answers: BTreeMap<Answer, u64> = BTreeMap::new(),
        weights: BTreeMap<Answer, u128> = BTreeMap::new(),
        squares: BTreeMap<Answer, u128> = BTreeMap::new(),
        missing: u64 = 0,
        rejected: u64 = 0,
        shares: BTreeMap<Answer, u64> = BTreeMap::new(),
        drivers: Vec<QuestionId> = Vec::new(),
        respondents: u64 = 0,
        sums: Vec<i128> = Vec::new(),
        products: Vec<i128> = Vec::new(),
        weight: u128 = 0,
        weight_squares: u128 = 0,
        weighted_sums: Vec<i128> = Vec::new(),
        weighted_products: Vec<i128> = Vec::new(),
        parts: BTreeMap<Answer, u64> = BTreeMap::new(),
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
        aliases: BTreeSet<String> = BTreeSet::new(),
        name: String = String::new(),
        driver: bool = true,
        wave: WaveSplit = WaveSplit::Month,
        order: DateOrder = DateOrder::YearFirst,
        crossed: BTreeSet<String> = BTreeSet::new(),
        separator: String = String::new(),
        ask: BTreeSet<String> = BTreeSet::new(),
        skip: BTreeSet<String> = BTreeSet::new(),
        least: u64 = 0,
        once: bool = false,
    }
}

impl Leaf for Line {
    const OWN_LINE: bool = true;

    fn write(&self, out: &mut Out) {
        write_row(self, out);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        let line: Self = read_row(from, unknown)?;
        if line.is_possible() { Ok(line) } else { Err(ExpectedShape::Count.refuse_value(line.question)) }
    }
}

impl Line {
    /// Returns true if the line counts a possible number of people, and its parts are consistent.
    fn is_possible(&self) -> bool {
        let people = self.answers.values().chain([&self.missing, &self.rejected, &self.respondents]);
        let mut people = people.chain(self.shares.values());
        let few = people.try_fold(0_u64, |sum, count| sum.checked_add(*count)).is_some_and(|sum| sum <= MOST);
        let heaviest = u128::from(WeightSum::MOST);
        let weighed = self.weights.iter().all(|(answer, sum)| {
            let count = u128::from(self.answers.get(answer).copied().unwrap_or_default());
            let squares = self.squares.get(answer).copied().unwrap_or(u128::MAX);
            *sum <= count * heaviest && squares <= count * heaviest * heaviest
        });
        let paired = self.weights.is_empty()
            || (self.weights.len() == self.squares.len() && self.weights.len() == self.answers.len());
        let all = if self.drivers.is_empty() { 0 } else { self.drivers.len() + 1 };
        let triangle = all * (all + 1) / 2;
        let heavy = u128::from(WeightSum::MOST);
        let people = u128::from(self.respondents);
        let light = self.weight <= people * heavy && self.weight_squares <= people * heavy * heavy;
        let full = self.weighted_sums.len() == all && self.weighted_products.len() == triangle;
        let none = self.weight == 0 && self.weighted_sums.is_empty() && self.weighted_products.is_empty();
        few && weighed
            && paired
            && light
            && (full || none)
            && self.sums.len() == all
            && self.products.len() == triangle
    }

    fn from_histogram((key, histogram): (&CountKey, &Histogram)) -> Self {
        let weights = || histogram.weights.iter();
        Self {
            column: key.segment.column.clone(),
            value: key.segment.value.clone(),
            answers: histogram.answers.clone(),
            weights: weights().map(|(answer, weight)| (*answer, weight.millionths)).collect(),
            squares: weights().map(|(answer, weight)| (*answer, weight.squares)).collect(),
            missing: histogram.missing,
            rejected: histogram.rejected,
            shares: histogram.shares.clone(),
            parts: histogram.parts.clone(),
            ..Self::empty_for(key.question, key.wave)
        }
    }

    fn from_pairs(((outcome, wave), pairs): (&(QuestionId, WaveId), &Pairs)) -> Self {
        let Moments { n, sums, products, .. } = pairs.moments.clone();
        let drivers = pairs.drivers.clone();
        let plain = Self { drivers, respondents: n, sums, products, ..Self::empty_for(*outcome, *wave) };
        let Some(weighted) = pairs.weighted.clone() else { return plain };
        Self {
            weight: weighted.weight.millionths,
            weight_squares: weighted.weight.squares,
            weighted_sums: weighted.sums,
            weighted_products: weighted.products,
            ..plain
        }
    }

    fn empty_for(question: QuestionId, wave: WaveId) -> Self {
        Self {
            question,
            wave,
            column: String::new(),
            value: String::new(),
            answers: BTreeMap::new(),
            weights: BTreeMap::new(),
            squares: BTreeMap::new(),
            missing: 0,
            rejected: 0,
            shares: BTreeMap::new(),
            drivers: Vec::new(),
            respondents: 0,
            sums: Vec::new(),
            products: Vec::new(),
            weight: 0,
            weight_squares: 0,
            weighted_sums: Vec::new(),
            weighted_products: Vec::new(),
            parts: BTreeMap::new(),
        }
    }

    /// Adds the line to the counts; returns false if its key is already taken.
    fn add_to(self, counts: &mut Counts) -> bool {
        if !self.drivers.is_empty() {
            let n = self.respondents;
            let moments =
                Moments { n, weight: WeightSum::default(), sums: self.sums, products: self.products };
            let weight = WeightSum { millionths: self.weight, squares: self.weight_squares };
            let sums = self.weighted_sums;
            let products = self.weighted_products;
            let weighted = (!sums.is_empty()).then_some(Moments { n, weight, sums, products });
            let pairs = Pairs { drivers: self.drivers, moments, weighted };
            return counts.pairs.insert((self.question, self.wave), pairs).is_none();
        }
        let squares = self.squares;
        let weigh = |(answer, millionths)| {
            let squares = squares.get(&answer).copied().unwrap_or_default();
            (answer, WeightSum { millionths, squares })
        };
        let histogram = Histogram {
            answers: self.answers,
            weights: self.weights.into_iter().map(weigh).collect(),
            missing: self.missing,
            rejected: self.rejected,
            shares: self.shares,
            parts: self.parts,
        };
        let segment = Segment { column: self.column, value: self.value };
        let key = CountKey { question: self.question, wave: self.wave, segment };
        counts.histograms.insert(key, histogram).is_none()
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
        let lines: Vec<Line> = self
            .histograms
            .iter()
            .map(Line::from_histogram)
            .chain(self.pairs.iter().map(Line::from_pairs))
            .collect();
        lines.write(out);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        let mut counts = Counts::default();
        for line in Vec::<Line>::read(from, unknown)? {
            let question = line.question;
            if !line.add_to(&mut counts) {
                return Err(ExpectedShape::Once.refuse_value(question));
            }
        }
        Ok(Self::new(counts))
    }
}

/// Returns true if the written form of these counts can be read again.
pub(super) fn is_readable(counts: &Counts) -> bool {
    counts
        .histograms
        .iter()
        .map(Line::from_histogram)
        .chain(counts.pairs.iter().map(Line::from_pairs))
        .all(|line| line.is_possible())
}

/// Tests each line of counts separately; of two lines for the same group, the second counts as unreadable.
pub(in crate::store) fn readable_counts(lines: &[&str]) -> Vec<bool> {
    let mut counts = Counts::default();
    let read = |line: &&str| parse::<Line>(line, Unknown::Refused).is_ok_and(|line| line.add_to(&mut counts));
    lines.iter().map(read).collect()
}

/// Tests each rule of a recipe separately.
pub(in crate::store) fn readable_rules(lines: &[&str]) -> Vec<bool> {
    lines.iter().map(|line| parse::<ColumnRule>(line, Unknown::Refused).is_ok()).collect()
}
