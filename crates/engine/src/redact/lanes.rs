//! Removes the elements below the line of visibility.

use super::Copy;
use crate::id::{Id, QuestionId};
use crate::model::Journey;
use crate::model::choice::{LaneKind, Visibility};
use std::collections::BTreeSet;

/// Deletes the lanes below the line of visibility with everything in them, other cards that customers do not
/// see, and the questions about any of these with their answers.
pub(super) fn delete_below_visibility(copy: &mut Copy<'_>) {
    let mut cards = Vec::new();
    let mut lanes = Vec::new();
    for journey in copy.project().journeys().values() {
        let below = lanes_below(journey);
        let unseen = journey.touchpoints().values().filter(|card| {
            card.visibility == Visibility::Back || card.lane.is_some_and(|lane| below.contains(&lane.into()))
        });
        cards.extend(unseen.map(|card| Id::from(card.id)));
        // A picture without a lane is shown in the first one.
        let pictures = journey.pictures().values();
        let first = journey.lanes_in_order().into_iter().find(|lane| lane.kind == LaneKind::Pictures);
        let inside = pictures.filter(|picture| {
            let lane = picture.lane.or(first.map(|lane| lane.id));
            lane.is_some_and(|lane| below.contains(&lane.into()))
        });
        cards.extend(inside.map(|picture| Id::from(picture.id)));
        lanes.extend(below);
    }
    let asked = copy.project().questions().values();
    let unseen = asked.filter(|question| question.target.is_some_and(|target| cards.contains(&target)));
    let questions: BTreeSet<QuestionId> = unseen.map(|question| question.id).collect();
    copy.remove_answers(&questions);
    copy.delete_elements(&questions.into_iter().map(Id::from).collect::<Vec<_>>());
    // Cards first: those of a deleted lane would move to another one.
    copy.delete_elements(&cards);
    copy.delete_elements(&lanes);
}

/// Returns the lanes of the company's unseen work; the texts and pictures below them belong to it.
fn lanes_below(journey: &Journey) -> BTreeSet<Id> {
    let mut below = false;
    let lanes = journey.lanes_in_order().into_iter().filter(|lane| {
        below |= lane.kind == LaneKind::BackStage;
        match lane.kind {
            LaneKind::BackStage | LaneKind::Support => true,
            LaneKind::Text | LaneKind::Pictures => below,
            _ => false,
        }
    });
    lanes.map(|lane| lane.id.into()).collect()
}
