//! Rasterizes triangles: top-left fill rule on a grid of 1/256 pixel, so that shared edges are drawn once.
#![allow(clippy::cast_possible_wrap, reason = "no picture has as many pixels")]

use super::texture::{Rgba, Texture, unit};
use egui::epaint::{Mesh, Vertex};

/// The subpixel grid that corners are rounded to, per pixel.
const GRID: f32 = 256.0;

/// The farthest position of corners, in points.
const FAR: f32 = 1e5;

/// A picture being drawn.
pub(super) struct Raster {
    width: usize,
    height: usize,
    pixels: Vec<Rgba>,
}

/// Pixels that may be drawn: left, top, right, bottom, the last two excluded.
type Scissor = [usize; 4];

impl Raster {
    /// Returns an empty picture.
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0.0, 0.0, 0.0, 1.0]; width * height] }
    }

    /// Draws a mesh within a clip rectangle given in points.
    pub(super) fn draw(&mut self, mesh: &Mesh, texture: &Texture, clip: egui::Rect, scale: f32) {
        let pixel = |value: f32, most: usize| ((value * scale).round().max(0.0) as usize).min(most);
        let scissor = [
            pixel(clip.min.x, self.width),
            pixel(clip.min.y, self.height),
            pixel(clip.max.x, self.width),
            pixel(clip.max.y, self.height),
        ];
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |i: usize| mesh.vertices[corners[i] as usize];
            self.triangle([corner(0), corner(1), corner(2)], texture, scissor, scale);
        }
    }

    /// Returns the picture as bytes.
    pub(super) fn finish(self) -> Option<image::RgbaImage> {
        let byte = |share: f32| (share * 255.0).round().clamp(0.0, 255.0) as u8;
        let bytes = self.pixels.into_iter().flat_map(|pixel| pixel.map(byte)).collect();
        image::RgbaImage::from_raw(u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?, bytes)
    }

    fn triangle(&mut self, mut corners: [Vertex; 3], texture: &Texture, scissor: Scissor, scale: f32) {
        let snap = |at: f32| (at.clamp(-FAR, FAR) * scale * GRID).round() as i64;
        let snap = |v: Vertex| [snap(v.pos.x), snap(v.pos.y)];
        let mut points = corners.map(snap);
        let mut area = edge(points[0], points[1], points[2]);
        if area == 0 {
            return;
        }
        if area < 0 {
            points.swap(1, 2);
            corners.swap(1, 2);
            area = -area;
        }
        let flat =
            corners.iter().all(|corner| corner.uv == corners[0].uv).then(|| texture.sample(corners[0].uv));
        let colors = corners.map(|corner| unit(corner.color));
        let reach = |axis: usize| {
            let values = points.map(|point| point[axis]);
            let grid = GRID as i64;
            (
                values.iter().min().map_or(0, |low| low / grid - 1),
                values.iter().max().map_or(0, |high| high / grid + 1),
            )
        };
        let ((left, right), (top, bottom)) = (reach(0), reach(1));
        let span = |low: i64, high: i64, from: usize, to: usize| {
            (low.max(from as i64) as usize)..((high + 1).clamp(0, to as i64) as usize)
        };
        for y in span(top, bottom, scissor[1], scissor[3]) {
            for x in span(left, right, scissor[0], scissor[2]) {
                let Some(shares) = inside(points, x, y, area) else { continue };
                let blend = |i: usize| (0..3).map(|corner| shares[corner] * colors[corner][i]).sum::<f32>();
                let tint: Rgba = std::array::from_fn(blend);
                let texel = flat.unwrap_or_else(|| texture.sample(place(corners, shares)));
                let pixel = &mut self.pixels[y * self.width + x];
                let rest = 1.0 - texel[3] * tint[3];
                *pixel = std::array::from_fn(|i| texel[i] * tint[i] + pixel[i] * rest);
            }
        }
    }
}

fn place(corners: [Vertex; 3], shares: [f32; 3]) -> egui::Pos2 {
    let mut at = egui::Vec2::ZERO;
    for (corner, share) in corners.iter().zip(shares) {
        at += corner.uv.to_vec2() * share;
    }
    at.to_pos2()
}

/// Returns twice the signed area of the triangle.
fn edge(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Returns the barycentric weights of a pixel's centre, if it is in the triangle.
fn inside(points: [[i64; 2]; 3], x: usize, y: usize, area: i64) -> Option<[f32; 3]> {
    let half = GRID as i64 / 2;
    let middle = [x as i64 * GRID as i64 + half, y as i64 * GRID as i64 + half];
    let mut shares = [0.0; 3];
    for (i, share) in shares.iter_mut().enumerate() {
        let a = points[(i + 1) % 3];
        let b = points[(i + 2) % 3];
        let inner = edge(a, b, middle);
        let top_left = b[1] < a[1] || (b[1] == a[1] && b[0] > a[0]);
        if inner < 0 || (inner == 0 && !top_left) {
            return None;
        }
        *share = inner as f32 / area as f32;
    }
    Some(shares)
}
