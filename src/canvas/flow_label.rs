//! The label of a selected flow: shown in full at a readable size, whatever the zoom.

use super::camera::{COMFORTABLE, View};
use super::fonts;
use super::io::CanvasInput;
use super::paint::color;
use crate::i18n::percent;
use crate::id::{FlowId, Id};
use crate::model::Flow;
use crate::scene::{Part, Placed, Pt, Shape, flatten};
use crate::theme::{Face, size};
use egui::{Align2, Painter, Stroke, StrokeKind, vec2};
use std::sync::Arc;

/// The maximum number of labels shown at once.
const MOST: usize = 12;
/// The maximum width of a label before it wraps, in points of the screen.
const WIDEST: f32 = 260.0;

/// Shows the labels of the selected flows in `seen` if the map itself shows them shortened or too small.
pub(super) fn show(painter: &Painter, view: &View, input: &CanvasInput<'_>, seen: &[&Placed]) {
    let selected = |item: &&&Placed| {
        item.block.part == Part::Flow && item.block.element.is_some_and(|id| input.selection.contains(&id))
    };
    for item in seen.iter().filter(selected).take(MOST) {
        let Some(text) = flow_of(input, item).and_then(|flow| words(input, flow)) else { continue };
        let own = |other: &&&Placed| {
            other.block.part == Part::FlowLabel && other.block.element == item.block.element
        };
        let label = seen.iter().find(own);
        let is_whole = label.is_some_and(|label| says(label, &text));
        if is_whole && size::text::TINY * view.zoom >= COMFORTABLE - 0.5 {
            continue;
        }
        let place = label.map_or_else(|| middle(item), |label| label.bounds().center());
        draw(painter, view, input, &text, place);
    }
}

/// Returns the selected flow and the point for its label, if it alone is selected and has none yet.
pub(super) fn unlabelled(input: &CanvasInput<'_>) -> Option<(FlowId, Pt)> {
    let id = input.selection.iter().next().filter(|_| input.selection.len() == 1)?;
    let flow = id.to::<FlowId>()?;
    let is = |item: &&Placed| item.block.part == Part::Flow && item.block.element == Some(*id);
    let item = input.scene.items.iter().find(is)?;
    words(input, flow_of(input, item)?).is_none().then(|| (flow, middle(item)))
}

fn flow_of<'a>(input: &CanvasInput<'a>, item: &Placed) -> Option<&'a Arc<Flow>> {
    let id = item.block.element.and_then(Id::to::<FlowId>)?;
    input.project.journey(input.journey)?.flows().get(&id)
}

/// Returns a flow's condition and share in full; `None` if it has neither.
fn words(input: &CanvasInput<'_>, flow: &Flow) -> Option<String> {
    let share = flow.share.map(|share| percent(input.lang, share, 0));
    let condition = Some(flow.condition.trim()).filter(|condition| !condition.is_empty());
    let parts: Vec<&str> = condition.into_iter().chain(share.as_deref()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// True if a label on the map contains this text unshortened.
fn says(label: &Placed, text: &str) -> bool {
    label.block.shapes.iter().any(|shape| matches!(shape, Shape::Text(row) if row.text == text))
}

/// Returns the point halfway along a flow's line.
fn middle(item: &Placed) -> Pt {
    let path = item.block.shapes.iter().find_map(|shape| match shape {
        Shape::Path { start, segments, .. } => Some(flatten(*start, segments, 8)),
        _ => None,
    });
    let points = path.unwrap_or_default();
    let length = |pair: &[Pt]| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y);
    let mut left = points.windows(2).map(length).sum::<f32>() / 2.0;
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

fn draw(painter: &Painter, view: &View, input: &CanvasInput<'_>, text: &str, place: Pt) {
    let (theme, font) = (input.theme(), fonts::font(Face::Regular, size::text::SMALL));
    let galley = painter.layout(text.to_owned(), font, color(theme.text), WIDEST);
    let room = galley.size() + vec2(16.0, 8.0);
    let rect = Align2::CENTER_CENTER.anchor_size(view.screen(place), room);
    let line = Stroke::new(1.5, color(theme.focus));
    painter.rect(rect, size::radius::CARD, color(theme.raised), line, StrokeKind::Outside);
    painter.galley(rect.min + vec2(8.0, 4.0), galley, color(theme.text));
}
