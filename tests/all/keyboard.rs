//! Tests the first minutes with the keyboard alone: typed text goes to one owner, and none of it is lost.

use crate::support;

use desireline::app::request::AppRequest;
use desireline::canvas::CanvasOrder;
use egui::accesskit::{Action, Role};
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use engine::i18n::{Lang, Msg};
use engine::id::Id;
use engine::model::choice::LaneKind;
use std::collections::BTreeSet;
use support::window::{
    self, On, Test, card, dirty, journey, key, letter, plain, press, project, select, session, settle, write,
};

fn open(template: &'static str) -> Test {
    window::open(vec2(1440.0, 900.0), Lang::En, On::Template(template))
}

fn command(test: &mut Test, pressed: Key) {
    key(test, Modifiers::COMMAND, pressed);
}

fn down(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn stages(test: &Test) -> Vec<String> {
    journey(test).stages_in_order().iter().map(|stage| stage.title.clone()).collect()
}

fn cards(test: &Test) -> Vec<String> {
    let mut titles: Vec<String> =
        journey(test).touchpoints().values().map(|card| card.title.clone()).collect();
    titles.sort();
    titles
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
    // A title that was emptied gets its old text back.
    plain(&mut test, Key::F2);
    plain(&mut test, Key::Backspace);
    plain(&mut test, Key::Escape);
    assert!(cards(&test).contains(&"Gate".to_owned()) && !dirty(&test));
    // A new element that stays empty is removed without a step.
    letter(&mut test, Key::T, "t");
    plain(&mut test, Key::Escape);
    assert!(!dirty(&test));
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
    // High enough for all of the inspector.
    let mut test = window::open(vec2(1440.0, 1300.0), Lang::En, On::Template("airline"));
    press(&mut test, Msg::AddPersona.text(Lang::En));
    write(&mut test, "Ann");
    plain(&mut test, Key::Enter);
    assert!(project(&test).personas().values().any(|persona| persona.name == "Ann"));
    // A second one keeps the name of the first, which is still being typed.
    press(&mut test, Msg::AddPersona.text(Lang::En));
    write(&mut test, "Ben");
    press(&mut test, Msg::AddPersona.text(Lang::En));
    write(&mut test, "Cleo");
    plain(&mut test, Key::Enter);
    for name in ["Ann", "Ben", "Cleo"] {
        assert!(project(&test).personas().values().any(|persona| persona.name == name), "{name}");
    }
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
    window::ask(&mut test, AppRequest::Order(CanvasOrder::EditCell(lane, columns[0])));
    plain(&mut test, Key::ArrowRight);
    write(&mut test, "Second");
    plain(&mut test, Key::Tab);
    write(&mut test, "Third");
    plain(&mut test, Key::Escape);
    let written = |at: Id| {
        let cell = journey(&test).cells().values().find(|cell| cell.lane == lane && cell.at == at);
        cell.map(|cell| cell.text.clone()).unwrap_or_default()
    };
    assert_eq!([written(columns[1]), written(columns[2])], ["Second", "Third"]);
}

/// Returns the insight of that title.
fn insight(test: &Test, title: &str) -> Id {
    let found = journey(test).insights().values().find(|insight| insight.title == title);
    found.unwrap_or_else(|| panic!("an insight named {title}")).id.into()
}

#[test]
fn a_workshop_sets_channels_owners_states_and_severities_by_keys() {
    let mut test = open("airline");
    let pain = insight(&test, "Gate changes are announced by shouting");
    select(&mut test, &[pain]);
    letter(&mut test, Key::Num5, "5");
    let severity =
        |test: &Test| journey(test).insights().values().find(|i| Id::from(i.id) == pain).unwrap().severity;
    assert_eq!(severity(&test), Some(5));
    command(&mut test, Key::Z);
    assert_eq!(severity(&test), Some(3), "one step");
    let gate = card(&test, "Gate");
    let channels = |test: &Test| {
        let card = journey(test).touchpoints().values().find(|card| Id::from(card.id) == gate).unwrap();
        card.channels.iter().map(|id| project(test).channels()[id].name.clone()).collect::<Vec<String>>()
    };
    let before = channels(&test);
    let other = project(&test).channels().values().find(|channel| !before.contains(&channel.name));
    let other = other.unwrap().name.clone();
    select(&mut test, &[gate]);
    letter(&mut test, Key::C, "c");
    write(&mut test, &other);
    plain(&mut test, Key::Enter);
    plain(&mut test, Key::Escape);
    assert!(channels(&test).contains(&other) && test.state().app.dialog.is_none());
    // The name of a new owner is typed.
    letter(&mut test, Key::W, "w");
    write(&mut test, "Ann Li");
    plain(&mut test, Key::Enter);
    let card = journey(&test).touchpoints().values().find(|card| Id::from(card.id) == gate).unwrap();
    assert_eq!(card.owner, "Ann Li");
    let made = project(&test).improvements().values().next().unwrap().id;
    select(&mut test, &[made.into()]);
    letter(&mut test, Key::U, "u");
    write(&mut test, engine::i18n::Worded::display_name(engine::model::choice::Status::Done).text(Lang::En));
    plain(&mut test, Key::Enter);
    assert_eq!(project(&test).improvements()[&made].status, engine::model::choice::Status::Done);
}

#[test]
fn the_menu_key_opens_what_can_be_done_and_arrows_and_enter_take_it() {
    let mut test = open("airline");
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    key(&mut test, Modifiers::SHIFT, Key::F10);
    assert!(window::says(&test, Msg::Duplicate.text(Lang::En)));
    plain(&mut test, Key::ArrowUp);
    plain(&mut test, Key::ArrowDown);
    let count = journey(&test).touchpoints().len();
    plain(&mut test, Key::Escape);
    assert_eq!(journey(&test).touchpoints().len(), count, "closed without a choice");
    plain(&mut test, Key::Menu);
    press(&mut test, Msg::Duplicate.text(Lang::En));
    assert_eq!(journey(&test).touchpoints().len(), count + 1);
}

#[test]
fn f6_leads_through_the_parts_of_the_window_and_a_dialog_gives_the_keyboard_back() {
    let mut test = open("airline");
    plain(&mut test, Key::F6);
    let inspector =
        test.ctx.memory(egui::Memory::focused).expect("something of the inspector has the keyboard");
    command(&mut test, Key::K);
    plain(&mut test, Key::Escape);
    assert_eq!(test.ctx.memory(egui::Memory::focused), Some(inspector));
    key(&mut test, Modifiers::SHIFT, Key::F6);
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    letter(&mut test, Key::T, "t");
    write(&mut test, "Lounge");
    plain(&mut test, Key::Escape);
    assert!(cards(&test).contains(&"Lounge".to_owned()), "the map has the keyboard again");
}

#[test]
fn a_line_of_the_outline_has_the_menu_of_its_element() {
    let mut test = open("airline");
    let line = test.get_all_by_role_and_label(Role::Button, "Gate").next().expect("a line for the gate");
    line.click_secondary();
    settle(&mut test);
    assert_eq!(session(&test).selection(), &[card(&test, "Gate")].into());
    let count = journey(&test).touchpoints().len();
    press(&mut test, Msg::Duplicate.text(Lang::En));
    assert_eq!(journey(&test).touchpoints().len(), count + 1);
}

/// The parts of the window in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pane {
    Top,
    Outline,
    Map,
    Inspector,
    Footer,
}

/// Returns the pane at a position of a wide window of 1440 × 900 points.
fn pane_at(place: egui::Pos2) -> Pane {
    match place {
        at if at.y < 48.0 => Pane::Top,
        at if at.x < 220.0 => Pane::Outline,
        at if at.x > 1140.0 => Pane::Inspector,
        at if at.y > 866.0 => Pane::Footer,
        _ => Pane::Map,
    }
}

/// Returns the pane and name of a focusable control, with its id if names repeat. All elements of the map are
/// one stop.
fn stop_of(node: &egui_kittest::Node<'_>) -> (Pane, String) {
    let pane = pane_at(node.rect().center());
    let node = node.accesskit_node();
    if matches!(node.role(), Role::TreeItem | Role::Heading | Role::Group | Role::Canvas) {
        return (Pane::Map, Msg::Canvas.text(Lang::En).to_owned());
    }
    (pane, format!("{:?} {} {:?}", node.role(), node.label().unwrap_or_default(), node.id()))
}

/// Returns the stops of Tab, from the first one of the top bar until it comes again.
fn round(test: &mut Test, modifiers: Modifiers) -> Vec<(Pane, String)> {
    let mut stops: Vec<(Pane, String)> = Vec::new();
    for _ in 0..300 {
        key(test, modifiers, Key::Tab);
        let focused = test.query_all_by(|node| node.is_focused() && !node.is_hidden()).next();
        let stop = stop_of(&focused.unwrap_or_else(|| panic!("nothing has the keyboard behind {stops:#?}")));
        if stops.first() == Some(&stop) {
            return stops;
        }
        stops.push(stop);
    }
    panic!("no end of it: {stops:#?}");
}

#[test]
fn tab_goes_round_the_panes_in_reading_order_and_shift_tab_back() {
    let mut test = open("airline");
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    let forth = round(&mut test, Modifiers::NONE);
    let panes: Vec<Pane> = forth.iter().map(|(pane, _)| *pane).collect();
    assert!(panes.is_sorted(), "{forth:#?}");
    for pane in [Pane::Top, Pane::Outline, Pane::Map, Pane::Inspector, Pane::Footer] {
        assert!(panes.contains(&pane), "{pane:?}");
    }
    // In the bars from left to right too.
    for bar in [Pane::Top, Pane::Footer] {
        let names: BTreeSet<&String> =
            forth.iter().filter(|(pane, _)| *pane == bar).map(|(_, name)| name).collect();
        let nodes: Vec<_> = test.query_all_by(|node| node.data().supports_action(Action::Focus)).collect();
        let left =
            |name: &String| nodes.iter().find(|node| stop_of(node).1 == *name).map(|node| node.rect().left());
        let order = forth.iter().map(|(_, name)| name).filter(|name| names.contains(name));
        let places: Vec<_> = order.map(left).collect();
        assert!(places.len() > 2 && places.is_sorted(), "{bar:?}: {places:?}");
    }
    let once: BTreeSet<&String> = forth.iter().map(|(_, name)| name).collect();
    assert_eq!(once.len(), forth.len(), "each once");
    // Everything that can be focused is a stop; the map is one, whatever it shows.
    let missed: Vec<String> = test
        .query_all_by(|node| node.data().supports_action(Action::Focus) && !node.is_disabled())
        .map(|node| stop_of(&node).1)
        .filter(|name| !once.contains(name))
        .collect();
    assert!(missed.is_empty(), "not reached: {missed:#?} of {forth:#?}");
    let mut back = round(&mut test, Modifiers::SHIFT);
    back.reverse();
    let first = back.iter().position(|stop| stop == &forth[0]).expect("comes to the first again");
    back.rotate_left(first);
    assert_eq!(back, forth);
}

#[test]
fn arrows_move_in_the_outline_and_tab_leaves_it() {
    let mut test = open("airline");
    let gate = card(&test, "Gate");
    select(&mut test, &[gate]);
    let lines: Vec<String> = {
        let journey = journey(&test);
        let of_stage = |stage: &engine::model::Stage| {
            let steps = journey.steps_of(stage.id).into_iter().map(|step| step.id);
            let cards = steps.flat_map(|step| {
                let mut cards: Vec<_> =
                    journey.touchpoints().values().filter(|card| card.step == step).collect();
                cards.sort_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
                cards.into_iter().map(|card| card.title.clone())
            });
            std::iter::once(stage.title.clone()).chain(cards).collect::<Vec<String>>()
        };
        journey.stages_in_order().into_iter().flat_map(|stage| of_stage(stage)).collect()
    };
    let said = |test: &Test| {
        let node = test
            .query_all_by(|node| node.is_focused() && !node.is_hidden())
            .next()
            .expect("something has the keyboard");
        node.accesskit_node().label().unwrap_or_default()
    };
    key(&mut test, Modifiers::SHIFT, Key::F6);
    while said(&test) != "Gate" {
        plain(&mut test, Key::Tab);
    }
    let at = lines.iter().position(|line| line == "Gate").unwrap();
    plain(&mut test, Key::ArrowDown);
    assert_eq!(said(&test), lines[at + 1]);
    plain(&mut test, Key::ArrowUp);
    plain(&mut test, Key::ArrowUp);
    assert_eq!(said(&test), lines[at - 1]);
    plain(&mut test, Key::End);
    assert_eq!(said(&test), lines[lines.len() - 1]);
    plain(&mut test, Key::ArrowDown);
    assert_eq!(said(&test), lines[lines.len() - 1], "the end of the list");
    // Every line is passed once, also those out of sight.
    plain(&mut test, Key::Home);
    for line in &lines[1..] {
        plain(&mut test, Key::ArrowDown);
        assert_eq!(&said(&test), line);
    }
    plain(&mut test, Key::Enter);
    let last = lines.last().unwrap();
    assert_eq!(session(&test).selection(), &[card(&test, last)].into());
    // A stage is folded and unfolded by the arrows to the sides.
    plain(&mut test, Key::Home);
    plain(&mut test, Key::ArrowLeft);
    plain(&mut test, Key::ArrowDown);
    let second = journey(&test).stages_in_order()[1].title.clone();
    assert_eq!(said(&test), second);
    plain(&mut test, Key::ArrowUp);
    plain(&mut test, Key::ArrowRight);
    plain(&mut test, Key::ArrowDown);
    assert_eq!(said(&test), lines[1]);
    plain(&mut test, Key::Tab);
    assert!(!lines.contains(&said(&test)), "{} is of the list", said(&test));
}

#[test]
fn a_new_opportunity_is_the_subject_of_state_and_owner_and_escape_leads_back() {
    use engine::i18n::Worded;
    use engine::model::choice::Status;
    let mut test = open("airline");
    let gate = card(&test, "Gate");
    let made = |test: &Test, title: &str| {
        project(test).improvements().values().find(|made| made.title == title).map(std::sync::Arc::clone)
    };
    select(&mut test, &[gate]);
    letter(&mut test, Key::O, "o");
    write(&mut test, "Boards at every gate");
    plain(&mut test, Key::Enter);
    let first = made(&test, "Boards at every gate").expect("it is made");
    assert_eq!(session(&test).selection(), &[first.id.into()].into());
    letter(&mut test, Key::U, "u");
    write(&mut test, Status::Started.display_name().text(Lang::En));
    plain(&mut test, Key::Enter);
    letter(&mut test, Key::W, "w");
    write(&mut test, "Ann Li");
    plain(&mut test, Key::Enter);
    let first = made(&test, "Boards at every gate").expect("it is there");
    assert_eq!((first.status, first.owner.as_str()), (Status::Started, "Ann Li"));
    // Another one, and a pain, are for the same card.
    letter(&mut test, Key::O, "o");
    write(&mut test, "A voice in the app");
    plain(&mut test, Key::Enter);
    letter(&mut test, Key::P, "p");
    write(&mut test, "Too far to walk");
    plain(&mut test, Key::Enter);
    let second = made(&test, "A voice in the app").expect("it is made");
    let pain = insight(&test, "Too far to walk");
    for id in [first.id.into(), second.id.into(), pain] {
        assert_eq!(journey(&test).speaks_of(id), [gate]);
    }
    assert_eq!(session(&test).selection(), &[gate].into());
    select(&mut test, &[second.id.into()]);
    plain(&mut test, Key::Escape);
    assert_eq!(session(&test).selection(), &[gate].into(), "back to the card");
    // With Escape the typed text stays, and the card is selected.
    letter(&mut test, Key::O, "o");
    write(&mut test, "Benches");
    plain(&mut test, Key::Escape);
    assert!(made(&test, "Benches").is_some());
    assert_eq!(session(&test).selection(), &[gate].into());
}
