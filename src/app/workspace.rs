//! What the window keeps beside the open document; all of it goes when another document replaces that one.

use super::desk::FieldTyping;
use crate::canvas::CanvasOrder;
use crate::features::charts::Charts;
use crate::features::compare::Comparison;
use crate::features::filing::Writing;
use engine::edit::Transaction;

/// The state of the window that belongs to the open document.
#[derive(Debug, Default)]
pub struct Workspace {
    /// Counts up whenever another document replaces the open one, or it is closed.
    pub(crate) document: u64,
    /// True from opening the project until its map is first shown.
    pub(crate) is_newly_open: bool,
    /// The choice of charts, and the chart shown.
    pub charts: Charts,
    /// The comparison of two versions, if one is open.
    pub comparison: Option<Box<Comparison>>,
    /// The change that the option under the pointer would make: previewed, not committed.
    pub(crate) peek: Option<Transaction>,
    /// Orders for the canvas, carried out in the next frame.
    pub(crate) orders: Vec<CanvasOrder>,
    /// The texts being typed into fields.
    pub(crate) typing: FieldTyping,
    /// The save in progress.
    pub(crate) writing: Option<Writing>,
}

impl Workspace {
    /// Returns the workspace of the next document.
    pub(crate) fn next_document(&self) -> Self {
        Self { document: self.document + 1, ..Self::default() }
    }
}
