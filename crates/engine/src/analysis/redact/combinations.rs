//! Conclusions from adding groups and subtracting them from each other.
//!
//! Counts do not show who belongs to two groups. So every sum of groups less other groups is checked that
//! could be a number of people: one in which no answer to any question has a negative count. For two columns
//! this finds everything that can be computed; for three also halves: groups that each hold two of three sets
//! of people.

use super::columns::GroupColumn;
use super::people::{Level, People, Wave, count_at_level};

/// The most groups of several columns whose sums are all tried; beyond them the finest column is removed.
const MOST_SETS: usize = 24;
/// The most columns whose sums are all tried. Overlapping groups count as one column, whatever their number.
const MOST_COLUMNS: usize = 3;

/// True if the groups of these columns are too many to try all sums.
pub(super) fn are_too_many(columns: &[&GroupColumn<'_>]) -> bool {
    let mut names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    names.dedup();
    let sets: usize = columns.iter().map(|column| column.people_sets().count()).sum();
    columns.len() > 1 && (names.len() > MOST_COLUMNS || sets > MOST_SETS)
}

/// True if sums and differences of groups of these columns may be of few.
pub(super) fn leave_few(wave: &Wave<'_>, columns: &[&GroupColumn<'_>], level: Level) -> bool {
    if columns.len() < 2 {
        return false;
    }
    let sets: Vec<&People> = columns.iter().flat_map(|column| column.people_sets()).collect();
    let (one, other) = sets.split_at(sets.len() / 2);
    let search = Search { wave, level, one, other, parts: if columns.len() > 2 { 2 } else { 1 } };
    let ones = search.partial_sums(one);
    let mut others = search.partial_sums(other);
    others.sort_by_measure();
    // A group of one column less groups of another equals that group and the other's remaining groups less
    // everyone.
    (1..columns.len()).any(|times| search.finds_few(&ones, &others, times as u64))
}

/// Combines the sums of one half of the sets with those of the other half.
struct Search<'s, 'a> {
    wave: &'s Wave<'a>,
    level: Level,
    one: &'s [&'s People],
    other: &'s [&'s People],
    /// Divisor of the sums: 1 for whole sums, 2 if halves of them are checked too.
    parts: u64,
}

/// The sums of all choices of some sets, at one question.
struct PartialSums {
    /// For each sum, the measure it is searched by and the chosen sets, one bit each.
    measures: Vec<(u64, u32)>,
    /// The numbers of each choice, one after the other, in the order of its bits.
    numbers: Vec<u64>,
    width: usize,
}

impl PartialSums {
    fn numbers_of_choice(&self, choice: u32) -> &[u64] {
        let from = choice as usize * self.width;
        self.numbers.get(from..from + self.width).unwrap_or_default()
    }

    fn sort_by_measure(&mut self) {
        self.measures.sort_unstable();
    }
}

impl Search<'_, '_> {
    /// True if some sum, less everyone `times` times, is of few people or answers.
    fn finds_few(&self, ones: &PartialSums, others: &PartialSums, times: u64) -> bool {
        let everyone: Vec<u64> = self
            .wave
            .numbers_at(&self.wave.everyone, self.question_index())
            .iter()
            .map(|n| n * times)
            .collect();
        let whole = count_at_level(&everyone, self.level);
        let most = self.wave.most_of_few() * self.parts;
        ones.measures.iter().any(|(measure, choice)| {
            let from = (whole + 1).saturating_sub(*measure);
            let Some(room) = (whole + most).checked_sub(*measure) else { return false };
            let own = ones.numbers_of_choice(*choice);
            let first = others.measures.partition_point(|(other, _)| *other < from);
            let near = others.measures.iter().skip(first).take_while(|(other, _)| *other <= room);
            near.into_iter().any(|(_, other)| {
                let mut here = own.iter().zip(others.numbers_of_choice(*other)).zip(&everyone);
                here.all(|((one, other), all)| one + other >= *all) && self.is_few(*choice, *other, times)
            })
        })
    }

    /// Returns the question at which sums are searched. Rows are the same at all of them.
    fn question_index(&self) -> usize {
        self.level.unwrap_or_default()
    }

    fn partial_sums(&self, sets: &[&People]) -> PartialSums {
        let width = self.wave.numbers_at(&self.wave.everyone, self.question_index()).len();
        let mut numbers = vec![0; width];
        for set in sets {
            let own = self.wave.numbers_at(set, self.question_index());
            let more: Vec<u64> = numbers.iter().zip(own.iter().cycle()).map(|(sum, own)| sum + own).collect();
            numbers.extend(more);
        }
        let all = numbers.chunks_exact(width.max(1)).zip(0..);
        let measures = all.map(|(sum, choice)| (count_at_level(sum, self.level), choice)).collect();
        PartialSums { measures, numbers, width }
    }

    /// True if a sum of sets less everyone, or half of it, is of few, and of whole people at all questions.
    fn is_few(&self, one: u32, other: u32, times: u64) -> bool {
        let chosen = |sets: &[&People], bits: u32, at: usize| -> u64 {
            let inside = sets.iter().enumerate().filter(|(number, _)| bits >> number & 1 == 1);
            inside.filter_map(|(_, set)| set.get(at)).sum()
        };
        let rest: Option<People> = (0..self.wave.everyone.len())
            .map(|at| {
                let all = self.wave.everyone.get(at).copied().unwrap_or_default() * times;
                (chosen(self.one, one, at) + chosen(self.other, other, at)).checked_sub(all)
            })
            .collect();
        let Some(rest) = rest else { return false };
        self.wave.is_few(&rest, self.level)
            || (self.parts == 2
                && rest.iter().all(|n| n % 2 == 0)
                && self.wave.is_few(&rest.iter().map(|n| n / 2).collect::<People>(), self.level))
    }
}
