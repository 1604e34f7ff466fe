//! Adds journeys, stages, lanes and the records that all journeys of a project share.

use super::draft::TransactionBuilder;
use super::heal::heal_flows;
use crate::edit::op::Transaction;
use crate::id::{ChannelId, EvidenceId, Id, IdSource, JourneyId, LaneId, MetricId, PersonaId, StageId};
use crate::model::choice::{LaneKind, MetricKind};
use crate::model::{
    Channel, Evidence, JourneyInfo, Keyed, Lane, Metric, Persona, Project, Stage, Table, records_in_order,
};
use crate::order::OrderKey;
use std::collections::BTreeSet;

/// The lanes a new journey starts with.
const FIRST_LANES: [LaneKind; 4] =
    [LaneKind::Touchpoints, LaneKind::Feeling, LaneKind::Insights, LaneKind::Scores];

/// Returns a project with one empty journey, ready for its first stage.
pub fn new_project(title: &str, source: &mut IdSource) -> Project {
    let mut project = Project::new_empty(source);
    let (transaction, _) = add_journey(&project, title, source);
    if crate::edit::apply_all(&mut project, &transaction).is_err() {
        debug_assert!(false, "a new project takes a journey");
    }
    project
}

/// Adds a journey with the usual lanes after the last one.
pub fn add_journey(project: &Project, title: &str, source: &mut IdSource) -> (Transaction, JourneyId) {
    let last = project.journeys_in_order().last().map(|journey| journey.info().key.clone());
    let mut draft = TransactionBuilder::new(project, source);
    let id = JourneyId::new(draft.source);
    let mut info = JourneyInfo::new(id, OrderKey::new_after(last.as_ref(), draft.source));
    title.clone_into(&mut info.title);
    draft.insert(info);
    let keys = OrderKey::spread_evenly(FIRST_LANES.len(), draft.source);
    for (kind, key) in FIRST_LANES.into_iter().zip(keys) {
        let lane = Lane::new(LaneId::new(draft.source), id, key, kind);
        draft.insert(lane);
    }
    (draft.finish(), id)
}

/// Adds a stage after the given one, or after the last.
pub fn add_stage(
    project: &Project,
    journey: JourneyId,
    after: Option<StageId>,
    title: &str,
    source: &mut IdSource,
) -> (Transaction, StageId) {
    let id = StageId::new(source);
    let stages = project.journey(journey).map(|j| j.stages().clone()).unwrap_or_default();
    let mut stage = Stage::new(id, journey, key_after(&stages, after, source));
    title.clone_into(&mut stage.title);
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(stage);
    if let Some(before) = project.journey(journey) {
        heal_flows(&mut draft, before, &BTreeSet::from([Id::from(id)]).into());
    }
    (draft.finish(), id)
}

/// Adds a lane after the given one, or after the last.
pub fn add_lane(
    project: &Project,
    journey: JourneyId,
    after: Option<LaneId>,
    kind: LaneKind,
    source: &mut IdSource,
) -> (Transaction, LaneId) {
    let id = LaneId::new(source);
    let lanes = project.journey(journey).map(|j| j.lanes().clone()).unwrap_or_default();
    let lane = Lane::new(id, journey, key_after(&lanes, after, source), kind);
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(lane);
    (draft.finish(), id)
}

/// Adds a persona after the last.
pub fn add_persona(project: &Project, name: &str, source: &mut IdSource) -> (Transaction, PersonaId) {
    let id = PersonaId::new(source);
    let mut persona = Persona::new(id, key_after(project.personas(), None, source));
    name.clone_into(&mut persona.name);
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(persona);
    (draft.finish(), id)
}

/// Adds a channel after the last.
pub fn add_channel(
    project: &Project,
    name: &str,
    icon: &str,
    source: &mut IdSource,
) -> (Transaction, ChannelId) {
    let id = ChannelId::new(source);
    let mut channel = Channel::new(id, key_after(project.channels(), None, source));
    name.clone_into(&mut channel.name);
    icon.clone_into(&mut channel.icon);
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(channel);
    (draft.finish(), id)
}

/// Adds a metric after the last.
pub fn add_metric(project: &Project, kind: MetricKind, source: &mut IdSource) -> (Transaction, MetricId) {
    let id = MetricId::new(source);
    let metric = Metric::new(id, key_after(project.metrics(), None, source), kind);
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(metric);
    (draft.finish(), id)
}

/// Adds a source of evidence for claims, after the last.
pub fn add_evidence(project: &Project, text: &str, source: &mut IdSource) -> (Transaction, EvidenceId) {
    let id = EvidenceId::new(source);
    let mut evidence = Evidence::new(id, key_after(project.evidence(), None, source));
    text.clone_into(&mut evidence.source);
    let mut draft = TransactionBuilder::new(project, source);
    draft.insert(evidence);
    (draft.finish(), id)
}

/// Returns a key right after the given sibling, or after all siblings.
pub(super) fn key_after<I: Ord + Copy, R: Keyed>(
    table: &Table<I, R>,
    after: Option<I>,
    source: &mut IdSource,
) -> OrderKey {
    let siblings = records_in_order(table);
    let found = after.and_then(|id| table.get(&id));
    let place = found.and_then(|record| siblings.iter().position(|s| std::sync::Arc::ptr_eq(s, record)));
    match place {
        Some(place) => {
            let next = siblings.get(place + 1).map(|next| next.key());
            OrderKey::new_between(Some(siblings[place].key()), next, source)
        }
        None => OrderKey::new_after(siblings.last().map(|last| last.key()), source),
    }
}
