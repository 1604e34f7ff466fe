//! Overlays on the map that are never exported: selection, hover, guides, the marquee.

use super::camera::View;
use super::io::CanvasInput;
use super::paint::color;
use super::selection::{Target, body, is_stop};
use super::tool::{Gesture, Grab, Guide};
use crate::id::{Id, Kind};
use crate::scene::{Part, Placed, Pt};
use crate::theme::{Face, Theme, size};
use egui::epaint::{PathStroke, Shadow};
use egui::{Align2, Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, vec2};
use std::collections::BTreeSet;

/// Radius of an edge handle, in points of the screen.
pub(super) const HANDLE: f32 = 6.0;

/// Draws rings around the selected elements.
pub(super) fn selected<'a>(
    painter: &Painter,
    view: &View,
    input: &CanvasInput<'_>,
    items: impl Iterator<Item = &'a Placed>,
) {
    let theme = input.theme();
    let radius = size::radius::CARD * view.zoom;
    for item in items {
        let Some(id) = item.block.element.filter(|id| input.selection.contains(id)) else { continue };
        let around = |rect, by: f32| view.screen_rect(rect).expand(by);
        match item.block.part {
            Part::Flow => trace(painter, view, item, Stroke::new(2.5, color(theme.focus))),
            Part::CurvePoint(_) => ring(painter, around(item.bounds(), 2.0), 12.0, 1.5, theme),
            Part::Lane => {
                let band = input.scene.grid.lanes.iter().find(|band| Id::from(band.lane) == id);
                if let Some(band) = band {
                    ring(painter, around(band.rect, 1.0), radius, 1.5, theme);
                }
            }
            part if is_stop(part) || part == Part::FlowLabel => {
                ring(painter, around(body(item), 2.0), radius + 2.0, 2.0, theme);
            }
            _ => {}
        }
    }
}

/// Draws a soft glow around elements that others changed.
pub(super) fn glow<'a>(
    painter: &Painter,
    view: &View,
    theme: &Theme,
    items: impl Iterator<Item = &'a Placed>,
    ids: &BTreeSet<Id>,
    strength: f32,
) {
    let radius = CornerRadius::from(((size::radius::CARD + 3.0) * view.zoom).min(24.0));
    for item in items.filter(|item| item.block.element.is_some_and(|id| ids.contains(&id))) {
        let part = item.block.part;
        if is_stop(part) || matches!(part, Part::FlowLabel | Part::Cell | Part::Header) {
            light(painter, view.screen_rect(body(item)).expand(3.0), radius, theme, strength);
        }
    }
}

fn light(painter: &Painter, rect: Rect, radius: CornerRadius, theme: &Theme, strength: f32) {
    let ink = color(theme.accent);
    for (width, share) in [(2.0, 1.0), (6.0, 0.25), (12.0, 0.1)] {
        let stroke = Stroke::new(width, ink.gamma_multiply(share * strength));
        painter.rect_stroke(rect, radius, stroke, StrokeKind::Outside);
    }
}

/// Draws a ring around a selected frozen header, and a soft glow around one that others changed.
pub(super) fn mark_header(
    painter: &Painter,
    shown: Rect,
    element: Option<Id>,
    scale: f32,
    input: &CanvasInput<'_>,
) {
    let changed = input.glow.filter(|(ids, _)| element.is_some_and(|id| ids.contains(&id)));
    if let Some((_, strength)) = changed {
        let painter = painter.with_clip_rect(painter.clip_rect().expand(4.0));
        let radius = CornerRadius::from(((size::radius::CARD + 3.0) * scale).min(24.0));
        light(&painter, shown.expand(3.0), radius, input.theme(), strength);
    }
    if element.is_some_and(|id| input.selection.contains(&id)) {
        let clip = painter.clip_rect().expand(4.0);
        ring(
            &painter.with_clip_rect(clip),
            shown.expand(2.0),
            size::radius::CARD * scale,
            2.0,
            input.theme(),
        );
    }
}

fn ring(painter: &Painter, rect: Rect, radius: f32, width: f32, theme: &Theme) {
    let stroke = Stroke::new(width, color(theme.focus));
    painter.rect_stroke(rect, CornerRadius::from(radius.min(24.0)), stroke, StrokeKind::Outside);
}

/// Traces a flow's line again with another stroke.
fn trace(painter: &Painter, view: &View, item: &Placed, stroke: Stroke) {
    for shape in &item.block.shapes {
        if let crate::scene::Shape::Path { start, segments, .. } = shape {
            let points = crate::scene::flatten(*start, segments, 12);
            let points = points.into_iter().map(|point| view.screen(point + item.at)).collect();
            painter.add(Shape::line(points, PathStroke::from(stroke)));
        }
    }
}

/// Draws the soft shadow under a raised card.
pub(super) fn shadow(painter: &Painter, rect: Rect, theme: &Theme) {
    let shadow = Shadow { offset: [0, 3], blur: 14, spread: 0, color: color(theme.shadow) };
    painter.add(shadow.as_shape(rect, CornerRadius::from(size::radius::CARD)));
}

/// Draws the border of the hovered element.
pub(super) fn hovered(painter: &Painter, view: &View, target: &Target, theme: &Theme) {
    if is_stop(target.part) {
        let stroke = Stroke::new(1.0, color(theme.accent));
        let radius = CornerRadius::from((size::radius::CARD * view.zoom).min(24.0));
        painter.rect_stroke(view.place(target.part, target.body), radius, stroke, StrokeKind::Middle);
    }
}

/// Returns the points from which flows can be drawn out of a card or stage.
pub(super) fn handles(view: &View, target: &Target) -> Vec<Pos2> {
    let rect = view.place(target.part, target.body);
    match target.part {
        Part::Card => vec![rect.right_center(), rect.center_bottom(), rect.left_center()],
        Part::StageHeader => vec![rect.right_center()],
        _ => Vec::new(),
    }
}

/// Draws the handles of a card, the one under the pointer filled.
pub(super) fn draw_handles(painter: &Painter, handles: &[Pos2], at: Option<Pos2>, theme: &Theme) {
    for handle in handles {
        let near = at.is_some_and(|at| at.distance(*handle) <= 1.6 * HANDLE);
        let (fill, radius) = if near { (theme.accent, HANDLE) } else { (theme.raised, HANDLE - 1.5) };
        painter.circle(*handle, radius, color(fill), Stroke::new(1.5, color(theme.accent)));
    }
}

/// Draws a faint point where a new one could be made.
pub(super) fn ghost(painter: &Painter, at: Pos2, theme: &Theme) {
    let ink = color(theme.accent).gamma_multiply(0.6);
    painter.circle(at, HANDLE - 1.0, color(theme.raised).gamma_multiply(0.6), Stroke::new(1.5, ink));
}

/// Draws the selection rectangle.
pub(super) fn marquee(painter: &Painter, rect: Rect, theme: &Theme) {
    let ink = color(theme.focus);
    painter.rect(rect, 2.0, ink.gamma_multiply(0.08), Stroke::new(1.0, ink), StrokeKind::Inside);
}

/// Draws the guide that marks a gesture's target.
pub(super) fn gesture(painter: &Painter, view: &View, gesture: &Gesture, at: Pos2, theme: &Theme) {
    let accent = color(theme.accent);
    if let Grab::Flow(from) = gesture.grab {
        let part = if from.kind() == Kind::Stage { Part::StageHeader } else { Part::Card };
        rubber(painter, view.shown(part, gesture.start), at, accent);
    }
    match gesture.outcome.guide {
        Some(Guide::Line(from, to)) => line(painter, view, from, to, accent),
        Some(Guide::Around(rect)) => {
            let radius = CornerRadius::from((size::radius::CARD * view.zoom).min(24.0));
            painter.rect_stroke(
                view.around(rect).expand(3.0),
                radius,
                Stroke::new(2.0, accent),
                StrokeKind::Outside,
            );
        }
        Some(Guide::Value(value)) => badge(painter, at, &crate::i18n::signed(f64::from(value), 1), theme),
        None => {}
    }
}

fn line(painter: &Painter, view: &View, from: Pt, to: Pt, accent: Color32) {
    let from = view.screen(from);
    let to = view.screen(to);
    painter.line_segment([from, to], Stroke::new(3.0, accent));
    for end in [from, to] {
        painter.circle_filled(end, 4.0, accent);
    }
}

/// Draws the line from the edge of a card or stage to the pointer.
fn rubber(painter: &Painter, from: Pos2, to: Pos2, ink: Color32) {
    let bend = vec2(((to.x - from.x).abs() / 2.0).clamp(24.0, 160.0), 0.0);
    let points = [from, from + bend, to - bend, to];
    let stroke = PathStroke::new(2.0, ink);
    painter.add(egui::epaint::CubicBezierShape::from_points_stroke(
        points,
        false,
        Color32::TRANSPARENT,
        stroke,
    ));
    painter.circle_filled(to, 4.0, ink);
}

/// Draws a value beside the pointer.
pub(super) fn badge(painter: &Painter, at: Pos2, text: &str, theme: &Theme) {
    let font = super::fonts::font(Face::SemiBold, size::text::SMALL);
    let galley = painter.layout_no_wrap(text.to_owned(), font, color(theme.on_accent));
    let rect = Align2::LEFT_BOTTOM.anchor_size(at + vec2(12.0, -8.0), galley.size() + vec2(12.0, 6.0));
    painter.rect_filled(rect, size::radius::CHIP, color(theme.accent));
    painter.galley(rect.min + vec2(6.0, 3.0), galley, color(theme.on_accent));
}
