//! Rows of text as glyph quads on egui's font atlas, cached so that they can be drawn again without new
//! layout.

use crate::app::style::to_color32;
use crate::canvas::fonts;
use egui::epaint::text::{FontsView, Galley, PlacedRow};
use egui::epaint::{Mesh, TextShape};
use egui::{Color32, Pos2, Rect, Vec2, pos2, vec2};
use engine::scene::TextRow;
use std::sync::Arc;

/// The text size below which bars are drawn instead, in points of the screen.
pub(super) const LEGIBLE: f32 = 6.0;
/// The largest glyph size that egui's atlas holds.
const LARGEST: f32 = 500.0;

/// Appends a row's glyphs, scaled by `zoom`, about the block's origin; false if the row is too small to read.
pub(super) fn append_glyphs(row: &TextRow, zoom: f32, fonts: &mut FontsView<'_>, glyphs: &mut Mesh) -> bool {
    let size = row.size * zoom;
    if size < LEGIBLE {
        return false;
    }
    let font = fonts::font_id(row.face, size.min(LARGEST));
    let galley = fonts.layout_no_wrap(row.text.clone(), font, to_color32(row.color));
    let pixels = galley.pixels_per_point;
    let origin = (vec2(row.origin.x, row.origin.y) * zoom * pixels).round() / pixels;
    for placed in &galley.rows {
        let baseline = placed.row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y);
        let shift = origin - vec2(0.0, baseline);
        let first = glyphs.vertices.len();
        append_mesh(glyphs, &placed.row.visuals.mesh, 1.0, shift);
        // Emoji keep their own colours, as egui's own tessellation has it.
        for glyph in placed.row.glyphs.iter().filter(|glyph| glyph.is_color) {
            let quad = glyphs.vertices.iter_mut().skip(first + glyph.first_vertex as usize).take(4);
            quad.for_each(|vertex| vertex.color = Color32::WHITE);
        }
    }
    true
}

/// Returns the bar in place of a row too small to read: as wide as the row, as high as its small letters.
pub(super) fn placeholder_bar(row: &TextRow) -> (engine::scene::Rect, Color32) {
    let height = row.size * 0.42;
    let top = row.origin.y - row.size * 0.48;
    (
        engine::scene::Rect::new(row.origin.x, top, row.width, height),
        to_color32(row.color).gamma_multiply(0.4),
    )
}

/// Appends a mesh, scaled and moved.
pub(super) fn append_mesh(out: &mut Mesh, mesh: &Mesh, scale: f32, shift: Vec2) {
    let first = out.vertices.len() as u32;
    out.indices.extend(mesh.indices.iter().map(|index| index + first));
    out.vertices.extend(mesh.vertices.iter().map(|vertex| {
        let mut moved = *vertex;
        moved.pos = pos2(vertex.pos.x * scale + shift.x, vertex.pos.y * scale + shift.y);
        moved
    }));
}

/// Wraps glyph quads in screen coordinates as one text shape, so that egui reads its atlas coordinates only
/// when the frame is done and the atlas has its final size.
pub(super) fn to_text_shape(glyphs: Mesh, fonts: &mut FontsView<'_>) -> Option<TextShape> {
    let template = fonts.layout_no_wrap(
        "x".to_owned(),
        fonts::font_id(engine::theme::Face::Regular, 12.0),
        Color32::BLACK,
    );
    let mut row = (*template.rows.first()?.row).clone();
    row.glyphs.clear();
    let bounds = glyphs.calc_bounds();
    let mut galley = Galley::clone(&template);
    (galley.num_vertices, galley.num_indices) = (glyphs.vertices.len(), glyphs.indices.len());
    (galley.rect, galley.mesh_bounds) = (Rect::from_min_max(Pos2::ZERO, bounds.max), bounds);
    row.visuals.glyph_vertex_range = 0..glyphs.vertices.len();
    row.visuals.mesh_bounds = bounds;
    row.visuals.mesh = glyphs;
    galley.rows = vec![PlacedRow { pos: Pos2::ZERO, row: Arc::new(row), ends_with_newline: false }];
    Some(TextShape::new(Pos2::ZERO, Arc::new(galley), Color32::BLACK))
}
