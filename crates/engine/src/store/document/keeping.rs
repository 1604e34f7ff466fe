//! The journal of an open project, its kept versions, and its recovery after the process ended.

use super::Document;
use super::merge::wrap_conflicts;
use crate::model::Project;
use crate::store::base::Base;
use crate::store::disk::RealDisk;
use crate::store::error::SaveError;
use crate::store::journal::{Journal, JournalOrigin, Recoverable, Trouble};
use crate::store::load::to_bytes;
use crate::store::project::{OpenError, StoredFile};
use crate::store::versions::{Label, VersionedDocument, Versions};
use crate::store::watch::OpenSign;
use std::path::{Path, PathBuf};
use std::time::Duration;

impl Document {
    /// Keeps every change from now on in a journal in the state folder, and versions around every save and
    /// merge.
    pub fn keep_safe(&mut self, state: &Path) {
        self.journal = Some(Journal::start_new(RealDisk, state, self.journal_origin()));
        self.state_folder = Some(state.to_owned());
        self.keeps_versions = true;
    }

    /// Continues the unsaved work of an ended process, merged with the file as it is stored now. A file that
    /// does not descend from the version opened then is somebody else's: the document has no file then.
    ///
    /// # Errors
    /// Returns an error if the disk does not answer; the work stays in its journal.
    pub fn recover_work(left: Recoverable, state: &Path) -> Result<Self, OpenError> {
        let stored = match left.path.as_deref().map(StoredFile::read_from) {
            Some(Err(error @ OpenError::Failed(_))) => return Err(error),
            Some(Err(_)) | None => None,
            Some(Ok(stored)) => Some(stored),
        };
        let mut document = match stored.filter(|stored| left.is_continued_by(stored, Some(state))) {
            Some(file) => {
                let merged = left.merge_onto(&file.content);
                let conflicts = wrap_conflicts(merged.conflicts, &left.recovered, &file.content);
                Self { file: Some(file), conflicts, ..Self::new(merged.project) }
            }
            None => Self::new(left.recovered.clone()),
        };
        keep_version(state, left.path.as_deref(), &left.recovered, Label::Recovered).ok();
        document.saved = None;
        let mut origin = document.journal_origin();
        if document.file.is_none() {
            origin.project = left.stored.clone();
        }
        let current = document.project.clone();
        document.journal = Some(Journal::resume_from(RealDisk, state, left, origin, current));
        document.state_folder = Some(state.to_owned());
        document.keeps_versions = true;
        Ok(document)
    }

    /// Returns the stored version of the document, from which the journal's changes lead to the current one.
    fn journal_origin(&self) -> JournalOrigin {
        match &self.file {
            Some(StoredFile { path, base, content, .. }) => {
                JournalOrigin { path: Some(path.clone()), base: *base, project: content.clone() }
            }
            None => JournalOrigin { path: None, base: Base::Absent, project: self.project.clone() },
        }
    }

    /// Lets the journal begin again at the stored version.
    pub(super) fn rebase_journal(&self) {
        if let Some(journal) = &self.journal {
            journal.rebase_on(self.journal_origin());
        }
    }

    /// Returns the number of the last change in the journal.
    pub(super) fn last_change(&self) -> u64 {
        self.journal.as_ref().map_or(0, Journal::last_change)
    }

    /// Waits until all changes are on stable storage; returns false if there is no journal, or it fails or
    /// takes longer than the limit.
    pub fn wait_until_durable(&self, limit: Duration) -> bool {
        let journal = self.journal.as_ref();
        journal.is_some_and(|journal| journal.wait_until_durable(journal.last_change(), limit))
    }

    /// Returns the reason why changes are not kept in the journal; each is returned once.
    pub fn take_journal_trouble(&self) -> Option<Trouble> {
        self.journal.as_ref()?.take_trouble()
    }

    /// Takes the journal of a saved or given-up document, to be closed where the disk may be waited for.
    pub fn give_up_journal(&mut self) -> Option<Journal> {
        self.journal.take()
    }

    /// Closes the document and thins out kept versions; unsaved changes stay in the journal.
    pub fn close(mut self) {
        if let Some(folder) = self.versions_folder() {
            Versions::new(RealDisk, &folder).thin_out(crate::clock::current_time());
        }
        if !self.is_dirty() {
            self.give_up_journal().into_iter().for_each(Journal::close);
        }
    }

    /// Tells other programs beside the file that it is open, until the document is dropped; for those who do
    /// not watch the file.
    pub fn announce_open(&mut self) {
        self.sign = self.file.as_ref().map(|file| OpenSign::create_beside(&file.path, file.base));
    }

    /// Keeps the present content as a version.
    pub fn keep_version(&mut self, label: Label) {
        if let Some(state) = &self.state_folder {
            let path = self.file.as_ref().map(|file| file.path.as_path());
            self.version_trouble = keep_version(state, path, &self.project, label).err();
        }
    }

    /// Returns the reason why a version could not be kept; none are kept any more then.
    pub fn take_version_trouble(&mut self) -> Option<SaveError> {
        let trouble = self.version_trouble.take()?;
        self.keeps_versions = false;
        Some(trouble)
    }

    /// Returns the folder in which saves and merges keep versions.
    pub(super) fn versions_folder(&self) -> Option<PathBuf> {
        if self.keeps_versions { self.state_folder.clone() } else { None }
    }
}

/// Keeps a version of a document in the folder for the program's state.
///
/// # Errors
/// Returns an error if it could not be written; the document is not affected.
pub fn keep_version(
    state: &Path,
    path: Option<&Path>,
    project: &Project,
    label: Label,
) -> Result<(), SaveError> {
    let path = path.map(to_absolute);
    let document = VersionedDocument { project: project.info().id, path: path.as_deref() };
    let versions = Versions::new(RealDisk, state);
    versions.keep_version(document, label, &to_bytes(project), crate::clock::current_time())
}

/// Returns the absolute form of a path, by which kept versions know a document.
pub(super) fn to_absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
