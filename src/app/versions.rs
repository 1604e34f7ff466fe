//! Earlier versions of the open document: listed as pictures, and brought back as a new step.

use super::App;
use super::dialog::Dialog;
use super::files::keep;
use super::notice::Weight;
use super::outcome::Outcome;
use super::thumbnail::{Gallery, Subject};
use crate::edit::{Transaction, diff};
use crate::i18n::Msg;
use crate::model::Project;
use crate::store::disk::RealDisk;
use crate::store::project::OpenError;
use crate::store::versions::{Document, Kept, Label, Versions};
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// What the dialog of earlier versions shows.
#[derive(Debug)]
pub struct VersionsForm {
    /// The versions, the newest first.
    pub kept: Vec<Kept>,
    /// Which one is chosen.
    pub chosen: usize,
    /// Their pictures.
    pub gallery: Gallery,
    state: PathBuf,
}

impl VersionsForm {
    /// What the picture of a version shows.
    pub fn subject(&self, kept: &Kept) -> Subject {
        Subject::Version(self.state.clone(), kept.clone())
    }
}

/// When a version was kept, for people.
pub fn when(kept: &Kept) -> String {
    kept.time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

impl App {
    /// Lists the versions of the open document.
    pub(super) fn look_for_versions(&mut self) {
        let (Some(state), Some(session)) = (self.settings.state.clone(), &self.session) else { return };
        let path = session.file.as_ref().map(|file| file.path.clone());
        let project = session.project().info().id;
        self.work.start(Msg::Working, move |_| {
            let document = Document { project, path: path.as_deref() };
            Outcome::Versions(Versions::new(RealDisk, &state).list(document))
        });
    }

    pub(super) fn list_versions(&mut self, kept: std::io::Result<Vec<Kept>>) {
        let Some(state) = self.settings.state.clone() else { return };
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => return self.fail(OpenError::Failed(error).message(self.lang())),
        };
        let form = VersionsForm { kept, chosen: 0, gallery: Gallery::default(), state };
        self.dialog = Some(Dialog::Versions(Box::new(form)));
    }

    /// Starts the pictures of the versions, `size` points each.
    pub(crate) fn draw_versions(&mut self, size: egui::Vec2, density: f32) {
        let look = self.look();
        let Some(Dialog::Versions(form)) = &mut self.dialog else { return };
        let subjects: Vec<Subject> = form.kept.iter().map(|kept| form.subject(kept)).collect();
        form.gallery.draw(&mut self.work, subjects.into_iter(), look, size, density);
    }

    /// Goes back to a version; what is open is kept as one before that.
    pub(super) fn restore(&mut self, kept: Kept) {
        let (Some(state), Some(session)) = (self.settings.state.clone(), &self.session) else { return };
        let ours = session.project().clone();
        let path = session.file.as_ref().map(|file| file.path.clone());
        self.dialog = None;
        self.work.start(Msg::Working, move |_| {
            keep(Some(&state), path.as_deref(), &ours, Label::BeforeRestore);
            let read = Versions::new(RealDisk, &state).read(&kept);
            Outcome::Restored(read.map(|loaded| diff(&ours, &loaded.project)))
        });
    }

    /// Reads a version, to be compared with what is open.
    pub(super) fn compare_with_kept(&mut self, kept: Kept) {
        let Some(state) = self.settings.state.clone() else { return };
        self.dialog = None;
        self.work.start(Msg::Working, move |_| {
            let result = Versions::new(RealDisk, &state).read(&kept).map(|loaded| loaded.project);
            Outcome::EarlierRead { name: when(&kept), result }
        });
    }

    pub(super) fn earlier_read(&mut self, name: String, result: Result<Project, OpenError>) {
        match result {
            Ok(project) => self.compare_with(project, name),
            Err(error) => self.fail(error.message(self.lang())),
        }
    }

    pub(super) fn restored(&mut self, result: Result<Transaction, OpenError>) {
        let lang = self.lang();
        match result {
            Ok(transaction) if transaction.is_empty() => {
                self.notices.add(Weight::Info, Msg::RestoredSame.text(lang));
            }
            Ok(transaction) => {
                self.commit(transaction);
                self.notices.add(Weight::Info, Msg::RestoredDone.text(lang));
            }
            Err(error) => self.fail(error.message(lang)),
        }
    }
}
