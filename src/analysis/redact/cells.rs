//! Groups of few answers, taken out so that none comes back by subtraction.
//!
//! A cell is the histogram of one question, wave and group. Everyone's histogram is the sum of those of the groups of
//! each segment column, so a cell that is missing alone could be computed. Therefore of each column at least two
//! groups with answers go, which together have at least as many answers as a cell needs, or the whole column. Groups
//! go in one fixed order, by their rows, so that the groups missing at one question are among those missing at the
//! next: rows are the same at all questions, and would tell the size of a group that is missing at one of them only.
//!
//! Where two columns are crossed, a group is also the sum of the crossings along it. So crossings go whole, at all
//! questions, from a wave in which any cell goes; what is left are columns that know nothing of each other.

use crate::id::{QuestionId, WaveId};
use crate::model::counts::{CountKey, Counts, Histogram, Segment};
use std::collections::{BTreeMap, BTreeSet};

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

/// The counts without cells of fewer than `least` answers.
pub(super) fn without_few(counts: &Counts, least: u64) -> Left {
    let mut gone = BTreeSet::new();
    let sizes = sizes(counts);
    for ((question, wave), cells) in by_question(counts) {
        let all = cells.iter().find(|(segment, _)| segment.is_everyone());
        if all.is_some_and(|(segment, all)| is_few(segment, all, least)) {
            gone.extend(cells.iter().map(|(segment, _)| key(question, wave, segment)));
            continue;
        }
        for column in columns(&cells) {
            let column = gone_of_column(column, wave, &sizes, least);
            gone.extend(column.into_iter().map(|segment| key(question, wave, segment)));
        }
    }
    let waves: BTreeSet<WaveId> = gone.iter().map(|key| key.wave).collect();
    let crossed =
        counts.histograms.keys().filter(|key| is_crossing(&key.segment) && waves.contains(&key.wave));
    gone.extend(crossed.cloned());
    split(counts, &gone, least)
}

type Cells<'a> = Vec<(&'a Segment, &'a Histogram)>;

fn key(question: QuestionId, wave: WaveId, segment: &Segment) -> CountKey {
    CountKey { question, wave, segment: segment.clone() }
}

/// Whether a group is where groups of two columns cross: it is a part of both.
fn is_crossing(segment: &Segment) -> bool {
    segment.column.contains(Segment::CROSS)
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

fn by_question(counts: &Counts) -> BTreeMap<(QuestionId, WaveId), Cells<'_>> {
    let mut found: BTreeMap<_, Cells<'_>> = BTreeMap::new();
    for (key, cell) in &counts.histograms {
        found.entry((key.question, key.wave)).or_default().push((&key.segment, cell));
    }
    found
}

/// The cells of each segment column.
fn columns<'a>(cells: &Cells<'a>) -> impl Iterator<Item = Cells<'a>> {
    let mut columns: BTreeMap<&str, Cells<'a>> = BTreeMap::new();
    for (segment, cell) in cells.iter().filter(|(segment, _)| !segment.is_everyone()) {
        columns.entry(&segment.column).or_default().push((segment, cell));
    }
    columns.into_values()
}

/// The rows of each group in each wave.
fn sizes(counts: &Counts) -> BTreeMap<(WaveId, &Segment), u64> {
    let mut sizes = BTreeMap::new();
    for (key, cell) in &counts.histograms {
        let size: &mut u64 = sizes.entry((key.wave, &key.segment)).or_default();
        *size = cell.rows().max(*size);
    }
    sizes
}

/// The groups of a column that go: those of few, and others until they hide in enough.
fn gone_of_column<'a>(
    mut cells: Cells<'a>,
    wave: WaveId,
    sizes: &BTreeMap<(WaveId, &Segment), u64>,
    least: u64,
) -> Vec<&'a Segment> {
    cells.sort_by_key(|(segment, _)| (sizes.get(&(wave, *segment)).copied(), *segment));
    let (mut gone, stay): (Cells<'_>, Cells<'_>) =
        cells.into_iter().partition(|(segment, cell)| is_few(segment, cell, least));
    let mut stay = stay.into_iter();
    let hides = |gone: &Cells<'_>| {
        let answered = gone.iter().map(|(_, cell)| cell.n()).filter(|n| *n > 0);
        let (groups, answers) = answered.fold((0, 0), |(groups, sum), n| (groups + 1, sum + n));
        groups == 0 || (groups > 1 && answers >= least)
    };
    while !hides(&gone) {
        let Some(partner) = stay.next() else { break };
        gone.push(partner);
    }
    gone.into_iter().map(|(segment, _)| segment).collect()
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
