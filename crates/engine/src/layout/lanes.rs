//! Lanes from top to bottom: their backgrounds, labels and axes, and the blueprint's lines between them.

use super::dims::{CONTENT, LABEL, PAD, PAGE};
use super::far;
use super::pen::{Align, BlockPen};
use super::scope::{Body, Scope, Studio};
use super::text::{Paragraph, Setting, one_line};
use crate::i18n::{Msg, Worded};
use crate::model::Lane;
use crate::model::choice::LaneKind;
use crate::scene::{Block, FarForm, Placed, Rect, ScenePart, Stroke, pt};
use crate::theme::Face;
use crate::theme::size::{radius, space, text};
use std::sync::Arc;

/// Width for the figures of an axis, right of the label.
const AXIS: f32 = 34.0;
/// Opacity of a lane's surface on the canvas, of 255.
const VEIL: u8 = 140;

/// Returns a lane's background, label and axis, with its origin at the lane's top left.
pub(super) fn draw_background(
    scope: &Scope<'_>,
    studio: &mut Studio,
    lane: &Lane,
    title: &str,
    body: &Body,
    right: f32,
) -> Block {
    let theme = scope.theme;
    let mut pen = BlockPen::new(&mut studio.measure);
    let rect = Rect::new(0.0, 0.0, right - PAGE, body.height);
    let veil = |color: crate::theme::Color| if theme.hatched { color } else { color.with_alpha(VEIL) };
    let fill = if theme.hatched { None } else { Some(veil(theme.surface)) };
    pen.draw_rect(rect, radius::CARD, fill, Some(Stroke::solid_line(theme.hairline, 1.0)));
    let start = CONTENT - PAGE - space::S;
    for tick in &body.ticks {
        let dash = (!tick.main).then_some((2.0, 4.0));
        let stroke = Stroke { color: theme.hairline, width: 1.0, dash };
        pen.draw_line(pt(start + space::S - 4.0, tick.y), pt(rect.max.x - PAD, tick.y), stroke);
        pen.draw_text(&tick.text, (Face::Regular, text::TINY, theme.muted), pt(start, tick.y), Align::End);
    }
    let room = Rect::new(PAD / 2.0, PAD / 2.0, LABEL - PAD / 2.0, rect.height() - PAD);
    pen.set_far_form(far::lane_form(pen.shapes_without_text(), room, (one_line(title), theme.text)));
    let (name, note) = label_texts(scope, &mut pen, lane, title, body);
    let y = pen.draw_paragraph(name, pt(PAD, PAD - 2.0), theme.text);
    pen.draw_paragraph(note, pt(PAD, y), theme.muted);
    let label = format!("{}, {}", one_line(title), scope.message_text(Msg::Lane).to_lowercase());
    pen.into_block(Some(lane.id.into()), ScenePart::Lane, rect, label)
}

/// Sets name and note of a lane's label.
fn label_texts(
    scope: &Scope<'_>,
    pen: &mut BlockPen<'_>,
    lane: &Lane,
    title: &str,
    body: &Body,
) -> (Paragraph, Paragraph) {
    let room = LABEL - space::S - if body.ticks.is_empty() { 0.0 } else { AXIS };
    let rows = scope.max_rows(if lane.folded { 1 } else { 3 });
    let name = pen.break_text(title, Setting { face: Face::SemiBold, size: text::SMALL, room, rows });
    let rows = scope.max_rows(2);
    (name, pen.break_text(&body.note, Setting { face: Face::Regular, size: text::TINY, room, rows }))
}

/// Returns the height that a lane's label needs.
pub(super) fn label_height(
    scope: &Scope<'_>,
    studio: &mut Studio,
    lane: &Lane,
    title: &str,
    body: &Body,
) -> f32 {
    let mut pen = BlockPen::new(&mut studio.measure);
    let (name, note) = label_texts(scope, &mut pen, lane, title, body);
    (2.0 * (PAD - 2.0) + name.height() + note.height()).ceil()
}

/// Returns a lane's name: its own, that of its channel, or that of its kind.
pub(super) fn lane_title(scope: &Scope<'_>, lane: &Lane) -> String {
    let channel = lane.channel.and_then(|id| scope.project.channels().get(&id));
    if !lane.title.trim().is_empty() {
        lane.title.clone()
    } else if let Some(channel) = channel {
        channel.name.clone()
    } else {
        scope.message_text(lane.kind.display_name()).to_owned()
    }
}

/// Returns the blueprint line above a lane, if it is the first of its kind.
pub(super) fn line_above(lanes: &[&Arc<Lane>], index: usize) -> Option<Msg> {
    let kind = lanes.get(index)?.kind;
    let message = match kind {
        LaneKind::FrontStage => Msg::LineOfInteraction,
        LaneKind::BackStage => Msg::LineOfVisibility,
        LaneKind::Support => Msg::LineOfInternalInteraction,
        _ => return None,
    };
    lanes[..index].iter().all(|lane| lane.kind != kind).then_some(message)
}

/// Returns a blueprint line across the page at a height, with its name.
pub(super) fn draw_blueprint_line(
    scope: &Scope<'_>,
    studio: &mut Studio,
    message: Msg,
    (y, right): (f32, f32),
) -> Placed {
    let theme = scope.theme;
    let mut pen = BlockPen::new(&mut studio.measure);
    let name = scope.message_text(message);
    let stroke = Stroke {
        color: theme.outline,
        width: 1.2,
        dash: (message != Msg::LineOfVisibility).then_some((6.0, 4.0)),
    };
    let style = (Face::Regular, text::TINY, theme.soft);
    let width = pen.draw_text(name, style, pt(PAD, 0.0), Align::Start);
    pen.draw_line(pt(PAD + width + space::S, 0.0), pt(right - PAGE, 0.0), stroke);
    pen.set_far_form(FarForm { shapes: pen.shapes_without_text(), ..FarForm::default() });
    let rect = Rect::new(0.0, -8.0, right - PAGE, 16.0);
    let block = Arc::new(pen.into_block(None, ScenePart::Line, rect, name.to_owned()));
    Placed { at: pt(PAGE, y), block }
}
