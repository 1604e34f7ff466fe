//! Tests the two tables of the import assistant: edges of columns are dragged, keys scroll.

use crate::common::airline;
use crate::support;

use desireline::app::action::Action;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use engine::i18n::{Lang, Msg};
use support::window::{self, On, Test, plain, settle};

/// Opens the assistant with the sample file.
fn open() -> Test {
    let mut test = window::open(vec2(1280.0, 800.0), Lang::En, On::Template("airline"));
    window::act_on(&mut test, Action::Import, airline::template_file("airline-feedback.csv"));
    test
}

fn show_view(test: &mut Test, view: Msg) {
    test.get_by_role_and_label(Role::Tab, view.text(Lang::En)).click();
    settle(test);
}

fn role_list(test: &Test) -> Rect {
    test.get_by_role_and_label(Role::ComboBox, "Gate location, Role").rect()
}

/// Presses the pointer at a place and releases it at another.
fn drag(test: &mut Test, from: Pos2, to: Pos2) {
    test.hover_at(from);
    test.step();
    test.drag_at(from);
    test.step();
    test.hover_at(to);
    test.step();
    test.drop_at(to);
    test.step();
}

#[test]
fn the_edge_of_a_column_is_dragged_and_a_double_click_fits_it() {
    let mut test = open();
    let before = role_list(&test);
    let edge = before.right_center() + vec2(4.0, 0.0);
    drag(&mut test, edge, edge + vec2(60.0, 0.0));
    settle(&mut test);
    let wide = role_list(&test);
    assert!((wide.width() - before.width() - 60.0).abs() < 1.0, "{before} became {wide}");
    show_view(&mut test, Msg::ImportRowsShown);
    show_view(&mut test, Msg::Columns);
    assert_eq!(role_list(&test), wide, "the width holds while the dialog is open");
    let edge = wide.right_center() + vec2(4.0, 0.0);
    test.hover_at(edge);
    test.step();
    for _ in 0..2 {
        // Both in one frame, or the second click comes too late for a double click.
        let button = |pressed| Event::PointerButton {
            pos: edge,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        test.input_mut().events.extend([true, false].map(button));
        test.step();
    }
    settle(&mut test);
    assert_eq!(role_list(&test), before, "fitted to its list");
}

/// Returns the names of the rows in sight.
fn rows_shown(test: &Test) -> Vec<String> {
    test.query_all_by_label_contains("Line ").filter_map(|node| node.accesskit_node().value()).collect()
}

#[test]
fn keys_scroll_the_table_that_has_the_focus() {
    let mut test = open();
    show_view(&mut test, Msg::ImportRowsShown);
    let first = rows_shown(&test);
    assert!(first.iter().any(|name| name.starts_with("Line 1,")), "{first:?}");
    // Before the controls of the table stands the table itself.
    test.get_by_role_and_label(Role::Tab, Msg::ImportRowsShown.text(Lang::En)).focus();
    settle(&mut test);
    plain(&mut test, Key::Tab);
    plain(&mut test, Key::PageDown);
    test.run_steps(30);
    let second = rows_shown(&test);
    assert!(first.iter().filter(|name| second.contains(name)).count() < 4, "{first:?} and {second:?}");
    plain(&mut test, Key::End);
    test.run_steps(30);
    assert!(rows_shown(&test).iter().any(|name| name.starts_with("Line 413,")), "{:?}", rows_shown(&test));
    plain(&mut test, Key::ArrowRight);
    plain(&mut test, Key::Home);
    test.run_steps(30);
    assert!(rows_shown(&test).iter().any(|name| name.starts_with("Line 1,")), "{:?}", rows_shown(&test));
    assert!(
        test.get_by_role_and_label(Role::Table, Msg::ImportRowsShown.text(Lang::En))
            .accesskit_node()
            .is_focused()
    );
}
