//! The position of a change on the map: in the newer version if it holds the element, else in the older.

use super::{ChangeGroup, ChangeKind, RecordChange};
use crate::id::{Id, JourneyId, Kind, StageId, StepId};
use crate::model::{Project, Record, home_journey};
use crate::order::OrderKey;

/// The most links followed from a record to the element it is about.
const STEPS: u8 = 4;

/// Groups the changes by journey and stage, each group from left to right; changes outside all stages come
/// last.
pub(super) fn group_changes(old: &Project, new: &Project, changes: Vec<RecordChange>) -> Vec<ChangeGroup> {
    let mut placed: Vec<(ChangeKey, RecordChange)> =
        changes.into_iter().map(|change| (change_key(old, new, &change), change)).collect();
    placed.sort_by(|(a, one), (b, other)| {
        a.cmp(b).then_with(|| (one.id, one.kind).cmp(&(other.id, other.kind)))
    });
    let mut groups: Vec<ChangeGroup> = Vec::new();
    for (spot, change) in placed {
        let journey = spot.journey.id();
        let stage = spot.stage.id();
        match groups.last_mut().filter(|group| (group.journey, group.stage) == (journey, stage)) {
            Some(group) => group.changes.push(change),
            None => groups.push(ChangeGroup { journey, stage, changes: vec![change] }),
        }
    }
    groups
}

/// A position in an order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum At<I> {
    /// The position in it.
    Here(OrderKey, I),
    /// Outside the order; sorts last.
    Nowhere,
}

impl<I: Copy> At<I> {
    fn id(&self) -> Option<I> {
        if let Self::Here(_, id) = self { Some(*id) } else { None }
    }
}

impl<I> From<Option<(OrderKey, I)>> for At<I> {
    fn from(found: Option<(OrderKey, I)>) -> Self {
        found.map_or(Self::Nowhere, |(key, id)| Self::Here(key, id))
    }
}

/// The sort key of changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ChangeKey {
    journey: At<JourneyId>,
    /// False for the journey's own elements, which sort before its stages.
    in_stage: bool,
    stage: At<StageId>,
    column: At<StepId>,
    rank: u8,
    key: At<Id>,
    element: Id,
    kind: ChangeKind,
}

fn change_key(old: &Project, new: &Project, change: &RecordChange) -> ChangeKey {
    let element = change.element;
    let project = if new.record(element).is_some() { new } else { old };
    let record = project.record(element);
    let anchor = record.as_ref().and_then(|record| find_anchor(project, record, STEPS));
    let step = anchor.and_then(Id::to_typed::<StepId>);
    let at = record.as_ref().and_then(|record| journey_of(project, record, anchor));
    let journey = at.and_then(|id| project.journey(id));
    let step = journey.zip(step).and_then(|(journey, id)| journey.steps().get(&id));
    let stage = step.map(|step| step.stage).or(anchor.and_then(Id::to_typed));
    let stage = journey.zip(stage).and_then(|(journey, id)| journey.stages().get(&id));
    let key = record.as_ref().and_then(|record| Some((record.order_key()?, element)));
    ChangeKey {
        journey: journey.map(|journey| (journey.info().key.clone(), journey.info().id)).into(),
        in_stage: stage.is_some(),
        stage: stage.map(|stage| (stage.key.clone(), stage.id)).into(),
        column: step.map(|step| (step.key.clone(), step.id)).into(),
        rank: kind_rank(element.kind()),
        key: key.into(),
        element,
        kind: change.kind,
    }
}

/// Sorts cards before the notes and links about them.
fn kind_rank(kind: Kind) -> u8 {
    match kind {
        Kind::Project | Kind::Journey | Kind::Stage => 0,
        Kind::Lane => 1,
        Kind::Touchpoint => 2,
        Kind::Flow => 3,
        Kind::Insight => 4,
        Kind::Improvement => 5,
        _ => 6,
    }
}

/// Returns the step or stage that a record is placed under.
pub(super) fn find_anchor(project: &Project, record: &Record, steps: u8) -> Option<Id> {
    let further = |id: Id| {
        if steps == 0 {
            return None;
        }
        let next = project.record(id)?;
        find_anchor(project, &next, steps - 1)
    };
    match record {
        Record::Stage(stage) => Some(stage.id.into()),
        Record::Step(step) => Some(step.id.into()),
        Record::Touchpoint(card) => Some(card.step.into()),
        Record::Cell(cell) => Some(cell.at),
        Record::Picture(picture) => Some(picture.at),
        Record::Flow(flow) => further(flow.from),
        Record::About(about) => further(about.to),
        Record::Insight(_) => {
            let journey = project.journey(home_journey(record)?)?;
            journey.speaks_of(record.id()).first().copied().and_then(further)
        }
        Record::Improvement(improvement) => {
            let id = record.id();
            let own = project.journeys().values().find_map(|journey| journey.speaks_of(id).first().copied());
            let answer = project.answers().values().find(|answer| answer.from == improvement.id);
            own.or(answer.map(|answer| answer.to)).and_then(further)
        }
        _ => None,
    }
}

fn journey_of(project: &Project, record: &Record, anchor: Option<Id>) -> Option<JourneyId> {
    match record {
        Record::JourneyInfo(info) => Some(info.id),
        _ => home_journey(record).or_else(|| Some(project.journey_of(anchor?)?.info().id)),
    }
}
