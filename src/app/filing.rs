//! Opens, saves and leaves a project step by step: each step starts a job or asks a question.

use super::App;
use super::dialog::Dialog;
use super::files::{self, DrawingStyle, Keeping, OpenFailure, SaveFailure};
use super::notice::NoticeLevel;
use super::outcome::{Arriving, JobOutcome, NextStep, Purpose};
use super::session::{File, Saving, Session};
use super::work::JobId;
use crate::exchange::{ExchangeFormat, Unread};
use crate::i18n::{Explain, Msg, file_name};
use crate::store::base::Base;
use crate::store::error::{SaveCause, SaveError};
use crate::store::load::needs_later_format;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// A save in progress.
#[derive(Debug)]
pub(super) struct Writing {
    job: JobId,
    saving: Saving,
    path: PathBuf,
    /// The step after the next save, if another save was requested meanwhile.
    again: Option<NextStep>,
}

/// Number of unread lines that a notice lists one by one.
const TOLD: usize = 6;

impl App {
    pub(super) fn drawing_style(&self) -> DrawingStyle {
        DrawingStyle { theme: self.theme_id(), lang: self.lang() }
    }

    /// Leaves the open project for something else; asks first if unsaved changes would be lost.
    pub(super) fn leave_project(&mut self, next: NextStep) {
        let dirty = self.session.as_ref().is_some_and(Session::is_dirty);
        if dirty && next != NextStep::ChooseFile {
            self.dialog = Some(Dialog::Unsaved(next));
        } else {
            self.take_next_step(next);
        }
    }

    /// Takes the next step, once the project is saved or given up.
    pub(super) fn take_next_step(&mut self, next: NextStep) {
        match next {
            NextStep::Stay => {}
            NextStep::Close => {
                self.put_away();
                self.watch_file();
                self.view.gallery = false;
            }
            NextStep::Quit => self.quit_program(),
            NextStep::ChooseFile => self.pick_path(Purpose::Open),
            NextStep::Open(path) => self.open_file(path),
            NextStep::Outline(path) => self.begin_from_outline(path),
            NextStep::Template(name) => self.begin_from_template(name),
        }
    }

    /// Opens a file without asking; for the command line.
    pub fn open_file(&mut self, path: PathBuf) {
        if ExchangeFormat::from_path(&path).is_some() {
            return self.begin_from_outline(path);
        }
        let look = self.drawing_style();
        let state = self.settings.state.clone();
        let asked = self.plan_replacement(NextStep::Open(path.clone()));
        self.work.start(Msg::Working, move |_| {
            let result = files::open_session(&path, look, state.as_deref());
            JobOutcome::Opened { path: Some(path), asked, result }
        });
    }

    /// Returns the replacement for the open project, which may be given up in its current state only.
    fn plan_replacement(&self, next: NextStep) -> Arriving {
        Arriving { next, given_up: self.session.as_ref().map(Session::state_number) }
    }

    fn begin_from_template(&mut self, name: &'static str) {
        let look = self.drawing_style();
        let title = Msg::UntitledJourney.text(look.lang);
        let asked = self.plan_replacement(NextStep::Template(name));
        self.work.start(Msg::Working, move |_| {
            let result = match crate::store::template::find_template(name) {
                Some(template) => files::begin_from_template(template.bytes, look),
                None => files::begin_blank(title, look),
            };
            JobOutcome::Opened { path: None, asked, result }
        });
    }

    pub(super) fn on_opened(
        &mut self,
        path: Option<&Path>,
        asked: Arriving,
        result: Result<Box<Session>, OpenFailure>,
    ) {
        match result {
            Ok(_) | Err(OpenFailure::Damaged(_)) if self.was_changed_since(asked.given_up) => {
                self.dialog = Some(Dialog::Unsaved(asked.next));
            }
            Ok(session) => self.show_opened(path, *session),
            Err(OpenFailure::Damaged(damaged)) => self.dialog = Some(Dialog::Damaged(damaged)),
            Err(failure) => {
                let text = self.open_failure(path, &failure);
                self.show_error(text);
            }
        }
    }

    fn show_opened(&mut self, path: Option<&Path>, mut session: Session) {
        if let Some(state) = &self.settings.state {
            session.keep_safe(state);
        }
        self.show_session(session);
        self.view.gallery = false;
        self.dialog.take_if(|dialog| !matches!(dialog, Dialog::Left(_)));
        self.remember_recent(path);
        self.warn_read_only();
    }

    /// True if the open project has unsaved changes that the user did not give up, made while another file
    /// was being read.
    pub(super) fn was_changed_since(&self, given_up: Option<u64>) -> bool {
        let dirty = self.session.as_ref().filter(|session| session.is_dirty());
        dirty.is_some_and(|session| given_up != Some(session.state_number()))
    }

    /// Opens the recovered part of a damaged file, as a document without a file.
    pub(super) fn open_repaired(&mut self) {
        if let Some(Dialog::Damaged(damaged)) = self.dialog.take() {
            self.show_opened(None, *damaged.session);
        }
    }

    fn begin_from_outline(&mut self, path: PathBuf) {
        let look = self.drawing_style();
        let asked = self.plan_replacement(NextStep::Outline(path.clone()));
        self.work.start(Msg::Working, move |_| {
            let result = files::begin_from_outline(&path, look);
            JobOutcome::Outlined { path, asked, result }
        });
    }

    /// Opens a journey read from another form; lists the lines that could not be read.
    pub(super) fn on_outlined(
        &mut self,
        path: &Path,
        asked: Arriving,
        result: Result<(Box<Session>, Vec<Unread>), OpenFailure>,
    ) {
        let unread = match result {
            Ok((session, unread)) => {
                self.on_opened(None, asked, Ok(session));
                unread
            }
            Err(failure) => return self.on_opened(Some(path), asked, Err(failure)),
        };
        if !unread.is_empty() {
            let lang = self.lang();
            let mut lines =
                vec![Msg::UnreadSome.text_with(lang, &[("n", &unread.len()), ("file", &file_name(path))])];
            lines.extend(unread.iter().take(TOLD).map(|line| line.explain(lang)));
            let more = unread.len().saturating_sub(TOLD);
            lines.extend((more > 0).then(|| Msg::UnreadMore.text_with(lang, &[("n", &more)])));
            self.notices.add_notice(NoticeLevel::Warning, lines.join("\n"));
        }
    }

    pub(super) fn warn_read_only(&mut self) {
        let version = self.session.as_ref().and_then(|session| session.read_only);
        if let Some(version) = version {
            let text = Msg::ReadOnlyWhy.text_with(self.lang(), &[("version", &version)]);
            self.notices.add_notice(NoticeLevel::Warning, text);
        }
    }

    /// Puts a file at the top of the recent files.
    fn remember_recent(&mut self, path: Option<&Path>) {
        if let Some(path) = path {
            self.settings.remember_recent(path);
            self.keep_settings();
        }
    }

    /// Warns that the settings could not be read; their file is left unchanged.
    pub(super) fn tell_unread_settings(&mut self) {
        if let (Some(unread), Some(file)) = (&self.settings.unread, &self.settings.file) {
            let told: [(&str, &dyn Display); 2] = [("detail", unread), ("path", &file.display())];
            let text = Msg::SettingsUnread.text_with(self.lang(), &told);
            self.notices.add_notice(NoticeLevel::Warning, text);
        }
    }

    /// Saves the settings in the background.
    pub(super) fn keep_settings(&mut self) {
        let settings = self.settings.clone();
        self.work.start(Msg::Saving, move |_| {
            JobOutcome::Kept(settings.save().err().map(|error| error.explain(settings.lang)))
        });
    }

    /// Warns if the settings could not be saved.
    pub(super) fn on_settings_saved(&mut self, problem: Option<String>) {
        if let Some(problem) = problem {
            self.notices.add_notice(NoticeLevel::Warning, problem);
        }
    }

    pub(super) fn save_project(&mut self, next: NextStep) {
        let Some(session) = &self.session else { return };
        let file = if session.read_only.is_none() { session.file.clone() } else { None };
        match (file, self.is_writing()) {
            (Some(file), Some(writing)) if writing.path == file.path => {
                writing.again = Some(combine_steps(writing.again.take(), next));
            }
            (Some(file), _) => self.start_save(file.path, Some(file.base), next),
            (None, _) => self.save_as(next),
        }
    }

    /// Returns the save of the open project in progress. It is our own write, so another save to the same
    /// path must wait for it.
    fn is_writing(&mut self) -> Option<&mut Writing> {
        let jobs = self.work.jobs();
        self.writing.as_mut().filter(|writing| jobs.iter().any(|job| job.id == writing.job))
    }

    pub(super) fn save_as(&mut self, next: NextStep) {
        self.pick_path(Purpose::SaveAs(next));
    }

    /// Starts writing; without a base it replaces any file at the path, which the user has agreed to.
    pub(super) fn start_save(&mut self, path: PathBuf, base: Option<Base>, next: NextStep) {
        let lang = self.lang();
        let Some(session) = &mut self.session else { return };
        let project = session.project().clone();
        let saving = session.begin_save();
        let damaged = session.damaged.clone();
        let opened = session.file.as_ref().filter(|file| file.path == path);
        let from = opened.map(|file| file.base);
        let keeping = self.settings.state.clone().map(|state| Keeping { state, from });
        let to = path.clone();
        let job = self.work.start(Msg::Saving, move |_| {
            let result =
                files::save_to_path(path, base, &project, damaged.as_deref(), lang, keeping.as_ref());
            JobOutcome::Saved { saving, next, result }
        });
        self.writing = Some(Writing { job, saving, path: to, again: None });
    }

    pub(super) fn on_saved(
        &mut self,
        saving: Saving,
        next: NextStep,
        result: Result<(File, Option<String>), SaveFailure>,
    ) {
        let again =
            self.writing.take_if(|writing| writing.saving == saving).and_then(|writing| writing.again);
        let Some(session) = self.session.as_mut().filter(|session| !session.is_outrun(saving)) else {
            return self.on_saved_stale(result);
        };
        match result {
            Ok((file, doubt)) => {
                let was_later = session.file.as_ref().is_some_and(|file| needs_later_format(&file.content));
                let becomes_later = !was_later && needs_later_format(&file.content);
                session.mark_saved(saving, file.clone());
                self.remember_recent(Some(&file.path));
                self.watch_file();
                self.tell_saved(&file.path, doubt);
                if becomes_later {
                    self.notices.add_notice(NoticeLevel::Info, Msg::SavedInLaterFormat.text(self.lang()));
                }
                let wanted = combine_steps(Some(next), again.clone().unwrap_or(NextStep::Stay));
                match again {
                    Some(_) => self.save_project(wanted),
                    // Changes made since the save began are asked about again.
                    None if wanted != NextStep::Stay => self.leave_project(wanted),
                    None => {}
                }
            }
            Err(failure) if matches!(failure.error.cause, SaveCause::ChangedOnDisk { .. }) => {
                self.merge_then_save(failure, combine_steps(Some(next), again.unwrap_or(NextStep::Stay)));
            }
            Err(failure) => {
                let text = self.save_failure(&failure);
                self.show_error(text);
            }
        }
    }

    /// Reports a save that no longer matters: the document was closed or saved elsewhere meanwhile.
    pub(super) fn on_saved_stale(&mut self, result: Result<(File, Option<String>), SaveFailure>) {
        match result {
            Ok((file, doubt)) => self.tell_saved(&file.path, doubt),
            Err(failure) => {
                let text = self.save_failure(&failure);
                self.show_error(text);
            }
        }
    }

    fn tell_saved(&mut self, path: &Path, doubt: Option<String>) {
        self.gallery.forget_file(path);
        let text = Msg::SavedAs.text_with(self.lang(), &[("file", &file_name(path))]);
        match doubt {
            None => self.notices.add_notice(NoticeLevel::Info, text),
            Some(doubt) => self.notices.add_notice(NoticeLevel::Warning, format!("{text}\n{doubt}")),
        }
    }

    pub(super) fn answer_unsaved(&mut self, save: bool) {
        let Some(Dialog::Unsaved(next)) = self.dialog.take() else { return };
        if save { self.save_project(next) } else { self.take_next_step(next) }
    }

    pub(super) fn save_over(&mut self) {
        let Some(Dialog::Changed { failure, next, .. }) = self.dialog.take() else { return };
        let next = next.unwrap_or(NextStep::Stay);
        if let SaveCause::ChangedOnDisk { found } = failure.error.cause {
            let path = failure.path;
            self.work.start(Msg::Saving, move |_| {
                let kept = if found == Base::Absent { Ok(None) } else { files::keep_beside(&path) };
                JobOutcome::KeptBeside { path, found, kept, next }
            });
        }
    }

    /// Replaces the file, after its content was copied beside it or was missing.
    pub(super) fn on_kept_beside(
        &mut self,
        path: PathBuf,
        found: Base,
        kept: Result<Option<PathBuf>, SaveError>,
        next: NextStep,
    ) {
        match kept {
            Ok(kept) => {
                if let Some(kept) = kept {
                    let told = Msg::ForeignKept.text_with(self.lang(), &[("file", &file_name(&kept))]);
                    self.notices.add_notice(NoticeLevel::Warning, told);
                }
                self.start_save(path, Some(found), next);
            }
            Err(error) => {
                let text = self.save_failure(&SaveFailure { path, error });
                self.show_error(text);
            }
        }
    }
}

/// Combines the step after a save with a later request: [`NextStep::Stay`] does not cancel the earlier one.
fn combine_steps(before: Option<NextStep>, next: NextStep) -> NextStep {
    if next == NextStep::Stay { before.unwrap_or(next) } else { next }
}

#[cfg(test)]
#[path = "filing_tests.rs"]
mod tests;
