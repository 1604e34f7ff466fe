//! Tests the personas who take a step: those that a touchpoint names, or everyone of the journey if it names
//! none.

use crate::support;

use egui::{Key, Modifiers, vec2};
use engine::analysis::changes::describe_changes;
use engine::edit::command::{copy_elements, delete_records, set_field};
use engine::edit::{Transaction, apply_all, merge_versions};
use engine::exchange::{outline, table};
use engine::i18n::{Lang, Msg, redaction_words};
use engine::id::{Id, IdSource, PersonaId};
use engine::layout::{LayoutRequest, layout_once};
use engine::model::check::find_problems;
use engine::model::value::Atom;
use engine::model::{Insight, Project, Touchpoint, records_in_order};
use engine::redact::{Redaction, redact_project};
use engine::scene::ScenePart;
use engine::store::load::{load_project, needs_later_format, to_bytes};
use std::collections::BTreeSet;
use support::window::{self, On, Test, card, dirty, journey, key, letter, plain, project, select, write};

fn airline() -> Project {
    load_project(engine::store::template::find_template("airline").unwrap().bytes).unwrap().project
}

fn with(project: &Project, transaction: &Transaction) -> Project {
    let mut project = project.clone();
    apply_all(&mut project, transaction).unwrap();
    project
}

fn gate(project: &Project) -> &Touchpoint {
    let cards = project.journeys_in_order()[0].touchpoints();
    cards.values().find(|card| card.title == "Gate").unwrap()
}

/// Returns the project with those personas, by their indices, named at the gate.
fn taken_by(project: &Project, places: &[usize]) -> Project {
    let all: Vec<PersonaId> = records_in_order(project.personas()).iter().map(|persona| persona.id).collect();
    let named: BTreeSet<PersonaId> = places.iter().map(|place| all[*place]).collect();
    with(project, &set_field(project, &[gate(project).id.into()], Touchpoint::PERSONAS, &named.to_value()))
}

#[test]
fn a_file_says_it_only_where_somebody_is_named_and_both_sides_names_are_kept() {
    let base = airline();
    let mei = taken_by(&base, &[0]);
    let jonas = taken_by(&base, &[1]);
    let both = taken_by(&base, &[0, 1]);
    assert!(!needs_later_format(&base) && needs_later_format(&mei));
    assert_eq!(to_bytes(&taken_by(&mei, &[])), to_bytes(&base));
    assert_eq!(to_bytes(&load_project(&to_bytes(&mei)).unwrap().project), to_bytes(&mei));
    let merged = merge_versions(&base, &mei, &jonas);
    assert_eq!(gate(&merged.project).personas, gate(&both).personas);
    assert!(merged.conflicts.is_empty());
    let told = describe_changes(&base, &mei, Lang::En);
    let lines: Vec<&str> = told.iter().flat_map(|part| &part.lines).map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["Personas: Everyone → Mei, flies for work"]);
}

#[test]
fn a_persona_that_goes_is_named_no_more_and_one_that_is_missing_is_told() {
    let base = airline();
    let mei = records_in_order(base.personas())[0].id;
    let named = taken_by(&base, &[0, 1]);
    let without = with(&named, &delete_records(&named, &[mei.into()], &mut IdSource::from_seed(1)));
    assert_eq!(gate(&without).personas.len(), 1);
    assert!(
        find_problems(&without).iter().all(|problem| problem.field != Some(Touchpoint::PERSONAS.field()))
    );
    let stranger: BTreeSet<PersonaId> = [PersonaId::new(&mut IdSource::from_seed(9))].into();
    let lost =
        with(&base, &set_field(&base, &[gate(&base).id.into()], Touchpoint::PERSONAS, &stranger.to_value()));
    assert!(find_problems(&lost).iter().any(|problem| problem.field == Some(Touchpoint::PERSONAS.field())));
    // A copy carries those it names, and a copy for others names them by number.
    let copied = copy_elements(&named, &[gate(&named).id.into()]).unwrap();
    assert_eq!(copied.personas().len(), 2);
    let redacted = redact_project(&named, &Redaction::of_everything(redaction_words(Lang::En))).project;
    assert_eq!(gate(&redacted).personas, gate(&named).personas);
    assert!(!String::from_utf8(to_bytes(&redacted)).unwrap().contains("Mei"));
}

#[test]
fn outline_and_table_read_the_same_names_again() {
    let named = taken_by(&airline(), &[1]);
    let journey = named.journeys_in_order()[0];
    let notes = outline::write_outline(&named, journey, Lang::En);
    assert!(notes.contains("- Gate [Airport, App]\n  @ Jonas, family trip\n"), "{notes}");
    let rows = table::write_table(&named, journey, Lang::En);
    let read = [
        outline::read_outline(&notes, &mut IdSource::from_seed(2)).unwrap().project,
        table::read_table(rows, Lang::En, &mut IdSource::from_seed(2)).unwrap().project,
    ];
    for again in &read {
        let takers = gate(again).personas.iter().map(|id| again.personas()[id].name.as_str());
        assert_eq!(takers.collect::<Vec<_>>(), ["Jonas, family trip"]);
    }
}

#[test]
fn the_card_has_a_mark_for_each_of_some_and_none_where_everyone_takes_the_step() {
    let base = airline();
    let id = Id::from(gate(&base).id);
    let drawn = |project: &Project| {
        let scene =
            layout_once(&LayoutRequest::new(project.clone(), project.journeys_in_order()[0].info().id));
        let block = scene
            .items
            .iter()
            .find(|item| item.block.element == Some(id) && item.block.part == ScenePart::Card);
        let block = &block.unwrap().block;
        (block.shapes.len(), block.label.clone())
    };
    let (plain, label) = drawn(&base);
    assert_eq!(drawn(&taken_by(&base, &[0, 1])), (plain, label.clone()));
    let (marked, told) = drawn(&taken_by(&base, &[0]));
    assert_eq!(marked, plain + 1);
    assert!(told.contains("only for Mei, flies for work") && !label.contains("only for"), "{told}");
}

fn open(template: &'static str) -> Test {
    window::open(vec2(1440.0, 900.0), Lang::En, On::Template(template))
}

#[test]
fn r_on_a_card_says_who_takes_the_step() {
    let mut test = open("airline");
    let gate = card(&test, "Gate");
    let named = |test: &Test| {
        let card = journey(test).touchpoints().values().find(|card| Id::from(card.id) == gate).unwrap();
        card.personas.iter().map(|id| project(test).personas()[id].name.clone()).collect::<BTreeSet<String>>()
    };
    let all: BTreeSet<String> =
        project(&test).personas().values().map(|persona| persona.name.clone()).collect();
    assert!(named(&test).is_empty() && all.len() == 2, "nobody is named, so everyone takes it");
    select(&mut test, &[gate]);
    letter(&mut test, Key::R, "r");
    assert!(window::says(&test, Msg::NoneIsEveryone.text(Lang::En)));
    write(&mut test, "Mei");
    plain(&mut test, Key::Enter);
    assert_eq!(named(&test), ["Mei, flies for work".to_owned()].into());
    assert!(window::says(&test, "only for Mei, flies for work"), "the map says so");
    // The chooser stays open for another; with everyone named the card is like any other.
    for _ in 0..3 {
        plain(&mut test, Key::Backspace);
    }
    write(&mut test, "Jonas");
    plain(&mut test, Key::Enter);
    plain(&mut test, Key::Escape);
    assert_eq!(named(&test), all);
    assert!(!window::says(&test, "only for") && test.state().app.dialog.is_none());
    key(&mut test, Modifiers::COMMAND, Key::Z);
    key(&mut test, Modifiers::COMMAND, Key::Z);
    assert!(named(&test).is_empty() && !dirty(&test), "one step each");
    // On an insight the same key sets its personas.
    let is = |insight: &&std::sync::Arc<Insight>| insight.title == "Gate changes are announced by shouting";
    let pain = Id::from(journey(&test).insights().values().find(is).unwrap().id);
    select(&mut test, &[pain]);
    letter(&mut test, Key::R, "r");
    write(&mut test, "Jonas");
    plain(&mut test, Key::Enter);
    let owner = journey(&test).insights().values().find(|i| Id::from(i.id) == pain).unwrap().persona;
    assert_eq!(project(&test).personas()[&owner.unwrap()].name, "Jonas, family trip");
}

#[test]
fn a_channel_and_a_persona_that_are_not_there_yet_are_typed() {
    let mut test = open("blank");
    for words in ["Plan", "Book"] {
        write(&mut test, words);
        plain(&mut test, Key::Enter);
    }
    plain(&mut test, Key::Escape);
    plain(&mut test, Key::ArrowDown);
    write(&mut test, "Search");
    plain(&mut test, Key::Escape);
    for (pressed, typed, name) in [(Key::C, "c", "Kiosk"), (Key::R, "r", "Guest")] {
        letter(&mut test, pressed, typed);
        assert!(window::says(&test, Msg::TypeToAdd.text(Lang::En)));
        write(&mut test, name);
        plain(&mut test, Key::Enter);
        plain(&mut test, Key::Escape);
    }
    let card = journey(&test).touchpoints().values().next().unwrap();
    let channels = card.channels.iter().map(|id| project(&test).channels()[id].name.as_str());
    assert_eq!(channels.collect::<Vec<_>>(), ["Kiosk"]);
    let personas = card.personas.iter().map(|id| project(&test).personas()[id].name.as_str());
    assert_eq!(personas.collect::<Vec<_>>(), ["Guest"]);
    key(&mut test, Modifiers::COMMAND, Key::Z);
    assert!(project(&test).personas().is_empty(), "made and chosen in one step");
}
