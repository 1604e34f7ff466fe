//! One test for each way in which the keyboard passes from one owner to the next.

use super::*;

fn key(key: Key) -> Event {
    with(Modifiers::NONE, key)
}

fn with(modifiers: Modifiers, key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn text(text: &str) -> Event {
    Event::Text(text.to_owned())
}

fn button(pressed: bool) -> Event {
    let button = egui::PointerButton::Primary;
    let modifiers = Modifiers::NONE;
    Event::PointerButton { pos: egui::Pos2::ZERO, button, pressed, modifiers }
}

/// Returns the number of events in each turn, with or without a text field focused.
fn turns(events: Vec<Event>, typing: &[bool]) -> Vec<usize> {
    let mut keyboard = Keyboard { waiting: events.into(), ..Keyboard::default() };
    typing.iter().map(|typing| keyboard.take_turn(*typing, false).len()).collect()
}

#[test]
fn a_letter_for_the_map_stands_alone_and_those_behind_it_are_for_what_it_opens() {
    let pno = vec![key(Key::P), text("p"), key(Key::N), text("N"), key(Key::O), text("o")];
    assert_eq!(turns(pno, &[false, true, true]), [2, 4, 0]);
}

#[test]
fn what_ends_a_field_waits_for_its_letters_and_what_follows_for_the_next_field() {
    for end in [Key::Enter, Key::Tab, Key::Escape, Key::ArrowDown] {
        let typed = vec![text("Pl"), text("an"), key(end), text("Book")];
        assert_eq!(turns(typed, &[true, true, true]), [2, 1, 1], "{end:?}");
    }
}

#[test]
fn commands_beside_a_field_take_its_letters_with_them() {
    let typed = vec![text("Fly"), with(Modifiers::COMMAND, Key::S), text("x")];
    assert_eq!(turns(typed, &[true, true, true]), [1, 1, 1]);
    assert_eq!(turns(vec![text("a"), key(Key::Backspace), key(Key::ArrowLeft)], &[true]), [3]);
}

#[test]
fn a_click_comes_before_or_behind_what_is_typed_and_never_with_it() {
    let typed = vec![text("a"), button(true), button(false), text("b")];
    assert_eq!(turns(typed, &[true, true, true]), [1, 2, 1]);
    let moved = vec![Event::PointerMoved(egui::Pos2::ZERO), button(true), button(false), Event::PointerGone];
    assert_eq!(turns(moved, &[false]), [4]);
}

#[test]
fn keys_wait_for_what_opens_while_the_mouse_goes_on() {
    let typed = vec![Event::PointerMoved(egui::Pos2::ZERO), key(Key::T), text("t")];
    let mut keyboard = Keyboard { waiting: typed.into(), ..Keyboard::default() };
    assert_eq!((keyboard.take_turn(false, true).len(), keyboard.take_turn(false, false).len()), (1, 2));
}

#[test]
fn each_owner_leaves_other_keys_to_the_actions() {
    let none = Modifiers::NONE;
    let command = Modifiers::COMMAND;
    for (owner, letter, save, function) in [
        (Owner::Map, true, true, true),
        (Owner::Control, false, true, true),
        (Owner::List, false, true, true),
        (Owner::Field, true, true, true),
        (Owner::Dialog, false, false, false),
    ] {
        assert_eq!(owner.allows_shortcut(Key::T, none, true), letter, "{owner:?}");
        assert_eq!(owner.allows_shortcut(Key::S, command, true), save, "{owner:?}");
        assert_eq!(owner.allows_shortcut(Key::F2, none, true), function, "{owner:?}");
    }
    assert!(
        !Owner::Field.allows_shortcut(Key::T, none, false)
            && !Owner::Field.allows_shortcut(Key::Z, command, false)
    );
}

#[test]
fn arrows_move_the_keyboard_among_controls_alone_and_tab_leaves_the_map() {
    for owner in [Owner::Map, Owner::Field] {
        assert!(!owner.moves_focus(Key::ArrowDown, Focused::Other), "{owner:?}");
    }
    assert!(Owner::Control.moves_focus(Key::ArrowDown, Focused::Other));
    assert!(Owner::Map.moves_focus(Key::Tab, Focused::Other));
    assert!(Owner::Field.moves_focus(Key::Tab, Focused::Other));
    assert!(!Owner::Field.moves_focus(Key::Tab, Focused::MapField));
}

#[test]
fn a_list_moves_its_own_lines_and_tab_leaves_it() {
    for owner in [Owner::Control, Owner::Dialog] {
        assert!(!owner.moves_focus(Key::ArrowDown, Focused::ListLine), "{owner:?}");
        assert!(owner.moves_focus(Key::Tab, Focused::ListLine), "{owner:?}");
    }
}
