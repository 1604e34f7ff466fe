//! The groups of a row: segment columns, columns of choices, crossings and their combinations.

use super::counter::FoundColumn;
use super::{CountGroup, FastMap, GROUPS};
use crate::model::counts::Segment;
use crate::survey::cell::fold_text;
use crate::survey::choices::ChoiceList;
use crate::survey::period::Period;
use crate::survey::source::TableRow;
use std::collections::BTreeSet;

/// The most groups, over all columns and periods.
const ALL_GROUPS: usize = 50_000;

/// All groups seen so far.
#[derive(Default)]
pub(super) struct GroupTable {
    /// The groups, in order of first occurrence.
    pub(super) all: Vec<CountGroup>,
    /// For each group that is a crossing, the two groups that it crosses.
    crossed: Vec<Option<(usize, usize)>>,
    /// For each period, the index of the group of everyone, plus one; 0 if it does not exist yet.
    everyone: Vec<usize>,
}

impl GroupTable {
    /// Returns the group of everyone in a period, creating it if needed.
    pub(super) fn group_of_everyone(&mut self, (place, period): (usize, Period)) -> usize {
        if self.everyone.len() <= place {
            self.everyone.resize(place + 1, 0);
        }
        match self.everyone.get(place) {
            Some(number) if *number > 0 => number - 1,
            _ => {
                let group = self.push_group(CountGroup { period, segment: Segment::everyone() }, None);
                self.everyone[place] = group + 1;
                group
            }
        }
    }

    /// Adds a group, which may be the crossing of two others.
    fn push_group(&mut self, group: CountGroup, crossed: Option<(usize, usize)>) -> usize {
        self.all.push(group);
        self.crossed.push(crossed);
        self.all.len() - 1
    }

    /// True if the limit of groups may have been exceeded.
    pub(super) fn is_over_limit(&self) -> bool {
        self.all.len() > ALL_GROUPS
    }

    /// Adds the groups of everyone of other rows.
    pub(super) fn merge_everyone(&mut self, merge: &mut GroupMerge<'_>) {
        for (place, number) in merge.theirs.everyone.iter().enumerate() {
            let Some(index) = number.checked_sub(1) else { continue };
            if let Some(at) = merge.period_of(index, place) {
                let own = self.group_of_everyone(at);
                merge.set_group(index, own);
            }
        }
    }

    /// Returns the two groups that a group crosses.
    pub(super) fn crossed_groups(&self, group: usize) -> Option<(usize, usize)> {
        self.crossed.get(group).copied().flatten()
    }
}

/// Maps the groups of another count of the same table to those of this one.
pub(super) struct GroupMerge<'a> {
    theirs: &'a GroupTable,
    /// The index here of each of their periods.
    periods: &'a [usize],
    /// The index here of each of their groups; `None` while it is not mapped, and beyond the limit of groups.
    pub(super) groups: Vec<Option<usize>>,
}

impl<'a> GroupMerge<'a> {
    pub(super) fn new(theirs: &'a GroupTable, periods: &'a [usize]) -> Self {
        Self { theirs, periods, groups: vec![None; theirs.all.len()] }
    }

    /// Returns our period for one of their groups, given the period's index there.
    fn period_of(&self, group: usize, place: usize) -> Option<(usize, Period)> {
        Some((*self.periods.get(place)?, self.theirs.all.get(group)?.period))
    }

    fn set_group(&mut self, theirs: usize, own: usize) {
        if let Some(group) = self.groups.get_mut(theirs) {
            *group = Some(own);
        }
    }
}

/// A segment column with the groups of its values.
pub(super) struct SegmentColumn {
    place: usize,
    pub(super) column: String,
    values: FastMap<String, usize>,
    /// For each value and period, the index of the group plus one; 0 if it does not exist yet.
    groups: Vec<Vec<usize>>,
    /// Values that mean everyone, folded.
    totals: BTreeSet<String>,
    pub(super) overflows: bool,
}

impl SegmentColumn {
    pub(super) fn new(found: &FoundColumn<'_>) -> Self {
        let place = found.place;
        let rule = found.column_rule();
        let totals = rule.missing.iter().map(|word| fold_text(word)).collect();
        let column = rule.column.clone();
        let values = FastMap::default();
        Self { place, column, values, groups: Vec::new(), totals, overflows: false }
    }

    /// True if some of its values mean everyone.
    pub(super) fn has_totals(&self) -> bool {
        !self.totals.is_empty()
    }

    /// Returns the number of a row's value, from 1, and its group; `None` for a blank cell, a total, and
    /// beyond the limits.
    pub(super) fn find_group(
        &mut self,
        row: &TableRow<'_>,
        at: (usize, Period),
        groups: &mut GroupTable,
    ) -> Option<(usize, usize)> {
        self.group_of_value(row.cell(self.place), at, groups)
    }

    fn group_of_value(
        &mut self,
        value: &str,
        at: (usize, Period),
        groups: &mut GroupTable,
    ) -> Option<(usize, usize)> {
        if value.is_empty()
            || self.overflows
            || (self.has_totals() && self.totals.contains(&fold_text(value)))
        {
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
            *slot = groups.push_group(CountGroup { period, segment }, None) + 1;
        }
        Some((of_value + 1, *slot - 1))
    }

    /// Adds the groups of other rows.
    pub(super) fn merge(&mut self, other: &Self, groups: &mut GroupTable, merge: &mut GroupMerge<'_>) {
        self.overflows |= other.overflows;
        for periods in &other.groups {
            for (place, number) in periods.iter().enumerate() {
                let Some(index) = number.checked_sub(1) else { continue };
                let Some(at) = merge.period_of(index, place) else { continue };
                let value = merge.theirs.all.get(index).map_or("", |group| group.segment.value.as_str());
                if let Some((_, own)) = self.group_of_value(value, at, groups) {
                    merge.set_group(index, own);
                }
            }
        }
    }
}

/// A column of multiple choices per cell, each a group.
pub(super) struct ChoicesColumn {
    pub(super) segment: SegmentColumn,
    list: ChoiceList,
}

impl ChoicesColumn {
    pub(super) fn new(found: &FoundColumn<'_>) -> Self {
        Self { segment: SegmentColumn::new(found), list: ChoiceList::from_rule(found.column_rule()) }
    }

    /// Adds the groups of a row's choices to `row_groups`.
    pub(super) fn find_groups(
        &mut self,
        row: &TableRow<'_>,
        at: (usize, Period),
        groups: &mut GroupTable,
        row_groups: &mut Vec<usize>,
    ) {
        let cell = row.cell(self.segment.place);
        for choice in self.list.split_cell(cell) {
            let found = self.segment.group_of_value(choice, at, groups).map(|(_, group)| group);
            row_groups.extend(found.filter(|group| !row_groups.contains(group)));
        }
    }
}

/// Two columns of segments whose groups are crossed.
pub(super) struct Crossing {
    /// The two, by their indices among the segment columns.
    pub(super) of: (usize, usize),
    pub(super) column: String,
    /// The crossing's group for each pair of groups.
    known: FastMap<(usize, usize), usize>,
    values: BTreeSet<String>,
    pub(super) overflows: bool,
}

impl Crossing {
    /// Creates the crossing of two of the segment columns.
    pub(super) fn new(of: (usize, usize), segments: &[SegmentColumn]) -> Self {
        let segment = |index: usize| {
            let column = segments.get(index).map(|segment| segment.column.clone()).unwrap_or_default();
            Segment { column, value: String::new() }
        };
        let column = segment(of.0).cross_with(&segment(of.1)).column;
        Self { of, column, known: FastMap::default(), values: BTreeSet::new(), overflows: false }
    }

    /// Returns the crossing's group of a row; `None` if the row lacks one of the two groups.
    pub(super) fn find_group(&mut self, found: &[Option<usize>], groups: &mut GroupTable) -> Option<usize> {
        let pair = (found.get(self.of.0).copied()??, found.get(self.of.1).copied()??);
        self.group_of_pair(pair, groups)
    }

    fn group_of_pair(&mut self, pair: (usize, usize), groups: &mut GroupTable) -> Option<usize> {
        if let Some(known) = self.known.get(&pair) {
            return Some(*known);
        }
        let a = groups.all.get(pair.0)?;
        let b = groups.all.get(pair.1)?;
        let group = CountGroup { period: a.period, segment: a.segment.cross_with(&b.segment) };
        self.values.insert(group.segment.value.clone());
        self.overflows |= self.values.len() > GROUPS || groups.all.len() >= ALL_GROUPS;
        if self.overflows {
            return None;
        }
        let crossed = groups.push_group(group, Some(pair));
        self.known.insert(pair, crossed);
        Some(crossed)
    }

    /// Adds the groups of other rows, once the groups of its two columns are merged.
    pub(super) fn merge(&mut self, other: &Self, groups: &mut GroupTable, merge: &mut GroupMerge<'_>) {
        self.overflows |= other.overflows;
        for (index, pair) in merge.theirs.crossed.iter().enumerate() {
            let Some(pair) = pair.filter(|pair| other.known.get(pair) == Some(&index)) else { continue };
            let find_own = |group: usize| merge.groups.get(group).copied().flatten();
            let Some(pair) = find_own(pair.0).zip(find_own(pair.1)) else { continue };
            if let Some(own) = self.group_of_pair(pair, groups) {
                merge.set_group(index, own);
            }
        }
    }
}

/// The most combinations of groups whose rows are counted together, with one or two counters.
const COMBINATIONS: usize = 8192;
/// The most segment columns with combinations: the key of more does not fit into 64 bits.
const COLUMNS: usize = 6;

/// Combinations of the groups of all segment columns: rows with the same groups are counted once, and added
/// to each group at the end.
pub(super) struct Combinations {
    known: FastMap<u64, usize>,
    /// For each combination, its groups.
    pub(super) groups: Vec<Vec<usize>>,
    /// The most combinations.
    most: usize,
}

impl Combinations {
    /// Creates the combinations of `columns` segment columns; `None` if counting by group is as fast.
    pub(super) fn new(columns: usize) -> Option<Self> {
        (2..=COLUMNS).contains(&columns).then(|| Self {
            known: FastMap::default(),
            groups: Vec::new(),
            most: COMBINATIONS,
        })
    }

    /// Limits memory so that `counters` counters need no more than two.
    pub(super) fn share_memory(&mut self, counters: usize) {
        self.most = COMBINATIONS * 2 / counters.max(2);
    }

    /// Finds the combination with this key.
    pub(super) fn get(&self, key: u64) -> Option<usize> {
        self.known.get(&key).copied()
    }

    /// Adds a combination of a row's groups; `None` beyond the limit. `key` must be unique for the groups.
    pub(super) fn insert(&mut self, key: u64, groups: &[usize]) -> Option<usize> {
        let next = self.groups.len();
        (next < self.most).then(|| {
            self.known.insert(key, next);
            self.groups.push(groups.to_vec());
            next
        })
    }
}
