//! The first minutes by the keyboard alone: what is typed goes to one owner, and nothing of it is lost.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that finds its data otherwise than expected fails"
)]

#[path = "support/mod.rs"]
mod support;

use desireline::app::request::Request;
use desireline::canvas::Order;
use desireline::i18n::{Lang, Msg};
use desireline::id::Id;
use desireline::model::choice::LaneKind;
use desireline::model::sorted;
use egui::{Event, Key, Modifiers, vec2};
use support::window::{self, On, Test, card, dirty, journey, key, press, project, select, session, settle};

fn open(template: &'static str) -> Test {
    window::open(vec2(1440.0, 900.0), Lang::En, On::Template(template))
}

fn write(test: &mut Test, words: &str) {
    test.event(Event::Text(words.to_owned()));
    settle(test);
}

fn plain(test: &mut Test, pressed: Key) {
    key(test, Modifiers::NONE, pressed);
}

fn command(test: &mut Test, pressed: Key) {
    key(test, Modifiers::COMMAND, pressed);
}

/// A letter as the keyboard sends it: a key with its text.
fn letter(test: &mut Test, pressed: Key, text: &str) {
    test.input_mut().events.extend([down(pressed, Modifiers::NONE), Event::Text(text.to_owned())]);
    settle(test);
}

fn down(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn stages(test: &Test) -> Vec<String> {
    journey(test).stages_in_order().iter().map(|stage| stage.title.clone()).collect()
}

fn cards(test: &Test) -> Vec<String> {
    sorted(journey(test).touchpoints().values()).iter().map(|card| card.title.clone()).collect()
}

fn steps(test: &Test) -> bool {
    dirty(test)
}

#[test]
fn a_journey_is_drawn_without_the_mouse() {
    let mut test = open("blank");
    for stage in ["Plan", "Fly"] {
        write(&mut test, stage);
        plain(&mut test, Key::Enter);
    }
    plain(&mut test, Key::Escape);
    assert_eq!(stages(&test), ["Plan", "Fly"], "the field that stayed empty left nothing");
    plain(&mut test, Key::ArrowLeft);
    plain(&mut test, Key::ArrowDown);
    write(&mut test, "Search");
    plain(&mut test, Key::Enter);
    write(&mut test, "Book");
    plain(&mut test, Key::Escape);
    assert_eq!(cards(&test), ["Book", "Search"]);
    assert_eq!(session(&test).selection().len(), 1, "the card that was typed is selected");
    letter(&mut test, Key::P, "p");
    write(&mut test, "Too dear");
    plain(&mut test, Key::Enter);
    assert_eq!(journey(&test).insights().len(), 1);
}

#[test]
fn escape_keeps_what_was_typed_on_the_map_and_undo_takes_it_back_in_one_step() {
    let mut test = open("airline");
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    plain(&mut test, Key::F2);
    write(&mut test, "Gate B");
    plain(&mut test, Key::Escape);
    assert!(cards(&test).contains(&"Gate B".to_owned()));
    assert_eq!(session(&test).selection(), &[gate].into());
    command(&mut test, Key::Z);
    assert!(cards(&test).contains(&"Gate".to_owned()) && !dirty(&test));
    // A title that was emptied is the old one again.
    plain(&mut test, Key::F2);
    plain(&mut test, Key::Backspace);
    plain(&mut test, Key::Escape);
    assert!(cards(&test).contains(&"Gate".to_owned()) && !dirty(&test));
    // Something new that stays empty was never there.
    letter(&mut test, Key::T, "t");
    plain(&mut test, Key::Escape);
    assert!(!steps(&test));
    plain(&mut test, Key::Escape);
    assert!(session(&test).selection().is_empty(), "a second Escape leaves the card");
}

#[test]
fn the_card_stays_the_subject_of_insight_after_insight() {
    let mut test = open("airline");
    let gate = card(&test, "Gate");
    let before = journey(&test).spoken_of_by(gate).len();
    select(&mut test, &[gate]);
    for (pressed, text) in [(Key::P, "p"), (Key::P, "p"), (Key::G, "g")] {
        letter(&mut test, pressed, text);
        write(&mut test, "One more");
        plain(&mut test, Key::Enter);
        assert_eq!(session(&test).selection(), &[gate].into());
    }
    assert_eq!(journey(&test).spoken_of_by(gate).len(), before + 3);
}

#[test]
fn what_is_made_anywhere_opens_its_name() {
    let mut test = open("airline");
    press(&mut test, Msg::AddPersona.text(Lang::En));
    write(&mut test, "Ann");
    plain(&mut test, Key::Enter);
    assert!(project(&test).personas().values().any(|persona| persona.name == "Ann"));
    command(&mut test, Key::K);
    write(&mut test, Msg::AddChannel.text(Lang::En));
    plain(&mut test, Key::Enter);
    write(&mut test, "Kiosk");
    plain(&mut test, Key::Enter);
    assert!(project(&test).channels().values().any(|channel| channel.name == "Kiosk"));
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    press(&mut test, Msg::PlusSolution.text(Lang::En));
    write(&mut test, "Larger screens");
    plain(&mut test, Key::Enter);
    assert!(project(&test).improvements().values().any(|made| made.title == "Larger screens"));
}

#[test]
fn keys_that_come_in_one_frame_are_for_what_was_open_when_they_were_typed() {
    let mut test = open("airline");
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    let palette = down(Key::K, Modifiers::COMMAND);
    let enter = || down(Key::Enter, Modifiers::NONE);
    let typed = |text: &str| Event::Text(text.to_owned());
    let add = Msg::AddNeed.text(Lang::En);
    let all =
        [palette, typed(add), enter(), typed("A seat"), enter(), down(Key::P, Modifiers::NONE), typed("p")];
    test.input_mut().events.extend(all.into_iter().chain([typed("Noise"), enter()]));
    settle(&mut test);
    settle(&mut test);
    let made: Vec<&str> = journey(&test).insights().values().map(|insight| insight.title.as_str()).collect();
    assert!(["A seat", "Noise"].iter().all(|title| made.contains(title)), "{made:?}");
    // Letters behind Tab are no commands of the map.
    let count = journey(&test).touchpoints().len();
    let tab = down(Key::Tab, Modifiers::NONE);
    test.input_mut().events.extend([tab, down(Key::T, Modifiers::NONE), typed("t")]);
    settle(&mut test);
    assert_eq!(journey(&test).touchpoints().len(), count);
}

#[test]
fn undo_passes_the_invitation_of_an_empty_journey_both_ways() {
    let mut test = open("blank");
    write(&mut test, "Plan");
    plain(&mut test, Key::Enter);
    command(&mut test, Key::Z);
    assert!(stages(&test).is_empty() && !dirty(&test));
    command(&mut test, Key::Y);
    assert_eq!(stages(&test), ["Plan"]);
}

#[test]
fn text_lanes_are_filled_like_a_spreadsheet() {
    let mut test = open("airline");
    let (lane, columns) = {
        let journey = journey(&test);
        let lane = journey.lanes_in_order().into_iter().find(|lane| lane.kind == LaneKind::Doing).unwrap().id;
        let stages = journey.stages_in_order();
        let steps = stages.iter().flat_map(|stage| journey.steps_of(stage.id)).map(|step| Id::from(step.id));
        (lane, steps.collect::<Vec<Id>>())
    };
    window::ask(&mut test, Request::Order(Order::EditCell(lane, columns[0])));
    plain(&mut test, Key::ArrowRight);
    command(&mut test, Key::A);
    write(&mut test, "Second");
    plain(&mut test, Key::Tab);
    command(&mut test, Key::A);
    write(&mut test, "Third");
    plain(&mut test, Key::Escape);
    let text = |at: Id| {
        let cell = journey(&test).cells().values().find(|cell| cell.lane == lane && cell.at == at);
        cell.map(|cell| cell.text.clone()).unwrap_or_default()
    };
    assert_eq!([text(columns[1]), text(columns[2])], ["Second", "Third"]);
}
