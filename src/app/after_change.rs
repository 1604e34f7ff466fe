//! The selection after undo, redo and deletion, so that the keyboard continues where the change was.

use engine::edit::{Op, Transaction};
use engine::id::{Id, Kind};
use engine::model::Record;
use std::collections::BTreeSet;

/// Returns the elements to select after a change that left nothing selected: those inserted, else those
/// changed, else the sources of the removed flows.
pub(super) fn after_change(applied: &Transaction) -> BTreeSet<Id> {
    let ops = || applied.ops.iter();
    let came_back = ops().filter(|op| matches!(op, Op::Insert(_))).map(Op::id).filter(is_selectable);
    let changed = ops().filter(|op| matches!(op, Op::Set { .. })).map(Op::id).filter(is_selectable);
    let before = ops().filter_map(|op| match op {
        Op::Remove(Record::Flow(flow)) => Some(flow.from),
        _ => None,
    });
    let removed: BTreeSet<Id> = ops().filter(|op| matches!(op, Op::Remove(_))).map(Op::id).collect();
    let first =
        [came_back.collect::<BTreeSet<Id>>(), changed.collect()].into_iter().find(|ids| !ids.is_empty());
    first.unwrap_or_else(|| before.filter(|id| !removed.contains(id)).take(1).collect())
}

fn is_selectable(id: &Id) -> bool {
    matches!(
        id.kind(),
        Kind::Stage | Kind::Touchpoint | Kind::Insight | Kind::Improvement | Kind::Cell | Kind::Picture
    )
}
