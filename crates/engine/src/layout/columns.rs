//! Stages and their columns: their order and places.

use super::cache::IdMap;
use super::dims;
use crate::id::{Id, StageId, StepId};
use crate::model::{Journey, Stage, Step};
use crate::scene::GridColumn;
use std::ops::Range;
use std::sync::Arc;

/// A stage and the indices of its columns.
pub(super) struct StageColumns<'a> {
    pub(super) stage: &'a Arc<Stage>,
    pub(super) columns: Range<usize>,
}

/// All columns of a journey. Their spans are those of the cards, and zero until [`Columns::place_columns`].
pub(super) struct Columns<'a> {
    pub(super) stages: Vec<StageColumns<'a>>,
    pub(super) all: Vec<GridColumn>,
    by_step: IdMap<StepId, usize>,
    by_stage: IdMap<StageId, usize>,
}

impl<'a> Columns<'a> {
    /// Builds the columns in order: one per step, and one for a stage without steps.
    pub(super) fn new(journey: &'a Journey) -> Self {
        let stages = journey.stages_in_order();
        let by_stage: IdMap<StageId, usize> =
            stages.iter().enumerate().map(|(index, stage)| (stage.id, index)).collect();
        let mut steps: Vec<(usize, &Arc<Step>)> =
            journey.steps().values().filter_map(|step| Some((*by_stage.get(&step.stage)?, step))).collect();
        steps.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.key.cmp(&b.1.key)).then(a.1.id.cmp(&b.1.id)));
        let mut columns = Self { stages: Vec::new(), all: Vec::new(), by_step: IdMap::default(), by_stage };
        let mut rest = steps.as_slice();
        for (index, stage) in stages.into_iter().enumerate() {
            let count = rest.iter().take_while(|(stage, _)| *stage == index).count();
            let (own, others) = rest.split_at(count);
            rest = others;
            columns.add_stage(stage, own);
        }
        columns
    }

    fn add_stage(&mut self, stage: &'a Arc<Stage>, steps: &[(usize, &Arc<Step>)]) {
        let first = self.all.len();
        for (_, step) in steps {
            self.by_step.insert(step.id, self.all.len());
            self.all.push(GridColumn { step: Some(step.id), stage: stage.id, span: (0.0, 0.0) });
        }
        if steps.is_empty() {
            self.all.push(GridColumn { step: None, stage: stage.id, span: (0.0, 0.0) });
        }
        self.stages.push(StageColumns { stage, columns: first..self.all.len() });
    }

    /// Places the columns; `gaps` is the room that flows need left of each.
    pub(super) fn place_columns(&mut self, gaps: &[f32]) {
        let mut x = dims::CONTENT;
        for stage in &self.stages {
            for index in stage.columns.clone() {
                let least = match index {
                    0 => 0.0,
                    _ if index == stage.columns.start => dims::STAGE_GAP,
                    _ => dims::GAP,
                };
                x += gaps.get(index).copied().unwrap_or(0.0).max(least);
                self.all[index].span = (x, x + dims::CARD.x);
                x += dims::CARD.x;
            }
        }
    }

    /// Returns the right end of the last column, or of a first one in an empty journey.
    pub(super) fn right_end(&self) -> f32 {
        self.all.last().map_or(dims::CONTENT + dims::CARD.x, |column| column.span.1)
    }

    /// Returns the column of a step.
    pub(super) fn of_step(&self, step: StepId) -> Option<usize> {
        self.by_step.get(&step).copied()
    }

    /// Returns the columns of a step or stage.
    pub(super) fn column_range(&self, at: Id) -> Option<Range<usize>> {
        if let Some(step) = at.to_typed::<StepId>() {
            let column = self.of_step(step)?;
            return Some(column..column + 1);
        }
        let stage = self.by_stage.get(&at.to_typed()?)?;
        Some(self.stages.get(*stage)?.columns.clone())
    }

    /// Returns the left and right end of a range of columns.
    pub(super) fn range_span(&self, range: &Range<usize>) -> (f32, f32) {
        let left = self.all.get(range.start).map_or(dims::CONTENT, |column| column.span.0);
        let last = range.end.saturating_sub(1).max(range.start);
        (left, self.all.get(last).map_or(left + dims::CARD.x, |column| column.span.1))
    }

    /// Returns the middle of a column.
    pub(super) fn column_middle(&self, column: usize) -> f32 {
        self.all.get(column).map_or(0.0, |column| f32::midpoint(column.span.0, column.span.1))
    }
}
