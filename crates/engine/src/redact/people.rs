//! The answers of a wave's groups as rows of numbers, so that sets of people can be added and taken from each
//! other.

use crate::id::{QuestionId, WaveId};
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Segment};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The number of people who gave each answer to each question of a wave, including those who gave none.
pub(super) type People = Vec<u64>;

/// The unit in which few are counted: the answers to a question, by its index, or the people themselves if
/// `None`.
pub(super) type Level = Option<usize>;

/// The most numbers of the groups of a wave, those of all questions together. Every step holds a few copies of
/// them.
const MOST_NUMBERS: usize = 1 << 22;

/// All counts of one wave.
pub(super) struct Wave<'a> {
    pub(super) id: WaveId,
    pub(super) questions: Vec<QuestionId>,
    pub(super) everyone: People,
    pub(super) groups: BTreeMap<&'a Segment, People>,
    /// Groups known by shares alone, with the indices of the questions.
    pub(super) unknown: BTreeSet<(&'a Segment, usize)>,
    /// The groups of columns that are too fine to be searched.
    pub(super) unsearched: BTreeSet<&'a Segment>,
    /// The ranges of the numbers of each question: the missing, the rejected, then each answer.
    places: Vec<Range<usize>>,
    least: u64,
}

impl<'a> Wave<'a> {
    /// Returns the waves of an import one by one; cells of fewer than `least` answers are few.
    pub(super) fn waves_of_import(counts: &'a Counts, least: u64) -> impl Iterator<Item = Self> {
        let mut waves: BTreeMap<WaveId, Vec<(&CountKey, &Histogram)>> = BTreeMap::new();
        for (key, cell) in &counts.histograms {
            waves.entry(key.wave).or_default().push((key, cell));
        }
        waves.into_iter().map(move |(id, cells)| Self::new(id, &cells, least))
    }

    fn new(id: WaveId, cells: &[(&'a CountKey, &'a Histogram)], least: u64) -> Self {
        let mut given: BTreeMap<QuestionId, BTreeSet<Answer>> = BTreeMap::new();
        for (key, cell) in cells {
            given.entry(key.question).or_default().extend(cell.answers.keys());
        }
        let mut places = Vec::new();
        let mut length = 0;
        for answers in given.values() {
            places.push(length..length + 2 + answers.len());
            length += 2 + answers.len();
        }
        let questions: Vec<QuestionId> = given.keys().copied().collect();
        let everyone = vec![0; length];
        let groups = BTreeMap::new();
        let unknown = BTreeSet::new();
        let unsearched = finest_groups(cells, length);
        let mut wave = Self { id, questions, everyone, groups, unknown, unsearched, places, least };
        for (key, cell) in cells {
            if wave.unsearched.contains(&key.segment) {
                continue;
            }
            let Ok(place) = wave.questions.binary_search(&key.question) else { continue };
            let range = wave.places[place].clone();
            let answers = given.get(&key.question).into_iter().flatten();
            let answers = answers.map(|answer| cell.answers.get(answer).copied().unwrap_or_default());
            let numbers: People = [cell.missing, cell.rejected].into_iter().chain(answers).collect();
            let people = if key.segment.is_everyone() {
                &mut wave.everyone
            } else {
                wave.groups.entry(&key.segment).or_insert_with(|| vec![0; length])
            };
            people[range].copy_from_slice(&numbers);
            if cell.is_of_unknown_n() && !key.segment.is_everyone() {
                wave.unknown.insert((&key.segment, place));
            }
        }
        wave
    }

    /// Returns the level of the people themselves, and that of each question.
    pub(super) fn all_levels(&self) -> impl Iterator<Item = Level> + use<> {
        std::iter::once(None).chain((0..self.questions.len()).map(Some))
    }

    /// True if there are few of these people, or of their answers. A group of many of whom none answered says
    /// nothing about any of them.
    pub(super) fn is_few(&self, people: &[u64], level: Level) -> bool {
        let Some(place) = level else { return (1..self.least).contains(&self.row_count(people)) };
        let (n, rows) = self.n_and_rows(people, place);
        rows > 0 && n < self.least && (n > 0 || rows < self.least)
    }

    /// True if these people are few, or all of them gave one answer.
    pub(super) fn is_secret(&self, people: &[u64], level: Level) -> bool {
        self.is_few(people, level) || level.is_some_and(|place| self.is_uniform(people, place))
    }

    /// True if all who answered a question gave the same answer: whoever is known to be among them is known
    /// to have given it.
    pub(super) fn is_uniform(&self, people: &[u64], place: usize) -> bool {
        let answers = self.numbers_at(people, place).iter().skip(2);
        answers.filter(|n| **n > 0).count() == 1
    }

    /// Returns the numbers of one question: those who gave no answer, those whose answer was rejected, then
    /// each answer.
    pub(super) fn numbers_at<'p>(&self, people: &'p [u64], place: usize) -> &'p [u64] {
        self.places.get(place).and_then(|range| people.get(range.clone())).unwrap_or_default()
    }

    /// Returns the largest number that counts as few.
    pub(super) fn most_of_few(&self) -> u64 {
        self.least.saturating_sub(1)
    }

    /// Returns the sum of all these people.
    pub(super) fn sum_people<'p>(&self, all: impl IntoIterator<Item = &'p People>) -> People {
        let mut sum = vec![0; self.everyone.len()];
        for people in all {
            sum.iter_mut().zip(people).for_each(|(sum, own)| *sum += own);
        }
        sum
    }

    /// Adds people to others, as far as a level needs their numbers.
    pub(super) fn add_people(&self, sum: &mut [u64], people: &[u64], level: Level) {
        let range = match level.and_then(|place| self.places.get(place)) {
            Some(range) => range.clone(),
            None => 0..self.everyone.len(),
        };
        if let (Some(sum), Some(people)) = (sum.get_mut(range.clone()), people.get(range)) {
            sum.iter_mut().zip(people).for_each(|(sum, own)| *sum += own);
        }
    }

    /// Returns the rows at the question with the most.
    pub(super) fn row_count(&self, people: &[u64]) -> u64 {
        (0..self.questions.len()).map(|place| self.n_and_rows(people, place).1).max().unwrap_or_default()
    }

    fn n_and_rows(&self, people: &[u64], place: usize) -> (u64, u64) {
        match self.places.get(place).and_then(|range| people.get(range.clone())) {
            Some([missing, rejected, answers @ ..]) => {
                let n = answers.iter().sum();
                (n, n + missing + rejected)
            }
            _ => (0, 0),
        }
    }
}

/// Returns the groups of the columns with the most groups, as many as leave no more numbers than can be searched if
/// each group has as many as given.
fn finest_groups<'a>(cells: &[(&'a CountKey, &'a Histogram)], length: usize) -> BTreeSet<&'a Segment> {
    let mut columns: BTreeMap<&str, BTreeSet<&Segment>> = BTreeMap::new();
    for (key, _) in cells.iter().filter(|(key, _)| !key.segment.is_everyone()) {
        columns.entry(&key.segment.column).or_default().insert(&key.segment);
    }
    let mut columns: Vec<BTreeSet<&Segment>> = columns.into_values().collect();
    columns.sort_by_key(BTreeSet::len);
    let mut groups = 0;
    columns.retain(|column| {
        groups += column.len();
        groups * length > MOST_NUMBERS
    });
    columns.into_iter().flatten().collect()
}

/// Subtracts people from others; `None` if they gave some answer more often, so that they are no part of
/// them.
pub(super) fn subtract_people(people: &[u64], others: &[u64]) -> Option<People> {
    people.iter().zip(others).map(|(own, other)| own.checked_sub(*other)).collect()
}

/// True if people may be a part of others: they gave no answer more often.
pub(super) fn is_within(people: &[u64], others: &[u64]) -> bool {
    people.iter().zip(others).all(|(own, other)| own <= other)
}

/// True if there is nobody.
pub(super) fn is_nobody(people: &[u64]) -> bool {
    people.iter().all(|own| *own == 0)
}

/// Returns the number of answers to a question, or of rows, from the numbers of one question.
pub(super) fn count_at_level(numbers: &[u64], level: Level) -> u64 {
    numbers.iter().skip(if level.is_some() { 2 } else { 0 }).sum()
}
