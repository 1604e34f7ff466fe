//! Dragging a stage among the stages, or a lane among the lanes.

use super::{GestureOutcome, GestureStart, Guide};
use engine::edit::command;
use engine::id::{Id, LaneId, StageId};
use engine::scene::{Pt, pt};

/// The extent of the mark between stages beyond their headers.
const REACH: f32 = 8.0;

/// Returns the outcome of dropping a stage at a point.
pub(super) fn drop_stage(ground: &GestureStart, stage: StageId, pointer: Pt) -> GestureOutcome {
    let stages = &ground.scene.grid.stages;
    let before = stages.iter().find(|other| pointer.x < f32::midpoint(other.span.0, other.span.1));
    let x = before
        .map_or_else(|| stages.last().map(|last| last.span.1 + REACH), |next| Some(next.span.0 - REACH));
    let guide = x
        .zip(stages.first())
        .map(|(x, first)| Guide::Line(pt(x, first.header.min.y - REACH), pt(x, ground.scene.size.y - REACH)));
    let transaction = reorder_element(ground, stage.into(), before.map(|other| other.stage.into()));
    GestureOutcome { transaction, guide }
}

/// Returns the outcome of dropping a lane at a point.
pub(super) fn drop_lane(ground: &GestureStart, lane: LaneId, pointer: Pt) -> GestureOutcome {
    let lanes = &ground.scene.grid.lanes;
    let before = lanes.iter().find(|other| pointer.y < other.rect.center().y);
    let y = before.map_or_else(
        || lanes.last().map(|last| last.rect.max.y + REACH),
        |next| Some(next.rect.min.y - REACH),
    );
    let guide =
        y.zip(lanes.first()).map(|(y, first)| Guide::Line(pt(first.rect.min.x, y), pt(first.rect.max.x, y)));
    let transaction = reorder_element(ground, lane.into(), before.map(|other| other.lane.into()));
    GestureOutcome { transaction, guide }
}

fn reorder_element(ground: &GestureStart, id: Id, before: Option<Id>) -> engine::edit::Transaction {
    let mut source = ground.source.clone();
    command::reorder_record(&ground.project, id, before, &mut source)
}
