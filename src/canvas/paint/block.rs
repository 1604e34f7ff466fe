//! One block drawn at one zoom: triangles about its own origin, to be copied to each of its places.

use super::signs::lay_out_signs;
use super::{shape, text};
use egui::epaint::text::FontsView;
use egui::epaint::{Mesh, TessellationOptions, Tessellator};
use engine::id::ImageId;
use engine::layout::measure::Measure;
use engine::scene::{Block, SceneShape};
use std::sync::Arc;

/// The level of detail of a block's drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DetailLevel {
    /// All shapes, as layout made them.
    Near,
    /// The far form.
    Far,
    /// Only the words and marks of the far form: its shapes are drawn as plain quads, together with those of
    /// all others.
    Signs,
}

impl DetailLevel {
    /// True if a drawing of this form may substitute another while the zoom changes.
    pub(super) fn can_replace(self, wanted: Self) -> bool {
        self == wanted || (self != Self::Signs && wanted != Self::Signs)
    }
}

/// A block's drawing at a zoom.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The block; held so that its address stays unique.
    pub(super) block: Arc<Block>,
    /// The level of detail.
    pub(super) form: DetailLevel,
    /// The zoom it was drawn for.
    pub(super) zoom: f32,
    /// The frame in which it was last shown.
    pub(super) shown: u64,
    /// Fills and lines.
    pub(super) fills: Mesh,
    /// Glyphs, with coordinates in the font atlas.
    pub(super) glyphs: Mesh,
    /// Images, relative to the origin.
    pub(super) images: Vec<(egui::Rect, ImageId)>,
}

impl Drawn {
    /// Draws a block.
    pub(super) fn new(
        block: &Arc<Block>,
        (form, zoom): (DetailLevel, f32),
        (fonts, measure): (&mut FontsView<'_>, &mut dyn Measure),
        pixels_per_point: f32,
    ) -> Self {
        let mut glyphs = Mesh::default();
        let mut images = Vec::new();
        let mut shapes = Vec::new();
        let far = if form == DetailLevel::Near { None } else { block.far.as_ref() };
        let own = far.map_or(&block.shapes, |far| &far.shapes);
        let drawn = if form == DetailLevel::Signs { &[] } else { own.as_slice() };
        for item in drawn {
            match item {
                // Text too small to read is left out: the far forms have the important words.
                SceneShape::Text(row) => drop(text::append_glyphs(row, zoom, fonts, &mut glyphs)),
                SceneShape::Image { rect, image } => images.push((shape::scale_rect(*rect, zoom), *image)),
                _ => shape::append_shape(item, zoom, &mut shapes),
            }
        }
        let signs = far.map(|far| lay_out_signs(far, zoom, measure)).unwrap_or_default();
        signs.shapes.iter().for_each(|sign| shape::append_shape(sign, 1.0, &mut shapes));
        for row in &signs.rows {
            text::append_glyphs(row, 1.0, fonts, &mut glyphs);
        }
        let mut fills = Mesh::default();
        let mut tessellator = new_tessellator(pixels_per_point);
        for shape in shapes {
            tessellator.tessellate_shape(shape, &mut fills);
        }
        Self { block: Arc::clone(block), form, zoom, shown: 0, fills, glyphs, images }
    }

    /// Returns the bytes that the drawing takes, the block's primitives included.
    pub(super) fn byte_size(&self) -> usize {
        let mesh = |mesh: &Mesh| size_of_val(&mesh.vertices[..]) + size_of_val(&mesh.indices[..]);
        size_of::<Self>()
            + size_of_val(&self.block.shapes[..])
            + mesh(&self.fills)
            + mesh(&self.glyphs)
            + size_of_val(&self.images[..])
    }
}

/// Returns a tessellator that does not use the atlas, so that its meshes stay valid when the atlas grows.
fn new_tessellator(pixels_per_point: f32) -> Tessellator {
    let options = TessellationOptions {
        prerasterized_discs: false,
        coarse_tessellation_culling: false,
        validate_meshes: true,
        ..TessellationOptions::default()
    };
    Tessellator::new(pixels_per_point, options, [1, 1], Vec::new())
}
