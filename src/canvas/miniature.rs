//! A whole map painted small into a rectangle, as the start page shows templates.

use super::camera::{Camera, View};
use super::paint::Paint;
use crate::model::Project;
use crate::scene::{Rect, Scene};
use egui::Painter;
use std::sync::Arc;

/// The painter of one map, with what it keeps from frame to frame.
#[derive(Default)]
pub struct Miniature(Paint);

impl Miniature {
    /// Paints the beginning of the map as wide as the rectangle, or all of it where that fits.
    pub fn paint(&mut self, painter: &Painter, rect: egui::Rect, scene: &Arc<Scene>, project: &Project) {
        self.0.show(scene);
        let page = Rect::new(0.0, 0.0, scene.size.x, scene.size.y);
        let zoom = (rect.width() / page.width().max(1.0)).max(0.02);
        let camera = Camera { origin: page.min, zoom };
        let view = View::new(camera, rect, painter.ctx().pixels_per_point());
        self.0.draw(&painter.with_clip_rect(rect.intersect(painter.clip_rect())), &view, project);
    }
}

impl std::fmt::Debug for Miniature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Miniature")
    }
}
