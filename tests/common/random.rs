//! Random projects and random edits for property tests, the same for the same seed.
#![allow(dead_code, reason = "the fuzz targets use a part of this module")]

use engine::edit::command::{
    CardPlace, Slot, add_answer, add_channel, add_flow, add_improvement, add_insight, add_journey, add_lane,
    add_metric, add_persona, add_stage, add_touchpoint, delete_records, duplicate_elements, move_touchpoints,
    rename_record, reorder_record, set_cell, set_feeling, set_field, toggle_moment,
};
use engine::edit::{Transaction, apply_all};
use engine::id::{Id, IdSource, Kind, TouchpointId};
use engine::model::choice::{ImprovementKind, InsightKind, LaneKind, MetricKind};
use engine::model::value::FieldValue;
use engine::model::{Insight, Project, Record};

const WORDS: &[&str] = &[
    "Find a flight",
    "Compare fares",
    "值机柜台",
    "Online boarding",
    "选择座位",
    "Gate",
    "Food and drink",
    "Wi-Fi",
    "Baggage claim",
    "(paid) & \"dropped\"",
    "行李提取，等待时间太长！",
    "A very long name that will not fit on any card at all",
    "",
    "x",
    "Überraschung – naïve",
    "line\nbreak",
];

/// Picks an entry of a list.
pub(crate) fn pick<'a, T>(source: &mut IdSource, list: &'a [T]) -> Option<&'a T> {
    if list.is_empty() { None } else { list.get((source.next_u64() % list.len() as u64) as usize) }
}

/// Returns a number below `limit`.
pub(crate) fn below(source: &mut IdSource, limit: u64) -> u64 {
    source.next_u64() % limit
}

fn word(source: &mut IdSource) -> &'static str {
    pick(source, WORDS).copied().unwrap_or_default()
}

/// Returns a project grown by `edits` random edits from an empty one.
pub(crate) fn random_project(seed: u64, edits: usize) -> Project {
    let mut source = IdSource::from_seed(seed);
    let mut project = Project::new_empty(&mut source);
    let (transaction, _) = add_journey(&project, "Trip", &mut source);
    apply_all(&mut project, &transaction).expect("a first journey");
    for _ in 0..edits {
        let transaction = random_edit(&project, &mut source);
        apply_all(&mut project, &transaction).expect("a command's transaction applies");
    }
    project
}

/// Returns all ids of a kind.
pub(crate) fn ids(project: &Project, kind: Kind) -> Vec<Id> {
    project.records().map(|record| record.id()).filter(|id| id.kind() == kind).collect()
}

/// Returns one random command on the project.
pub(crate) fn random_edit(project: &Project, source: &mut IdSource) -> Transaction {
    let roll = below(source, 20);
    match roll {
        0..=9 => grow(project, roll, source),
        10..=12 => attach(project, roll, source),
        _ => change(project, roll, source),
    }
    .unwrap_or_default()
}

fn grow(project: &Project, roll: u64, source: &mut IdSource) -> Option<Transaction> {
    let journey = pick(source, &ids(project, Kind::Journey)).and_then(|id| id.to_typed())?;
    let stage = pick(source, &ids(project, Kind::Stage)).and_then(|id| id.to_typed());
    let card = pick(source, &ids(project, Kind::Touchpoint)).and_then(|id| id.to_typed());
    let title = word(source);
    Some(match roll {
        0 => add_stage(project, journey, stage, title, source).0,
        1 => add_lane(project, journey, None, *pick(source, LaneKind::ALL)?, source).0,
        2 => match below(source, 4) {
            0 => add_persona(project, title, source).0,
            1 => add_channel(project, title, "globe", source).0,
            2 => add_metric(project, *pick(source, MetricKind::ALL)?, source).0,
            _ => add_journey(project, title, source).0,
        },
        3 | 4 => add_touchpoint(project, Slot::EndOf(stage?), title, source)?.0,
        5 | 6 => add_touchpoint(project, Slot::After(card?), title, source)?.0,
        7 => add_touchpoint(project, Slot::Beside(card?), title, source)?.0,
        _ => {
            let other = pick(source, &ids(project, Kind::Touchpoint)).copied()?;
            add_flow(project, Id::from(card?), other, source)?.0
        }
    })
}

fn attach(project: &Project, roll: u64, source: &mut IdSource) -> Option<Transaction> {
    let touchpoints = ids(project, Kind::Touchpoint);
    let about = pick(source, &touchpoints).copied();
    let journey = project.journey_of(about?)?.info().id;
    let title = word(source);
    Some(match roll {
        10 => add_insight(project, journey, about, *pick(source, InsightKind::ALL)?, title, source).0,
        11 => {
            let kind = *pick(source, ImprovementKind::ALL)?;
            let insight = pick(source, &ids(project, Kind::Insight)).copied();
            match (below(source, 3), pick(source, &ids(project, Kind::Improvement))) {
                (0, Some(from)) => add_answer(project, from.to_typed()?, insight?, source),
                (1, _) => add_improvement(project, insight, kind, title, source).0,
                _ => add_improvement(project, about, kind, title, source).0,
            }
        }
        _ => {
            let lane = pick(source, &ids(project, Kind::Lane)).and_then(|id| id.to_typed())?;
            let home = project.journey_of(Id::from(lane))?;
            let at: Vec<Id> = home.steps().keys().map(|id| Id::from(*id)).collect();
            set_cell(project, lane, *pick(source, &at)?, title, source)
        }
    })
}

fn change(project: &Project, roll: u64, source: &mut IdSource) -> Option<Transaction> {
    let records: Vec<Record> = project.records().collect();
    let any = pick(source, &records)?.id();
    let touchpoints = ids(project, Kind::Touchpoint);
    let card: Option<TouchpointId> = pick(source, &touchpoints).and_then(|id| id.to_typed());
    Some(match roll {
        13 => rename_record(project, any, word(source)),
        14 => {
            let persona = pick(source, &ids(project, Kind::Persona)).and_then(|id| id.to_typed())?;
            let feeling = (below(source, 401) as f64 - 200.0) / 100.0;
            set_feeling(project, card?, persona, Some(feeling))
        }
        15 => toggle_moment(project, &touchpoints[..touchpoints.len().min(2)], source),
        16 => {
            let home = project.journey_of(card?.into())?;
            let stages: Vec<_> = home.stages().keys().copied().collect();
            let lanes: Vec<_> =
                home.lanes().values().filter(|l| l.kind == LaneKind::Touchpoints).map(|l| l.id).collect();
            let lane = pick(source, &lanes).copied();
            move_touchpoints(project, &[card?], CardPlace::end_of(*pick(source, &stages)?, lane), source)
        }
        17 => {
            let same = ids(project, any.kind());
            let before = pick(source, &same).copied();
            reorder_record(project, any, before, source)
        }
        18 => duplicate_elements(project, &[card?.into()], source).0,
        _ if below(source, 3) == 0 && any.kind() != Kind::Journey => delete_records(project, &[any], source),
        _ => {
            let insights = ids(project, Kind::Insight);
            set_field(
                project,
                &insights,
                Insight::SEVERITY,
                &FieldValue::Number(1.0 + below(source, 5) as f64),
            )
        }
    })
}
