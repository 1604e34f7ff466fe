//! What groups tell once they are added up and taken from each other.
//!
//! Nobody can see from counts who lies where. So every sum of groups less other groups is looked at that could be of
//! people, because no answer to any question would be given less often than no time. Of two columns this finds all that
//! can be computed; of three also halves: groups that each hold two of three sets of people.

use super::columns::Column;
use super::people::{Level, People, Wave};

/// The most groups of several columns of which all sums are tried; beyond them the finest column goes.
const MOST_SETS: usize = 24;
/// The most columns of which all sums are tried. Groups that overlap are of one column, whatever their number.
const MOST_COLUMNS: usize = 3;

/// True where the groups of these columns are more than sums are tried of.
pub(super) fn are_too_many(columns: &[&Column<'_>]) -> bool {
    let mut names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
    names.dedup();
    let sets: usize = columns.iter().map(|column| column.sets().count()).sum();
    columns.len() > 1 && (names.len() > MOST_COLUMNS || sets > MOST_SETS)
}

/// True where sums and differences of groups of these columns may be of few.
pub(super) fn leave_few(wave: &Wave<'_>, columns: &[&Column<'_>], level: Level) -> bool {
    if columns.len() < 2 {
        return false;
    }
    let sets: Vec<&People> = columns.iter().flat_map(|column| column.sets()).collect();
    let (one, other) = sets.split_at(sets.len() / 2);
    let search = Search { wave, level, one, other, parts: if columns.len() > 2 { 2 } else { 1 } };
    // A group of one column less groups of another is that group and the other's remaining groups less everyone.
    (1..columns.len()).any(|times| search.finds_few(times as u64))
}

/// Sums of one half of the sets meet those of the other half.
struct Search<'s, 'a> {
    wave: &'s Wave<'a>,
    level: Level,
    one: &'s [&'s People],
    other: &'s [&'s People],
    /// Whole sums are looked at, and with two also halves of them.
    parts: u64,
}

/// The sum of some sets at one question: how many it is searched by, its numbers, and which sets they are, a bit each.
struct PartialSum {
    measure: u64,
    numbers: Vec<u64>,
    sets: u32,
}

impl Search<'_, '_> {
    /// Whether some sum, less everyone so many times, is of few people or answers.
    fn finds_few(&self, times: u64) -> bool {
        let mut others = self.sums(self.other);
        others.sort_by_key(|sum| sum.measure);
        let place = self.place();
        let everyone: Vec<u64> = self.wave.at(&self.wave.everyone, place).iter().map(|n| n * times).collect();
        let whole = self.wave.measure_at(&everyone, self.level);
        let most = self.wave.most_of_few() * self.parts;
        self.sums(self.one).iter().any(|one| {
            let from = (whole + 1).saturating_sub(one.measure);
            let to = (whole + most).saturating_sub(one.measure);
            let first = others.partition_point(|other| other.measure < from);
            let near = others.iter().skip(first).take_while(|other| other.measure <= to);
            near.filter(|other| one.measure + other.measure > whole).any(|other| {
                let here = one.numbers.iter().zip(&other.numbers).zip(&everyone);
                let mut here = here.map(|((one, other), all)| one + other >= *all);
                here.all(|enough| enough) && self.is_few(one.sets, other.sets, times)
            })
        })
    }

    /// The question at which sums are searched. Rows are the same at all.
    fn place(&self) -> usize {
        self.level.unwrap_or_default()
    }

    fn sums(&self, sets: &[&People]) -> Vec<PartialSum> {
        let place = self.place();
        let nobody = vec![0; self.wave.at(&self.wave.everyone, place).len()];
        let mut sums = vec![PartialSum { measure: 0, numbers: nobody, sets: 0 }];
        for (number, set) in sets.iter().enumerate() {
            let own = self.wave.at(set, place);
            let more: Vec<PartialSum> = sums
                .iter()
                .map(|sum| {
                    let numbers: Vec<u64> = sum.numbers.iter().zip(own).map(|(sum, own)| sum + own).collect();
                    let measure = self.wave.measure_at(&numbers, self.level);
                    PartialSum { measure, numbers, sets: sum.sets | 1 << number }
                })
                .collect();
            sums.extend(more);
        }
        sums
    }

    /// Whether a sum of sets less everyone is of few, or half of it, and of whole people at all questions.
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
