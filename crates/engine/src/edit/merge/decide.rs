//! Resolves a conflict the other way, as one undo step.

use super::restore::referenced_ids;
use super::{Conflict, MergeChoice};
use crate::edit::command::{TransactionBuilder, delete_records};
use crate::edit::op::Transaction;
use crate::id::{Id, IdSource};
use crate::model::value::FieldValue;
use crate::model::{Project, Record, home_journey};

/// Returns the transaction for the side that the merge did not take: the dropped value, the deletion, the
/// other import. Records that it needs and that no longer exist come from `sides`, the two versions that were
/// merged. Empty if there is nothing to resolve, or no longer.
pub fn resolve_conflict(
    project: &Project,
    conflict: &Conflict,
    sides: [&Project; 2],
    source: &mut IdSource,
) -> Transaction {
    match conflict {
        Conflict::Value { id, choices } => dropped_values(project, *id, choices, sides, source),
        Conflict::EditBeatsDelete(id) | Conflict::BroughtBack(id) => delete_records(project, &[*id], source),
        Conflict::SameImport { kept, dropped } => {
            let other = sides.iter().find_map(|side| side.record(*dropped));
            let mut draft = TransactionBuilder::new(project, source);
            let Some(other) = other else { return draft.finish() };
            if project.record(*kept).is_none() {
                return draft.finish();
            }
            draft.remove(*kept);
            put_with_needs(&mut draft, &other, sides);
            draft.finish()
        }
        Conflict::Doubt(_) => Transaction::default(),
    }
}

fn dropped_values(
    project: &Project,
    id: Id,
    choices: &[MergeChoice],
    sides: [&Project; 2],
    source: &mut IdSource,
) -> Transaction {
    let Some(record) = project.record(id) else { return Transaction::default() };
    let mut draft = TransactionBuilder::new(project, source);
    for choice in choices {
        let Some(now) = record.get(choice.field) else { continue };
        let value = with_dropped_value(&now, choice);
        for needed in value.collect_ids() {
            let lost = sides.iter().find_map(|side| side.record(needed));
            if let Some(lost) = lost
                && draft.project().record(needed).is_none()
            {
                put_with_needs(&mut draft, &lost, sides);
            }
        }
        draft.set_field(id, choice.field, value);
    }
    draft.finish()
}

/// Returns the field's value with the dropped value in it.
fn with_dropped_value(now: &FieldValue, choice: &MergeChoice) -> FieldValue {
    let (FieldValue::Map(entries), false) = (now, choice.entry == FieldValue::Nothing) else {
        return choice.dropped.clone();
    };
    let mut entries = entries.clone();
    match &choice.dropped {
        FieldValue::Nothing => entries.remove(&choice.entry),
        value => entries.insert(choice.entry.clone(), value.clone()),
    };
    FieldValue::Map(entries)
}

/// Adds a record after its journey, then the missing records that it refers to.
fn put_with_needs(draft: &mut TransactionBuilder<'_>, record: &Record, sides: [&Project; 2]) {
    let add = |draft: &mut TransactionBuilder<'_>, id: Id| {
        let lost = sides.iter().find_map(|side| side.record(id));
        if let Some(lost) = lost
            && draft.project().record(id).is_none()
        {
            put_with_needs(draft, &lost, sides);
        }
    };
    if let Some(journey) = home_journey(record) {
        add(draft, journey.into());
    }
    draft.insert(record.clone());
    if draft.project().record(record.id()).is_some() {
        for needed in referenced_ids(record) {
            add(draft, needed);
        }
    }
}
