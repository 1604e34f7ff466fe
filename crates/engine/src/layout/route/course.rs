//! The course of each flow through gaps and corridors, chosen by the free cells.

use super::cells::CellIndex;
use super::{Flow, RouteCard};
use std::cmp::Ordering;

/// The gaps, rows and corridors that a flow runs through. A gap has the index of the column to its right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Course {
    /// Along the row to the next card.
    Straight,
    /// Along free cells of one of the two rows, and down or up in one gap.
    Turn { gap: u32 },
    /// Along the corridor above a row, between two gaps.
    Over { row: u32, first: u32, last: u32 },
    /// Straight down or up to the next card of the same column.
    Drop,
    /// To another card of the same column, through the gap right of it.
    Beside { gap: u32 },
    /// Back along the corridor below a row.
    Under { row: u32 },
    /// Back along the corridors below two rows, joined in a gap.
    Around { from_row: u32, gap: u32, to_row: u32 },
}

impl Course {
    /// True if it leads back to an earlier column, or to its own card.
    pub(super) fn is_back(self) -> bool {
        matches!(self, Self::Under { .. } | Self::Around { .. })
    }
}

/// Chooses the course of each flow; `None` if a card is missing.
pub(super) fn choose_courses(cards: &[RouteCard], lanes: &[u32], flows: &[Flow]) -> Vec<Option<Course>> {
    let cells = CellIndex::new(cards);
    let last_rows = last_rows(lanes);
    let ends = |flow: &Flow| Some((*cards.get(flow.from as usize)?, *cards.get(flow.to as usize)?));
    // Cards whose flows run along the free cells to their right: these are reserved for them.
    let mut taken = vec![false; cards.len()];
    for flow in flows {
        if let Some((from, to)) = ends(flow)
            && turns_late(&cells, from, to)
        {
            taken[flow.from as usize] = true;
        }
    }
    let back = |from: RouteCard, to: RouteCard| backward_course(&cells, &last_rows, from, to);
    flows
        .iter()
        .map(|flow| {
            let (from, to) = ends(flow)?;
            Some(match from.column {
                column if flow.from == flow.to || to.column < column => back(from, to),
                column if to.column == column && is_drop(&cells, flow, from, to) => Course::Drop,
                column if to.column == column => Course::Beside { gap: column + 1 },
                _ => forward_course(&cells, &taken, from, to),
            })
        })
        .collect()
}

/// True if no card is between two cards of a column; a label has no room on so short a line.
fn is_drop(cells: &CellIndex, flow: &Flow, from: RouteCard, to: RouteCard) -> bool {
    let upper = from.row.min(to.row);
    let lower = from.row.max(to.row);
    flow.label.is_none() && upper < lower && cells.free_below(from.column, upper, lower - 1)
}

/// True if the flow runs along its first row and turns just before its target.
fn turns_late(cells: &CellIndex, from: RouteCard, to: RouteCard) -> bool {
    let free = |row| cells.is_row_free(row, from.column, to.column);
    let far = to.column > from.column.saturating_add(1);
    far && from.row != to.row && free(from.row) && (to.row < from.row || !free(to.row))
}

fn forward_course(cells: &CellIndex, taken: &[bool], from: RouteCard, to: RouteCard) -> Course {
    let first = from.column + 1;
    let last = to.column;
    let free = cells.is_row_free(to.row, from.column, to.column);
    if from.row == to.row && free {
        return Course::Straight;
    }
    if from.row != to.row {
        if first == last || turns_late(cells, from, to) {
            return Course::Turn { gap: last };
        }
        let neighbour = cells.left_of(to.row, to.column);
        if free && !neighbour.is_some_and(|card| taken[card as usize]) {
            return Course::Turn { gap: first };
        }
    }
    Course::Over { row: from.row.max(to.row), first, last }
}

fn backward_course(cells: &CellIndex, last_rows: &[u32], from: RouteCard, to: RouteCard) -> Course {
    // Under the whole lane if no card is in the way, so that loops don't spread the lane's rows.
    let drop = |card: RouteCard| {
        let last = last_rows.get(card.row as usize).copied().unwrap_or(card.row);
        if cells.free_below(card.column, card.row, last) { last } else { card.row }
    };
    let from_row = drop(from);
    let to_row = drop(to);
    match from_row.cmp(&to_row) {
        Ordering::Equal => Course::Under { row: from_row },
        Ordering::Greater => Course::Around { from_row, gap: to.column + 1, to_row },
        Ordering::Less => Course::Around { from_row, gap: from.column, to_row },
    }
}

/// Returns the last row of each row's lane.
fn last_rows(lanes: &[u32]) -> Vec<u32> {
    let mut last: Vec<u32> = (0_u32..).take(lanes.len()).collect();
    for row in (1..lanes.len()).rev() {
        if lanes[row - 1] == lanes[row] {
            last[row - 1] = last[row];
        }
    }
    last
}
