//! Tests that a click on the map shows the element in the inspector in the same frame, and requests no more
//! frames than any other event.

use crate::support;

use egui::{Event, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use engine::i18n::Lang;
use engine::id::Id;
use std::collections::BTreeSet;
use std::time::Duration;
use support::window::{self, On, Test};

/// The frames that egui draws after any event: one for the change, and one to be sure.
const AFTER_ANY: usize = 2;

fn button(at: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers }
}

/// Draws one frame with one event, in a single layout pass.
fn frame(test: &mut Test, event: Event) {
    let passes = test.ctx.cumulative_pass_nr();
    test.input_mut().events.push(event);
    test.run_steps(1);
    assert_eq!(test.ctx.cumulative_pass_nr() - passes, 1, "nothing is laid out twice");
}

fn open() -> Test {
    window::open(vec2(1440.0, 900.0), Lang::En, On::Template("airline"))
}

/// Returns the middle of the first card of the map whose name a screen reader reads.
fn place_of(test: &Test, title: &str) -> Pos2 {
    let on_map = |place: &egui::Rect| place.left() > 230.0 && place.right() < 1130.0;
    let nodes = test.query_all_by(|node| node.label().is_some_and(|label| label.starts_with(title)));
    let found = nodes.map(|node| node.rect()).find(on_map);
    found.unwrap_or_else(|| panic!("{title} on the map")).center()
}

fn hover(test: &mut Test, at: Pos2) {
    test.input_mut().events.push(Event::PointerMoved(at));
    test.run_steps(4);
}

fn selected(test: &Test) -> BTreeSet<Id> {
    window::session(test).selection().clone()
}

/// Counts the frames until nothing more is drawn.
fn frames_to_rest(test: &mut Test) -> usize {
    let rests = |test: &Test| {
        test.output().viewport_output.values().all(|viewport| viewport.repaint_delay > Duration::from_secs(1))
    };
    let mut frames = 0;
    while !rests(test) && frames < 20 {
        test.run_steps(1);
        frames += 1;
    }
    frames
}

#[test]
fn the_inspector_shows_a_clicked_card_in_the_frame_of_the_click() {
    let mut test = open();
    let at = place_of(&test, "Gate");
    hover(&mut test, at);
    frame(&mut test, button(at, true, Modifiers::NONE));
    assert_eq!(frames_to_rest(&mut test), AFTER_ANY);
    assert!(!window::says(&test, "Moment of truth"), "the journey is shown");
    frame(&mut test, button(at, false, Modifiers::NONE));
    assert_eq!(selected(&test), [window::card(&test, "Gate")].into());
    assert!(window::says(&test, "Moment of truth"), "the card is shown");
    let shown = test.output().shapes.clone();
    assert_eq!(frames_to_rest(&mut test), AFTER_ANY);
    assert!(test.output().shapes == shown, "the first frame is as the last");
}

#[test]
fn a_click_counts_once_and_ends_typing() {
    let mut test = open();
    let gate = place_of(&test, "Gate");
    let seat = place_of(&test, "Online boarding");
    for (at, modifiers) in [(gate, Modifiers::NONE), (seat, Modifiers::SHIFT)] {
        hover(&mut test, at);
        test.event(Event::ModifiersChanged(modifiers));
        test.run_steps(1);
        frame(&mut test, button(at, true, modifiers));
        frame(&mut test, button(at, false, modifiers));
        test.input_mut().time = Some(test.ctx.input(|input| input.time) + 2.0);
        test.run_steps(3);
    }
    assert_eq!(selected(&test).len(), 2, "the second is added, and not taken away again");
    test.event(Event::ModifiersChanged(Modifiers::NONE));
    test.run_steps(1);
    hover(&mut test, gate);
    frame(&mut test, button(gate, true, Modifiers::NONE));
    frame(&mut test, button(gate, false, Modifiers::NONE));
    let id = window::card(&test, "Gate");
    assert_eq!(selected(&test), [id].into());
    // Text typed into the inspector goes to its own card when another is clicked.
    test.input_mut().time = Some(test.ctx.input(|input| input.time) + 2.0);
    test.run_steps(3);
    window::type_over(&mut test, "Owner", "Ground team");
    hover(&mut test, seat);
    frame(&mut test, button(seat, true, Modifiers::NONE));
    frame(&mut test, button(seat, false, Modifiers::NONE));
    test.run_steps(3);
    let owners = window::journey(&test).touchpoints().values();
    let owners: Vec<_> =
        owners.filter(|card| card.owner == "Ground team").map(|card| Id::from(card.id)).collect();
    assert_eq!(owners, [id]);
}
