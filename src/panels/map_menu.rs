//! The context menu of the map and the outline: the actions available for the selection.

use super::actions::key_text;
use super::widgets::icon_text;
use crate::app::action::{Action, Menu, Needs};
use crate::app::keyboard::{self, Owner};
use crate::app::session::Session;
use crate::app::style::to_color32;
use egui::{AtomExt as _, Button, Key, Modifiers, ScrollArea, Ui, vec2};
use engine::edit::command::{self, Toward};
use engine::i18n::Lang;
use engine::id::{Id, IdSource};
use engine::model::{Touchpoint, title_field};
use engine::theme::Theme;
use std::collections::BTreeSet;
use std::sync::Arc;

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
pub(crate) fn offered_actions(session: &Session) -> Vec<Action> {
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
    let offered =
        all.filter(|action| shown(action) && own(action) && session.meets_condition(action.entry().needs));
    let offered = offered.filter(|action| does_something(session, *action));
    let mut offered: Vec<Action> = offered.collect();
    offered.sort_by_key(|action| menu_group(*action));
    offered
}

/// True if an action would change something for the selection: moves need a free place, and not every kind of
/// element can be copied, named or deleted.
fn does_something(session: &Session, action: Action) -> bool {
    let project = session.project();
    let ids = session.selection();
    let ids: Vec<Id> = ids.iter().copied().collect();
    // The result is dropped, so any ids will do.
    let mut source = IdSource::from_seed(0);
    let mut moves = |toward| !command::nudge_elements(project, &ids, toward, &mut source).is_empty();
    match action {
        Action::MoveLeft => moves(Toward::Left),
        Action::MoveRight => moves(Toward::Right),
        Action::MoveUp => moves(Toward::Up),
        Action::MoveDown => moves(Toward::Down),
        Action::Cut | Action::Copy | Action::Duplicate => command::copy_elements(project, &ids).is_some(),
        Action::Delete => !command::delete_records(project, &ids, &mut source).is_empty(),
        Action::Rename => session.single_selection().is_some_and(|id| title_field(id.kind()).is_some()),
        Action::ClearFeeling => {
            ids.iter().filter_map(|id| card(session, *id)).any(|card| !card.feelings.is_empty())
        }
        _ => true,
    }
}

fn card(session: &Session, id: Id) -> Option<&Touchpoint> {
    session.journey()?.touchpoints().get(&id.to_typed()?).map(AsRef::as_ref)
}

/// Returns the group of an action in the menu: inserting first, then editing, then viewing.
fn menu_group(action: Action) -> u8 {
    match action.entry().menu {
        Menu::Insert => 0,
        Menu::Edit => 1,
        _ => 2,
    }
}

/// An open menu between two frames.
#[derive(Debug, Clone, Default)]
struct OpenMenu {
    marked: usize,
    /// The number of the frame in which it was last shown.
    shown: u64,
    /// The entries, and the document's revision and the selection that they are for.
    offered: Arc<[Action]>,
    of: (u64, BTreeSet<Id>),
}

/// Shows the entries; returns the chosen one.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, lang: Lang, session: &Session) -> Option<Action> {
    let key = ui.scope_id().with("map menu");
    let kept: OpenMenu = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let OpenMenu { mut marked, shown, mut offered, of } = kept;
    let now = ui.ctx().cumulative_frame_nr();
    let is_new = shown + 1 < now;
    if is_new {
        marked = 0;
    }
    if is_new || of.0 != session.document.revision() || of.1 != *session.selection() {
        offered = self::offered_actions(session).into();
    }
    let enter =
        keyboard::current_owner(ui.ctx()) == Owner::List && step_wrapping(ui, &mut marked, offered.len());
    let mut taken = enter.then(|| offered.get(marked).copied()).flatten();
    // As high as the window if necessary: users would not look for entries below the end.
    let height = ui.ctx().content_rect().height() - MARGIN;
    // No gap between the entries that a click could hit.
    ui.spacing_mut().item_spacing.y = 0.0;
    // The bar of a menu higher than the window lies beside the keys, not over them.
    ui.spacing_mut().scroll.floating_allocated_width = 10.0;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
        for (place, action) in offered.iter().enumerate() {
            if place > 0
                && offered.get(place - 1).is_some_and(|before| menu_group(*before) != menu_group(*action))
            {
                ui.separator();
            }
            let entry = action.entry();
            let glyph = icon_text(entry.icon, 14.0, to_color32(theme.soft));
            let words = egui::RichText::new(entry.label.text(lang));
            let keys = egui::RichText::new(key_text(ui, *action)).small().color(to_color32(theme.muted));
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
    let of = (session.document.revision(), session.selection().clone());
    ui.data_mut(|data| data.insert_temp(key, OpenMenu { marked, shown: now, offered, of }));
    if taken.is_some() {
        ui.close();
    }
    taken
}

/// Moves the highlight by the arrow keys, wrapping around; returns true if Enter was pressed.
fn step_wrapping(ui: &Ui, marked: &mut usize, count: usize) -> bool {
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
