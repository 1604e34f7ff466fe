//! Opens, saves and leaves a project step by step: each step starts a job or asks a question.

use super::App;
use super::files::{self, Damaged, DrawingStyle, OpenFailure, SaveFailure};
use super::jobs::{JobId, JobScope, Ticket};
use super::next_step::{Arriving, DocumentState, NextStep};
use super::notice::NoticeLevel;
use super::session::Session;
use crate::exchange::{ExchangeFormat, Unread};
use crate::features::filing::UnsavedQuestion;
use crate::features::paths::{self, OUTLINES, PROJECTS, PathQuestion, safe_file_name};
use crate::features::sharing::ChangedFile;
use crate::i18n::{Explain, Msg, file_name};
use crate::store::base::Base;
use crate::store::document::Saving;
use crate::store::error::{SaveCause, SaveError};
use crate::store::load::needs_later_format;
use crate::store::project::StoredFile;
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
    pub(crate) fn drawing_style(&self) -> DrawingStyle {
        DrawingStyle { theme: self.theme_id(), lang: self.lang() }
    }

    /// Leaves the open project for something else; asks first if unsaved changes would be lost.
    pub(crate) fn leave_project(&mut self, next: NextStep) {
        let dirty = self.session.as_ref().is_some_and(|session| session.document.is_dirty());
        if dirty && next != NextStep::ChooseFile {
            self.dialog.open(UnsavedQuestion(next));
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
            NextStep::ChooseFile => self.ask_which_file(),
            NextStep::Open(path) => self.open_file(path),
            NextStep::Outline(path) => self.begin_from_outline(path),
            NextStep::Template(name) => self.begin_from_template(name),
        }
    }

    /// Asks which project to open.
    fn ask_which_file(&mut self) {
        let kind = ("Desireline", PROJECTS);
        let question = PathQuestion::to_read(Msg::Open, Msg::OpenNow, kind, |app, path| {
            app.leave_project(NextStep::Open(path));
        });
        paths::ask_path(self, question.across_documents());
    }

    /// Asks for a journey in another form, to start a project from it.
    pub(super) fn ask_which_outline(&mut self) {
        let kind = ("Markdown, mermaid, CSV", OUTLINES);
        let question = PathQuestion::to_read(Msg::NewFromOutline, Msg::OpenNow, kind, |app, path| {
            app.leave_project(NextStep::Outline(path));
        });
        paths::ask_path(self, question.across_documents());
    }

    /// Opens a file without asking; for the command line.
    pub fn open_file(&mut self, path: PathBuf) {
        if ExchangeFormat::from_path(&path).is_some() {
            return self.begin_from_outline(path);
        }
        let look = self.drawing_style();
        let state = self.settings.state.clone();
        let asked = self.plan_replacement(NextStep::Open(path.clone()));
        self.jobs.start(
            JobScope::NextDocument,
            Msg::Working,
            move |_| (files::open_session(&path, look, state.as_deref()), path),
            |app, (result, path)| app.on_opened(Some(&path), asked, result),
        );
    }

    /// Returns the replacement for the open project, which may be given up in its current state only.
    fn plan_replacement(&self, next: NextStep) -> Arriving {
        Arriving { next, given_up: self.document_state() }
    }

    /// Returns the state of the open document.
    pub fn document_state(&self) -> Option<DocumentState> {
        let session = self.session.as_ref()?;
        Some(DocumentState { document: self.workspace.document, state: session.document.state_number() })
    }

    fn begin_from_template(&mut self, name: &'static str) {
        let look = self.drawing_style();
        let title = Msg::UntitledJourney.text(look.lang);
        let asked = self.plan_replacement(NextStep::Template(name));
        let begin = move |_: &Ticket| match crate::store::template::find_template(name) {
            Some(template) => files::begin_from_template(template.bytes, look),
            None => files::begin_blank(title, look),
        };
        self.jobs.start(JobScope::NextDocument, Msg::Working, begin, |app, result| {
            app.on_opened(None, asked, result);
        });
    }

    /// Shows the project read, unless the open one was changed meanwhile: then that is asked about.
    pub fn on_opened(
        &mut self,
        path: Option<&Path>,
        asked: Arriving,
        result: Result<Box<Session>, OpenFailure>,
    ) {
        match result {
            Ok(_) | Err(OpenFailure::Damaged(_)) if self.was_changed_since(asked.given_up) => {
                self.dialog.open(UnsavedQuestion(asked.next));
            }
            Ok(session) => self.show_opened(path, *session),
            Err(OpenFailure::Damaged(damaged)) => self.dialog.open(*damaged),
            Err(failure) => {
                let text = self.open_failure(path, &failure);
                self.show_error(text);
            }
        }
    }

    fn show_opened(&mut self, path: Option<&Path>, mut session: Session) {
        if let Some(state) = &self.settings.state {
            session.document.keep_safe(state);
        }
        self.show_session(session);
        self.view.gallery = false;
        self.dialog.leave_document();
        self.remember_recent(path);
        self.warn_read_only();
    }

    /// True if the open project has unsaved changes that the user did not give up, made while another file
    /// was being read.
    pub(super) fn was_changed_since(&self, given_up: Option<DocumentState>) -> bool {
        let is_dirty = self.session.as_ref().is_some_and(|session| session.document.is_dirty());
        is_dirty && given_up != self.document_state()
    }

    /// Opens the recovered part of a damaged file, as a document without a file.
    pub(crate) fn open_repaired(&mut self) {
        if let Some(damaged) = self.dialog.take_as::<Damaged>() {
            self.show_opened(None, *damaged.session);
        }
    }

    fn begin_from_outline(&mut self, path: PathBuf) {
        let look = self.drawing_style();
        let asked = self.plan_replacement(NextStep::Outline(path.clone()));
        self.jobs.start(
            JobScope::NextDocument,
            Msg::Working,
            move |_| (files::begin_from_outline(&path, look), path),
            |app, (result, path)| app.on_outlined(&path, asked, result),
        );
    }

    /// Opens a journey read from another form; lists the lines that could not be read.
    fn on_outlined(
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
        let version = self.session.as_ref().and_then(|session| session.document.read_only());
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
        self.jobs.start(
            JobScope::Window,
            Msg::Saving,
            move |_| settings.save().map_err(|error| error.explain(settings.lang)),
            |app, saved| {
                if let Err(problem) = saved {
                    app.notices.add_notice(NoticeLevel::Warning, problem);
                }
            },
        );
    }

    pub(super) fn save_project(&mut self, next: NextStep) {
        let Some(session) = &self.session else { return };
        let file = session.document.file().filter(|file| file.read_only.is_none());
        let file = file.map(|file| (file.path.clone(), file.base));
        match (file, self.is_writing()) {
            (Some((path, _)), Some(writing)) if writing.path == path => {
                writing.again = Some(combine_steps(writing.again.take(), next));
            }
            (Some((path, base)), _) => self.start_save(path, Some(base), next),
            (None, _) => self.save_as(next),
        }
    }

    /// Returns the save of the open project in progress. It is our own write, so another save to the same
    /// path must wait for it.
    fn is_writing(&mut self) -> Option<&mut Writing> {
        let jobs = self.jobs.running_jobs();
        self.workspace.writing.as_mut().filter(|writing| jobs.iter().any(|job| job.id == writing.job))
    }

    pub(super) fn save_as(&mut self, next: NextStep) {
        paths::ask_path(self, self.save_question(next));
    }

    /// Returns the question for the path to save the project to.
    fn save_question(&self, next: NextStep) -> PathQuestion {
        let name = self.session.as_ref().map(|session| {
            let file = session.document.file().and_then(|file| file.path.file_name());
            file.map_or_else(
                || format!("{}.ron", safe_file_name(&session.title(self.lang()))),
                |name| name.to_string_lossy().into_owned(),
            )
        });
        PathQuestion::to_save(Msg::SaveAs, name.unwrap_or_default(), |app, path| {
            app.start_save(path, None, next);
        })
    }

    /// Starts writing; without a base it replaces any file at the path, which the user has agreed to.
    pub(super) fn start_save(&mut self, path: PathBuf, base: Option<Base>, next: NextStep) {
        let lang = self.lang();
        let Some(session) = &mut self.session else { return };
        let task = session.document.begin_save(path.clone(), base);
        let saving = task.saving;
        let job = self.start_writing(saving, next, move |_| files::save_document(task, lang));
        self.workspace.writing = Some(Writing { job, saving, path, again: None });
    }

    /// Starts the job of a save, whose end is reported even if the document is closed by then.
    fn start_writing(
        &mut self,
        saving: Saving,
        next: NextStep,
        write: impl FnOnce(&Ticket) -> Result<(StoredFile, Option<String>), SaveFailure> + Send + 'static,
    ) -> JobId {
        let document = self.workspace.document;
        self.jobs.start(JobScope::Window, Msg::Saving, write, move |app, result| {
            if app.workspace.document == document {
                app.on_saved(saving, next, result);
            } else {
                app.on_saved_stale(result);
            }
        })
    }

    fn on_saved(
        &mut self,
        saving: Saving,
        next: NextStep,
        result: Result<(StoredFile, Option<String>), SaveFailure>,
    ) {
        let again = self
            .workspace
            .writing
            .take_if(|writing| writing.saving == saving)
            .and_then(|writing| writing.again);
        let document = self.session.as_mut().map(|session| &mut session.document);
        let Some(document) = document.filter(|document| !document.is_outrun(saving)) else {
            return self.on_saved_stale(result);
        };
        match result {
            Ok((file, doubt)) => {
                let was_later = document.file().is_some_and(|file| needs_later_format(&file.content));
                let becomes_later = !was_later && needs_later_format(&file.content);
                let path = file.path.clone();
                document.finish_save(saving, file);
                self.remember_recent(Some(&path));
                self.watch_file();
                self.tell_saved(&path, doubt);
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
            Err(failure) => {
                let next = combine_steps(Some(next), again.unwrap_or(NextStep::Stay));
                if let SaveCause::ChangedOnDisk { found } = failure.error.cause {
                    return self.merge_then_save(failure, found, next);
                }
                let text = self.save_failure(&failure);
                self.show_error(text);
            }
        }
    }

    /// Reports a save that no longer matters: the document was closed or saved elsewhere meanwhile.
    fn on_saved_stale(&mut self, result: Result<(StoredFile, Option<String>), SaveFailure>) {
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

    pub(crate) fn answer_unsaved(&mut self, save: bool) {
        let Some(question) = self.dialog.take_as::<UnsavedQuestion>() else { return };
        let next = question.0;
        if save { self.save_project(next) } else { self.take_next_step(next) }
    }

    pub(crate) fn save_over(&mut self) {
        let Some(question) = self.dialog.take_as::<ChangedFile>() else { return };
        let ChangedFile { failure, next, .. } = *question;
        let next = next.unwrap_or(NextStep::Stay);
        if let SaveCause::ChangedOnDisk { found } = failure.error.cause {
            let path = failure.path;
            let keep = move |_: &Ticket| {
                (if found == Base::Absent { Ok(None) } else { files::keep_beside(&path) }, path)
            };
            self.jobs.start(JobScope::Document, Msg::Saving, keep, move |app, (kept, path)| {
                app.on_kept_beside(path, found, kept, next);
            });
        }
    }

    /// Replaces the file, after its content was copied beside it or was missing.
    fn on_kept_beside(
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
