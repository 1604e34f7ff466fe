//! Dragging notes to a new subject, and pictures to another place.

use super::{GestureOutcome, GestureStart, Guide};
use crate::canvas::io::PicturePlace;
use crate::canvas::selection::body_rect;
use engine::edit::command;
use engine::id::{Id, Kind, PictureId};
use engine::model::choice::LaneKind;
use engine::scene::{GridColumn, PageGrid, Placed, Pt, Rect, Scene, ScenePart, pt};

/// The distance around a line or card within which the pointer hits it, in points of the page.
const REACH: f32 = 8.0;

/// Returns the outcome of dropping notes at a point; with `also` they keep their former subjects.
pub(super) fn drop_notes(ground: &GestureStart, ids: &[Id], pointer: Pt, also: bool) -> GestureOutcome {
    let Some((to, around)) = note_target(ground, ids, pointer) else { return GestureOutcome::default() };
    let mut source = ground.source.clone();
    let transaction = command::speak_of(&ground.project, ids, to, also, &mut source);
    GestureOutcome { transaction, guide: Some(Guide::Around(around)) }
}

/// Returns the target under the pointer for notes: a card, stage, flow or an answerable note, else the
/// column.
fn note_target(ground: &GestureStart, ids: &[Id], pointer: Pt) -> Option<(Id, Rect)> {
    let fits = |item: &&Placed| {
        let Some(id) = item.block.element else { return false };
        let is = match item.block.part {
            ScenePart::Card | ScenePart::StageHeader | ScenePart::Flow | ScenePart::FlowLabel => true,
            ScenePart::Insight => ids.iter().all(|from| {
                from.to_typed().is_some_and(|from| command::can_answer(&ground.project, from, id))
            }),
            _ => false,
        };
        is && item.is_hit(pointer, REACH)
    };
    let hit = ground.scene.items.iter().rev().find(fits);
    hit.and_then(|item| Some((item.block.element?, body_rect(item))))
        .or_else(|| column_target(&ground.scene, pointer))
}

/// Returns the uppermost card of the column at a point, or the stage if there is none.
fn column_target(scene: &Scene, pointer: Pt) -> Option<(Id, Rect)> {
    let column = scene.grid.column_at(pointer.x)?;
    let inside = |rect: &Rect| (column.span.0..=column.span.1).contains(&rect.center().x);
    let cards = scene.items.iter().filter(|item| item.block.part == ScenePart::Card);
    let cards = cards.filter_map(|item| Some((item.block.element?, body_rect(item))));
    let first = cards.filter(|(_, rect)| inside(rect)).min_by(|a, b| a.1.min.y.total_cmp(&b.1.min.y));
    let stage = || scene.grid.stages.iter().find(|span| span.stage == column.stage);
    first.or_else(|| stage().map(|span| (span.stage.into(), span.header)))
}

/// Returns the outcome of dropping a picture at a point.
pub(super) fn drop_picture(ground: &GestureStart, id: PictureId, pointer: Pt) -> GestureOutcome {
    let grid = &ground.scene.grid;
    let Some((column, PicturePlace { at, lane })) = picture_place(grid, pointer) else {
        return GestureOutcome::default();
    };
    let mut source = ground.source.clone();
    let transaction = command::move_picture(&ground.project, id, at, lane, &mut source);
    let band = grid.lanes.iter().filter(|band| band.kind == LaneKind::Pictures);
    let band =
        band.min_by(|a, b| vertical_gap(a.rect, pointer.y).total_cmp(&vertical_gap(b.rect, pointer.y)));
    let guide = band.map(|band| {
        Guide::Around(Rect {
            min: pt(column.span.0, band.rect.min.y + 6.0),
            max: pt(column.span.1, band.rect.max.y - 6.0),
        })
    });
    GestureOutcome { transaction, guide }
}

/// Returns the column at a point, and the place in the picture lane nearest to it.
pub(in crate::canvas) fn picture_place(grid: &PageGrid, pointer: Pt) -> Option<(&GridColumn, PicturePlace)> {
    let column = grid.column_at(pointer.x)?;
    let lanes = || grid.lanes.iter().filter(|band| band.kind == LaneKind::Pictures);
    let near =
        lanes().min_by(|a, b| vertical_gap(a.rect, pointer.y).total_cmp(&vertical_gap(b.rect, pointer.y)));
    let first = lanes().next().map(|band| band.lane);
    let lane = near.map(|band| band.lane).filter(|lane| Some(*lane) != first);
    Some((column, PicturePlace { at: column.step.map_or(Id::from(column.stage), Id::from), lane }))
}

fn vertical_gap(rect: Rect, y: f32) -> f32 {
    (rect.min.y - y).max(y - rect.max.y).max(0.0)
}

/// True if a note of this kind can be dragged.
pub(in crate::canvas) fn is_note(id: Id) -> bool {
    matches!(id.kind(), Kind::Insight | Kind::Improvement)
}
