//! The exact counts that an import is reduced to: histograms of answers, never rows.

use crate::id::{QuestionId, WaveId};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// An answer's number, ordered; finite by construction.
#[derive(Debug, Clone, Copy)]
pub struct Answer(f64);

impl Answer {
    /// The answer, unless it is not a finite number. Negative zero becomes zero.
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(number + 0.0))
    }

    /// The number.
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

/// How often each answer was given to one question, by one group, in one wave.
///
/// Law: answers + missing + rejected = rows read of that group.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Histogram {
    /// Answer to number of respondents.
    pub answers: BTreeMap<Answer, u64>,
    /// Blank cells and codes that mean no answer.
    pub missing: u64,
    /// Cells that are neither an answer on the scale nor missing.
    pub rejected: u64,
}

impl Histogram {
    /// Number of valid answers.
    pub fn n(&self) -> u64 {
        self.answers.values().sum()
    }

    /// Rows read for this group.
    pub fn rows(&self) -> u64 {
        self.n() + self.missing + self.rejected
    }

    /// Adds another group's counts.
    pub fn add(&mut self, other: &Self) {
        for (answer, count) in &other.answers {
            *self.answers.entry(*answer).or_default() += count;
        }
        self.missing += other.missing;
        self.rejected += other.rejected;
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
    /// Everyone who answered.
    pub fn everyone() -> Self {
        Self::default()
    }

    /// Whether this is everyone.
    pub fn is_everyone(&self) -> bool {
        self.column.is_empty()
    }
}

/// What one histogram is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountKey {
    /// The question asked.
    pub question: QuestionId,
    /// When it was asked.
    pub wave: WaveId,
    /// Who answered.
    pub segment: Segment,
}

/// All counts of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts {
    /// One histogram per question, wave and group.
    pub histograms: BTreeMap<CountKey, Histogram>,
}
