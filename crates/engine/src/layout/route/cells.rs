//! Occupancy of the grid's cells.

use super::RouteCard;

/// The cards by row and by column.
pub(super) struct CellIndex {
    /// Row, column, card.
    rows: Vec<(u32, u32, u32)>,
    /// Column, row.
    columns: Vec<(u32, u32)>,
}

impl CellIndex {
    pub(super) fn new(cards: &[RouteCard]) -> Self {
        let mut rows: Vec<_> =
            (0_u32..).zip(cards).map(|(index, card)| (card.row, card.column, index)).collect();
        let mut columns: Vec<_> = cards.iter().map(|card| (card.column, card.row)).collect();
        rows.sort_unstable();
        columns.sort_unstable();
        Self { rows, columns }
    }

    /// True if no card of the row is between two columns.
    pub(super) fn is_row_free(&self, row: u32, after: u32, before: u32) -> bool {
        if before <= after.saturating_add(1) {
            return true;
        }
        let next = self.rows.partition_point(|&(r, c, _)| (r, c) <= (row, after));
        self.rows.get(next).is_none_or(|&(r, c, _)| r != row || c >= before)
    }

    /// Returns the nearest card of the row to the left of a column.
    pub(super) fn left_of(&self, row: u32, column: u32) -> Option<u32> {
        let next = self.rows.partition_point(|&(r, c, _)| (r, c) < (row, column));
        let &(found, _, card) = self.rows.get(next.checked_sub(1)?)?;
        (found == row).then_some(card)
    }

    /// True if no card of the column is below a row, down to the row `last`.
    pub(super) fn free_below(&self, column: u32, row: u32, last: u32) -> bool {
        let next = self.columns.partition_point(|&cell| cell <= (column, row));
        self.columns.get(next).is_none_or(|&(c, r)| c != column || r > last)
    }
}
