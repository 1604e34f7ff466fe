//! Saves a redacted copy: removals are found in the background and shown before anything is written.

use super::App;
use super::dialog::Dialog;
use super::files;
use super::notice::NoticeLevel;
use super::outcome::{JobOutcome, Purpose};
use super::picking::with_ending;
use super::session::{File, Session};
use super::work::JobId;
use crate::i18n::{Explain, Msg, file_name, redaction_words};
use crate::redact::{Decisions, Redacted, Redaction, apply_decisions, redact_project};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The state of the redaction dialog.
#[derive(Debug)]
pub struct RedactForm {
    /// The parts to remove, as chosen now.
    pub what: Redaction,
    /// The copy, once it has been made.
    pub found: Option<Arc<Redacted>>,
    making: Option<JobId>,
    /// The options of the latest copy, finished or in progress.
    made_for: Redaction,
    /// The user's decisions about the texts that remain in the copy.
    pub decisions: Decisions,
    /// The index of the text under review; `None` while the dialog shows the options.
    pub reading: Option<usize>,
}

/// A copy waiting for its path.
#[derive(Debug)]
pub(super) struct CopyToSave {
    found: Arc<Redacted>,
    decisions: Decisions,
}

impl RedactForm {
    fn new(what: Redaction) -> Self {
        let made_for = what.clone();
        Self { what, found: None, making: None, made_for, decisions: Decisions::new(), reading: None }
    }

    /// True if the copy matches the options chosen now.
    pub fn is_ready(&self) -> bool {
        self.found.is_some() && self.making.is_none() && self.made_for == self.what
    }
}

impl App {
    /// Opens the dialog that asks what to remove, and makes a first copy.
    pub(super) fn ask_redacted(&mut self) {
        let what = Redaction::of_everything(redaction_words(self.lang()));
        self.dialog = Some(Dialog::Redact(Box::new(RedactForm::new(what))));
        self.make_copy();
    }

    /// Makes the copy with the options chosen in the dialog.
    pub(super) fn make_copy(&mut self) {
        self.stop_copying();
        let (Some(session), Some(Dialog::Redact(form))) = (&self.session, &mut self.dialog) else { return };
        let project = session.project().clone();
        let what = form.what.clone();
        form.made_for = what.clone();
        form.making = Some(self.work.start(Msg::Working, move |_| {
            let found = Arc::new(redact_project(&project, &what));
            JobOutcome::Redacted(what, found)
        }));
    }

    /// Cancels the copy in progress.
    pub(super) fn stop_copying(&mut self) {
        if let Some(Dialog::Redact(form)) = &mut self.dialog
            && let Some(job) = form.making.take()
        {
            self.work.discard_job(job);
        }
    }

    pub(super) fn on_redacted(&mut self, what: &Redaction, found: Arc<Redacted>) {
        if let Some(Dialog::Redact(form)) = &mut self.dialog
            && form.made_for == *what
        {
            (form.found, form.making) = (Some(found), None);
        }
    }

    /// Closes the dialog and asks for a path.
    pub(super) fn pick_for_copy(&mut self) {
        if let Some(Dialog::Redact(form)) = self.dialog.take() {
            let decisions = form.decisions;
            self.copy = form.found.map(|found| CopyToSave { found, decisions });
            self.pick_path(Purpose::Redacted);
        }
    }

    /// Writes the copy; the open project and its file are not changed.
    pub(super) fn write_copy(&mut self, path: PathBuf) {
        let Some(copy) = self.copy.take() else { return };
        let path = with_ending(path, "ron");
        // Both the open project's file and the damaged one it was recovered from must not be overwritten.
        let originals = |session: &Session| {
            let file = session.file.as_ref().map(|file| file.path.clone());
            file.into_iter().chain(session.damaged.clone()).collect::<Vec<PathBuf>>()
        };
        let originals = self.session.as_ref().map(originals).unwrap_or_default();
        let lang = self.lang();
        self.work.start(Msg::Saving, move |_| {
            let spared = files::ensure_not_original(&originals, &path, Msg::RedactKeepsOriginal, lang);
            let result = spared.and_then(|()| {
                let project = apply_decisions(&copy.found, &copy.decisions, &redaction_words(lang));
                let saved = files::save_to_path(path.clone(), None, &project, None, lang, None);
                saved.map_err(|failure| failure.error.explain(lang))
            });
            JobOutcome::CopySaved { path, result }
        });
    }

    pub(super) fn on_copy_saved(&mut self, path: &Path, result: Result<(File, Option<String>), String>) {
        let lang = self.lang();
        let name = file_name(path);
        match result {
            Ok((_, doubt)) => {
                let text = Msg::RedactSaved.text_with(lang, &[("file", &name)]);
                match doubt {
                    None => self.notices.add_notice(NoticeLevel::Info, text),
                    Some(doubt) => self.notices.add_notice(NoticeLevel::Warning, format!("{text}\n{doubt}")),
                }
            }
            Err(problem) => {
                let what = Msg::CannotSave.text_with(lang, &[("file", &name)]);
                self.show_error(format!("{what}\n{problem}"));
            }
        }
    }
}
