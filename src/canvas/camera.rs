//! The part of the page that the window shows: `screen = (page − origin) · zoom`.

use super::frozen::Frozen;
use egui::{Pos2, Vec2, pos2, vec2};
use engine::scene::{Pt, Rect, pt};
use engine::theme::size;

/// The minimum and maximum zoom.
pub const ZOOM: (f32, f32) = (0.02, 8.0);
/// The smallest text size that reads comfortably, in points of the screen.
pub(super) const COMFORTABLE: f32 = 11.0;
/// A map opens at least this large, so that the titles of its cards and stages can be read.
const OPENING: f32 = COMFORTABLE / size::text::STRONG;
/// Space around a fitted rectangle, in points of the screen.
const MARGIN: f32 = 24.0;
/// The share of the window that the page covers however far it is panned; a smaller page stays in view whole.
const KEPT: f32 = 1.0 / 3.0;
/// The share of the window's width and height that a map still fills, in one of them, at its least zoom.
const LEAST_SHARE: f32 = 0.5;
/// Factor within which a zoom counts as a step of [`Camera::larger_zoom`].
const SAME: f32 = 1.01;
/// Below this zoom a card's text is hard to read.
pub(super) const READABLE: f32 = 0.6;

/// Position and scale of the window on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The point of the page in the window's top left corner.
    pub origin: Pt,
    /// Points of the screen for a point of the page.
    pub zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self { origin: pt(-MARGIN, -MARGIN), zoom: 1.0 }
    }
}

impl Camera {
    /// Shows a whole rectangle of the page, centred, at zoom 1 or less.
    pub fn fit_rect(rect: Rect, window: Vec2) -> Self {
        Self::fit_within(rect, window, 1.0)
    }

    /// Shows a whole rectangle, centred, at zoom `most` or less.
    pub fn fit_within(rect: Rect, window: Vec2, most: f32) -> Self {
        let room = (window - Vec2::splat(2.0 * MARGIN)).max(Vec2::splat(1.0));
        let zoom = (room.x / rect.width().max(1.0)).min(room.y / rect.height().max(1.0));
        let zoom = zoom.min(most).clamp(ZOOM.0, ZOOM.1);
        let center = rect.center();
        Self { origin: center - pt(window.x / 2.0 / zoom, window.y / 2.0 / zoom), zoom }
    }

    /// Returns the initial camera of a map: the whole page if it is readable, else its beginning, fitted to
    /// the window's height.
    pub fn initial_for(page: Pt, window: Vec2) -> Self {
        let whole = Self::fit_rect(Rect::new(0.0, 0.0, page.x, page.y), window);
        let high = ((window.y - 2.0 * MARGIN) / page.y.max(1.0)).clamp(OPENING, 1.0);
        let zoom = if whole.zoom >= OPENING { whole.zoom } else { high };
        let middle = |page: f32, window: f32| {
            let spare = window / zoom - page;
            if spare > 2.0 * MARGIN / zoom { -spare / 2.0 } else { -MARGIN / zoom }
        };
        // A map is aligned left, as text is; only its height is centred if all of it fits.
        let left = middle(page.x, window.x).max(-MARGIN / zoom);
        Self { origin: pt(left, middle(page.y, window.y).max(-MARGIN / zoom)), zoom }
    }

    /// Returns the least zoom of a map: all of it fits in half the window's width and height, however small
    /// the window is. A small map still gets smaller than it is at 100 %.
    pub fn least_zoom(page: Pt, window: Vec2) -> f32 {
        Self::fit_within(Rect::new(0.0, 0.0, page.x, page.y), window * LEAST_SHARE, LEAST_SHARE).zoom
    }

    /// Zooms by a factor about a point of the window (relative to its top left corner), but not out beyond
    /// `least`; a camera that is beyond already stays there.
    pub fn zoom_at(&mut self, at: Vec2, factor: f32, least: f32) {
        let least = least.min(self.zoom).clamp(ZOOM.0, ZOOM.1);
        let zoom = (self.zoom * factor).clamp(least, ZOOM.1);
        if zoom.is_finite() {
            let keep = self.origin + pt(at.x / self.zoom, at.y / self.zoom);
            self.origin = keep - pt(at.x / zoom, at.y / zoom);
            self.zoom = zoom;
        }
    }

    /// Returns the next larger keyboard zoom step: a power of two, as in other drawing programs.
    pub fn larger_zoom(self) -> f32 {
        let next = (self.zoom * SAME).log2().floor() + 1.0;
        next.exp2().clamp(ZOOM.0, ZOOM.1)
    }

    /// Returns the next smaller keyboard zoom step.
    pub fn smaller_zoom(self) -> f32 {
        let next = (self.zoom / SAME).log2().ceil() - 1.0;
        next.exp2().clamp(ZOOM.0, ZOOM.1)
    }

    /// Pans by a distance on the screen.
    pub fn pan_by(&mut self, by: Vec2) {
        self.origin = self.origin - pt(by.x / self.zoom, by.y / self.zoom);
    }

    /// Limits panning so that some of the page stays in view, right of and below the frozen headers
    /// (`covered`).
    pub fn keep_in_sight(&mut self, page: Pt, window: Vec2, covered: Vec2) {
        let hold = |origin: f32, page: f32, window: f32, covered: f32| {
            let kept = (KEPT * (window - covered).max(0.0) / self.zoom).min(page);
            let first = kept - window / self.zoom;
            origin.clamp(first, (page - kept - covered / self.zoom).max(first))
        };
        self.origin = pt(
            hold(self.origin.x, page.x, window.x, covered.x),
            hold(self.origin.y, page.y, window.y, covered.y),
        );
    }

    /// Pans by the least distance that shows a rectangle of the page with a margin, right of and below the
    /// frozen headers (`covered`).
    pub fn reveal_rect(&mut self, rect: Rect, window: Vec2, covered: Vec2) {
        let covered = covered.min(window / 2.0);
        let hidden = pt(covered.x / self.zoom, covered.y / self.zoom);
        self.origin = self.origin + hidden;
        self.reveal_in(rect, window - covered);
        self.origin = self.origin - hidden;
    }

    fn reveal_in(&mut self, rect: Rect, window: Vec2) {
        let slide = |origin: f32, low: f32, high: f32, window: f32| {
            let space = MARGIN / self.zoom;
            let size = window / self.zoom;
            if high - low + 2.0 * space > size || low - space < origin {
                low - space
            } else {
                origin.max(high + space - size)
            }
        };
        // A rectangle wider than the window counts as in view if it fills half of it.
        let inside = |low: f32, high: f32, origin: f32, window: f32| {
            let size = window / self.zoom;
            let is_wide = high - low > size && low < origin + size / 2.0 && high > origin + size / 2.0;
            is_wide || (low >= origin && high <= origin + size)
        };
        if !inside(rect.min.x, rect.max.x, self.origin.x, window.x) {
            self.origin.x = slide(self.origin.x, rect.min.x, rect.max.x, window.x);
        }
        if !inside(rect.min.y, rect.max.y, self.origin.y, window.y) {
            self.origin.y = slide(self.origin.y, rect.min.y, rect.max.y, window.y);
        }
    }
}

/// A camera in its window: converts between page and screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CameraView {
    /// The window on the screen.
    pub(super) rect: egui::Rect,
    /// Points of the screen for a point of the page.
    pub(super) zoom: f32,
    /// Points of the screen for a pixel.
    pub(super) pixel: f32,
    /// The headers that stay at the window's edges.
    pub(super) frozen: Frozen,
    offset: Vec2,
}

impl CameraView {
    /// A camera in a window. The page's corner is put on a whole pixel, so that text stays as sharp as it was
    /// drawn.
    pub(super) fn new(camera: Camera, rect: egui::Rect, pixels_per_point: f32) -> Self {
        let corner = rect.min.to_vec2() - vec2(camera.origin.x, camera.origin.y) * camera.zoom;
        let offset = (corner * pixels_per_point).round() / pixels_per_point;
        Self { rect, zoom: camera.zoom, pixel: 1.0 / pixels_per_point, frozen: Frozen::default(), offset }
    }

    /// Returns a view of another zoom in the same window, with the page's corner at the screen's origin.
    pub(super) fn with_zoom(&self, zoom: f32) -> Self {
        Self { zoom, frozen: Frozen::default(), offset: Vec2::ZERO, ..*self }
    }

    /// Returns the same view shifted by a distance on the screen.
    pub(super) fn shifted_by(&self, by: Vec2) -> Self {
        Self { offset: self.offset + by, ..*self }
    }

    /// Converts a point of the page to the screen.
    pub(super) fn page_to_screen(&self, at: Pt) -> Pos2 {
        pos2(at.x * self.zoom + self.offset.x, at.y * self.zoom + self.offset.y)
    }

    /// Converts a rectangle of the page to the screen.
    pub(super) fn screen_rect(&self, rect: Rect) -> egui::Rect {
        egui::Rect::from_min_max(self.page_to_screen(rect.min), self.page_to_screen(rect.max))
    }

    /// Converts a point of the screen to the page.
    pub(super) fn screen_to_page(&self, at: Pos2) -> Pt {
        pt((at.x - self.offset.x) / self.zoom, (at.y - self.offset.y) / self.zoom)
    }

    /// Returns the part of the page that is in view.
    pub(super) fn visible_page_rect(&self) -> Rect {
        Rect::from_two_points(self.screen_to_page(self.rect.min), self.screen_to_page(self.rect.max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Vec2 = vec2(800.0, 600.0);

    #[test]
    fn zooming_keeps_what_lies_under_the_pointer() {
        let mut camera = Camera { origin: pt(120.0, -40.0), zoom: 0.7 };
        let rect = egui::Rect::from_min_size(pos2(10.0, 20.0), WINDOW);
        let at = pos2(300.0, 200.0);
        let before = CameraView::new(camera, rect, 1.0).screen_to_page(at);
        for factor in [1.3, 0.2, 5.0, 1e9, 1e-9, f32::NAN] {
            camera.zoom_at(at - rect.min, factor, ZOOM.0);
            let after = CameraView::new(camera, rect, 1.0).screen_to_page(at);
            let slack = 0.51 / camera.zoom;
            assert!((after.x - before.x).abs() <= slack && (after.y - before.y).abs() <= slack, "{factor}");
            assert!((ZOOM.0..=ZOOM.1).contains(&camera.zoom));
        }
    }

    #[test]
    fn zooming_out_ends_where_the_map_fits_in_half_the_window() {
        for page in [pt(2400.0, 1400.0), pt(300.0, 200.0), pt(30_000.0, 600.0), pt(900_000.0, 900.0)] {
            let least = Camera::least_zoom(page, WINDOW);
            let fit = Camera::fit_rect(Rect::new(0.0, 0.0, page.x, page.y), WINDOW).zoom;
            assert!(least <= fit && least >= ZOOM.0, "{page:?}: {least} of {fit}");
            let share = (page.x * least / WINDOW.x).max(page.y * least / WINDOW.y);
            let is_small = page.x < 800.0;
            assert!(is_small || least <= ZOOM.0 || (0.35..=0.5).contains(&share), "{page:?} fills {share}");
            let mut camera = Camera { zoom: fit, ..Camera::default() };
            for factor in [0.5, 0.001, 1e-9] {
                camera.zoom_at(WINDOW / 2.0, factor, least);
                assert!(camera.zoom >= least, "{page:?}: {}", camera.zoom);
            }
            assert!((camera.zoom - least).abs() < 1e-6);
            // A map that has grown since is not zoomed by itself.
            camera.zoom_at(WINDOW / 2.0, 0.9, 2.0 * least);
            assert!((camera.zoom - least).abs() < 1e-6);
        }
    }

    #[test]
    fn fitting_shows_everything_and_never_enlarges() {
        for (width, height) in [(400.0, 300.0), (9000.0, 300.0), (200.0, 9000.0)] {
            let rect = Rect::new(50.0, 70.0, width, height);
            let camera = Camera::fit_rect(rect, WINDOW);
            let view = CameraView::new(camera, egui::Rect::from_min_size(Pos2::ZERO, WINDOW), 1.0);
            assert!(view.visible_page_rect().contains_rect(rect) && camera.zoom <= 1.0);
        }
    }

    #[test]
    fn the_page_can_not_be_lost_and_revealing_moves_no_more_than_needed() {
        let mut camera = Camera::default();
        camera.pan_by(vec2(1e6, -1e6));
        camera.keep_in_sight(pt(3000.0, 2000.0), WINDOW, Vec2::ZERO);
        let view = CameraView::new(camera, egui::Rect::from_min_size(Pos2::ZERO, WINDOW), 1.0);
        assert!(view.visible_page_rect().overlaps_rect(Rect::new(0.0, 0.0, 3000.0, 2000.0)));

        let mut camera = Camera { origin: pt(0.0, 0.0), zoom: 1.0 };
        camera.reveal_rect(Rect::new(100.0, 100.0, 50.0, 50.0), WINDOW, Vec2::ZERO);
        assert_eq!(camera.origin, pt(0.0, 0.0));
        camera.reveal_rect(Rect::new(900.0, 100.0, 50.0, 50.0), WINDOW, Vec2::ZERO);
        assert_eq!(camera.origin, pt(950.0 + MARGIN - WINDOW.x, 0.0));
        camera.reveal_rect(Rect::new(200.0, 100.0, 50.0, 50.0), WINDOW, vec2(150.0, 60.0));
        assert_eq!(camera.origin, pt(200.0 - MARGIN - 150.0, 0.0), "beside what covers it");
    }

    #[test]
    fn scrolling_leaves_some_of_the_page_beside_what_covers_it_at_any_zoom() {
        let page = pt(3000.0, 900.0);
        // A window that is hardly there covers itself.
        let mut camera = Camera { origin: pt(5.0, 5.0), zoom: ZOOM.0 };
        camera.keep_in_sight(pt(40.0, 40.0), Vec2::ZERO, Vec2::splat(14.0));
        assert!(camera.origin.x.is_finite() && camera.origin.y.is_finite());
        for zoom in [ZOOM.0, 0.3, 1.0, ZOOM.1] {
            let covered = vec2(160.0, 70.0).min(vec2(page.x, page.y) * zoom / 4.0);
            for (x, y) in [(1e7, 1e7), (-1e7, 1e7), (1e7, -1e7), (-1e7, -1e7)] {
                let mut camera = Camera { origin: pt(x, y), zoom };
                camera.keep_in_sight(page, WINDOW, covered);
                let rect = egui::Rect::from_min_size(Pos2::ZERO, WINDOW);
                let shown =
                    CameraView::new(camera, rect, 1.0).screen_rect(Rect::new(0.0, 0.0, page.x, page.y));
                let seen = shown.intersect(egui::Rect::from_min_max(covered.to_pos2(), rect.max));
                let least = (vec2(page.x, page.y) * zoom).min((WINDOW - covered) * KEPT) - Vec2::splat(1.0);
                assert!(seen.width() >= least.x && seen.height() >= least.y, "{zoom} {x} {y}: {seen}");
            }
        }
    }

    #[test]
    fn the_keys_lead_from_power_to_power_of_two_and_back() {
        let mut camera = Camera { zoom: 0.86, ..Camera::default() };
        let mut go = |larger: bool| {
            camera.zoom = if larger { camera.larger_zoom() } else { camera.smaller_zoom() };
            (camera.zoom * 1e5).round() as u32
        };
        let percent = |percent: f32| (percent * 1e3).round() as u32;
        let up = [go(true), go(true), go(true), go(true), go(true)];
        assert_eq!(up, [100.0, 200.0, 400.0, 800.0, 800.0].map(percent));
        let down = [go(false), go(false), go(false), go(false)];
        assert_eq!(down, [400.0, 200.0, 100.0, 50.0].map(percent));
        let further = [go(false), go(false), go(false), go(false)];
        assert_eq!(further, [25.0, 12.5, 6.25, 3.125].map(percent));
        assert_eq!([go(false), go(false), go(true)], [2.0, 2.0, 3.125].map(percent));
    }

    #[test]
    fn a_map_opens_so_large_that_its_titles_can_be_read() {
        for page in [pt(900.0, 500.0), pt(4000.0, 1400.0), pt(30_000.0, 9000.0)] {
            let camera = Camera::initial_for(page, WINDOW);
            assert!(camera.zoom * size::text::STRONG >= COMFORTABLE && camera.zoom <= 1.0, "{page:?}");
        }
        let small = Camera::initial_for(pt(900.0, 500.0), WINDOW);
        let view = CameraView::new(small, egui::Rect::from_min_size(Pos2::ZERO, WINDOW), 1.0);
        assert!(
            view.visible_page_rect().contains_rect(Rect::new(0.0, 0.0, 900.0, 500.0)),
            "whole where that can be read"
        );
    }
}
