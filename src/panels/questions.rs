//! Questions before something would be lost.

use super::widgets::{default_button, heading, quiet_button, soft};
use crate::app::App;
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::app::request::Request;
use crate::i18n::{Msg, file_name};
use crate::store::base::Base;
use crate::store::error::SaveCause;
use egui::{Align, Layout, Ui};

/// Save the changes before the project goes?
pub(crate) fn unsaved(ui: &mut Ui, app: &mut App) {
    let (lang, theme) = (app.lang(), app.theme());
    let Some(session) = &app.session else { return };
    let name = session.file_name().unwrap_or_else(|| session.title(lang));
    ui.set_width(420.0);
    heading(ui, Msg::Unsaved.text(lang));
    ui.add_space(8.0);
    soft(ui, theme, &Msg::UnsavedQuestion.with(lang, &[("file", &name)]));
    ui.add_space(16.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if default_button(ui, theme, Msg::Save.text(lang)).clicked() {
            app.ask(Request::Unsaved { save: true });
        }
        if quiet_button(ui, Msg::DontSave.text(lang)).clicked() {
            app.ask(Request::Unsaved { save: false });
        }
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.ask(Request::CloseDialog);
        }
    });
}

/// The file is gone, or something else stands in its place: save elsewhere, or put ours there?
pub(crate) fn changed(ui: &mut Ui, app: &mut App) {
    let (lang, theme) = (app.lang(), app.theme());
    let Some(Dialog::Changed { failure, .. }) = &app.dialog else { return };
    let name = file_name(&failure.path);
    ui.set_width(460.0);
    let gone = matches!(failure.error.cause, SaveCause::ChangedOnDisk { found: Base::Absent });
    let (title, put) = if gone { (Msg::GoneTitle, Msg::PutBack) } else { (Msg::ForeignTitle, Msg::Replace) };
    heading(ui, &title.with(lang, &[("file", &name)]));
    ui.add_space(8.0);
    soft(ui, theme, Msg::NotSavedYet.text(lang));
    ui.add_space(16.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if default_button(ui, theme, Msg::SaveAs.text(lang)).clicked() {
            app.ask(Request::CloseDialog);
            app.act(Action::SaveAs);
        }
        if quiet_button(ui, put.text(lang)).clicked() {
            app.ask(Request::SaveOver);
        }
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.ask(Request::CloseDialog);
        }
    });
}
