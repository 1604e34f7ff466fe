//! The step after typing: Enter to the next element, Shift+Enter beside, Tab to the next stage, Down into a
//! stage.

use super::cells::neighbour;
use super::draft::{Draft, What};
use crate::canvas::selection::Way;
use crate::edit::command::{Slot, first_touchpoint};
use crate::id::{Id, JourneyId, Kind, StageId, TouchpointId};
use crate::model::{Journey, Project};

/// The way in which typing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::canvas) enum End {
    /// With Enter.
    Enter,
    /// With Shift and Enter.
    ShiftEnter,
    /// With Tab.
    Tab,
    /// With Shift and Tab.
    ShiftTab,
    /// With an arrow key.
    Toward(Way),
    /// By a click or focus elsewhere.
    Left,
    /// With Escape: the text is kept, and no further field opens.
    Escape,
}

/// The step after typing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::canvas) enum Next {
    /// Opens a field for something else.
    Type(What),
    /// Selects an element.
    Select(Id),
    /// Selects nothing.
    Deselect,
}

/// Returns the step after typing `draft` ended, given the document with its change; `done` is the typed
/// element.
pub(in crate::canvas) fn after(
    draft: &Draft,
    end: End,
    project: &Project,
    journey: JourneyId,
    done: Option<Id>,
) -> Option<Next> {
    let journey = project.journey(journey)?;
    let stay = done.map(Next::Select);
    if let What::Cell(lane, at) = draft.what {
        let way = match end {
            End::Enter | End::Tab => Way::Right,
            End::ShiftTab => Way::Left,
            End::Toward(way) => way,
            _ => return stay,
        };
        return neighbour(journey, (lane, at), way).map(Next::Type).or(stay);
    }
    // Leaving an empty new field opens no other one: that ends a series.
    let Some(id) = done else { return leave(draft, end, journey) };
    let follow = match (end, id.kind()) {
        // The insight's subject is selected again, so that the next insight is about it too. An opportunity
        // or solution is itself selected after Enter: it gets its state and owner next. Escape selects the
        // subject, if there is one.
        (End::Enter, Kind::Insight) => subject(draft).map(Next::Select),
        (End::Escape, Kind::Insight | Kind::Improvement) if draft.is_new() => {
            Some(subject(draft).map_or(Next::Deselect, Next::Select))
        }
        (End::Enter, Kind::Stage) => draft.is_new().then_some(What::Stage(id.to())).map(Next::Type),
        (End::Enter, Kind::Touchpoint) if draft.is_new() => card(id, Slot::After),
        (End::ShiftEnter, Kind::Touchpoint) => card(id, Slot::Beside),
        (End::ShiftEnter | End::Toward(_), Kind::Stage) => id.to().map(|stage| into_stage(journey, stage)),
        (End::Tab, Kind::Touchpoint) => Some(beside_stage(journey, stage_of(journey, id)?, 1)),
        (End::ShiftTab, Kind::Touchpoint) => Some(beside_stage(journey, stage_of(journey, id)?, -1)),
        (End::Tab, Kind::Stage) => id.to().map(|stage| into_stage(journey, stage)),
        _ => None,
    };
    follow.or(stay)
}

/// Returns the step after an empty field.
fn leave(draft: &Draft, end: End, journey: &Journey) -> Option<Next> {
    match (end, draft.what) {
        (End::Tab | End::ShiftTab, What::Touchpoint(slot)) => {
            let by = if end == End::Tab { 1 } else { -1 };
            Some(beside_stage(journey, slot_stage(journey, slot)?, by))
        }
        (End::Toward(_) | End::Tab, What::Stage(Some(before))) => Some(into_stage(journey, before)),
        (_, What::Stage(Some(before))) => Some(Next::Select(before.into())),
        (_, What::Touchpoint(Slot::After(card) | Slot::Beside(card))) => Some(Next::Select(card.into())),
        (_, What::Touchpoint(slot)) => Some(Next::Select(slot_stage(journey, slot)?.into())),
        (_, What::Insight(_, about) | What::Improvement(_, about)) => about.map(Next::Select),
        (_, What::Name(id)) => Some(Next::Select(id)),
        (_, What::Stage(None) | What::Cell(..)) => None,
    }
}

/// Returns the element that a new insight or improvement is about.
fn subject(draft: &Draft) -> Option<Id> {
    match draft.what {
        What::Insight(_, about) | What::Improvement(_, about) => about,
        _ => None,
    }
}

fn card(id: Id, slot: fn(TouchpointId) -> Slot) -> Option<Next> {
    id.to().map(|card| Next::Type(What::Touchpoint(slot(card))))
}

/// Enters a stage: selects its first touchpoint, or opens a field for one.
pub(in crate::canvas) fn into_stage(journey: &Journey, stage: StageId) -> Next {
    let first = first_touchpoint(journey, stage).map(|card| Next::Select(card.into()));
    first.unwrap_or(Next::Type(What::Touchpoint(Slot::EndOf(stage))))
}

/// Returns a new touchpoint at the end of the stage `by` places further; after the last stage, a new stage.
fn beside_stage(journey: &Journey, stage: StageId, by: isize) -> Next {
    let stages = journey.stages_in_order();
    let place = stages.iter().position(|other| other.id == stage);
    let other = place.and_then(|place| place.checked_add_signed(by)).and_then(|place| stages.get(place));
    Next::Type(match other {
        Some(other) => What::Touchpoint(Slot::EndOf(other.id)),
        None if by > 0 => What::Stage(Some(stage)),
        None => What::Touchpoint(Slot::EndOf(stage)),
    })
}

fn stage_of(journey: &Journey, card: Id) -> Option<StageId> {
    let card = journey.touchpoints().get(&card.to()?)?;
    Some(journey.steps().get(&card.step)?.stage)
}

fn slot_stage(journey: &Journey, slot: Slot) -> Option<StageId> {
    match slot {
        Slot::EndOf(stage) => Some(stage),
        Slot::At(place) | Slot::Apart(place) => Some(place.stage),
        Slot::After(card) | Slot::Beside(card) => stage_of(journey, card.into()),
    }
}
