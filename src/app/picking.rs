//! Asking for a path: the system's dialog on a thread of its own, and the built-in one where it does not answer.

use super::App;
use super::dialog::{Dialog, PathForm};
use super::export::Format;
use super::outcome::{Listed, Next, Outcome, Purpose};
use crate::i18n::Msg;
use crate::panels::path_dialog::entries;
use crate::store::state::home;
use crate::survey::source::ENDINGS;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// No person answers a dialog faster: one that is gone by then never was.
const TOO_FAST: Duration = Duration::from_millis(300);
/// After this long a dialog that nobody sees is worth a hint.
pub(crate) const HINT_AFTER: Duration = Duration::from_secs(3);

/// Endings of journeys in other forms: outlines, mermaid diagrams, tables.
pub(crate) const OUTLINES: &[&str] = &["md", "markdown", "txt", "mmd", "mermaid", "csv", "tsv"];
/// Endings of pictures that can be placed.
pub(crate) const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp"];

/// Whether a file's name has one of these endings.
pub(crate) fn ends(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    endings.iter().any(|fit| ending.eq_ignore_ascii_case(fit))
}

impl App {
    /// Asks for a path.
    pub(super) fn pick(&mut self, purpose: Purpose) {
        if self.system_dialogs {
            let (folder, name) = (self.start_folder(), self.proposed_name(&purpose));
            self.waiting_for = Some(purpose.clone());
            self.work.start(Msg::WaitingForDialog, move |_| {
                let asked = Instant::now();
                let path = system_dialog(&purpose, &folder, &name);
                let absent = path.is_none() && asked.elapsed() < TOO_FAST;
                Outcome::Picked { purpose, path, absent }
            });
        } else {
            self.built_in(purpose);
        }
    }

    pub(super) fn picked(&mut self, purpose: Purpose, path: Option<PathBuf>, absent: bool) {
        self.waiting_for = None;
        match path {
            Some(path) => {
                // The system's dialog asked about the name as typed, not about the one with its ending.
                let whole = self.ending(&purpose).map(|ending| with_ending(path.clone(), ending));
                match whole.filter(|whole| *whole != path && whole.is_file()) {
                    Some(whole) => {
                        let folder = whole.parent().map(Path::to_owned).unwrap_or_default();
                        let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
                        self.ask_path(purpose, folder, name, true);
                    }
                    None => self.chosen(purpose, path),
                }
            }
            None if absent => {
                self.system_dialogs = false;
                self.built_in(purpose);
            }
            None => {}
        }
    }

    /// Uses the built-in dialog for what the silent system dialog was asked.
    pub(super) fn ask_built_in_instead(&mut self) {
        self.system_dialogs = false;
        if let Some(purpose) = self.stop_waiting() {
            self.built_in(purpose);
        }
    }

    /// The open document is left: what its dialog is answered is not meant for the next one.
    pub(super) fn stop_asking(&mut self) {
        if !matches!(self.waiting_for, Some(Purpose::Open | Purpose::Outline)) {
            self.stop_waiting();
        }
    }

    /// Passes over the answer of the system's dialog; tells what it was asked for.
    fn stop_waiting(&mut self) -> Option<Purpose> {
        let waiting = self.work.jobs().iter().find(|job| job.label == Msg::WaitingForDialog);
        if let Some(id) = waiting.map(|job| job.id) {
            self.work.forget(id);
        }
        self.waiting_for.take()
    }

    fn built_in(&mut self, purpose: Purpose) {
        let (folder, name) = (self.start_folder(), self.proposed_name(&purpose));
        self.ask_path(purpose, folder, name, false);
    }

    /// Shows the built-in dialog; `replace` asks at once whether the file of that name may be replaced.
    fn ask_path(&mut self, purpose: Purpose, folder: PathBuf, name: String, replace: bool) {
        let ending = self.ending(&purpose);
        self.dialog = Some(Dialog::Path(PathForm {
            purpose,
            folder: folder.clone(),
            entries: Vec::new(),
            problem: None,
            name,
            fresh: true,
            ending,
            replace,
        }));
        self.list(folder);
    }

    /// The ending of the files that are written for a purpose.
    fn ending(&self, purpose: &Purpose) -> Option<&'static str> {
        match purpose {
            Purpose::SaveAs(_) | Purpose::Duplicate | Purpose::Redacted => Some("ron"),
            Purpose::Export => Some(self.export_format().extension()),
            Purpose::Open
            | Purpose::Outline
            | Purpose::Picture
            | Purpose::Import
            | Purpose::Quotes
            | Purpose::Compare => None,
        }
    }

    pub(super) fn list(&mut self, folder: PathBuf) {
        self.work.start(Msg::Working, move |_| {
            let result = entries(&folder).map_err(|error| error.to_string());
            Outcome::Folder { folder, result }
        });
    }

    pub(super) fn listed(&mut self, folder: PathBuf, result: Result<Vec<Listed>, String>) {
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

    /// Goes on with the path that was asked for.
    pub(super) fn chosen(&mut self, purpose: Purpose, path: PathBuf) {
        if matches!(self.dialog, Some(Dialog::Path(_))) {
            self.dialog = None;
        }
        match purpose {
            Purpose::Open => self.leave(Next::Open(path)),
            Purpose::SaveAs(next) => self.write(with_ending(path, "ron"), None, next),
            Purpose::Duplicate => self.duplicate_project(with_ending(path, "ron")),
            Purpose::Outline => self.leave(Next::Outline(path)),
            Purpose::Picture => self.place_picture(path, None),
            Purpose::Import => self.import(&path),
            Purpose::Quotes => self.look_for_quotes(&path),
            Purpose::Export => self.export_to(path),
            Purpose::Redacted => self.write_copy(path),
            Purpose::Compare => self.compare_with_file(path),
        }
    }

    /// Where a dialog begins: beside the open file, or where files were last; at home while that drive does not answer.
    fn start_folder(&self) -> PathBuf {
        if self.sharing.silent {
            return home().unwrap_or_default();
        }
        let session = self.session.as_ref();
        let open = session
            .and_then(|session| session.file.as_ref().map(|file| &file.path).or(session.damaged.as_ref()));
        let last = open.or_else(|| self.settings.recent.first());
        let folder = last.and_then(|path| path.parent()).map(Path::to_owned);
        folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
    }

    fn proposed_name(&self, purpose: &Purpose) -> String {
        let Some(session) = &self.session else { return String::new() };
        let title = plain(&session.title(self.lang()));
        match purpose {
            Purpose::SaveAs(_) => {
                let name = session.file.as_ref().and_then(|file| file.path.file_name());
                name.map_or(format!("{title}.ron"), |name| name.to_string_lossy().into_owned())
            }
            Purpose::Redacted => format!("{title} {}.ron", Msg::RedactSuffix.text(self.lang())),
            Purpose::Duplicate => format!("{title} {}.ron", Msg::CopySuffix.text(self.lang())),
            Purpose::Export => {
                let title = self.exported_title().map_or(title, |own| plain(&own));
                format!("{title}.{}", self.export_format().extension())
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

/// Characters of a title in a file name: with an ending they fit into 255 bytes in any script.
const TITLE: usize = 50;

/// A title as a file name.
fn plain(title: &str) -> String {
    let safe = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
    title.chars().take(TITLE).map(safe).collect::<String>().trim().to_owned()
}

/// The path with an ending, where it has none.
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
            let format = Format::of(name.as_ref()).unwrap_or(Format::Png);
            let (label, ending) = (format.extension().to_uppercase(), format.extension());
            dialog.add_filter(label, &[ending]).set_file_name(name).save_file()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_that_every_system_takes() {
        assert_eq!(plain("A/B: a \"trip\"?\n"), "A-B- a -trip---");
        assert_eq!(with_ending("trip".into(), "ron"), PathBuf::from("trip.ron"));
        assert_eq!(with_ending("trip.v2".into(), "ron"), PathBuf::from("trip.v2"));
    }
}
