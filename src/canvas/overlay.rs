//! Overlays on the map that are never exported: selection, hover, guides, the marquee.

use super::camera::CameraView;
use super::io::CanvasInput;
use super::selection::{Target, body_rect, is_stop};
use super::tool::{Gesture, Grab, Guide};
use crate::app::style::to_color32;
use egui::epaint::{PathStroke, Shadow};
use egui::{Align2, Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, vec2};
use engine::id::{Id, Kind};
use engine::scene::{Placed, Pt, ScenePart};
use engine::theme::{Face, Theme, size};
use std::collections::BTreeSet;

/// Radius of an edge handle, in points of the screen.
pub(super) const HANDLE: f32 = 6.0;

/// Draws rings around the selected elements.
pub(super) fn draw_selection<'a>(
    painter: &Painter,
    view: &CameraView,
    input: &CanvasInput<'_>,
    items: impl Iterator<Item = &'a Placed>,
) {
    let theme = input.theme();
    let radius = size::radius::CARD * view.zoom;
    for item in items {
        let Some(id) = item.block.element.filter(|id| input.selection.contains(id)) else { continue };
        let around = |rect, by: f32| view.screen_rect(rect).expand(by);
        match item.block.part {
            ScenePart::Flow => trace_flow(painter, view, item, Stroke::new(2.5, to_color32(theme.focus))),
            ScenePart::CurvePoint(_) => draw_ring(painter, around(item.bounds(), 2.0), 12.0, 1.5, theme),
            ScenePart::Lane => {
                let band = input.scene.grid.lanes.iter().find(|band| Id::from(band.lane) == id);
                if let Some(band) = band {
                    draw_ring(painter, around(band.rect, 1.0), radius, 1.5, theme);
                }
            }
            part if is_stop(part) || part == ScenePart::FlowLabel => {
                draw_ring(painter, around(body_rect(item), 2.0), radius + 2.0, 2.0, theme);
            }
            _ => {}
        }
    }
}

/// Draws a soft glow around elements that others changed.
pub(super) fn draw_glow<'a>(
    painter: &Painter,
    view: &CameraView,
    theme: &Theme,
    items: impl Iterator<Item = &'a Placed>,
    ids: &BTreeSet<Id>,
    strength: f32,
) {
    let radius = CornerRadius::from(((size::radius::CARD + 3.0) * view.zoom).min(24.0));
    for item in items.filter(|item| item.block.element.is_some_and(|id| ids.contains(&id))) {
        let part = item.block.part;
        if is_stop(part) || matches!(part, ScenePart::FlowLabel | ScenePart::Cell | ScenePart::Header) {
            draw_halo(painter, view.screen_rect(body_rect(item)).expand(3.0), radius, theme, strength);
        }
    }
}

fn draw_halo(painter: &Painter, rect: Rect, radius: CornerRadius, theme: &Theme, strength: f32) {
    let ink = to_color32(theme.accent);
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
        draw_halo(&painter, shown.expand(3.0), radius, input.theme(), strength);
    }
    if element.is_some_and(|id| input.selection.contains(&id)) {
        let clip = painter.clip_rect().expand(4.0);
        draw_ring(
            &painter.with_clip_rect(clip),
            shown.expand(2.0),
            size::radius::CARD * scale,
            2.0,
            input.theme(),
        );
    }
}

fn draw_ring(painter: &Painter, rect: Rect, radius: f32, width: f32, theme: &Theme) {
    let stroke = Stroke::new(width, to_color32(theme.focus));
    painter.rect_stroke(rect, CornerRadius::from(radius.min(24.0)), stroke, StrokeKind::Outside);
}

/// Traces a flow's line again with another stroke.
fn trace_flow(painter: &Painter, view: &CameraView, item: &Placed, stroke: Stroke) {
    for shape in &item.block.shapes {
        if let engine::scene::SceneShape::Path { start, segments, .. } = shape {
            let points = engine::scene::flatten_path(*start, segments, 12);
            let points = points.into_iter().map(|point| view.page_to_screen(point + item.at)).collect();
            painter.add(Shape::line(points, PathStroke::from(stroke)));
        }
    }
}

/// Draws the soft shadow under a raised card.
pub(super) fn draw_shadow(painter: &Painter, rect: Rect, theme: &Theme) {
    let shadow = Shadow { offset: [0, 3], blur: 14, spread: 0, color: to_color32(theme.shadow) };
    painter.add(shadow.as_shape(rect, CornerRadius::from(size::radius::CARD)));
}

/// Draws the border of the hovered element.
pub(super) fn draw_hover_border(painter: &Painter, view: &CameraView, target: &Target, theme: &Theme) {
    if is_stop(target.part) {
        let stroke = Stroke::new(1.0, to_color32(theme.accent));
        let radius = CornerRadius::from((size::radius::CARD * view.zoom).min(24.0));
        painter.rect_stroke(
            view.part_screen_rect(target.part, target.body),
            radius,
            stroke,
            StrokeKind::Middle,
        );
    }
}

/// Returns the points from which flows can be drawn out of a card or stage.
pub(super) fn flow_handles(view: &CameraView, target: &Target) -> Vec<Pos2> {
    let rect = view.part_screen_rect(target.part, target.body);
    match target.part {
        ScenePart::Card => vec![rect.right_center(), rect.center_bottom(), rect.left_center()],
        ScenePart::StageHeader => vec![rect.right_center()],
        _ => Vec::new(),
    }
}

/// Draws the handles of a card, the one under the pointer filled.
pub(super) fn draw_handles(painter: &Painter, handles: &[Pos2], at: Option<Pos2>, theme: &Theme) {
    for handle in handles {
        let near = at.is_some_and(|at| at.distance(*handle) <= 1.6 * HANDLE);
        let (fill, radius) = if near { (theme.accent, HANDLE) } else { (theme.raised, HANDLE - 1.5) };
        painter.circle(*handle, radius, to_color32(fill), Stroke::new(1.5, to_color32(theme.accent)));
    }
}

/// Draws a faint point where a new one could be made.
pub(super) fn draw_ghost_point(painter: &Painter, at: Pos2, theme: &Theme) {
    let ink = to_color32(theme.accent).gamma_multiply(0.6);
    painter.circle(at, HANDLE - 1.0, to_color32(theme.raised).gamma_multiply(0.6), Stroke::new(1.5, ink));
}

/// Draws the selection rectangle.
pub(super) fn draw_marquee(painter: &Painter, rect: Rect, theme: &Theme) {
    let ink = to_color32(theme.focus);
    painter.rect(rect, 2.0, ink.gamma_multiply(0.08), Stroke::new(1.0, ink), StrokeKind::Inside);
}

/// Draws the guide that marks a gesture's target.
pub(super) fn draw_gesture_guide(
    painter: &Painter,
    view: &CameraView,
    gesture: &Gesture,
    at: Pos2,
    theme: &Theme,
) {
    let accent = to_color32(theme.accent);
    if let Grab::Flow(from) = gesture.grab {
        let part = if from.kind() == Kind::Stage { ScenePart::StageHeader } else { ScenePart::Card };
        draw_rubber_band(painter, view.part_to_screen(part, gesture.start), at, accent);
    }
    match gesture.outcome.guide {
        Some(Guide::Line(from, to)) => draw_guide_line(painter, view, from, to, accent),
        Some(Guide::Around(rect)) => {
            let radius = CornerRadius::from((size::radius::CARD * view.zoom).min(24.0));
            painter.rect_stroke(
                view.guide_screen_rect(rect).expand(3.0),
                radius,
                Stroke::new(2.0, accent),
                StrokeKind::Outside,
            );
        }
        Some(Guide::Value(value)) => {
            draw_badge(painter, at, &engine::i18n::format_signed(f64::from(value), 1), theme);
        }
        None => {}
    }
}

fn draw_guide_line(painter: &Painter, view: &CameraView, from: Pt, to: Pt, accent: Color32) {
    let from = view.page_to_screen(from);
    let to = view.page_to_screen(to);
    painter.line_segment([from, to], Stroke::new(3.0, accent));
    for end in [from, to] {
        painter.circle_filled(end, 4.0, accent);
    }
}

/// Draws the line from the edge of a card or stage to the pointer.
fn draw_rubber_band(painter: &Painter, from: Pos2, to: Pos2, ink: Color32) {
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
pub(super) fn draw_badge(painter: &Painter, at: Pos2, text: &str, theme: &Theme) {
    let font = super::fonts::font_id(Face::SemiBold, size::text::SMALL);
    let galley = painter.layout_no_wrap(text.to_owned(), font, to_color32(theme.on_accent));
    let rect = Align2::LEFT_BOTTOM.anchor_size(at + vec2(12.0, -8.0), galley.size() + vec2(12.0, 6.0));
    painter.rect_filled(rect, size::radius::CHIP, to_color32(theme.accent));
    painter.galley(rect.min + vec2(6.0, 3.0), galley, to_color32(theme.on_accent));
}
