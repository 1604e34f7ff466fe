//! Converts the scene's primitives to egui's, scaled about their block's origin.

use crate::app::style::to_color32;
use egui::epaint::{self, CircleShape, Mesh, PathShape, PathStroke, RectShape};
use egui::{Color32, CornerRadius, Pos2, StrokeKind, pos2};
use engine::scene::{PathSegment, Pt, Rect, SceneShape, Stroke, flatten_path};
use engine::theme::Color;

/// The number of straight pieces that approximate a curve.
const PIECES: u16 = 16;
/// The minimum width of a line on the screen.
const THINNEST: f32 = 0.6;

/// Appends a primitive to a list, scaled by `zoom`. Text and images are drawn elsewhere.
pub(super) fn append_shape(shape: &SceneShape, zoom: f32, out: &mut Vec<epaint::Shape>) {
    let at = |p: Pt| pos2(p.x * zoom, p.y * zoom);
    match shape {
        SceneShape::Rect { rect, radius, fill, stroke } => {
            let radius = CornerRadius::from((radius * zoom).min(255.0));
            let rect = scale_rect(*rect, zoom);
            let dash = stroke.and_then(|stroke| stroke.dash);
            let line = optional_stroke(*stroke, zoom);
            let border = if dash.is_some() { egui::Stroke::NONE } else { line };
            out.push(RectShape::new(rect, radius, optional_fill(*fill), border, StrokeKind::Middle).into());
            if let Some(dash) = dash {
                append_dashes(&rounded_outline(rect, radius), line, dash, zoom, out);
            }
        }
        SceneShape::Path { start, segments, stroke } => append_path(*start, segments, *stroke, zoom, out),
        SceneShape::Polygon { points, fill, stroke } => {
            let points = points.iter().map(|p| at(*p)).collect();
            let stroke = optional_stroke(*stroke, zoom);
            out.push(PathShape::convex_polygon(points, optional_fill(*fill), stroke).into());
        }
        SceneShape::Circle { center, radius, fill, stroke } => {
            let fill = optional_fill(*fill);
            let stroke = optional_stroke(*stroke, zoom);
            out.push(CircleShape { center: at(*center), radius: radius * zoom, fill, stroke }.into());
        }
        SceneShape::Band { points, base, fill } => {
            let points: Vec<Pos2> = points.iter().map(|p| at(*p)).collect();
            out.push(epaint::Shape::mesh(band_mesh(&points, base * zoom, to_color32(*fill))));
        }
        SceneShape::Text(_) | SceneShape::Image { .. } => {}
    }
}

/// Returns a rectangle scaled by `zoom`.
pub(super) fn scale_rect(rect: Rect, zoom: f32) -> egui::Rect {
    egui::Rect::from_min_max(
        pos2(rect.min.x * zoom, rect.min.y * zoom),
        pos2(rect.max.x * zoom, rect.max.y * zoom),
    )
}

fn optional_fill(fill: Option<Color>) -> Color32 {
    fill.map_or(Color32::TRANSPARENT, to_color32)
}

fn optional_stroke(stroke: Option<Stroke>, zoom: f32) -> egui::Stroke {
    stroke.map_or(egui::Stroke::NONE, |stroke| {
        egui::Stroke::new((stroke.width * zoom).max(THINNEST), to_color32(stroke.color))
    })
}

fn append_path(start: Pt, segments: &[PathSegment], stroke: Stroke, zoom: f32, out: &mut Vec<epaint::Shape>) {
    let flat = flatten_path(start, segments, PIECES);
    let points: Vec<Pos2> = flat.iter().map(|p| pos2(p.x * zoom, p.y * zoom)).collect();
    let line = egui::Stroke::new((stroke.width * zoom).max(THINNEST), to_color32(stroke.color));
    match stroke.dash {
        Some(dash) => append_dashes(&points, line, dash, zoom, out),
        None if points.len() == 2 => out.push(epaint::Shape::line_segment([points[0], points[1]], line)),
        None => out.push(PathShape::line(points, PathStroke::from(line)).into()),
    }
}

fn append_dashes(
    points: &[Pos2],
    line: egui::Stroke,
    dash: (f32, f32),
    zoom: f32,
    out: &mut Vec<epaint::Shape>,
) {
    let (length, gap) = dash;
    epaint::Shape::dashed_line_many(points, line, (length * zoom).max(1.0), (gap * zoom).max(1.0), out);
}

/// Returns the border of a rounded rectangle as a closed line.
fn rounded_outline(rect: egui::Rect, radius: CornerRadius) -> Vec<Pos2> {
    let mut points = Vec::new();
    epaint::tessellator::path::rounded_rectangle(&mut points, egui::epaint::RoundedRect::new(rect, radius));
    points.extend(points.first().copied());
    points
}

/// Returns the area between a series of points and a horizontal line, split where they cross.
fn band_mesh(points: &[Pos2], base: f32, fill: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for pair in points.windows(2) {
        let a = pair[0];
        let b = pair[1];
        let over = a.y - base;
        let under = b.y - base;
        if over * under < 0.0 {
            let cross = pos2(a.x + (b.x - a.x) * over / (over - under), base);
            add_quad(&mut mesh, a, cross, base, fill);
            add_quad(&mut mesh, cross, b, base, fill);
        } else {
            add_quad(&mut mesh, a, b, base, fill);
        }
    }
    mesh
}

fn add_quad(mesh: &mut Mesh, a: Pos2, b: Pos2, base: f32, fill: Color32) {
    let first = mesh.vertices.len() as u32;
    for corner in [a, b, pos2(b.x, base), pos2(a.x, base)] {
        mesh.colored_vertex(corner, fill);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first, first + 2, first + 3);
}
