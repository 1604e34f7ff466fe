//! The minimap: the whole map as a small picture in the window's corner, with a frame around the part in
//! view. It is shown only if the map is larger than the window.

use super::camera::{Camera, CameraView};
use super::io::CanvasInput;
use super::navigate;
use super::overlay;
use super::selection::body_rect;
use super::{Canvas, CanvasState};
use crate::app::style::to_color32;
use egui::epaint::Mesh;
use egui::{Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};
use engine::i18n::Msg;
use engine::scene::{Placed, Pt, Scene, ScenePart, SceneShape, pt};
use engine::theme::{Color, Theme, size};
use std::sync::Arc;

/// The maximum and minimum size of the picture, in points of the screen.
const SIZE: (Vec2, Vec2) = (vec2(184.0, 116.0), vec2(64.0, 36.0));
/// Space between the picture and the window's edges, and inside its border.
const MARGIN: f32 = size::space::M;
const PAD: f32 = size::space::XS;
/// The minimum window size for a minimap.
const LEAST_WINDOW: Vec2 = vec2(420.0, 280.0);
/// Side of the smallest rectangle drawn, in points of the screen: of several at one place only the first is
/// drawn, so that a map of any size takes few triangles.
const GRAIN: f32 = 1.5;

/// The picture of the current scene, cached until the scene or the picture's place changes.
#[derive(Debug, Default)]
pub(super) struct Minimap {
    /// True if the user has switched the minimap on.
    pub(super) is_wanted: bool,
    drawn: Option<(Arc<Scene>, Rect, Arc<Mesh>)>,
}

impl Minimap {
    /// Returns the scene as small rectangles within a part of the screen.
    fn scene_mesh(&mut self, scene: &Arc<Scene>, inner: Rect, theme: &Theme) -> Arc<Mesh> {
        if let Some((shown, place, mesh)) = &self.drawn
            && Arc::ptr_eq(shown, scene)
            && *place == inner
        {
            return Arc::clone(mesh);
        }
        let mesh = Arc::new(draw_scene(scene, inner, theme));
        self.drawn = Some((Arc::clone(scene), inner, Arc::clone(&mesh)));
        mesh
    }
}

/// Returns the picture's place in a window; `None` if the map fits the window or the window is too small.
fn minimap_rect(view: &CameraView, page: Pt) -> Option<Rect> {
    let window = view.rect.size();
    let shown = vec2(page.x, page.y) * view.zoom;
    let is_larger = shown.x > window.x + 1.0 || shown.y > window.y + 1.0;
    if !is_larger || window.x < LEAST_WINDOW.x || window.y < LEAST_WINDOW.y {
        return None;
    }
    let (most, least) = SIZE;
    let scale = (most.x / page.x.max(1.0)).min(most.y / page.y.max(1.0));
    let size = (vec2(page.x, page.y) * scale).max(least).round() + Vec2::splat(2.0 * PAD);
    let corner = view.rect.max - Vec2::splat(MARGIN);
    Some(Rect::from_min_max(corner - size, corner))
}

fn draw_scene(scene: &Scene, inner: Rect, theme: &Theme) -> Mesh {
    let scale = vec2(inner.width() / scene.size.x.max(1.0), inner.height() / scene.size.y.max(1.0));
    let at = |point: Pt| inner.min + vec2(point.x, point.y) * scale;
    let columns = (inner.width() / GRAIN) as usize + 1;
    let rows = (inner.height() / GRAIN) as usize + 1;
    let mut taken = vec![false; columns * rows];
    let mut mesh = Mesh::default();
    for item in scene.items.iter().filter(|item| is_drawn(item.block.part)) {
        let body = body_rect(item);
        let rect = Rect::from_min_max(at(body.min), at(body.max));
        let size = rect.size().max(Vec2::splat(GRAIN));
        if size.x < 2.0 * GRAIN && size.y < 2.0 * GRAIN {
            let offset = (rect.min - inner.min) / GRAIN;
            let cell = (offset.y.max(0.0) as usize).min(rows - 1) * columns
                + (offset.x.max(0.0) as usize).min(columns - 1);
            if std::mem::replace(&mut taken[cell], true) {
                continue;
            }
        }
        mesh.add_colored_rect(Rect::from_min_size(rect.min, size).intersect(inner), block_color(item, theme));
    }
    mesh
}

fn is_drawn(part: ScenePart) -> bool {
    match part {
        ScenePart::StageHeader
        | ScenePart::Lane
        | ScenePart::Card
        | ScenePart::Insight
        | ScenePart::Cell
        | ScenePart::Score
        | ScenePart::Picture
        | ScenePart::CurvePoint(_) => true,
        ScenePart::Page
        | ScenePart::Header
        | ScenePart::Line
        | ScenePart::Flow
        | ScenePart::FlowLabel
        | ScenePart::Curve(_)
        | ScenePart::CurveQuote
        | ScenePart::Legend
        | ScenePart::Change => false,
    }
}

/// Returns the colour of a block in the picture: the most saturated of its own, or else that of its part.
fn block_color(item: &Placed, theme: &Theme) -> Color32 {
    if item.block.part == ScenePart::Lane {
        return to_color32(theme.hairline).gamma_multiply(0.5);
    }
    let strength = |ink: &Color| {
        let [red, green, blue, alpha] = ink.to_array();
        if alpha < 128 { 0 } else { red.max(green).max(blue) - red.min(green).min(blue) }
    };
    // The badges of a card are not its own colour.
    let most = if item.block.part == ScenePart::Card { 1 } else { usize::MAX };
    let colors = item.block.shapes.iter().take(most).flat_map(|shape| match shape {
        SceneShape::Rect { fill, stroke, .. }
        | SceneShape::Circle { fill, stroke, .. }
        | SceneShape::Polygon { fill, stroke, .. } => [*fill, stroke.map(|stroke| stroke.color)],
        _ => [None, None],
    });
    let strongest = colors.flatten().max_by_key(strength).filter(|ink| strength(ink) > 48);
    strongest.map_or_else(|| to_color32(theme.outline).gamma_multiply(0.7), to_color32)
}

impl Canvas {
    /// Switches the minimap on or off.
    pub fn show_minimap(&mut self, is_wanted: bool) {
        self.minimap.is_wanted = is_wanted;
    }

    /// Shows the minimap if it is on. A click or drag in it pans the map, and the wheel works as over the
    /// map, zooming about the middle of the view.
    pub(super) fn draw_minimap(&mut self, ui: &Ui, view: &CameraView, input: &CanvasInput<'_>) {
        let page = input.scene.size;
        // The minimap would cover a text field near the corner.
        let is_typing = matches!(self.state, CanvasState::Edit(_));
        if is_typing || !self.minimap.is_wanted {
            return;
        }
        let Some(outer) = minimap_rect(view, page) else { return };
        let theme = input.theme();
        let inner = outer.shrink(PAD);
        let sense = Sense::CLICK | Sense::DRAG;
        let response = ui.interact(outer, ui.scope_id().with("minimap"), sense);
        let name = Msg::Minimap.text(input.lang);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
        let painter = ui.painter();
        overlay::draw_shadow(painter, outer, theme);
        let line = Stroke::new(1.0, to_color32(theme.hairline));
        painter.rect(outer, size::radius::CONTROL, to_color32(theme.surface), line, StrokeKind::Inside);
        painter.add(self.minimap.scene_mesh(input.scene, inner, theme));
        let content = view.content_rect();
        let on_map = |at: egui::Pos2| {
            let point = view.screen_to_page(at);
            inner.min + vec2(point.x / page.x.max(1.0), point.y / page.y.max(1.0)) * inner.size()
        };
        let seen = Rect::from_min_max(on_map(content.min), on_map(content.max)).intersect(inner.expand(1.0));
        let accent = to_color32(theme.accent);
        painter.rect(seen, 2.0, accent.gamma_multiply(0.08), Stroke::new(1.5, accent), StrokeKind::Inside);
        if response.hovered()
            && let Some(mut camera) = self.camera
            && navigate::apply_wheel(
                ui,
                content.center() - self.window.min,
                &mut camera,
                self.least_zoom(input),
            )
        {
            self.camera = Some(camera);
            self.unmoved = false;
            ui.request_repaint();
        }
        let pulled = response.is_pointer_button_down_on() || response.clicked();
        if let Some(at) = response.interact_pointer_pos()
            && pulled
        {
            let share = (at - inner.min) / inner.size();
            let middle = pt(share.x.clamp(0.0, 1.0) * page.x, share.y.clamp(0.0, 1.0) * page.y);
            self.look_at(middle, content, ui);
        }
    }

    /// Pans the map the shorter way so that `shown` is not beneath the minimap.
    pub(super) fn pan_clear_of_minimap(&self, camera: &mut Camera, view: &CameraView, page: Pt, shown: Rect) {
        let Some(outer) = minimap_rect(view, page) else { return };
        if !self.minimap.is_wanted {
            return;
        }
        if !outer.intersects(shown) {
            return;
        }
        let up = shown.bottom() + MARGIN - outer.top();
        let left = shown.right() + MARGIN - outer.left();
        let seen = view.content_rect();
        let fits_up = shown.top() - up >= seen.top();
        let fits_left = shown.left() - left >= seen.left();
        if fits_up && (up <= left || !fits_left) {
            camera.pan_by(vec2(0.0, -up));
        } else if fits_left {
            camera.pan_by(vec2(-left, 0.0));
        }
    }

    /// Pans the map so that a point of the page is in the middle of a part of the window.
    fn look_at(&mut self, middle: Pt, content: Rect, ui: &Ui) {
        let Some(Camera { zoom, origin }) = self.camera else { return };
        let off = content.center() - self.window.min;
        let next = middle - pt(off.x / zoom, off.y / zoom);
        if next != origin {
            self.camera = Some(Camera { zoom, origin: next });
            self.unmoved = false;
            ui.request_repaint();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;
    use engine::scene::PageGrid;
    use engine::theme::ThemeId;

    fn view(zoom: f32) -> CameraView {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0));
        CameraView::new(Camera { zoom, ..Camera::default() }, rect, 1.0)
    }

    #[test]
    fn only_a_map_larger_than_the_window_has_an_overview_that_stays_small() {
        for page in [pt(2000.0, 900.0), pt(60_000.0, 700.0), pt(900.0, 20_000.0)] {
            let place = minimap_rect(&view(1.0), page).expect("it has one");
            let most = SIZE.0 + Vec2::splat(2.0 * PAD);
            assert!(place.width() <= most.x && place.height() <= most.y, "{page:?}: {place}");
            assert!(place.width() >= SIZE.1.x && place.height() >= SIZE.1.y, "{page:?}: {place}");
            assert!(view(1.0).rect.contains_rect(place));
        }
        assert_eq!(minimap_rect(&view(0.5), pt(2000.0, 900.0)), None);
    }

    #[test]
    fn ten_thousand_cards_are_drawn_once_and_with_few_triangles() {
        let block = Arc::new(engine::scene::Block {
            element: None,
            part: ScenePart::Card,
            bounds: engine::scene::Rect::new(0.0, 0.0, 120.0, 88.0),
            label: String::new(),
            shapes: Vec::new(),
            far: None,
            cut: false,
        });
        let card = |index: usize| Placed {
            at: pt((index % 100) as f32 * 160.0, (index / 100) as f32 * 120.0),
            block: Arc::clone(&block),
        };
        let items: Vec<Placed> = (0..40_000).map(|index| card(index % 10_000)).collect();
        let scene = Arc::new(Scene { size: pt(16_000.0, 12_000.0), items, grid: PageGrid::default() });
        let theme = ThemeId::Light.theme();
        let mut minimap = Minimap::default();
        let inner = Rect::from_min_size(pos2(5.0, 5.0), SIZE.0);
        let first = minimap.scene_mesh(&scene, inner, theme);
        assert!(!first.is_empty() && first.indices.len() / 3 <= 20_000, "{} indices", first.indices.len());
        assert!(Arc::ptr_eq(&first, &minimap.scene_mesh(&scene, inner, theme)), "kept while nothing changes");
        let other = Arc::new(Scene::clone(&scene));
        assert!(!Arc::ptr_eq(&first, &minimap.scene_mesh(&other, inner, theme)));
    }
}
