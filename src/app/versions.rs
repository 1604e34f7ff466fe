//! Earlier versions of the open document: listed with thumbnails, and restored as a new step.

use super::App;
use super::dialog::Dialog;
use super::files::keep_version;
use super::notice::NoticeLevel;
use super::outcome::JobOutcome;
use super::thumbnail::{Gallery, Subject};
use crate::edit::{Transaction, diff_projects};
use crate::i18n::{Explain, Msg};
use crate::model::Project;
use crate::store::disk::RealDisk;
use crate::store::project::OpenError;
use crate::store::versions::{Label, VersionEntry, VersionedDocument, Versions};
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// The state of the dialog of earlier versions.
#[derive(Debug)]
pub struct VersionsForm {
    /// The versions, newest first.
    pub kept: Vec<VersionEntry>,
    /// The index of the chosen version.
    pub chosen: usize,
    /// The thumbnails of the versions.
    pub gallery: Gallery,
    state: PathBuf,
}

impl VersionsForm {
    /// Returns the thumbnail subject of a version.
    pub fn thumbnail_subject(&self, kept: &VersionEntry) -> Subject {
        Subject::Version(self.state.clone(), kept.clone())
    }
}

/// Formats the local time at which a version was kept.
pub fn format_kept_time(kept: &VersionEntry) -> String {
    kept.time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

impl App {
    /// Lists the versions of the open document in the background.
    pub(super) fn look_for_versions(&mut self) {
        let (Some(state), Some(session)) = (self.settings.state.clone(), &self.session) else { return };
        let path = session.file.as_ref().map(|file| file.path.clone());
        let project = session.project().info().id;
        self.work.start(Msg::Working, move |_| {
            let document = VersionedDocument { project, path: path.as_deref() };
            JobOutcome::Versions(Versions::new(RealDisk, &state).list_versions(document))
        });
    }

    pub(super) fn on_versions_listed(&mut self, kept: std::io::Result<Vec<VersionEntry>>) {
        let Some(state) = self.settings.state.clone() else { return };
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => return self.show_error(OpenError::Failed(error).explain(self.lang())),
        };
        let form = VersionsForm { kept, chosen: 0, gallery: Gallery::default(), state };
        self.dialog = Some(Dialog::Versions(Box::new(form)));
    }

    /// Starts drawing the versions' thumbnails, each `size` points large.
    pub(crate) fn draw_versions(&mut self, size: egui::Vec2, density: f32) {
        let look = self.drawing_style();
        let Some(Dialog::Versions(form)) = &mut self.dialog else { return };
        let subjects: Vec<Subject> = form.kept.iter().map(|kept| form.thumbnail_subject(kept)).collect();
        form.gallery.draw_missing(&mut self.work, subjects.into_iter(), look, size, density);
    }

    /// Restores a version; the current state is kept as a version first.
    pub(super) fn restore_version(&mut self, kept: VersionEntry) {
        let (Some(state), Some(session)) = (self.settings.state.clone(), &self.session) else { return };
        let ours = session.project().clone();
        let path = session.file.as_ref().map(|file| file.path.clone());
        self.dialog = None;
        self.work.start(Msg::Working, move |_| {
            keep_version(Some(&state), path.as_deref(), &ours, Label::BeforeRestore);
            let read = Versions::new(RealDisk, &state).load_version(&kept);
            JobOutcome::Restored(read.map(|loaded| diff_projects(&ours, &loaded.project)))
        });
    }

    /// Reads a version, to compare it with the open project.
    pub(super) fn compare_with_kept(&mut self, kept: VersionEntry) {
        let Some(state) = self.settings.state.clone() else { return };
        self.dialog = None;
        self.work.start(Msg::Working, move |_| {
            let result = Versions::new(RealDisk, &state).load_version(&kept).map(|loaded| loaded.project);
            JobOutcome::EarlierRead { name: format_kept_time(&kept), result }
        });
    }

    pub(super) fn on_earlier_read(&mut self, name: String, result: Result<Project, OpenError>) {
        match result {
            Ok(project) => self.compare_with(project, name),
            Err(error) => self.show_error(error.explain(self.lang())),
        }
    }

    pub(super) fn on_restored(&mut self, result: Result<Transaction, OpenError>) {
        let lang = self.lang();
        match result {
            Ok(transaction) if transaction.is_empty() => {
                self.notices.add_notice(NoticeLevel::Info, Msg::RestoredSame.text(lang));
            }
            Ok(transaction) => {
                self.commit_transaction(transaction);
                self.notices.add_notice(NoticeLevel::Info, Msg::RestoredDone.text(lang));
                self.tie_notice();
            }
            Err(error) => self.show_error(error.explain(lang)),
        }
    }
}
