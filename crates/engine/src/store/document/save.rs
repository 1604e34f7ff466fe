//! Saves an open project: over the version that its file is known to hold, merged with what others saved
//! there meanwhile.

use super::keeping::to_absolute;
use super::{Document, MergeRefusal};
use crate::edit::ApplyError;
use crate::model::Project;
use crate::store::base::Base;
use crate::store::disk::RealDisk;
use crate::store::error::{SaveCause, SaveError};
use crate::store::load::to_bytes;
use crate::store::project::{OpenError, StoredFile, lock_folder, save_project_held};
use crate::store::repair::keep_damaged;
use crate::store::save::Saved;
use crate::store::text::Version;
use crate::store::versions::{VersionedDocument, Versions};
use crate::store::watch::announce_save;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The most attempts to save while others save first.
const MOST_TRIES: usize = 100;

/// A save that has begun: the document state being written, and the save's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    state: u64,
    number: u64,
}

/// The part of a save that waits for the disk.
#[derive(Debug)]
pub struct SaveTask {
    /// The save, which [`Document::finish_save`] ends.
    pub saving: Saving,
    /// The path to write to.
    pub path: PathBuf,
    /// The content to replace; `None` replaces any file, which the user has agreed to.
    base: Option<Base>,
    /// The version at this path that the project derives from.
    from: Option<Base>,
    project: Project,
    damaged: Option<PathBuf>,
    versions_folder: Option<PathBuf>,
    version_trouble: Option<SaveError>,
}

/// A file that was saved.
#[derive(Debug)]
pub struct SaveReport {
    /// The file as it is now.
    pub file: StoredFile,
    /// The circumstances of the save.
    pub saved: Saved,
    /// The copy of the damaged file that was replaced.
    pub damaged_copy: Option<PathBuf>,
}

/// The reason why a document was not saved by [`Document::save`].
#[derive(Debug)]
pub enum DocumentError {
    /// The disk refused, or others saved first again and again.
    NotSaved(SaveError),
    /// The version that others saved can't be read.
    Unreadable(OpenError),
    /// A newer program saved it.
    Newer(Version),
    /// It must not be merged.
    Refused(MergeRefusal),
    /// The merge does not fit the document.
    DoesNotFit(ApplyError),
}

impl SaveTask {
    /// Writes the file by [`save_with_origin`], after copying a damaged one; `held` is the lock of
    /// [`lock_folder`].
    ///
    /// # Errors
    /// Returns an error if the file was changed meanwhile, or could not be written; it is then untouched.
    pub fn run(&mut self, held: Option<File>) -> Result<SaveReport, SaveError> {
        let path = &self.path;
        let damaged = self.damaged.as_deref();
        let damaged_copy = damaged.map_or(Ok(None), |damaged| keep_damaged(&RealDisk, damaged, path))?;
        let base = self.base.map_or_else(|| Base::from_file(&RealDisk, path), Ok)?;
        let folder = self.versions_folder.as_deref();
        let (saved, kept) = save_with_origin(path, (base, self.from), &self.project, folder, held);
        // A version that could not be kept is no reason to fail the save.
        self.version_trouble = kept.err();
        let saved = saved?;
        let content = self.project.clone();
        let file = StoredFile { path: path.clone(), base: saved.base, content, read_only: None };
        Ok(SaveReport { file, saved, damaged_copy })
    }
}

/// Saves a project over a known content, after noting beside the file and among the versions in a folder the
/// content that it derives from. The second result is that of keeping the version.
pub fn save_with_origin(
    path: &Path,
    (base, from): (Base, Option<Base>),
    project: &Project,
    versions_folder: Option<&Path>,
    held: Option<File>,
) -> (Result<Saved, SaveError>, Result<(), SaveError>) {
    let bytes = to_bytes(project);
    announce_save(path, base, Base::from_bytes(&bytes));
    let save = || save_project_held(&RealDisk, path, base, project, held);
    let Some(folder) = versions_folder else { return (save(), Ok(())) };
    let full = to_absolute(path);
    let document = VersionedDocument { project: project.info().id, path: Some(&full) };
    let versions = Versions::new(RealDisk, folder);
    versions.keep_around(document, (&bytes, from), crate::clock::current_time(), save)
}

impl Document {
    /// Begins a save of the current state over a known content, or over any file if there is no base.
    pub fn begin_save(&mut self, path: PathBuf, base: Option<Base>) -> SaveTask {
        self.last_save += 1;
        SaveTask {
            saving: Saving { state: self.state_number(), number: self.last_save },
            base,
            from: self.file.as_ref().filter(|file| file.path == path).map(|file| file.base),
            path,
            project: self.project.clone(),
            damaged: self.damaged.clone(),
            versions_folder: self.versions_folder(),
            version_trouble: None,
        }
    }

    /// Returns true if a save that began later has finished already, such as one to a faster drive.
    pub fn is_outrun(&self, saving: Saving) -> bool {
        saving.number < self.finished_save
    }

    /// Records that the state of a save is stored in a file.
    pub fn finish_save(&mut self, saving: Saving, file: StoredFile) {
        self.saved = Some(saving.state);
        self.finished_save = saving.number;
        self.damaged.take_if(|damaged| *damaged == file.path);
        self.file = Some(file);
        self.durable = None;
        self.rebase_journal();
    }

    /// Saves over the document's own file, merged with what others saved there meanwhile; waits for the disk.
    /// Returns `None` if the file holds the document already. Conflicts stay open.
    ///
    /// # Errors
    /// Returns an error if the file could not be written, or now holds a version that can't be merged.
    pub fn save(&mut self) -> Result<Option<Saved>, DocumentError> {
        if self.is_on_disk() {
            self.note_still_saved();
            return Ok(None);
        }
        let mut held = None;
        let mut tries = 0;
        loop {
            let file = self.writable_file()?;
            let path = file.path.clone();
            let base = file.base;
            let mut task = self.begin_save(path, Some(base));
            let result = task.run(held);
            self.version_trouble = task.version_trouble.take().or_else(|| self.version_trouble.take());
            tries += 1;
            match result {
                Ok(report) => {
                    self.finish_save(task.saving, report.file);
                    self.durable = report.saved.is_durable().then(|| self.last_change());
                    return Ok(Some(report.saved));
                }
                Err(SaveError { cause: SaveCause::ChangedOnDisk { .. }, .. }) if tries < MOST_TRIES => {}
                Err(error) => return Err(DocumentError::NotSaved(error)),
            }
            held = lock_folder(&RealDisk, &task.path);
            self.merge_stored()?;
        }
    }

    /// Returns the document's file, unless a newer program wrote it.
    fn writable_file(&self) -> Result<&StoredFile, DocumentError> {
        let file = self.file.as_ref().ok_or(DocumentError::Unreadable(OpenError::Missing))?;
        file.read_only.map_or(Ok(file), |version| Err(DocumentError::Newer(version)))
    }

    /// Merges the version now in the file.
    fn merge_stored(&mut self) -> Result<(), DocumentError> {
        let task = self.begin_merge().ok_or(DocumentError::Unreadable(OpenError::Missing))?;
        let found = StoredFile::read_from(task.path()).map_err(DocumentError::Unreadable)?;
        if let Some(version) = found.read_only {
            return Err(DocumentError::Newer(version));
        }
        let merge = task.merge_version(found).map_err(DocumentError::Refused)?;
        self.take_in(merge).map_err(DocumentError::DoesNotFit)
    }

    /// Returns true if our last save holds the very content of the document, and is still in the file: another
    /// save would only wait for the disk once more.
    fn is_on_disk(&self) -> bool {
        let Some(file) = &self.file else { return false };
        self.durable.is_some()
            && Base::from_bytes(&to_bytes(&self.project)) == file.base
            && Base::from_file(&RealDisk, &file.path).is_ok_and(|found| found == file.base)
    }

    /// Records that the document is saved without writing the file; the journal forgets changes that took each
    /// other back.
    fn note_still_saved(&mut self) {
        self.saved = Some(self.state_number());
        let last = self.last_change();
        if self.durable != Some(last) {
            self.durable = Some(last);
            self.rebase_journal();
        }
    }
}
