//! Pans and zooms the map: wheel and trackpad, pinch, middle- and space-drag, and the edges while dragging.

use super::camera::{Camera, CameraView};
use egui::{CursorIcon, Key, PointerButton, Rangef, Response, Ui, Vec2, vec2};

/// Width of the strip at the window's edge in which a drag pans the map, in points.
const EDGE: f32 = 36.0;
/// Speed of that panning, in points a second.
const SPEED: f32 = 900.0;

/// Applies wheel, trackpad and pinch, zooming about a point of the window, out to the zoom `least`; true if
/// the map moved.
pub(super) fn apply_wheel(ui: &Ui, about: Vec2, camera: &mut Camera, least: f32) -> bool {
    let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    if (zoom - 1.0).abs() > f32::EPSILON {
        camera.zoom_at(about, zoom, least);
    } else if scroll != Vec2::ZERO {
        camera.pan_by(scroll);
    } else {
        return false;
    }
    true
}

/// Applies wheel, trackpad and panning drags; true while the map is being dragged.
pub(super) fn pan_and_zoom(
    ui: &Ui,
    response: &Response,
    camera: &mut Camera,
    (least, typing): (f32, bool),
) -> bool {
    if let Some(at) = response.hover_pos() {
        apply_wheel(ui, at - response.rect.min, camera, least);
    }
    let space = !typing && ui.input(|input| input.key_down(Key::Space));
    let middle = response.dragged_by(PointerButton::Middle);
    if middle || (space && response.dragged_by(PointerButton::Primary)) {
        camera.pan_by(response.drag_delta());
        ui.set_cursor_icon(CursorIcon::Grabbing);
        return true;
    }
    if space && response.hovered() {
        ui.set_cursor_icon(CursorIcon::Grab);
    }
    space
}

/// Pans the map while something is dragged near the edge of the part that frozen headers leave free; over the
/// headers it does not pan.
pub(super) fn scroll_at_edge(ui: &Ui, view: &CameraView, camera: &mut Camera) {
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let push = |window: Rangef, content: Rangef, at: f32| {
        let strength = |depth: f32| (depth / EDGE).clamp(0.0, 1.0);
        let over_headers = (window.min..content.min).contains(&at);
        let back = if over_headers { 0.0 } else { strength(content.min + EDGE - at) };
        back - strength(at - (content.max - EDGE))
    };
    let window = view.rect;
    let content = view.content_rect();
    let by = vec2(
        push(window.x_range(), content.x_range(), at.x),
        push(window.y_range(), content.y_range(), at.y),
    );
    if by != Vec2::ZERO {
        let seconds = ui.input(|input| input.stable_dt).min(0.05);
        camera.pan_by(by * SPEED * seconds);
        ui.request_repaint();
    }
}
