//! The frame of the open dialog: its place in the window, its end, and the focus before and after it.

use crate::app::App;
use crate::app::dialog::{DialogPlace, Modal};
use crate::app::keyboard::{self, Owner};
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::canvas::Canvas;
use egui::{Area, Context, Frame, Id, Margin, Order, Pos2, Rect, Ui, UiKind};

/// Number of frames in which the list takes its place: its size is known from the second frame on.
const PLACING: u64 = 2;

/// The place of the open list.
#[derive(Debug, Clone, Copy)]
struct ChooserPlace {
    corner: Pos2,
    /// The numbers of the first frame in which it was shown, and of the last.
    frames: (u64, u64),
}

fn place_key() -> Id {
    Id::unique("place of the chooser")
}

/// Returns the place of the list if it was shown in the last frame.
fn known_place(ctx: &Context) -> Option<ChooserPlace> {
    let place: Option<ChooserPlace> = ctx.data(|data| data.get_temp(place_key()));
    place.filter(|place| place.frames.1 + 1 >= ctx.cumulative_frame_nr())
}

/// Returns the list's area: below the element, or where the window has room. It stays at its first place
/// while typing shortens the list.
fn area_beside(ctx: &Context, element: Option<Rect>) -> Area {
    let at = element.map_or(ctx.content_rect().center(), |place| place.left_bottom());
    let is_placed = |place: &ChooserPlace| place.frames.0 + PLACING <= ctx.cumulative_frame_nr();
    let at = known_place(ctx).filter(is_placed).map_or(at, |place| place.corner);
    let area = Area::new(Id::unique("chooser")).kind(UiKind::Modal).order(Order::Foreground);
    area.fixed_pos(at).constrain(true).interactable(true)
}

/// Records the list's place in this frame.
fn keep_place(ctx: &Context, corner: Pos2) {
    let now = ctx.cumulative_frame_nr();
    let first = known_place(ctx).map_or(now, |place| place.frames.0);
    ctx.data_mut(|data| data.insert_temp(place_key(), ChooserPlace { corner, frames: (first, now) }));
}

/// The focus while a dialog is open: the widget focused before, and the one focused in the dialog.
#[derive(Debug, Clone, Copy)]
struct DialogFocus {
    before: Option<Id>,
    inside: Option<Id>,
}

fn dialog_focus_key() -> Id {
    Id::unique("keyboard before the dialog")
}

/// True while a help dialog is open, and in the frame after, before the focus is restored.
pub(super) fn is_helping(ctx: &egui::Context, dialog: Option<&dyn Modal>) -> bool {
    match dialog {
        Some(dialog) => dialog.is_help(),
        None => ctx.data(|data| data.get_temp::<DialogFocus>(dialog_focus_key())).is_some(),
    }
}

/// Restores the focus once a dialog is closed, unless the dialog's command has opened a field meanwhile.
fn keep_focus(ctx: &egui::Context, is_open: bool) {
    let key = dialog_focus_key();
    let kept: Option<DialogFocus> = ctx.data(|data| data.get_temp(key));
    let focused = ctx.memory(egui::Memory::focused);
    match (is_open, kept) {
        (true, None) => {
            let focus = DialogFocus { before: focused, inside: None };
            ctx.data_mut(|data| data.insert_temp(key, focus));
        }
        (true, Some(kept)) => {
            let focus = DialogFocus { inside: focused.or(kept.inside), ..kept };
            ctx.data_mut(|data| data.insert_temp(key, focus));
        }
        (false, Some(kept)) => {
            ctx.data_mut(|data| data.remove::<DialogFocus>(key));
            let is_taken = focused.is_some() && focused != kept.inside && focused != kept.before;
            if let Some(id) = kept.before
                && !is_taken
                && !keyboard::is_on_map_field(ctx)
            {
                ctx.memory_mut(|memory| memory.request_focus(id));
            }
        }
        (false, None) => {}
    }
}

/// Draws the open dialog and queues its end when Escape is pressed or the window behind it is clicked.
pub(super) fn show(ui: &Ui, app: &mut App, canvas: &Canvas) {
    keep_focus(ui.ctx(), app.dialog.is_some());
    let Some(mut dialog) = app.dialog.take_out() else { return };
    let place = dialog.place();
    // Each kind of dialog has its own id, or it would open with the size of the previous one.
    let id = Id::unique("dialog").with((*dialog).type_id());
    let area = match place {
        DialogPlace::Middle => egui::Modal::default_area(id),
        DialogPlace::Top => {
            let area = egui::Modal::default_area(Id::unique("palette"));
            area.anchor(egui::Align2::CENTER_TOP, [0.0, 72.0])
        }
        DialogPlace::Beside(element) => {
            let element = element.and_then(|id| app.current_scene()?.element_bounds(id));
            area_beside(ui.ctx(), element.and_then(|place| canvas.on_screen(place)))
        }
    };
    let shade = to_color32(app.theme().shadow.with_alpha(96));
    let (margin, shade) = match place {
        DialogPlace::Middle => (20, shade),
        DialogPlace::Top => (6, shade),
        DialogPlace::Beside(_) => (8, egui::Color32::TRANSPARENT),
    };
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(margin));
    let modal = egui::Modal::new(id).area(area).backdrop_color(shade).frame(frame);
    let response = modal.show(ui.ctx(), |ui| dialog.show(ui, app));
    if matches!(place, DialogPlace::Beside(_)) {
        keep_place(ui.ctx(), response.response.rect.min);
    }
    // Escape in a field of a form discards that field's text, not the whole form.
    let is_in_field = keyboard::current_owner(ui.ctx()) == Owner::Field && dialog.is_form();
    app.dialog.put_back(dialog);
    if response.should_close() && !is_in_field {
        app.queue_request(AppRequest::CloseDialog);
    }
}
