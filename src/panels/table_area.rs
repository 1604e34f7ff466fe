//! The area of a table with a frozen header and frozen first columns: it takes the focus, and scrolls by keys.

use super::widgets::set_accessible_name;
use crate::app::style::to_color32;
use egui::{EventFilter, FocusDirection, Key, Modifiers, Role, Sense, Stroke, Ui, UiBuilder, Vec2, vec2};
use egui_table::{Column, Table, TableState};
use engine::theme::Theme;

/// A distance beyond every end of a table, in points.
const TO_THE_END: f32 = 1e9;

/// The place of a table in its dialog or view.
pub(crate) struct TableArea<'a> {
    /// The accessible name.
    pub(crate) name: &'a str,
    pub(crate) size: Vec2,
    /// The height of the header.
    pub(crate) head: f32,
    /// The distance that an arrow key scrolls, in points.
    pub(crate) step: f32,
}

impl TableArea<'_> {
    /// Shows a table in the area.
    pub(crate) fn show(&self, ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
        let (_, rect) = ui.allocate_space(self.size);
        // While egui measures a dialog that opens, the table would shrink its columns to their cells.
        if ui.is_sizing_pass() {
            return;
        }
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(self.name));
        // The edge of a column only shows under the pointer, or as a mark in the header.
        inner.visuals_mut().widgets.noninteractive.bg_stroke = Stroke::NONE;
        // The rows would fade out at the bottom, and their frozen parts not.
        inner.spacing_mut().scroll.fade.strength = 0.0;
        let id = inner.scope_id().with("keys");
        let body = ui.interact(rect, id.with("body"), Sense::CLICK);
        // The header has the focus for the table, so that Tab goes on to the controls below it.
        let header = ui.interact(rect.with_max_y(rect.top() + self.head), id, Sense::click());
        set_accessible_name(&header, Role::Table, self.name);
        if body.clicked() || header.clicked() {
            header.request_focus();
        }
        if header.has_focus() {
            let filter =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            inner.scroll_with_delta(self.take_keys(ui));
        }
        content(&mut inner);
        leave_edge(ui, FocusDirection::Next);
    }

    /// Returns the distance that the pressed key scrolls the content.
    fn take_keys(&self, ui: &Ui) -> Vec2 {
        let page = self.size.y - 2.0 * self.step;
        let keys = [
            (Key::ArrowUp, vec2(0.0, self.step)),
            (Key::ArrowDown, vec2(0.0, -self.step)),
            (Key::ArrowLeft, vec2(self.step, 0.0)),
            (Key::ArrowRight, vec2(-self.step, 0.0)),
            (Key::PageUp, vec2(0.0, page)),
            (Key::PageDown, vec2(0.0, -page)),
            (Key::Home, vec2(0.0, TO_THE_END)),
            (Key::End, vec2(0.0, -TO_THE_END)),
        ];
        let is_pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        keys.into_iter().find(|(key, _)| is_pressed(*key)).map_or(Vec2::ZERO, |(_, delta)| delta)
    }
}

/// Returns the widths of a table's columns: the first ones until the user drags an edge.
///
/// Without first ones the table would lay out each cell of all its columns to find them.
pub(crate) fn column_widths(ui: &Ui, table: &Table, first: impl FnOnce() -> Vec<f32>) -> Vec<f32> {
    let id = table.get_id(ui);
    let key = |place| Column::default().id_for(place);
    if let Some(state) = TableState::load(ui, id) {
        return (0..).map_while(|place| state.col_widths.get(&key(place)).copied()).collect();
    }
    let widths = first();
    let col_widths = widths.iter().enumerate().map(|(place, width)| (key(place), *width)).collect();
    TableState { col_widths, parent_width: None }.store(ui, id);
    widths
}

/// Begins a part of a row; true if it is the frozen one, false if it scrolls.
pub(crate) fn begin_frozen_part(ui: &Ui) -> bool {
    let is_frozen = ui.clip_rect().left() <= ui.max_rect().left();
    if is_frozen {
        // All controls of the table were drawn, and no edge of a column.
        leave_edge(ui, FocusDirection::Previous);
    }
    is_frozen
}

/// Moves the focus on from the edge of a column, which the widget lets Tab stop at although no key drags it.
fn leave_edge(ui: &Ui, direction: FocusDirection) {
    let Some(focused) = ui.memory(egui::Memory::focused).and_then(|id| ui.read_response(id)) else { return };
    let grip = 2.0 * ui.style().interaction.resize_grab_radius_side;
    if focused.sense.senses_drag() && focused.rect.width() < grip + 1.0 {
        ui.memory_mut(|memory| {
            memory.surrender_focus(focused.id);
            memory.move_focus(direction);
        });
    }
}

/// Draws the mark at the end of a header cell by which its column can be resized.
pub(crate) fn draw_edge(ui: &Ui, theme: &Theme) {
    let cell = ui.max_rect();
    let mark = cell.y_range().shrink(6.0);
    ui.painter().vline(cell.right() - 0.5, mark, Stroke::new(1.0, to_color32(theme.hairline)));
}
