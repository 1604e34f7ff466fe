//! Tests the map in the window as a workshop uses it: the legend, the least zoom, menus, the chooser, notices
//! of undone steps, typing while zooming, and hover notes.

use crate::common::airline;
use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::canvas::CanvasOrder;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use engine::edit::apply_all;
use engine::i18n::{Lang, Msg};
use engine::id::{Id, IdSource};
use engine::layout::{LayoutRequest, layout_once};
use engine::scene::ScenePart;
use engine::store::load::to_bytes;
use engine::survey::import::build_transaction;
use std::io::Write;
use support::window::{self, On, Test, act, ask, key, plain, select, settle, told, write};

/// A file name as survey tools give them.
const LONG: &str = "airline-feedback_export_2026-11-22_all-respondents_final-version-2.csv";

/// Opens the airline template with answers imported from a file of a long name.
fn with_answers(size: egui::Vec2, lang: Lang) -> (Test, tempfile::TempDir) {
    let mut project = airline::template("airline.ron");
    let import = airline::import(&project);
    let import = engine::survey::import::Import { file: LONG.to_owned(), ..import };
    let made = build_transaction(&project, &import, &mut IdSource::from_seed(21));
    apply_all(&mut project, &made).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("airline.ron");
    std::fs::File::create(&path).unwrap().write_all(&to_bytes(&project)).unwrap();
    (window::open(size, lang, On::File(path)), folder)
}

fn airline(lang: Lang) -> Test {
    window::open(vec2(1280.0, 800.0), lang, On::Template("airline"))
}

/// Returns the first node in the accessibility tree whose text begins so.
fn begins(test: &Test, words: &str) -> Option<(String, Rect)> {
    let said = |node: &egui_kittest::Node<'_>| node.value().or_else(|| node.accesskit_node().label());
    let is = |node: &egui_kittest::Node<'_>| said(node).is_some_and(|text| text.starts_with(words));
    let found = test.query_all_by(|_| true).find(is)?;
    Some((said(&found)?, found.rect()))
}

fn click(test: &mut Test, pos: Pos2, button: PointerButton) {
    test.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        test.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        test.run_steps(2);
    }
    settle(test);
}

/// Returns the text of the note at the pointer.
fn noted(test: &Test) -> Option<String> {
    test.query_all_by_role(Role::Tooltip).next().and_then(|node| node.accesskit_node().label())
}

/// Returns the rectangle of the first map node whose label begins so.
fn on_map(test: &Test, words: &str) -> Rect {
    let is = |node: &egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label();
        node.accesskit_node().role() == Role::TreeItem && label.is_some_and(|said| said.starts_with(words))
    };
    test.query_all_by_role(Role::TreeItem).find(is).unwrap_or_else(|| panic!("{words} on the map")).rect()
}

fn point_at(test: &mut Test, at: Pos2) {
    test.hover_at(at);
    test.run_steps(4);
}

#[test]
fn the_meaning_of_hatching_is_whole_in_the_footer() {
    for lang in Lang::ALL {
        for size in [vec2(1280.0, 800.0), vec2(1440.0, 900.0)] {
            let (mut test, _folder) = with_answers(size, lang);
            let hatched = Msg::SmallSample.text_with(lang, &[("n", &30)]);
            let (said, rect) = begins(&test, &hatched).expect("hatching comes first");
            let font = egui::FontId::proportional(engine::theme::size::text::SMALL);
            let width = test.ctx.fonts_mut(|fonts| {
                fonts.layout_no_wrap(hatched.clone(), font, egui::Color32::BLACK).size().x
            });
            assert!(rect.width() >= width, "{hatched} takes {width} of {rect}");
            // What does not fit is told at the pointer, a part a line.
            point_at(&mut test, rect.center());
            test.run_steps(8);
            let lines: Vec<&str> = said.split(" · ").collect();
            let (note, _) = begins(&test, &lines[..2].join("\n")).expect("the note has all parts");
            assert!(note.contains(LONG), "{note}");
        }
    }
}

#[test]
fn zooming_out_ends_with_a_map_that_can_be_seen() {
    let mut test = airline(Lang::En);
    let lane = |test: &Test| test.get_by_role_and_label(Role::Group, "Feeling, lane").rect();
    let map = 760.0;
    act(&mut test, Action::Fit);
    for _ in 0..6 {
        act(&mut test, Action::ZoomOut);
    }
    let least = lane(&test).width();
    assert!((0.3..0.55).contains(&(least / map)), "{least}");
    test.hover_at(egui::pos2(600.0, 400.0));
    test.run_steps(2);
    for _ in 0..4 {
        test.event(Event::Zoom(0.2));
        test.run_steps(2);
    }
    settle(&mut test);
    assert!((lane(&test).width() - least).abs() < 1.0, "a pinch ends there too");
    act(&mut test, Action::ZoomIn);
    assert!(lane(&test).width() > least + 1.0);
}

/// Returns the names of the entries of the open menu.
fn entries(test: &Test) -> Vec<String> {
    let moves =
        [Action::MoveLeft, Action::MoveRight, Action::MoveUp, Action::MoveDown, Action::Copy, Action::Delete];
    let name = |action: &Action| action.entry().label.text(Lang::En).to_owned();
    let names = moves.iter().map(name);
    names.filter(|name| test.query_by_role_and_label(Role::Button, name).is_some()).collect()
}

#[test]
fn a_menu_offers_only_what_does_something_and_stays_between_its_entries() {
    let mut test = airline(Lang::En);
    let stages: Vec<Id> =
        window::journey(&test).stages_in_order().iter().map(|stage| stage.id.into()).collect();
    let lane: Id = window::journey(&test).lanes_in_order()[1].id.into();
    let open = |test: &mut Test, id: Id| {
        select(test, &[id]);
        key(test, Modifiers::SHIFT, Key::F10);
        entries(test)
    };
    assert_eq!(open(&mut test, stages[0]), ["Move right", "Copy", "Delete"]);
    plain(&mut test, Key::Escape);
    assert_eq!(open(&mut test, stages[1]), ["Move left", "Move right", "Copy", "Delete"]);
    plain(&mut test, Key::Escape);
    assert_eq!(open(&mut test, lane), ["Move up", "Move down", "Delete"]);
    // Between the groups lies a line that is no entry.
    let up = test.get_by_role_and_label(Role::Button, "Move up").rect();
    let down = test.get_by_role_and_label(Role::Button, "Move down").rect();
    assert!(down.top() - up.bottom() < 0.5, "no gap between {up} and {down}");
    let first = test.get_by_role_and_label(Role::Button, Action::AddTouchpoint.entry().label.text(Lang::En));
    let between = first.rect().center_bottom() + vec2(0.0, 4.0);
    click(&mut test, between, PointerButton::Primary);
    assert!(!entries(&test).is_empty(), "the menu is still open");
    let before = window::journey(&test).lanes_in_order()[0].id;
    window::press(&mut test, "Move up");
    assert_ne!(window::journey(&test).lanes_in_order()[0].id, before);
    assert!(entries(&test).is_empty(), "an entry closes the menu");
}

#[test]
fn the_chooser_stays_where_it_opened() {
    let mut test = airline(Lang::En);
    let made = window::project(&test).improvements().values().find(|made| made.title.starts_with("Pass on"));
    let made: Id = made.expect("an opportunity of the template").id.into();
    select(&mut test, &[made]);
    ask(&mut test, AppRequest::Order(CanvasOrder::Reveal(made)));
    act(&mut test, Action::ChooseStatus);
    let name = Msg::Status.text(Lang::En);
    let field = |test: &Test| test.get_by_role_and_label(Role::TextInput, name).rect();
    let first = field(&test);
    for letters in ["p", "l", "zzz"] {
        write(&mut test, letters);
        assert_eq!(field(&test).min, first.min, "after {letters}");
    }
    let nothing = Msg::NoMatches.text(Lang::En);
    let labels = test.query_all_by_role(Role::Label);
    let said = labels.filter(|node| {
        node.value().as_deref() == Some(nothing) || node.accesskit_node().label().as_deref() == Some(nothing)
    });
    assert_eq!(said.count(), 1, "it is said once");
}

#[test]
fn a_notice_about_a_step_goes_when_the_step_is_undone() {
    let mut test = airline(Lang::En);
    test.event(Event::Paste("Wait in line\nBoard by zone\n".to_owned()));
    settle(&mut test);
    assert!(told(&test).contains("Pasted 2 touchpoints"), "{}", told(&test));
    act(&mut test, Action::Undo);
    assert_eq!(told(&test), "");
}

#[test]
fn a_field_stays_in_view_and_below_the_headers_while_the_map_is_zoomed() {
    let mut test = airline(Lang::En);
    for title in ["Choose flight times", "Gate", "Baggage claim"] {
        let card = window::card(&test, title);
        select(&mut test, &[card]);
        ask(&mut test, AppRequest::Order(CanvasOrder::Reveal(card)));
        act(&mut test, Action::Rename);
        for _ in 0..3 {
            act(&mut test, Action::ZoomIn);
            let focused = test.ctx.memory(egui::Memory::focused).expect("the field has the keyboard");
            let field = test.ctx.read_response(focused).expect("it is drawn").rect;
            let headers = test
                .query_all_by_role(Role::TreeItem)
                .filter(|node| node.accesskit_node().label().is_some_and(|label| label.contains(", stage")));
            let below =
                headers.map(|node| node.rect()).filter(|rect| rect.x_range().contains(field.center().x));
            let top = below.map(|rect| rect.bottom()).fold(48.0, f32::max);
            assert!(
                field.top() >= top - 1.0 && field.left() >= 220.0,
                "{title} is typed at {field} below {top}"
            );
        }
        plain(&mut test, Key::Escape);
        act(&mut test, Action::ZoomReset);
    }
}

#[test]
fn a_hover_note_says_what_can_not_be_read_in_plain_words() {
    for lang in Lang::ALL {
        let (mut test, _folder) = with_answers(vec2(1280.0, 800.0), lang);
        act(&mut test, Action::Fit);
        let card = on_map(&test, "Online boarding,");
        point_at(&mut test, card.center());
        let said = noted(&test).expect("the title is not on the card");
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines[0], "Online boarding");
        assert!(lines.len() <= 4 && lines[1].starts_with(Msg::MomentOfTruth.text(lang)), "{said}");
        let comma = Msg::ListComma.text(lang);
        assert!(
            lines[2].contains(comma) && !said.contains(&Msg::Touchpoint.text(lang).to_lowercase()),
            "{said}"
        );
        // Over a flow's label that is whole, and a card that is, there is none.
        act(&mut test, Action::ZoomReset);
        let label = on_map(&test, "Clean cabin,");
        point_at(&mut test, label.center());
        assert_eq!(noted(&test), None);
    }
}

#[test]
fn a_selected_flow_is_told_at_a_small_zoom_without_a_note() {
    let mut test = airline(Lang::En);
    act(&mut test, Action::Fit);
    let journey = window::journey(&test);
    let flow = journey.flows().values().find(|flow| flow.condition.contains("cancelled")).unwrap().id;
    select(&mut test, &[flow.into()]);
    test.run_steps(3);
    let ends = "Gate → Online booking";
    let is = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().label().is_some_and(|label| label.contains(ends))
    };
    let line = test.query_all_by_role(Role::TreeItem).find(is).expect("the flow is read aloud").rect();
    point_at(&mut test, line.center_bottom() - vec2(0.0, 1.0));
    assert_eq!(noted(&test), None, "its label is drawn whole");
}

#[test]
fn the_first_column_begins_right_of_the_lane_labels() {
    for template in engine::store::template::ALL {
        let project = engine::store::load::load_project(template.bytes).unwrap().project;
        let journey = project.journeys_in_order()[0].info().id;
        let scene = layout_once(&LayoutRequest::new(project, journey));
        let end = scene.grid.lanes.first().expect("a template has lanes").label.max.x;
        for item in &scene.items {
            let is_content = matches!(
                item.block.part,
                ScenePart::Card | ScenePart::Insight | ScenePart::Cell | ScenePart::Picture
            );
            assert!(!is_content || item.at.x >= end - 0.1, "{}: {}", template.name, item.block.label);
        }
    }
}
