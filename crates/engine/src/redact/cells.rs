//! Removes groups of few answers so that none can be computed by subtraction.
//!
//! A cell is the histogram of one question, wave and group. Cells also reveal their sums and differences. A
//! reader may know who belongs where: that a city is in a region, that nobody chose two answers. So:
//!
//! - The groups of a segment column and the people in none of them (blank cells) make up everyone. At each
//!   question a column is kept or removed as a whole: it is removed if a group, or the people in none, are
//!   few or gave one answer only. From a wave's only column just these groups are removed, and more, until
//!   the unpublished people together are no longer few.
//! - Each group of a column whose groups overlap is judged against everyone else, like a column of two
//!   groups.
//! - Columns are kept together, the coarsest first, as long as no sum of their groups less others may be of
//!   few; see [`super::combinations`]. Nor may answers that a group gave alone, or not at all, reveal few;
//!   see [`super::bounds`]. Of more than three columns, or more groups than can be tried, the finest are
//!   removed; from a wave with millions of numbers, before all else.
//! - Rows are the same at all questions and can be subtracted across them. So a column is removed from a
//!   whole wave if the rows themselves are few, or leave few.
//! - Where two columns are crossed, a group is also the sum of its crossings. So all crossings are removed,
//!   at all questions, from a wave in which any cell is removed, or in which they reveal few.
//! - Weights are removed, and the sums that drivers are computed from: with small counts they reveal single
//!   people.
//!
//! Answers whose column is removed at a question can't be computed from rows published at another: rows hold
//! valid and missing answers together.
//!
//! **Not covered**: bounds that are wider than one number ("at most six of them"); what a reader knows of
//! single people; people who answered twice under different conditions.

use super::columns::{self, GroupColumn, is_crossing};
use super::crossings;
use super::people::Wave;
use crate::id::{QuestionId, WaveId};
use crate::model::counts::{CountKey, Counts, Histogram, Segment};
use std::collections::{BTreeMap, BTreeSet};

/// The remaining counts of an import, and the list of removed ones.
pub(super) struct Left {
    /// The counts that are kept.
    pub(super) counts: Counts,
    /// The cells that were removed because they hold too few answers.
    pub(super) few: Vec<CountKey>,
    /// The cells that were removed because all of the group gave one answer.
    pub(super) same: Vec<CountKey>,
    /// The cells that were removed so that others can't be computed.
    pub(super) partners: Vec<CountKey>,
    /// The outcomes whose sums for drivers were removed, with their waves.
    pub(super) pairs: Vec<(QuestionId, WaveId)>,
    /// True if weights were removed, or fractions of people.
    pub(super) weights: bool,
    /// The questions to which everyone gave one answer; these are kept.
    pub(super) uniform: Vec<(QuestionId, WaveId)>,
}

/// Returns the counts without cells of fewer than `least` answers. `overlapping` names the columns whose
/// groups overlap.
pub(super) fn without_few(counts: &Counts, overlapping: &BTreeSet<String>, least: u64) -> Left {
    let mut gone = BTreeSet::new();
    for wave in Wave::waves_of_import(counts, least) {
        let columns = GroupColumn::columns_of_wave(&wave, overlapping);
        let groups = columns::groups_to_remove(&wave, &columns);
        let mut go: BTreeSet<CountKey> = groups
            .into_iter()
            .filter_map(|(place, group)| Some(count_key(*wave.questions.get(place)?, wave.id, group)))
            .collect();
        let all = counts.histograms.iter().filter(|(key, _)| key.wave == wave.id);
        let unsearched = all.clone().map(|(key, _)| key).filter(|key| wave.unsearched.contains(&key.segment));
        go.extend(unsearched.cloned());
        let everyone =
            all.clone().filter(|(key, cell)| key.segment.is_everyone() && is_few(&key.segment, cell, least));
        let questions: BTreeSet<QuestionId> = everyone.map(|(key, _)| key.question).collect();
        go.extend(all.clone().map(|(key, _)| key).filter(|key| questions.contains(&key.question)).cloned());
        if !go.is_empty() || crossings::tell_of_few(&wave, &columns) {
            go.extend(all.map(|(key, _)| key).filter(|key| is_crossing(&key.segment)).cloned());
        }
        gone.append(&mut go);
    }
    split_counts(counts, &gone, least)
}

fn count_key(question: QuestionId, wave: WaveId, segment: &Segment) -> CountKey {
    CountKey { question, wave, segment: segment.clone() }
}

/// True if a cell holds answers of too few. A group of many of whom none answered says nothing about any of
/// them; a group known by shares alone can't be proven large enough.
fn is_few(segment: &Segment, cell: &Histogram, least: u64) -> bool {
    if cell.is_of_unknown_n() {
        return !segment.is_everyone();
    }
    let n = cell.n();
    cell.row_count() > 0 && n < least && (n > 0 || cell.row_count() < least)
}

fn split_counts(counts: &Counts, gone: &BTreeSet<CountKey>, least: u64) -> Left {
    let pairs = counts.pairs.keys().copied().collect();
    let counts_left = Counts::default();
    let few = Vec::new();
    let same = Vec::new();
    let partners = Vec::new();
    let uniform = Vec::new();
    let mut left = Left { counts: counts_left, few, same, partners, pairs, weights: false, uniform };
    for (key, cell) in &counts.histograms {
        if gone.contains(key) {
            let list = if is_few(&key.segment, cell, least) {
                &mut left.few
            } else if is_uniform(cell) {
                &mut left.same
            } else {
                &mut left.partners
            };
            list.push(key.clone());
            continue;
        }
        left.weights |= cell.is_weighted() || !cell.parts.is_empty();
        if key.segment.is_everyone() && is_uniform(cell) {
            left.uniform.push((key.question, key.wave));
        }
        let plain = Histogram { weights: BTreeMap::new(), parts: BTreeMap::new(), ..cell.clone() };
        left.counts.histograms.insert(key.clone(), plain);
    }
    left
}

fn is_uniform(cell: &Histogram) -> bool {
    cell.answers.values().chain(cell.shares.values()).filter(|n| **n > 0).count() == 1
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
