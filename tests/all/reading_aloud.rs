//! Tests the window with a screen reader: the map is a tree in the journey's order, and no unreadable label
//! is read.

use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use engine::i18n::Lang;
use support::window::{self, On, Test, act, ask, journey, select};

fn open(lang: Lang, template: &'static str) -> Test {
    window::open(vec2(1280.0, 800.0), lang, On::Template(template))
}

/// Returns the labels of the map's nodes in reading order, each with a dot per level of depth.
fn read_aloud(test: &Test) -> Vec<String> {
    let tree = test.query_all_by_role(Role::Tree).next().expect("the map is a tree");
    let mut lines = Vec::new();
    let mut open: Vec<_> = tree.children().map(|child| (0, child)).collect();
    open.reverse();
    while let Some((depth, node)) = open.pop() {
        let label = node.accesskit_node().label().unwrap_or_default();
        lines.push(format!("{}{label}", ".".repeat(depth)));
        let mut below: Vec<_> = node.children().map(|child| (depth + 1, child)).collect();
        below.reverse();
        open.extend(below);
    }
    lines
}

#[test]
fn the_map_is_read_stage_by_stage_with_all_that_is_in_it() {
    let mut test = open(Lang::En, "airline");
    let place = |lines: &[String], start: &str| {
        let found = lines.iter().position(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("{start} is read: {lines:#?}"))
    };
    let before = read_aloud(&test);
    for stage in journey(&test).stages_in_order() {
        let at = place(&before, &stage.title);
        for step in journey(&test).steps_of(stage.id) {
            for card in journey(&test).touchpoints().values().filter(|card| card.step == step.id) {
                assert!(
                    place(&before, &format!(".{}", card.title)) > at,
                    "{} in {}",
                    card.title,
                    stage.title
                );
            }
        }
    }
    let pain = journey(&test).abouts().values().find(|about| about.to.kind() == engine::id::Kind::Touchpoint);
    let pain = pain.expect("something speaks of a touchpoint");
    let insight = pain.from;
    let card = pain.to;
    let insight = journey(&test).insights()[&insight.to_typed().unwrap()].title.clone();
    let card = journey(&test).touchpoints()[&card.to_typed().unwrap()].title.clone();
    assert!(place(&before, &format!("..{insight}")) > place(&before, &format!(".{card}")));
    // Elements out of view are read all the same.
    for _ in 0..6 {
        act(&mut test, Action::ZoomIn);
    }
    assert_eq!(read_aloud(&test), before);
}

#[test]
fn the_keyboard_is_at_the_selected_element_and_choosing_one_selects_it() {
    let mut test = open(Lang::En, "airline");
    let gate = window::card(&test, "Gate");
    let node = |test: &Test, title: &str| {
        let is = |node: &egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            node.role() == Role::TreeItem && node.label().is_some_and(|label| label.starts_with(title))
        };
        test.query_all_by_role(Role::TreeItem).find(is).map(|node| node.accesskit_node().is_focused())
    };
    test.get_all_by_role(Role::Canvas).next().unwrap().focus();
    test.run_steps(2);
    select(&mut test, &[gate]);
    assert_eq!(node(&test, "Gate"), Some(true));
    test.key_press_modifiers(Modifiers::NONE, Key::ArrowRight);
    test.run_steps(3);
    assert_eq!(node(&test, "Gate"), Some(false), "the keyboard went on with the selection");
    let found = test.query_all_by_role(Role::TreeItem);
    let chosen = found
        .into_iter()
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Baggage claim")));
    chosen.expect("it is read").click_accesskit();
    test.run_steps(3);
    assert_eq!(window::session(&test).single_selection(), Some(window::card(&test, "Baggage claim")));
    test.run_steps(2);
    assert_eq!(node(&test, "Baggage claim"), Some(true), "the keyboard goes where it was chosen");
}

/// Returns the unreadable labels of the whole window.
fn unreadable(test: &Test) -> Vec<String> {
    let is_private = |text: &String| text.chars().any(|sign| ('\u{e000}'..='\u{f8ff}').contains(&sign));
    let said = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        [node.label(), node.value()].into_iter().flatten().filter(is_private).collect::<Vec<_>>()
    };
    test.query_all_by(|_| true).flat_map(said).collect()
}

#[test]
fn no_sign_of_the_icon_font_is_read() {
    for lang in [Lang::En, Lang::ZhCn] {
        let mut test = window::open(vec2(1280.0, 800.0), lang, On::Start);
        assert_eq!(unreadable(&test), Vec::<String>::new(), "the start page");
        ask(&mut test, AppRequest::Template("car-purchase"));
        assert_eq!(unreadable(&test), Vec::<String>::new(), "the map");
        let ids: Vec<_> = journey(&test).touchpoints().keys().map(|id| (*id).into()).take(2).collect();
        for ids in [&ids[..1], &ids[..]] {
            select(&mut test, ids);
            assert_eq!(unreadable(&test), Vec::<String>::new(), "the inspector");
        }
        for action in [Action::Palette, Action::Export, Action::Shortcuts, Action::About] {
            act(&mut test, action);
            assert_eq!(unreadable(&test), Vec::<String>::new(), "{action:?}");
            ask(&mut test, AppRequest::CloseDialog);
        }
    }
    let mut test = open(Lang::En, "airline");
    test.event(Event::PointerMoved(egui::pos2(10.0, 10.0)));
    test.run_steps(2);
    assert_eq!(unreadable(&test), Vec::<String>::new());
}
