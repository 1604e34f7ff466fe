//! What ended processes left unsaved.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Records;
use super::log::remove;
use crate::edit::{Merged, Op, apply_all, common_ground, diff, merge, put};
use crate::id::Id;
use crate::model::Project;
use crate::store::base::Base;
use crate::store::descent::{Place, StoredVersion, is_descendant};
use crate::store::disk::{Disk, RealDisk};
use crate::store::project::Opened;

/// The ending of a damaged journal.
pub(super) const ASIDE: &str = "damaged";

/// A document that an ended process left unsaved. No other process is offered it as long as this is held.
pub struct Recoverable<D: Disk = RealDisk> {
    /// Where the document is stored, if it ever was.
    pub path: Option<PathBuf>,
    /// What stood there when the changes began.
    pub base: Base,
    /// When it was last changed.
    pub changed: Timestamp,
    /// The document as it was stored.
    pub stored: Project,
    /// The document with all that was changed.
    pub recovered: Project,
    /// Whether bytes follow the last change that can't be read; they are put aside once this is let go.
    pub torn: bool,
    pub(super) changes: Vec<Records>,
    pub(super) journal: PathBuf,
    pub(super) kept: D::Reader,
}

impl<D: Disk> Recoverable<D> {
    /// How many changes there are.
    pub fn changes(&self) -> usize {
        self.changes.len()
    }

    /// The journal's file.
    pub fn journal(&self) -> &Path {
        &self.journal
    }

    /// Whether it was put aside before as damaged: what can be read of it was offered then.
    pub fn is_set_aside(&self) -> bool {
        self.torn && is_aside(&self.journal)
    }

    /// Brings what was changed into the document as it is stored by now.
    pub fn onto(&self, theirs: &Project) -> Merged {
        merge(&self.ancestor(theirs), &self.recovered, theirs)
    }

    /// Brings what was changed into a version of unknown descent: nothing that either holds is removed, and every
    /// difference is listed.
    pub fn beside(&self, theirs: &Project) -> Merged {
        merge(&common_ground(&self.recovered, theirs), &self.recovered, theirs)
    }

    /// Whether what stands in the document's file by now comes from what was stored when the changes began, or from a
    /// save on the way.
    pub fn is_continued_by(&self, found: &Opened, path: &Path, state: Option<&Path>) -> bool {
        let project = &found.loaded.project;
        if project.info().id != self.stored.info().id {
            return false;
        }
        let opened = StoredVersion { base: self.base, project: &self.stored };
        let now = StoredVersion { base: found.base, project };
        diff(&self.ancestor(project), project).is_empty() || is_descendant(opened, now, Place { path, state })
    }

    /// The last state on the way that is what `theirs` is: a save whose journal had no time to begin anew. Where there
    /// is none, the document as it was stored when the changes began.
    fn ancestor(&self, theirs: &Project) -> Project {
        let (mut state, mut found) = (self.stored.clone(), self.stored.clone());
        let mut differing: BTreeSet<Id> = diff(&state, theirs).ops.iter().map(Op::id).collect();
        for records in &self.changes {
            let step = put(&state, records);
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

    /// Lets it go once it is kept elsewhere; what could not be read of it stays beside.
    pub fn discard(self, disk: &D) {
        self.release(disk);
    }

    /// Throws it away, as a person asked for. What could not be read of it stays beside once, and goes when it is thrown
    /// away from there.
    pub fn throw_away(self, disk: &D) {
        if self.is_set_aside() {
            remove(disk, &self.journal).ok();
        } else {
            self.release(disk);
        }
    }

    /// Removes the journal, or puts it aside where a part of it could not be read.
    pub(super) fn release(self, disk: &D) {
        if self.torn {
            quarantine(disk, &self.journal);
        } else {
            remove(disk, &self.journal).ok();
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

/// Puts a file aside that can't be read to its end; returns where it is then.
pub(super) fn quarantine(disk: &impl Disk, journal: &Path) -> Option<PathBuf> {
    let aside = aside(journal);
    // One that is aside already stays there.
    if aside != journal {
        disk.rename(journal, &aside).ok()?;
    }
    Some(aside)
}

/// Where a damaged journal is put.
pub(super) fn aside(journal: &Path) -> PathBuf {
    journal.with_extension(ASIDE)
}

/// Whether a journal was put aside.
pub(super) fn is_aside(journal: &Path) -> bool {
    journal.extension().is_some_and(|ending| ending == ASIDE)
}
