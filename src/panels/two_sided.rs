//! Rows with a part at the right end, drawn from left to right, which is also the tab order.

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder};

/// Largest difference, in points, at which two widths count as equal.
const ROUNDING: f32 = 0.1;

/// Shows both parts of a row from left to right, which is also their tab order. The right part is placed by
/// its width in the previous frame; if that changed, the frame is laid out again.
pub(crate) fn show<S>(
    ui: &mut Ui,
    salt: &str,
    state: &mut S,
    left: impl FnOnce(&mut Ui, &mut S),
    right: impl FnOnce(&mut Ui, &mut S),
) {
    let room = ui.available_rect_before_wrap();
    let split = split_of(ui, salt, room);
    let gap = ui.spacing().item_spacing.x;
    let beside = room.with_max_x((split - gap).max(room.left()));
    ui.scope_builder(place(beside), |ui| left(ui, state));
    show_from(ui, salt, room, split, |ui| right(ui, state));
}

/// Shows controls at the right end of the row that `ui` is in, placed as by [`show`].
pub(crate) fn at_right<R>(ui: &mut Ui, salt: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_rect_before_wrap();
    let split = split_of(ui, salt, room);
    show_from(ui, salt, room, split, content)
}

/// Shows the row of a dialog's buttons at its right end.
pub(crate) fn show_buttons<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| at_right(ui, "buttons", content)).inner
}

fn width_key(ui: &Ui, salt: &str) -> Id {
    ui.scope_id().with(("width at the right", salt))
}

/// Returns the left edge of the right part.
fn split_of(ui: &Ui, salt: &str, room: Rect) -> f32 {
    let known: Option<f32> = ui.data(|data| data.get_temp(width_key(ui, salt)));
    (room.right() - known.unwrap_or_default()).max(room.left())
}

/// Shows the right part from an edge on, and remembers its width.
fn show_from<R>(ui: &mut Ui, salt: &str, room: Rect, split: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let mut part = ui.new_child(place(room.with_min_x(split)));
    let inner = content(&mut part);
    let shown = part.min_rect();
    // What is not yet in its place does not widen the row.
    ui.advance_cursor_after_rect(shown.with_max_x(shown.right().min(room.right())));
    let key = width_key(ui, salt);
    let known: Option<f32> = ui.data(|data| data.get_temp(key));
    // Widths that differ only by rounding count as equal.
    if known.is_none_or(|known| (known - shown.width()).abs() > ROUNDING) {
        ui.data_mut(|data| data.insert_temp(key, shown.width()));
        ui.ctx().request_discard("the width of a row's right part changed");
    }
    inner
}

fn place(room: Rect) -> UiBuilder {
    UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Center))
}
