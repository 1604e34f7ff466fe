//! Merges changes that others stored in the file with the open document.

use crate::edit::{
    ApplyError, Conflict, Merged, Op, Transaction, apply_all, common_ground, diff_projects, merge_versions,
    referenced_ids, resolve_conflict,
};
use crate::id::{Id, IdSource};
use crate::model::Project;
use crate::store::base::Base;
use crate::store::load::Loaded;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Duration for which changed cards glow.
const GLOW: Duration = Duration::from_secs(4);

/// A version that somebody else stored in place of the one we opened.
#[derive(Debug)]
pub struct Seen {
    /// The path of the file.
    pub path: PathBuf,
    /// The file's current state on disk.
    pub base: Base,
    /// The file's content.
    pub loaded: Box<Loaded>,
}

/// A merge conflict, with the two versions that were merged.
#[derive(Debug, Clone)]
pub struct OpenConflict {
    /// The conflict itself.
    pub conflict: Conflict,
    /// Our version and theirs, in this order.
    pub sides: Arc<[Project; 2]>,
    /// The document state in which theirs was taken, once the conflict is decided.
    pub(super) decided: Option<u64>,
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

/// The result of merging two versions.
#[derive(Debug)]
pub struct Absorbed {
    /// The change from our version to the merged one.
    pub transaction: Transaction,
    /// The conflicts that remain to be decided.
    pub conflicts: Vec<OpenConflict>,
    /// True if the merged document equals theirs, so that there is nothing to save.
    pub clean: bool,
    /// True if theirs is known to descend from the stored version; false if the user asked for the merge
    /// without that proof.
    pub descends: bool,
}

/// Merges theirs into ours; `stored` is their common ancestor.
pub fn absorb_theirs(stored: &Project, ours: &Project, theirs: &Project) -> Absorbed {
    let Merged { project, conflicts } = merge_versions(stored, ours, theirs);
    let clean = conflicts.is_empty() && diff_projects(theirs, &project).is_empty();
    let transaction = diff_projects(ours, &project);
    let conflicts = wrap_conflicts(conflicts, ours, theirs);
    Absorbed { transaction, conflicts, clean, descends: true }
}

/// Merges theirs into ours because the user asked for it, although no common ancestor is known.
pub fn absorb_unproven(ours: &Project, theirs: &Project) -> Absorbed {
    Absorbed { descends: false, ..absorb_theirs(&common_ground(ours, theirs), ours, theirs) }
}

/// Returns the earlier state that a change was based on if the change refers to records removed since.
/// Applied to the current state directly, such a change would leave dangling references, such as a card
/// without a stage.
pub fn begun_on<'a>(earlier: &'a [Project], now: &Project, change: &Transaction) -> Option<&'a Project> {
    if earlier.is_empty() {
        return None;
    }
    let mut spoken: BTreeSet<Id> = BTreeSet::new();
    for op in &change.ops {
        match op {
            Op::Insert(record) => spoken.extend(referenced_ids(record)),
            Op::Set { to, .. } => spoken.extend(to.collect_ids()),
            Op::Remove(_) => {}
        }
    }
    spoken.retain(|id| now.record(*id).is_none() && earlier.iter().any(|then| then.record(*id).is_some()));
    let brought = |id: &Id| change.ops.iter().any(|op| matches!(op, Op::Insert(_)) && op.id() == *id);
    spoken.retain(|id| !brought(id));
    if spoken.is_empty() {
        return None;
    }
    earlier.iter().rev().find(|then| spoken.iter().all(|id| then.record(*id).is_some()))
}

/// Rebases a change from an earlier state of the document onto the current one.
///
/// # Errors
/// If it does not fit the earlier state either.
pub fn rebase_change(
    earlier: &Project,
    now: &Project,
    change: &Transaction,
) -> Result<(Transaction, Vec<OpenConflict>), ApplyError> {
    let mut changed = earlier.clone();
    apply_all(&mut changed, change)?;
    let merged = merge_versions(earlier, now, &changed);
    Ok((diff_projects(now, &merged.project), wrap_conflicts(merged.conflicts, now, &changed)))
}

/// Cards changed by others, highlighted for a moment.
#[derive(Debug, Clone)]
pub struct Glow {
    ids: BTreeSet<Id>,
    since: Instant,
}

impl Glow {
    /// Starts the glow of all elements that a transaction touches.
    pub fn from_transaction(transaction: &Transaction) -> Self {
        Self { ids: transaction.ops.iter().map(Op::id).collect(), since: Instant::now() }
    }

    /// Returns the glowing elements and the strength, from 1 down to 0; `None` once it has faded.
    pub fn glowing_elements(&self) -> Option<(&BTreeSet<Id>, f32)> {
        let left = 1.0 - self.since.elapsed().as_secs_f32() / GLOW.as_secs_f32();
        (left > 0.0).then_some((&self.ids, left))
    }
}
