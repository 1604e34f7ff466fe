//! Drawing a flow from the edge of a card or stage to another.

use super::{GestureOutcome, GestureStart, Guide};
use crate::canvas::selection::body_rect;
use engine::edit::command;
use engine::id::Id;
use engine::scene::{Placed, Pt, ScenePart};

/// The distance around a card within which the pointer hits it, in points of the page.
const REACH: f32 = 10.0;

/// Returns the outcome of releasing a flow at a point.
pub(super) fn drop_flow(ground: &GestureStart, from: Id, pointer: Pt) -> GestureOutcome {
    let end = |item: &&Placed| {
        matches!(item.block.part, ScenePart::Card | ScenePart::StageHeader)
            && item.block.element.is_some_and(|id| id != from && id.kind() == from.kind())
            && body_rect(item).grow_by(REACH).contains(pointer)
    };
    let Some(item) = ground.scene.items.iter().rev().find(end) else { return GestureOutcome::default() };
    let mut source = ground.source.clone();
    let made = item.block.element.and_then(|to| command::add_flow(&ground.project, from, to, &mut source));
    let transaction = made.map(|(transaction, _)| transaction).unwrap_or_default();
    GestureOutcome { transaction, guide: Some(Guide::Around(body_rect(item))) }
}
