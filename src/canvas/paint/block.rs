//! One block drawn at one zoom: triangles about its own origin, to be copied to each of its places.

use super::signs::signs;
use super::{shape, text};
use crate::id::ImageId;
use crate::layout::measure::Measure;
use crate::scene::{Block, Shape};
use egui::epaint::text::FontsView;
use egui::epaint::{Mesh, TessellationOptions, Tessellator};
use std::sync::Arc;

/// The level of detail of a block's drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// All shapes, as layout made them.
    Near,
    /// The far form.
    Far,
    /// Only the words and marks of the far form: its shapes are drawn as plain quads, together with those of
    /// all others.
    Signs,
}

impl Form {
    /// True if a drawing of this form may substitute another while the zoom changes.
    pub(super) fn serves(self, wanted: Self) -> bool {
        self == wanted || (self != Self::Signs && wanted != Self::Signs)
    }
}

/// A block's drawing at a zoom.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The block; held so that its address stays unique.
    pub(super) block: Arc<Block>,
    /// The level of detail.
    pub(super) form: Form,
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
        (form, zoom): (Form, f32),
        (fonts, measure): (&mut FontsView<'_>, &mut dyn Measure),
        pixels_per_point: f32,
    ) -> Self {
        let mut glyphs = Mesh::default();
        let mut images = Vec::new();
        let mut shapes = Vec::new();
        let far = if form == Form::Near { None } else { block.far.as_ref() };
        let own = far.map_or(&block.shapes, |far| &far.shapes);
        let drawn = if form == Form::Signs { &[] } else { own.as_slice() };
        for item in drawn {
            match item {
                // Text too small to read is left out: the far forms have the important words.
                Shape::Text(row) => drop(text::draw(row, zoom, fonts, &mut glyphs)),
                Shape::Image { rect, image } => images.push((shape::scaled(*rect, zoom), *image)),
                _ => shape::draw(item, zoom, &mut shapes),
            }
        }
        let signs = far.map(|far| signs(far, zoom, measure)).unwrap_or_default();
        signs.shapes.iter().for_each(|sign| shape::draw(sign, 1.0, &mut shapes));
        for row in &signs.rows {
            text::draw(row, 1.0, fonts, &mut glyphs);
        }
        let mut fills = Mesh::default();
        let mut tessellator = tessellator(pixels_per_point);
        for shape in shapes {
            tessellator.tessellate_shape(shape, &mut fills);
        }
        Self { block: Arc::clone(block), form, zoom, shown: 0, fills, glyphs, images }
    }

    /// Returns the bytes that the drawing takes, the block's primitives included.
    pub(super) fn bytes(&self) -> usize {
        let mesh = |mesh: &Mesh| size_of_val(&mesh.vertices[..]) + size_of_val(&mesh.indices[..]);
        size_of::<Self>()
            + size_of_val(&self.block.shapes[..])
            + mesh(&self.fills)
            + mesh(&self.glyphs)
            + size_of_val(&self.images[..])
    }
}

/// Returns a tessellator that does not use the atlas, so that its meshes stay valid when the atlas grows.
fn tessellator(pixels_per_point: f32) -> Tessellator {
    let options = TessellationOptions {
        prerasterized_discs: false,
        coarse_tessellation_culling: false,
        validate_meshes: true,
        ..TessellationOptions::default()
    };
    Tessellator::new(pixels_per_point, options, [1, 1], Vec::new())
}
