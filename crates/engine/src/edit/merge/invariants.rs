//! Invariants of a project as a whole that may break although each record merged well.

use super::restore::restore_record;
use super::{Mix, RecordIndex};
use crate::id::{Id, JourneyId, Kind};
use crate::model::check::{Problem, problems_of};
use crate::model::{Lane, Project, Record};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Restores the first lane of cards if each side deleted some and together they deleted all.
pub(super) fn card_lanes(mix: &mut Mix<'_>) {
    let of = |record: &Record| card_lane(record).map(|lane| lane.journey);
    let journeys: BTreeSet<JourneyId> = mix.gone.values().filter_map(|gone| of(&gone.record)).collect();
    for journey in journeys {
        let stands = |id: &Id| mix.get(*id).and_then(card_lane).is_some_and(|lane| lane.journey == journey);
        let sides = [mix.ours(), mix.theirs()].map(|side| card_lanes_in(side, journey));
        let had = sides.iter().all(|lanes| !lanes.is_empty());
        if !had
            || mix.get(journey.into()).is_none()
            || sides.iter().flatten().any(|lane| stands(&lane.id.into()))
        {
            continue;
        }
        let first = sides.iter().flatten().min_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
        if let Some(first) = first.map(|lane| Id::from(lane.id)) {
            restore_record(mix, first, &mut Vec::new());
        }
    }
}

fn card_lane(record: &Record) -> Option<&Arc<Lane>> {
    if let Record::Lane(lane) = record { Some(lane).filter(|lane| lane.kind.holds_cards()) } else { None }
}

/// Returns problems near the changed records that the merged version has and neither side had.
pub(super) fn find_new_problems(
    merged: &Project,
    sides: [&Project; 2],
    touched: &BTreeSet<Id>,
) -> impl Iterator<Item = Problem> + use<> {
    let near = with_ends(sides, touched);
    let known: Vec<Problem> = sides.iter().flat_map(|side| problems_of(side, &near)).collect();
    let is_new = move |problem: &Problem| {
        let same = |other: &Problem| {
            (other.code, other.element, other.field) == (problem.code, problem.element, problem.field)
        };
        !known.iter().any(same)
    };
    problems_of(merged, &near).into_iter().filter(is_new)
}

/// Returns these records with others whose state they may affect: cards that flows leave, notes whose links
/// were removed, journeys that lost lanes.
fn with_ends(sides: [&Project; 2], touched: &BTreeSet<Id>) -> BTreeSet<Id> {
    let end = |record: Record| match record {
        Record::Flow(flow) => Some(flow.from),
        Record::About(about) => Some(about.from),
        Record::Lane(lane) => Some(lane.journey.into()),
        Record::Touchpoint(card) => Some(card.journey.into()),
        _ => None,
    };
    let records = touched.iter().flat_map(|id| sides.map(|side| side.record(*id)));
    let ends = records.flatten().filter_map(end);
    ends.chain(touched.iter().copied()).collect()
}

fn card_lanes_in(side: &RecordIndex, journey: JourneyId) -> Vec<Arc<Lane>> {
    let own = side.records_of(Kind::Lane).filter_map(card_lane);
    own.filter(|lane| lane.journey == journey).cloned().collect()
}
