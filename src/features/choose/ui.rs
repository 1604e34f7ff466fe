//! The chooser at the selected element: a searchable list for the properties that workshops set most.

use super::flow::apply_choice;
use super::form::{ChooseForm, Chosen};
use crate::app::App;
use crate::app::dialog::{DialogPlace, Modal};
use crate::app::request::AppRequest;
use crate::panels::list_search::{self, ListEntries};
use crate::panels::widgets::{caption_label, hint_label};
use egui::Ui;
use engine::i18n::Msg;
use engine::model::value::FieldValue;

impl Modal for ChooseForm {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        show_options(ui, app, self);
    }

    fn place(&self) -> DialogPlace {
        DialogPlace::Beside(self.ids.first().copied())
    }
}

/// Shows the values to choose from and requests the one chosen.
fn show_options(ui: &mut Ui, app: &mut App, form: &mut ChooseForm) {
    let lang = app.lang();
    let theme = app.theme();
    let what = form.what;
    let ids = &form.ids;
    let Some(session) = &app.session else { return };
    let mut options = what.list_options(session, lang);
    let text = form.typed.trim();
    // A text that matches no option offers a new one.
    let is_new = what.takes_new() && !text.is_empty() && options.iter().all(|(_, words)| words != text);
    let is_empty = options.is_empty();
    if is_new {
        options.push((FieldValue::Text(text.to_owned()), text.to_owned()));
    }
    ui.set_width(240.0);
    caption_label(ui, theme, what.label().text(lang));
    let is_chosen = |value: &FieldValue| what.is_chosen(session, ids, value);
    let name = what.label().text(lang);
    // A new owner is just a name; a new channel or persona comes after those whose names contain the text.
    let last = (is_new && what != Chosen::Owner).then(|| options.len() - 1);
    let entries = ListEntries { options: &options, is_chosen: &is_chosen, with_field: true, name, last };
    let taken = egui::ScrollArea::vertical().max_height(320.0).min_scrolled_height(320.0).show(ui, |ui| {
        let rows = egui::Layout::top_down_justified(egui::Align::LEFT);
        ui.with_layout(rows, |ui| list_search::show(ui, &entries, Some(&mut form.typed))).inner
    });
    if is_empty {
        hint_label(ui, theme, Msg::TypeToAdd.text(lang));
    } else if let Some(meaning) = what.none_chosen() {
        hint_label(ui, theme, meaning.text(lang));
    }
    let value = taken.inner.and_then(|place| options.get(place)).map(|(value, _)| value.clone());
    if let Some(value) = value {
        app.queue_request(AppRequest::call_step(move |app| apply_choice(app, &value)));
    }
}
