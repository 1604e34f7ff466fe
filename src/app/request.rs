//! Requests of panels and canvas to the application; handled before the next frame is drawn.

use super::action::Action;
use super::export::ExportForm;
use super::import_form::ImportForm;
use super::outcome::Purpose;
use super::pasted_lines::PastedLines;
use crate::canvas::CanvasOrder;
use crate::canvas::paste::PastedText;
use crate::edit::Transaction;
use crate::feedback::overlay::OverlayChoice;
use crate::id::{BatchId, Id, JourneyId};
use crate::model::value::FieldValue;
use crate::store::base::Base;
use crate::store::versions::VersionEntry;
use crate::survey::source::Input;
use std::path::PathBuf;
use std::sync::Arc;

/// A request to [`App`](super::App).
#[derive(Debug, Clone)]
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
    /// Lets digits set the severity of a pain that was just typed, until something else is done.
    SetFreshPain(Id),
    /// Selects one element and brings it into view.
    Reveal(Id),
    /// Applies the value chosen in the chooser to its elements.
    Choose(FieldValue),
    /// Sends an order to the map.
    Order(CanvasOrder),
    /// Places a picture from the clipboard.
    PlacePixels(Arc<egui::ColorImage>),
    /// Handles clipboard text that the canvas could not use.
    TakePasted(PastedText),
    /// Reads pasted lines in another way than before.
    ReadLines(PastedLines),
    /// Reads pasted lines as answers instead, and undoes the step that led to this state.
    ReadAnswersInstead(Box<ImportForm>, u64),
    /// Opens the import assistant.
    ShowImport(Box<ImportForm>),
    /// Shows another journey.
    Show(JourneyId),
    /// Shows another journey of the versions that are compared.
    ShowCompared(JourneyId),
    /// Selects an element of the versions that are compared and brings it into view.
    RevealChange(Id),
    /// Changes the score overlay.
    Overlay(OverlayChoice),
    /// Opens a file.
    Open(PathBuf),
    /// Starts a project from a template.
    Template(&'static str),
    /// Continues with the path chosen in the built-in dialog.
    Chosen(Purpose, PathBuf),
    /// Lists a folder for the built-in dialog.
    List(PathBuf),
    /// Uses the built-in dialog because the system's does not answer.
    BuiltIn,
    /// Answers the question about unsaved changes: save first, or discard them.
    Unsaved {
        /// True to save first.
        save: bool,
    },
    /// Resolves an open conflict: keeps the current value or takes the other side.
    Decide {
        /// The index among the open conflicts.
        place: usize,
        /// True to take the other side.
        other: bool,
    },
    /// Resolves all conflicts by keeping the current values.
    DecideAll,
    /// Merges conflict copies into the open project.
    MergeCopies(Vec<PathBuf>),
    /// Compares the open project with an earlier version.
    CompareWith(VersionEntry),
    /// Restores an earlier version, as a new undo step.
    Restore(VersionEntry),
    /// Recovers unsaved work of an ended process, by its index in the dialog.
    Recover(usize),
    /// Discards unsaved work of an ended process, by its index in the dialog.
    DiscardLeft(usize),
    /// Saves over the version that somebody else put in the file's place.
    SaveOver,
    /// Asks what to do with a version in the file's place that is not known to descend from ours.
    AskReplaced(PathBuf, Base),
    /// Merges that version anyway.
    MergeReplaced,
    /// Makes the redacted copy with the options chosen in the open dialog.
    MakeCopy,
    /// Asks for the path of the redacted copy.
    SaveCopy,
    /// Opens the recovered part of a damaged file.
    OpenRepaired,
    /// Exports as chosen in the form.
    Export(ExportForm),
    /// Profiles the file of answers or comments again, with other options.
    LookAgain(Input),
    /// Counts and imports a file of answers.
    Import(Box<ImportForm>),
    /// Asks for a file of answers that replaces an import.
    ReplaceImport(BatchId),
    /// Reads the comments that the open dialog requests.
    ReadComments,
    /// Keeps the chosen comments as quotes.
    KeepQuotes,
    /// Closes the open dialog.
    CloseDialog,
    /// Dismisses the notice at this index.
    Dismiss(usize),
}
