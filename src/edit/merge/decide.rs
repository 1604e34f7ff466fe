//! Resolves a conflict the other way, as one undo step.

use super::restore::references;
use super::{Choice, Conflict};
use crate::edit::command::{Draft, delete};
use crate::edit::op::Transaction;
use crate::id::{Id, Source};
use crate::model::value::Value;
use crate::model::{Project, Record, home};

/// Returns the transaction for the side that the merge did not take: the dropped value, the deletion, the
/// other import. Records that it needs and that no longer exist come from `sides`, the two versions that were
/// merged. Empty if there is nothing to resolve, or no longer.
pub fn decide(
    project: &Project,
    conflict: &Conflict,
    sides: [&Project; 2],
    source: &mut Source,
) -> Transaction {
    match conflict {
        Conflict::Value { id, choices } => dropped_values(project, *id, choices, sides, source),
        Conflict::EditBeatsDelete(id) | Conflict::BroughtBack(id) => delete(project, &[*id], source),
        Conflict::SameImport { kept, dropped } => {
            let other = sides.iter().find_map(|side| side.record(*dropped));
            let mut draft = Draft::new(project, source);
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
    choices: &[Choice],
    sides: [&Project; 2],
    source: &mut Source,
) -> Transaction {
    let Some(record) = project.record(id) else { return Transaction::default() };
    let mut draft = Draft::new(project, source);
    for choice in choices {
        let Some(now) = record.get(choice.field) else { continue };
        let value = taken(&now, choice);
        for needed in value.ids() {
            let lost = sides.iter().find_map(|side| side.record(needed));
            if let Some(lost) = lost
                && draft.project().record(needed).is_none()
            {
                put_with_needs(&mut draft, &lost, sides);
            }
        }
        draft.set(id, choice.field, value);
    }
    draft.finish()
}

/// Returns the field's value with the dropped value in it.
fn taken(now: &Value, choice: &Choice) -> Value {
    let (Value::Map(entries), false) = (now, choice.entry == Value::Nothing) else {
        return choice.dropped.clone();
    };
    let mut entries = entries.clone();
    match &choice.dropped {
        Value::Nothing => entries.remove(&choice.entry),
        value => entries.insert(choice.entry.clone(), value.clone()),
    };
    Value::Map(entries)
}

/// Adds a record after its journey, then the missing records that it refers to.
fn put_with_needs(draft: &mut Draft<'_>, record: &Record, sides: [&Project; 2]) {
    let add = |draft: &mut Draft<'_>, id: Id| {
        let lost = sides.iter().find_map(|side| side.record(id));
        if let Some(lost) = lost
            && draft.project().record(id).is_none()
        {
            put_with_needs(draft, &lost, sides);
        }
    };
    if let Some(journey) = home(record) {
        add(draft, journey.into());
    }
    draft.insert(record.clone());
    if draft.project().record(record.id()).is_some() {
        for needed in references(record) {
            add(draft, needed);
        }
    }
}
