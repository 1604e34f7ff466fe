//! Requests of panels and canvas to the application; handled before the next frame is drawn, so that nothing
//! changes the project while it is drawn.

use super::App;
use super::action::Action;
use crate::canvas::CanvasOrder;
use engine::edit::Transaction;
use engine::id::{Id, JourneyId};
use std::path::PathBuf;

/// A request to [`App`].
#[derive(Debug)]
pub enum AppRequest {
    /// Runs an action of the action table.
    Do(Action),
    /// Applies a change as one undo step.
    Commit(Transaction),
    /// Applies a change as one undo step, then selects this element.
    CommitAndSelect(Transaction, Id),
    /// Applies a change as one undo step, then starts editing the new element's name in its list.
    CommitAndName(Transaction, Id),
    /// Selects exactly these elements.
    Select(Vec<Id>),
    /// Selects one element and brings it into view.
    Reveal(Id),
    /// Sends an order to the map.
    Order(CanvasOrder),
    /// Shows another journey.
    Show(JourneyId),
    /// Opens a file.
    Open(PathBuf),
    /// Starts a project from a template.
    Template(&'static str),
    /// Closes the open dialog, or leaves its inner page.
    CloseDialog,
    /// Takes a step of a dialog or flow.
    Call(AppCall),
}

impl AppRequest {
    /// Returns the request to call a function, such as the step of a flow that a button stands for.
    pub fn call_step(step: impl FnOnce(&mut App) + Send + 'static) -> Self {
        Self::Call(AppCall(Box::new(step)))
    }

    /// True for a request that needs open text edits committed first.
    pub(super) fn needs_document(&self) -> bool {
        match self {
            Self::Do(action) => action.commits_typing_first(),
            Self::Open(_) | Self::Template(_) | Self::Show(_) => true,
            _ => false,
        }
    }

    /// True for a change of the open document.
    pub(super) fn is_change(&self) -> bool {
        matches!(self, Self::Commit(_) | Self::CommitAndSelect(..) | Self::CommitAndName(..))
    }
}

/// A function to call with the application.
pub struct AppCall(Box<dyn FnOnce(&mut App) + Send>);

impl AppCall {
    /// Calls the function.
    pub(super) fn run(self, app: &mut App) {
        (self.0)(app);
    }
}

impl std::fmt::Debug for AppCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AppCall")
    }
}
