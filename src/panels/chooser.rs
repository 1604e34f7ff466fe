//! The chooser at the selected element: a searchable list for the properties that workshops set most.

use super::list_search::{self, ListEntries};
use super::widgets::{caption_label, hint_label};
use crate::app::App;
use crate::app::choosing::{ChooseForm, Chosen};
use crate::app::dialog::Dialog;
use crate::app::request::AppRequest;
use crate::i18n::Msg;
use crate::model::value::FieldValue;
use egui::{Area, Context, Id, Order, Pos2, Rect, Ui, UiKind};

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
pub(super) fn area_beside(ctx: &Context, element: Option<Rect>) -> Area {
    let at = element.map_or(ctx.content_rect().center(), |place| place.left_bottom());
    let is_placed = |place: &ChooserPlace| place.frames.0 + PLACING <= ctx.cumulative_frame_nr();
    let at = known_place(ctx).filter(is_placed).map_or(at, |place| place.corner);
    let area = Area::new(Id::unique("chooser")).kind(UiKind::Modal).order(Order::Foreground);
    area.fixed_pos(at).constrain(true).interactable(true)
}

/// Records the list's place in this frame.
pub(super) fn keep_place(ctx: &Context, corner: Pos2) {
    let now = ctx.cumulative_frame_nr();
    let first = known_place(ctx).map_or(now, |place| place.frames.0);
    ctx.data_mut(|data| data.insert_temp(place_key(), ChooserPlace { corner, frames: (first, now) }));
}

/// Shows the chooser and requests the value chosen.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let theme = app.theme();
    let Some(Dialog::Choose(ChooseForm { what, ids, typed })) = &app.dialog else { return };
    let what = *what;
    let ids = ids.clone();
    let mut typed = typed.clone();
    let Some(session) = &app.session else { return };
    let mut options = what.list_options(session, lang);
    let text = typed.trim();
    // A text that matches no option offers a new one.
    let is_new = what.takes_new() && !text.is_empty() && options.iter().all(|(_, words)| words != text);
    let is_empty = options.is_empty();
    if is_new {
        options.push((FieldValue::Text(text.to_owned()), text.to_owned()));
    }
    ui.set_width(240.0);
    caption_label(ui, theme, what.label().text(lang));
    let is_chosen = |value: &FieldValue| what.is_chosen(session, &ids, value);
    let name = what.label().text(lang);
    // A new owner is just a name; a new channel or persona comes after those whose names contain the text.
    let last = (is_new && what != Chosen::Owner).then(|| options.len() - 1);
    let entries = ListEntries { options: &options, is_chosen: &is_chosen, with_field: true, name, last };
    let taken = egui::ScrollArea::vertical().max_height(320.0).min_scrolled_height(320.0).show(ui, |ui| {
        let rows = egui::Layout::top_down_justified(egui::Align::LEFT);
        ui.with_layout(rows, |ui| list_search::show(ui, &entries, Some(&mut typed))).inner
    });
    if is_empty {
        hint_label(ui, theme, Msg::TypeToAdd.text(lang));
    } else if let Some(meaning) = what.none_chosen() {
        hint_label(ui, theme, meaning.text(lang));
    }
    let value = taken.inner.and_then(|place| options.get(place)).map(|(value, _)| value.clone());
    if let Some(Dialog::Choose(form)) = &mut app.dialog {
        form.typed = typed;
    }
    if let Some(value) = value {
        app.queue_request(AppRequest::Choose(value));
    }
}
