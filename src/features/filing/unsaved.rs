//! The question about unsaved changes, asked before a project is left.

use super::flow::answer_unsaved;
use super::step::NextStep;
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::panels::two_sided;
use crate::panels::widgets::{default_button, heading_label, quiet_button, soft_label};
use egui::Ui;
use engine::i18n::Msg;

/// Asks to save unsaved changes first; then the step is taken.
#[derive(Debug)]
pub struct UnsavedQuestion(pub NextStep);

impl Modal for UnsavedQuestion {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        let lang = app.lang();
        let Some(session) = &app.session else { return };
        let name = session.file_name().unwrap_or_else(|| session.title(lang));
        ask_to_save(ui, app, &name);
    }
}

/// Asks if the changes of the project with this name should be saved before it is closed.
fn ask_to_save(ui: &mut Ui, app: &mut App, name: &str) {
    let lang = app.lang();
    let theme = app.theme();
    ui.set_width(420.0);
    heading_label(ui, Msg::Unsaved.text(lang));
    ui.add_space(8.0);
    soft_label(ui, theme, &Msg::UnsavedQuestion.text_with(lang, &[("file", &name)]));
    ui.add_space(16.0);
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
        if quiet_button(ui, Msg::DontSave.text(lang)).clicked() {
            app.queue_request(AppRequest::call_step(|app| answer_unsaved(app, false)));
        }
        if default_button(ui, theme, Msg::Save.text(lang)).clicked() {
            app.queue_request(AppRequest::call_step(|app| answer_unsaved(app, true)));
        }
    });
}
