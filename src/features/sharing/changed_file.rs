//! The question about a file that somebody else changed, removed or replaced.

use super::unproven::merge_replaced;
use crate::app::App;
use crate::app::action::Action;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::features::filing;
use crate::features::filing::files::SaveFailure;
use crate::features::filing::step::NextStep;
use crate::panels::two_sided;
use crate::panels::widgets::{default_button, heading_label, quiet_button, soft_label};
use egui::Ui;
use engine::i18n::{Msg, file_name};
use engine::store::base::Base;
use engine::store::error::SaveCause;

/// The content found in the place of the file that was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InPlace {
    /// Missing, or not readable.
    Unreadable,
    /// Another project.
    Other,
    /// A project with the same id as ours that is not known to descend from the version opened.
    Unproven,
}

/// Asks what to do after somebody else changed the file.
#[derive(Debug)]
pub struct ChangedFile {
    /// The failed save, with what was found at the path.
    pub failure: SaveFailure,
    /// The kind of content found.
    pub found: InPlace,
    /// The step to take after saving, if we were saving.
    pub next: Option<NextStep>,
}

impl Modal for ChangedFile {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        ask_about_changed_file(ui, app, self);
    }
}

/// Asks what to do if the file is gone or replaced: save elsewhere, overwrite, take theirs, or merge.
fn ask_about_changed_file(ui: &mut Ui, app: &mut App, question: &ChangedFile) {
    let lang = app.lang();
    let theme = app.theme();
    let path = question.failure.path.clone();
    let found = question.found;
    let is_saving = question.next.is_some();
    let gone = matches!(question.failure.error.cause, SaveCause::ChangedOnDisk { found: Base::Absent });
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
            app.queue_request(AppRequest::call_step(filing::save_over));
        }
        if unproven && quiet_button(ui, Msg::MergeBoth.text(lang)).clicked() {
            app.queue_request(AppRequest::call_step(merge_replaced));
        }
        if default_button(ui, theme, Msg::SaveAs.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
            app.queue_action(Action::SaveAs);
        }
    });
}
