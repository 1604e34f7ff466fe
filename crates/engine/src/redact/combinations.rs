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
/// The most of them in a wave of more than so many questions, at each of which they are tried.
const MOST_SETS_OF_MANY: usize = 16;
const MANY_QUESTIONS: usize = 3_000;
/// The most columns whose sums are all tried. Overlapping groups count as one column, whatever their number.
const MOST_COLUMNS: usize = 3;

/// True if the groups of these columns are too many to try all sums.
pub(super) fn are_too_many(wave: &Wave<'_>, columns: &[&GroupColumn<'_>]) -> bool {
    let mut names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    names.dedup();
    let sets: usize = columns.iter().map(|column| column.people_sets().count()).sum();
    let most = if wave.questions.len() > MANY_QUESTIONS { MOST_SETS_OF_MANY } else { MOST_SETS };
    columns.len() > 1 && (names.len() > MOST_COLUMNS || sets > most)
}

/// True if sums and differences of groups of these columns may be of few.
pub(super) fn leave_few(wave: &Wave<'_>, columns: &[&GroupColumn<'_>], level: Level) -> bool {
    if columns.len() < 2 {
        return false;
    }
    let (one, other) = split_in_halves(columns);
    let search = Search { wave, level, parts: if columns.len() > 2 { 2 } else { 1 } };
    let mut ones = search.partial_sums(one);
    ones.by_measure.sort_unstable_by(|one, other| other.cmp(one));
    let mut others = search.partial_sums(other);
    others.by_measure.sort_unstable();
    // A group of one column less groups of another equals that group and the other's remaining groups less
    // everyone.
    (1..columns.len()).any(|times| search.finds_few(&ones, &others, times as u64))
}

/// Sets of people of one column.
struct ColumnPart<'c> {
    sets: Vec<&'c People>,
    /// True if these are everyone together. Then no sum is tried in which all of them are: without them and
    /// less everyone once less it is the same, and what is left of sums of which nothing is taken is few only
    /// where a group is.
    is_everyone: bool,
}

/// Splits the sets of all columns into two halves of equal size, through a column if need be.
fn split_in_halves<'c>(columns: &[&'c GroupColumn<'_>]) -> (Vec<ColumnPart<'c>>, Vec<ColumnPart<'c>>) {
    let all: usize = columns.iter().map(|column| column.people_sets().count()).sum();
    let mut one = Vec::new();
    let mut other = Vec::new();
    let mut room = all / 2;
    for column in columns {
        let mut sets: Vec<&People> = column.people_sets().collect();
        let beyond = sets.split_off(room.min(sets.len()));
        room -= sets.len();
        let is_everyone = column.adds_up && (sets.is_empty() || beyond.is_empty());
        for (half, sets) in [(&mut one, sets), (&mut other, beyond)] {
            if !sets.is_empty() {
                half.push(ColumnPart { sets, is_everyone });
            }
        }
    }
    (one, other)
}

/// Combines the sums of one half of the sets with those of the other half.
struct Search<'s, 'a> {
    wave: &'s Wave<'a>,
    level: Level,
    /// Divisor of the sums: 1 for whole sums, 2 if halves of them are checked too.
    parts: u64,
}

/// The sums of all choices of some sets, at one question.
struct PartialSums<'c> {
    sets: Vec<&'c People>,
    /// For each sum, the measure it is searched by and its place in `choices`.
    by_measure: Vec<(u64, u32)>,
    /// The chosen sets of each sum, one bit each.
    choices: Vec<u32>,
    /// The numbers of each sum, one after the other.
    numbers: Vec<u64>,
    width: usize,
}

impl PartialSums<'_> {
    fn numbers_of_sum(&self, place: u32) -> &[u64] {
        let from = place as usize * self.width;
        self.numbers.get(from..from + self.width).unwrap_or_default()
    }

    /// Returns how many people of all the sets of a sum gave the answer at an index.
    fn count_at(&self, place: u32, at: usize) -> u64 {
        let choice = self.choices.get(place as usize).copied().unwrap_or_default();
        let chosen = self.sets.iter().enumerate().filter(|(number, _)| choice >> number & 1 == 1);
        chosen.filter_map(|(_, set)| set.get(at)).sum()
    }
}

impl Search<'_, '_> {
    /// True if some sum, less everyone `times` times, is of few people or answers. The sums of one half go from
    /// the largest to the smallest, so that those of the other half that fit lie ever further on.
    fn finds_few(&self, ones: &PartialSums<'_>, others: &PartialSums<'_>, times: u64) -> bool {
        let everyone: Vec<u64> = self
            .wave
            .numbers_at(&self.wave.everyone, self.question_index())
            .iter()
            .map(|n| n * times)
            .collect();
        let whole = count_at_level(&everyone, self.level);
        let most = self.wave.most_of_few() * self.parts;
        let mut left = others.by_measure.as_slice();
        ones.by_measure.iter().any(|(measure, one)| {
            let from = (whole + 1).saturating_sub(*measure);
            let Some(room) = (whole + most).checked_sub(*measure) else { return false };
            let own = ones.numbers_of_sum(*one);
            while let [(other, _), rest @ ..] = left
                && *other < from
            {
                left = rest;
            }
            left.iter().take_while(|(other, _)| *other <= room).any(|(_, other)| {
                let mut here = own.iter().zip(others.numbers_of_sum(*other)).zip(&everyone);
                here.all(|((one, other), all)| one + other >= *all)
                    && self.is_few((ones, *one), (others, *other), times)
            })
        })
    }

    /// Returns the question at which sums are searched. Rows are the same at all of them.
    fn question_index(&self) -> usize {
        self.level.unwrap_or_default()
    }

    fn partial_sums<'c>(&self, half: Vec<ColumnPart<'c>>) -> PartialSums<'c> {
        let width = self.wave.numbers_at(&self.wave.everyone, self.question_index()).len();
        let mut sets = Vec::new();
        let mut choices = vec![0];
        let mut numbers = vec![0; width];
        for part in half {
            let without = choices.len();
            for set in part.sets {
                let own = self.wave.numbers_at(set, self.question_index());
                let before = numbers.len();
                numbers.extend_from_within(..);
                let added = numbers.iter_mut().skip(before).zip(own.iter().cycle());
                added.for_each(|(sum, own)| *sum += own);
                let before = choices.len();
                choices.extend_from_within(..);
                let bit = 1 << sets.len();
                choices.iter_mut().skip(before).for_each(|choice: &mut u32| *choice |= bit);
                sets.push(set);
            }
            if part.is_everyone {
                // The choices of all its sets stand last.
                choices.truncate(choices.len() - without);
                numbers.truncate(choices.len() * width);
            }
        }
        let all = numbers.chunks_exact(width.max(1)).zip(0..);
        let by_measure = all.map(|(sum, place)| (count_at_level(sum, self.level), place)).collect();
        PartialSums { sets, by_measure, choices, numbers, width }
    }

    /// True if a sum of sets less everyone, or half of it, is of few, and of whole people at all questions.
    fn is_few(&self, one: (&PartialSums<'_>, u32), other: (&PartialSums<'_>, u32), times: u64) -> bool {
        let count_at = |(sums, place): (&PartialSums<'_>, u32), at: usize| sums.count_at(place, at);
        let rest: Option<People> = (0..self.wave.everyone.len())
            .map(|at| {
                let all = self.wave.everyone.get(at).copied().unwrap_or_default() * times;
                (count_at(one, at) + count_at(other, at)).checked_sub(all)
            })
            .collect();
        let Some(rest) = rest else { return false };
        self.wave.is_few(&rest, self.level)
            || (self.parts == 2
                && rest.iter().all(|n| n % 2 == 0)
                && self.wave.is_few(&rest.iter().map(|n| n / 2).collect::<People>(), self.level))
    }
}

#[cfg(test)]
mod tests {
    use super::super::attack::random_imports;
    use super::*;
    use std::collections::BTreeSet;

    /// True if some choice of sets, less everyone some times, is of few: by trying them all, or only those
    /// without all sets of a column.
    fn leave_few_by_trial(
        wave: &Wave<'_>,
        columns: &[&GroupColumn<'_>],
        level: Level,
        with_whole_columns: bool,
    ) -> bool {
        let sets: Vec<&People> = columns.iter().flat_map(|column| column.people_sets()).collect();
        let mut wholes: Vec<u32> = Vec::new();
        let mut first = 0;
        for column in columns {
            let next = first + column.people_sets().count();
            wholes.extend(column.adds_up.then_some((1 << next) - (1 << first)));
            first = next;
        }
        (0_u32..1 << sets.len()).any(|choice| {
            if !with_whole_columns && wholes.iter().any(|whole| choice & whole == *whole) {
                return false;
            }
            let chosen = sets.iter().enumerate().filter(|(number, _)| choice >> number & 1 == 1);
            let sum = wave.sum_people(chosen.map(|(_, set)| *set));
            (1..columns.len() as u64).any(|times| {
                let less = |(own, all): (&u64, &u64)| own.checked_sub(all * times);
                let rest: Option<People> = sum.iter().zip(&wave.everyone).map(less).collect();
                let Some(rest) = rest else { return false };
                // Rows without answers are searched at the level of rows.
                let here = wave.numbers_at(&rest, level.unwrap_or_default());
                if count_at_level(here, level) == 0 {
                    return false;
                }
                let half: Option<People> =
                    rest.iter().map(|n| n.is_multiple_of(2).then_some(n / 2)).collect();
                wave.is_few(&rest, level)
                    || half.is_some_and(|half| columns.len() > 2 && wave.is_few(&half, level))
            })
        })
    }

    #[test]
    fn the_search_finds_what_trying_all_sums_finds() {
        let overlapping = BTreeSet::from(["o".to_owned()]);
        let mut found = [0, 0];
        for counts in (0..300).flat_map(random_imports) {
            for wave in Wave::waves_of_import(&counts, 5) {
                let columns = GroupColumn::columns_of_wave(&wave, &overlapping);
                for level in wave.all_levels() {
                    let mut together: Vec<&GroupColumn<'_>> = Vec::new();
                    for column in columns.iter().filter(|column| !column.few.contains(&level)) {
                        together.push(column);
                        let sets: usize = together.iter().map(|column| column.people_sets().count()).sum();
                        if sets > 11 {
                            break;
                        }
                        let few = leave_few(&wave, &together, level);
                        let by_trial = |with| leave_few_by_trial(&wave, &together, level, with);
                        assert!(few || !by_trial(false), "a sum of few is not found");
                        assert!(!few || by_trial(true), "no sum is of few");
                        found[usize::from(few)] += 1;
                    }
                }
            }
        }
        assert!(found.iter().all(|times| *times > 100), "{found:?}");
    }
}
