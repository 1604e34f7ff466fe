//! Cells beside a table, separated from it by a blank column.
//!
//! A blank column alone separates nothing: people leave one in the middle of a table. The cells after it
//! belong to the table unless they have no header, or their rows end before or after the table's.

use super::first_table::{PlacedRow, filled_cells};
use super::warning::FileWarning;

/// The fewest rows by which one of two tables must be longer.
const LONGER: usize = 2;

/// Finds cells beside the table with these header rows and rows. Returns the width of the table itself, and a
/// warning about the rest.
pub(super) fn find_side_table(header: &[PlacedRow], rows: &[PlacedRow]) -> Option<(usize, FileWarning)> {
    let last = header.last()?;
    let all = || header.iter().chain(rows);
    let width = all().map(|row| row.cells.len()).max()?;
    let is_blank = |column: &usize| all().all(|row| row.cells.get(*column).trim().is_empty());
    let parting = (1..width).find(is_blank)?;
    let right = |row: &PlacedRow| filled_cells(&row.cells).any(|(column, _)| column > parting);
    let left = |row: &PlacedRow| filled_cells(&row.cells).any(|(column, _)| column < parting);
    let first = all().find(|row| right(row))?;
    let [of_left, of_right] =
        [rows.iter().map(left).collect::<Vec<_>>(), rows.iter().map(right).collect::<Vec<_>>()];
    let is_apart = if right(last) {
        ends_before(&of_right, &of_left) || ends_before(&of_left, &of_right)
    } else {
        of_right.iter().filter(|filled| **filled).count() * 2 <= rows.len()
    };
    if !is_apart || !left(last) {
        return None;
    }
    let cells: Vec<(usize, &str)> =
        filled_cells(&first.cells).filter(|(column, _)| *column > parting).collect();
    let column = cells.first()?.0 + 1;
    let names = cells.iter().map(|(_, cell)| (*cell).to_owned()).collect();
    Some((parting, FileWarning::SideTable { column, names }))
}

/// True if one table is filled from the top without a gap, and ends before the other does.
fn ends_before(one: &[bool], other: &[bool]) -> bool {
    let length = one.iter().take_while(|filled| **filled).count();
    let rest = one.get(length..).unwrap_or_default();
    let longer = other.get(length..).unwrap_or_default().iter().filter(|filled| **filled).count();
    length > 0 && rest.iter().all(|filled| !filled) && longer >= LONGER
}

#[cfg(test)]
mod tests {
    use super::super::record::RowCells;
    use super::*;

    fn find_in_text(text: &str) -> Option<(usize, FileWarning)> {
        let row = |text: &str| {
            let mut cells = RowCells::default();
            text.split('|').for_each(|cell| cells.push(cell));
            PlacedRow { cells, ..PlacedRow::default() }
        };
        let rows: Vec<PlacedRow> = text.lines().map(row).collect();
        find_side_table(&rows[..1], &rows[1..])
    }

    #[test]
    fn a_table_beside_the_table_is_found() {
        let told = |column: usize, names: &[&str]| FileWarning::SideTable {
            column,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        let shorter = "a|b||Code|Text\n1|2||1|bad\n3|4||5|good\n5|6\n7|8\n9|1";
        assert_eq!(find_in_text(shorter), Some((2, told(4, &["Code", "Text"]))));
        let longer = "a|b||Code|Text\n1|2||1|bad\n3|4||2|poor\n|||3|fair\n|||4|good";
        assert_eq!(find_in_text(longer), Some((2, told(4, &["Code", "Text"]))));
        let legend = "a|b\n1|2|||1 = bad\n3|4|||5 = good\n5|6\n7|8";
        assert_eq!(find_in_text(legend), Some((2, told(5, &["1 = bad"]))));
    }

    #[test]
    fn a_blank_column_in_a_table_parts_nothing() {
        for text in [
            "a|b||c\n1|2||3\n4|5||6\n7|8||9",
            "a|b||why\n1|2||\n4|5||text\n7|8||\n9|1||",
            "a|b|\n1|2|\n3|4|",
            "a|b||c\n1|2||3\n4|5||6\n7|8||",
            "a|b||\n1|2||3\n4|5||6\n7|8||9",
        ] {
            assert_eq!(find_in_text(text), None, "{text}");
        }
    }
}
