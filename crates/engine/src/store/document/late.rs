//! Changes that were begun before a merge, rebased onto the document as it is now.

use super::merge::{OpenConflict, wrap_conflicts};
use crate::edit::{ApplyError, Op, Transaction, apply_all, diff_projects, merge_versions, referenced_ids};
use crate::id::Id;
use crate::model::Project;
use std::collections::BTreeSet;

/// Returns a change, and its conflicts, rebased from the earlier state that it was begun on; `None` if it fits
/// the current state as it is.
///
/// # Errors
/// Returns an error if it fits no state.
pub(super) fn rebase_late_change(
    earlier: &[Project],
    now: &Project,
    change: &Transaction,
) -> Result<Option<(Transaction, Vec<OpenConflict>)>, ApplyError> {
    if earlier.is_empty() {
        return Ok(None);
    }
    let late = |earlier: &Project| rebase_change(earlier, now, change).ok();
    if let Some(earlier) = begun_on(earlier, now, change) {
        return Ok(late(earlier));
    }
    match apply_all(&mut now.clone(), change) {
        Ok(()) => Ok(None),
        Err(error) => earlier.iter().rev().find_map(late).ok_or(error).map(Some),
    }
}

/// Returns the earlier state that a change was based on if the change refers to records removed since.
/// Applied to the current state directly, such a change would leave dangling references, such as a card
/// without a stage.
fn begun_on<'a>(earlier: &'a [Project], now: &Project, change: &Transaction) -> Option<&'a Project> {
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
/// Returns an error if it does not fit the earlier state either.
fn rebase_change(
    earlier: &Project,
    now: &Project,
    change: &Transaction,
) -> Result<(Transaction, Vec<OpenConflict>), ApplyError> {
    let mut changed = earlier.clone();
    apply_all(&mut changed, change)?;
    let merged = merge_versions(earlier, now, &changed);
    Ok((diff_projects(now, &merged.project), wrap_conflicts(merged.conflicts, now, &changed)))
}
