//! Deletes elements together with the parts that depend on them, and clears references to them elsewhere.

use super::draft::TransactionBuilder;
use super::heal::{PlacedElements, heal_flows};
use super::place::clear_columns;
use crate::edit::op::Transaction;
use crate::id::{Id, IdSource, Kind};
use crate::model::value::FieldValue;
use crate::model::{Journey, Project, Record, Touchpoint};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Deletes records with their parts: a stage with its columns and cards, a card with its flows and with the
/// insights about nothing else. Flows bridge a deleted card: its predecessors lead to its successors. The
/// project's own record and the last lane of cards in use can't be deleted.
pub fn delete_records(project: &Project, ids: &[Id], source: &mut IdSource) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    delete_parts(&mut draft, ids);
    for (id, before) in project.journeys() {
        let is_same = |after: &Arc<Journey>| Arc::ptr_eq(before, after);
        if !draft.project().journey(*id).is_none_or(is_same) {
            heal_flows(&mut draft, before, &PlacedElements::default());
        }
    }
    draft.finish()
}

/// Removes records with their parts, as [`delete_records`] does, but leaves gaps in the flows.
pub fn take_out(project: &Project, ids: &[Id], source: &mut IdSource) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    delete_parts(&mut draft, ids);
    draft.finish()
}

fn delete_parts(draft: &mut TransactionBuilder<'_>, ids: &[Id]) {
    let project = draft.project().clone();
    let wanted: BTreeSet<Id> = ids.iter().copied().filter(|id| may_go(&project, *id)).collect();
    rehome_cards(draft, &wanted);
    let gone = with_dependents(draft.project(), wanted);
    let_go(draft, &gone);
    // Parts are removed before their parent: within a journey in any order, the journey itself last.
    let (journeys, parts): (Vec<Id>, Vec<Id>) = gone.iter().partition(|id| id.kind() == Kind::Journey);
    parts.into_iter().chain(journeys).for_each(|id| draft.remove(id));
    for journey in project.journeys().values() {
        clear_columns(draft, journey);
    }
}

fn may_go(project: &Project, id: Id) -> bool {
    match id.kind() {
        Kind::Project => false,
        Kind::Lane => project.journey_of(id).is_some_and(|journey| !is_last_in_use(journey, id)),
        _ => project.record(id).is_some(),
    }
}

fn is_last_in_use(journey: &Journey, id: Id) -> bool {
    let others =
        journey.lanes().values().filter(|lane| lane.kind.holds_cards() && Id::from(lane.id) != id).count();
    let lane = id.to_typed().and_then(|id| journey.lanes().get(&id));
    others == 0 && lane.is_some_and(|lane| lane.kind.holds_cards()) && !journey.touchpoints().is_empty()
}

/// Moves cards of deleted lanes back to the first touchpoint lane that is kept.
fn rehome_cards(draft: &mut TransactionBuilder<'_>, wanted: &BTreeSet<Id>) {
    let lanes = wanted.iter().filter(|id| id.kind() == Kind::Lane);
    let cards: Vec<Id> = lanes
        .filter_map(|lane| Some((lane, draft.project().journey_of(*lane)?)))
        .flat_map(|(lane, journey)| {
            let inside = journey.touchpoints().values().filter(|c| c.lane.map(Id::from) == Some(*lane));
            inside.map(|card| Id::from(card.id)).collect::<Vec<_>>()
        })
        .collect();
    for card in cards {
        draft.set_field(card, Touchpoint::LANE, FieldValue::Nothing);
    }
}

/// Returns the deleted records and every record that depends on one of them.
fn with_dependents(project: &Project, wanted: BTreeSet<Id>) -> BTreeSet<Id> {
    let records: Vec<Record> = project.records().collect();
    let mut gone = wanted;
    loop {
        let falls = |record: &&Record| {
            let id = record.id();
            !gone.contains(&id) && (needs_deleted(record, &gone) || is_bereft(project, id, &gone))
        };
        let more: Vec<Id> = records.iter().filter(falls).map(Record::id).collect();
        if more.is_empty() {
            return gone;
        }
        gone.extend(more);
    }
}

/// Returns true if a field of the record holds a deleted id and can't be without one.
fn needs_deleted(record: &Record, gone: &BTreeSet<Id>) -> bool {
    let mut held = record.reference_fields().filter(|(_, ids)| ids.iter().any(|id| gone.contains(id)));
    held.any(|(field, _)| {
        let is_single = matches!(record.get(field), Some(FieldValue::Id(_)));
        is_single && record.with_field(field, &FieldValue::Nothing).is_none()
    })
}

/// Returns true if an insight had targets and all of them are deleted.
fn is_bereft(project: &Project, id: Id, gone: &BTreeSet<Id>) -> bool {
    if id.kind() != Kind::Insight {
        return false;
    }
    let spoken = project.journey_of(id).map(|journey| journey.speaks_of(id)).unwrap_or_default();
    !spoken.is_empty() && spoken.iter().all(|target| gone.contains(target))
}

/// Clears deleted ids from the fields of the remaining records.
fn let_go(draft: &mut TransactionBuilder<'_>, gone: &BTreeSet<Id>) {
    let stays: Vec<Record> =
        draft.project().records().filter(|record| !gone.contains(&record.id())).collect();
    for record in stays {
        for (field, ids) in record.reference_fields() {
            if ids.iter().any(|id| gone.contains(id))
                && let Some(value) = record.get(field)
            {
                draft.set_field(record.id(), field, without_ids(value, gone));
            }
        }
    }
}

fn without_ids(value: FieldValue, gone: &BTreeSet<Id>) -> FieldValue {
    let stays = |value: &FieldValue| !value.collect_ids().iter().any(|id| gone.contains(id));
    match value {
        FieldValue::Id(_) => FieldValue::Nothing,
        FieldValue::List(list) => FieldValue::List(list.into_iter().filter(stays).collect()),
        FieldValue::Set(set) => FieldValue::Set(set.into_iter().filter(stays).collect()),
        FieldValue::Map(map) => {
            FieldValue::Map(map.into_iter().filter(|(k, v)| stays(k) && stays(v)).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::command::{Slot, add_insight, add_stage, add_touchpoint, new_project};
    use crate::edit::{Op, apply_all};
    use crate::model::choice::InsightKind;

    #[test]
    fn a_stage_takes_its_cards_flows_and_insights_along() {
        let mut source = IdSource::from_seed(5);
        let mut project = new_project("Trip", &mut source);
        let journey = *project.journeys().keys().next().unwrap();
        let mut stages = Vec::new();
        for title in ["Plan", "Book"] {
            let (transaction, stage) = add_stage(&project, journey, None, title, &mut source);
            apply_all(&mut project, &transaction).unwrap();
            stages.push(stage);
        }
        let mut cards = Vec::new();
        for stage in [stages[0], stages[0], stages[1]] {
            let (transaction, card) =
                add_touchpoint(&project, Slot::EndOf(stage), "Card", &mut source).unwrap();
            apply_all(&mut project, &transaction).unwrap();
            cards.push(card);
        }
        let about = Some(cards[1].into());
        let (transaction, _) = add_insight(&project, journey, about, InsightKind::Pain, "Slow", &mut source);
        apply_all(&mut project, &transaction).unwrap();
        assert_eq!(project.journeys()[&journey].flows().len(), 2, "each card follows the one before");
        let before = project.clone();
        let transaction = delete_records(&project, &[stages[0].into()], &mut source);
        apply_all(&mut project, &transaction).unwrap();
        let left = &project.journeys()[&journey];
        let counts = [left.stages().len(), left.steps().len(), left.touchpoints().len(), left.flows().len()];
        assert_eq!(counts, [1, 1, 1, 0]);
        assert!(left.insights().is_empty() && left.abouts().is_empty());
        assert!(transaction.ops.iter().all(|op| matches!(op, Op::Remove(_))));
        apply_all(&mut project, &transaction.to_inverse()).unwrap();
        assert_eq!(project, before);
    }
}
