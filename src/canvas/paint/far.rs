//! The map at a small zoom: every block as a few plain quads, so that ten thousand cards are one mesh.

use super::block::DetailLevel;
use super::text;
use crate::app::style::to_color32;
use crate::canvas::camera::CameraView;
use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Vec2, pos2};
use engine::scene::{Placed, Pt, Rect, ScenePart, SceneShape, Stroke, flatten_path};

/// The size below which nothing is drawn, in points of the screen.
const SMALLEST: f32 = 0.7;
/// The size in pixels below which a rectangle has no border of its own.
const FRAMED: f32 = 5.0;
/// The minimum length of a line's steps, in points of the screen.
const STEP: f32 = 3.0;
/// The number of straight pieces that approximate a curve.
const PIECES: u16 = 6;

/// A plain piece of the page, in its coordinates.
#[derive(Debug, Clone, Copy)]
enum Piece {
    /// A filled rectangle.
    Quad(Rect, Color32),
    /// A filled rectangle with a border that stays visible at any size.
    Framed(Rect, Color32, Color32),
    /// A line of a width through a range of the points.
    Line(u32, u32, f32, Color32),
    /// A filled triangle.
    Triangle(Pt, Pt, Pt, Color32),
}

/// A scene's plain pieces, back to front.
#[derive(Debug, Default)]
pub(super) struct Far {
    pieces: Vec<Piece>,
    points: Vec<Pt>,
}

impl Far {
    /// Splits blocks into plain pieces: their far forms, or near forms with bars in place of text.
    pub(super) fn new<'a>(items: impl Iterator<Item = &'a Placed>, form: DetailLevel) -> Self {
        let mut far = Self::default();
        for item in items {
            let form = if form == DetailLevel::Near { None } else { item.block.far.as_ref() };
            for shape in form.map_or(&item.block.shapes, |form| &form.shapes) {
                far.add_shape(item, shape);
            }
        }
        far
    }

    /// Draws the pieces that are in view.
    pub(super) fn draw(&self, view: &CameraView, mesh: &mut Mesh) {
        for piece in &self.pieces {
            match *piece {
                Piece::Quad(rect, fill) => {
                    let rect = view.screen_rect(rect);
                    if rect.width().min(rect.height()) > SMALLEST && view.rect.intersects(rect) {
                        draw_quad(mesh, rect, fill);
                    }
                }
                Piece::Framed(rect, edge, fill) => {
                    let rect = view.screen_rect(rect);
                    if rect.width().min(rect.height()) > SMALLEST && view.rect.intersects(rect) {
                        draw_framed(mesh, rect, view.pixel, edge, fill);
                    }
                }
                Piece::Line(from, to, width, ink) => {
                    draw_line(mesh, view, &self.points[from as usize..to as usize], width * view.zoom, ink);
                }
                Piece::Triangle(a, b, c, fill) => {
                    let corners = [view.page_to_screen(a), view.page_to_screen(b), view.page_to_screen(c)];
                    let bounds = egui::Rect::from_points(&corners);
                    if bounds.width().max(bounds.height()) > SMALLEST && view.rect.intersects(bounds) {
                        draw_polygon(mesh, &corners, fill);
                    }
                }
            }
        }
    }

    fn add_shape(&mut self, item: &Placed, shape: &SceneShape) {
        let at = item.at;
        match shape {
            SceneShape::Rect { rect, fill, stroke, .. } => {
                let rect = rect.shift_by(at);
                let piece = match (stroke, fill) {
                    (Some(stroke), Some(fill)) => {
                        Piece::Framed(rect, to_color32(stroke.color), to_color32(*fill))
                    }
                    (Some(stroke), None) => {
                        Piece::Framed(rect, to_color32(stroke.color), Color32::TRANSPARENT)
                    }
                    (None, Some(fill)) => Piece::Quad(rect, to_color32(*fill)),
                    (None, None) => return,
                };
                self.pieces.push(piece);
            }
            SceneShape::Path { start, segments, stroke } => {
                self.add_line(at, &flatten_path(*start, segments, PIECES), *stroke);
            }
            SceneShape::Polygon { points, fill, stroke } => {
                let fill = fill.or(stroke.map(|stroke| stroke.color));
                self.add_fan(at, points, fill.map_or(Color32::TRANSPARENT, to_color32));
            }
            SceneShape::Circle { center, radius, fill, stroke } => {
                let fill =
                    fill.or(stroke.map(|stroke| stroke.color)).map_or(Color32::TRANSPARENT, to_color32);
                let side = radius * 1.7;
                let rect = Rect::new(center.x - side / 2.0, center.y - side / 2.0, side, side);
                self.pieces.push(Piece::Quad(rect.shift_by(at), fill));
            }
            SceneShape::Band { points, base, fill } => self.add_band(at, points, *base, to_color32(*fill)),
            SceneShape::Text(row) => {
                let (rect, fill) = text::placeholder_bar(row);
                self.pieces.push(Piece::Quad(rect.shift_by(at), fill));
            }
            SceneShape::Image { rect, .. } if item.block.part == ScenePart::Picture => {
                self.pieces.push(Piece::Quad(rect.shift_by(at), Color32::GRAY));
            }
            SceneShape::Image { .. } => {}
        }
    }

    fn add_line(&mut self, at: Pt, points: &[Pt], stroke: Stroke) {
        let ink = to_color32(stroke.color);
        let ink = if stroke.dash.is_some() { ink.gamma_multiply(0.7) } else { ink };
        let first = self.points.len() as u32;
        self.points.extend(points.iter().map(|point| *point + at));
        self.pieces.push(Piece::Line(first, self.points.len() as u32, stroke.width, ink));
    }

    fn add_fan(&mut self, at: Pt, points: &[Pt], fill: Color32) {
        let Some((first, rest)) = points.split_first() else { return };
        let fan = rest.windows(2).map(|pair| Piece::Triangle(*first + at, pair[0] + at, pair[1] + at, fill));
        self.pieces.extend(fan);
    }

    fn add_band(&mut self, at: Pt, points: &[Pt], base: f32, fill: Color32) {
        for pair in points.windows(2) {
            let a = pair[0] + at;
            let b = pair[1] + at;
            let c = Pt { x: b.x, y: base + at.y };
            let d = Pt { x: a.x, y: base + at.y };
            self.pieces.extend([Piece::Triangle(a, b, c, fill), Piece::Triangle(a, c, d, fill)]);
        }
    }
}

/// Draws a line at least a point wide, in steps of [`STEP`]; thinner lines are drawn fainter instead.
fn draw_line(mesh: &mut Mesh, view: &CameraView, points: &[Pt], width: f32, ink: Color32) {
    let ink = if width < 1.0 { ink.gamma_multiply(width.max(0.35)) } else { ink };
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
    let mut from = view.page_to_screen(*first);
    let last = view.page_to_screen(*last);
    for point in &points[1..] {
        let to = view.page_to_screen(*point);
        if from.distance_sq(to) < STEP * STEP && to != last {
            continue;
        }
        if view.rect.intersects(egui::Rect::from_two_pos(from, to).expand(1.0)) {
            let side: Vec2 = (to - from).normalized().rot90() * width.max(1.0) / 2.0;
            draw_polygon(mesh, &[from + side, to + side, to - side, from - side], ink);
        }
        from = to;
    }
}

/// Draws a rectangle on whole pixels with a border of one pixel; if there is no room for both, only the
/// border's colour is drawn.
fn draw_framed(mesh: &mut Mesh, rect: egui::Rect, pixel: f32, edge: Color32, fill: Color32) {
    let whole = |at: Pos2| pos2((at.x / pixel).round() * pixel, (at.y / pixel).round() * pixel);
    let rect = egui::Rect::from_min_max(whole(rect.min), whole(rect.max));
    if rect.width().min(rect.height()) < FRAMED * pixel {
        return draw_quad(mesh, rect, if fill.is_opaque() { edge } else { fill });
    }
    let inner = rect.shrink(pixel);
    if fill.is_opaque() {
        draw_quad(mesh, rect, edge);
    } else {
        for side in [
            rect.with_max_y(inner.min.y),
            rect.with_min_y(inner.max.y),
            rect.with_max_x(inner.min.x),
            rect.with_min_x(inner.max.x),
        ] {
            draw_quad(mesh, side, edge);
        }
    }
    draw_quad(mesh, inner, fill);
}

fn draw_quad(mesh: &mut Mesh, rect: egui::Rect, fill: Color32) {
    draw_polygon(mesh, &[rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()], fill);
}

fn draw_polygon(mesh: &mut Mesh, corners: &[Pos2], fill: Color32) {
    let first = mesh.vertices.len() as u32;
    mesh.vertices.extend(corners.iter().map(|corner| Vertex::untextured(pos2(corner.x, corner.y), fill)));
    for corner in 2..corners.len() as u32 {
        mesh.add_triangle(first, first + corner - 1, first + corner);
    }
}
