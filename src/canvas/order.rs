//! Orders to the canvas, from actions and panels.

use engine::id::{Id, LaneId};
use engine::model::choice::{ImprovementKind, InsightKind};

/// A request that the canvas fulfils in the next frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CanvasOrder {
    /// Shows the map larger, about its middle.
    ZoomIn,
    /// Shows the map smaller, about its middle.
    ZoomOut,
    /// Shows the map at zoom 1.
    ZoomActual,
    /// Shows the whole map.
    Fit,
    /// Shows the whole selection.
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
    /// Begins an insight about an element, else about the selection, in place.
    AddInsight(InsightKind, Option<Id>),
    /// Raises or lowers the feeling of the persona in work at the selected touchpoints; `None` clears it.
    Feel(Option<f64>),
    /// Begins an opportunity or solution for an element, else for the selection, in place.
    AddImprovement(ImprovementKind, Option<Id>),
}
