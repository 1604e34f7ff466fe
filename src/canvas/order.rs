//! What the canvas is told to do, by actions and panels.

use crate::id::{Id, LaneId};
use crate::model::choice::{ImprovementKind, InsightKind};

/// One order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Order {
    /// Shows the map larger, about its middle.
    ZoomIn,
    /// Shows the map smaller, about its middle.
    ZoomOut,
    /// Shows the map at its own size.
    ZoomActual,
    /// Shows the whole map.
    Fit,
    /// Shows what is selected.
    FitSelection,
    /// Brings an element into view.
    Reveal(Id),
    /// Opens an element's name for typing, in place.
    EditTitle(Id),
    /// Opens the text of a lane under a step or stage for typing, in place.
    EditCell(LaneId, Id),
    /// Begins a new stage after the selected one, in place.
    AddStage,
    /// Begins a new touchpoint after the selected one, in place.
    AddTouchpoint,
    /// Begins an alternative to the selected touchpoint, in place.
    AddAlternative,
    /// Begins an insight about an element, else about what is selected, in place.
    AddInsight(InsightKind, Option<Id>),
    /// Raises or lowers how the persona in work feels at the selected touchpoints; without a distance takes it away.
    Feel(Option<f64>),
    /// Begins an opportunity or solution for an element, else for what is selected, in place.
    AddImprovement(ImprovementKind, Option<Id>),
}
