//! Opens, saves and leaves a project step by step: each step starts a job or asks a question.

use super::closing;
use super::files::{self, Damaged, DrawingStyle, OpenFailure, SaveFailure};
use super::step::{Arriving, DocumentState, NextStep};
use super::unsaved::UnsavedQuestion;
use crate::app::App;
use crate::app::jobs::{JobId, JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::app::session::Session;
use crate::features::paths::{self, OUTLINES, PROJECTS, PathQuestion, safe_file_name};
use crate::features::sharing;
use crate::features::sharing::ChangedFile;
use engine::exchange::{ExchangeFormat, Unread};
use engine::i18n::{Explain, Msg, file_name};
use engine::store::base::Base;
use engine::store::document::Saving;
use engine::store::error::{SaveCause, SaveError};
use engine::store::load::needs_later_format;
use engine::store::project::StoredFile;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// A save in progress.
#[derive(Debug)]
pub struct Writing {
    job: JobId,
    saving: Saving,
    path: PathBuf,
    /// The step after the next save, if another save was requested meanwhile.
    again: Option<NextStep>,
}

/// Number of unread lines that a notice lists one by one.
const TOLD: usize = 6;

pub(crate) fn drawing_style(app: &App) -> DrawingStyle {
    DrawingStyle { theme: app.theme_id(), lang: app.lang() }
}

/// Leaves the open project for something else; asks first if unsaved changes would be lost.
pub(crate) fn leave_project(app: &mut App, next: NextStep) {
    let dirty = app.session.as_ref().is_some_and(|session| session.document.is_dirty());
    if dirty && next != NextStep::ChooseFile {
        app.dialog.open(UnsavedQuestion(next));
    } else {
        take_next_step(app, next);
    }
}

/// Takes the next step, once the project is saved or given up.
pub(crate) fn take_next_step(app: &mut App, next: NextStep) {
    match next {
        NextStep::Stay => {}
        NextStep::Close => {
            closing::put_away(app);
            sharing::watch_file(app);
            app.view.gallery = false;
        }
        NextStep::Quit => app.quit_program(),
        NextStep::ChooseFile => ask_which_file(app),
        NextStep::Open(path) => open_file(app, path),
        NextStep::Outline(path) => begin_from_outline(app, path),
        NextStep::Template(name) => begin_from_template(app, name),
    }
}

/// Asks which project to open.
fn ask_which_file(app: &mut App) {
    let kind = ("Desireline", PROJECTS);
    let question = PathQuestion::to_read(Msg::Open, Msg::OpenNow, kind, |app, path| {
        leave_project(app, NextStep::Open(path));
    });
    paths::ask_path(app, question.across_documents());
}

/// Asks for a journey in another form, to start a project from it.
pub(crate) fn ask_which_outline(app: &mut App) {
    let kind = ("Markdown, mermaid, CSV", OUTLINES);
    let question = PathQuestion::to_read(Msg::NewFromOutline, Msg::OpenNow, kind, |app, path| {
        leave_project(app, NextStep::Outline(path));
    });
    paths::ask_path(app, question.across_documents());
}

/// Opens a file without asking; for the command line.
pub(crate) fn open_file(app: &mut App, path: PathBuf) {
    if ExchangeFormat::from_path(&path).is_some() {
        return begin_from_outline(app, path);
    }
    let look = drawing_style(app);
    let state = app.settings.state.clone();
    let asked = plan_replacement(app, NextStep::Open(path.clone()));
    app.jobs.start(
        JobScope::NextDocument,
        Msg::Working,
        move |_| (files::open_session(&path, look, state.as_deref()), path),
        |app, (result, path)| on_opened(app, Some(&path), asked, result),
    );
}

/// Returns the replacement for the open project, which may be given up in its current state only.
fn plan_replacement(app: &App, next: NextStep) -> Arriving {
    Arriving { next, given_up: document_state(app) }
}

/// Returns the state of the open document.
pub fn document_state(app: &App) -> Option<DocumentState> {
    let session = app.session.as_ref()?;
    Some(DocumentState { document: app.workspace.document, state: session.document.state_number() })
}

fn begin_from_template(app: &mut App, name: &'static str) {
    let look = drawing_style(app);
    let title = Msg::UntitledJourney.text(look.lang);
    let asked = plan_replacement(app, NextStep::Template(name));
    let begin = move |_: &Ticket| match engine::store::template::find_template(name) {
        Some(template) => files::begin_from_template(template.bytes, look),
        None => files::begin_blank(title, look),
    };
    app.jobs.start(JobScope::NextDocument, Msg::Working, begin, |app, result| {
        on_opened(app, None, asked, result);
    });
}

/// Shows the project read, unless the open one was changed meanwhile: then that is asked about.
pub fn on_opened(
    app: &mut App,
    path: Option<&Path>,
    asked: Arriving,
    result: Result<Box<Session>, OpenFailure>,
) {
    match result {
        Ok(_) | Err(OpenFailure::Damaged(_)) if was_changed_since(app, asked.given_up) => {
            app.dialog.open(UnsavedQuestion(asked.next));
        }
        Ok(session) => show_opened(app, path, *session),
        Err(OpenFailure::Damaged(damaged)) => app.dialog.open(*damaged),
        Err(failure) => {
            let text = open_failure(app, path, &failure);
            app.show_error(text);
        }
    }
}

fn show_opened(app: &mut App, path: Option<&Path>, mut session: Session) {
    if let Some(state) = &app.settings.state {
        session.document.keep_safe(state);
    }
    closing::show_session(app, session);
    app.view.gallery = false;
    app.dialog.leave_document();
    remember_recent(app, path);
    warn_read_only(app);
}

/// True if the open project has unsaved changes that the user did not give up, made while another file
/// was being read.
pub(crate) fn was_changed_since(app: &App, given_up: Option<DocumentState>) -> bool {
    let is_dirty = app.session.as_ref().is_some_and(|session| session.document.is_dirty());
    is_dirty && given_up != document_state(app)
}

/// Opens the recovered part of a damaged file, as a document without a file.
pub(crate) fn open_repaired(app: &mut App) {
    if let Some(damaged) = app.dialog.take_as::<Damaged>() {
        show_opened(app, None, *damaged.session);
    }
}

fn begin_from_outline(app: &mut App, path: PathBuf) {
    let look = drawing_style(app);
    let asked = plan_replacement(app, NextStep::Outline(path.clone()));
    app.jobs.start(
        JobScope::NextDocument,
        Msg::Working,
        move |_| (files::begin_from_outline(&path, look), path),
        |app, (result, path)| on_outlined(app, &path, asked, result),
    );
}

/// Opens a journey read from another form; lists the lines that could not be read.
fn on_outlined(
    app: &mut App,
    path: &Path,
    asked: Arriving,
    result: Result<(Box<Session>, Vec<Unread>), OpenFailure>,
) {
    let unread = match result {
        Ok((session, unread)) => {
            on_opened(app, None, asked, Ok(session));
            unread
        }
        Err(failure) => return on_opened(app, Some(path), asked, Err(failure)),
    };
    if !unread.is_empty() {
        let lang = app.lang();
        let mut lines =
            vec![Msg::UnreadSome.text_with(lang, &[("n", &unread.len()), ("file", &file_name(path))])];
        lines.extend(unread.iter().take(TOLD).map(|line| line.explain(lang)));
        let more = unread.len().saturating_sub(TOLD);
        lines.extend((more > 0).then(|| Msg::UnreadMore.text_with(lang, &[("n", &more)])));
        app.notices.add_notice(NoticeLevel::Warning, lines.join("\n"));
    }
}

pub(crate) fn warn_read_only(app: &mut App) {
    let version = app.session.as_ref().and_then(|session| session.document.read_only());
    if let Some(version) = version {
        let text = Msg::ReadOnlyWhy.text_with(app.lang(), &[("version", &version)]);
        app.notices.add_notice(NoticeLevel::Warning, text);
    }
}

/// Puts a file at the top of the recent files.
fn remember_recent(app: &mut App, path: Option<&Path>) {
    if let Some(path) = path {
        app.settings.remember_recent(path);
        keep_settings(app);
    }
}

/// Warns that the settings could not be read; their file is left unchanged.
pub(crate) fn tell_unread_settings(app: &mut App) {
    if let (Some(unread), Some(file)) = (&app.settings.unread, &app.settings.file) {
        let told: [(&str, &dyn Display); 2] = [("detail", unread), ("path", &file.display())];
        let text = Msg::SettingsUnread.text_with(app.lang(), &told);
        app.notices.add_notice(NoticeLevel::Warning, text);
    }
}

/// Saves the settings in the background.
pub(crate) fn keep_settings(app: &mut App) {
    let settings = app.settings.clone();
    app.jobs.start(
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

pub(crate) fn save_project(app: &mut App, next: NextStep) {
    let Some(session) = &app.session else { return };
    let file = session.document.file().filter(|file| file.read_only.is_none());
    let file = file.map(|file| (file.path.clone(), file.base));
    match (file, is_writing(app)) {
        (Some((path, _)), Some(writing)) if writing.path == path => {
            writing.again = Some(combine_steps(writing.again.take(), next));
        }
        (Some((path, base)), _) => start_save(app, path, Some(base), next),
        (None, _) => save_as(app, next),
    }
}

/// Returns the save of the open project in progress. It is our own write, so another save to the same
/// path must wait for it.
fn is_writing(app: &mut App) -> Option<&mut Writing> {
    let jobs = app.jobs.running_jobs();
    app.workspace.writing.as_mut().filter(|writing| jobs.iter().any(|job| job.id == writing.job))
}

pub(crate) fn save_as(app: &mut App, next: NextStep) {
    paths::ask_path(app, save_question(app, next));
}

/// Returns the question for the path to save the project to.
fn save_question(app: &App, next: NextStep) -> PathQuestion {
    let name = app.session.as_ref().map(|session| {
        let file = session.document.file().and_then(|file| file.path.file_name());
        file.map_or_else(
            || format!("{}.ron", safe_file_name(&session.title(app.lang()))),
            |name| name.to_string_lossy().into_owned(),
        )
    });
    PathQuestion::to_save(Msg::SaveAs, name.unwrap_or_default(), |app, path| {
        start_save(app, path, None, next);
    })
}

/// Starts writing; without a base it replaces any file at the path, which the user has agreed to.
pub(crate) fn start_save(app: &mut App, path: PathBuf, base: Option<Base>, next: NextStep) {
    let lang = app.lang();
    let Some(session) = &mut app.session else { return };
    let task = session.document.begin_save(path.clone(), base);
    let saving = task.saving;
    let job = start_writing(app, saving, next, move |_| files::save_document(task, lang));
    app.workspace.writing = Some(Writing { job, saving, path, again: None });
}

/// Starts the job of a save, whose end is reported even if the document is closed by then.
fn start_writing(
    app: &mut App,
    saving: Saving,
    next: NextStep,
    write: impl FnOnce(&Ticket) -> Result<(StoredFile, Option<String>), SaveFailure> + Send + 'static,
) -> JobId {
    let document = app.workspace.document;
    app.jobs.start(JobScope::Window, Msg::Saving, write, move |app, result| {
        if app.workspace.document == document {
            on_saved(app, saving, next, result);
        } else {
            on_saved_stale(app, result);
        }
    })
}

fn on_saved(
    app: &mut App,
    saving: Saving,
    next: NextStep,
    result: Result<(StoredFile, Option<String>), SaveFailure>,
) {
    let again =
        app.workspace.writing.take_if(|writing| writing.saving == saving).and_then(|writing| writing.again);
    let document = app.session.as_mut().map(|session| &mut session.document);
    let Some(document) = document.filter(|document| !document.is_outrun(saving)) else {
        return on_saved_stale(app, result);
    };
    match result {
        Ok((file, doubt)) => {
            let was_later = document.file().is_some_and(|file| needs_later_format(&file.content));
            let becomes_later = !was_later && needs_later_format(&file.content);
            let path = file.path.clone();
            document.finish_save(saving, file);
            remember_recent(app, Some(&path));
            sharing::watch_file(app);
            tell_saved(app, &path, doubt);
            if becomes_later {
                app.notices.add_notice(NoticeLevel::Info, Msg::SavedInLaterFormat.text(app.lang()));
            }
            let wanted = combine_steps(Some(next), again.clone().unwrap_or(NextStep::Stay));
            match again {
                Some(_) => save_project(app, wanted),
                // Changes made since the save began are asked about again.
                None if wanted != NextStep::Stay => leave_project(app, wanted),
                None => {}
            }
        }
        Err(failure) => {
            let next = combine_steps(Some(next), again.unwrap_or(NextStep::Stay));
            if let SaveCause::ChangedOnDisk { found } = failure.error.cause {
                return sharing::merge_then_save(app, failure, found, next);
            }
            let text = save_failure(app, &failure);
            app.show_error(text);
        }
    }
}

/// Reports a save that no longer matters: the document was closed or saved elsewhere meanwhile.
fn on_saved_stale(app: &mut App, result: Result<(StoredFile, Option<String>), SaveFailure>) {
    match result {
        Ok((file, doubt)) => tell_saved(app, &file.path, doubt),
        Err(failure) => {
            let text = save_failure(app, &failure);
            app.show_error(text);
        }
    }
}

fn tell_saved(app: &mut App, path: &Path, doubt: Option<String>) {
    app.gallery.forget_file(path);
    let text = Msg::SavedAs.text_with(app.lang(), &[("file", &file_name(path))]);
    match doubt {
        None => app.notices.add_notice(NoticeLevel::Info, text),
        Some(doubt) => app.notices.add_notice(NoticeLevel::Warning, format!("{text}\n{doubt}")),
    }
}

pub(crate) fn answer_unsaved(app: &mut App, save: bool) {
    let Some(question) = app.dialog.take_as::<UnsavedQuestion>() else { return };
    let next = question.0;
    if save { save_project(app, next) } else { take_next_step(app, next) }
}

pub(crate) fn save_over(app: &mut App) {
    let Some(question) = app.dialog.take_as::<ChangedFile>() else { return };
    let ChangedFile { failure, next, .. } = *question;
    let next = next.unwrap_or(NextStep::Stay);
    if let SaveCause::ChangedOnDisk { found } = failure.error.cause {
        let path = failure.path;
        let keep = move |_: &Ticket| {
            (if found == Base::Absent { Ok(None) } else { files::keep_beside(&path) }, path)
        };
        app.jobs.start(JobScope::Document, Msg::Saving, keep, move |app, (kept, path)| {
            on_kept_beside(app, path, found, kept, next);
        });
    }
}

/// Replaces the file, after its content was copied beside it or was missing.
fn on_kept_beside(
    app: &mut App,
    path: PathBuf,
    found: Base,
    kept: Result<Option<PathBuf>, SaveError>,
    next: NextStep,
) {
    match kept {
        Ok(kept) => {
            if let Some(kept) = kept {
                let told = Msg::ForeignKept.text_with(app.lang(), &[("file", &file_name(&kept))]);
                app.notices.add_notice(NoticeLevel::Warning, told);
            }
            start_save(app, path, Some(found), next);
        }
        Err(error) => {
            let text = save_failure(app, &SaveFailure { path, error });
            app.show_error(text);
        }
    }
}

/// Describes why a project could not be opened: the file name, the reason, and the path on the last line.
pub(crate) fn open_failure(app: &App, path: Option<&Path>, failure: &OpenFailure) -> String {
    let lang = app.lang();
    let why = match failure {
        OpenFailure::File(error) => error.explain(lang),
        OpenFailure::Damaged(damaged) => damaged.error.explain(lang),
        OpenFailure::Template(error) => error.explain(lang),
        OpenFailure::Refused(refused) => refused.explain(lang),
        OpenFailure::NoJourney => Msg::NoJourney.text(lang).to_owned(),
    };
    let name = path.map(file_name).unwrap_or_default();
    let what = Msg::CannotOpen.text_with(lang, &[("file", &name)]);
    format!("{what}\n{why}\n{}", path.map(|path| path.display().to_string()).unwrap_or_default())
}

/// Describes why a project could not be saved.
pub(crate) fn save_failure(app: &App, failure: &SaveFailure) -> String {
    let lang = app.lang();
    let what = Msg::CannotSave.text_with(lang, &[("file", &file_name(&failure.path))]);
    format!("{what}\n{}", failure.error.explain(lang))
}

/// Combines the step after a save with a later request: [`NextStep::Stay`] does not cancel the earlier one.
fn combine_steps(before: Option<NextStep>, next: NextStep) -> NextStep {
    if next == NextStep::Stay { before.unwrap_or(next) } else { next }
}

#[cfg(test)]
#[path = "flow_tests.rs"]
mod tests;
