//! Tests the differences between two versions: in words, grouped in the order of the map, and marked on it.

use crate::common::airline;
use crate::common::changed;

use changed::{changed, named};
use engine::analysis::changes::{
    ChangeKind, ChangeLine, ChangeSection, Compared, as_version_of, compare_versions, conflict_words,
    describe_changes, keep_single_journey,
};
use engine::edit::command::{
    CardPlace, add_journey, delete_records, move_touchpoints, reorder_record, set_field,
};
use engine::edit::{Merged, Op, Transaction, apply_all, merge_versions};
use engine::i18n::Lang;
use engine::id::{Id, IdSource, JourneyId, Kind, PersonaId};
use engine::layout::{LayoutRequest, layout_once};
use engine::model::counts::{Answer, Counts};
use engine::model::value::{Atom, FieldValue};
use engine::model::{Batch, Field, Persona, Project, Record, Touchpoint};
use engine::scene::{Rect, Scene, ScenePart, pt};
use engine::theme::ThemeId;
use std::collections::BTreeMap;
use std::sync::Arc;

fn lines(sections: &[ChangeSection]) -> Vec<String> {
    let each = sections.iter().flat_map(|section| {
        let line = |line: &ChangeLine| {
            format!("{} | {} | {} | {}", section.stage, line.kind.name(), line.subject, line.text)
        };
        section.lines.iter().map(line).collect::<Vec<_>>()
    });
    each.collect()
}

#[test]
fn each_kind_of_change_is_told_once_in_the_order_of_the_map() {
    let old = airline::template("airline.ron");
    let new = changed(&old);
    let told = lines(&describe_changes(&old, &new, Lang::En));
    assert_eq!(
        told,
        [
            "Book and pay | reworded | Stage “Book and pay” | Title: “Book” → “Book and pay”",
            "Airport | reworded | Touchpoint “Boarding by phone” | Title: “Online boarding” → “Boarding by phone”",
            "Airport | relinked | Flow “Check-in desk → Gate” | removed",
            "Airport | rescored | Touchpoint “Gate” | Feeling Mei, flies for work: −0.30 → +1.50",
            "Airport | relinked | Flow “Gate → Clean cabin” | removed",
            "Airport | added | Touchpoint “Lounge” | ",
            "On board | rescored | Touchpoint “Seat comfort” | Importance: 5 → 1",
            "On board | changed | Touchpoint “Seat comfort” | Owner: “Cabin design” → “Cabin team”",
            "On board | relinked | Pain point “Knees against the seat in front” | now about Seat comfort",
            "On board | relinked | Flow “In-flight service → Baggage claim” | new",
            "On board | removed | Touchpoint “In-flight Wi-Fi” | ",
            "On board | removed | Pain point “Paid for, and it drops out” | ",
            "On board | removed | Quote “Nine euros for a spinning wheel.” | ",
            "Arrive | relinked | Flow “Baggage claim → Gate” | new",
            "Arrive | added | Gain “A text says which belt” | ",
            "Arrive | moved | Touchpoint “Check-in desk” | from stage Airport to Arrive",
            " | relinked | Survey question “Inflight wifi service” | About: In-flight Wi-Fi → Not set",
        ]
    );
    assert_eq!(describe_changes(&old, &old, Lang::En), []);
    let chinese = lines(&describe_changes(&old, &new, Lang::ZhCn));
    assert_eq!(chinese.len(), told.len());
    assert!(chinese.iter().any(|line| line.contains("从阶段Airport移到Arrive")), "{chinese:?}");
}

#[test]
fn answers_that_came_in_are_told_at_what_they_are_about() {
    let old = airline::template("airline.ron");
    let new = airline::imported();
    let gate = named(&old, Kind::Touchpoint, "Gate");
    let all = describe_changes(&old, &new, Lang::En);
    let line = all.iter().flat_map(|section| &section.lines).find(|line| line.element == gate).unwrap();
    assert_eq!(line.kind, ChangeKind::Rescored);
    assert!(line.text.starts_with("Answers: 0 → "), "{}", line.text);
}

#[test]
fn as_many_other_answers_are_told_too() {
    let old = airline::imported();
    let gate = named(&old, Kind::Touchpoint, "Gate");
    let asked = old.questions().values().find(|question| question.target == Some(gate)).unwrap().id;
    let mut batch = Batch::clone(old.batches().values().next().unwrap());
    let before = Record::from(batch.clone());
    let mut counts = Counts::clone(&batch.counts);
    let own =
        counts.histograms.iter_mut().filter(|(key, _)| key.question == asked && key.segment.is_everyone());
    for (_, histogram) in own {
        let [five, four] = [5.0, 4.0].map(|number| Answer::new(number).unwrap());
        *histogram.answers.get_mut(&five).unwrap() -= 1;
        *histogram.answers.get_mut(&four).unwrap() += 1;
    }
    batch.counts = Arc::new(counts);
    let mut new = old.clone();
    let ops = vec![Op::Remove(before), Op::Insert(Record::from(batch))];
    apply_all(&mut new, &Transaction::new(ops)).unwrap();
    let told = describe_changes(&old, &new, Lang::En);
    let line = told.iter().flat_map(|section| &section.lines).find(|line| line.element == gate).unwrap();
    assert!(line.text.ends_with(", but with different content"), "{}", line.text);
}

/// Returns the project with fields of records set.
fn set(project: &Project, fields: &[(Id, Field, FieldValue)]) -> Project {
    let mut changed = project.clone();
    for (id, field, value) in fields {
        apply_all(&mut changed, &set_field(project, &[*id], field, value)).unwrap();
    }
    changed
}

#[test]
fn what_differs_is_seen_where_names_or_beginnings_are_the_same() {
    let trip = airline::template("airline.ron");
    let gate = named(&trip, Kind::Touchpoint, "Gate");
    let desk = named(&trip, Kind::Touchpoint, "Check-in desk");
    let text = |text: String| FieldValue::Text(text);
    let long = "The queue moves on. ".repeat(20);
    let mei = |id: &PersonaId| (Id::from(*id), Persona::NAME.field(), text("Mei".to_owned()));
    let named: Vec<_> = trip.personas().keys().map(mei).collect();
    let trip = set(&trip, &named);
    let felt = |feeling: f64| {
        let all = trip.personas().keys().map(|id| (id.to_value(), FieldValue::Number(feeling)));
        FieldValue::Map(all.collect())
    };
    let old = [
        (gate, Touchpoint::DESCRIPTION.field(), text(format!("{long}Slowly"))),
        (desk, Touchpoint::FEELINGS.field(), felt(1.0)),
    ];
    let new = [
        (gate, Touchpoint::DESCRIPTION.field(), text(format!("{long}Fast"))),
        (desk, Touchpoint::FEELINGS.field(), felt(0.5)),
    ];
    let told = lines(&describe_changes(&set(&trip, &old), &set(&trip, &new), Lang::En));
    let [first, second] = told.as_slice() else { panic!("{told:?}") };
    let ids: Vec<String> =
        trip.personas().keys().map(|id| format!("Feeling Mei ({id}): +1.00 → +0.50")).collect();
    assert!(ids.len() > 1 && ids.iter().all(|id| first.contains(id)), "{first}");
    assert!(second.contains("on. Slowly” → “…") && second.ends_with("on. Fast”"), "{second}");
}

#[test]
fn the_sides_of_a_conflict_never_read_the_same() {
    let trip = airline::template("airline.ron");
    let gate = named(&trip, Kind::Touchpoint, "Gate");
    let [first, last] = ["Book", "Arrive"].map(|title| named(&trip, Kind::Stage, title));
    let moved = |stage: Id, seed| {
        let spot = CardPlace::end_of(stage.to_typed().unwrap(), None);
        move_touchpoints(&trip, &[gate.to_typed().unwrap()], spot, &mut IdSource::from_seed(seed))
    };
    let put_first = |seed| reorder_record(&trip, last, Some(first), &mut IdSource::from_seed(seed));
    for [ours, theirs] in [[moved(first, 1), moved(last, 2)], [put_first(1), put_first(2)]] {
        let [ours, theirs] = [ours, theirs].map(|edit| {
            let mut side = trip.clone();
            apply_all(&mut side, &edit).unwrap();
            side
        });
        let Merged { project, conflicts } = merge_versions(&trip, &ours, &theirs);
        assert_eq!(conflicts.len(), 1, "{conflicts:?}");
        let words = conflict_words(&project, &conflicts[0], [&ours, &theirs], Lang::En);
        assert_ne!(words.kept, words.other);
        assert!(!format!("{words:?}").contains("Untitled"), "{words:?}");
    }
}

#[test]
fn two_journeys_are_compared_by_name() {
    let mut source = IdSource::from_seed(5);
    let mut project = airline::template("airline.ron");
    let as_is = project.journeys_in_order()[0].info().id;
    let (made, to_be) = add_journey(&project, "Trip to be", &mut source);
    apply_all(&mut project, &made).unwrap();
    let copied = copy_journey(&project, as_is, to_be, &mut source);
    apply_all(&mut project, &copied).unwrap();
    let old = as_version_of(&project, as_is, to_be).unwrap();
    let new = keep_single_journey(&project, to_be).unwrap();
    let kinds = |new: &Project| {
        let told = describe_changes(&old, new, Lang::En);
        let stages = told.iter().filter(|section| !section.stage.is_empty());
        stages.flat_map(|section| section.lines.clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&new), [], "a copy differs in no stage");
    let gate = named(&new, Kind::Touchpoint, "Gate");
    let mut without = new.clone();
    apply_all(&mut without, &delete_records(&new, &[gate], &mut source)).unwrap();
    let gone = kinds(&without);
    assert!(
        gone.iter().any(|line| line.kind == ChangeKind::Removed && line.subject.contains("Gate")),
        "{gone:?}"
    );
}

/// Copies the records of a journey into another, under new ids and keys.
fn copy_journey(project: &Project, from: JourneyId, to: JourneyId, source: &mut IdSource) -> Transaction {
    let journey = project.journey(from).unwrap();
    let records: Vec<Record> =
        journey.records().filter(|record| record.id().kind() != Kind::Journey).collect();
    let mut names: BTreeMap<Id, Id> = [(from.into(), to.into())].into();
    names.extend(records.iter().map(|record| (record.id(), Id::new(record.id().kind(), source))));
    let lanes =
        project.journey(to).unwrap().lanes().values().map(|lane| Op::Remove(Record::Lane(lane.clone())));
    let copies = records.iter().map(|record| {
        let copy = record.with_references(&names).with_id(names[&record.id()]).unwrap();
        let key = copy.key_field().and_then(|field| match copy.get(field)? {
            FieldValue::Text(key) => copy.with_field(field, &FieldValue::Text(format!("1{key}"))),
            _ => None,
        });
        Op::Insert(key.unwrap_or(copy))
    });
    Transaction::new(lanes.chain(copies).collect())
}

fn scene(compared: &Arc<Compared>, theme: ThemeId, lang: Lang) -> Arc<Scene> {
    let journey = compared.most_changed_journey().unwrap();
    let request = LayoutRequest::new(compared.project.clone(), journey);
    layout_once(&LayoutRequest { theme, lang, changes: Some(Arc::clone(compared)), ..request })
}

#[test]
fn marks_lie_on_what_differs_and_a_moved_card_leaves_a_ghost() {
    let old = airline::template("airline.ron");
    let new = changed(&old);
    let names = ["trip-old.ron".to_owned(), "trip.ron".to_owned()];
    let compared = Arc::new(compare_versions(&old, &new, names));
    let drawn = scene(&compared, ThemeId::Light, Lang::En);
    let page = Rect { min: pt(0.0, 0.0), max: drawn.size };
    assert!(drawn.items.iter().all(|item| page.contains_rect(item.bounds())), "all lies on the page");
    let marks: Vec<&str> = drawn
        .items
        .iter()
        .filter(|i| i.block.part == ScenePart::Change)
        .map(|item| item.block.label.as_str())
        .collect();
    for said in [
        "Lounge, touchpoint, added",
        "Boarding by phone, touchpoint, web, app, moment of truth, pain point severity 4, re-worded",
        "Check-in desk, touchpoint, desk, moved",
        "Check-in desk, touchpoint, desk, moved, where it was",
    ] {
        let start = said.split(',').next().unwrap();
        let end = said.rsplit("touchpoint").next().unwrap().rsplit(", ").next().unwrap();
        assert!(
            marks.iter().any(|mark| mark.starts_with(start) && mark.ends_with(end)),
            "{said}: {marks:#?}"
        );
    }
    let wifi = named(&old, Kind::Touchpoint, "In-flight Wi-Fi");
    assert!(
        new.record(wifi).is_none() && drawn.element_bounds(wifi).is_some(),
        "what is gone is still drawn"
    );
    let desks = drawn
        .items
        .iter()
        .filter(|item| item.block.part == ScenePart::Card && item.block.label.starts_with("Check-in desk"));
    assert_eq!(desks.count(), 2, "the moved card and its ghost");
    let legend = drawn.items.iter().find(|item| item.block.part == ScenePart::Legend).unwrap();
    assert_eq!(legend.block.label, "trip-old.ron → trip.ron");
    let same = Arc::new(compare_versions(&new, &new, [String::new(), String::new()]));
    let plain = scene(&same, ThemeId::Light, Lang::En);
    assert_eq!(plain.items.iter().filter(|item| item.block.part == ScenePart::Change).count(), 0);
}
