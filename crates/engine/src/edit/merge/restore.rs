//! Restores records that one side deleted and the other side's edits need.

use super::{Conflict, Deletion, Edited, MergeSide, Mix};
use crate::id::{Id, Kind};
use crate::model::counts::Counts;
use crate::model::{Record, home_journey};
use std::collections::{BTreeMap, BTreeSet};

/// Restores each record that the other side's edits refer to, and the links deleted with restored records.
pub(super) fn bring_back(mix: &mut Mix<'_>) {
    if mix.gone.is_empty() {
        return;
    }
    let links = links_by_end(mix);
    let beaten: BTreeSet<Id> = mix.conflicts.iter().filter_map(deletion_beaten_by_edit).collect();
    let mut open: Vec<Id> = mix.edited.keys().copied().collect();
    let mut again: Vec<Id> = beaten.iter().copied().collect();
    loop {
        while let Some(id) = open.pop() {
            for target in mix.get(id).map(referenced_ids).unwrap_or_default() {
                if is_still_needed(mix, id, target) {
                    restore_record(mix, target, &mut open);
                    again.push(target);
                }
            }
        }
        let Some(id) = again.pop() else { return };
        for link in links.get(&id).into_iter().flatten() {
            if is_due(mix, *link, id, beaten.contains(&id)) {
                restore_record(mix, *link, &mut open);
            }
        }
    }
}

fn deletion_beaten_by_edit(conflict: &Conflict) -> Option<Id> {
    if let Conflict::EditBeatsDelete(id) = conflict { Some(*id) } else { None }
}

/// Returns true if the side that did not delete the target changed the record that refers to it.
fn is_still_needed(mix: &Mix<'_>, id: Id, target: Id) -> bool {
    let Some(gone) = mix.gone.get(&target) else { return false };
    let edited = mix.edited.get(&id).copied().unwrap_or_default();
    edited.is_edited_by(other_side(gone.by))
}

fn other_side(side: MergeSide) -> MergeSide {
    match side {
        MergeSide::Ours => MergeSide::Theirs,
        MergeSide::Theirs => MergeSide::Ours,
    }
}

/// Restores a deleted record; a journey is restored with its lanes, or its cards could not be seen.
pub(super) fn restore_record(mix: &mut Mix<'_>, id: Id, open: &mut Vec<Id>) {
    let Some(Deletion { record, by }) = mix.gone.remove(&id) else { return };
    mix.conflicts.push(Conflict::BroughtBack(id));
    mix.edited.insert(id, Edited { ours: by == MergeSide::Theirs, theirs: by == MergeSide::Ours });
    mix.changed.insert(id, Some(record));
    open.push(id);
    if id.kind() == Kind::Journey {
        let inside = |gone: &Deletion| home_journey(&gone.record).map(Id::from) == Some(id);
        let lanes = mix.gone.iter().filter(|(lane, gone)| lane.kind() == Kind::Lane && inside(gone));
        let lanes: Vec<Id> = lanes.map(|(lane, _)| *lane).collect();
        for lane in lanes {
            restore_record(mix, lane, open);
        }
    }
}

/// Maps each end of the deleted links to these links.
fn links_by_end(mix: &Mix<'_>) -> BTreeMap<Id, Vec<Id>> {
    let mut links: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (id, gone) in &mix.gone {
        for end in link_ends(&gone.record).into_iter().flatten() {
            links.entry(end).or_default().push(*id);
        }
    }
    links
}

/// Returns the ids at which a link starts and ends.
fn link_ends(record: &Record) -> Option<[Id; 2]> {
    match record {
        Record::Flow(flow) => Some([flow.from, flow.to]),
        Record::About(about) => Some([about.from, about.to]),
        Record::Answer(answer) => Some([answer.from.into(), answer.to]),
        _ => None,
    }
}

/// Returns true if a deleted link must be restored after one of its ends was: if the other end exists too, or
/// if the link attaches an edited note to its target, without which the note could not be seen.
fn is_due(mix: &Mix<'_>, link: Id, id: Id, is_edited: bool) -> bool {
    let Some([from, to]) = mix.gone.get(&link).and_then(|gone| link_ends(&gone.record)) else { return false };
    let speaks = is_edited && from == id && matches!(id.kind(), Kind::Insight | Kind::Improvement);
    speaks || (mix.get(from).is_some() && mix.get(to).is_some())
}

/// Returns the ids in a record's fields, including those in an import's counts.
pub fn referenced_ids(record: &Record) -> Vec<Id> {
    let mut ids: Vec<Id> = match record {
        Record::Batch(batch) => counted_ids(&batch.counts),
        _ => Vec::new(),
    };
    ids.extend(record.reference_fields().flat_map(|(_, ids)| ids));
    ids.dedup();
    ids
}

/// Returns the questions and waves that an import's counts name.
fn counted_ids(counts: &Counts) -> Vec<Id> {
    let keys = counts.histograms.keys().map(|key| (key.question, key.wave));
    let pairs = counts.pairs.iter().flat_map(|((outcome, wave), pairs)| {
        let drivers = pairs.drivers.iter().map(|driver| (*driver, *wave));
        std::iter::once((*outcome, *wave)).chain(drivers)
    });
    let named: BTreeSet<_> = keys.chain(pairs).collect();
    named.into_iter().flat_map(|(question, wave)| [question.into(), wave.into()]).collect()
}
