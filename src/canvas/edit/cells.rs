//! Moves between the cells of text lanes, as in a spreadsheet.

use super::draft::EditTarget;
use crate::canvas::selection::ArrowDirection;
use engine::id::{Id, LaneId};
use engine::model::Journey;

/// Returns the neighbouring cell in a direction; right and left wrap to the next and previous lane.
pub(super) fn neighbouring_cell(
    journey: &Journey,
    (lane, at): (LaneId, Id),
    way: ArrowDirection,
) -> Option<EditTarget> {
    let columns = columns_in_order(journey);
    let lanes: Vec<LaneId> = journey
        .lanes_in_order()
        .into_iter()
        .filter(|l| l.kind.holds_texts() && !l.folded)
        .map(|l| l.id)
        .collect();
    let column = columns.iter().position(|(stage, column)| *column == at || *stage == at)?;
    let row = lanes.iter().position(|own| *own == lane)?;
    // A text under a whole stage is one cell, however many columns it covers.
    let last = if at == columns.get(column)?.0 {
        columns.iter().rposition(|(stage, _)| *stage == at)?
    } else {
        column
    };
    let (row, column) = match way {
        ArrowDirection::Right if last + 1 < columns.len() => (row, last + 1),
        ArrowDirection::Right => (row + 1, 0),
        ArrowDirection::Left if column > 0 => (row, column - 1),
        ArrowDirection::Left => (row.checked_sub(1)?, columns.len() - 1),
        ArrowDirection::Down => (row + 1, column),
        ArrowDirection::Up => (row.checked_sub(1)?, column),
    };
    let (lane, (stage, step)) = (*lanes.get(row)?, *columns.get(column)?);
    Some(EditTarget::Cell(lane, cell_place(journey, lane, stage, step)))
}

/// Returns the id of a cell's column: the stage if one text covers all of it, else the step.
pub(in crate::canvas) fn cell_place(journey: &Journey, lane: LaneId, stage: Id, step: Id) -> Id {
    let is_wide = journey.cells().values().any(|cell| cell.lane == lane && cell.at == stage);
    if is_wide { stage } else { step }
}

/// Returns the columns from left to right, each with its stage: the stage's steps, or the stage itself if it
/// has none.
fn columns_in_order(journey: &Journey) -> Vec<(Id, Id)> {
    let of_stage = |stage: &engine::model::Stage| {
        let id = Id::from(stage.id);
        let steps: Vec<(Id, Id)> =
            journey.steps_of(stage.id).iter().map(|step| (id, step.id.into())).collect();
        if steps.is_empty() { vec![(id, id)] } else { steps }
    };
    journey.stages_in_order().into_iter().flat_map(|stage| of_stage(stage)).collect()
}
