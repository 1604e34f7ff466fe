//! Tests drawing on the canvas with keys and mouse: each step can be undone, and nothing changes before it is
//! complete.

use crate::support::desk;

use desireline::canvas::CanvasOrder;
use desireline::canvas::RichClipboard;
use desk::Table;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use engine::i18n::Lang;
use engine::id::Kind;
use engine::model::choice::{InsightKind, LaneKind};
use std::cell::RefCell;
use std::rc::Rc;

#[test]
fn a_journey_is_typed_without_the_mouse() {
    let mut table = Table::empty();
    table.type_text("Plan").key(Key::Enter).type_text("Fly").key(Key::ArrowDown);
    assert_eq!(table.titles(Kind::Stage), ["Plan", "Fly"]);
    table.type_text("Check in").key(Key::Enter).type_text("Board").key(Key::Enter).key(Key::Enter);
    assert_eq!(table.titles(Kind::Touchpoint), ["Board", "Check in"]);
    assert_eq!(table.desk().flows(), [("Check in".to_owned(), "Board".to_owned())]);
}

#[test]
fn what_is_typed_faster_than_frames_are_drawn_is_all_taken_in_order() {
    let mut table = Table::empty();
    table.burst(&[
        Ok("Plan"),
        Err(Key::Enter),
        Ok("Fly"),
        Err(Key::ArrowDown),
        Ok("Check in"),
        Err(Key::Enter),
    ]);
    table.burst(&[Ok("Board"), Err(Key::Enter), Err(Key::Enter), Err(Key::ArrowLeft)]);
    assert_eq!(table.titles(Kind::Stage), ["Plan", "Fly"]);
    assert_eq!(table.titles(Kind::Touchpoint), ["Board", "Check in"]);
    assert_eq!(table.desk().selected(), ["Check in"]);
    table.burst(&[
        Err(Key::ArrowUp),
        Err(Key::ArrowLeft),
        Err(Key::ArrowDown),
        Ok("Search"),
        Err(Key::Enter),
    ]);
    assert_eq!(table.titles(Kind::Touchpoint), ["Board", "Check in", "Search"], "typed in the stage before");
}

#[test]
fn tab_goes_on_in_the_next_stage_and_shift_enter_makes_an_alternative() {
    let mut table = Table::empty();
    table.type_text("One").key(Key::Enter).type_text("Two").key(Key::Enter).key(Key::Enter);
    table.key(Key::ArrowLeft).key(Key::Enter).type_text("a").keys(Modifiers::SHIFT, Key::Enter);
    table.type_text("b").key(Key::Tab).type_text("c").key(Key::Enter).key(Key::Escape);
    assert_eq!(table.titles(Kind::Touchpoint), ["a", "b", "c"]);
    let desk = table.desk();
    assert_eq!(desk.step_of("a"), desk.step_of("b"));
    assert_ne!(desk.step_of("a"), desk.step_of("c"));
}

#[test]
fn the_first_character_of_an_input_method_is_not_lost_and_its_enter_stays_its_own() {
    let mut table = Table::empty();
    table.ime("ji hua", None);
    table.key(Key::Enter);
    assert!(table.titles(Kind::Stage).is_empty(), "Enter belongs to the input method");
    table.ime("", Some("计划")).key(Key::Enter).key(Key::Escape);
    assert_eq!(table.titles(Kind::Stage), ["计划"]);
}

#[test]
fn escape_in_the_middle_leaves_the_document_as_it_was() {
    let mut table = Table::sample();
    let before = table.desk().project.clone();
    let from = table.center("Board");
    let to = table.center("Book") + egui::vec2(10.0, 0.0);
    table.press(from).move_to(from + egui::vec2(20.0, 0.0)).move_to(to);
    assert!(table.desk().canvas.preview_transaction().is_some());
    assert_eq!(table.desk().project, before);
    table.key(Key::Escape).release(to);
    assert_eq!(table.desk().project, before);
    assert_eq!(table.desk().steps, 0);
}

#[test]
fn a_card_is_dragged_to_another_column_in_one_step_and_back_by_undo() {
    let mut table = Table::sample();
    let before = table.desk().project.clone();
    let from = table.center("Board");
    let to = table.center("Book");
    table.press(from).move_to(from + egui::vec2(20.0, 0.0)).move_to(to).release(to);
    assert_eq!(table.desk().step_of("Board"), table.desk().step_of("Book"));
    assert_eq!(table.desk().steps, 1);
    table.undo();
    assert_eq!(table.desk().project, before);
}

/// Returns the flows by the titles of their ends, in alphabetical order.
fn flows(table: &Table) -> Vec<(String, String)> {
    let mut flows = table.desk().flows();
    flows.sort();
    flows
}

fn pairs(ends: &[[&str; 2]]) -> Vec<(String, String)> {
    ends.iter().map(|[from, to]| ((*from).to_owned(), (*to).to_owned())).collect()
}

#[test]
fn a_card_dragged_along_the_chain_is_linked_at_its_new_place_in_one_step() {
    let mut table = Table::sample();
    let before = table.desk().project.clone();
    assert_eq!(flows(&table), pairs(&[["Book", "Board"], ["Search", "Book"]]));
    let from = table.center("Search");
    let to = table.rect("Board").right_center() - egui::vec2(4.0, 0.0);
    table.drag(from, to, Modifiers::NONE);
    assert_eq!(flows(&table), pairs(&[["Board", "Search"], ["Book", "Board"]]));
    table.undo();
    assert!(table.desk().project == before && table.desk().steps == 1);
    // Moved into a column it becomes an alternative: both are reached, and both lead on.
    let from = table.center("Search");
    let to = table.center("Book");
    table.drag(from, to, Modifiers::NONE);
    assert_eq!(flows(&table), pairs(&[["Book", "Board"], ["Search", "Board"]]));
    table.undo();
    assert!(table.desk().project == before);
}

#[test]
fn a_stage_dragged_elsewhere_takes_its_part_of_the_chain_along() {
    let mut table = Table::sample();
    let before = table.desk().project.clone();
    // The header of a stage is above its cards.
    let above = egui::vec2(0.0, 100.0);
    let from = table.center("Board") - above;
    let to = table.center("Search") - above - egui::vec2(60.0, 0.0);
    table.drag(from, to, Modifiers::NONE);
    assert_eq!(table.titles(Kind::Stage), ["Fly", "Plan"]);
    assert_eq!(flows(&table), pairs(&[["Board", "Search"], ["Search", "Book"]]));
    table.undo();
    assert!(table.desk().project == before && table.desk().steps == 1);
}

#[test]
fn a_loop_is_drawn_from_the_edge_of_a_card() {
    let mut table = Table::sample();
    let flows = table.desk().flows().len();
    table.hover(table.center("Board"));
    let edge = table.rect("Board").right_center();
    let to = table.center("Search");
    table.hover(edge).press(edge).move_to(edge + egui::vec2(20.0, 10.0)).move_to(to).release(to);
    let made = table.desk().flows();
    assert_eq!(made.len(), flows + 1);
    assert!(made.contains(&("Board".to_owned(), "Search".to_owned())));
}

#[test]
fn a_marquee_selects_what_it_touches_and_shift_click_adds() {
    let mut table = Table::sample();
    let first = table.rect("Search");
    let second = table.rect("Book");
    let start = first.center_top() - egui::vec2(0.0, 8.0);
    table
        .press(start)
        .move_to(start + egui::vec2(20.0, 20.0))
        .move_to(second.center())
        .release(second.center());
    assert_eq!(table.desk().selected(), ["Book", "Search"]);
    let third = table.center("Board");
    table.click(third, Modifiers::SHIFT);
    assert_eq!(table.desk().selected(), ["Board", "Book", "Search"]);
    table.click(first.center(), Modifiers::NONE);
    assert_eq!(table.desk().selected(), ["Search"]);
}

#[test]
fn a_feeling_is_drawn_into_its_lane_and_makes_the_first_persona() {
    let mut table = Table::sample();
    let x = table.center("Book").x;
    let lane = table.lane(LaneKind::Feeling);
    let start = egui::pos2(x, lane.center().y);
    let end = egui::pos2(x, lane.top() + 12.0);
    table.press(start).move_to(start - egui::vec2(0.0, 16.0)).move_to(end).release(end);
    let feelings = table.desk().feelings("Book");
    assert_eq!(feelings.len(), 1);
    assert!(feelings[0] > 1.0, "{feelings:?}");
    assert_eq!(table.desk().steps, 1);
}

#[test]
fn a_pain_is_typed_for_the_selected_card_and_dropped_without_a_name() {
    let mut table = Table::sample();
    table.click(table.center("Book"), Modifiers::NONE);
    table.order(CanvasOrder::AddInsight(InsightKind::Pain, None)).type_text("Too dear").key(Key::Enter);
    assert_eq!(table.titles(Kind::Insight), ["Too dear"]);
    table.order(CanvasOrder::AddInsight(InsightKind::Gain, None)).key(Key::Enter);
    assert_eq!(table.titles(Kind::Insight), ["Too dear"]);
}

#[test]
fn keys_move_the_feeling_of_the_persona_in_work_one_step_each() {
    let mut table = Table::sample();
    table.click(table.center("Book"), Modifiers::NONE);
    table.order(CanvasOrder::Feel(Some(0.5))).order(CanvasOrder::Feel(Some(0.5)));
    assert_eq!((table.desk().feelings("Book"), table.desk().steps), (vec![1.0], 2));
    assert_eq!(table.titles(Kind::Persona).len(), 1, "the first persona is made once");
    for _ in 0..6 {
        table.order(CanvasOrder::Feel(Some(-0.5)));
    }
    assert_eq!(table.desk().feelings("Book"), [-2.0], "the scale ends there");
    table.order(CanvasOrder::Feel(None));
    assert!(table.desk().feelings("Book").is_empty());
    table.undo();
    assert_eq!(table.desk().feelings("Book"), [-2.0]);
    table.click(table.center("Search"), Modifiers::SHIFT).order(CanvasOrder::Feel(Some(0.5)));
    assert_eq!([table.desk().feelings("Book"), table.desk().feelings("Search")], [[-1.5], [0.5]]);
}

#[test]
fn a_note_is_dragged_to_what_it_shall_speak_of() {
    let mut table = Table::sample();
    table.click(table.center("Book"), Modifiers::NONE);
    table.order(CanvasOrder::AddInsight(InsightKind::Pain, None)).type_text("Too dear").key(Key::Enter);
    let pain = |about: &str| ("Too dear".to_owned(), about.to_owned());
    let before = table.desk().project.clone();
    let from = table.note("Too dear").center();
    let to = table.center("Board");
    table.carry(from, to, Modifiers::NONE);
    assert!(table.desk().canvas.preview_transaction().is_some() && table.desk().project == before);
    table.key(Key::Escape).release(to);
    assert_eq!(table.desk().project, before);
    let steps = table.desk().steps;
    table.drag(from, to, Modifiers::NONE);
    assert_eq!((table.desk().abouts(), table.desk().steps), (vec![pain("Board")], steps + 1));
    // With Shift it stays linked to the other too; beside the cards, the column is the target.
    let from = table.note("Too dear").center();
    let lane = table.lane(LaneKind::Scores).center();
    table.drag(from, egui::pos2(table.center("Search").x, lane.y), Modifiers::SHIFT);
    assert_eq!(table.desk().abouts(), [pain("Board"), pain("Search")]);
    let from = table.note("Too dear").center();
    let stage = table.center("Search") - egui::vec2(0.0, 100.0);
    table.drag(from, stage, Modifiers::NONE);
    assert_eq!(table.desk().abouts(), [pain("Plan")]);
    table.undo();
    assert_eq!(table.desk().abouts(), [pain("Board"), pain("Search")]);
}

#[test]
fn several_cards_move_together_in_one_step() {
    let mut table = Table::sample();
    table.click(table.center("Search"), Modifiers::NONE);
    table.click(table.center("Book"), Modifiers::SHIFT);
    let from = table.center("Search");
    let to = table.rect("Board").right_center() - egui::vec2(4.0, 0.0);
    table.drag(from, to, Modifiers::NONE);
    let places = ["Board", "Search", "Book"].map(|title| table.center(title).x);
    assert!(places.is_sorted() && table.desk().steps == 1, "{places:?}");
    table.undo();
    assert!(table.center("Search").x < table.center("Board").x);
}

#[test]
fn a_name_opened_by_double_click_or_key_is_typed_over_and_a_click_into_it_is_not() {
    let mut table = Table::sample();
    table.double_click(table.center("Book")).type_text("Buy").key(Key::Enter);
    assert_eq!(table.titles(Kind::Touchpoint), ["Board", "Buy", "Search"]);
    let board = table.desk().card_id("Board");
    table.order(CanvasOrder::EditTitle(board));
    table.click(table.rect("Board").left_center() + egui::vec2(10.0, 0.0), Modifiers::NONE);
    table.key(Key::End).type_text("ing").key(Key::Enter);
    assert_eq!(table.titles(Kind::Touchpoint), ["Boarding", "Buy", "Search"]);
}

#[test]
fn cards_are_reached_by_name_and_arrows_lead_over_the_map() {
    let mut table = Table::sample();
    let card = table.harness.get_by(|node| node.label().is_some_and(|label| label.starts_with("Search")));
    card.click();
    table.harness.run();
    assert_eq!(table.desk().selected(), ["Search"]);
    table.key(Key::ArrowRight);
    assert_eq!(table.desk().selected(), ["Book"]);
    table.key(Key::ArrowLeft).key(Key::ArrowUp);
    assert_eq!(table.desk().selected(), ["Plan"]);
    table.key(Key::F24).key(Key::Enter);
    assert_eq!(table.desk().selected(), ["Search"]);
}

/// A clipboard that two windows share.
#[derive(Clone, Default)]
struct SharedClipboard(Rc<RefCell<Option<(String, String)>>>);

impl RichClipboard for SharedClipboard {
    fn write_html(&mut self, html: &str, lines: &str) -> bool {
        *self.0.borrow_mut() = Some((html.to_owned(), lines.to_owned()));
        true
    }

    fn read_html(&mut self) -> Option<String> {
        self.0.borrow().clone().map(|(html, _)| html)
    }
}

#[test]
fn what_is_copied_is_pasted_again_where_the_system_takes_only_text() {
    let mut table = Table::sample();
    table.click(table.center("Book"), Modifiers::NONE);
    let lines = table.copied();
    assert_eq!(lines, "Book\n");
    table.paste("Book\r\n");
    assert_eq!(table.titles(Kind::Touchpoint), ["Board", "Book", "Book", "Search"]);
}

#[test]
fn what_is_copied_here_is_pasted_in_another_window_with_new_names() {
    let shared = SharedClipboard::default();
    let mut table = Table::sample();
    table.harness.state_mut().canvas.use_clipboard(Box::new(shared.clone()));
    table.click(table.center("Book"), Modifiers::NONE);
    table.harness.input_mut().events.push(egui::Event::Copy);
    table.harness.run_steps(1);
    let (_, lines) = shared.0.borrow().clone().unwrap();
    assert_eq!(lines, "Book\n", "other programs get the title");
    let mut other = Table::sample();
    other.click(other.center("Board"), Modifiers::NONE).paste(&lines);
    assert_eq!(
        other.titles(Kind::Touchpoint),
        ["Board", "Book", "Search"],
        "the lines alone are no elements"
    );
    other.harness.state_mut().canvas.use_clipboard(Box::new(shared));
    other.paste(&lines);
    assert_eq!(other.titles(Kind::Touchpoint), ["Board", "Book", "Book", "Search"]);
    let mut ids: Vec<_> = other.desk().project.records().map(|record| record.id()).collect();
    ids.dedup();
    assert_eq!(ids.len(), other.desk().project.records().count());
    other.undo().paste("just some words");
    assert_eq!(other.titles(Kind::Touchpoint), ["Board", "Book", "Search"]);
}

#[test]
fn nothing_is_drawn_again_while_nothing_moves() {
    let mut table = Table::sample();
    table.harness.run();
    assert!(table.harness.run() <= 1, "the canvas asks to be drawn again without need");
}

#[test]
fn a_flow_that_is_drawn_is_selected_and_its_label_is_typed_on_the_line() {
    let mut table = Table::sample();
    let before = table.desk().flows().len();
    table.hover(table.center("Board"));
    let edge = table.rect("Board").right_center();
    let to = table.center("Search");
    table.hover(edge).drag(edge, to, Modifiers::NONE);
    table.type_text("the flight is cancelled").key(Key::Enter);
    let labels = table.desk().conditions();
    assert_eq!((labels, table.desk().steps), (vec!["the flight is cancelled".to_owned()], 2));
    assert!(table.desk().selection_is(Kind::Flow));
    // Zoomed out, it is still shown while it is selected.
    table.order(CanvasOrder::ZoomOut);
    // A flow without a label asks for one, and stays without if none is typed.
    table.undo().undo().order(CanvasOrder::ZoomActual);
    let edge = table.rect("Board").right_center();
    let to = table.center("Search");
    table.hover(table.center("Board")).hover(edge).drag(edge, to, Modifiers::NONE).key(Key::Escape);
    assert_eq!(table.desk().flows().len(), before + 1);
    let condition = engine::i18n::Msg::Condition.text(Lang::En);
    table.harness.get_by_label(condition).click();
    table.harness.run_steps(3);
    table.type_text("rebooked").key(Key::Enter);
    assert_eq!(table.desk().conditions(), ["rebooked"]);
}
