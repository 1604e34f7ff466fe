//! The context menu of the map and the outline: the actions available for the selection.

use super::actions::key_text;
use super::widgets::icon_text;
use crate::app::action::{Action, Menu, Needs};
use crate::app::keyboard::{self, Owner};
use crate::app::session::Session;
use crate::app::style::color;
use crate::i18n::Lang;
use crate::theme::Theme;
use egui::{AtomExt as _, Button, Key, Modifiers, ScrollArea, Ui, vec2};

/// Height of an entry, in points.
const LINE: f32 = 24.0;
/// The part of the window's height that the menu leaves free, in points.
const MARGIN: f32 = 56.0;

/// The actions offered if nothing is selected.
const GROUND: [Action; 9] = [
    Action::Undo,
    Action::Redo,
    Action::Paste,
    Action::SelectAll,
    Action::AddStage,
    Action::AddTouchpoint,
    Action::AddLane,
    Action::Fit,
    Action::ZoomReset,
];

/// Returns the actions for the selection, or for the background if nothing is selected, in menu order.
pub(crate) fn offered(session: &Session) -> Vec<Action> {
    let selects = !session.selection().is_empty();
    let own = |action: &Action| {
        let entry = action.entry();
        let of_element = !matches!(
            entry.needs,
            Needs::Nothing
                | Needs::Document
                | Needs::Undo
                | Needs::Redo
                | Needs::Journeys
                | Needs::Feedback
                | Needs::Comparison
        );
        if selects {
            of_element || matches!(action, Action::AddTouchpoint | Action::AddStage)
        } else {
            GROUND.contains(action)
        }
    };
    let shown = |action: &Action| matches!(action.entry().menu, Menu::Edit | Menu::Insert | Menu::View);
    let all = Action::ALL.iter().copied();
    let offered = all.filter(|action| shown(action) && own(action) && session.meets(action.entry().needs));
    let mut offered: Vec<Action> = offered.collect();
    offered.sort_by_key(|action| group(*action));
    offered
}

/// Returns the group of an action in the menu: inserting first, then editing, then viewing.
fn group(action: Action) -> u8 {
    match action.entry().menu {
        Menu::Insert => 0,
        Menu::Edit => 1,
        _ => 2,
    }
}

/// Shows the entries; returns the chosen one.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, lang: Lang, offered: &[Action]) -> Option<Action> {
    let key = ui.scope_id().with("map menu");
    let (mut marked, shown): (usize, u64) = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let now = ui.ctx().cumulative_frame_nr();
    if shown + 1 < now {
        marked = 0;
    }
    let enter = keyboard::owner(ui.ctx()) == Owner::List && step(ui, &mut marked, offered.len());
    let mut taken = enter.then(|| offered.get(marked).copied()).flatten();
    // As high as the window if necessary: users would not look for entries below the end.
    let height = ui.ctx().content_rect().height() - MARGIN;
    ui.spacing_mut().item_spacing.y = 1.0;
    // The bar of a menu higher than the window lies beside the keys, not over them.
    ui.spacing_mut().scroll.floating_allocated_width = 10.0;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
        for (place, action) in offered.iter().enumerate() {
            if place > 0 && offered.get(place - 1).is_some_and(|before| group(*before) != group(*action)) {
                ui.separator();
            }
            let entry = action.entry();
            let glyph = icon_text(entry.icon, 14.0, color(theme.soft));
            let words = egui::RichText::new(entry.label.text(lang));
            let keys = egui::RichText::new(key_text(ui, *action)).small().color(color(theme.muted));
            let button =
                Button::selectable(place == marked, (glyph, words.atom_shrink(true))).right_text(keys);
            let response = ui.add(button.min_size(vec2(230.0, LINE))).accessible_name(entry.label.text(lang));
            if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
                marked = place;
            }
            if place == marked
                && shown + 1 == now
                && ui.input(|input| input.key_down(Key::ArrowDown) || input.key_down(Key::ArrowUp))
            {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                taken = Some(*action);
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(key, (marked, now)));
    if taken.is_some() {
        ui.close();
    }
    taken
}

/// Moves the highlight by the arrow keys, wrapping around; returns true if Enter was pressed.
fn step(ui: &Ui, marked: &mut usize, count: usize) -> bool {
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
            *marked = (*marked + 1) % count.max(1);
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
            *marked = (*marked + count.saturating_sub(1)) % count.max(1);
        }
        input.consume_key(Modifiers::NONE, Key::Enter)
    })
}
