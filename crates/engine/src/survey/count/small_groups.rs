//! Groups below the minimum size: small segments are counted together as the others, small choices are
//! dropped.

use super::OTHERS;
use super::segments::GroupTable;
use crate::model::counts::Segment;
use std::collections::{BTreeMap, BTreeSet};

/// A column whose small groups are folded.
#[derive(Debug, Clone)]
pub(super) struct LeastRule {
    pub(super) column: String,
    /// Values with fewer rows than this are folded.
    pub(super) least: u64,
    /// True if a row may have several of its values, so that they can't be counted together.
    pub(super) overlaps: bool,
}

/// The number of rows of each group, one figure for each way to count them: one figure in a table whose rows
/// answer one or all questions, and one per question in an aggregated table, which does not show who answered
/// several. The largest figure counts.
pub(super) type GroupSizes<'a> = BTreeMap<&'a Segment, Vec<u64>>;

/// The result of folding small groups.
#[derive(Debug, Default)]
pub(super) struct Folding {
    /// The fate of each value that is too small.
    fates: BTreeMap<Segment, Fate>,
    pub(super) folded: BTreeMap<String, u64>,
    pub(super) dropped: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Others,
    Dropped,
}

impl Folding {
    /// Decides the fate of all values of columns with a rule.
    pub(super) fn new(rules: &[LeastRule], sizes: &GroupSizes<'_>) -> Self {
        let mut folding = Self::default();
        for rule in rules {
            folding.decide_fates(rule, sizes);
        }
        folding
    }

    fn decide_fates(&mut self, rule: &LeastRule, sizes: &GroupSizes<'_>) {
        let of_column = || sizes.iter().filter(|(segment, _)| segment.column == rule.column);
        let small: Vec<(&Segment, &Vec<u64>)> = of_column()
            .filter(|(_, rows)| largest_count(rows) < rule.least)
            .map(|(segment, rows)| (*segment, rows))
            .collect();
        let values = small.iter().filter(|(_, rows)| largest_count(rows) > 0).count() as u64;
        let mut others = Vec::new();
        for (segment, rows) in of_column() {
            if segment.value == OTHERS || largest_count(rows) < rule.least {
                others.resize(others.len().max(rows.len()), 0);
                others.iter_mut().zip(rows).for_each(|(sum, rows)| *sum += rows);
            }
        }
        let is_dropped = rule.overlaps || largest_count(&others) < rule.least;
        let fate = if is_dropped { Fate::Dropped } else { Fate::Others };
        self.fates.extend(small.iter().map(|(segment, _)| ((*segment).clone(), fate)));
        if values > 0 {
            self.folded.insert(rule.column.clone(), values);
            if is_dropped {
                self.dropped.insert(rule.column.clone());
            }
        }
    }

    /// Returns the segment under which a group is reported; `None` if it is dropped. A crossing is reported
    /// as the crossing of what its two sides became.
    pub(super) fn folded_segment(&self, groups: &GroupTable, group: usize) -> Option<Segment> {
        if let Some((a, b)) = groups.crossed_groups(group) {
            return Some(self.folded_segment(groups, a)?.cross_with(&self.folded_segment(groups, b)?));
        }
        let segment = &groups.all.get(group)?.segment;
        match self.fates.get(segment) {
            None => Some(segment.clone()),
            Some(Fate::Others) => Some(Segment { column: segment.column.clone(), value: OTHERS.to_owned() }),
            Some(Fate::Dropped) => None,
        }
    }
}

fn largest_count(rows: &[u64]) -> u64 {
    rows.iter().copied().max().unwrap_or(0)
}
