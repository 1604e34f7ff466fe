//! Looking at the interface without a display: a CPU renderer for `egui_kittest`, and pictures held by the repository.
//!
//! ```ignore
//! #[path = "support/mod.rs"]
//! mod support;
//!
//! let mut harness = support::harness(egui::vec2(1280.0, 800.0)).build_ui(|ui| { … });
//! harness.run();
//! support::snapshot::check_small("start-light", &support::picture(&mut harness));
//! ```
//! Every test that draws takes [`harness`], so that all run with the bundled fonts and nothing of the system.
#![allow(dead_code, reason = "each test crate that includes this module uses its own part of it")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that can not draw or write its picture, or finds nothing to press, fails"
)]
#![allow(
    clippy::iter_over_hash_type,
    reason = "textures are told apart by their id; their order says nothing"
)]

pub(crate) mod desk;
mod raster;
pub(crate) mod snapshot;
mod texture;
pub(crate) mod window;

use egui_kittest::{Harness, HarnessBuilder, TestRenderer};
use raster::Raster;
use std::collections::BTreeMap;
use texture::Texture;

/// Returns a harness of a size in points that draws on the CPU with the bundled fonts.
pub(crate) fn harness<State>(size: egui::Vec2) -> HarnessBuilder<State> {
    Harness::builder().with_size(size).renderer(CpuRenderer::default()).with_context_setup(|ctx| {
        desireline::canvas::fonts::install_fonts(ctx);
        desireline::app::keyboard::Keyboard::install_plugin(ctx);
    })
}

/// Returns the current picture of the harness.
pub(crate) fn picture<State>(harness: &mut Harness<'_, State>) -> image::RgbaImage {
    harness.render().unwrap()
}

/// Draws tessellated shapes as the shaders of egui do: in gamma space, premultiplied, clipped by scissor.
#[derive(Default)]
pub(crate) struct CpuRenderer {
    textures: BTreeMap<egui::TextureId, Texture>,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        for (id, deltas) in delta.set.drain() {
            for delta in &deltas {
                self.textures.entry(id).or_default().apply(delta);
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = (ctx.content_rect().size() * scale).round();
        let mut raster = Raster::new(size.x as usize, size.y as usize);
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            if let egui::epaint::Primitive::Mesh(mesh) = &clipped.primitive {
                let texture = self.textures.get(&mesh.texture_id);
                let texture = texture.ok_or_else(|| format!("no texture {:?}", mesh.texture_id))?;
                raster.draw(mesh, texture, clipped.clip_rect, scale);
            }
        }
        raster.finish().ok_or_else(|| "the picture's size does not fit its pixels".to_owned())
    }
}
