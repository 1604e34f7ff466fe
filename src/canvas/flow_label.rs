//! The label of a selected flow: shown in full at a readable size, whatever the zoom.

use super::camera::{COMFORTABLE, CameraView};
use super::io::CanvasInput;
use super::{fonts, hover_note};
use crate::app::style::to_color32;
use egui::{Painter, Pos2, Rect, Stroke, StrokeKind, Vec2, vec2};
use engine::i18n::format_percent;
use engine::id::{FlowId, Id};
use engine::model::Flow;
use engine::scene::{Placed, Pt, ScenePart, SceneShape, flatten_path};
use engine::theme::{Face, size};
use std::sync::Arc;

/// The maximum number of labels shown at once.
const MOST: usize = 12;
/// The radius around a label in which cards count, and the maximum number of them.
const REACH: f32 = 260.0;
const MOST_TAKEN: usize = 200;
/// Number and length of the steps away from its line at which a label is tried, and the space that it keeps
/// to others' words.
const STEPS: u8 = 24;
const STEP: f32 = 8.0;
const CLEAR: f32 = 2.0;
/// The maximum width of a label before it wraps, in points of the screen.
const WIDEST: f32 = 260.0;

/// Shows the labels of the selected flows in `seen` if the map itself shows them shortened or too small.
pub(super) fn show(painter: &Painter, view: &CameraView, input: &CanvasInput<'_>, seen: &[&Placed]) {
    let selected = |item: &&&Placed| {
        item.block.part == ScenePart::Flow
            && item.block.element.is_some_and(|id| input.selection.contains(&id))
    };
    for item in seen.iter().filter(selected).take(MOST) {
        let Some(text) = flow_of(input, item).and_then(|flow| label_text(input, flow)) else { continue };
        let own = |other: &&&Placed| {
            other.block.part == ScenePart::FlowLabel && other.block.element == item.block.element
        };
        let label = seen.iter().find(own);
        let is_whole = label.is_some_and(|label| has_text(label, &text));
        if is_whole && size::text::TINY * view.zoom >= COMFORTABLE - 0.5 {
            continue;
        }
        let place = label.map_or_else(|| flow_middle(item), |label| label.bounds().center());
        let along = [0.35, 0.65, 0.2, 0.8].map(|share| along(item, share));
        let places = std::iter::once(place).chain(along).map(|place| view.page_to_screen(place));
        let own = label.map(|label| view.screen_rect(label.bounds()));
        draw_label(painter, view, input, (&text, own), &places.collect::<Vec<_>>(), seen);
    }
}

/// Returns the selected flow and the point for its label, if it alone is selected and has none yet.
pub(super) fn unlabelled_flow(input: &CanvasInput<'_>) -> Option<(FlowId, Pt)> {
    if input.selection.len() != 1 {
        return None;
    }
    let id = input.selection.iter().next()?;
    let flow = id.to_typed::<FlowId>()?;
    let is = |item: &&Placed| item.block.part == ScenePart::Flow && item.block.element == Some(*id);
    let item = input.scene.items.iter().find(is)?;
    label_text(input, flow_of(input, item)?).is_none().then(|| (flow, flow_middle(item)))
}

fn flow_of<'a>(input: &CanvasInput<'a>, item: &Placed) -> Option<&'a Arc<Flow>> {
    let id = item.block.element.and_then(Id::to_typed::<FlowId>)?;
    input.project.journey(input.journey)?.flows().get(&id)
}

/// Returns a flow's condition and share in full; `None` if it has neither.
fn label_text(input: &CanvasInput<'_>, flow: &Flow) -> Option<String> {
    let share = flow.share.map(|share| format_percent(input.lang, share, 0));
    let condition = Some(flow.condition.trim()).filter(|condition| !condition.is_empty());
    let parts: Vec<&str> = condition.into_iter().chain(share.as_deref()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// True if a label on the map contains this text unshortened.
fn has_text(label: &Placed, text: &str) -> bool {
    label.block.shapes.iter().any(|shape| matches!(shape, SceneShape::Text(row) if row.text == text))
}

/// Returns the point halfway along a flow's line.
fn flow_middle(item: &Placed) -> Pt {
    along(item, 0.5)
}

/// Returns the point at a share of the length of a flow's line.
fn along(item: &Placed, share: f32) -> Pt {
    let path = item.block.shapes.iter().find_map(|shape| match shape {
        SceneShape::Path { start, segments, .. } => Some(flatten_path(*start, segments, 8)),
        _ => None,
    });
    let points = path.unwrap_or_default();
    let length = |pair: &[Pt]| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y);
    let mut left = points.windows(2).map(length).sum::<f32>() * share;
    for pair in points.windows(2) {
        let step = length(pair);
        if step >= left && step > 0.0 {
            let share = left / step;
            let along = pair[1] - pair[0];
            return item.at + pair[0] + Pt { x: along.x * share, y: along.y * share };
        }
        left -= step;
    }
    item.bounds().center()
}

/// Draws a label at the first of some places of the screen that is free; the flow's `own` label on the map is
/// covered whole or not at all.
fn draw_label(
    painter: &Painter,
    view: &CameraView,
    input: &CanvasInput<'_>,
    (text, own): (&str, Option<Rect>),
    places: &[Pos2],
    seen: &[&Placed],
) {
    let theme = input.theme();
    let font = fonts::font_id(Face::Regular, size::text::SMALL);
    let galley = painter.layout(text.to_owned(), font, to_color32(theme.text), WIDEST);
    let room = galley.size() + vec2(16.0, 8.0);
    let Some(first) = places.first() else { return };
    let around = Rect::from_center_size(*first, room + Vec2::splat(2.0 * REACH));
    let near = seen.iter().filter(|item| around.intersects(view.screen_rect(item.bounds())));
    let is_other = |item: &&&Placed| !matches!(item.block.part, ScenePart::Flow | ScenePart::FlowLabel);
    let taken: Vec<Rect> =
        near.filter(is_other).take(MOST_TAKEN).flat_map(|item| hover_note::words_of(item, view)).collect();
    let rect = free_place(room, places, (&taken, own), view.content_rect());
    let line = Stroke::new(1.5, to_color32(theme.focus));
    painter.rect(rect, size::radius::CARD, to_color32(theme.raised), line, StrokeKind::Outside);
    painter.galley(rect.min + vec2(8.0, 4.0), galley, to_color32(theme.text));
}

/// Returns the place of a label of a size: at the first of the places, beside it, or at another, so that no
/// rectangle of `taken` is covered, and that of `own` only whole; if nothing is free, the place that covers
/// least.
fn free_place(size: Vec2, places: &[Pos2], (taken, own): (&[Rect], Option<Rect>), window: Rect) -> Rect {
    let at = |place: Pos2| Rect::from_center_size(place, size);
    let first = places.first().copied().unwrap_or_else(|| window.center());
    let step = |away: u8| f32::from(away) * STEP;
    let beside = (1..=STEPS).flat_map(|away| {
        let near = step(away);
        let half = size.x / 2.0 + step(away);
        let level = vec2(near, 0.0);
        let upper = vec2(half, -near);
        let lower = vec2(half, near);
        let up = vec2(0.0, near);
        let left = vec2(-1.0, 1.0);
        [-level, level, -up, up, upper, upper * left, lower, lower * left].map(|by| first + by)
    });
    let all = std::iter::once(first).chain(beside).chain(places.iter().copied().skip(1)).map(at);
    let covered = |rect: &Rect| {
        let own = own.filter(|own| !rect.contains_rect(*own));
        let over = taken.iter().chain(&own).map(|other| rect.expand(CLEAR).intersect(*other));
        over.map(|over| over.width().max(0.0) * over.height().max(0.0)).sum::<f32>()
    };
    let mut least: Option<(f32, Rect)> = None;
    for rect in all.filter(|rect| window.contains_rect(*rect)) {
        let covers = covered(&rect);
        if covers <= 0.0 {
            return rect;
        }
        if least.is_none_or(|(known, _)| covers < known) {
            least = Some((covers, rect));
        }
    }
    least.map_or(at(first), |(_, rect)| rect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_label_covers_no_card_where_a_place_near_its_line_is_free() {
        let window = Rect::from_min_size(Pos2::ZERO, vec2(1000.0, 600.0));
        // Small cards with a gap that is too narrow for the label, as at a small zoom.
        let card = |column: u8, row: u8| {
            let at = pos2(40.0 + f32::from(column) * 54.0, 60.0 + f32::from(row) * 64.0);
            Rect::from_min_size(at, vec2(44.0, 33.0))
        };
        let taken: Vec<Rect> = (0..16).flat_map(|x| (0..6).map(move |y| card(x, y))).collect();
        for (column, row) in [(0, 0), (3, 2), (14, 5)] {
            let from = card(column, row);
            let to = card(column + 1, row);
            let middle = from.right_center() + (to.left_center() - from.right_center()) / 2.0;
            let found = free_place(vec2(110.0, 24.0), &[middle], (&taken, None), window);
            assert!(window.contains_rect(found) && found.center().distance(middle) < 120.0, "{found}");
            assert!(!taken.iter().any(|card| card.intersects(found)), "{found} covers a card");
        }
        let free = free_place(vec2(20.0, 14.0), &[pos2(500.0, 300.0)], (&[], None), window);
        assert_eq!(free.center(), pos2(500.0, 300.0), "on its line where that is free");
        let full = free_place(vec2(20.0, 14.0), &[pos2(500.0, 300.0)], (&[window], None), window);
        assert!(window.contains_rect(full));
    }
}
