//! Merges versions of others into an open project; undo skips their changes.

use super::Document;
use super::keeping::{keep_version, to_absolute};
use crate::edit::{
    ApplyError, Conflict, Merged, Transaction, common_ground, diff_projects, merge_versions, resolve_conflict,
};
use crate::id::IdSource;
use crate::model::Project;
use crate::store::base::Base;
use crate::store::descent::{DescentSources, StoredVersion, is_descendant};
use crate::store::error::SaveError;
use crate::store::project::StoredFile;
use crate::store::versions::Label;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Number of states kept from before remote changes, for changes that were begun on them.
const EARLIER: usize = 4;

/// A merge conflict, with the two versions that were merged.
#[derive(Debug, Clone)]
pub struct OpenConflict {
    /// The conflict itself.
    pub conflict: Conflict,
    /// Our version and theirs, in this order.
    pub sides: Arc<[Project; 2]>,
    /// The document state in which theirs was taken, once the conflict is decided.
    decided: Option<u64>,
}

impl OpenConflict {
    /// Returns the change that takes the other side, based on the current document.
    pub fn other_side(&self, project: &Project, source: &mut IdSource) -> Transaction {
        let [ours, theirs] = &*self.sides;
        resolve_conflict(project, &self.conflict, [ours, theirs], source)
    }
}

/// Wraps the conflicts of a merge together with its two versions.
pub fn wrap_conflicts(conflicts: Vec<Conflict>, ours: &Project, theirs: &Project) -> Vec<OpenConflict> {
    let sides = Arc::new([ours.clone(), theirs.clone()]);
    let clash = |conflict| OpenConflict { conflict, sides: Arc::clone(&sides), decided: None };
    conflicts.into_iter().map(clash).collect()
}

/// The reason why the version in a document's file is not merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeRefusal {
    /// It is another project.
    OtherProject,
    /// It is not known to descend from the version opened.
    Unproven,
}

/// The part of a merge that waits for the disk and compares versions.
#[derive(Debug)]
pub struct MergeTask {
    stored: StoredFile,
    ours: Project,
    revision: u64,
    state_folder: Option<PathBuf>,
    versions_folder: Option<PathBuf>,
}

/// A version of others, merged with ours.
#[derive(Debug)]
pub struct VersionMerge {
    /// The version they stored.
    pub theirs: StoredFile,
    /// The change from our version to the merged one.
    pub transaction: Transaction,
    /// The conflicts that remain to be decided.
    pub conflicts: Vec<OpenConflict>,
    /// True if the merged document equals theirs, so that there is nothing to save.
    pub clean: bool,
    /// True if theirs is known to descend from the stored version; false if the user asked for the merge
    /// without that proof.
    pub descends: bool,
    /// The revision of our document that was merged, and the file's content it was based on.
    ours: (u64, Base),
    version_trouble: Option<SaveError>,
}

impl MergeTask {
    /// Returns the path of the document's file.
    pub fn path(&self) -> &Path {
        &self.stored.path
    }

    /// Returns true if the document derives from this content of the file already.
    pub fn is_based_on(&self, found: Base) -> bool {
        self.stored.base == found
    }

    /// Merges a version found in the document's file, if it descends from the one that we know; takes up to
    /// two seconds without proof. Both are kept as versions first.
    ///
    /// # Errors
    /// Returns an error if it must not be merged.
    pub fn merge_version(self, theirs: StoredFile) -> Result<VersionMerge, MergeRefusal> {
        if theirs.content.info().id != self.stored.content.info().id {
            return Err(MergeRefusal::OtherProject);
        }
        let opened = StoredVersion { base: self.stored.base, project: &self.stored.content };
        let found = StoredVersion { base: theirs.base, project: &theirs.content };
        let full = to_absolute(&self.stored.path);
        if !is_descendant(opened, found, DescentSources { path: &full, state: self.state_folder.as_deref() })
        {
            return Err(MergeRefusal::Unproven);
        }
        // They stored their version, so it is kept like one that was opened.
        let version_trouble = self.keep_sides(&theirs, Label::Opened);
        let merged = merge_versions(&self.stored.content, &self.ours, &theirs.content);
        Ok(VersionMerge { version_trouble, ..self.to_merge(theirs, merged) })
    }

    /// Merges a version because the user asked for it, although no common ancestor is known. Both are kept as
    /// versions first.
    pub fn merge_unproven(self, theirs: StoredFile) -> VersionMerge {
        let version_trouble = self.keep_sides(&theirs, Label::BeforeMerge);
        let ground = common_ground(&self.ours, &theirs.content);
        let merged = merge_versions(&ground, &self.ours, &theirs.content);
        VersionMerge { version_trouble, descends: false, ..self.to_merge(theirs, merged) }
    }

    /// Keeps both sides as versions; returns the reason if that failed.
    fn keep_sides(&self, theirs: &StoredFile, label: Label) -> Option<SaveError> {
        let folder = self.versions_folder.as_deref()?;
        let keep = |project, label| keep_version(folder, Some(&theirs.path), project, label).err();
        let ours = keep(&self.ours, Label::BeforeMerge);
        keep(&theirs.content, label).or(ours)
    }

    fn to_merge(&self, theirs: StoredFile, merged: Merged) -> VersionMerge {
        let Merged { project, conflicts } = merged;
        VersionMerge {
            clean: conflicts.is_empty() && diff_projects(&theirs.content, &project).is_empty(),
            transaction: diff_projects(&self.ours, &project),
            conflicts: wrap_conflicts(conflicts, &self.ours, &theirs.content),
            theirs,
            descends: true,
            ours: (self.revision, self.stored.base),
            version_trouble: None,
        }
    }
}

impl Document {
    /// Begins a merge with a version that others stored in the document's file; `None` if it has no file.
    pub fn begin_merge(&self) -> Option<MergeTask> {
        Some(MergeTask {
            stored: self.file.clone()?,
            ours: self.project.clone(),
            revision: self.revision,
            state_folder: self.state_folder.clone(),
            versions_folder: self.versions_folder(),
        })
    }

    /// Returns true if the document and its file are still as they were when a merge began.
    pub fn is_as_merged(&self, merge: &VersionMerge) -> bool {
        let is_base =
            |file: &StoredFile| file.path == merge.theirs.path && (self.revision, file.base) == merge.ours;
        self.file.as_ref().is_some_and(is_base)
    }

    /// Applies a merge that began with the document as it is now; undo skips it.
    ///
    /// # Errors
    /// Returns an error if it does not fit the document; nothing is changed.
    pub fn take_in(&mut self, merge: VersionMerge) -> Result<(), ApplyError> {
        let before = self.project.clone();
        if !merge.transaction.is_empty() {
            self.history.take_in(&mut self.project, merge.transaction.clone())?;
            self.note_change(&merge.transaction);
        }
        self.note_remote_change(before, merge.conflicts);
        // Unless nothing of ours is left to save, no state of this history equals the file.
        self.saved = merge.clean.then(|| self.state_number());
        self.version_trouble = merge.version_trouble.or_else(|| self.version_trouble.take());
        if let Some(sign) = &self.sign {
            sign.took_in(merge.theirs.base);
        }
        self.file = Some(merge.theirs);
        self.durable = None;
        self.rebase_journal();
        Ok(())
    }

    /// Applies others' changes as one undo step; changes begun before can still be committed.
    ///
    /// # Errors
    /// Returns an error if they do not fit the document; nothing is changed.
    pub fn bring_in(&mut self, theirs: Transaction, conflicts: Vec<OpenConflict>) -> Result<(), ApplyError> {
        let before = self.project.clone();
        self.commit(theirs)?;
        self.note_remote_change(before, conflicts);
        Ok(())
    }

    fn note_remote_change(&mut self, before: Project, conflicts: Vec<OpenConflict>) {
        if self.earlier.len() == EARLIER {
            self.earlier.remove(0);
        }
        self.earlier.push(before);
        self.conflicts.extend(conflicts);
    }

    /// Returns the conflicts that nobody has decided yet; a decision that was undone does not count.
    pub fn open_conflicts(&self) -> Vec<&OpenConflict> {
        let open =
            |clash: &&OpenConflict| clash.decided.is_none_or(|state| !self.history.is_step_done(state));
        self.conflicts.iter().filter(open).collect()
    }

    /// Decides an open conflict by its index: keeps ours, or takes the other side as one undo step.
    ///
    /// # Errors
    /// Returns an error if the other side no longer fits the document; nothing is changed.
    pub fn decide_conflict(
        &mut self,
        place: usize,
        other: bool,
        source: &mut IdSource,
    ) -> Result<(), ApplyError> {
        let Some(open) = self.open_conflicts().get(place).copied().cloned() else { return Ok(()) };
        let found = self
            .conflicts
            .iter()
            .position(|known| known.conflict == open.conflict && Arc::ptr_eq(&known.sides, &open.sides));
        let Some(found) = found else { return Ok(()) };
        if !other {
            self.conflicts.remove(found);
            return Ok(());
        }
        self.commit(open.other_side(&self.project, source))?;
        self.conflicts[found].decided = Some(self.history.state_number());
        Ok(())
    }

    /// Resolves all conflicts by keeping the current values.
    pub fn decide_all(&mut self) {
        self.conflicts.clear();
    }
}
