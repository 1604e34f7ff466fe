//! Tests that typed text reaches the element and the field that it was meant for.

use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::canvas::CanvasOrder;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;
use engine::edit::command;
use engine::i18n::{Lang, Msg, Worded};
use engine::id::{Id, IdSource};
use engine::model::Touchpoint;
use engine::model::choice::{ImprovementKind, InsightKind, LaneKind};
use engine::model::value::FieldValue;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::project::save_project;
use std::collections::BTreeSet;
use support::window::{
    self, On, Test, act, ask, card, journey, key, letter, plain, press, project, select, session, settle,
    write,
};

fn open() -> Test {
    window::open(vec2(1440.0, 1300.0), Lang::En, On::Template("airline"))
}

fn touchpoint(test: &Test, id: Id) -> &Touchpoint {
    journey(test).touchpoints().values().find(|card| Id::from(card.id) == id).unwrap()
}

#[test]
fn a_new_journey_gets_its_name_and_then_its_first_stage() {
    let mut test = open();
    act(&mut test, Action::AddJourney);
    write(&mut test, "Refunds");
    plain(&mut test, Key::Enter);
    assert_eq!(journey(&test).info().title, "Refunds");
    write(&mut test, "Ask");
    plain(&mut test, Key::Enter);
    let stages: Vec<&str> =
        journey(&test).stages_in_order().iter().map(|stage| stage.title.as_str()).collect();
    assert_eq!(stages, ["Ask"]);
}

#[test]
fn the_owner_typed_is_the_owner_set_though_a_longer_name_is_known() {
    let mut test = open();
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    for name in ["Anna", "Ann"] {
        letter(&mut test, Key::W, "w");
        write(&mut test, name);
        plain(&mut test, Key::Enter);
        assert_eq!(touchpoint(&test, gate).owner, name);
    }
}

#[test]
fn several_channels_are_set_one_after_the_other() {
    let mut test = open();
    let gate = card(&test, "Gate");
    let set =
        command::set_field(project(&test), &[gate], Touchpoint::CHANNELS, &FieldValue::List(Vec::new()));
    ask(&mut test, AppRequest::Commit(set));
    select(&mut test, &[gate]);
    let names: Vec<String> = project(&test).channels().values().map(|c| c.name.clone()).take(2).collect();
    letter(&mut test, Key::C, "c");
    for name in &names {
        write(&mut test, name);
        plain(&mut test, Key::Enter);
    }
    plain(&mut test, Key::Escape);
    let set = touchpoint(&test, gate).channels.iter().map(|id| project(&test).channels()[id].name.clone());
    assert_eq!(set.collect::<Vec<String>>(), names);
}

#[test]
fn the_maps_own_invitation_of_a_lane_opens_its_name() {
    let mut test = window::open(vec2(1440.0, 900.0), Lang::En, On::Template("blank"));
    write(&mut test, "Plan");
    plain(&mut test, Key::Enter);
    plain(&mut test, Key::Escape);
    let before = journey(&test).lanes().len();
    press(&mut test, Msg::PlusLane.text(Lang::En));
    window::press_last(&mut test, LaneKind::Thinking.display_name().text(Lang::En));
    write(&mut test, "Backstage work");
    plain(&mut test, Key::Enter);
    assert_eq!(journey(&test).lanes().len(), before + 1);
    assert!(journey(&test).lanes().values().any(|lane| lane.title == "Backstage work"));
}

#[test]
fn a_text_under_a_whole_stage_is_one_cell_for_the_keyboard() {
    let mut test = open();
    let (lane, wide, next) = {
        let journey = journey(&test);
        let lane = journey.lanes_in_order().into_iter().find(|lane| lane.kind == LaneKind::Doing).unwrap().id;
        let stages = journey.stages_in_order();
        let place = stages.iter().position(|stage| journey.steps_of(stage.id).len() > 1).unwrap();
        let next = journey.steps_of(stages[place + 1].id)[0].id;
        (lane, stages[place].id, Id::from(next))
    };
    let old: Vec<Id> =
        journey(&test).cells().values().filter(|cell| cell.lane == lane).map(|c| c.id.into()).collect();
    let delete = command::delete_records(project(&test), &old, &mut IdSource::from_seed(1));
    ask(&mut test, AppRequest::Commit(delete));
    ask(&mut test, AppRequest::Order(CanvasOrder::EditCell(lane, wide.into())));
    write(&mut test, "All of it");
    plain(&mut test, Key::Tab);
    write(&mut test, "Behind it");
    plain(&mut test, Key::Escape);
    let cells: Vec<(Id, &str)> =
        journey(&test).cells().values().filter(|c| c.lane == lane).map(|c| (c.at, c.text.as_str())).collect();
    assert_eq!(cells.len(), 2, "{cells:?}");
    assert!(cells.contains(&(next, "Behind it")), "{cells:?}");
}

#[test]
fn what_was_refused_in_a_field_is_gone_when_the_file_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let mut test = open();
    drop(save_project(&RealDisk, &path, Base::Absent, project(&test)).unwrap());
    ask(&mut test, AppRequest::Open(path.clone()));
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    let wait = Msg::WaitInMinutes.text(Lang::En);
    window::fill(&mut test, wait, "abc");
    assert!(window::says(&test, "abc"));
    ask(&mut test, AppRequest::Open(path));
    if window::says(&test, Msg::DontSave.text(Lang::En)) {
        press(&mut test, Msg::DontSave.text(Lang::En));
    }
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    assert!(!window::says(&test, "abc"), "it belongs to the document before");
}

#[test]
fn undo_in_a_field_of_the_map_never_brings_the_text_of_another_element() {
    let mut test = open();
    let gate = card(&test, "Gate");
    let clean = card(&test, "Clean cabin");
    select(&mut test, &[gate]);
    plain(&mut test, Key::F2);
    write(&mut test, "Gate of the first hall");
    plain(&mut test, Key::Escape);
    select(&mut test, &[clean]);
    plain(&mut test, Key::F2);
    write(&mut test, "B");
    for _ in 0..3 {
        key(&mut test, Modifiers::COMMAND, Key::Z);
    }
    plain(&mut test, Key::Escape);
    assert_eq!(touchpoint(&test, clean).title, "Clean cabin");
}

#[test]
fn a_pain_typed_with_nothing_selected_is_about_nothing_yet_and_its_letters_are_no_commands() {
    let mut test = open();
    select(&mut test, &[]);
    let cards = journey(&test).touchpoints().len();
    letter(&mut test, Key::P, "p");
    write(&mut test, "Too expensive");
    plain(&mut test, Key::Enter);
    assert_eq!(journey(&test).touchpoints().len(), cards);
    let pain = journey(&test).insights().values().find(|insight| insight.title == "Too expensive").unwrap();
    assert_eq!(pain.kind, InsightKind::Pain);
    assert_eq!(journey(&test).speaks_of(pain.id.into()), []);
}

#[test]
fn an_arrow_leads_from_a_card_to_the_next_card() {
    let mut test = open();
    let first = card(&test, "Choose flight times");
    select(&mut test, &[first]);
    test.ctx.memory_mut(|memory| memory.surrender_focus(egui::Id::NULL));
    plain(&mut test, Key::ArrowRight);
    assert_eq!(window::session(&test).selection(), &[card(&test, "Online booking")].into());
}

#[test]
fn letters_on_a_selected_text_of_a_lane_replace_it() {
    let mut test = open();
    let (cell, before) = {
        let cells = journey(&test).cells();
        (cells.values().next().unwrap().id, journey(&test).touchpoints().len())
    };
    select(&mut test, &[cell.into()]);
    letter(&mut test, Key::T, "t");
    write(&mut test, "yped");
    plain(&mut test, Key::Escape);
    assert_eq!(journey(&test).cells()[&cell].text, "typed");
    assert_eq!(journey(&test).touchpoints().len(), before, "no command ran");
}

#[test]
fn tab_into_a_filled_field_replaces_its_value() {
    let mut test = open();
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    window::fill(&mut test, Msg::WaitInMinutes.text(Lang::En), "90");
    assert_eq!(touchpoint(&test, gate).wait, Some(90.0));
    test.get_by_role_and_label(Role::MultilineTextInput, Msg::WaitInMinutes.text(Lang::En)).focus();
    settle(&mut test);
    key(&mut test, Modifiers::SHIFT, Key::Tab);
    plain(&mut test, Key::Tab);
    write(&mut test, "45");
    plain(&mut test, Key::Tab);
    assert_eq!(touchpoint(&test, gate).wait, Some(45.0));
}

#[test]
fn what_is_made_and_named_is_one_step_of_undo() {
    let mut test = open();
    let before = project(&test).personas().len();
    press(&mut test, Msg::AddPersona.text(Lang::En));
    write(&mut test, "Zoe");
    plain(&mut test, Key::Enter);
    assert!(project(&test).personas().values().any(|persona| persona.name == "Zoe"));
    ask(&mut test, AppRequest::Do(Action::Undo));
    assert_eq!(project(&test).personas().len(), before);
    ask(&mut test, AppRequest::Do(Action::Redo));
    assert!(project(&test).personas().values().any(|persona| persona.name == "Zoe"));
}

#[test]
fn typing_goes_on_while_what_is_there_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let mut test = open();
    drop(save_project(&RealDisk, &path, Base::Absent, project(&test)).unwrap());
    ask(&mut test, AppRequest::Open(path.clone()));
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    letter(&mut test, Key::T, "t");
    write(&mut test, "Half");
    key(&mut test, Modifiers::COMMAND, Key::S);
    let stored = engine::store::load::load_project(&std::fs::read(&path).unwrap()).unwrap().project;
    let titles = |project: &engine::model::Project| -> Vec<String> {
        let journey = project.journeys_in_order()[0];
        journey.touchpoints().values().map(|card| card.title.clone()).collect()
    };
    assert!(titles(&stored).contains(&"Half".to_owned()));
    write(&mut test, " more");
    plain(&mut test, Key::Escape);
    assert!(titles(project(&test)).contains(&"Half more".to_owned()), "{:?}", titles(project(&test)));
    key(&mut test, Modifiers::COMMAND, Key::Z);
    assert!(!titles(project(&test)).iter().any(|title| title.starts_with("Half")), "one step");
}

#[test]
fn a_key_with_alt_leaves_no_letter_in_a_name() {
    let mut test = open();
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    plain(&mut test, Key::F2);
    write(&mut test, "Gate B");
    let alt = Event::Key {
        key: Key::Num1,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::ALT,
    };
    test.input_mut().events.extend([alt, Event::Text("1".to_owned())]);
    settle(&mut test);
    plain(&mut test, Key::Escape);
    assert_eq!(touchpoint(&test, gate).title, "Gate B");
}

#[test]
fn what_was_typed_before_the_palette_is_what_its_command_is_about() {
    let mut test = open();
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    letter(&mut test, Key::T, "t");
    write(&mut test, "Lounge");
    key(&mut test, Modifiers::COMMAND, Key::K);
    write(&mut test, Msg::AddPain.text(Lang::En));
    plain(&mut test, Key::Enter);
    write(&mut test, "Full");
    plain(&mut test, Key::Enter);
    let lounge = card(&test, "Lounge");
    let about: Vec<Id> = journey(&test).spoken_of_by(lounge);
    assert_eq!(about.len(), 1, "the pain speaks of the card just typed");
}

#[test]
fn an_insight_of_the_whole_journey_is_about_nothing_yet() {
    let mut test = open();
    let id = journey(&test).info().id;
    ask(
        &mut test,
        AppRequest::Order(CanvasOrder::AddInsight(engine::model::choice::InsightKind::Gain, Some(id.into()))),
    );
    write(&mut test, "All of it");
    plain(&mut test, Key::Enter);
    let made = journey(&test).insights().values().find(|insight| insight.title == "All of it").unwrap().id;
    assert!(journey(&test).speaks_of(made.into()).is_empty());
    let problems = engine::model::check::find_problems(project(&test));
    let errors = problems.iter().filter(|problem| problem.severity == engine::model::check::Severity::Error);
    assert_eq!(errors.count(), 0);
}

#[test]
fn a_new_source_gets_its_name_where_it_is_listed() {
    let mut test = open();
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    let before = project(&test).evidence().len();
    let (added, source) = command::add_evidence(project(&test), "New source", &mut IdSource::from_seed(3));
    let names = command::set_field(
        project(&test),
        &[gate],
        Touchpoint::EVIDENCE,
        &FieldValue::Set([engine::model::value::Atom::to_value(&source)].into()),
    );
    ask(&mut test, AppRequest::CommitAndName(added.chain_with(names), source.into()));
    write(&mut test, "Interviews in May");
    plain(&mut test, Key::Enter);
    assert_eq!(project(&test).evidence()[&source].source, "Interviews in May");
    assert_eq!(project(&test).evidence().len(), before + 1);
}

#[test]
fn the_selection_goes_on_where_something_was_deleted_or_undone() {
    let mut test = open();
    let lounge = card(&test, "Gate");
    select(&mut test, &[lounge]);
    act(&mut test, Action::Delete);
    assert_eq!(window::session(&test).selection().len(), 1, "what led to it");
    act(&mut test, Action::Undo);
    select(&mut test, &[]);
    act(&mut test, Action::Redo);
    assert!(!window::session(&test).selection().is_empty());
}

#[test]
fn a_drop_down_is_set_by_the_keyboard_alone() {
    let mut test = open();
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    let name = Msg::MomentOfTruth.text(Lang::En);
    test.get_by_role_and_label(Role::ComboBox, name).focus();
    settle(&mut test);
    let before = touchpoint(&test, gate).moment;
    plain(&mut test, Key::Enter);
    plain(&mut test, Key::ArrowDown);
    plain(&mut test, Key::Enter);
    assert_ne!(touchpoint(&test, gate).moment, before);
    assert!(test.get_by_role_and_label(Role::ComboBox, name).is_focused(), "it has the keyboard again");
}

#[test]
fn the_name_of_what_the_palette_made_is_typed_though_the_map_had_the_keyboard() {
    for closes_outline in [false, true] {
        let mut test = open();
        if closes_outline {
            act(&mut test, Action::ToggleOutline);
        }
        let map = desireline::app::keyboard::map_id(&test.ctx).expect("the map is shown");
        test.ctx.memory_mut(|memory| memory.request_focus(map));
        settle(&mut test);
        let cards = journey(&test).touchpoints().len();
        key(&mut test, Modifiers::COMMAND, Key::K);
        write(&mut test, Msg::AddPersona.text(Lang::En));
        plain(&mut test, Key::Enter);
        for (pressed, typed) in [(Key::T, "T"), (Key::O, "o"), (Key::M, "m")] {
            letter(&mut test, pressed, typed);
        }
        plain(&mut test, Key::Enter);
        assert_eq!(journey(&test).touchpoints().len(), cards, "no letter was a command");
        let names: Vec<&str> = project(&test).personas().values().map(|p| p.name.as_str()).collect();
        assert!(names.contains(&"Tom"), "{names:?}");
    }
}

#[test]
fn typing_goes_on_behind_the_help_and_what_was_never_named_was_never_there() {
    let mut test = open();
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    letter(&mut test, Key::T, "t");
    write(&mut test, "Quar");
    plain(&mut test, Key::F1);
    plain(&mut test, Key::Escape);
    write(&mut test, "tz");
    plain(&mut test, Key::Enter);
    plain(&mut test, Key::Escape);
    card(&test, "Quartz");
    let before = project(&test).personas().len();
    press(&mut test, Msg::AddPersona.text(Lang::En));
    plain(&mut test, Key::Escape);
    assert_eq!(project(&test).personas().len(), before);
}

#[test]
fn an_open_menu_is_walked_by_arrows_and_letters_and_gives_the_keyboard_back() {
    let mut test = open();
    let button = |test: &Test| {
        let all = test.query_all_by_role_and_label(Role::Button, Msg::AddLane.text(Lang::En));
        all.into_iter().next().map(|node| node.rect().center()).expect("the outline's button")
    };
    let before = journey(&test).lanes().len();
    let at = button(&test);
    test.get_all_by_role_and_label(Role::Button, Msg::AddLane.text(Lang::En)).next().unwrap().focus();
    settle(&mut test);
    plain(&mut test, Key::Enter);
    plain(&mut test, Key::ArrowDown);
    write(&mut test, "q");
    plain(&mut test, Key::Enter);
    assert_eq!(journey(&test).lanes().len(), before + 1, "opened at {at:?}");
}

#[test]
fn a_digit_after_a_pain_was_typed_sets_its_severity_until_something_else_is_done() {
    let mut test = open();
    let gate = card(&test, "Gate");
    let severity = |test: &Test, title: &str| {
        let found = journey(test).insights().values().find(|insight| insight.title == title);
        found.expect("the pain is there").severity
    };
    let type_pain = |test: &mut Test, title: &str| {
        select(test, &[gate]);
        letter(test, Key::P, "p");
        write(test, title);
        plain(test, Key::Enter);
        assert_eq!(session(test).selection(), &[gate].into());
    };
    type_pain(&mut test, "Doors close early");
    letter(&mut test, Key::Num4, "4");
    assert_eq!(severity(&test, "Doors close early"), Some(4));
    letter(&mut test, Key::Num2, "2");
    assert_eq!(severity(&test, "Doors close early"), Some(2), "another digit corrects it");
    // The card is still the subject of the next one; the digit is for the last pain only.
    letter(&mut test, Key::P, "p");
    write(&mut test, "No seats");
    plain(&mut test, Key::Enter);
    letter(&mut test, Key::Num5, "5");
    assert_eq!((severity(&test, "Doors close early"), severity(&test, "No seats")), (Some(2), Some(5)));
    // Another command, and another selection, end it.
    type_pain(&mut test, "Too cold");
    let first = severity(&test, "Too cold");
    letter(&mut test, Key::M, "m");
    letter(&mut test, Key::Num1, "1");
    assert_eq!(severity(&test, "Too cold"), first);
    type_pain(&mut test, "Too hot");
    plain(&mut test, Key::ArrowRight);
    letter(&mut test, Key::Num1, "1");
    assert_eq!(severity(&test, "Too hot"), first);
    assert_eq!(severity(&test, "No seats"), Some(5));
}

#[test]
fn an_emptied_title_gets_its_old_text_back_in_every_pane() {
    let mut test = open();
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    for leave in [Key::Enter, Key::Tab] {
        window::type_over(&mut test, Msg::Title.text(Lang::En), "x");
        plain(&mut test, Key::Backspace);
        plain(&mut test, leave);
        assert_eq!(touchpoint(&test, gate).title, "Gate", "{leave:?}");
    }
    // Another selection takes the field away while it is empty.
    window::type_over(&mut test, Msg::Title.text(Lang::En), "x");
    plain(&mut test, Key::Backspace);
    select(&mut test, &[]);
    assert_eq!(touchpoint(&test, gate).title, "Gate");
    // The menu of a line of the outline opens the name in it.
    for leave in [Key::Enter, Key::Tab] {
        let line = test.get_all_by_role_and_label(Role::Button, "Gate").next().expect("a line for the gate");
        line.click_secondary();
        settle(&mut test);
        press(&mut test, Action::Rename.entry().label.text(Lang::En));
        settle(&mut test);
        assert!(test.query_by_role_and_label(Role::TextInput, Msg::Name.text(Lang::En)).is_some());
        plain(&mut test, Key::Backspace);
        plain(&mut test, leave);
        assert_eq!(touchpoint(&test, gate).title, "Gate", "{leave:?}");
        settle(&mut test);
    }
    assert!(!window::dirty(&test));
}

#[test]
fn escape_leads_from_what_was_typed_to_what_it_is_about() {
    let mut test = open();
    let gate = card(&test, "Gate");
    let pain = journey(&test).insights().values().find(|i| i.title.starts_with("Gate changes"));
    let pain = Id::from(pain.expect("a pain").id);
    for about in [Some(gate), Some(pain), None] {
        for order in [
            CanvasOrder::AddInsight(InsightKind::Gain, about),
            CanvasOrder::AddImprovement(ImprovementKind::Opportunity, about),
            CanvasOrder::AddImprovement(ImprovementKind::Solution, about),
        ] {
            select(&mut test, &about.into_iter().collect::<Vec<Id>>());
            ask(&mut test, AppRequest::Order(order));
            write(&mut test, "Something new");
            plain(&mut test, Key::Escape);
            let parent: BTreeSet<Id> = about.into_iter().collect();
            assert_eq!(session(&test).selection(), &parent, "{order:?}");
            act(&mut test, Action::Undo);
            assert!(!window::says(&test, "Something new"), "{order:?} was made");
        }
    }
}
