//! Keyboard ownership and the order of input: one owner at a time, one turn a frame.
//!
//! Exactly one thing owns the keys: an open text field, an open list, a dialog, a control of a panel, or the
//! map. If the screen is slow, many keys arrive in one frame, and each may move the focus. So a frame gets
//! one turn: the letters of one field, or one other key, or one pointer action. Later events are queued and
//! go to whatever is open by then.

use egui::{Context, Event, FocusDirection, Id, Key, Modifiers, Plugin, Popup, RawInput, Ui};
use std::collections::VecDeque;

/// Number of frames for which keys are held back at most while something opens.
const PATIENCE: u32 = 30;

/// The owner of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Owner {
    /// A text field.
    Field,
    /// An open list or menu.
    List,
    /// A dialog.
    Dialog,
    /// A control of a bar or panel.
    Control,
    /// The map, which owns the keys if nothing else does.
    #[default]
    Map,
}

impl Owner {
    /// True if a shortcut reaches an action; `while_typing` says that the action's keys work beside a text
    /// field. Letters and signs without modifiers always go to the owner of the keyboard.
    pub fn allows_shortcut(self, key: Key, modifiers: Modifiers, while_typing: bool) -> bool {
        let alone = !modifiers.command && !modifiers.alt && !is_function(key);
        match self {
            Self::Map => true,
            Self::Field => while_typing,
            Self::Control => !alone,
            Self::List => while_typing && !alone,
            Self::Dialog => false,
        }
    }

    /// True if egui may move the focus to another control on this key.
    fn moves_focus(self, key: Key, place: Focused) -> bool {
        match self {
            Self::Field => key == Key::Tab && place != Focused::MapField,
            Self::Map => key == Key::Tab,
            // An open list moves its own highlight; widgets behind it can't be reached.
            Self::List => false,
            // Lines of a list in a panel or dialog move their own highlight too.
            Self::Dialog | Self::Control => key == Key::Tab || place != Focused::ListLine,
        }
    }
}

fn is_function(key: Key) -> bool {
    (Key::F1..=Key::F35).contains(&key)
}

/// The kind of focused widget, as far as it handles focus keys itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Focused {
    /// The text field on the map.
    MapField,
    /// A line of a list, in which the arrow keys move to the next line.
    ListLine,
    /// Any other widget, or none.
    #[default]
    Other,
}

/// The focusable line of each list, by the list's id.
type ListLines = egui::IdMap<Id>;

/// Returns the owner of the keys in this frame.
pub fn current_owner(ctx: &Context) -> Owner {
    ctx.data(|data| data.get_temp(Id::unique("keyboard owner"))).unwrap_or_default()
}

/// Registers the widget ids of the map and of its text field.
pub fn set_map(ctx: &Context, map: Id, field: Id) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("keyboard map"), (map, field)));
}

/// Returns the widget id of the map, once it was shown.
pub fn map_id(ctx: &Context) -> Option<Id> {
    ctx.data(|data| data.get_temp::<(Id, Id)>(Id::unique("keyboard map"))).map(|(map, _)| map)
}

/// True if the text field on the map has the focus.
pub fn is_on_map_field(ctx: &Context) -> bool {
    let field =
        ctx.data(|data| data.get_temp::<(Id, Id)>(Id::unique("keyboard map"))).map(|(_, field)| field);
    field.is_some() && ctx.memory(egui::Memory::focused) == field
}

/// Registers the focusable line of a list.
pub fn set_list_line(ctx: &Context, list: Id, line: Id) {
    ctx.data_mut(|data| {
        data.get_temp_mut_or_default::<ListLines>(Id::unique("keyboard lists")).insert(list, line)
    });
}

fn find_focused(ctx: &Context, map: Option<(Id, Id)>) -> Focused {
    let Some(focused) = ctx.memory(egui::Memory::focused) else { return Focused::Other };
    let lists = ctx.data(|data| data.get_temp::<ListLines>(Id::unique("keyboard lists")));
    if map.is_some_and(|(_, field)| field == focused) {
        Focused::MapField
    } else if lists.is_some_and(|lists| lists.values().any(|line| *line == focused)) {
        Focused::ListLine
    } else {
        Focused::Other
    }
}

/// Sets that nothing was typed yet into the focused field, so that undo and redo apply to the document.
pub fn set_untouched(ctx: &Context, untouched: bool) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("keyboard untouched"), untouched));
}

/// True if undo and redo apply to the document although a text field has the focus.
pub fn is_untouched(ctx: &Context) -> bool {
    is_on_map_field(ctx)
        && ctx.data(|data| data.get_temp(Id::unique("keyboard untouched"))).unwrap_or_default()
}

/// Sets that letters replace the text of the selected cell, as in a spreadsheet.
pub fn set_on_cell(ctx: &Context, is_on_cell: bool) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("keyboard on a cell"), is_on_cell));
}

/// True if letters replace the text of the selected cell.
pub fn is_on_cell(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(Id::unique("keyboard on a cell"))).unwrap_or_default()
}

/// True for a letter or sign without Alt or a command key.
pub fn is_letter(event: &Event) -> bool {
    let alone = matches!(event, Event::Key { modifiers, key, .. } if !modifiers.alt && *key != Key::Space);
    alone && is_printable(event)
}

/// Holds the keys back until the next frame, for something that is opening.
pub fn hold_keys(ctx: &Context) {
    let now = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(Id::unique("keyboard held"), now));
    ctx.request_repaint();
}

/// Plugin that distributes queued events to frames, one turn each.
#[derive(Debug, Default)]
pub struct Keyboard {
    waiting: VecDeque<Event>,
    held: u32,
    focused: Focused,
}

/// The part that an event can play in a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EventPart {
    /// Fits into any turn.
    Any,
    /// A mouse button, or an action requested by a screen reader.
    Pointer,
    /// Text or editing keys for a field.
    Text,
    /// A key that takes a turn alone.
    Key,
}

impl Keyboard {
    /// Installs the plugin in a context.
    pub fn install_plugin(ctx: &Context) {
        ctx.add_plugin(Self::default());
    }

    /// Removes and returns the events of the next turn.
    fn take_turn(&mut self, typing: bool, is_held: bool) -> Vec<Event> {
        let mut turn: Vec<Event> = Vec::new();
        let mut kind = EventPart::Any;
        while let Some(event) = self.waiting.front() {
            let part = part_of(event, typing);
            let is_letter_of_key = kind == EventPart::Key
                && matches!(event, Event::Text(_))
                && turn.last().is_some_and(is_printable);
            let fits = match part {
                EventPart::Any => true,
                EventPart::Key => kind == EventPart::Any && !is_held,
                EventPart::Text if is_held => false,
                EventPart::Text => kind == EventPart::Any || kind == EventPart::Text || is_letter_of_key,
                EventPart::Pointer => kind == EventPart::Any || kind == EventPart::Pointer,
            };
            if !fits {
                break;
            }
            if kind == EventPart::Any {
                kind = part;
            }
            turn.extend(self.waiting.pop_front());
        }
        turn
    }

    fn is_held(&mut self, ctx: &Context) -> bool {
        let since: Option<u64> = ctx.data(|data| data.get_temp(Id::unique("keyboard held")));
        let is_held = since.is_some_and(|since| since + 1 >= ctx.cumulative_pass_nr());
        self.held = if is_held { self.held + 1 } else { 0 };
        is_held && self.held <= PATIENCE
    }
}

fn part_of(event: &Event, typing: bool) -> EventPart {
    match event {
        Event::PointerButton { .. } | Event::AccessKitActionRequest(_) => EventPart::Pointer,
        Event::Text(_) | Event::Ime(_) => EventPart::Text,
        Event::Key { pressed: true, key, modifiers, .. } if typing && is_writing(*key, *modifiers) => {
            EventPart::Text
        }
        Event::Key { pressed: true, .. } | Event::Copy | Event::Cut | Event::Paste(_) => EventPart::Key,
        _ => EventPart::Any,
    }
}

/// True for a repeat of a held key while an equal press is queued: it would fire after the key's release.
fn is_repeat_of_waiting(event: &Event, waiting: &VecDeque<Event>) -> bool {
    let Event::Key { key, pressed: true, repeat: true, modifiers, .. } = event else { return false };
    let is_equal = |other: &Event| matches!(other, Event::Key { key: k, pressed: true, modifiers: m, .. } if k == key && m == modifiers);
    !is_printable(event) && waiting.iter().any(is_equal)
}

/// True for a key press that comes with a letter or sign.
fn is_printable(event: &Event) -> bool {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return false };
    !is_function(*key)
        && !modifiers.command
        && !matches!(
            key,
            Key::Enter
                | Key::Tab
                | Key::Escape
                | Key::Backspace
                | Key::Delete
                | Key::Insert
                | Key::Home
                | Key::End
                | Key::PageUp
                | Key::PageDown
                | Key::ArrowUp
                | Key::ArrowDown
                | Key::ArrowLeft
                | Key::ArrowRight
        )
}

/// True if a key only edits text, or moves the cursor within its line.
fn is_writing(key: Key, modifiers: Modifiers) -> bool {
    let leaves = matches!(
        key,
        Key::Enter | Key::Tab | Key::Escape | Key::ArrowUp | Key::ArrowDown | Key::PageUp | Key::PageDown
    );
    !leaves && !modifiers.command && !modifiers.alt && !is_function(key)
}

fn find_owner(ctx: &Context, map: Option<(Id, Id)>) -> Owner {
    let focused = ctx.memory(egui::Memory::focused);
    if ctx.text_edit_focused() || (focused.is_some() && focused == map.map(|(_, field)| field)) {
        Owner::Field
    } else if Popup::is_any_open(ctx) {
        Owner::List
    } else if ctx.memory(|memory| memory.top_modal_layer().is_some()) {
        Owner::Dialog
    } else if focused.is_none() || focused == map.map(|(map, _)| map) {
        Owner::Map
    } else {
        Owner::Control
    }
}

impl Plugin for Keyboard {
    fn debug_name(&self) -> &'static str {
        "keyboard"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        // A frame that is laid out again has already had its turn.
        if ctx.current_pass_index() > 0 {
            self.waiting.extend(input.events.drain(..));
            return;
        }
        let map: Option<(Id, Id)> = ctx.data(|data| data.get_temp(Id::unique("keyboard map")));
        let owner = find_owner(ctx, map);
        self.focused = find_focused(ctx, map);
        ctx.data_mut(|data| data.insert_temp(Id::unique("keyboard owner"), owner));
        for event in input.events.drain(..) {
            if !is_repeat_of_waiting(&event, &self.waiting) {
                self.waiting.push_back(event);
            }
        }
        let is_held = self.is_held(ctx);
        input.events = self.take_turn(owner == Owner::Field, is_held);
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }

    /// Cancels egui's move of the focus if the key was for the map or a field.
    fn on_begin_pass(&mut self, ui: &mut Ui) {
        let owner = current_owner(ui.ctx());
        let focused = self.focused;
        let keeps = |event: &Event| match event {
            Event::Key { key, pressed: true, .. } => !owner.moves_focus(*key, focused),
            _ => false,
        };
        if ui.input(|input| input.events.iter().any(keeps)) {
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
    }
}

#[cfg(test)]
#[path = "keyboard_tests.rs"]
mod tests;
