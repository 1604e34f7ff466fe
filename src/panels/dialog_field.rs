//! A text field in a dialog: Escape restores the text from before editing, and leaves the dialog open.

use egui::{Key, TextEdit, Ui};

/// Shows a named single-line field, at most `width` points wide.
pub(crate) fn dialog_field(ui: &mut Ui, text: &mut String, name: &str, width: f32) -> egui::Response {
    let response = ui.add(TextEdit::singleline(text).desired_width(width)).accessible_name(name);
    let key = response.id.with("text before");
    if response.gained_focus() {
        ui.data_mut(|data| data.insert_temp(key, text.clone()));
    }
    let is_given_up = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
    if let Some(before) = ui.data(|data| data.get_temp::<String>(key))
        && is_given_up
    {
        *text = before;
    }
    response
}
