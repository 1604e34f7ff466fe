//! Asks for a path: with the system's dialog on a background thread, or with the built-in one instead.

use super::App;
use super::dialog::{Dialog, PathDialog};
use super::export::ExportFormat;
use super::outcome::{JobOutcome, Listed, NextStep, Purpose};
use crate::i18n::Msg;
use crate::panels::path_dialog::list_folder;
use crate::store::state::home_folder;
use crate::survey::source::ENDINGS;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A dialog that ended faster than this was never shown, since no person answers so fast.
const TOO_FAST: Duration = Duration::from_millis(300);
/// Time after which a hint is shown about a dialog that may be hidden.
pub(crate) const HINT_AFTER: Duration = Duration::from_secs(3);

/// Extensions of journeys in other forms: outlines, mermaid diagrams, tables.
pub(crate) const OUTLINES: &[&str] = &["md", "markdown", "txt", "mmd", "mermaid", "csv", "tsv"];
/// Extensions of pictures that can be placed.
pub(crate) const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp"];

/// True if the path has one of these extensions, ignoring case.
pub(crate) fn has_extension(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    endings.iter().any(|fit| ending.eq_ignore_ascii_case(fit))
}

impl App {
    /// Asks the user for a path.
    pub(super) fn pick_path(&mut self, purpose: Purpose) {
        if self.system_dialogs {
            let folder = self.start_folder();
            let name = self.proposed_name(&purpose);
            self.waiting_for = Some(purpose.clone());
            self.work.start(Msg::WaitingForDialog, move |_| {
                let asked = Instant::now();
                let path = system_dialog(&purpose, &folder, &name);
                let absent = path.is_none() && asked.elapsed() < TOO_FAST;
                JobOutcome::Picked { purpose, path, absent }
            });
        } else {
            self.built_in(purpose);
        }
    }

    pub(super) fn on_picked(&mut self, purpose: Purpose, path: Option<PathBuf>, absent: bool) {
        self.waiting_for = None;
        match path {
            Some(path) => {
                // The system's dialog confirmed the name as typed, not the one with the extension added.
                let whole = self.extension_for(&purpose).map(|ending| with_ending(path.clone(), ending));
                match whole.filter(|whole| *whole != path && whole.is_file()) {
                    Some(whole) => {
                        let folder = whole.parent().map(Path::to_owned).unwrap_or_default();
                        let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
                        self.ask_path(purpose, folder, name, true);
                    }
                    None => self.continue_with_path(purpose, path),
                }
            }
            None if absent => {
                self.system_dialogs = false;
                self.built_in(purpose);
            }
            None => {}
        }
    }

    /// Switches to the built-in dialog, for the purpose the silent system dialog had.
    pub(super) fn ask_built_in_instead(&mut self) {
        self.system_dialogs = false;
        if let Some(purpose) = self.stop_waiting() {
            self.built_in(purpose);
        }
    }

    /// Ignores the answer of a dialog that belongs to a document being closed.
    pub(super) fn stop_asking(&mut self) {
        if !matches!(self.waiting_for, Some(Purpose::Open | Purpose::Outline)) {
            self.stop_waiting();
        }
    }

    /// Ignores the answer of the system's dialog; returns its purpose.
    fn stop_waiting(&mut self) -> Option<Purpose> {
        let waiting = self.work.jobs().iter().find(|job| job.label == Msg::WaitingForDialog);
        if let Some(id) = waiting.map(|job| job.id) {
            self.work.discard_job(id);
        }
        self.waiting_for.take()
    }

    fn built_in(&mut self, purpose: Purpose) {
        let folder = self.start_folder();
        let name = self.proposed_name(&purpose);
        self.ask_path(purpose, folder, name, false);
    }

    /// Opens the built-in dialog; `replace` asks at once if the existing file may be replaced.
    fn ask_path(&mut self, purpose: Purpose, folder: PathBuf, name: String, replace: bool) {
        let ending = self.extension_for(&purpose);
        self.dialog = Some(Dialog::Path(PathDialog {
            purpose,
            folder: folder.clone(),
            entries: Vec::new(),
            problem: None,
            name,
            fresh: true,
            ending,
            replace,
        }));
        self.list_folder(folder);
    }

    /// Returns the extension of the files written for a purpose; `None` if files are only read.
    fn extension_for(&self, purpose: &Purpose) -> Option<&'static str> {
        match purpose {
            Purpose::SaveAs(_) | Purpose::Duplicate | Purpose::Redacted => Some("ron"),
            Purpose::Export => Some(self.export_format().file_extension()),
            Purpose::Open
            | Purpose::Outline
            | Purpose::Picture
            | Purpose::Import
            | Purpose::Quotes
            | Purpose::Compare => None,
        }
    }

    pub(super) fn list_folder(&mut self, folder: PathBuf) {
        self.work.start(Msg::Working, move |_| {
            let result = list_folder(&folder).map_err(|error| error.to_string());
            JobOutcome::Folder { folder, result }
        });
    }

    pub(super) fn on_folder_listed(&mut self, folder: PathBuf, result: Result<Vec<Listed>, String>) {
        let Some(Dialog::Path(form)) = &mut self.dialog else { return };
        match result {
            Ok(entries) => {
                form.folder = folder;
                form.entries = entries;
                form.problem = None;
            }
            Err(problem) => form.problem = Some(problem),
        }
    }

    /// Continues with the chosen path.
    pub(super) fn continue_with_path(&mut self, purpose: Purpose, path: PathBuf) {
        if matches!(self.dialog, Some(Dialog::Path(_))) {
            self.dialog = None;
        }
        match purpose {
            Purpose::Open => self.leave_project(NextStep::Open(path)),
            Purpose::SaveAs(next) => self.start_save(with_ending(path, "ron"), None, next),
            Purpose::Duplicate => self.duplicate_project(with_ending(path, "ron")),
            Purpose::Outline => self.leave_project(NextStep::Outline(path)),
            Purpose::Picture => self.place_picture(path, None),
            Purpose::Import => self.start_import(&path),
            Purpose::Quotes => self.look_for_quotes(&path),
            Purpose::Export => self.export_to(path),
            Purpose::Redacted => self.write_copy(path),
            Purpose::Compare => self.compare_with_file(path),
        }
    }

    /// Returns the folder in which a dialog starts: that of the open file, else of the most recent one; the
    /// home folder while the file's drive does not answer.
    fn start_folder(&self) -> PathBuf {
        if self.sharing.silent {
            return home_folder().unwrap_or_default();
        }
        let session = self.session.as_ref();
        let open = session.and_then(|session| session.document.original_paths().into_iter().next());
        let last = open.or_else(|| self.settings.recent.first().cloned());
        let folder = last.and_then(|path| path.parent().map(Path::to_owned));
        folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
    }

    fn proposed_name(&self, purpose: &Purpose) -> String {
        let Some(session) = &self.session else { return String::new() };
        let title = safe_file_name(&session.title(self.lang()));
        match purpose {
            Purpose::SaveAs(_) => {
                let name = session.document.file().and_then(|file| file.path.file_name());
                name.map_or(format!("{title}.ron"), |name| name.to_string_lossy().into_owned())
            }
            Purpose::Redacted => format!("{title} {}.ron", Msg::RedactSuffix.text(self.lang())),
            Purpose::Duplicate => format!("{title} {}.ron", Msg::CopySuffix.text(self.lang())),
            Purpose::Export => {
                let title = self.exported_title().map_or(title, |own| safe_file_name(&own));
                format!("{title}.{}", self.export_format().file_extension())
            }
            Purpose::Open
            | Purpose::Outline
            | Purpose::Picture
            | Purpose::Import
            | Purpose::Quotes
            | Purpose::Compare => String::new(),
        }
    }
}

/// Largest number of characters from a title in a file name: with an extension they fit into 255 bytes.
const TITLE: usize = 50;

/// Converts a title to a file name that every system accepts.
fn safe_file_name(title: &str) -> String {
    let safe = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
    title.chars().take(TITLE).map(safe).collect::<String>().trim().to_owned()
}

/// Appends an extension to a path that has none.
pub(super) fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(ending) }
}

fn system_dialog(purpose: &Purpose, folder: &Path, name: &str) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new().set_directory(folder);
    match purpose {
        Purpose::Open | Purpose::Compare => dialog.add_filter("Desireline", &["ron"]).pick_file(),
        Purpose::Outline => dialog.add_filter("Markdown, mermaid, CSV", OUTLINES).pick_file(),
        Purpose::Picture => dialog.add_filter("PNG, JPEG, WebP", PICTURES).pick_file(),
        Purpose::Import | Purpose::Quotes => dialog.add_filter("CSV, XLSX, XLS, ODS", ENDINGS).pick_file(),
        Purpose::SaveAs(_) | Purpose::Duplicate | Purpose::Redacted => {
            dialog.add_filter("Desireline", &["ron"]).set_file_name(name).save_file()
        }
        Purpose::Export => {
            let format = ExportFormat::from_path(name.as_ref()).unwrap_or(ExportFormat::Png);
            let label = format.file_extension().to_uppercase();
            let ending = format.file_extension();
            dialog.add_filter(label, &[ending]).set_file_name(name).save_file()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_that_every_system_takes() {
        assert_eq!(safe_file_name("A/B: a \"trip\"?\n"), "A-B- a -trip---");
        assert_eq!(with_ending("trip".into(), "ron"), PathBuf::from("trip.ron"));
        assert_eq!(with_ending("trip.v2".into(), "ron"), PathBuf::from("trip.v2"));
    }
}
