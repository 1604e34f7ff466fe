//! The places of stages, columns and lanes on the page, for gestures.

use super::geom::Rect;
use crate::id::{LaneId, StageId, StepId};
use crate::model::choice::LaneKind;

/// A stage's span of columns.
#[derive(Debug, Clone, PartialEq)]
pub struct StageSpan {
    /// The stage.
    pub stage: StageId,
    /// Its header.
    pub header: Rect,
    /// The left end of its first column and the right end of its last.
    pub span: (f32, f32),
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct GridColumn {
    /// The step; `None` for the empty column of a stage without steps.
    pub step: Option<StepId>,
    /// The stage it belongs to.
    pub stage: StageId,
    /// Its left and right end.
    pub span: (f32, f32),
}

/// One lane.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneBand {
    /// The lane.
    pub lane: LaneId,
    /// The kind of its contents.
    pub kind: LaneKind,
    /// Its whole area, label included.
    pub rect: Rect,
    /// Its label.
    pub label: Rect,
    /// Top and bottom of its first row of cards, if it holds cards.
    pub row: Option<(f32, f32)>,
}

/// The scale of a feeling lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeelingAxis {
    /// The lane.
    pub lane: LaneId,
    /// The y of feeling +2.
    pub top: f32,
    /// The y of feeling -2.
    pub bottom: f32,
}

impl FeelingAxis {
    /// Returns the y of a feeling.
    pub fn feeling_to_y(self, feeling: f32) -> f32 {
        self.top + (self.bottom - self.top) * (2.0 - feeling) / 4.0
    }

    /// Returns the feeling at a y, clamped to -2 … 2.
    pub fn y_to_feeling(self, y: f32) -> f32 {
        let span = (self.bottom - self.top).max(f32::EPSILON);
        (2.0 - 4.0 * (y - self.top) / span).clamp(-2.0, 2.0)
    }
}

/// The page's grid of stages, columns and lanes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageGrid {
    /// Stages from left to right.
    pub stages: Vec<StageSpan>,
    /// Columns from left to right.
    pub columns: Vec<GridColumn>,
    /// Lanes from top to bottom.
    pub lanes: Vec<LaneBand>,
    /// Scales of the feeling lanes.
    pub feelings: Vec<FeelingAxis>,
}

impl PageGrid {
    /// Returns the column at or nearest to an x.
    pub fn column_at(&self, x: f32) -> Option<&GridColumn> {
        let gap = |column: &&GridColumn| (column.span.0 - x).max(x - column.span.1).max(0.0);
        self.columns.iter().min_by(|a, b| gap(a).total_cmp(&gap(b)))
    }

    /// Returns the lane at a y.
    pub fn lane_at(&self, y: f32) -> Option<&LaneBand> {
        self.lanes.iter().find(|band| (band.rect.min.y..=band.rect.max.y).contains(&y))
    }
}
