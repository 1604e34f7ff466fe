//! The step after typing: Enter to the next element, Shift+Enter beside, Tab to the next stage, Down into a
//! stage.

use super::cells::neighbouring_cell;
use super::draft::{EditTarget, TextDraft};
use crate::canvas::selection::ArrowDirection;
use engine::edit::command::{Slot, first_touchpoint};
use engine::id::{Id, JourneyId, Kind, StageId, TouchpointId};
use engine::model::{Journey, Project};

/// The way in which typing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::canvas) enum EditEnd {
    /// With Enter.
    Enter,
    /// With Shift and Enter.
    ShiftEnter,
    /// With Tab.
    Tab,
    /// With Shift and Tab.
    ShiftTab,
    /// With an arrow key.
    Toward(ArrowDirection),
    /// By a click or focus elsewhere.
    Left,
    /// With Escape: the text is kept, and no further field opens.
    Escape,
}

/// The step after typing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::canvas) enum NextEdit {
    /// Opens a field for something else.
    Type(EditTarget),
    /// Selects an element.
    Select(Id),
    /// Selects nothing.
    Deselect,
}

/// Returns the step after typing `draft` ended, given the document with its change; `done` is the typed
/// element.
pub(in crate::canvas) fn next_edit(
    draft: &TextDraft,
    end: EditEnd,
    project: &Project,
    journey: JourneyId,
    done: Option<Id>,
) -> Option<NextEdit> {
    let journey = project.journey(journey)?;
    let stay = done.map(NextEdit::Select);
    if let EditTarget::Cell(lane, at) = draft.what {
        let way = match end {
            EditEnd::Enter | EditEnd::Tab => ArrowDirection::Right,
            EditEnd::ShiftTab => ArrowDirection::Left,
            EditEnd::Toward(way) => way,
            _ => return stay,
        };
        return neighbouring_cell(journey, (lane, at), way).map(NextEdit::Type).or(stay);
    }
    // Leaving an empty new field opens no other one: that ends a series.
    let Some(id) = done else { return next_after_empty(draft, end, journey) };
    let follow = match (end, id.kind()) {
        // The insight's subject is selected again, so that the next insight is about it too. An opportunity
        // or solution is itself selected after Enter: it gets its state and owner next. Escape selects the
        // subject, if there is one.
        (EditEnd::Enter, Kind::Insight) => subject_of(draft).map(NextEdit::Select),
        (EditEnd::Escape, Kind::Insight | Kind::Improvement) if draft.is_new() => {
            Some(subject_of(draft).map_or(NextEdit::Deselect, NextEdit::Select))
        }
        (EditEnd::Enter, Kind::Stage) => {
            draft.is_new().then_some(EditTarget::Stage(id.to_typed())).map(NextEdit::Type)
        }
        (EditEnd::Enter, Kind::Touchpoint) if draft.is_new() => next_touchpoint(id, Slot::After),
        (EditEnd::ShiftEnter, Kind::Touchpoint) => next_touchpoint(id, Slot::Beside),
        (EditEnd::ShiftEnter | EditEnd::Toward(_), Kind::Stage) => {
            id.to_typed().map(|stage| into_stage(journey, stage))
        }
        (EditEnd::Tab, Kind::Touchpoint) => Some(beside_stage(journey, stage_of(journey, id)?, 1)),
        (EditEnd::ShiftTab, Kind::Touchpoint) => Some(beside_stage(journey, stage_of(journey, id)?, -1)),
        (EditEnd::Tab, Kind::Stage) => id.to_typed().map(|stage| into_stage(journey, stage)),
        _ => None,
    };
    follow.or(stay)
}

/// Returns the step after an empty field.
fn next_after_empty(draft: &TextDraft, end: EditEnd, journey: &Journey) -> Option<NextEdit> {
    match (end, draft.what) {
        (EditEnd::Tab | EditEnd::ShiftTab, EditTarget::Touchpoint(slot)) => {
            let by = if end == EditEnd::Tab { 1 } else { -1 };
            Some(beside_stage(journey, slot_stage(journey, slot)?, by))
        }
        (EditEnd::Toward(_) | EditEnd::Tab, EditTarget::Stage(Some(before))) => {
            Some(into_stage(journey, before))
        }
        (_, EditTarget::Stage(Some(before))) => Some(NextEdit::Select(before.into())),
        (_, EditTarget::Touchpoint(Slot::After(card) | Slot::Beside(card))) => {
            Some(NextEdit::Select(card.into()))
        }
        (_, EditTarget::Touchpoint(slot)) => Some(NextEdit::Select(slot_stage(journey, slot)?.into())),
        (_, EditTarget::Insight(_, about) | EditTarget::Improvement(_, about)) => about.map(NextEdit::Select),
        (_, EditTarget::Name(id)) => Some(NextEdit::Select(id)),
        (_, EditTarget::Stage(None) | EditTarget::Cell(..)) => None,
    }
}

/// Returns the element that a new insight or improvement is about.
fn subject_of(draft: &TextDraft) -> Option<Id> {
    match draft.what {
        EditTarget::Insight(_, about) | EditTarget::Improvement(_, about) => about,
        _ => None,
    }
}

fn next_touchpoint(id: Id, slot: fn(TouchpointId) -> Slot) -> Option<NextEdit> {
    id.to_typed().map(|card| NextEdit::Type(EditTarget::Touchpoint(slot(card))))
}

/// Enters a stage: selects its first touchpoint, or opens a field for one.
pub(in crate::canvas) fn into_stage(journey: &Journey, stage: StageId) -> NextEdit {
    let first = first_touchpoint(journey, stage).map(|card| NextEdit::Select(card.into()));
    first.unwrap_or(NextEdit::Type(EditTarget::Touchpoint(Slot::EndOf(stage))))
}

/// Returns a new touchpoint at the end of the stage `by` places further; after the last stage, a new stage.
fn beside_stage(journey: &Journey, stage: StageId, by: isize) -> NextEdit {
    let stages = journey.stages_in_order();
    let place = stages.iter().position(|other| other.id == stage);
    let other = place.and_then(|place| place.checked_add_signed(by)).and_then(|place| stages.get(place));
    NextEdit::Type(match other {
        Some(other) => EditTarget::Touchpoint(Slot::EndOf(other.id)),
        None if by > 0 => EditTarget::Stage(Some(stage)),
        None => EditTarget::Touchpoint(Slot::EndOf(stage)),
    })
}

fn stage_of(journey: &Journey, card: Id) -> Option<StageId> {
    let card = journey.touchpoints().get(&card.to_typed()?)?;
    Some(journey.steps().get(&card.step)?.stage)
}

fn slot_stage(journey: &Journey, slot: Slot) -> Option<StageId> {
    match slot {
        Slot::EndOf(stage) => Some(stage),
        Slot::At(place) | Slot::Apart(place) => Some(place.stage),
        Slot::After(card) | Slot::Beside(card) => stage_of(journey, card.into()),
    }
}
