//! What becomes of answers that came before: asked once they are counted.

use super::import_columns::Desk;
use super::widgets::soft;
use crate::app::import_form::ImportForm;
use crate::theme::size::space;
use egui::Ui;

/// Shows what came before, and what can be done.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm) {
    let Some(again) = &mut form.again else { return };
    ui.add_space(space::S);
    soft(ui, desk.theme, &again.overlap.message(desk.lang));
    ui.add_space(space::S);
    for choice in again.overlap.choices() {
        let words = again.overlap.choice_message(choice, desk.lang);
        ui.radio_value(&mut again.choice, Some(choice), words);
    }
}
