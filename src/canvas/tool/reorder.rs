//! Dragging a stage among the stages, or a lane among the lanes.

use super::{Ground, Guide, Outcome};
use crate::edit::command;
use crate::id::{Id, LaneId, StageId};
use crate::scene::{Pt, pt};

/// The extent of the mark between stages beyond their headers.
const REACH: f32 = 8.0;

/// Returns the outcome of dropping a stage at a point.
pub(super) fn stage(ground: &Ground, stage: StageId, pointer: Pt) -> Outcome {
    let stages = &ground.scene.grid.stages;
    let before = stages.iter().find(|other| pointer.x < f32::midpoint(other.span.0, other.span.1));
    let x = before
        .map_or_else(|| stages.last().map(|last| last.span.1 + REACH), |next| Some(next.span.0 - REACH));
    let guide = x
        .zip(stages.first())
        .map(|(x, first)| Guide::Line(pt(x, first.header.min.y - REACH), pt(x, ground.scene.size.y - REACH)));
    let transaction = reordered(ground, stage.into(), before.map(|other| other.stage.into()));
    Outcome { transaction, guide }
}

/// Returns the outcome of dropping a lane at a point.
pub(super) fn lane(ground: &Ground, lane: LaneId, pointer: Pt) -> Outcome {
    let lanes = &ground.scene.grid.lanes;
    let before = lanes.iter().find(|other| pointer.y < other.rect.center().y);
    let y = before.map_or_else(
        || lanes.last().map(|last| last.rect.max.y + REACH),
        |next| Some(next.rect.min.y - REACH),
    );
    let guide =
        y.zip(lanes.first()).map(|(y, first)| Guide::Line(pt(first.rect.min.x, y), pt(first.rect.max.x, y)));
    let transaction = reordered(ground, lane.into(), before.map(|other| other.lane.into()));
    Outcome { transaction, guide }
}

fn reordered(ground: &Ground, id: Id, before: Option<Id>) -> crate::edit::Transaction {
    let mut source = ground.source.clone();
    command::reorder(&ground.project, id, before, &mut source)
}
