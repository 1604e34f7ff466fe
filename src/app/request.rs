//! What panels and canvas ask of the program; the queue is worked off before the next frame is drawn.

use super::action::Action;
use super::export::ExportForm;
use super::import_form::ImportForm;
use super::outcome::Purpose;
use super::pasted_lines::PastedLines;
use crate::canvas::Order;
use crate::canvas::paste::PastedText;
use crate::edit::Transaction;
use crate::feedback::overlay::OverlayChoice;
use crate::id::{BatchId, Id, JourneyId};
use crate::model::value::Value;
use crate::store::base::Base;
use crate::store::versions::Kept;
use crate::survey::source::Input;
use std::path::PathBuf;
use std::sync::Arc;

/// One wish.
#[derive(Debug, Clone)]
pub enum Request {
    /// Does what the table of actions names.
    Do(Action),
    /// Changes the document in one undo step.
    Commit(Transaction),
    /// Changes the document in one undo step, then selects this.
    CommitAndSelect(Transaction, Id),
    /// Changes the document in one undo step; the element made by it gets its name where it is listed.
    CommitAndName(Transaction, Id),
    /// Selects exactly these.
    Select(Vec<Id>),
    /// Selects one element and brings it into view.
    Reveal(Id),
    /// Gives the elements of the chooser what was chosen.
    Choose(Value),
    /// Tells the map to do something.
    Order(Order),
    /// Places a picture from the clipboard.
    PlacePixels(Arc<egui::ColorImage>),
    /// Takes a text from the clipboard that is not for the map itself.
    TakePasted(PastedText),
    /// Makes elements of lines from the clipboard, in another way than before.
    ReadLines(PastedLines),
    /// Reads lines from the clipboard as answers, and takes back the step to this state that was made of them.
    ReadAnswersInstead(Box<ImportForm>, u64),
    /// Opens the import assistant.
    ShowImport(Box<ImportForm>),
    /// Shows another journey.
    Show(JourneyId),
    /// Shows another journey of the versions that are compared.
    ShowCompared(JourneyId),
    /// Selects an element of the versions that are compared and brings it into view.
    RevealChange(Id),
    /// Lays other scores over the map.
    Overlay(OverlayChoice),
    /// Opens a file.
    Open(PathBuf),
    /// Begins from a template.
    Template(&'static str),
    /// Takes the path chosen in the built-in dialog.
    Chosen(Purpose, PathBuf),
    /// Lists a folder for the built-in dialog.
    List(PathBuf),
    /// Uses the built-in dialog instead of the system's, which does not answer.
    BuiltIn,
    /// Answers the unsaved-changes question: save first, or let the changes go.
    Unsaved {
        /// Whether to save.
        save: bool,
    },
    /// Decides the so-many-th conflict: for the other side, or for what stands.
    Decide {
        /// Its place among the open ones.
        place: usize,
        /// Whether the other side is taken.
        other: bool,
    },
    /// Leaves all conflicts as they stand.
    DecideAll,
    /// Merges conflict copies into what is open.
    MergeCopies(Vec<PathBuf>),
    /// Compares what is open with an earlier version.
    CompareWith(Kept),
    /// Goes back to an earlier version, as a new step.
    Restore(Kept),
    /// Brings back what an ended process left unsaved.
    Recover(usize),
    /// Throws away what an ended process left unsaved.
    DiscardLeft(usize),
    /// Saves over what somebody else put in the file's place.
    SaveOver,
    /// Asks what becomes of a version in the file's place that is not known to come from ours.
    AskReplaced(PathBuf, Base),
    /// Merges that version all the same.
    MergeReplaced,
    /// Makes the copy to give away that the open dialog asks for.
    MakeCopy,
    /// Asks where that copy is to be written.
    SaveCopy,
    /// Opens what could be saved of a damaged file.
    OpenRepaired,
    /// Writes a picture.
    Export(ExportForm),
    /// Looks at the file of answers or comments again, as it is said to be read.
    LookAgain(Input),
    /// Counts and takes in a file of answers.
    Import(Box<ImportForm>),
    /// Asks for a file of answers that takes the place of an import.
    ReplaceImport(BatchId),
    /// Reads the comments of the file that the open dialog asks for.
    ReadComments,
    /// Keeps the comments that were chosen as quotes.
    KeepQuotes,
    /// Closes what asks.
    CloseDialog,
    /// Takes a message away.
    Dismiss(usize),
}
