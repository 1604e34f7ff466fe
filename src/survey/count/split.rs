//! Who a row is from and when: the groups its answers count for.

use super::{GROUPS, Group, Map, Rejections};
use crate::model::choice::{DateOrder, WaveSplit};
use crate::model::counts::{Answer, Segment, Weight};
use crate::model::recipe::ColumnRule;
use crate::survey::amount::MOST;
use crate::survey::cell::{Reject, fold, number};
use crate::survey::choices::choices;
use crate::survey::dates;
use crate::survey::period::Period;
use crate::survey::source::Row;
use std::collections::BTreeSet;

/// The most groups that are told apart, over all columns and periods.
const ALL_GROUPS: usize = 50_000;

/// All groups seen so far.
pub(super) struct Groups {
    /// The groups, in the order in which they came.
    pub(super) all: Vec<Group>,
    /// Of each period, the number of the group of everyone, plus one.
    everyone: Vec<usize>,
}

impl Groups {
    pub(super) fn new() -> Self {
        Self { all: Vec::new(), everyone: Vec::new() }
    }

    /// The group of everyone in a period.
    pub(super) fn everyone(&mut self, place: usize, period: Period) -> usize {
        if self.everyone.len() <= place {
            self.everyone.resize(place + 1, 0);
        }
        let Some(number) = self.everyone.get_mut(place) else { return 0 };
        if *number == 0 {
            self.all.push(Group { period, segment: Segment::everyone() });
            *number = self.all.len();
        }
        *number - 1
    }
}

/// A segment column: the groups its values make.
pub(super) struct Split {
    place: usize,
    pub(super) column: String,
    values: Map<String, usize>,
    /// Of each value and period, the group's number plus one.
    groups: Vec<Vec<usize>>,
    /// Values that stand for everyone, folded.
    totals: BTreeSet<String>,
    pub(super) overflows: bool,
}

impl Split {
    pub(super) fn new(place: usize, rule: &ColumnRule) -> Self {
        let totals = rule.missing.iter().map(|word| fold(word)).collect();
        let (column, values) = (rule.column.clone(), Map::default());
        Self { place, column, values, groups: Vec::new(), totals, overflows: false }
    }

    /// Whether some of its values stand for everyone.
    pub(super) fn has_totals(&self) -> bool {
        !self.totals.is_empty()
    }

    /// The number of a row's value, from 1, and its group; none for a blank cell.
    pub(super) fn group(
        &mut self,
        row: &Row<'_>,
        at: (usize, Period),
        groups: &mut Groups,
    ) -> Option<(usize, usize)> {
        self.group_of(row.cell(self.place), at, groups)
    }

    fn group_of(&mut self, value: &str, at: (usize, Period), groups: &mut Groups) -> Option<(usize, usize)> {
        if value.is_empty() || self.overflows || (self.has_totals() && self.totals.contains(&fold(value))) {
            return None;
        }
        let known = self.values.get(value).copied();
        let of_value = match known {
            Some(number) => number,
            None if self.values.len() == GROUPS => {
                self.overflows = true;
                return None;
            }
            None => {
                self.values.insert(value.to_owned(), self.groups.len());
                self.groups.push(Vec::new());
                self.groups.len() - 1
            }
        };
        let (place, period) = at;
        let periods = self.groups.get_mut(of_value)?;
        if periods.len() <= place {
            periods.resize(place + 1, 0);
        }
        let slot = periods.get_mut(place)?;
        if *slot == 0 {
            if groups.all.len() >= ALL_GROUPS {
                self.overflows = true;
                return None;
            }
            let segment = Segment { column: self.column.clone(), value: value.to_owned() };
            groups.all.push(Group { period, segment });
            *slot = groups.all.len();
        }
        Some((of_value + 1, *slot - 1))
    }
}

/// A column of several choices in a cell, each a group of its own.
pub(super) struct Choices {
    pub(super) split: Split,
    separator: String,
}

impl Choices {
    pub(super) fn new(place: usize, rule: &ColumnRule) -> Self {
        Self { split: Split::new(place, rule), separator: rule.separator.clone() }
    }

    /// Adds the groups of a row's choices.
    pub(super) fn groups(
        &mut self,
        row: &Row<'_>,
        at: (usize, Period),
        groups: &mut Groups,
        of_row: &mut Vec<usize>,
    ) {
        let cell = row.cell(self.split.place);
        for choice in choices(cell, &self.separator) {
            let found = self.split.group_of(choice, at, groups).map(|(_, group)| group);
            of_row.extend(found.filter(|group| !of_row.contains(group)));
        }
    }
}

/// Two columns of segments whose groups are crossed.
pub(super) struct Crossing {
    /// The two, by their places among the splits.
    pub(super) of: (usize, usize),
    pub(super) column: String,
    /// Of each pair of groups, theirs.
    known: Map<(usize, usize), usize>,
    values: BTreeSet<String>,
    pub(super) overflows: bool,
}

impl Crossing {
    /// The crossing of two of the splits.
    pub(super) fn new(of: (usize, usize), splits: &[Split]) -> Option<Self> {
        let group = |place: usize| {
            let column = splits.get(place)?.column.clone();
            Some(Segment { column, value: String::new() })
        };
        let column = group(of.0)?.crossed(&group(of.1)?).column;
        Some(Self { of, column, known: Map::default(), values: BTreeSet::new(), overflows: false })
    }

    /// The group of those in both groups of a row; none where it lacks one of them.
    pub(super) fn group(&mut self, found: &[Option<usize>], groups: &mut Groups) -> Option<usize> {
        let pair = (found.get(self.of.0).copied()??, found.get(self.of.1).copied()??);
        if let Some(known) = self.known.get(&pair) {
            return Some(*known);
        }
        let (a, b) = (groups.all.get(pair.0)?, groups.all.get(pair.1)?);
        let group = Group { period: a.period, segment: a.segment.crossed(&b.segment) };
        self.values.insert(group.segment.value.clone());
        self.overflows |= self.values.len() > GROUPS || groups.all.len() >= ALL_GROUPS;
        if self.overflows {
            return None;
        }
        groups.all.push(group);
        self.known.insert(pair, groups.all.len() - 1);
        Some(groups.all.len() - 1)
    }
}

/// The most combinations of groups whose rows are counted together.
const COMBINATIONS: usize = 8192;
/// The most segment columns whose combinations are told apart: more do not fit into a number.
const COLUMNS: usize = 6;

/// Rows of the same groups, of all segment columns, are counted once and handed to each group in the end.
pub(super) struct Combinations {
    known: Map<u64, usize>,
    /// Of each combination, its groups.
    pub(super) groups: Vec<Vec<usize>>,
}

impl Combinations {
    /// Combinations for so many segment columns; none where counting by group is as good.
    pub(super) fn new(columns: usize) -> Option<Self> {
        (2..=COLUMNS).contains(&columns).then(|| Self { known: Map::default(), groups: Vec::new() })
    }

    /// The combination of this key, where it was met before.
    pub(super) fn known(&self, key: u64) -> Option<usize> {
        self.known.get(&key).copied()
    }

    /// A new combination of a row's groups; none where there are too many. `key` is different for different groups.
    pub(super) fn of(&mut self, key: u64, groups: &[usize]) -> Option<usize> {
        let next = self.groups.len();
        (next < COMBINATIONS).then(|| {
            self.known.insert(key, next);
            self.groups.push(groups.to_vec());
            next
        })
    }
}

/// A column of dates: the period of each row.
pub(super) struct Dates {
    index: usize,
    place: usize,
    order: DateOrder,
    split: WaveSplit,
    /// Periods seen, the undated one first.
    known: Vec<Period>,
    last: usize,
}

impl Dates {
    pub(super) fn new(index: usize, place: usize, rule: &ColumnRule) -> Self {
        Self { index, place, order: rule.order, split: rule.wave, known: vec![Period::Undated], last: 0 }
    }

    /// The period of a row and its number; that of no date where the cell has none.
    pub(super) fn of(&mut self, row: &Row<'_>, rejections: &mut Rejections) -> (usize, Period) {
        let cell = row.cell(self.place);
        if row.is_ragged() {
            return (0, Period::Undated);
        }
        let period = match dates::read(cell, self.order) {
            Ok(day) => Period::of(day, self.split),
            Err(reason) => {
                rejections.add(self.index, reason, row.line());
                Period::Undated
            }
        };
        if self.known.get(self.last) != Some(&period) {
            self.last = self.known.iter().position(|known| *known == period).unwrap_or(self.known.len());
            if self.last == self.known.len() {
                self.known.push(period);
            }
        }
        (self.last, period)
    }
}

/// A column that says how many respondents a row stands for.
pub(super) struct Repeats {
    pub(super) index: usize,
    pub(super) place: usize,
}

impl Repeats {
    /// How many respondents a row stands for: none where the cell is no count.
    pub(super) fn of(&self, row: &Row<'_>, rejections: &mut Rejections) -> u64 {
        let count = number(row.cell(self.place)).map(Answer::get).filter(|_| !row.is_ragged());
        let usable = count.filter(|count| (0.0..=MOST).contains(count) && count.fract() == 0.0);
        if usable.is_none() {
            rejections.add(self.index, Reject::NotACount, row.line());
        }
        usable.map_or(0, |count| count as u64)
    }
}

/// A column of weights.
pub(super) struct Weigher {
    pub(super) index: usize,
    pub(super) place: usize,
}

impl Weigher {
    /// What a row weighs: nothing where the cell is no weight.
    pub(super) fn of(&self, row: &Row<'_>, rejections: &mut Rejections) -> Weight {
        let heaviest = Weight::MOST as f64 / Weight::ONE as f64;
        let weight = number(row.cell(self.place)).map(Answer::get);
        let usable = weight.filter(|weight| (0.0..=heaviest).contains(weight) && !row.is_ragged());
        if usable.is_none() {
            rejections.add(self.index, Reject::NotAWeight, row.line());
        }
        usable
            .map_or(Weight::default(), |weight| Weight::of_one((weight * Weight::ONE as f64).round() as u64))
    }
}
