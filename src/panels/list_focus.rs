//! A list of many lines with a single tab stop: arrow keys move between its lines, Tab leaves it.

use crate::app::keyboard;
use egui::{Id, Key, Sense, Ui};

/// The state of a list while it is drawn: the focusable line and its neighbours.
#[derive(Debug)]
pub(crate) struct ListFocus<K> {
    list: Id,
    /// The only focusable line.
    stop: Option<K>,
    is_found: bool,
    /// The selected line, which Tab focuses on entering the list.
    chosen: Option<K>,
    first: Option<K>,
    before: Option<K>,
    after: Option<K>,
    last: Option<K>,
}

impl<K: Copy + PartialEq + Send + Sync + 'static> ListFocus<K> {
    /// Begins to draw a list.
    pub(crate) fn begin_list(ui: &Ui, salt: &str) -> Self {
        let list = Id::unique("list focus").with(salt);
        let stop = ui.data(|data| data.get_temp(list));
        Self { list, stop, is_found: false, chosen: None, first: None, before: None, after: None, last: None }
    }

    /// Registers the next line, drawn or not; returns true for the focusable one, which must be drawn even
    /// when scrolled out of view.
    pub(crate) fn register_line(&mut self, line: K, is_selected: bool) -> bool {
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

    /// Ends the list: moves the focus to another line if a key asks for it, and returns that line.
    pub(crate) fn end_list(self, ui: &Ui, widget: impl Fn(K) -> Id) -> Option<K> {
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
        let stop =
            if has_focus { self.stop } else { self.chosen.or(if self.is_found { self.stop } else { None }) };
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

/// Returns the sense of a line: only one line of a list is focusable.
pub(crate) fn line_sense(sense: Sense, is_stop: bool) -> Sense {
    if is_stop { sense } else { sense - Sense::FOCUSABLE }
}
