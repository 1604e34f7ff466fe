//! Tests laws of merging: symmetric, idempotent, sound, and no edit of either side is lost without a
//! conflict.
//!
//! `DESIRELINE_TRIPLES=1000000 cargo test --test all merge_laws` tries as many triples of versions.

use crate::common;

use common::{below, ids, pick, random_edit, random_project};
use engine::edit::command::{
    CardPlace, Slot, add_flow, add_insight, add_lane, add_persona, add_stage, add_touchpoint, delete_records,
    move_touchpoints, new_project, rename_record, reorder_record, set_cell, set_feeling, set_field, speak_of,
};
use engine::edit::{
    Conflict, Merged, Op, Transaction, apply_all, diff_projects, merge_versions, resolve_conflict,
};
use engine::id::{Id, IdSource, ImageId, JourneyId, Kind, PictureId, QuestionId};
use engine::model::check::{Severity, find_problems};
use engine::model::choice::{InsightKind, LaneKind};
use engine::model::value::FieldValue;
use engine::model::{Field, Flow, Image, Picture, Project, Question, Record, Step, Touchpoint};
use engine::order::OrderKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Default number of triples tried.
const TRIPLES: u64 = 300;

fn with(project: &Project, transaction: &Transaction) -> Project {
    let mut project = project.clone();
    apply_all(&mut project, transaction).expect("a command's transaction applies");
    project
}

/// Returns a side's version: random edits, many of them near each other.
fn edited(base: &Project, seed: u64, edits: u64) -> Project {
    let mut source = IdSource::from_seed(seed);
    let mut project = base.clone();
    for _ in 0..edits {
        let transaction = match below(&mut source, 4) {
            0 | 1 => field_edit(&project, &mut source),
            2 => structural(&project, &mut source),
            _ => random_edit(&project, &mut source),
        };
        project = with(&project, &transaction);
    }
    project
}

/// Sets any field of a record to a new value, or to that of another record of its kind. An eighth of the
/// records gets all of these, so that the sides conflict.
fn field_edit(project: &Project, source: &mut IdSource) -> Transaction {
    let records: Vec<Record> = project.records().filter(|record| record.id().bits() % 8 == 0).collect();
    let Some(record) = pick(source, &records) else { return Transaction::default() };
    let Some(field) = pick(source, record.fields()).copied() else { return Transaction::default() };
    if matches!(field.name, "journey" | "from" | "to" | "stage" | "step" | "lane" | "at") {
        return Transaction::default();
    }
    let same = project.records().filter(|other| other.id().kind() == record.id().kind());
    let values: Vec<FieldValue> = same.filter_map(|other| other.get(field)).collect();
    let value = match (record.get(field), pick(source, &values).cloned(), below(source, 3)) {
        (Some(FieldValue::Flag(flag)), ..) => FieldValue::Flag(!flag),
        (Some(FieldValue::Text(_)), _, 0 | 1) if !field.is_order_key() => {
            FieldValue::Text(below(source, 9).to_string())
        }
        (Some(FieldValue::Nothing), Some(FieldValue::Nothing), _) => {
            FieldValue::Number(below(source, 4) as f64)
        }
        (Some(FieldValue::Map(mut map)), Some(FieldValue::Map(more)), _) => {
            map.extend(more.into_iter().filter(|_| below(source, 2) == 0));
            map.retain(|_, _| below(source, 3) > 0);
            FieldValue::Map(map)
        }
        (_, value, _) => value.unwrap_or(FieldValue::Nothing),
    };
    set_field(project, &[record.id()], field, &value)
}

fn structural(project: &Project, source: &mut IdSource) -> Transaction {
    let any = |kind: Kind, source: &mut IdSource| pick(source, &ids(project, kind)).copied();
    let stage = any(Kind::Stage, source);
    let card = any(Kind::Touchpoint, source);
    match (below(source, 5), stage, card, any(Kind::Insight, source)) {
        (0, Some(stage), ..) => delete_records(project, &[stage], source),
        (1, _, Some(card), Some(insight)) => {
            speak_of(project, &[insight], card, below(source, 2) == 0, source)
        }
        (2, Some(stage), ..) => {
            let other = any(Kind::Stage, source);
            reorder_record(project, stage, other, source)
        }
        (3, ..) => {
            any(Kind::Lane, source).map(|lane| delete_records(project, &[lane], source)).unwrap_or_default()
        }
        (_, _, Some(card), _) => delete_records(project, &[card], source),
        _ => Transaction::default(),
    }
}

fn errors(project: &Project) -> BTreeSet<String> {
    let found = find_problems(project).into_iter().filter(|problem| problem.severity == Severity::Error);
    found.map(|problem| format!("{problem:?}")).collect()
}

/// Returns a side's edits that are neither in the merged version nor reported as conflicts.
fn lost(base: &Project, side: &Project, merged: &Merged) -> Vec<String> {
    let result: BTreeMap<Id, Record> = merged.project.records().map(|record| (record.id(), record)).collect();
    let told = |id: Id, field: Field, value: &FieldValue| {
        merged.conflicts.iter().any(|conflict| match conflict {
            Conflict::Value { id: at, choices } => {
                *at == id
                    && choices.iter().any(|choice| {
                        choice.field == field
                            && (choice.entry != FieldValue::Nothing || choice.dropped == *value)
                    })
            }
            _ => false,
        })
    };
    let stands = |id: Id| {
        merged.conflicts.iter().any(|conflict| {
            matches!(conflict, Conflict::EditBeatsDelete(at) | Conflict::BroughtBack(at) if *at == id)
        })
    };
    let twin = |record: &Record| {
        let sign = |record: &Record| match record {
            Record::Flow(flow) => Some((flow.from.to_string(), flow.to.to_string())),
            Record::About(about) => Some((about.from.to_string(), about.to.to_string())),
            Record::Answer(answer) => Some((answer.from.to_string(), answer.to.to_string())),
            Record::Cell(cell) => Some((cell.lane.to_string(), cell.at.to_string())),
            _ => None,
        };
        let own = sign(record);
        let same = |other: &&Record| other.id().kind() == record.id().kind() && sign(other) == own;
        own.is_some() && result.values().any(|other| same(&other))
    };
    let is_lost = |op: &&Op| match op {
        Op::Insert(record) => !result.contains_key(&record.id()) && !twin(record),
        Op::Remove(record) => result.contains_key(&record.id()) && !stands(record.id()),
        Op::Set { id, field, from, to } => {
            let now = result.get(id).and_then(|record| record.get(field));
            now.as_ref() != Some(to)
                && !told(*id, *field, to)
                && !now.is_some_and(|now| holds(&now, from, to))
        }
    };
    diff_projects(base, side).ops.iter().filter(is_lost).map(|op| format!("{op:?}")).collect()
}

/// True if a collection has every added entry and none of the removed ones.
fn holds(now: &FieldValue, from: &FieldValue, to: &FieldValue) -> bool {
    match (now, from, to) {
        (FieldValue::Set(now), FieldValue::Set(from), FieldValue::Set(to)) => {
            to.difference(from).all(|v| now.contains(v)) && from.difference(to).all(|v| !now.contains(v))
        }
        (FieldValue::List(now), FieldValue::List(from), FieldValue::List(to)) => {
            let added = to.iter().filter(|v| !from.contains(v)).all(|v| now.contains(v));
            let removed = from.iter().filter(|v| !to.contains(v)).all(|v| !now.contains(v));
            added && removed
        }
        (FieldValue::Map(now), FieldValue::Map(from), FieldValue::Map(to)) => {
            let keys: BTreeSet<_> = from.keys().chain(to.keys()).collect();
            keys.into_iter().filter(|key| from.get(key) != to.get(key)).all(|key| now.get(key) == to.get(key))
        }
        _ => false,
    }
}

/// Tests the laws on one triple; returns its conflicts.
fn triple(seed: u64) -> Vec<Conflict> {
    let mut source = IdSource::from_seed(seed);
    let base = edited(&random_project(seed, 6 + below(&mut source, 34) as usize), seed ^ 9, 6);
    let few = 1 + below(&mut source, 4);
    let many = 1 + below(&mut source, 14);
    let a = edited(&base, seed ^ 3, few);
    let b = edited(&base, seed ^ 4, many);
    let ab = merge_versions(&base, &a, &b);
    let ba = merge_versions(&base, &b, &a);
    assert_eq!(ab.project, ba.project, "{seed}: symmetric");
    assert_eq!(ab.conflicts, ba.conflicts, "{seed}: symmetric conflicts");
    let new: Vec<String> = errors(&ab.project)
        .into_iter()
        .filter(|e| !errors(&a).contains(e) && !errors(&b).contains(e))
        .collect();
    assert_eq!(new, Vec::<String>::new(), "{seed}: sound");
    for side in [&a, &b] {
        assert_eq!(lost(&base, side, &ab), Vec::<String>::new(), "{seed}: nothing lost\n{:?}", ab.conflicts);
        assert_eq!(merge_versions(&base, &ab.project, side).project, ab.project, "{seed}: merged again");
        for (ours, theirs) in [(side, &base), (&base, side), (side, side)] {
            let alone = merge_versions(&base, ours, theirs);
            assert_eq!((&alone.project, alone.conflicts), (side, Vec::new()), "{seed}: one side alone");
        }
    }
    for conflict in &ab.conflicts {
        let other = resolve_conflict(&ab.project, conflict, [&a, &b], &mut source);
        let decided = with(&ab.project, &other);
        let known = [&ab.project, &a, &b].map(errors);
        let worse: Vec<String> =
            errors(&decided).into_iter().filter(|e| known.iter().all(|known| !known.contains(e))).collect();
        assert_eq!(worse, Vec::<String>::new(), "{seed}: decided {conflict:?}");
        assert_eq!(with(&decided, &other.to_inverse()), ab.project, "{seed}: undone {conflict:?}");
    }
    ab.conflicts
}

/// Returns the name of a conflict's kind.
fn kind(conflict: &Conflict) -> &'static str {
    match conflict {
        Conflict::Value { .. } => "value",
        Conflict::EditBeatsDelete(_) => "edit beats delete",
        Conflict::BroughtBack(_) => "brought back",
        Conflict::SameImport { .. } => "same import",
        Conflict::Doubt(_) => "doubt",
    }
}

#[test]
fn random_triples_keep_the_laws() {
    let count =
        std::env::var("DESIRELINE_TRIPLES").ok().and_then(|count| count.parse().ok()).unwrap_or(TRIPLES);
    let start = Instant::now();
    let next = AtomicU64::new(0);
    let kinds = Mutex::new(BTreeMap::<&str, u64>::new());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= count {
                return;
            }
            let conflicts = triple(seed);
            let mut kinds = kinds.lock().expect("no thread failed");
            for conflict in &conflicts {
                *kinds.entry(kind(conflict)).or_default() += 1;
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    let kinds = kinds.into_inner().expect("no thread failed");
    println!("{count} triples in {:?}, conflicts: {kinds:?}", start.elapsed());
    assert!(kinds.len() >= 3, "the triples meet in every way: {kinds:?}");
}

/// A journey with two stages of two cards each, and a flow from each card to the next.
struct Small {
    project: Project,
    stages: Vec<Id>,
    cards: Vec<Id>,
    source: IdSource,
}

impl Small {
    fn new() -> Self {
        let mut source = IdSource::from_seed(21);
        let mut small =
            Self { project: new_project("Trip", &mut source), stages: Vec::new(), cards: Vec::new(), source };
        let journey = *small.project.journeys().keys().next().expect("a journey");
        for title in ["Plan", "Fly"] {
            let (made, stage) = add_stage(&small.project, journey, None, title, &mut small.source);
            small.project = with(&small.project, &made);
            small.stages.push(stage.into());
            for title in ["One", "Two"] {
                let slot = Slot::EndOf(stage);
                let made = add_touchpoint(&small.project, slot, title, &mut small.source).expect("a slot");
                small.project = with(&small.project, &made.0);
                small.cards.push(made.1.into());
            }
        }
        small
    }

    fn journey(&self) -> JourneyId {
        *self.project.journeys().keys().next().expect("a journey")
    }

    /// Returns a version after one edit.
    fn side(&mut self, edit: impl FnOnce(&Project, &mut IdSource) -> Transaction) -> Project {
        let transaction = edit(&self.project, &mut self.source);
        assert!(!transaction.is_empty(), "the edit changes something");
        with(&self.project, &transaction)
    }

    /// Merges both ways round, and asserts that the results are equal.
    fn merge(&self, one: &Project, other: &Project) -> Merged {
        let there = merge_versions(&self.project, one, other);
        let back = merge_versions(&self.project, other, one);
        assert_eq!((&there.project, &there.conflicts), (&back.project, &back.conflicts));
        assert_eq!(errors(&there.project), BTreeSet::new());
        there
    }
}

#[test]
fn a_stage_deleted_here_and_filled_there_is_back() {
    let mut small = Small::new();
    let stage = small.stages[1];
    let cards = small.cards.clone();
    let deleted = small.side(|project, source| delete_records(project, &[stage], source));
    let filled = small.side(|project, source| {
        add_touchpoint(project, Slot::EndOf(stage.to_typed().unwrap()), "New", source).unwrap().0
    });
    let merged = small.merge(&deleted, &filled);
    assert_eq!(merged.conflicts.first(), Some(&Conflict::BroughtBack(stage)));
    assert!(merged.project.record(cards[2]).is_none(), "what nobody touched stays deleted");
    let undone = resolve_conflict(
        &merged.project,
        &Conflict::BroughtBack(stage),
        [&deleted, &filled],
        &mut small.source,
    );
    assert_eq!(with(&merged.project, &undone), deleted);

    let renamed = small.side(|project, _| rename_record(project, cards[2], "Renamed"));
    let merged = small.merge(&deleted, &renamed);
    assert!(merged.conflicts.contains(&Conflict::EditBeatsDelete(cards[2])), "{:?}", merged.conflicts);
    assert!(merged.project.record(stage).is_some());
    let flows = merged.project.journey(small.journey()).unwrap().flows_from(cards[1]).len();
    assert_eq!(flows, 1, "the flow to the card stands again with it");
}

#[test]
fn a_pain_edited_here_is_not_lost_with_its_card_there() {
    let mut small = Small::new();
    let card = small.cards[0];
    let journey = small.journey();
    let (made, pain) =
        add_insight(&small.project, journey, Some(card), InsightKind::Pain, "Slow", &mut small.source);
    small.project = with(&small.project, &made);
    let deleted = small.side(|project, source| delete_records(project, &[card], source));
    let edited = small.side(|project, _| rename_record(project, pain.into(), "Very slow"));
    let merged = small.merge(&deleted, &edited);
    assert_eq!(merged.project.journey(journey).unwrap().speaks_of(pain.into()), [card]);
    let doubts = merged.conflicts.iter().filter(|conflict| kind(conflict) == "doubt").count();
    assert_eq!(doubts, 0, "it can be seen");
}

#[test]
fn two_moves_of_one_card_are_one_conflict_and_moves_of_two_are_none() {
    let mut small = Small::new();
    let cards = small.cards.clone();
    let stages = small.stages.clone();
    let moved = |card: Id, stage: Id| {
        let spot = CardPlace::end_of(stage.to_typed().unwrap(), None);
        move |project: &Project, source: &mut IdSource| {
            move_touchpoints(project, &[card.to_typed().unwrap()], spot, source)
        }
    };
    let there = small.side(moved(cards[0], stages[1]));
    let other = small.side(moved(cards[3], stages[0]));
    assert_eq!(small.merge(&there, &other).conflicts, []);
    let here = small.side(moved(cards[0], stages[0]));
    let merged = small.merge(&there, &here);
    let [conflict @ Conflict::Value { id, choices }] = merged.conflicts.as_slice() else {
        panic!("one decision: {:?}", merged.conflicts)
    };
    let fields: Vec<_> = choices.iter().map(|choice| choice.field.name).collect();
    assert_eq!((id.kind(), fields), (Kind::Step, vec!["stage", "key"]), "a card alone moves with its column");
    let other = resolve_conflict(&merged.project, conflict, [&there, &here], &mut small.source);
    let decided = with(&merged.project, &other);
    let place = |project: &Project| {
        let record = project.record(*id).unwrap();
        (record.get(Step::STAGE), record.get(Step::KEY))
    };
    let places: Vec<_> = [&merged.project, &decided].into_iter().map(place).collect();
    assert!(places.contains(&place(&there)) && places.contains(&place(&here)), "each side's whole place");
}

#[test]
fn what_both_add_alike_becomes_one() {
    let mut small = Small::new();
    let cards = small.cards.clone();
    let journey = small.journey();
    let mut joined = |share: Option<f64>, condition: &str| {
        small.side(|project, source| {
            let (made, flow) = add_flow(project, cards[3], cards[0], source).unwrap();
            let joined = with(project, &made);
            let said = rename_record(&joined, flow.into(), condition);
            let share = share.map_or(FieldValue::Nothing, FieldValue::Number);
            made.chain_with(said).chain_with(set_field(&joined, &[flow.into()], Flow::SHARE, &share))
        })
    };
    let one = joined(Some(0.5), "");
    let other = joined(None, "again");
    let merged = small.merge(&one, &other);
    assert_eq!(merged.conflicts, []);
    let flows = merged.project.journey(journey).unwrap().flows_from(cards[3]);
    let said: Vec<_> = flows.iter().map(|flow| (flow.share, flow.condition.as_str())).collect();
    assert_eq!(said, [(Some(0.5), "again")]);

    let (made, lane) = add_lane(&small.project, journey, None, LaneKind::Doing, &mut small.source);
    small.project = with(&small.project, &made);
    let at = small.stages[0];
    let mut said = |text: &str| small.side(|project, source| set_cell(project, lane, at, text, source));
    let one = said("Search");
    let other = said("Compare");
    let merged = small.merge(&one, &other);
    assert_eq!(merged.project.journey(journey).unwrap().cells().len(), 1);
    assert_eq!(merged.conflicts.len(), 1, "two texts in one place: {:?}", merged.conflicts);
}

#[test]
fn one_image_added_twice_is_kept_once() {
    let mut small = Small::new();
    let stage = small.stages[0];
    let journey = small.journey();
    let mut placed = || {
        small.side(|_, source| {
            let image = Image::new(ImageId::new(source), "abc".into(), 4, 3, vec![1, 2, 3].into());
            let key = OrderKey::new_after(None, source);
            let picture = Picture::new(PictureId::new(source), journey, stage, key, image.id);
            Transaction::new(vec![Op::Insert(image.into()), Op::Insert(picture.into())])
        })
    };
    let one = placed();
    let other = placed();
    let merged = small.merge(&one, &other);
    let pictures = merged.project.journey(journey).unwrap().pictures();
    assert_eq!((merged.project.images().len(), pictures.len()), (1, 2));
    assert_eq!(merged.conflicts, []);
}

#[test]
fn a_feeling_set_here_for_a_persona_deleted_there_keeps_both() {
    let mut small = Small::new();
    let (made, persona) = add_persona(&small.project, "Ann", &mut small.source);
    small.project = with(&small.project, &made);
    let card = small.cards[0].to_typed().unwrap();
    small.project = small.side(|project, _| set_feeling(project, card, persona, Some(1.0)));
    let deleted = small.side(|project, source| delete_records(project, &[persona.into()], source));
    let felt = small.side(|project, _| set_feeling(project, card, persona, Some(-1.0)));
    let merged = small.merge(&deleted, &felt);
    assert!(merged.project.record(persona.into()).is_some());
    let felt = merged.project.record(card.into()).and_then(|record| record.get(Touchpoint::FEELINGS));
    let entry = (FieldValue::Id(persona.into()), FieldValue::Number(-1.0));
    assert_eq!(felt, Some(FieldValue::Map([entry].into())));
    assert!(merged.conflicts.contains(&Conflict::BroughtBack(persona.into())), "{:?}", merged.conflicts);
}

#[test]
fn scales_fit_and_flows_may_run_in_circles() {
    let mut small = Small::new();
    let cards = small.cards.clone();
    let there = small.side(|project, source| add_flow(project, cards[3], cards[0], source).unwrap().0);
    let back = small.side(|project, source| add_flow(project, cards[1], cards[0], source).unwrap().0);
    let merged = small.merge(&there, &back);
    assert_eq!((merged.conflicts.len(), merged.project.journeys()[&small.journey()].flows().len()), (0, 5));
    let mut question =
        Question::new(QuestionId::new(&mut small.source), OrderKey::new_after(None, &mut small.source));
    question.low = 1.0;
    question.high = 10.0;
    let id = question.id.into();
    small.project = small.side(|_, _| Transaction::new(vec![Op::Insert(question.into())]));
    let low = small.side(|project, _| set_field(project, &[id], Question::LOW, &FieldValue::Number(8.0)));
    let high = small.side(|project, _| set_field(project, &[id], Question::HIGH, &FieldValue::Number(5.0)));
    assert_eq!(small.merge(&low, &high).conflicts.len(), 1, "one scale or the other");
}
