//! Joins records to a project: resolves duplicate ids, and replaces lost parents.

use super::build::Built;
use super::report::Report;
use super::{Finding, RepairNote, guess};
use crate::edit::{Op, apply_op};
use crate::id::{Id, IdSource, JourneyId, Kind, LaneId, ProjectId, StageId, StepId};
use crate::model::check::{Severity, find_problems};
use crate::model::choice::LaneKind;
use crate::model::{JourneyInfo, Lane, Project, ProjectInfo, Record, Stage, Step, home_journey};
use crate::order::OrderKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Maximum number of lost ids to search among unreferenced records.
const REUNITED: usize = 200;

/// Builds a project of all records; `None` if there are none.
pub(super) fn build_project(
    mut records: Vec<Built>,
    source: &mut IdSource,
    report: &mut Report,
) -> Option<Project> {
    if records.is_empty() {
        return None;
    }
    reunite_ids(&mut records, report);
    let infos = records.iter().filter_map(|built| match &built.record {
        Record::ProjectInfo(info) => Some(ProjectInfo::clone(info)),
        _ => None,
    });
    let info = infos.take(1).next().unwrap_or_else(|| {
        let info = ProjectInfo::new(ProjectId::new(source));
        report.push(RepairNote { place: None, finding: Finding::StandIn { who: info.id.to_string() } });
        info
    });
    let mut project = Project::from_info(info);
    let (journeys, rest): (Vec<Built>, Vec<Built>) =
        records.into_iter().partition(|built| built.record.id().kind() == Kind::Journey);
    let mut first_info = true;
    for built in journeys.into_iter().chain(rest) {
        if built.record.id().kind() == Kind::Project && std::mem::take(&mut first_info) {
            continue;
        }
        if let Some(journey) = home_journey(&built.record).filter(|id| project.journey(*id).is_none()) {
            let key = OrderKey::new_after(None, source);
            stand_in(&mut project, JourneyInfo::new(journey, key), report);
        }
        insert_built(&mut project, built, source, report);
    }
    Some(project)
}

/// Gives unreferenced records the id that others refer to and no record has, if the two are nearly the same.
fn reunite_ids(records: &mut [Built], report: &mut Report) {
    let ids: BTreeSet<Id> = records.iter().map(|built| built.record.id()).collect();
    let named: BTreeSet<Id> = records.iter().flat_map(|built| referenced_ids(&built.record)).collect();
    let lonely: BTreeMap<String, Id> = ids.difference(&named).map(|id| (id.to_string(), *id)).collect();
    for missing in named.difference(&ids).take(REUNITED) {
        let akin = lonely.iter().filter(|(_, id)| id.kind() == missing.kind()).map(|(text, _)| text.as_str());
        let id = guess::nearest_name(&missing.to_string(), akin).and_then(|near| lonely.get(near));
        let built = records.iter_mut().find(|built| Some(&built.record.id()) == id);
        let Some((record, built)) = built.and_then(|built| Some((built.record.with_id(*missing)?, built)))
        else {
            continue;
        };
        let who = built.record.id().to_string();
        let kept = missing.to_string();
        report.push(RepairNote { place: built.place, finding: Finding::Reunited { who, kept } });
        built.record = record;
    }
}

/// Returns the ids that a record refers to, its journey included.
fn referenced_ids(record: &Record) -> Vec<Id> {
    let fields = record.fields().iter().filter_map(|field| record.get(field));
    fields.flat_map(|value| value.collect_ids()).collect()
}

/// Inserts a record, under a new id if its own is taken.
fn insert_built(project: &mut Project, built: Built, source: &mut IdSource, report: &mut Report) {
    let Built { mut record, place } = built;
    let id = record.id();
    if let Some(other) = project.record(id) {
        let who = id.to_string();
        let again = Id::new(id.kind(), source);
        let finding = match record.with_id(again) {
            Some(renumbered) if other != record && id.kind() != Kind::Project => {
                record = renumbered;
                Finding::Renumbered { who, kept: again.to_string() }
            }
            _ => Finding::Twin { who },
        };
        let twin = matches!(finding, Finding::Twin { .. });
        report.push(RepairNote { place, finding });
        if twin {
            return;
        }
    }
    let applied = apply_op(project, &Op::Insert(record));
    debug_assert!(applied.is_ok(), "the id is free and the journey is there");
}

fn stand_in(project: &mut Project, record: impl Into<Record>, report: &mut Report) {
    let record = record.into();
    let who = record.id().to_string();
    if apply_op(project, &Op::Insert(record)).is_ok() {
        report.push(RepairNote { place: None, finding: Finding::StandIn { who } });
    }
}

/// The parents in a journey that are referred to and missing.
#[derive(Default)]
struct Lost {
    stages: BTreeMap<StageId, JourneyId>,
    steps: BTreeMap<StepId, JourneyId>,
    lanes: BTreeMap<LaneId, (JourneyId, LaneKind)>,
}

/// Adds an empty stage, column or lane for each that is lost and has contents, so that these can be seen;
/// reports all other dangling references and contradictions.
pub(super) fn complete_project(mut project: Project, source: &mut IdSource, report: &mut Report) -> Project {
    let lost = find_lost_parents(&project);
    for (lane, (journey, kind)) in lost.lanes {
        stand_in(&mut project, Lane::new(lane, journey, OrderKey::new_after(None, source), kind), report);
    }
    for (stage, journey) in lost.stages {
        stand_in(&mut project, Stage::new(stage, journey, OrderKey::new_after(None, source)), report);
    }
    // Columns of unknown stages share a new one.
    let mut stages = BTreeMap::new();
    for (step, journey) in lost.steps {
        let stage = *stages.entry(journey).or_insert_with(|| {
            let stage = StageId::new(source);
            stand_in(&mut project, Stage::new(stage, journey, OrderKey::new_after(None, source)), report);
            stage
        });
        stand_in(&mut project, Step::new(step, journey, stage, OrderKey::new_after(None, source)), report);
    }
    let errors = find_problems(&project).into_iter().filter(|problem| problem.severity == Severity::Error);
    errors.for_each(|problem| report.push(RepairNote { place: None, finding: Finding::Dangling(problem) }));
    project
}

fn find_lost_parents(project: &Project) -> Lost {
    let known: BTreeSet<Id> = project.records().map(|record| record.id()).collect();
    let missing = |id: Id| !known.contains(&id);
    let mut lost = Lost::default();
    for journey in project.journeys().values() {
        let home = journey.info().id;
        let mut place = |at: Id| {
            if missing(at) {
                lost.stages.extend(at.to_typed().map(|stage| (stage, home)));
                lost.steps.extend(at.to_typed().map(|step| (step, home)));
            }
        };
        journey.steps().values().for_each(|step: &Arc<Step>| place(step.stage.into()));
        journey.touchpoints().values().for_each(|card| place(card.step.into()));
        journey.cells().values().for_each(|cell| place(cell.at));
        journey.pictures().values().for_each(|picture| place(picture.at));
        let cards =
            journey.touchpoints().values().filter_map(|card| Some((card.lane?, LaneKind::Touchpoints)));
        let pictures =
            journey.pictures().values().filter_map(|picture| Some((picture.lane?, LaneKind::Pictures)));
        let cells = journey.cells().values().map(|cell| (cell.lane, LaneKind::Text));
        let lanes = cells.chain(pictures).chain(cards).filter(|(lane, _)| missing((*lane).into()));
        lost.lanes.extend(lanes.map(|(lane, kind)| (lane, (home, kind))));
    }
    lost
}
