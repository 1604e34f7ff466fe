//! What others put into the file, brought together with what is open.

use crate::edit::{ApplyError, Conflict, Op, Transaction, apply_all, diff, merge};
use crate::id::Id;
use crate::model::Project;
use crate::store::base::Base;
use crate::store::load::Loaded;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long changed cards glow.
const GLOW: Duration = Duration::from_secs(4);

/// What somebody else stored in the place of what we opened.
#[derive(Debug)]
pub struct Seen {
    /// The file.
    pub path: PathBuf,
    /// What it is now.
    pub base: Base,
    /// What it holds.
    pub loaded: Box<Loaded>,
}

/// Two versions brought together.
#[derive(Debug)]
pub struct Absorbed {
    /// What leads from ours to the merged document.
    pub transaction: Transaction,
    /// What could not be settled.
    pub conflicts: Vec<Conflict>,
    /// Whether the merged document is exactly theirs, so that there is nothing to save.
    pub clean: bool,
}

/// Merges theirs into ours; both come from `stored`.
pub fn absorb(stored: &Project, ours: &Project, theirs: &Project) -> Absorbed {
    let merged = merge(stored, ours, theirs);
    let clean = merged.conflicts.is_empty() && diff(theirs, &merged.project).is_empty();
    Absorbed { transaction: diff(ours, &merged.project), conflicts: merged.conflicts, clean }
}

/// A change made to an earlier state of the document, brought to what it is now.
///
/// # Errors
/// When it does not fit the earlier state either.
pub fn rebase(
    earlier: &Project,
    now: &Project,
    change: &Transaction,
) -> Result<(Transaction, Vec<Conflict>), ApplyError> {
    let mut changed = earlier.clone();
    apply_all(&mut changed, change)?;
    let merged = merge(earlier, now, &changed);
    Ok((diff(now, &merged.project), merged.conflicts))
}

/// Cards that others changed, shown for a moment.
#[derive(Debug, Clone)]
pub struct Glow {
    ids: BTreeSet<Id>,
    since: Instant,
}

impl Glow {
    /// What a transaction touches glows from now on.
    pub fn of(transaction: &Transaction) -> Self {
        Self { ids: transaction.ops.iter().map(Op::id).collect(), since: Instant::now() }
    }

    /// What glows, and how strongly, from 1 to 0.
    pub fn now(&self) -> Option<(&BTreeSet<Id>, f32)> {
        let left = 1.0 - self.since.elapsed().as_secs_f32() / GLOW.as_secs_f32();
        (left > 0.0).then_some((&self.ids, left))
    }
}
