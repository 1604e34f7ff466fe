//! A row with one part aligned left and one aligned right.

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder};

/// Largest difference, in points, at which two widths count as equal.
const ROUNDING: f32 = 0.1;

/// Shows both parts of a row from left to right, which is also their tab order. The right part is placed by
/// its width in the previous frame; if that changed, the frame is laid out again.
pub(super) fn show<S>(
    ui: &mut Ui,
    salt: &str,
    state: &mut S,
    left: impl FnOnce(&mut Ui, &mut S),
    right: impl FnOnce(&mut Ui, &mut S),
) {
    let key = Id::unique("width at the right").with(salt);
    let known: Option<f32> = ui.data(|data| data.get_temp(key));
    let room = ui.available_rect_before_wrap();
    let split = (room.right() - known.unwrap_or_default()).max(room.left());
    let gap = ui.spacing().item_spacing.x;
    part(ui, room.with_max_x((split - gap).max(room.left())), |ui| left(ui, state));
    let width = part(ui, room.with_min_x(split), |ui| right(ui, state));
    // Widths that differ only by rounding count as equal.
    if known.is_none_or(|known| (known - width).abs() > ROUNDING) {
        ui.data_mut(|data| data.insert_temp(key, width));
        ui.ctx().request_discard("the width of a row's right part changed");
    }
}

/// Shows a part in its area; returns the width that it takes.
fn part(ui: &mut Ui, room: Rect, content: impl FnOnce(&mut Ui)) -> f32 {
    let place = UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Center));
    let inside = |ui: &mut Ui| {
        content(ui);
        ui.min_rect().width()
    };
    ui.scope_builder(place, inside).inner
}
