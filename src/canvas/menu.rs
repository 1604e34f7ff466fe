//! The context menu of the map: a right click, the menu key, or Shift+F10.

use super::camera::CameraView;
use super::io::CanvasInput;
use super::{Canvas, CanvasState};
use crate::app::keyboard::{self, Owner};
use egui::{Event, Key, Popup, PopupCloseBehavior, Pos2, Response, SetOpenCommand, Ui, vec2};

impl Canvas {
    /// Opens the context menu on request, and shows it while it is open.
    pub(super) fn show_context_menu(
        &mut self,
        ui: &Ui,
        response: &Response,
        view: &CameraView,
        input: &CanvasInput<'_>,
    ) {
        if input.read_only || input.presenting {
            return;
        }
        let clicked = response.secondary_clicked().then(|| response.interact_pointer_pos()).flatten();
        if let Some(at) = clicked {
            let target = self.target_at(input, view, at);
            let kept = target.is_some_and(|target| input.selection.contains(&target.id));
            if !kept {
                self.select_elements(input, target.map(|target| target.id).into_iter().collect());
            }
        }
        let idle = matches!(self.state, CanvasState::Idle);
        let is_asked = idle
            && keyboard::current_owner(ui.ctx()) == Owner::Map
            && ui.input(|input| input.events.iter().any(is_menu_key));
        let opened = clicked.or_else(|| is_asked.then(|| menu_place(view, input)));
        self.menu_at = opened.or(self.menu_at);
        let Some(at) = self.menu_at else { return };
        let command = opened.map(|_| SetOpenCommand::Bool(true));
        let command = command.or_else(|| response.clicked().then_some(SetOpenCommand::Bool(false)));
        // A click between two entries is meant for one of them: the menu stays.
        let popup = Popup::menu(response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        popup.open_memory(command).at_position(at).show(|ui| (input.menu)(ui));
    }
}

/// Returns the place of a menu opened by keyboard: at the first selected element, else in the middle.
fn menu_place(view: &CameraView, input: &CanvasInput<'_>) -> Pos2 {
    let place = input.selection.first().and_then(|id| input.scene.element_bounds(*id));
    let at = place.map(|place| view.screen_rect(place).left_bottom() + vec2(8.0, 0.0));
    let seen = view.rect.shrink(24.0);
    at.map_or(seen.center(), |at| at.clamp(seen.min, seen.max))
}

/// True if a key event asks for the context menu.
fn is_menu_key(event: &Event) -> bool {
    match event {
        Event::Key { key: Key::Menu, pressed: true, .. } => true,
        Event::Key { key: Key::F10, pressed: true, modifiers, .. } => modifiers.shift_only(),
        _ => false,
    }
}
