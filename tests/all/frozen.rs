//! Tests stage headers and lane labels that stay in view while the map is panned: they are drawn, read aloud
//! and edited as in their own places.

use crate::support;

use crate::support::desk;

use desireline::canvas::CanvasOrder;
use desk::Table;
use egui::{Key, Modifiers, Rect, pos2, vec2};
use engine::i18n::Lang;
use engine::id::Kind;
use engine::model::choice::LaneKind;
use engine::theme::ThemeId;

const WINDOW: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(1280.0, 800.0) };

fn airline() -> Table {
    let template = engine::store::template::find_template("airline").expect("the template is there");
    Table::new(engine::store::load::load_project(template.bytes).unwrap().project)
}

/// Returns the airline's map, panned so that both kinds of headers are frozen.
fn moved() -> Table {
    let mut table = airline();
    table.scroll(vec2(-300.0, -250.0));
    table
}

#[test]
fn headers_stay_in_view_and_are_told_once() {
    let mut table = airline();
    let stage = table.told("On board, stage");
    let lane = table.told("Feeling, lane");
    assert!(stage.top() > WINDOW.top() + 60.0 && lane.left() > 40.0, "in their own places: {stage} {lane}");
    table.scroll(vec2(-300.0, -250.0));
    let moved = table.told("On board, stage");
    assert!((10.0..30.0).contains(&moved.top()), "at the top: {moved}");
    assert!(
        (moved.left() - stage.left() + 300.0).abs() < 2.0,
        "it follows the map sideways: {stage} {moved}"
    );
    assert!((moved.height() - stage.height()).abs() < 1.0);
    // Scrolled far down, its own place is out of view.
    table.scroll(vec2(-400.0, -4000.0));
    assert!((table.told("On board, stage").top() - moved.top()).abs() < 0.5);
    table.dress(ThemeId::Dark, Lang::ZhCn);
    table.dress(ThemeId::Light, Lang::En);
    table.scroll(vec2(700.0, 8000.0));
    assert!(table.told("On board, stage").top() > 60.0, "back in its own place");
}

#[test]
fn what_is_frozen_is_selected_and_renamed_as_in_its_own_place() {
    let mut table = moved();
    let stage = table.told("On board, stage");
    table.click(pos2(stage.left() + 60.0, stage.center().y), Modifiers::NONE);
    assert_eq!(table.desk().selected(), ["On board"]);
    let card = table.center("Seat comfort");
    table.double_click(pos2(stage.left() + 60.0, stage.center().y));
    table.type_text("In the air");
    table.key(Key::Enter);
    assert!(table.titles(Kind::Stage).contains(&"In the air".to_owned()));
    assert_eq!(table.center("Seat comfort"), card, "the map has not moved");
    assert!((table.told("In the air, stage").top() - stage.top()).abs() < 0.5);
    let lane = table.lane(LaneKind::Doing);
    let label = pos2(60.0, lane.center().y);
    table.click(label, Modifiers::NONE);
    table.double_click(label).type_text("What they do").key(Key::Enter);
    assert!(table.titles(Kind::Lane).contains(&"What they do".to_owned()));
}

#[test]
fn what_lies_beneath_is_not_reached_and_the_corner_is_neither() {
    let mut table = airline();
    // The card comes to lie beneath the headers of the stages.
    let down = table.center("Seat comfort").y - 40.0;
    table.scroll(vec2(-300.0, -down));
    let card = table.center("Seat comfort");
    table.click(card, Modifiers::NONE);
    assert_eq!(table.desk().selected(), ["On board"]);
    table.click(pos2(40.0, 40.0), Modifiers::NONE);
    assert!(table.desk().selected().is_empty(), "nothing is in the corner");
    let steps = table.desk().steps;
    table.double_click(pos2(40.0, 40.0)).drag(pos2(40.0, 40.0), pos2(600.0, 500.0), Modifiers::NONE);
    assert!(table.desk().selected().is_empty() && table.desk().steps == steps);
}

#[test]
fn frozen_headers_are_dragged_and_lead_flows() {
    let mut table = moved();
    let airport = table.told("Airport, stage");
    let board = table.told("On board, stage");
    let from = pos2(board.left() + 60.0, board.center().y);
    let to = pos2(airport.left() + 10.0, board.center().y + 150.0);
    table.carry(from, to, Modifiers::NONE);
    table.release(to);
    assert_eq!(table.titles(Kind::Stage), ["Plan", "Book", "On board", "Airport", "Arrive"]);
    table.undo();
    let steps = table.desk().steps;
    let feeling = table.lane(LaneKind::Feeling);
    let doing = table.lane(LaneKind::Doing);
    table.drag(pos2(60.0, feeling.center().y), pos2(60.0, doing.top() + 10.0), Modifiers::NONE);
    assert_eq!(table.desk().steps, steps + 1);
    assert!(table.lane(LaneKind::Feeling).top() < table.lane(LaneKind::Doing).top());
    table.undo();
    let flows = table.desk().flows().len();
    let edge = table.told("Airport, stage").right_center();
    let to = table.told("On board, stage").left_center() + vec2(30.0, 0.0);
    table.hover(edge - vec2(20.0, 0.0)).hover(edge);
    table.carry(edge, to, Modifiers::NONE);
    table.release(to);
    assert_eq!(table.desk().flows().len(), flows + 1);
    assert!(table.desk().flows().contains(&("Airport".to_owned(), "On board".to_owned())));
}

#[test]
fn what_is_asked_for_is_shown_beside_the_frozen_headers() {
    let mut table = airline();
    table.scroll(vec2(-700.0, -250.0));
    let [first, second] = ["Clean cabin", "Leg room"].map(|title| table.desk().card_id(title));
    assert!(table.rect("Clean cabin").left() < 100.0 && table.rect("Clean cabin").bottom() < 80.0);
    table.order(CanvasOrder::Reveal(first));
    let shown = table.rect("Clean cabin");
    assert!(shown.left() >= 140.0 && shown.top() >= 80.0, "below and right of the headers: {shown}");
    table.scroll(vec2(0.0, -250.0)).order(CanvasOrder::Reveal(second));
    assert!(table.rect("Leg room").top() >= 80.0, "{}", table.rect("Leg room"));
    for title in ["Leg room", "Food and drink"] {
        table.click(table.center(title), Modifiers::NONE).order(CanvasOrder::FitSelection);
        let shown = table.rect(title);
        assert!(shown.left() >= 280.0 && shown.top() >= 120.0, "{title} at {shown}");
        table.order(CanvasOrder::ZoomActual);
    }
    let mut table = moved();
    // A stage is in view already.
    table.scroll(vec2(0.0, -250.0));
    let before = table.rect("Leg room");
    table.click(table.told("On board, stage").center(), Modifiers::NONE);
    let stage = table.desk().selected();
    table.key(Key::F24).key(Key::ArrowRight).key(Key::ArrowLeft);
    assert_eq!((table.desk().selected(), table.rect("Leg room")), (stage, before), "the map stays");
}

#[test]
fn a_frozen_header_that_others_changed_glows() {
    let mut table = moved();
    let stage = table.told("On board, stage");
    let lane = table.told("Doing, lane");
    // Around the header of the stage, and around the label at the left of the lane.
    let label = Rect::from_x_y_ranges(0.0..=150.0, lane.y_range());
    let places = [stage.expand(4.0), label.expand(4.0)];
    let before = support::picture(&mut table.harness);
    let desk = table.harness.state_mut();
    let journey = desk.project.journeys_in_order()[0];
    let lane = journey.lanes_in_order().into_iter().find(|lane| lane.kind == LaneKind::Doing).unwrap().id;
    let stage = journey.stages_in_order().into_iter().find(|stage| stage.title == "On board").unwrap().id;
    desk.glow = [stage.into(), lane.into()].into();
    table.harness.run_steps(2);
    let after = support::picture(&mut table.harness);
    for place in places {
        let differs = |x: u32, y: u32| before.get_pixel(x, y) != after.get_pixel(x, y);
        let columns = place.left() as u32..place.right() as u32;
        let rows = place.top() as u32..place.bottom() as u32;
        let lit: usize = columns.map(|x| rows.clone().filter(|y| differs(x, *y)).count()).sum();
        assert!(lit > 200, "{lit} pixels are lit in {place}");
    }
}
