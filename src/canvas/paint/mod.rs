//! The scene on the screen: blocks are drawn once for a zoom, cached, and copied to their places.
//!
//! Text is drawn by scaling only while the zoom changes: as soon as it rests, the blocks in view are drawn
//! again for exactly that zoom. If the words of blocks would be too small to read, their far forms are drawn;
//! at still smaller zooms the whole map is one mesh of plain quads, with the far forms' words and marks above
//! it.

mod block;
mod far;
mod image;
mod shape;
mod signs;
mod text;

use super::camera::{CameraView, READABLE};
use super::index::SceneIndex;
use block::{DetailLevel, Drawn};
use egui::epaint::Mesh;
use egui::epaint::text::FontsView;
use egui::{Painter, Rect, pos2};
use engine::layout::measure::{FontMeasure, Measure};
use engine::model::Project;
use engine::scene::{Block, Placed, Scene, ScenePart};
use far::Far;
use image::Images;
use signs::lay_out_signs;
use std::collections::HashMap;
use std::sync::Arc;

/// Below this zoom far forms are drawn.
pub(in crate::canvas) const FAR_FORMS: f32 = READABLE;
/// Below this zoom shapes are drawn as plain quads.
const PLAIN: f32 = 0.26;
/// Below this zoom no card has room for its score, so only names of stages and the journey are written.
const SCORES: f32 = 0.115;
/// The largest factor by which a drawing may be scaled while the zoom changes.
const STRETCH: f32 = 1.4;
/// The time that the zoom must rest until everything is drawn for it, in seconds.
const REST: f64 = 0.12;
/// The maximum number of primitives drawn anew in one frame; the rest uses plain quads until the next frames.
const BUDGET: usize = 2_000;
/// The maximum bytes of cached drawings that are out of view.
const KEPT_BYTES: usize = 32 << 20;

/// The cache between frames for drawing a scene.
#[derive(Default)]
pub(super) struct Paint {
    scene: Option<Arc<Scene>>,
    index: SceneIndex,
    far: Option<Far>,
    drawn: HashMap<*const Block, Drawn>,
    /// The bytes of all drawings, and of those in view when the cache was last pruned.
    bytes: (usize, usize),
    images: Images,
    measure: FontMeasure,
    frame: u64,
    atlas: f32,
    pixels_per_point: f32,
    zoomed: (f32, f64),
    fills: Arc<Mesh>,
}

impl Paint {
    /// Sets the current scene.
    pub(super) fn set_scene(&mut self, scene: &Arc<Scene>) {
        if self.scene.as_ref().is_none_or(|shown| !Arc::ptr_eq(shown, scene)) {
            self.index = SceneIndex::new(scene);
            self.far = None;
            self.scene = Some(Arc::clone(scene));
        }
    }

    /// Returns the spatial index of the scene's items.
    pub(super) fn index(&self) -> &SceneIndex {
        &self.index
    }

    /// Draws the part of the scene in view.
    pub(super) fn draw(&mut self, painter: &Painter, view: &CameraView, project: &Project) {
        let Some(scene) = self.scene.clone() else { return };
        self.begin_frame(painter, view.zoom);
        if view.zoom < PLAIN {
            let mut fills = self.reuse_mesh();
            let far = self.far.get_or_insert_with(|| Far::new(scene.items.iter(), DetailLevel::Far));
            far.draw(view, &mut fills);
            self.paint_fills(painter, fills);
        }
        let seen = if view.zoom < SCORES {
            let is_name =
                |item: &&Placed| matches!(item.block.part, ScenePart::Header | ScenePart::StageHeader);
            scene
                .items
                .iter()
                .filter(is_name)
                .filter(|item| item.bounds().overlaps_rect(view.visible_page_rect()))
                .collect()
        } else {
            self.index.items_in(&scene, view.visible_page_rect())
        };
        self.draw_items(painter, view, project, &seen);
        self.evict_unseen();
    }

    /// True if the words of an item can be read whole at a zoom; marks of a far form have none.
    pub(super) fn is_whole(&mut self, item: &Placed, zoom: f32) -> bool {
        if Self::detail_level(zoom) == DetailLevel::Near {
            return !item.block.cut;
        }
        let is_name = matches!(item.block.part, ScenePart::Header | ScenePart::StageHeader);
        let Some(form) = item.block.far.as_ref() else { return false };
        if !(is_name || zoom >= SCORES) {
            return false;
        }
        let Some(title) = form.title.as_ref() else { return false };
        if !form.marks.is_empty() {
            return false;
        }
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let rows: String =
            lay_out_signs(form, zoom, &mut self.measure).rows.iter().map(|row| letters(&row.text)).collect();
        rows.contains(&letters(&title.text))
    }

    /// Returns the level of detail at a zoom.
    fn detail_level(zoom: f32) -> DetailLevel {
        match zoom {
            _ if zoom < PLAIN => DetailLevel::Signs,
            _ if zoom < FAR_FORMS => DetailLevel::Far,
            _ => DetailLevel::Near,
        }
    }

    /// Draws some items again on top, such as a raised card.
    pub(super) fn draw_items(
        &mut self,
        painter: &Painter,
        view: &CameraView,
        project: &Project,
        items: &[&Placed],
    ) {
        self.refresh_drawings(painter, view.zoom, items);
        let mut fills = self.reuse_mesh();
        let mut glyphs = Mesh::default();
        let mut images = Vec::new();
        let form = Self::detail_level(view.zoom);
        let serves = |drawn: &&mut Drawn| drawn.form.can_replace(form);
        if form != DetailLevel::Signs {
            let is_missing = |item: &&&Placed| {
                self.drawn.get(&Arc::as_ptr(&item.block)).is_none_or(|drawn| !drawn.form.can_replace(form))
            };
            Far::new(items.iter().filter(is_missing).copied(), form).draw(view, &mut fills);
        }
        for item in items {
            let Some(drawn) = self.drawn.get_mut(&Arc::as_ptr(&item.block)).filter(serves) else { continue };
            drawn.shown = self.frame;
            let scale = view.zoom / drawn.zoom;
            let pixels = self.pixels_per_point;
            let origin = (view.page_to_screen(item.at).to_vec2() * pixels).round() / pixels;
            text::append_mesh(&mut fills, &drawn.fills, scale, origin);
            text::append_mesh(&mut glyphs, &drawn.glyphs, scale, origin);
            images.extend(drawn.images.iter().map(|(rect, id)| (*rect * scale, origin, *id)));
        }
        self.paint_fills(painter, fills);
        for (rect, origin, id) in images {
            if let Some(texture) = self.images.texture_of(painter.ctx(), project, id) {
                let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture, rect.translate(origin), all, egui::Color32::WHITE);
            }
        }
        if !glyphs.is_empty() {
            painter
                .extend(painter.fonts_mut(|fonts| text::to_text_shape(glyphs, fonts)).map(egui::Shape::from));
        }
    }

    /// Returns the mesh of the last frame, emptied, so that its allocation is reused.
    fn reuse_mesh(&mut self) -> Mesh {
        let mut mesh = Arc::get_mut(&mut self.fills).map(std::mem::take).unwrap_or_default();
        mesh.vertices.clear();
        mesh.indices.clear();
        mesh
    }

    fn paint_fills(&mut self, painter: &Painter, fills: Mesh) {
        let fills = Arc::new(fills);
        painter.add(Arc::clone(&fills));
        if fills.vertices.capacity() > self.fills.vertices.capacity() {
            self.fills = fills;
        }
    }

    /// Begins a frame: drops drawings whose glyphs are no longer in the font atlas, and notes zoom changes.
    fn begin_frame(&mut self, painter: &Painter, zoom: f32) {
        self.frame += 1;
        let now = painter.ctx().input(|input| input.time);
        let filled = painter.fonts(|fonts| {
            let fonts: &FontsView<'_> = fonts;
            fonts.font_atlas_fill_ratio()
        });
        let pixels = painter.pixels_per_point();
        if filled < self.atlas || (pixels - self.pixels_per_point).abs() > f32::EPSILON {
            self.drawn.clear();
            self.bytes = (0, 0);
        }
        (self.atlas, self.pixels_per_point) = (filled, pixels);
        if (self.zoomed.0 - zoom).abs() > f32::EPSILON {
            // The very first zoom needs no rest.
            let since = if self.zoomed.0 > 0.0 { now } else { f64::NEG_INFINITY };
            self.zoomed = (zoom, since);
        }
    }

    /// Draws blocks that are missing or were drawn for another zoom.
    fn refresh_drawings(&mut self, painter: &Painter, zoom: f32, items: &[&Placed]) {
        let ctx = painter.ctx();
        let rests = ctx.input(|input| input.time) - self.zoomed.1 >= REST;
        let stretch = if rests { 1.0 + f32::EPSILON } else { STRETCH };
        let mut budget = BUDGET;
        let pixels = self.pixels_per_point;
        let form = Self::detail_level(zoom);
        let mut waits = false;
        painter.fonts_mut(|fonts| {
            for item in items {
                let key = Arc::as_ptr(&item.block);
                if form == DetailLevel::Signs && item.block.far.is_none() {
                    continue;
                }
                let fresh = self.drawn.get(&key).is_some_and(|drawn| {
                    let scale = zoom / drawn.zoom;
                    drawn.form.can_replace(form)
                        && Arc::ptr_eq(&drawn.block, &item.block)
                        && scale <= stretch
                        && scale >= 1.0 / stretch
                });
                if fresh {
                    waits |=
                        self.drawn.get(&key).is_some_and(|drawn| (drawn.zoom - zoom).abs() > f32::EPSILON);
                } else if budget > 0 {
                    budget = budget.saturating_sub(item.block.shapes.len().max(1));
                    let tools: (&mut FontsView<'_>, &mut dyn Measure) = (&mut *fonts, &mut self.measure);
                    let drawn = Drawn::new(&item.block, (form, zoom), tools, pixels);
                    self.bytes.0 += drawn.byte_size();
                    let before = self.drawn.insert(key, drawn).map_or(0, |before| before.byte_size());
                    self.bytes.0 = self.bytes.0.saturating_sub(before);
                } else {
                    waits = true;
                }
            }
        });
        if waits && budget == 0 {
            ctx.request_repaint();
        } else if waits {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(REST));
        }
    }

    /// Drops drawings out of view, once they exceed the cache's limit.
    fn evict_unseen(&mut self) {
        let (taken, seen) = self.bytes;
        if taken > KEPT_BYTES + 2 * seen {
            let frame = self.frame;
            self.drawn.retain(|_, drawn| drawn.shown == frame);
            let seen = self.drawn.values().map(Drawn::byte_size).sum();
            self.bytes = (seen, seen);
        }
    }
}
