//! The exact counts that an import is reduced to: histograms of answers, never individual rows.

use crate::id::{Id, QuestionId, WaveId};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The number of an answer, ordered; finite by construction.
#[derive(Debug, Clone, Copy)]
pub struct Answer(f64);

impl Answer {
    /// Creates an answer; `None` if the number is not finite. Negative zero becomes zero.
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(number + 0.0))
    }

    /// Returns the number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Ord for Answer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}
impl PartialOrd for Answer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Answer {}

/// The total weight of some respondents, in fixed point, so that sums are exact in any order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeightSum {
    /// Σw, in millionths.
    pub millionths: u128,
    /// Σw², in millionths of millionths.
    pub squares: u128,
}

impl WeightSum {
    /// A weight of one, in millionths.
    pub const ONE: u64 = 1_000_000;
    /// The maximum weight of one respondent, in millionths.
    pub const MOST: u64 = 1_000_000 * Self::ONE;

    /// Returns the weight of one respondent, given in millionths and capped at [`WeightSum::MOST`].
    pub fn of_one(millionths: u64) -> Self {
        let millionths = u128::from(millionths.min(Self::MOST));
        Self { millionths, squares: millionths * millionths }
    }

    /// Returns the weight of `count` respondents of weight one.
    pub fn from_count(count: u64) -> Self {
        Self::of_one(Self::ONE).scaled_by(count)
    }

    /// Returns the weight of `people` respondents with this weight each.
    #[must_use]
    pub fn scaled_by(self, people: u64) -> Self {
        let people = u128::from(people);
        Self {
            millionths: self.millionths.saturating_mul(people),
            squares: self.squares.saturating_mul(people),
        }
    }

    /// Adds the weight of other respondents.
    pub fn add_weight(&mut self, other: Self) {
        self.millionths = self.millionths.saturating_add(other.millionths);
        self.squares = self.squares.saturating_add(other.squares);
    }

    /// Subtracts the weight of respondents.
    fn subtract_weight(&mut self, other: Self) {
        self.millionths = self.millionths.saturating_sub(other.millionths);
        self.squares = self.squares.saturating_sub(other.squares);
    }

    /// Returns Kish's effective number of respondents, (Σw)² / Σw²; 0 for none.
    pub fn effective_n(&self) -> f64 {
        let sum = self.millionths as f64;
        let squares = self.squares as f64;
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }

    /// Returns Σw, the sum of weights.
    pub fn sum(&self) -> f64 {
        self.millionths as f64 / Self::ONE as f64
    }
}

/// The number of times each answer was given to one question, by one group, in one wave.
///
/// Law: answers + missing + rejected = rows read of that group.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Histogram {
    /// Answer to number of respondents.
    pub answers: BTreeMap<Answer, u64>,
    /// Answer to the weight of its respondents; empty if the answers are unweighted.
    pub weights: BTreeMap<Answer, WeightSum>,
    /// Blank cells and codes that mean no answer.
    pub missing: u64,
    /// Cells that are neither an answer on the scale nor missing.
    pub rejected: u64,
    /// Answer to its share in millionths, for tables that state only shares, of an unknown number of
    /// respondents. Several such tables are added as if each had the same number.
    pub shares: BTreeMap<Answer, u64>,
    /// Answer to its number of respondents in millionths, for tables that state shares and a number of
    /// respondents: `answers` are these rounded to whole people. Empty if whole people were counted.
    pub parts: BTreeMap<Answer, u64>,
}

impl Histogram {
    /// The whole that `shares` are parts of, in millionths.
    pub const WHOLE: u64 = 1_000_000;

    /// Returns the number of valid answers.
    pub fn n(&self) -> u64 {
        self.answers.values().sum()
    }

    /// Returns the number of rows read for this group.
    pub fn row_count(&self) -> u64 {
        self.n() + self.missing + self.rejected
    }

    /// Returns true if only shares are known, and not the number of respondents.
    pub fn is_of_unknown_n(&self) -> bool {
        !self.shares.is_empty()
    }

    /// Returns true if the answers carry weights.
    pub fn is_weighted(&self) -> bool {
        !self.weights.is_empty()
    }

    /// Returns Kish's effective number of answers, (Σw)² / Σw²; for unweighted answers their number.
    pub fn effective_n(&self) -> f64 {
        if !self.is_weighted() {
            return self.n() as f64;
        }
        let mut all = WeightSum::default();
        self.weights.values().for_each(|weight| all.add_weight(*weight));
        all.effective_n()
    }

    /// Adds another group's counts. If only one side is weighted, the other's answers weigh one each.
    pub fn add_histogram(&mut self, other: &Self) {
        if self.is_weighted() || other.is_weighted() {
            self.assign_unit_weights();
            let mut other = other.clone();
            other.assign_unit_weights();
            for (answer, weight) in &other.weights {
                self.weights.entry(*answer).or_default().add_weight(*weight);
            }
        }
        if !self.parts.is_empty() || !other.parts.is_empty() {
            self.parts = self.people_in_parts();
            for (answer, part) in other.people_in_parts() {
                let sum = self.parts.entry(answer).or_default();
                *sum = sum.saturating_add(part);
            }
        }
        for (answer, count) in &other.answers {
            *self.answers.entry(*answer).or_default() += count;
        }
        for (answer, share) in &other.shares {
            let sum = self.shares.entry(*answer).or_default();
            *sum = sum.saturating_add(*share);
        }
        self.missing += other.missing;
        self.rejected += other.rejected;
    }

    /// Returns the counts without a group that is part of this one; empty if only shares are known.
    #[must_use]
    pub fn without_part(&self, part: &Self) -> Self {
        if self.is_of_unknown_n() || part.is_of_unknown_n() {
            return Self::default();
        }
        let mut rest = self.clone();
        if self.is_weighted() {
            let mut part = part.clone();
            part.assign_unit_weights();
            for (answer, weight) in &mut rest.weights {
                weight.subtract_weight(part.weights.get(answer).copied().unwrap_or_default());
            }
        }
        for (answer, count) in &mut rest.answers {
            *count = count.saturating_sub(part.answers.get(answer).copied().unwrap_or_default());
        }
        if !self.parts.is_empty() || !part.parts.is_empty() {
            rest.parts = self.people_in_parts();
            for (answer, taken) in part.people_in_parts() {
                let left = rest.parts.entry(answer).or_default();
                *left = left.saturating_sub(taken);
            }
        }
        rest.answers.retain(|_, count| *count > 0);
        rest.weights.retain(|answer, _| rest.answers.contains_key(answer));
        rest.missing = rest.missing.saturating_sub(part.missing);
        rest.rejected = rest.rejected.saturating_sub(part.rejected);
        rest
    }

    /// Returns the number of respondents for each answer, in millionths.
    fn people_in_parts(&self) -> BTreeMap<Answer, u64> {
        if !self.parts.is_empty() {
            return self.parts.clone();
        }
        self.answers.iter().map(|(answer, count)| (*answer, count.saturating_mul(Self::WHOLE))).collect()
    }

    fn assign_unit_weights(&mut self) {
        if self.weights.is_empty() {
            self.weights =
                self.answers.iter().map(|(answer, n)| (*answer, WeightSum::from_count(*n))).collect();
        }
    }
}

/// A group of customers: everyone, or those with one value in one segment column.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Segment {
    /// The segment column; empty for everyone.
    pub column: String,
    /// Its value; empty for everyone.
    pub value: String,
}

impl Segment {
    /// The separator between the two columns, and the two values, of a crossing.
    pub const CROSS: &str = " × ";

    /// Returns the segment of customers who are in both groups.
    #[must_use]
    pub fn cross_with(&self, other: &Self) -> Self {
        let both = |a: &str, b: &str| format!("{a}{}{b}", Self::CROSS);
        Self { column: both(&self.column, &other.column), value: both(&self.value, &other.value) }
    }

    /// Returns the segment of everyone who answered.
    pub fn everyone() -> Self {
        Self::default()
    }

    /// Returns true if this is the segment of everyone.
    pub fn is_everyone(&self) -> bool {
        self.column.is_empty()
    }
}

/// The question, wave and segment of one histogram.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountKey {
    /// The question asked.
    pub question: QuestionId,
    /// The wave in which it was asked.
    pub wave: WaveId,
    /// The group who answered.
    pub segment: Segment,
}

/// Sums of answers and of their products over respondents who answered all of several questions. Answers are
/// in thousandths, so that sums are exact in any order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moments {
    /// The number of respondents.
    pub n: u64,
    /// The respondents' total weight; sums and products then count each respondent by weight in millionths.
    /// Zero if each respondent counts once.
    pub weight: WeightSum,
    /// The sum of the outcome's answers, then of each driver's.
    pub sums: Vec<i128>,
    /// The sum of products of each pair of these, the upper triangle row by row, diagonal included.
    pub products: Vec<i128>,
}

/// The sums from which an outcome's drivers are computed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pairs {
    /// The questions that may drive the outcome.
    pub drivers: Vec<QuestionId>,
    /// The sums over the respondents who answered the outcome and every driver.
    pub moments: Moments,
    /// The same sums, weighted; `None` if the answers are unweighted.
    pub weighted: Option<Moments>,
}

/// All counts of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts {
    /// One histogram for each question, wave and segment.
    pub histograms: BTreeMap<CountKey, Histogram>,
    /// The sums for the drivers of each outcome in each wave.
    pub pairs: BTreeMap<(QuestionId, WaveId), Pairs>,
}

impl Counts {
    /// Returns the same counts with the ids of questions and waves replaced.
    #[must_use]
    pub fn with_ids(&self, names: &BTreeMap<Id, Id>) -> Self {
        let question = |id: QuestionId| names.get(&id.into()).and_then(|id| id.to_typed()).unwrap_or(id);
        let wave = |id: WaveId| names.get(&id.into()).and_then(|id| id.to_typed()).unwrap_or(id);
        let key = |key: &CountKey| CountKey {
            question: question(key.question),
            wave: wave(key.wave),
            segment: key.segment.clone(),
        };
        let pairs = |pairs: &Pairs| Pairs {
            drivers: pairs.drivers.iter().map(|id| question(*id)).collect(),
            ..pairs.clone()
        };
        Self {
            histograms: self.histograms.iter().map(|(of, counted)| (key(of), counted.clone())).collect(),
            pairs: self
                .pairs
                .iter()
                .map(|((of, at), sums)| ((question(*of), wave(*at)), pairs(sums)))
                .collect(),
        }
    }
}
