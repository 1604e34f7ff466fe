//! Tests that the fields a person fills are read back somewhere outside their editor: on the map, in a hover
//! note, a chart, a total, a text form or a check. Lists of changes do not count: they repeat any field.

use super::super::io::CanvasInput;
use super::NoteWords;
use engine::analysis::charts::{ChartChoice, ChartInput, ChartKind, build_chart, elements_with_questions};
use engine::edit::command::{add_stage, find_counterpart};
use engine::edit::{Op, apply_all, apply_op};
use engine::exchange::{ExchangeFormat, write_journey};
use engine::feedback::compare::ScoreBaseline;
use engine::feedback::overlay::{OverlayChoice, compute_overlay};
use engine::feedback::score::MetricChoice;
use engine::feedback::table::{Waves, score_rows};
use engine::i18n::{Lang, title_of};
use engine::id::{Id, IdSource, Kind};
use engine::layout::{LayoutRequest, layout_once};
use engine::model::check::find_problems;
use engine::model::choice::{
    BusinessValue, Delimiter, Direction, Existence, ImprovementKind, Initiator, InsightKind, JourneyState,
    LaneKind, MetricKind, MomentKind, PainLevel, Status, Visibility,
};
use engine::model::counts::Counts;
use engine::model::field::FieldContent;
use engine::model::value::FieldValue;
use engine::model::{Field, Project, Record, records_in_order};
use engine::store::load::load_project;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Fields that a person fills and that only their editor shows so far. One that is read back after all is
/// taken off the list. A new field does not go onto it: it gets a reader.
const OWED: &[(Kind, &[&str])] = &[
    (Kind::Project, &["description", "note"]),
    (Kind::Journey, &["evidence", "assumption"]),
    (
        Kind::Touchpoint,
        &[
            "initiator",
            "useful",
            "usable",
            "meaningful",
            "importance",
            "effort",
            "wait",
            "owner",
            "evidence",
            "assumption",
        ],
    ),
    (Kind::Insight, &["description", "level", "evidence"]),
    (Kind::Flow, &["volume", "wait", "evidence", "assumption"]),
    (Kind::Improvement, &["description", "impact", "confidence", "due", "status", "evidence"]),
    (Kind::Persona, &["description", "goals", "evidence", "assumption"]),
    (Kind::Wave, &["from", "to"]),
    (Kind::Evidence, &["date", "n", "note"]),
];

/// Fields that an import writes or the next one goes by, hashes, and the bytes of images, which the writers of
/// pictures read.
const KEPT: &[(Kind, &[&str])] = &[
    (Kind::Question, &["aliases", "words", "missing"]),
    (Kind::Batch, &["hash", "rows", "recipe", "overlapping", "first", "last", "left_out"]),
    (Kind::Recipe, &["encoding", "delimiter", "decimal_comma", "header_rows", "sheet", "columns"]),
    (Kind::Image, &["hash", "bytes"]),
];

/// A place where fields are read back to a person.
type Reader = (&'static str, fn(&Project) -> String);

const READERS: [Reader; 8] = [
    ("check", |project| {
        let found = find_problems(project).into_iter();
        let found = found.map(|problem| (problem.code, problem.element, problem.found));
        format!("{:?}", found.collect::<Vec<_>>())
    }),
    ("lists of names", |project| {
        let mut ids: Vec<Id> = vec![project.info().id.into()];
        ids.extend(project.journeys_in_order().iter().map(|journey| Id::from(journey.info().id)));
        ids.extend(records_in_order(project.improvements()).iter().map(|record| Id::from(record.id)));
        ids.extend(records_in_order(project.channels()).iter().map(|record| Id::from(record.id)));
        ids.extend(records_in_order(project.questions()).iter().map(|record| Id::from(record.id)));
        ids.extend(records_in_order(project.metrics()).iter().map(|record| Id::from(record.id)));
        ids.extend(records_in_order(project.waves()).iter().map(|record| Id::from(record.id)));
        ids.extend(records_in_order(project.evidence()).iter().map(|record| Id::from(record.id)));
        ids.extend(project.recipes().keys().map(|id| Id::from(*id)));
        let names = ids.into_iter().map(|id| (id, title_of(project, id, Lang::En)));
        format!("{:?}", names.collect::<Vec<_>>())
    }),
    ("choice of what to compare with", |project| {
        let journeys = project.journeys().keys();
        let other = journeys.map(|journey| find_counterpart(project, *journey));
        format!("{:?}", other.collect::<Vec<_>>())
    }),
    ("text form", |project| {
        let texts = project.journeys().keys().flat_map(|journey| {
            ExchangeFormat::ALL.map(|form| write_journey(form, project, *journey, Lang::En).ok().flatten())
        });
        format!("{:?}", texts.collect::<Vec<_>>())
    }),
    ("hover note", |project| {
        let notes = project.journeys().keys().flat_map(|journey| {
            let scene = layout_once(&LayoutRequest::new(project.clone(), *journey));
            let selection = BTreeSet::new();
            let input = CanvasInput::new(&scene, project, *journey, &selection);
            scene.items.iter().map(|item| NoteWords::for_item(&input, item)).collect::<Vec<_>>()
        });
        format!("{:?}", notes.collect::<Vec<_>>())
    }),
    ("map", |project| {
        let overlay = Arc::new(compute_overlay(project, &OverlayChoice::default()));
        let scenes = project.journeys().keys().map(|journey| {
            let request = LayoutRequest::for_print(project.clone(), *journey);
            layout_once(&LayoutRequest { overlay: Some(Arc::clone(&overlay)), ..request })
        });
        format!("{:?}", scenes.collect::<Vec<_>>())
    }),
    ("scores", |project| {
        let choice = OverlayChoice { against: Some(ScoreBaseline::Belief), ..OverlayChoice::default() };
        let rows = score_rows(project, MetricChoice::Own, Waves::EachAndSum);
        format!("{:?} {rows:?}", compute_overlay(project, &choice))
    }),
    ("chart", |project| {
        let mut charts = Vec::new();
        for (journey, kind) in project.journeys().keys().flat_map(|id| ChartKind::ALL.map(|kind| (*id, kind)))
        {
            let choice = ChartChoice { kind, ..ChartChoice::default() };
            let shown = OverlayChoice::default();
            for target in elements_with_questions(project, journey) {
                let target = Some(target);
                let input =
                    ChartInput { project, journey, target, shown: &shown, choice: &choice, lang: Lang::En };
                charts.push(build_chart(&input));
            }
        }
        format!("{charts:?}")
    }),
];

/// Returns values of a field, such as a person could enter, other than the one that the record has.
fn other_values(project: &Project, record: &Record, field: Field) -> Vec<FieldValue> {
    let numbers = |numbers: &[f64]| numbers.iter().copied().map(FieldValue::Number).collect::<Vec<_>>();
    let texts =
        |texts: &[&str]| texts.iter().map(|text| FieldValue::Text((*text).to_owned())).collect::<Vec<_>>();
    let ids = |kinds: &[Kind]| {
        let all = project.records().map(|other| other.id()).filter(|id| kinds.contains(&id.kind()));
        all.map(FieldValue::Id).collect::<Vec<_>>()
    };
    let mut parts = match field.words.content {
        FieldContent::Flag => vec![FieldValue::Flag(true), FieldValue::Flag(false)],
        FieldContent::Number => numbers(&[0.0, 0.25, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 40.0]),
        FieldContent::Text => texts(&["Another text", "globe", "pain"]),
        FieldContent::Day => texts(&["2026-03-04"]),
        FieldContent::OrderKey => texts(&["1", "zz"]),
        FieldContent::Choice(_) => texts(&choice_names()),
        FieldContent::Reference(kinds) => ids(kinds),
        FieldContent::Counts | FieldContent::Bytes | FieldContent::Rules => Vec::new(),
    };
    if let Some(range) = &field.range {
        parts.retain(|part| part.collect_numbers().iter().all(|number| range.contains(number)));
    }
    let number = FieldValue::Number(1.0);
    let list = |part: &FieldValue| FieldValue::List(vec![part.clone()]);
    let set = |part: &FieldValue| FieldValue::Set([part.clone()].into());
    let map = |part: &FieldValue| FieldValue::Map([(part.clone(), number.clone())].into());
    let makers: [&dyn Fn(&FieldValue) -> FieldValue; 4] = [&FieldValue::clone, &list, &set, &map];
    let mut values: Vec<FieldValue> = makers.iter().flat_map(|make| parts.iter().map(make)).collect();
    values.extend([FieldValue::Nothing, FieldValue::List(Vec::new()), FieldValue::Set(BTreeSet::new())]);
    values.push(FieldValue::Map(BTreeMap::new()));
    values.extend(changed_bytes(record, field));
    values.retain(|value| {
        record.get(field).as_ref() != Some(value) && record.with_field(field, value).is_some()
    });
    values
}

/// Returns counts with one answer more, or a picture with other bytes.
fn changed_bytes(record: &Record, field: Field) -> Option<FieldValue> {
    match record.get(field)? {
        FieldValue::Counts(counts) => {
            let mut counts = Counts::clone(&counts);
            for histogram in counts.histograms.values_mut() {
                histogram.answers.values_mut().for_each(|n| *n += 1);
            }
            Some(FieldValue::Counts(Arc::new(counts)))
        }
        FieldValue::Bytes(bytes) => Some(FieldValue::Bytes(bytes.iter().rev().copied().collect())),
        _ => None,
    }
}

fn choice_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = BusinessValue::ALL.iter().map(|choice| choice.name()).collect();
    names.extend(Delimiter::ALL.iter().map(|choice| choice.name()));
    names.extend(Direction::ALL.iter().map(|choice| choice.name()));
    names.extend(Existence::ALL.iter().map(|choice| choice.name()));
    names.extend(ImprovementKind::ALL.iter().map(|choice| choice.name()));
    names.extend(Initiator::ALL.iter().map(|choice| choice.name()));
    names.extend(InsightKind::ALL.iter().map(|choice| choice.name()));
    names.extend(JourneyState::ALL.iter().map(|choice| choice.name()));
    names.extend(LaneKind::ALL.iter().map(|choice| choice.name()));
    names.extend(MetricKind::ALL.iter().map(|choice| choice.name()));
    names.extend(MomentKind::ALL.iter().map(|choice| choice.name()));
    names.extend(PainLevel::ALL.iter().map(|choice| choice.name()));
    names.extend(Status::ALL.iter().map(|choice| choice.name()));
    names.extend(Visibility::ALL.iter().map(|choice| choice.name()));
    names
}

/// The projects in which fields are changed, each with the output of all readers.
fn projects() -> Vec<(Project, Vec<String>)> {
    let files: [&[u8]; 2] =
        [include_bytes!("../../tests/data/v1/everything.ron"), include_bytes!("../../templates/airline.ron")];
    let mut loaded = files.map(|file| load_project(file).expect("it opens").project);
    add_siblings(&mut loaded[0]);
    let output = |project: &Project| READERS.iter().map(|(_, read)| read(project)).collect();
    loaded.into_iter().map(|project| (project.clone(), output(&project))).collect()
}

/// Adds a stage with a column, and a second record of each kind that has an order or a place, so that another
/// order or place makes a difference.
fn add_siblings(project: &mut Project) {
    let source = &mut IdSource::from_seed(4);
    let journey = project.journeys_in_order()[0].info().id;
    let (made, _) = add_stage(project, journey, None, "Another stage", source);
    apply_all(project, &made).expect("a stage");
    let kinds = [Kind::Picture, Kind::Improvement, Kind::Channel, Kind::Question, Kind::Metric, Kind::Wave];
    for kind in kinds.into_iter().chain([Kind::Evidence, Kind::Image, Kind::Step]) {
        let first = project.records().find(|record| record.id().kind() == kind).expect("one of each kind");
        let copy = first.with_id(Id::new(kind, source)).expect("an id of the kind");
        apply_op(project, &Op::Insert(copy)).expect("it is new");
    }
}

/// Returns the first reader that a change of the field shows in, whatever the record and value.
fn find_reader(projects: &[(Project, Vec<String>)], field: Field) -> Option<&'static str> {
    // As many records as can matter: those of the airline template are all alike.
    let records = |project: &Project, most: usize| {
        let own = project.records().filter(|record| record.id().kind() == field.kind);
        own.take(most).collect::<Vec<Record>>()
    };
    projects.iter().zip([6, 1]).find_map(|((project, said), most)| {
        records(project, most).into_iter().find_map(|record| {
            let values = other_values(project, &record, field).into_iter().take(12);
            values.into_iter().find_map(|value| {
                let mut changed = project.clone();
                apply_op(&mut changed, &Op::set_field(&record, field, value)?).ok()?;
                let mut readers = READERS.iter().zip(said);
                readers.find(|((_, read), said)| read(&changed) != **said).map(|((name, _), _)| *name)
            })
        })
    })
}

/// Returns all fields of all records.
fn all_fields() -> Vec<Field> {
    let file = include_bytes!("../../tests/data/v1/everything.ron");
    let project = load_project(file).expect("it opens").project;
    let records: BTreeMap<Kind, Record> =
        project.records().map(|record| (record.id().kind(), record)).collect();
    assert_eq!(records.len(), Kind::ALL.len(), "the file has a record of each kind");
    records.values().flat_map(|record| record.fields().iter().copied()).collect()
}

#[test]
fn every_field_is_read_back_or_owed() {
    let projects = projects();
    let listed = |lists: &[(Kind, &[&str])], field: Field| {
        lists.iter().any(|(kind, names)| *kind == field.kind && names.contains(&field.name))
    };
    let mut wrong = Vec::new();
    for field in all_fields().into_iter().filter(|field| !field.is_home_journey()) {
        let reader = find_reader(&projects, field);
        let is_excused = listed(OWED, field) || listed(KEPT, field);
        match reader {
            Some(reader) if is_excused => {
                wrong.push(format!("{:?} {field}: the {reader} reads it", field.kind));
            }
            None if !is_excused => wrong.push(format!("{:?} {field}: nothing reads it back", field.kind)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
