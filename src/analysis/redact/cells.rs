//! Groups of few answers, taken out so that none comes back by subtraction.
//!
//! A cell is the histogram of one question, wave and group. What cells tell beside themselves are their sums and
//! differences. A reader may know who lies where: that a city is in a region, that nobody chose two answers. So:
//!
//! - Groups of a segment column, and those in none of them (blank cells), make everyone. At each question a column
//!   stays whole or goes whole: it goes where a group, or those in none, are few. From a wave's only column just the
//!   groups of few go, and more, until those not told are together no longer few.
//! - Of a column whose groups overlap each group is beside all others, and goes where it or they are few, or where it
//!   would leave few, with those that stay, if nobody chose two of them.
//! - Of two columns one goes, that with more groups, where a group of either (or those in none) would leave few once
//!   groups of the other are taken out that may lie in it; see [`super::differences`].
//! - Rows are the same at all questions and can be taken from each other across them. So a column goes from a whole wave
//!   where it is rows that are few, or left so.
//! - Where two columns are crossed, a group is also the sum of the crossings along it. So crossings go whole, at all
//!   questions, from a wave in which any cell goes, or in which they tell of few who are in no group.
//!
//! Answers whose column is gone at a question do not come back by rows told at another: those bear on valid and missing
//! answers together.
//!
//! **Not covered**: differences of groups from three columns or more, or of several groups of each of two; sums of more
//! than twenty groups of a column that everyone is in; bounds ("at most six of them"); people who are in two imports;
//! what a reader knows of single people.

use super::columns::{self, Column, is_crossing};
use super::crossings;
use super::people::Wave;
use crate::id::{QuestionId, WaveId};
use crate::model::counts::{CountKey, Counts, Histogram, Segment};
use std::collections::BTreeSet;

/// What is left of an import's counts, and what was taken out.
pub(super) struct Left {
    /// The counts that stay.
    pub(super) counts: Counts,
    /// The cells that went because they hold too few answers.
    pub(super) few: Vec<CountKey>,
    /// The cells that went so that others do not come back.
    pub(super) partners: Vec<CountKey>,
    /// The outcomes whose sums for drivers went, with their waves.
    pub(super) pairs: Vec<(QuestionId, WaveId)>,
}

/// The counts without cells of fewer than `least` answers; columns of some names have groups that overlap.
pub(super) fn without_few(counts: &Counts, overlapping: &BTreeSet<String>, least: u64) -> Left {
    let mut gone = BTreeSet::new();
    for wave in Wave::all(counts, least) {
        let columns = Column::all(&wave, overlapping);
        let groups = columns::gone(&wave, &columns);
        let mut go: BTreeSet<CountKey> = groups
            .into_iter()
            .filter_map(|(place, group)| Some(key(*wave.questions.get(place)?, wave.id, group)))
            .collect();
        let all = counts.histograms.iter().filter(|(key, _)| key.wave == wave.id);
        let everyone =
            all.clone().filter(|(key, cell)| key.segment.is_everyone() && is_few(&key.segment, cell, least));
        let questions: BTreeSet<QuestionId> = everyone.map(|(key, _)| key.question).collect();
        go.extend(all.clone().map(|(key, _)| key).filter(|key| questions.contains(&key.question)).cloned());
        if !go.is_empty() || crossings::tell_of_few(&wave, &columns) {
            go.extend(all.map(|(key, _)| key).filter(|key| is_crossing(&key.segment)).cloned());
        }
        gone.append(&mut go);
    }
    split(counts, &gone, least)
}

fn key(question: QuestionId, wave: WaveId, segment: &Segment) -> CountKey {
    CountKey { question, wave, segment: segment.clone() }
}

/// Whether a cell holds answers of too few. A group of many of whom none answered says nothing about any of them; of
/// a group whose shares alone are known nobody can tell that it is large enough.
fn is_few(segment: &Segment, cell: &Histogram, least: u64) -> bool {
    if cell.is_of_unknown_n() {
        return !segment.is_everyone();
    }
    let n = cell.n();
    cell.rows() > 0 && n < least && (n > 0 || cell.rows() < least)
}

fn split(counts: &Counts, gone: &BTreeSet<CountKey>, least: u64) -> Left {
    let mut left =
        Left { counts: Counts::default(), few: Vec::new(), partners: Vec::new(), pairs: Vec::new() };
    for (key, cell) in &counts.histograms {
        if !gone.contains(key) {
            left.counts.histograms.insert(key.clone(), cell.clone());
        } else if is_few(&key.segment, cell, least) {
            left.few.push(key.clone());
        } else {
            left.partners.push(key.clone());
        }
    }
    let waves: BTreeSet<WaveId> = gone.iter().map(|key| key.wave).collect();
    for (place, pairs) in &counts.pairs {
        if waves.contains(&place.1) || tells_of_few(counts, *place, least) {
            left.pairs.push(*place);
        } else {
            left.counts.pairs.insert(*place, pairs.clone());
        }
    }
    left
}

/// Whether sums of an outcome and its drivers, or what is left of the answers once they are taken out, are of few.
fn tells_of_few(counts: &Counts, (outcome, wave): (QuestionId, WaveId), least: u64) -> bool {
    let Some(pairs) = counts.pairs.get(&(outcome, wave)) else { return false };
    let n = pairs.moments.n;
    let few = |other: u64| (1..least).contains(&n.abs_diff(other));
    let everyone = |question: &QuestionId| {
        let all = key(*question, wave, &Segment::everyone());
        counts.histograms.get(&all).map(Histogram::n)
    };
    let questions = pairs.drivers.iter().chain([&outcome]);
    let others = counts.pairs.iter().filter(|(place, other)| {
        place.1 == wave && place.0 != outcome && other.drivers.iter().any(|one| pairs.drivers.contains(one))
    });
    few(0) || questions.filter_map(everyone).any(few) || others.map(|(_, other)| other.moments.n).any(few)
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
