//! The single dialog that may be open in front of the window.

use super::App;
use egui::Ui;
use engine::id::Id;
use std::any::{Any, TypeId};
use std::fmt::Debug;

/// A dialog: its form, the memory of the flow that it belongs to, and the drawing of both.
///
/// Its buttons queue requests, which find the form again with [`DialogSlot::get_mut`] and
/// [`DialogSlot::take_as`].
pub trait Modal: Any + Debug {
    /// Draws the content and queues what its buttons ask for. The dialog is out of its slot meanwhile.
    fn show(&mut self, ui: &mut Ui, app: &mut App);

    /// Returns the place in the window.
    fn place(&self) -> DialogPlace {
        DialogPlace::Middle
    }

    /// True for a dialog with several input fields: Escape in one of them leaves the dialog open.
    fn is_form(&self) -> bool {
        false
    }

    /// True for a dialog that only informs: a text begun on the map stays open behind it.
    fn is_help(&self) -> bool {
        false
    }

    /// True if keys run actions while the dialog is open; an action then closes it.
    fn yields_to_actions(&self) -> bool {
        false
    }

    /// True for a dialog that stays open when another document replaces the open one.
    fn outlives_document(&self) -> bool {
        false
    }

    /// Returns from an inner page to the main one; false if the main page is shown, which Escape closes.
    fn leave_page(&mut self) -> bool {
        false
    }

    /// Continues after the user closed the dialog without an answer.
    fn on_closed(&mut self, _app: &mut App) {}
}

/// The place of a dialog in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DialogPlace {
    /// In the middle, in front of the darkened window.
    Middle,
    /// Near the upper edge, in front of the darkened window.
    Top,
    /// Beside this element of the map, or in the middle if it is not drawn.
    Beside(Option<Id>),
}

/// The open dialog, if there is one.
#[derive(Debug, Default)]
pub struct DialogSlot(Option<Box<dyn Modal>>);

impl DialogSlot {
    /// Opens a dialog in place of the open one.
    pub fn open(&mut self, dialog: impl Modal) {
        self.0 = Some(Box::new(dialog));
    }

    /// True if a dialog is open.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// True if no dialog is open.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the open dialog.
    pub fn as_modal(&self) -> Option<&dyn Modal> {
        self.0.as_deref()
    }

    /// Returns the open dialog if it is of this type.
    pub fn get<T: Modal>(&self) -> Option<&T> {
        self.0.as_deref().and_then(|dialog| (dialog as &dyn Any).downcast_ref())
    }

    /// Returns the open dialog, to be changed, if it is of this type.
    pub fn get_mut<T: Modal>(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut().and_then(|dialog| (dialog as &mut dyn Any).downcast_mut())
    }

    /// Closes the open dialog and returns it if it is of this type.
    pub fn take_as<T: Modal>(&mut self) -> Option<Box<T>> {
        let is_same = self.0.as_deref().is_some_and(|dialog| dialog.type_id() == TypeId::of::<T>());
        let dialog: Box<dyn Any> = if is_same { self.0.take()? } else { return None };
        dialog.downcast().ok()
    }

    /// Closes the open dialog.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// Leaves the inner page of the open dialog, else closes it.
    pub(crate) fn close(app: &mut App) {
        if app.dialog.0.as_mut().is_some_and(|dialog| dialog.leave_page()) {
            return;
        }
        if let Some(mut dialog) = app.dialog.0.take() {
            dialog.on_closed(app);
        }
    }

    /// Closes the dialog when another document replaces the one it is about.
    pub(crate) fn leave_document(&mut self) {
        self.0.take_if(|dialog| !dialog.outlives_document());
    }

    /// Takes the dialog out, to be drawn with the application at hand; [`DialogSlot::put_back`] returns it.
    pub(crate) fn take_out(&mut self) -> Option<Box<dyn Modal>> {
        self.0.take()
    }

    /// Returns a dialog to its place after drawing.
    pub(crate) fn put_back(&mut self, dialog: Box<dyn Modal>) {
        self.0 = Some(dialog);
    }
}
