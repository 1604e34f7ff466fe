//! Two versions in one picture: the newer one, with removed elements put back as ghosts, and a ghost at the
//! old position of each moved one.

use super::{ChangeKind, FieldChange, RecordChange, find_changes};
use crate::edit::{Op, Transaction, apply_all, apply_op, diff_projects};
use crate::id::{Id, IdSource, JourneyId, Kind, PersonaId, StepId, TouchpointId};
use crate::model::value::FieldValue;
use crate::model::{Project, Record, Step, Touchpoint};
use std::collections::{BTreeMap, BTreeSet};

/// The difference that the picture shows at an element.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ElementMark {
    /// The kinds of its changes.
    pub kinds: BTreeSet<ChangeKind>,
    /// True if it exists in the older version only, or was here in the older version.
    pub ghost: bool,
    /// The feelings of personas in the older version, as far as they differ.
    pub felt: BTreeMap<PersonaId, f64>,
}

/// Two versions put together, to be drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The elements of both versions. Only for drawing: it is no valid document.
    pub project: Project,
    /// The differences, by element.
    pub marks: BTreeMap<Id, ElementMark>,
    /// The names of the older and the newer version.
    pub names: [String; 2],
}

impl Compared {
    /// True if an element of the journey differs.
    pub fn has_differences(&self, journey: JourneyId) -> bool {
        let journey = self.project.journey(journey);
        journey.is_some_and(|journey| self.marks.keys().any(|id| journey.record(*id).is_some()))
    }

    /// Returns the journey with the most differences; the first if there are none.
    pub fn most_changed_journey(&self) -> Option<JourneyId> {
        let count = |id: JourneyId| {
            let journey = self.project.journey(id);
            journey.map_or(0, |journey| self.marks.keys().filter(|id| journey.record(**id).is_some()).count())
        };
        let ids = self.project.journeys_in_order().into_iter().map(|journey| journey.info().id);
        ids.rev().max_by_key(|id| count(*id))
    }
}

/// Puts two versions together.
pub fn compare_versions(old: &Project, new: &Project, names: [String; 2]) -> Compared {
    let mut project = new.clone();
    let gone = diff_projects(new, old).ops.into_iter().filter(|op| matches!(op, Op::Insert(_)));
    for op in gone {
        // Fails if the element exists already because it moved to another journey.
        apply_op(&mut project, &op).ok();
    }
    let mut marks: BTreeMap<Id, ElementMark> = BTreeMap::new();
    let all: Vec<RecordChange> = find_changes(old, new).into_iter().flat_map(|group| group.changes).collect();
    for change in &all {
        let is_flow = change.id.kind() == Kind::Flow;
        if !change.implied || is_flow {
            let mark = marks.entry(change.element).or_default();
            mark.kinds.insert(change.kind);
            mark.ghost |= new.record(change.element).is_none();
            mark.felt.extend(change.fields.iter().flat_map(felt_before));
        }
    }
    let moved = all.iter().filter(|change| change.kind == ChangeKind::Moved);
    let cards: BTreeSet<TouchpointId> = moved.filter_map(|change| change.element.to_typed()).collect();
    for card in cards {
        if let Some(ghost) = leave_behind(&mut project, old, card) {
            let kinds = BTreeSet::from([ChangeKind::Moved]);
            marks.insert(ghost.into(), ElementMark { kinds, ghost: true, felt: BTreeMap::new() });
        }
    }
    Compared { project, marks, names }
}

/// Returns the former feelings of personas, as far as they differ and existed.
fn felt_before(change: &FieldChange) -> Vec<(PersonaId, f64)> {
    let (FieldValue::Map(before), FieldValue::Map(after)) = (&change.from, &change.to) else {
        return Vec::new();
    };
    if change.field.is_none_or(|field| field != Touchpoint::FEELINGS) {
        return Vec::new();
    }
    let differs = before.iter().filter(|(key, value)| after.get(key) != Some(value));
    let felt = differs.filter_map(|(key, value)| match (key, value) {
        (FieldValue::Id(id), FieldValue::Number(feeling)) => Some((id.to_typed()?, *feeling)),
        _ => None,
    });
    felt.collect()
}

/// Leaves a ghost copy of a card at its old position.
fn leave_behind(project: &mut Project, old: &Project, card: TouchpointId) -> Option<TouchpointId> {
    let journey = old.journey_of(card.into())?;
    let was = journey.touchpoints().get(&card)?;
    let column = journey.steps().get(&was.step)?;
    let mut ops = Vec::new();
    let there = project.record(column.id.into());
    let stays = there == Some(Record::Step(column.clone()));
    let step = if stays { column.id } else { StepId::new(&mut ghost_id_source(column.id.into())) };
    if !stays && project.record(step.into()).is_none() {
        ops.push(Op::Insert(Record::from(Step { id: step, ..Step::clone(column) })));
    }
    let id = TouchpointId::new(&mut ghost_id_source(card.into()));
    ops.push(Op::Insert(Record::from(Touchpoint { id, step, ..Touchpoint::clone(was) })));
    apply_all(project, &Transaction::new(ops)).is_ok().then_some(id)
}

/// Returns the source of a ghost's id: always the same for the same element.
fn ghost_id_source(id: Id) -> IdSource {
    IdSource::from_seed(!id.bits())
}
