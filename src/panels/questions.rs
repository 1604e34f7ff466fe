//! Questions asked before something would be lost.

use super::two_sided;
use super::widgets::{default_button, heading_label, quiet_button, soft_label};
use crate::app::App;
use crate::app::action::Action;
use crate::app::dialog::{Dialog, InPlace};
use crate::app::request::AppRequest;
use crate::i18n::{Msg, file_name};
use crate::store::base::Base;
use crate::store::error::SaveCause;
use egui::Ui;

/// Asks if the changes should be saved before the project is closed.
pub(crate) fn ask_to_save(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let theme = app.theme();
    let Some(session) = &app.session else { return };
    let name = session.file_name().unwrap_or_else(|| session.title(lang));
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
            app.queue_request(AppRequest::Unsaved { save: false });
        }
        if default_button(ui, theme, Msg::Save.text(lang)).clicked() {
            app.queue_request(AppRequest::Unsaved { save: true });
        }
    });
}

/// Asks what to do if the file is gone or replaced: save elsewhere, overwrite, take theirs, or merge.
pub(crate) fn ask_about_changed_file(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let theme = app.theme();
    let Some(Dialog::Changed { failure, found, next }) = &app.dialog else { return };
    let path = failure.path.clone();
    let found = *found;
    let is_saving = next.is_some();
    let gone = matches!(failure.error.cause, SaveCause::ChangedOnDisk { found: Base::Absent });
    let unproven = found == InPlace::Unproven && !gone;
    ui.set_width(if unproven { 560.0 } else { 460.0 });
    let title = match found {
        _ if gone => Msg::GoneTitle,
        InPlace::Unproven => Msg::UnprovenTitle,
        InPlace::Unreadable | InPlace::Other => Msg::ForeignTitle,
    };
    heading_label(ui, &title.text_with(lang, &[("file", &file_name(&path))]));
    if is_saving {
        ui.add_space(8.0);
        soft_label(ui, theme, Msg::NotSavedYet.text(lang));
    }
    if unproven {
        ui.add_space(8.0);
        soft_label(ui, theme, Msg::UnprovenWhy.text(lang));
    }
    ui.add_space(16.0);
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
        if found != InPlace::Unreadable && !gone && quiet_button(ui, Msg::OpenTheirs.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
            app.queue_request(AppRequest::Open(path));
        }
        if quiet_button(ui, if gone { Msg::PutBack } else { Msg::Replace }.text(lang)).clicked() {
            app.queue_request(AppRequest::SaveOver);
        }
        if unproven && quiet_button(ui, Msg::MergeBoth.text(lang)).clicked() {
            app.queue_request(AppRequest::MergeReplaced);
        }
        if default_button(ui, theme, Msg::SaveAs.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
            app.queue_action(Action::SaveAs);
        }
    });
}
