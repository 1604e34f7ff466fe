//! Where stages, columns and lanes lie on the page: what gestures need to know of the layout.

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
pub struct Column {
    /// The step; none for the empty column of a stage without steps.
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
    /// What it holds.
    pub kind: LaneKind,
    /// All of it, label included.
    pub rect: Rect,
    /// Its label.
    pub label: Rect,
    /// Top and bottom of its first row of cards, where it holds cards.
    pub row: Option<(f32, f32)>,
}

/// The scale of a feeling lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeelingAxis {
    /// The lane.
    pub lane: LaneId,
    /// Where +2 lies.
    pub top: f32,
    /// Where -2 lies.
    pub bottom: f32,
}

impl FeelingAxis {
    /// Where a feeling lies.
    pub fn y(self, feeling: f32) -> f32 {
        self.top + (self.bottom - self.top) * (2.0 - feeling) / 4.0
    }

    /// The feeling at a height, kept within -2 and 2.
    pub fn feeling(self, y: f32) -> f32 {
        let span = (self.bottom - self.top).max(f32::EPSILON);
        (2.0 - 4.0 * (y - self.top) / span).clamp(-2.0, 2.0)
    }
}

/// The page's skeleton.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// Stages from left to right.
    pub stages: Vec<StageSpan>,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Lanes from top to bottom.
    pub lanes: Vec<LaneBand>,
    /// Scales of the feeling lanes.
    pub feelings: Vec<FeelingAxis>,
}

impl Grid {
    /// The column at or nearest to an x.
    pub fn column_at(&self, x: f32) -> Option<&Column> {
        let gap = |column: &&Column| (column.span.0 - x).max(x - column.span.1).max(0.0);
        self.columns.iter().min_by(|a, b| gap(a).total_cmp(&gap(b)))
    }

    /// The lane at a y.
    pub fn lane_at(&self, y: f32) -> Option<&LaneBand> {
        self.lanes.iter().find(|band| (band.rect.min.y..=band.rect.max.y).contains(&y))
    }
}
