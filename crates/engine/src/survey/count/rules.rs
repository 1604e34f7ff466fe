//! Rules that leave out rows by the text of a cell.

use super::counter::FoundColumn;
use crate::model::recipe::ColumnRole;
use crate::survey::cell::fold_text;
use crate::survey::source::TableRow;

/// Leaves out the rows in which a column holds one of several texts.
pub(super) struct SkipRule {
    /// The column's index in the mapping.
    pub(super) index: usize,
    place: usize,
    /// The texts, folded.
    texts: Vec<String>,
    /// For a rule on one name: the index of the column of names, and the name, folded.
    name: Option<(usize, String)>,
}

impl SkipRule {
    /// Collects the rules of all columns that have one, in the order of the mapping.
    pub(super) fn from_columns(found: &[FoundColumn<'_>]) -> Vec<Self> {
        let names = found.iter().find(|found| found.column_rule().role == ColumnRole::Names);
        let with_rule = found.iter().filter(|found| !found.column_rule().skip.is_empty());
        let of_column = |found: &FoundColumn<'_>| {
            let rule = found.column_rule();
            let names = if rule.name.is_empty() { None } else { names };
            Self {
                index: found.index,
                place: found.place,
                texts: rule.skip.iter().map(|text| fold_text(text)).collect(),
                name: names.map(|names| (names.place, fold_text(&rule.name))),
            }
        };
        with_rule.map(of_column).collect()
    }

    /// True if the rule leaves out a row. A ragged row is kept and counted as ragged, as its cells may belong
    /// to other columns.
    pub(super) fn applies_to(&self, row: &TableRow<'_>) -> bool {
        !row.is_ragged()
            && self.texts.iter().any(|text| is_folded_to(row.cell(self.place), text))
            && self.name.as_ref().is_none_or(|(place, name)| is_folded_to(row.cell(*place), name))
    }
}

/// True if a cell folds to this text. ASCII, which most cells are, is compared without folding it.
fn is_folded_to(cell: &str, folded: &str) -> bool {
    if cell.is_ascii() { cell.eq_ignore_ascii_case(folded) } else { fold_text(cell) == folded }
}
