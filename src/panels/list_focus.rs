//! A list of many lines that is one stop of Tab: arrows move the keyboard among its lines, Tab leaves it.

use crate::app::keyboard;
use egui::{Id, Key, Sense, Ui};

/// A list while it is drawn: which of its lines can have the keyboard, and which are beside that one.
#[derive(Debug)]
pub(super) struct ListFocus<K> {
    list: Id,
    /// The line that can have the keyboard.
    stop: Option<K>,
    is_found: bool,
    /// The selected line, where Tab goes to when it comes to the list.
    chosen: Option<K>,
    first: Option<K>,
    before: Option<K>,
    after: Option<K>,
    last: Option<K>,
}

impl<K: Copy + PartialEq + Send + Sync + 'static> ListFocus<K> {
    /// Begins to draw a list.
    pub(super) fn begin(ui: &Ui, salt: &str) -> Self {
        let list = Id::unique("list focus").with(salt);
        let stop = ui.data(|data| data.get_temp(list));
        Self { list, stop, is_found: false, chosen: None, first: None, before: None, after: None, last: None }
    }

    /// Takes the next line, drawn or not; true for the one that can have the keyboard, which must be drawn even where
    /// it is out of sight.
    pub(super) fn takes(&mut self, line: K, is_selected: bool) -> bool {
        let stop = *self.stop.get_or_insert(line);
        if is_selected && self.chosen.is_none() {
            self.chosen = Some(line);
        }
        if line == stop {
            self.is_found = true;
            self.before = self.last;
        } else if self.last == Some(stop) {
            self.after = Some(line);
        }
        self.first.get_or_insert(line);
        self.last = Some(line);
        line == stop
    }

    /// Ends the list: moves the keyboard to another line where a key asks for it, and returns that line.
    pub(super) fn end(self, ui: &Ui, widget: impl Fn(K) -> Id) -> Option<K> {
        let has_focus = self.stop.is_some_and(|stop| ui.memory(|memory| memory.has_focus(widget(stop))));
        let pressed =
            |key| has_focus && ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        let moved = if pressed(Key::ArrowDown) {
            self.after
        } else if pressed(Key::ArrowUp) {
            self.before
        } else if pressed(Key::Home) {
            self.first
        } else if pressed(Key::End) {
            self.last
        } else {
            None
        };
        let stop = if has_focus { self.stop } else { self.chosen.or(self.stop.filter(|_| self.is_found)) };
        let next = moved.or(stop).or(self.first);
        if let Some(line) = moved {
            ui.memory_mut(|memory| memory.request_focus(widget(line)));
        }
        if next != self.stop {
            ui.ctx().request_repaint();
        }
        if let Some(next) = next {
            ui.data_mut(|data| data.insert_temp(self.list, next));
            keyboard::set_list_line(ui.ctx(), self.list, widget(next));
        }
        moved
    }
}

/// How a line is sensed: only one of a list can have the keyboard.
pub(super) fn line_sense(sense: Sense, is_stop: bool) -> Sense {
    if is_stop { sense } else { sense - Sense::FOCUSABLE }
}
