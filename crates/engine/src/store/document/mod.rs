//! An open project without a window: its history, its file, its journal, and the versions of others.
//!
//! The parts that wait for a disk are values: [`SaveTask`] and [`MergeTask`] come from the document, run on
//! any thread, and their results go back to [`Document::finish_save`] and [`Document::take_in`]. A window has
//! its own jobs in between; [`Document::save`] does all in a row for those that may wait.

mod keeping;
mod late;
mod merge;
mod save;

pub use keeping::keep_version;
pub use merge::{MergeRefusal, MergeTask, OpenConflict, VersionMerge, wrap_conflicts};
pub use save::{DocumentError, SaveReport, SaveTask, Saving, save_with_origin};

use super::error::SaveError;
use super::journal::Journal;
use super::project::{OpenError, StoredFile};
use super::text::Version;
use super::watch::OpenSign;
use crate::edit::{ApplyError, History, Op, Transaction};
use crate::id::Id;
use crate::model::Project;
use std::path::{Path, PathBuf};

/// An open project.
#[derive(Debug)]
pub struct Document {
    project: Project,
    history: History,
    revision: u64,
    /// The state that the file holds; `None` if it holds none of this history.
    saved: Option<u64>,
    /// The number of the last save that began.
    last_save: u64,
    /// The number of the latest save that finished.
    finished_save: u64,
    file: Option<StoredFile>,
    /// The damaged file that this project was recovered from; it is never overwritten without a copy.
    damaged: Option<PathBuf>,
    /// The new element that waits for its name, with the document state after its creation.
    unnamed: Option<(Id, u64)>,
    /// The document states before remote changes, oldest first.
    earlier: Vec<Project>,
    conflicts: Vec<OpenConflict>,
    /// The folder for the program's state, which holds kept versions and journals.
    state_folder: Option<PathBuf>,
    journal: Option<Journal>,
    /// The last change in the journal that is part of a save of ours on stable storage; `None` if the content
    /// of the file is not, or not from us.
    durable: Option<u64>,
    /// True if saves and merges keep versions.
    keeps_versions: bool,
    version_trouble: Option<SaveError>,
    sign: Option<OpenSign>,
}

impl Document {
    /// Creates a document that has no file.
    pub fn new(project: Project) -> Self {
        Self {
            project,
            history: History::default(),
            revision: 0,
            saved: Some(0),
            last_save: 0,
            finished_save: 0,
            file: None,
            damaged: None,
            unnamed: None,
            earlier: Vec::new(),
            conflicts: Vec::new(),
            state_folder: None,
            journal: None,
            durable: None,
            keeps_versions: false,
            version_trouble: None,
            sign: None,
        }
    }

    /// Opens a project file. The kept versions in the folder for the program's state help to tell later which
    /// versions descend from it; [`Document::keep_safe`] keeps our own there.
    ///
    /// # Errors
    /// Returns an error if the file does not exist, can't be read, or is not a project.
    pub fn open(path: &Path, state: Option<&Path>) -> Result<Self, OpenError> {
        let file = StoredFile::read_from(path)?;
        let mut document = Self::new(file.content.clone());
        document.file = Some(file);
        document.state_folder = state.map(Path::to_owned);
        Ok(document)
    }

    /// Creates a document with the recovered content of a damaged file, not stored yet.
    pub fn from_damaged(project: Project, damaged: PathBuf) -> Self {
        Self { saved: None, damaged: Some(damaged), ..Self::new(project) }
    }

    /// Returns the project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Returns the steps done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Returns the revision, which counts up with every change of the document, undo included.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Returns the number of the document's state.
    pub fn state_number(&self) -> u64 {
        self.history.state_number()
    }

    /// Returns true if the document differs from the stored one.
    pub fn is_dirty(&self) -> bool {
        self.saved != Some(self.state_number())
    }

    /// Returns the file that the project was opened from or saved to.
    pub fn file(&self) -> Option<&StoredFile> {
        self.file.as_ref()
    }

    /// Returns the version of the newer program that wrote the file; if set, it can't be saved under its own
    /// name.
    pub fn read_only(&self) -> Option<Version> {
        self.file.as_ref()?.read_only
    }

    /// Returns the files that a copy must not replace: its own, and the damaged one it was recovered from.
    pub fn original_paths(&self) -> Vec<PathBuf> {
        let file = self.file.as_ref().map(|file| file.path.clone());
        file.into_iter().chain(self.damaged.clone()).collect()
    }

    /// Applies a transaction as one undo step, merged with remote changes that arrived since it was begun.
    ///
    /// # Errors
    /// Returns an error if it does not fit the document; nothing is changed.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), ApplyError> {
        if transaction.is_empty() {
            return Ok(());
        }
        let rebased = late::rebase_late_change(&self.earlier, &self.project, &transaction)?;
        let (applied, conflicts) = rebased.unwrap_or((transaction, Vec::new()));
        if self.is_name_of_new(&applied) {
            self.history.amend_step(&mut self.project, applied.clone())?;
        } else {
            self.history.commit_step(&mut self.project, applied.clone())?;
        }
        self.conflicts.extend(conflicts);
        self.note_change(&applied);
        Ok(())
    }

    /// Joins the naming of a new element with its creation into one undo step.
    pub fn wait_for_name(&mut self, id: Id) {
        self.unnamed = Some((id, self.state_number()));
    }

    /// Returns true while a new element waits for its name.
    pub fn is_unnamed(&self, id: Id) -> bool {
        self.unnamed == Some((id, self.state_number()))
    }

    /// Returns true for the first change after an element was made, if it only sets fields of that element.
    fn is_name_of_new(&mut self, applied: &Transaction) -> bool {
        let Some((new, state)) = self.unnamed.take() else { return false };
        let sets_new = |op: &Op| matches!(op, Op::Set { id, .. } if *id == new);
        state == self.state_number() && applied.ops.iter().all(sets_new)
    }

    /// Undoes our last step; returns the transaction applied, or `None` if there is none that can be undone.
    ///
    /// # Errors
    /// Returns an error if it no longer fits the document; nothing is changed.
    pub fn undo(&mut self) -> Result<Option<Transaction>, ApplyError> {
        let applied = self.history.undo(&mut self.project)?;
        if let Some(applied) = &applied {
            self.note_change(applied);
        }
        Ok(applied)
    }

    /// Redoes the last undone step; returns the transaction applied, or `None` if there is none.
    ///
    /// # Errors
    /// Returns an error if it no longer fits the document; nothing is changed.
    pub fn redo(&mut self) -> Result<Option<Transaction>, ApplyError> {
        let applied = self.history.redo(&mut self.project)?;
        if let Some(applied) = &applied {
            self.note_change(applied);
        }
        Ok(applied)
    }

    /// Counts a change that was applied, and keeps it in the journal.
    fn note_change(&mut self, applied: &Transaction) {
        self.revision += 1;
        if let Some(journal) = &mut self.journal {
            journal.append_change(&self.project, applied);
        }
    }
}
