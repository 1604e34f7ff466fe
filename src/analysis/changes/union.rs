//! Two versions in one picture: the newer one, with what is gone put back as a ghost and what moved left as one behind.

use super::{Change, ChangeKind, FieldChange, changes};
use crate::edit::{Op, Transaction, apply, apply_all, diff};
use crate::id::{Id, JourneyId, Kind, PersonaId, Source, StepId, TouchpointId};
use crate::model::value::Value;
use crate::model::{Project, Record, Step, Touchpoint};
use std::collections::{BTreeMap, BTreeSet};

/// How an element of the picture differs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mark {
    /// The kinds of its changes.
    pub kinds: BTreeSet<ChangeKind>,
    /// It is not there any more, or not here.
    pub ghost: bool,
    /// How personas felt there before, where that differs.
    pub felt: BTreeMap<PersonaId, f64>,
}

/// Two versions put together, to be drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// What both hold; no document, only for drawing.
    pub project: Project,
    /// What differs, by element.
    pub marks: BTreeMap<Id, Mark>,
    /// The names of the older and the newer version.
    pub names: [String; 2],
}

impl Compared {
    /// Whether something differs in a journey.
    pub fn differs(&self, journey: JourneyId) -> bool {
        let journey = self.project.journey(journey);
        journey.is_some_and(|journey| self.marks.keys().any(|id| journey.record(*id).is_some()))
    }

    /// The journey in which most differs; the first where nothing does.
    pub fn journey(&self) -> Option<JourneyId> {
        let count = |id: JourneyId| {
            let journey = self.project.journey(id);
            journey.map_or(0, |journey| self.marks.keys().filter(|id| journey.record(**id).is_some()).count())
        };
        let ids = self.project.journeys_in_order().into_iter().map(|journey| journey.info().id);
        ids.rev().max_by_key(|id| count(*id))
    }
}

/// Puts two versions together.
pub fn compare(old: &Project, new: &Project, names: [String; 2]) -> Compared {
    let mut project = new.clone();
    let gone = diff(new, old).ops.into_iter().filter(|op| matches!(op, Op::Insert(_)));
    for op in gone {
        // What is there already went to another journey.
        apply(&mut project, &op).ok();
    }
    let mut marks: BTreeMap<Id, Mark> = BTreeMap::new();
    let all: Vec<Change> = changes(old, new).into_iter().flat_map(|group| group.changes).collect();
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
    let cards: BTreeSet<TouchpointId> = moved.filter_map(|change| change.element.to()).collect();
    for card in cards {
        if let Some(ghost) = leave_behind(&mut project, old, card) {
            let kinds = BTreeSet::from([ChangeKind::Moved]);
            marks.insert(ghost.into(), Mark { kinds, ghost: true, felt: BTreeMap::new() });
        }
    }
    Compared { project, marks, names }
}

/// How personas felt before, where feelings differ and there were any.
fn felt_before(change: &FieldChange) -> Vec<(PersonaId, f64)> {
    let (Value::Map(before), Value::Map(after), "feelings") = (&change.from, &change.to, change.field) else {
        return Vec::new();
    };
    let differs = before.iter().filter(|(key, value)| after.get(key) != Some(value));
    let felt = differs.filter_map(|(key, value)| match (key, value) {
        (Value::Id(id), Value::Number(feeling)) => Some((id.to()?, *feeling)),
        _ => None,
    });
    felt.collect()
}

/// Leaves a copy of a card where it stood.
fn leave_behind(project: &mut Project, old: &Project, card: TouchpointId) -> Option<TouchpointId> {
    let journey = old.journey_of(card.into())?;
    let was = journey.touchpoints().get(&card)?;
    let column = journey.steps().get(&was.step)?;
    let mut ops = Vec::new();
    let there = project.record(column.id.into());
    let stays = there == Some(Record::Step(column.clone()));
    let step = if stays { column.id } else { StepId::new(&mut source(column.id.into())) };
    if !stays && project.record(step.into()).is_none() {
        ops.push(Op::Insert(Record::from(Step { id: step, ..Step::clone(column) })));
    }
    let id = TouchpointId::new(&mut source(card.into()));
    ops.push(Op::Insert(Record::from(Touchpoint { id, step, ..Touchpoint::clone(was) })));
    apply_all(project, &Transaction::new(ops)).is_ok().then_some(id)
}

/// Where the id of a ghost comes from: always the same one.
fn source(id: Id) -> Source {
    Source::seeded(!id.bits())
}
