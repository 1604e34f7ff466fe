//! Finds the end of the first table of a sheet or text if another table or notes follow below it.
//!
//! Only a blank row raises the question. The row after it is compared with the rows of the table: with
//! numbers in columns of numbers, or a text seen before, the table continues. The header of another table has
//! texts over numbers, another number of columns, or a title. Without evidence for an end the table
//! continues, so that a blank row loses nothing.

use super::header::is_figure;
use super::record::RowCells;
use super::warning::FileWarning;
use std::collections::BTreeSet;

/// The most values remembered per column.
const VALUES: usize = 200;
/// In a column of numbers, one in this many filled cells may be something else.
const ODD_CELLS: usize = 5;
/// The fewest rows from which the shape of a table is derived.
const ENOUGH: usize = 2;
/// The fewest characters of a sentence in a script without spaces.
const SENTENCE: usize = 6;
/// The longest column name in bytes.
const NAME: usize = 200;

/// A row with its position in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct PlacedRow {
    pub(super) cells: RowCells,
    /// The line or row on which it begins, from 1.
    pub(super) line: u64,
    /// True if empty lines were skipped before it.
    pub(super) after_gap: bool,
    /// Anomalies of its cells.
    pub(super) findings: RowFindings,
}

/// Anomalies in a row of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RowFindings {
    /// Columns with formulas without a result.
    pub(super) uncalculated: Vec<usize>,
    /// Columns with errors.
    pub(super) errors: Vec<usize>,
    /// True if the row is hidden.
    pub(super) is_hidden: bool,
}

/// The kind of content after a blank row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Behind {
    /// Rows of the same table.
    SameTable,
    /// Something else.
    Other(FileWarning),
}

/// A column of the table, as seen in its first rows.
#[derive(Debug, Clone, Default)]
struct ColumnShape {
    is_numeric: bool,
    has_figures: bool,
    /// True if its texts repeat often.
    is_grouped: bool,
    values: BTreeSet<String>,
}

/// The shape of a table's rows.
#[derive(Debug, Clone)]
pub(super) struct TableShape {
    header: Vec<String>,
    columns: Vec<ColumnShape>,
}

impl TableShape {
    /// Derives the shape of a table with this header; `None` if there are too few rows.
    pub(super) fn new(header: &[PlacedRow], rows: &[PlacedRow], width: usize) -> Option<Self> {
        let rows: Vec<&RowCells> = rows.iter().map(|row| &row.cells).filter(|row| !row.is_blank()).collect();
        let last = &header.last()?.cells;
        if rows.len() < ENOUGH || width < 2 {
            return None;
        }
        let header = (0..width).map(|column| last.get(column).trim().to_owned()).collect();
        let columns = (0..width).map(|column| ColumnShape::new(&rows, column)).collect();
        Some(Self { header, columns })
    }

    /// True if a row may belong to the table. A row that repeats the header counts as usual; row rules deal
    /// with it.
    pub(super) fn is_usual(&self, row: &RowCells) -> bool {
        let mut figures = 0;
        let mut others = 0;
        let mut known = 0;
        let mut repeated = 0;
        let mut filled = 0;
        for (place, cell) in filled_cells(row) {
            filled += 1;
            let Some(column) = self.columns.get(place) else { continue };
            repeated += usize::from(self.header.get(place).is_some_and(|name| name == cell));
            if !column.is_numeric {
                known += usize::from(column.values.contains(cell));
            } else if is_figure(cell) {
                figures += 1;
            } else {
                others += 1;
            }
        }
        let is_header = repeated > 0 && repeated == filled;
        is_header || (figures > 0 && figures >= others) || known > 0 || filled == 0
    }

    /// Judges the rows after a blank one; `complete` if they are the last of the file.
    pub(super) fn judge_rows_after_gap(&self, rows: &[PlacedRow], complete: bool) -> Behind {
        let rows: Vec<&PlacedRow> = rows.iter().filter(|row| !row.cells.is_blank()).collect();
        let Some(first) = rows.first() else { return Behind::SameTable };
        let titles = rows.iter().take_while(|row| is_lone_text(&row.cells)).count();
        let notes = || {
            let text = filled_cells(&first.cells).map(|(_, cell)| cell).collect::<Vec<_>>().join(" ");
            // Single words may be answers.
            let has_sentence =
                rows.iter().any(|row| filled_cells(&row.cells).any(|(_, cell)| is_sentence(cell)));
            if has_sentence {
                Behind::Other(FileWarning::Notes { row: first.line, text })
            } else {
                Behind::SameTable
            }
        };
        if rows.iter().take(titles.max(1)).any(|row| self.is_usual(&row.cells)) {
            return Behind::SameTable;
        }
        let Some(head) = rows.get(titles) else {
            return if complete { notes() } else { Behind::SameTable };
        };
        if self.is_usual(&head.cells) {
            return Behind::SameTable;
        }
        let below = rows.get(titles + 1..).unwrap_or_default();
        let below: Vec<&RowCells> =
            below.iter().take_while(|row| !row.after_gap).map(|row| &row.cells).collect();
        // A title is above the first column of its table.
        let column = |row: &PlacedRow| filled_cells(&row.cells).map(|(column, _)| column).next();
        let is_titled = titles > 0 && column(first) == column(head);
        if self.is_header(&head.cells, &below, is_titled) {
            let names = filled_cells(&head.cells).map(|(_, cell)| cell.to_owned()).collect();
            return Behind::Other(FileWarning::SecondTable { row: first.line, names });
        }
        let has_numbers = self.columns.iter().any(|column| column.is_numeric);
        if complete && has_numbers && !rows.iter().any(|row| self.is_usual(&row.cells)) {
            return notes();
        }
        Behind::SameTable
    }

    /// True if a row is the header of another table.
    fn is_header(&self, row: &RowCells, below: &[&RowCells], titled: bool) -> bool {
        let cells: Vec<(usize, &str)> = filled_cells(row).collect();
        let distinct: BTreeSet<&str> = cells.iter().map(|(_, cell)| *cell).collect();
        let is_name = |cell: &str| cell.len() <= NAME && !is_figure(cell);
        if cells.len() < 2 || distinct.len() < cells.len() || !cells.iter().all(|(_, cell)| is_name(cell)) {
            return false;
        }
        let own = |place: usize| self.columns.get(place);
        let over_numbers =
            cells.iter().filter(|(place, _)| own(*place).is_some_and(|own| own.is_numeric)).count();
        let is_wider = cells.iter().any(|(place, _)| *place >= self.columns.len());
        let names = self.header.iter().filter(|name| !name.is_empty());
        let has_other_width = names.clone().count() != cells.len();
        // A name of one or two letters may be an answer as well.
        let shares_names = names.into_iter().any(|name| name.len() > 2 && distinct.contains(name.as_str()));
        let is_new_group = cells.iter().any(|(place, _)| own(*place).is_some_and(|own| own.is_grouped));
        let numbers_below = |least: usize| {
            cells.iter().any(|(place, _)| {
                let filled = below.iter().map(|row| row.get(*place).trim()).filter(|cell| !cell.is_empty());
                let are_numbers = filled.clone().all(is_figure) && filled.count() >= least;
                are_numbers && own(*place).is_none_or(|own| own.is_numeric || !own.has_figures)
            })
        };
        let first = self.header.iter().position(|name| !name.is_empty());
        let begins_alike = titled || cells.first().map(|(place, _)| *place) == first;
        let is_named = |column: usize| cells.iter().any(|(place, _)| *place == column);
        let covers_rows = below.iter().all(|row| filled_cells(row).all(|(column, _)| is_named(column)));
        let has_no_hole =
            cells.windows(2).all(|pair| matches!(pair, [(one, _), (other, _)] if one + 1 == *other));
        let is_head = begins_alike && has_no_hole && (shares_names || numbers_below(1));
        match over_numbers {
            _ if !covers_rows => false,
            0 => shares_names || numbers_below(2),
            1 => is_head && (is_wider || has_other_width || shares_names || titled || is_new_group),
            _ => is_head,
        }
    }
}

impl ColumnShape {
    fn new(rows: &[&RowCells], column: usize) -> Self {
        let cells: Vec<&str> =
            rows.iter().map(|row| row.get(column).trim()).filter(|cell| !cell.is_empty()).collect();
        let figures = cells.iter().filter(|cell| is_figure(cell)).count();
        let values: BTreeSet<String> = cells.iter().take(VALUES).map(|cell| (*cell).to_owned()).collect();
        let is_numeric = figures > 0 && (cells.len() - figures) * ODD_CELLS <= cells.len();
        let is_grouped = !is_numeric && cells.len() > 3 && values.len() * 2 <= cells.len();
        Self { is_numeric, has_figures: figures > 0, is_grouped, values }
    }
}

/// Returns the non-blank cells of a row, trimmed, with their indices.
pub(super) fn filled_cells(row: &RowCells) -> impl Iterator<Item = (usize, &str)> {
    row.cells().map(str::trim).enumerate().filter(|(_, cell)| !cell.is_empty())
}

/// True if a row contains only one text.
fn is_lone_text(row: &RowCells) -> bool {
    let mut cells = filled_cells(row);
    cells.next().is_some_and(|(_, cell)| !is_figure(cell)) && cells.next().is_none()
}

/// True for a text of more than one word.
fn is_sentence(text: &str) -> bool {
    text.contains(char::is_whitespace) || (!text.is_ascii() && text.chars().count() >= SENTENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds the rows of a text with `|` between cells; an empty line is a blank row.
    fn parse_rows(text: &str) -> Vec<PlacedRow> {
        let row = |(line, text): (usize, &str)| {
            let mut cells = RowCells::default();
            text.split('|').for_each(|cell| cells.push(cell));
            PlacedRow { cells, line: line as u64 + 1, ..PlacedRow::default() }
        };
        text.lines().enumerate().map(row).collect()
    }

    /// Judges the rows after the first blank row of a table with one header row.
    fn judge_text(text: &str) -> Behind {
        let rows = parse_rows(text);
        let blank = rows.iter().position(|row| row.cells.is_blank()).unwrap();
        let width = rows[0].cells.len();
        TableShape::new(&rows[..1], &rows[1..blank], width)
            .unwrap()
            .judge_rows_after_gap(&rows[blank..], true)
    }

    const TABLE: &str = "Branch|Check-in|Room\nNorth|4|5\nSouth|3|\nNorth|2|1\nSouth|5|4\n\n";

    #[test]
    fn rows_of_the_same_shape_go_on() {
        for more in [
            "North|4|5",
            "East|4|n/a",
            "North||",
            "Branch|Check-in|Room\nNorth|4|5",
            "Region East\nEast|4|5\nEast|2|3",
            "Average|3.5|3.3",
            "|refused|unknown\nNorth|4|5\nNorth|4|5",
            "refused",
            "",
            "East|n/a|n/a\nWest|4|5",
        ] {
            assert_eq!(judge_text(&format!("{TABLE}{more}\n")), Behind::SameTable, "{more}");
        }
        let texts = "Name|Verdict\nAnn|good\nBob|bad\nCid|good\n\n";
        for more in ["Dan|bad\nEve|good", "Dan|fine\nEve|good", "Dan|bad"] {
            assert_eq!(judge_text(&format!("{texts}{more}\n")), Behind::SameTable, "{more}");
        }
        let unique = "Name|Score\nAnn|4\nBob|5\nCid|3\nDan|1\n\n";
        assert_eq!(judge_text(&format!("{unique}Eve|refused\nFay|4\nGus|5\n")), Behind::SameTable);
    }

    #[test]
    fn another_header_begins_a_second_table() {
        let second = |text: &str, row: u64, names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(judge_text(text), Behind::Other(FileWarning::SecondTable { row, names }), "{text}");
        };
        second(
            &format!("{TABLE}Branch|Parking|Check-in\nNorth|4|5\n"),
            7,
            &["Branch", "Parking", "Check-in"],
        );
        second(
            &format!("{TABLE}October\n\nBranch|Parking|Shop\nNorth|4|5\n"),
            7,
            &["Branch", "Parking", "Shop"],
        );
        second(&format!("{TABLE}Question|Mean\nCheck-in|3.5\nRoom|3\n"), 7, &["Question", "Mean"]);
        second(
            &format!("{TABLE}Day|Check-in|Room|Shop\nMay|4|5|6\n"),
            7,
            &["Day", "Check-in", "Room", "Shop"],
        );
        let texts = "Name|Verdict\nAnn|good\nBob|bad\nCid|good\n\n";
        second(&format!("{texts}Verdict|n\ngood|2\nbad|1\n"), 6, &["Verdict", "n"]);
    }

    #[test]
    fn notes_below_are_told() {
        for notes in ["Source: guest survey", "* p < 0.05\n\nMade in May", "1 = bad|5 = good\nSource|Survey"]
        {
            let found = judge_text(&format!("{TABLE}{notes}\n"));
            assert!(matches!(found, Behind::Other(FileWarning::Notes { row: 7, .. })), "{notes}: {found:?}");
        }
    }
}
