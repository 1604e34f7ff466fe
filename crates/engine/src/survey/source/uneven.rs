//! Rows with fewer or more cells than the header that are complete all the same: programs omit blank cells at
//! the end of a row, and people write unquoted commas into the last column.

use super::record::RowCells;
use crate::model::choice::DateOrder;
use crate::survey::cell::fold_text;
use crate::survey::dates;
use crate::survey::figure::read_figure;
use crate::survey::scale::is_no_answer;
use std::collections::BTreeSet;

/// The kind of a column's cells, in rows of the header's length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellKind {
    /// Numbers.
    Figure,
    /// Days.
    Day,
    /// A few different answers of a scale, folded.
    Answers(BTreeSet<String>),
    /// A few different texts, folded.
    Few(BTreeSet<String>),
    /// Anything else.
    Text,
}

impl CellKind {
    /// True if a column of this kind at the end of a row may be omitted, or contain commas.
    fn is_text(&self) -> bool {
        matches!(self, Self::Few(_) | Self::Text)
    }
}

/// The rule for complete rows of uneven length: their cells have the kinds of their columns, and all missing
/// or extra cells belong to text columns at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnevenRows {
    kinds: Vec<CellKind>,
    /// The fewest cells of a complete row: below, a column other than the last text columns would be missing.
    least: usize,
}

impl UnevenRows {
    /// Creates the rule for columns of these kinds; `None` if the last column is no text.
    pub fn from_kinds(kinds: Vec<CellKind>) -> Option<Self> {
        let texts = kinds.iter().rev().take_while(|kind| kind.is_text()).count();
        let least = kinds.len() - texts;
        (texts > 0 && least > 0).then_some(Self { kinds, least })
    }

    /// True if a row is complete.
    pub(super) fn is_whole(&self, row: &RowCells) -> bool {
        let last = self.kinds.len() - 1;
        let longer = row.len() > self.kinds.len();
        let fits = |(place, kind): (usize, &CellKind)| {
            let cell = row.get(place).trim();
            cell.is_empty()
                || match kind {
                    CellKind::Figure => read_figure(cell).is_some() || is_no_answer(cell),
                    CellKind::Day => {
                        dates::read_date(cell, DateOrder::DayFirst).is_ok()
                            || dates::read_date(cell, DateOrder::MonthFirst).is_ok()
                    }
                    CellKind::Answers(known) => known.contains(&fold_text(cell)) || is_no_answer(cell),
                    // In a longer row, the last column holds only a part of its text.
                    CellKind::Few(known) => known.contains(&fold_text(cell)) || (longer && place == last),
                    CellKind::Text => true,
                }
        };
        row.len() >= self.least && self.kinds.iter().enumerate().all(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_whole_where_only_texts_at_the_end_differ() {
        let rule = UnevenRows::from_kinds(vec![CellKind::Day, CellKind::Figure, CellKind::Text]).unwrap();
        let whole = |cells: &[&str]| {
            let mut row = RowCells::default();
            for cell in cells {
                row.push(cell);
            }
            rule.is_whole(&row)
        };
        assert!(whole(&["2026-01-02", "5"]) && whole(&["2026-01-02", "5", "good", "really", "good"]));
        assert!(!whole(&["2026-01-02"]), "the rating is missing");
        assert!(
            !whole(&["2026-01-02", "good"]) && !whole(&["5", "good", "more"]),
            "cells are in other columns"
        );
        assert_eq!(UnevenRows::from_kinds(vec![CellKind::Text, CellKind::Figure]), None);
    }
}
