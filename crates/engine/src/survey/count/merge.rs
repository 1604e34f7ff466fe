//! Merges the counts of parts of a table into those of the whole, as if one counter had seen all rows.
//!
//! Sums, and the first lines of rejections, do not depend on the order of rows. Limits do: which values come
//! first decides what is left out. A counter that reached a limit, alone or merged, reports it, and its
//! counts must not be used.

use super::counter::Counter;
use super::respondents::RespondentColumn;
use super::segments::GroupMerge;

impl Counter {
    /// True if the counts depend on the order of rows, so that parts can't be counted separately.
    pub(super) fn depends_on_order(&self) -> bool {
        self.distinct_rows.is_some()
            || self.respondents.as_ref().is_some_and(RespondentColumn::depends_on_order)
    }

    /// True if a limit was reached beyond which the counts depend on the order of rows.
    pub(super) fn has_reached_limit(&self) -> bool {
        let mut columns = self.segments.iter().chain(self.choices.iter().map(|choices| &choices.segment));
        columns.any(|column| column.overflows)
            || self.crossings.iter().any(|crossing| crossing.overflows)
            || self.questions.iter().any(|question| question.overflows)
            || self.groups.is_over_limit()
    }

    /// Limits memory so that `counters` counters can be used at once.
    pub(super) fn share_memory(&mut self, counters: usize) {
        if let Some(combinations) = &mut self.combinations {
            combinations.share_memory(counters);
        }
    }

    /// Hashes the ids of respondents as another counter does; must be called before rows are added.
    pub(super) fn share_hasher(&mut self, other: &Self) {
        if let Some((own, theirs)) = self.respondents.as_mut().zip(other.respondents.as_ref()) {
            own.share_hasher(theirs);
        }
    }

    /// Brings the counts into the form required by [`Self::merge`].
    pub(super) fn prepare_merge(&mut self) {
        self.merge_combinations();
        self.respondents.iter_mut().for_each(RespondentColumn::compact_ids);
    }

    /// Adds the counts of other rows of the same table under the same mapping; both are prepared.
    pub(super) fn merge(&mut self, other: Self) {
        let periods = match (&mut self.dates, &other.dates) {
            (Some(own), Some(theirs)) => own.merge(theirs),
            _ => vec![0],
        };
        let groups = self.merge_groups(&other, &periods);
        for (own, theirs) in self.questions.iter_mut().zip(&other.questions) {
            own.merge(theirs, &groups);
        }
        for (own, theirs) in self.pairs.iter_mut().zip(other.pairs) {
            own.merge(theirs, &periods);
        }
        if let Some((own, theirs)) = self.respondents.as_mut().zip(other.respondents) {
            own.merge(theirs);
        }
        self.rejections.merge(other.rejections);
        for (index, rows) in &other.left_out {
            self.left_out.entry(*index).or_default().merge(rows);
        }
        self.rows += other.rows;
    }

    /// Adds the groups of another counter. Maps each of its groups to the index in this one.
    fn merge_groups(&mut self, other: &Self, periods: &[usize]) -> Vec<Option<usize>> {
        let mut merge = GroupMerge::new(&other.groups, periods);
        self.groups.merge_everyone(&mut merge);
        let choices = self.choices.iter_mut().map(|choices| &mut choices.segment);
        let columns = self.segments.iter_mut().chain(choices);
        let others = other.segments.iter().chain(other.choices.iter().map(|choices| &choices.segment));
        for (own, theirs) in columns.zip(others) {
            own.merge(theirs, &mut self.groups, &mut merge);
        }
        for (own, theirs) in self.crossings.iter_mut().zip(&other.crossings) {
            own.merge(theirs, &mut self.groups, &mut merge);
        }
        merge.groups
    }
}
