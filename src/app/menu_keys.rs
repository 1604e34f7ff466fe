//! Keyboard control of an open menu: arrows and Tab move between entries, letters go to the next entry that
//! begins with them, Enter chooses the focused entry, and closing restores the focus.

use super::keyboard::{self, Owner};
use egui::{Event, Id, Key, Memory, Modifiers, Response, Ui};

/// The state of an open menu that is kept between frames.
#[derive(Debug, Clone, Copy, Default)]
struct MenuFocus {
    /// The control that had the focus when the menu opened.
    opener: Option<Id>,
    /// The number of the frame in which it was last shown.
    shown: u64,
}

/// Handles the keys of an open menu; `entries` are in drawing order, each with its label.
pub fn walk_menu(ui: &Ui, entries: &[(Response, &str)]) {
    let key = ui.scope_id().with("menu keys");
    let now = ui.ctx().cumulative_frame_nr();
    let mut menu: MenuFocus = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    if menu.shown + 1 < now {
        menu.opener = ui.memory(Memory::focused);
        focus_entry(entries, 0);
    } else if keyboard::current_owner(ui.ctx()) == Owner::List {
        move_focus(ui, entries);
    }
    menu.shown = now;
    ui.data_mut(|data| data.insert_temp(key, menu));
    let is_closing =
        entries.iter().any(|(entry, _)| entry.clicked()) || ui.input(|input| input.key_pressed(Key::Escape));
    if let Some(opener) = menu.opener
        && is_closing
    {
        ui.memory_mut(|memory| memory.request_focus(opener));
    }
}

fn focus_entry(entries: &[(Response, &str)], place: usize) {
    if let Some((entry, _)) = entries.get(place) {
        entry.request_focus();
        entry.scroll_to_me(None);
    }
}

/// Moves the focus to another entry, wrapping around at the ends.
fn move_focus(ui: &Ui, entries: &[(Response, &str)]) {
    let count = entries.len().max(1);
    // A list opened from an entry has taken the focus from it.
    let Some(at) = entries.iter().position(|(entry, _)| entry.has_focus()) else { return };
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let is_back = pressed(Modifiers::NONE, Key::ArrowUp) || pressed(Modifiers::SHIFT, Key::Tab);
    let is_on = pressed(Modifiers::NONE, Key::ArrowDown) || pressed(Modifiers::NONE, Key::Tab);
    let typed = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Text(text) if !text.trim().is_empty() => Some(text.to_lowercase()),
            _ => None,
        })
    });
    let begins = |place: &usize| {
        let words = entries.get(*place).map(|(_, words)| words.to_lowercase()).unwrap_or_default();
        typed.as_ref().is_some_and(|typed| words.starts_with(typed))
    };
    let next = if is_on {
        Some((at + 1) % count)
    } else if is_back {
        Some((at + count - 1) % count)
    } else {
        (1..=count).map(|step| (at + step) % count).find(begins)
    };
    if let Some(next) = next {
        focus_entry(entries, next);
    }
}
