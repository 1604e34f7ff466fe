//! One block drawn at one zoom: triangles about its own origin, ready to be copied wherever it stands.

use super::{shape, text};
use crate::id::ImageId;
use crate::scene::{Block, Shape};
use egui::epaint::text::FontsView;
use egui::epaint::{self, Mesh, TessellationOptions, Tessellator};
use std::sync::Arc;

/// A block's drawing at a zoom.
#[derive(Debug)]
pub(super) struct Drawn {
    /// What is drawn; kept so that its address stays taken.
    pub(super) block: Arc<Block>,
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
        zoom: f32,
        fonts: &mut FontsView<'_>,
        pixels_per_point: f32,
    ) -> Self {
        let (mut fills, mut glyphs, mut images) = (Mesh::default(), Mesh::default(), Vec::new());
        let mut shapes = Vec::new();
        for item in &block.shapes {
            match item {
                Shape::Text(row) => {
                    if !text::draw(row, zoom, fonts, &mut glyphs) {
                        let (rect, fill) = text::bar(row);
                        shapes.push(epaint::Shape::rect_filled(shape::scaled(rect, zoom), 0.0, fill));
                    }
                }
                Shape::Image { rect, image } => images.push((shape::scaled(*rect, zoom), *image)),
                _ => shape::draw(item, zoom, &mut shapes),
            }
        }
        let mut tessellator = tessellator(pixels_per_point);
        for shape in shapes {
            tessellator.tessellate_shape(shape, &mut fills);
        }
        Self { block: Arc::clone(block), zoom, shown: 0, fills, glyphs, images }
    }

    /// How many bytes it takes, the block's primitives among them.
    pub(super) fn bytes(&self) -> usize {
        let mesh = |mesh: &Mesh| size_of_val(&mesh.vertices[..]) + size_of_val(&mesh.indices[..]);
        size_of::<Self>()
            + size_of_val(&self.block.shapes[..])
            + mesh(&self.fills)
            + mesh(&self.glyphs)
            + size_of_val(&self.images[..])
    }
}

/// Tessellates without the atlas: what it makes stays good when the atlas grows.
fn tessellator(pixels_per_point: f32) -> Tessellator {
    let options = TessellationOptions {
        prerasterized_discs: false,
        coarse_tessellation_culling: false,
        validate_meshes: true,
        ..TessellationOptions::default()
    };
    Tessellator::new(pixels_per_point, options, [1, 1], Vec::new())
}
