//! A map as a small picture, as the start page shows templates.

use super::camera::{Camera, View};
use super::paint::{color, from_afar};
use crate::scene::{Rect, Scene};
use crate::theme::ThemeId;
use egui::Ui;

/// Draws a whole scene into a rectangle of the screen, without its small print.
pub fn paint_small(ui: &Ui, scene: &Scene, rect: egui::Rect, theme: ThemeId) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect_filled(rect, 4.0, color(theme.theme().canvas));
    let page = Rect::new(0.0, 0.0, scene.size.x, scene.size.y);
    let camera = Camera::fit_within(page, rect.size(), 1.0);
    painter.add(from_afar(scene, &View::new(camera, rect, ui.pixels_per_point())));
}
