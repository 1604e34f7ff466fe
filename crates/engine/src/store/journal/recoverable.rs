//! Unsaved work of ended processes.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::ChangedRecords;
use super::log::remove_journal;
use crate::edit::{Merged, Op, apply_all, common_ground, diff_projects, merge_versions, put_records};
use crate::id::Id;
use crate::model::Project;
use crate::store::base::Base;
use crate::store::descent::{DescentSources, StoredVersion, is_descendant};
use crate::store::disk::{Disk, RealDisk};
use crate::store::project::StoredFile;

/// The extension of a damaged journal.
pub(super) const ASIDE: &str = "damaged";

/// A document that an ended process left unsaved. No other process is offered it as long as this is held.
pub struct Recoverable<D: Disk = RealDisk> {
    /// The document's path; `None` if it was never saved.
    pub path: Option<PathBuf>,
    /// The content of its file when the changes began.
    pub base: Base,
    /// The time of the last change.
    pub changed: Timestamp,
    /// The document as it was stored.
    pub stored: Project,
    /// The document with all changes applied.
    pub recovered: Project,
    /// True if unreadable bytes follow the last change; the file is set aside once this is released.
    pub torn: bool,
    pub(super) changes: Vec<ChangedRecords>,
    pub(super) journal: PathBuf,
    pub(super) kept: D::Reader,
}

impl<D: Disk> Recoverable<D> {
    /// Returns the number of changes.
    pub fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// Returns the path of the journal's file.
    pub fn journal_path(&self) -> &Path {
        &self.journal
    }

    /// Returns true if it was set aside as damaged before: its readable part was offered then.
    pub fn is_set_aside(&self) -> bool {
        self.torn && is_aside(&self.journal)
    }

    /// Merges the changes into the document as it is now stored.
    pub fn merge_onto(&self, theirs: &Project) -> Merged {
        merge_versions(&self.common_ancestor(theirs), &self.recovered, theirs)
    }

    /// Merges the changes into a version of unknown descent: nothing that either holds is removed, and every
    /// difference is listed.
    pub fn merge_beside(&self, theirs: &Project) -> Merged {
        merge_versions(&common_ground(&self.recovered, theirs), &self.recovered, theirs)
    }

    /// Returns true if the present file descends from the version stored when the changes began, or from a
    /// later save.
    pub fn is_continued_by(&self, found: &StoredFile, state: Option<&Path>) -> bool {
        let project = &found.content;
        if project.info().id != self.stored.info().id {
            return false;
        }
        let opened = StoredVersion { base: self.base, project: &self.stored };
        let now = StoredVersion { base: found.base, project };
        diff_projects(&self.common_ancestor(project), project).is_empty()
            || is_descendant(opened, now, DescentSources { path: &found.path, state })
    }

    /// Returns the last intermediate state equal to `theirs`: a save after which the journal had no time to
    /// begin anew. If there is none, returns the document as stored when the changes began.
    fn common_ancestor(&self, theirs: &Project) -> Project {
        let mut state = self.stored.clone();
        let mut found = self.stored.clone();
        let mut differing: BTreeSet<Id> = diff_projects(&state, theirs).ops.iter().map(Op::id).collect();
        for records in &self.changes {
            let step = put_records(&state, records);
            if apply_all(&mut state, &step).is_err() {
                break;
            }
            for (id, record) in records {
                if *record == theirs.record(*id) {
                    differing.remove(id);
                } else {
                    differing.insert(*id);
                }
            }
            if differing.is_empty() {
                found = state.clone();
            }
        }
        found
    }

    /// Releases it once its content is kept elsewhere; an unreadable part is set aside.
    pub fn discard_journal(self, disk: &D) {
        self.release_journal(disk);
    }

    /// Discards it at a person's request. An unreadable part is set aside once, and removed if that is
    /// discarded in turn.
    pub fn throw_away(self, disk: &D) {
        if self.is_set_aside() {
            remove_journal(disk, &self.journal).ok();
        } else {
            self.release_journal(disk);
        }
    }

    /// Removes the journal, or sets it aside if a part of it could not be read.
    pub(super) fn release_journal(self, disk: &D) {
        if self.torn {
            quarantine_journal(disk, &self.journal);
        } else {
            remove_journal(disk, &self.journal).ok();
        }
        drop(self.kept);
    }
}

impl<D: Disk> fmt::Debug for Recoverable<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Recoverable");
        shown.field("path", &self.path).field("changes", &self.changes.len()).field("torn", &self.torn);
        shown.finish_non_exhaustive()
    }
}

/// Sets a partly unreadable file aside; returns its new path.
pub(super) fn quarantine_journal(disk: &impl Disk, journal: &Path) -> Option<PathBuf> {
    let aside = aside_path(journal);
    // A journal that was set aside before stays in place.
    if aside != journal {
        disk.rename_file(journal, &aside).ok()?;
    }
    Some(aside)
}

/// Returns the path at which a damaged journal is set aside.
pub(super) fn aside_path(journal: &Path) -> PathBuf {
    journal.with_extension(ASIDE)
}

/// Returns true if a journal was set aside.
pub(super) fn is_aside(journal: &Path) -> bool {
    journal.extension().is_some_and(|ending| ending == ASIDE)
}
