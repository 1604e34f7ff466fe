//! Earlier versions of the open document: listed with thumbnails, and restored as a new step.

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

/// The state of the dialog of earlier versions.
#[derive(Debug)]
pub struct VersionsForm {
    /// The versions, newest first.
    pub kept: Vec<Kept>,
    /// The index of the chosen version.
    pub chosen: usize,
    /// The thumbnails of the versions.
    pub gallery: Gallery,
    state: PathBuf,
}

impl VersionsForm {
    /// Returns the thumbnail subject of a version.
    pub fn subject(&self, kept: &Kept) -> Subject {
        Subject::Version(self.state.clone(), kept.clone())
    }
}

/// Formats the local time at which a version was kept.
pub fn when(kept: &Kept) -> String {
    kept.time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

impl App {
    /// Lists the versions of the open document in the background.
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

    /// Starts drawing the versions' thumbnails, each `size` points large.
    pub(crate) fn draw_versions(&mut self, size: egui::Vec2, density: f32) {
        let look = self.look();
        let Some(Dialog::Versions(form)) = &mut self.dialog else { return };
        let subjects: Vec<Subject> = form.kept.iter().map(|kept| form.subject(kept)).collect();
        form.gallery.draw(&mut self.work, subjects.into_iter(), look, size, density);
    }

    /// Restores a version; the current state is kept as a version first.
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

    /// Reads a version, to compare it with the open project.
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
                self.tie_notice();
            }
            Err(error) => self.fail(error.message(lang)),
        }
    }
}
