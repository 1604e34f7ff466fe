//! Drawing a flow from the edge of a card or stage to another.

use super::{Ground, Guide, Outcome};
use crate::canvas::selection::body;
use crate::edit::command;
use crate::id::Id;
use crate::scene::{Part, Placed, Pt};

/// The distance around a card within which the pointer hits it, in points of the page.
const REACH: f32 = 10.0;

/// Returns the outcome of releasing a flow at a point.
pub(super) fn over(ground: &Ground, from: Id, pointer: Pt) -> Outcome {
    let end = |item: &&Placed| {
        matches!(item.block.part, Part::Card | Part::StageHeader)
            && item.block.element.is_some_and(|id| id != from && id.kind() == from.kind())
            && body(item).grow(REACH).contains(pointer)
    };
    let Some(item) = ground.scene.items.iter().rev().find(end) else { return Outcome::default() };
    let mut source = ground.source.clone();
    let made = item.block.element.and_then(|to| command::connect(&ground.project, from, to, &mut source));
    let transaction = made.map(|(transaction, _)| transaction).unwrap_or_default();
    Outcome { transaction, guide: Some(Guide::Around(body(item))) }
}
