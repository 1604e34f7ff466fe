//! Asks for a path: with the system's dialog on a background thread, or with the built-in one instead.

use super::form::{PathDialog, PathQuestion};
use super::ui::read_folder;
use crate::app::App;
use crate::app::jobs::{JobId, JobScope, Ticket};
use engine::i18n::Msg;
use engine::store::state::home_folder;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A dialog that ended faster than this was never shown, since no person answers so fast.
const TOO_FAST: Duration = Duration::from_millis(300);
/// Time after which a hint is shown about a dialog that may be hidden.
pub(crate) const HINT_AFTER: Duration = Duration::from_secs(3);

/// The questions that wait for the system's dialog.
#[derive(Debug)]
pub struct PathPicker {
    /// True to use the system's file dialogs; false uses the built-in one, after no dialog appeared.
    pub uses_system: bool,
    /// Each question with the job in which the system asks it, oldest first.
    pub(crate) waiting: Vec<(JobId, PathQuestion)>,
}

impl Default for PathPicker {
    fn default() -> Self {
        Self { uses_system: true, waiting: Vec::new() }
    }
}

/// Asks the user for a path.
pub(crate) fn ask_path(app: &mut App, question: PathQuestion) {
    if !app.picker.uses_system {
        return ask_built_in(app, question);
    }
    let dialog = system_dialog(&question, &start_folder(app));
    let writes = question.written.is_some();
    let ask = move |ticket: &Ticket| {
        let asked = Instant::now();
        let path = if writes { dialog.save_file() } else { dialog.pick_file() };
        let absent = path.is_none() && asked.elapsed() < TOO_FAST;
        (ticket.job_id(), path, absent)
    };
    let job = app.jobs.start(JobScope::Window, Msg::WaitingForDialog, ask, |app, (job, path, absent)| {
        on_picked(app, job, path, absent);
    });
    app.picker.waiting.push((job, question));
}

/// Continues with the answer of the system's dialog.
pub(crate) fn on_picked(app: &mut App, job: JobId, path: Option<PathBuf>, absent: bool) {
    let place = app.picker.waiting.iter().position(|(waiting, _)| *waiting == job);
    let Some((_, question)) = place.map(|place| app.picker.waiting.remove(place)) else { return };
    match path {
        Some(path) => confirm_picked(app, question, path),
        None if absent => {
            app.picker.uses_system = false;
            ask_built_in(app, question);
        }
        None => {}
    }
}

/// Continues with a path of the system's dialog. That dialog confirmed the name as typed, not the one with the
/// extension added: if such a file exists, the built-in dialog asks about it.
pub(crate) fn confirm_picked(app: &mut App, question: PathQuestion, path: PathBuf) {
    let whole = question.with_ending(path.clone());
    if whole != path && whole.is_file() {
        let folder = whole.parent().map(Path::to_owned).unwrap_or_default();
        let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
        open_dialog(app, question, folder, name);
        if let Some(form) = app.dialog.get_mut::<PathDialog>() {
            form.replace = true;
        }
    } else {
        question.continue_with(app, path);
    }
}

/// Switches to the built-in dialog, for the question that the silent system dialog had.
pub(crate) fn ask_built_in_instead(app: &mut App) {
    app.picker.uses_system = false;
    if let Some((job, question)) = app.picker.waiting.pop() {
        app.jobs.discard_job(job);
        ask_built_in(app, question);
    }
}

/// Ignores the answers of dialogs that belong to a document being closed.
pub(crate) fn stop_asking(app: &mut App) {
    for (job, _) in app.picker.waiting.extract_if(.., |(_, question)| !question.outlives_document) {
        app.jobs.discard_job(job);
    }
}

fn ask_built_in(app: &mut App, question: PathQuestion) {
    let folder = start_folder(app);
    let name = question.written.as_ref().map(|written| written.name.clone()).unwrap_or_default();
    open_dialog(app, question, folder, name);
}

fn open_dialog(app: &mut App, question: PathQuestion, folder: PathBuf, name: String) {
    app.dialog.open(PathDialog {
        question,
        folder: folder.clone(),
        entries: Vec::new(),
        problem: None,
        name,
        fresh: true,
        replace: false,
    });
    list_folder(app, folder);
}

/// Lists a folder for the built-in dialog, which shows it once it has been read.
pub(super) fn list_folder(app: &mut App, folder: PathBuf) {
    app.jobs.start(
        JobScope::Window,
        Msg::Working,
        move |_| (read_folder(&folder).map_err(|error| error.to_string()), folder),
        |app, (result, folder)| {
            let Some(form) = app.dialog.get_mut::<PathDialog>() else { return };
            match result {
                Ok(entries) => {
                    form.folder = folder;
                    form.entries = entries;
                    form.problem = None;
                }
                Err(problem) => form.problem = Some(problem),
            }
        },
    );
}

/// Closes the built-in dialog without an answer.
pub(crate) fn close_dialog(app: &mut App) {
    drop(app.dialog.take_as::<PathDialog>());
}

/// Answers the built-in dialog with this path.
pub fn answer_path(app: &mut App, path: PathBuf) {
    if let Some(form) = app.dialog.take_as::<PathDialog>() {
        form.question.continue_with(app, path);
    }
}

/// Returns the folder in which a dialog starts: that of the open file, else of the most recent one; the home
/// folder while the file's drive does not answer.
fn start_folder(app: &App) -> PathBuf {
    if app.sharing.silent {
        return home_folder().unwrap_or_default();
    }
    let session = app.session.as_ref();
    let open = session.and_then(|session| session.document.original_paths().into_iter().next());
    let last = open.or_else(|| app.settings.recent.first().cloned());
    let folder = last.and_then(|path| path.parent().map(Path::to_owned));
    folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

/// Largest number of characters from a title in a file name: with an extension they fit into 255 bytes.
const TITLE: usize = 50;

/// Converts a title to a file name that every system accepts.
pub(crate) fn safe_file_name(title: &str) -> String {
    let safe = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
    title.chars().take(TITLE).map(safe).collect::<String>().trim().to_owned()
}

fn system_dialog(question: &PathQuestion, folder: &Path) -> rfd::FileDialog {
    let dialog = rfd::FileDialog::new().set_directory(folder);
    match &question.written {
        Some(written) => dialog.add_filter(&question.kind, &[written.ending]).set_file_name(&written.name),
        None => dialog.add_filter(&question.kind, question.endings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_that_every_system_takes() {
        assert_eq!(safe_file_name("A/B: a \"trip\"?\n"), "A-B- a -trip---");
    }
}
