//! Selectable elements, and how the arrow keys move the selection over the map.

use super::io::CanvasInput;
use engine::id::{Id, Kind, StageId};
use engine::scene::{Placed, Pt, Rect, Scene, ScenePart, SceneShape};
use std::collections::BTreeSet;

/// An element on the map that the pointer or the keyboard can reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Target {
    /// The element.
    pub(super) id: Id,
    /// The part of it that was hit.
    pub(super) part: ScenePart,
    /// The part's body on the page, without badges on its edges.
    pub(super) body: Rect,
}

/// Returns the body of a placed block: its first rectangle, or all that it covers.
pub(super) fn body_rect(item: &Placed) -> Rect {
    let first = item.block.shapes.iter().find_map(|shape| match shape {
        SceneShape::Rect { rect, .. } => Some(rect.shift_by(item.at)),
        _ => None,
    });
    let framed = matches!(
        item.block.part,
        ScenePart::Card | ScenePart::StageHeader | ScenePart::Insight | ScenePart::Cell
    );
    match first {
        Some(frame) if framed => frame,
        _ => item.bounds(),
    }
}

/// Returns the element that a hit on a placed block selects. A lane is hit only at its label, so that its
/// ground stays free.
pub(super) fn target_of(scene: &Scene, item: &Placed, point: Pt) -> Option<Target> {
    let id = item.block.element?;
    let lane = |label: Rect| Target { id, part: item.block.part, body: label };
    match item.block.part {
        ScenePart::Page | ScenePart::Line | ScenePart::Legend => None,
        ScenePart::Lane => {
            let label = scene.grid.lanes.iter().find(|band| Id::from(band.lane) == id)?.label;
            label.contains(point).then(|| lane(label))
        }
        _ => Some(Target { id, part: item.block.part, body: body_rect(item) }),
    }
}

/// True if a part is a block that the marquee selects and arrow keys reach.
pub(super) fn is_stop(part: ScenePart) -> bool {
    matches!(
        part,
        ScenePart::Card | ScenePart::StageHeader | ScenePart::Insight | ScenePart::Cell | ScenePart::Picture
    )
}

/// Returns the selection after a click on an element: it alone, or with Shift the selection with it toggled.
pub(super) fn after_click(selection: &BTreeSet<Id>, id: Id, shift: bool) -> BTreeSet<Id> {
    if !shift {
        return [id].into();
    }
    let mut selection = selection.clone();
    if !selection.remove(&id) {
        selection.insert(id);
    }
    selection
}

/// A direction of the arrow keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ArrowDirection {
    Left,
    Right,
    Up,
    Down,
}

/// Returns the next element in a direction: the nearest, where distance aside counts more than ahead.
pub(super) fn next_element(scene: &Scene, from: Id, way: ArrowDirection) -> Option<Id> {
    // A card also has points on the curve and score bars, which come before it in the scene.
    let own = || scene.items.iter().filter(|item| item.block.element == Some(from));
    let start = own().find(|item| is_stop(item.block.part)).or_else(|| own().next()).map(body_rect)?;
    let score = |item: &&Placed| {
        let to = body_rect(item);
        let (ahead, aside) = match way {
            ArrowDirection::Right => {
                (to.min.x - start.max.x, gap_between(start.min.y, start.max.y, to.min.y, to.max.y))
            }
            ArrowDirection::Left => {
                (start.min.x - to.max.x, gap_between(start.min.y, start.max.y, to.min.y, to.max.y))
            }
            ArrowDirection::Down => {
                (to.min.y - start.max.y, gap_between(start.min.x, start.max.x, to.min.x, to.max.x))
            }
            ArrowDirection::Up => {
                (start.min.y - to.max.y, gap_between(start.min.x, start.max.x, to.min.x, to.max.x))
            }
        };
        let off = match way {
            ArrowDirection::Left | ArrowDirection::Right => (to.center().y - start.center().y).abs(),
            ArrowDirection::Up | ArrowDirection::Down => (to.center().x - start.center().x).abs(),
        };
        (ahead >= -1.0).then_some(ahead + 4.0 * aside + 0.1 * off)
    };
    let others =
        scene.items.iter().filter(|item| is_stop(item.block.part) && item.block.element != Some(from));
    let scored = others.filter_map(|item| Some((score(&item)?, item.block.element?)));
    scored.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, id)| id)
}

/// Returns the distance between two spans; 0 if they overlap.
fn gap_between(a_low: f32, a_high: f32, b_low: f32, b_high: f32) -> f32 {
    (b_low - a_high).max(a_low - b_high).max(0.0)
}

/// Returns the element that the keyboard starts from when nothing is selected: the first stage.
pub(super) fn first_stage(input: &CanvasInput<'_>) -> Option<Id> {
    input.journey()?.stages_in_order().first().map(|stage| stage.id.into())
}

/// Returns the subject of an insight or improvement: what it answers, or else what it speaks of.
pub(super) fn subject_of(input: &CanvasInput<'_>, id: Id) -> Option<Id> {
    let journey = input.journey()?;
    let is_here = |to: &Id| journey.record(*to).is_some() || to.kind() == Kind::Improvement;
    let answers = || {
        let answers = input.project.answers().values().filter(|answer| Id::from(answer.from) == id);
        answers.map(|answer| answer.to).find(is_here)
    };
    match id.kind() {
        Kind::Insight => journey.speaks_of(id).into_iter().next(),
        Kind::Improvement => answers().or_else(|| journey.speaks_of(id).into_iter().next()),
        _ => None,
    }
}

/// Returns the stage of an element, if it is in one.
pub(super) fn stage_of(input: &CanvasInput<'_>, id: Id) -> Option<StageId> {
    let journey = input.journey()?;
    let step = |step| journey.steps().get(&step).map(|step| step.stage);
    match id.kind() {
        Kind::Stage => id.to_typed(),
        Kind::Step => step(id.to_typed()?),
        Kind::Touchpoint => step(journey.touchpoints().get(&id.to_typed()?)?.step),
        Kind::Cell => stage_of(input, journey.cells().get(&id.to_typed()?)?.at),
        _ => journey.speaks_of(id).into_iter().find_map(|about| stage_of(input, about)),
    }
}

/// Returns the working stage: that of the selection, else the last.
pub(super) fn working_stage(input: &CanvasInput<'_>) -> Option<StageId> {
    let chosen = input.selection.iter().find_map(|id| stage_of(input, *id));
    chosen.or_else(|| input.journey()?.stages_in_order().last().map(|stage| stage.id))
}
