//! Dragging cards to another column, stage or lane.

use super::{GestureOutcome, GestureStart, Guide};
use crate::canvas::selection::body_rect;
use engine::edit::command::{CardPlace, move_touchpoints};
use engine::id::{Id, LaneId, StepId, TouchpointId};
use engine::model::choice::LaneKind;
use engine::scene::{GridColumn, LaneBand, PageGrid, Pt, Rect, Scene, ScenePart, pt};

/// The share of a column at each side where a card is dropped between columns instead of into it.
const EDGE: f32 = 0.22;

/// Returns the outcome of dropping cards at a point.
pub(super) fn drop_cards(ground: &GestureStart, ids: &[TouchpointId], pointer: Pt) -> GestureOutcome {
    let Some((spot, guide)) = spot_at(&ground.scene, ids, pointer) else { return GestureOutcome::default() };
    let mut source = ground.source.clone();
    let transaction = move_touchpoints(&ground.project, ids, spot, &mut source);
    GestureOutcome { transaction, guide: Some(guide) }
}

/// Returns the place on the map at a point, for dragged cards or a new one, and the guide that marks it.
pub(in crate::canvas) fn spot_at(
    scene: &Scene,
    moved: &[TouchpointId],
    pointer: Pt,
) -> Option<(CardPlace, Guide)> {
    let grid = &scene.grid;
    let band = card_lane(grid, pointer.y)?;
    let lane = (first_card_lane(grid) != Some(band.lane)).then_some(band.lane);
    let (column, side) = column_at(grid, pointer.x)?;
    let stage = column.stage;
    if side == DropSide::Inside || column.step.is_none() {
        let cards = cards_in(scene, column, band, moved);
        let above = cards.iter().find(|(_, rect)| pointer.y < rect.center().y);
        let y = above.map_or_else(
            || cards.last().map(|(_, rect)| rect.max.y + 6.0),
            |(_, rect)| Some(rect.min.y - 6.0),
        );
        let guide = match y {
            Some(y) => Guide::Line(pt(column.span.0, y), pt(column.span.1, y)),
            None => Guide::Around(Rect {
                min: pt(column.span.0, band.rect.min.y + 8.0),
                max: pt(column.span.1, band.rect.max.y - 8.0),
            }),
        };
        let above = above.map(|(id, _)| *id);
        return Some((CardPlace { stage, step: column.step, before: None, lane, above }, guide));
    }
    let before = if side == DropSide::Before { column.step } else { step_after(grid, column) };
    let x = if side == DropSide::Before { column.span.0 } else { column.span.1 };
    let between = Guide::Line(pt(x, band.rect.min.y + 8.0), pt(x, band.rect.max.y - 8.0));
    Some((CardPlace { stage, step: None, before, lane, above: None }, between))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DropSide {
    Before,
    Inside,
    After,
}

fn column_at(grid: &PageGrid, x: f32) -> Option<(&GridColumn, DropSide)> {
    let column = grid.column_at(x)?;
    let edge = (column.span.1 - column.span.0) * EDGE;
    let side = if x < column.span.0 + edge {
        DropSide::Before
    } else if x > column.span.1 - edge {
        DropSide::After
    } else {
        DropSide::Inside
    };
    Some((column, side))
}

/// Returns the next column of the same stage.
fn step_after(grid: &PageGrid, column: &GridColumn) -> Option<StepId> {
    let place = grid.columns.iter().position(|other| other == column)?;
    grid.columns.get(place + 1).filter(|next| next.stage == column.stage)?.step
}

/// Returns the lane for cards at or nearest to a height.
fn card_lane(grid: &PageGrid, y: f32) -> Option<&LaneBand> {
    let gap = |band: &&LaneBand| (band.rect.min.y - y).max(y - band.rect.max.y).max(0.0);
    grid.lanes.iter().filter(|band| band.kind.holds_cards()).min_by(|a, b| gap(a).total_cmp(&gap(b)))
}

fn first_card_lane(grid: &PageGrid) -> Option<LaneId> {
    grid.lanes.iter().find(|band| band.kind == LaneKind::Touchpoints).map(|band| band.lane)
}

/// Returns the other cards of a column and lane, from top to bottom.
fn cards_in(
    scene: &Scene,
    column: &GridColumn,
    band: &LaneBand,
    moved: &[TouchpointId],
) -> Vec<(TouchpointId, Rect)> {
    let place = Rect { min: pt(column.span.0, band.rect.min.y), max: pt(column.span.1, band.rect.max.y) };
    let cards = scene.items.iter().filter(|item| item.block.part == ScenePart::Card);
    let mut cards: Vec<(TouchpointId, Rect)> = cards
        .filter_map(|item| Some((item.block.element.and_then(Id::to_typed)?, body_rect(item))))
        .filter(|(id, rect)| place.contains(rect.center()) && !moved.contains(id))
        .collect();
    cards.sort_by(|a, b| a.1.min.y.total_cmp(&b.1.min.y));
    cards
}
