//! Saves a redacted copy: removals are found in the background and shown before anything is written.

use super::form::RedactForm;
use crate::app::App;
use crate::app::jobs::{JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::features::filing::files;
use crate::features::paths::{self, PathQuestion, safe_file_name};
use engine::i18n::{Msg, file_name, redaction_words};
use engine::redact::{Decisions, Redacted, Redaction, apply_decisions, redact_project};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Opens the dialog that asks what to remove, and makes a first copy.
pub(crate) fn ask_redacted(app: &mut App) {
    let what = Redaction::of_everything(redaction_words(app.lang()));
    app.dialog.open(RedactForm::new(what));
    make_copy(app);
}

/// Makes the copy with the options chosen in the dialog; an earlier one in progress is given up.
pub(super) fn make_copy(app: &mut App) {
    let (Some(session), Some(form)) = (&app.session, app.dialog.get_mut::<RedactForm>()) else { return };
    let project = session.project().clone();
    let what = form.what.clone();
    form.made_for = what.clone();
    let job = app.jobs.start(
        JobScope::Document,
        Msg::Working,
        move |_| (Arc::new(redact_project(&project, &what)), what),
        |app, (found, what)| on_redacted(app, &what, found),
    );
    form.making = Some(app.jobs.guard_job(job));
}

fn on_redacted(app: &mut App, what: &Redaction, found: Arc<Redacted>) {
    if let Some(form) = app.dialog.get_mut::<RedactForm>().filter(|form| form.made_for == *what) {
        form.found = Some(found);
        form.making = None;
    }
}

/// Closes the dialog and asks for the path of the copy.
pub(super) fn ask_copy_path(app: &mut App) {
    let (Some(form), Some(session)) = (app.dialog.take_as::<RedactForm>(), &app.session) else { return };
    let Some(found) = form.found else { return };
    let lang = app.lang();
    let decisions = form.decisions;
    let name = format!("{} {}.ron", safe_file_name(&session.title(lang)), Msg::RedactSuffix.text(lang));
    let question = PathQuestion::to_save(Msg::SaveRedacted, name, move |app, path| {
        write_copy(app, found, decisions, path);
    });
    paths::ask_path(app, question);
}

/// Writes the copy; the open project and its file are not changed.
fn write_copy(app: &mut App, found: Arc<Redacted>, decisions: Decisions, path: PathBuf) {
    // Both the open project's file and the damaged one it was recovered from must not be overwritten.
    let originals = app.session.as_ref().map(|session| session.document.original_paths());
    let originals = originals.unwrap_or_default();
    let lang = app.lang();
    let to = path.clone();
    let write = move |_: &Ticket| {
        let spared = files::ensure_not_original(&originals, &path, Msg::RedactKeepsOriginal, lang);
        spared.and_then(|()| {
            let project = apply_decisions(&found, &decisions, &redaction_words(lang));
            files::save_copy(&path, &project, lang)
        })
    };
    app.jobs.start(JobScope::Window, Msg::Saving, write, move |app, result| on_copy_saved(app, &to, result));
}

fn on_copy_saved(app: &mut App, path: &Path, result: Result<Option<String>, String>) {
    let lang = app.lang();
    let name = file_name(path);
    match result {
        Ok(doubt) => {
            let text = Msg::RedactSaved.text_with(lang, &[("file", &name)]);
            match doubt {
                None => app.notices.add_notice(NoticeLevel::Info, text),
                Some(doubt) => app.notices.add_notice(NoticeLevel::Warning, format!("{text}\n{doubt}")),
            }
        }
        Err(problem) => {
            let what = Msg::CannotSave.text_with(lang, &[("file", &name)]);
            app.show_error(format!("{what}\n{problem}"));
        }
    }
}
