//! What others put into the file, brought together with what is open.

use crate::edit::{
    ApplyError, Conflict, Merged, Op, Transaction, apply_all, common_ground, decide, diff, merge, references,
};
use crate::id::{Id, Source};
use crate::model::Project;
use crate::store::base::Base;
use crate::store::load::Loaded;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
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

/// A conflict, and the two versions in whose merge it came up.
#[derive(Debug, Clone)]
pub struct Clash {
    /// What could not be settled.
    pub conflict: Conflict,
    /// The two versions.
    pub sides: Arc<[Project; 2]>,
    /// The state of the document that took the other side, once somebody decided so.
    pub(super) decided: Option<u64>,
}

impl Clash {
    /// What takes the other side, as a change of the document as it is now.
    pub fn other_side(&self, project: &Project, source: &mut Source) -> Transaction {
        let [ours, theirs] = &*self.sides;
        decide(project, &self.conflict, [ours, theirs], source)
    }
}

/// The conflicts of a merge, with its two versions.
pub fn clashes(conflicts: Vec<Conflict>, ours: &Project, theirs: &Project) -> Vec<Clash> {
    let sides = Arc::new([ours.clone(), theirs.clone()]);
    let clash = |conflict| Clash { conflict, sides: Arc::clone(&sides), decided: None };
    conflicts.into_iter().map(clash).collect()
}

/// Two versions brought together.
#[derive(Debug)]
pub struct Absorbed {
    /// What leads from ours to the merged document.
    pub transaction: Transaction,
    /// What could not be settled.
    pub conflicts: Vec<Clash>,
    /// Whether the merged document is exactly theirs, so that there is nothing to save.
    pub clean: bool,
    /// Whether theirs is known to come from what was stored; otherwise a person asked for the merge.
    pub descends: bool,
}

/// Merges theirs into ours; both come from `stored`.
pub fn absorb(stored: &Project, ours: &Project, theirs: &Project) -> Absorbed {
    let Merged { project, conflicts } = merge(stored, ours, theirs);
    let clean = conflicts.is_empty() && diff(theirs, &project).is_empty();
    let (transaction, conflicts) = (diff(ours, &project), clashes(conflicts, ours, theirs));
    Absorbed { transaction, conflicts, clean, descends: true }
}

/// Merges theirs into ours because a person asked for it, though nobody knows that both come from one version.
pub fn absorb_unproven(ours: &Project, theirs: &Project) -> Absorbed {
    Absorbed { descends: false, ..absorb(&common_ground(ours, theirs), ours, theirs) }
}

/// The earlier state on which a change was begun that speaks of what others removed since: such a change fits the
/// document as it is, but a card would stand in no stage.
pub fn begun_on<'a>(earlier: &'a [Project], now: &Project, change: &Transaction) -> Option<&'a Project> {
    let mut spoken: BTreeSet<Id> = BTreeSet::new();
    for op in change.ops.iter().filter(|_| !earlier.is_empty()) {
        match op {
            Op::Insert(record) => spoken.extend(references(record)),
            Op::Set { to, .. } => spoken.extend(to.ids()),
            Op::Remove(_) => {}
        }
    }
    spoken.retain(|id| now.record(*id).is_none() && earlier.iter().any(|then| then.record(*id).is_some()));
    let brought = |id: &Id| change.ops.iter().any(|op| matches!(op, Op::Insert(_)) && op.id() == *id);
    spoken.retain(|id| !brought(id));
    let all = |then: &&Project| spoken.iter().all(|id| then.record(*id).is_some());
    earlier.iter().rev().find(all).filter(|_| !spoken.is_empty())
}

/// A change made to an earlier state of the document, brought to what it is now.
///
/// # Errors
/// When it does not fit the earlier state either.
pub fn rebase(
    earlier: &Project,
    now: &Project,
    change: &Transaction,
) -> Result<(Transaction, Vec<Clash>), ApplyError> {
    let mut changed = earlier.clone();
    apply_all(&mut changed, change)?;
    let merged = merge(earlier, now, &changed);
    Ok((diff(now, &merged.project), clashes(merged.conflicts, now, &changed)))
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
