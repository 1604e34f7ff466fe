//! The first rows of a table as written, for display: bounded in number and bytes, whatever the file.

use super::source::TableRow;

/// The most rows kept.
pub const ROWS: usize = 1000;
/// The most bytes of cells kept: a wide table has fewer rows.
const BYTES: usize = 4 << 20;
/// The most bytes of one cell kept.
const CELL: usize = 400;

/// One row as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreviewLine {
    /// The line where it begins, from 1; in a workbook the number of the row.
    pub number: u64,
    /// True if its number of cells differs from the header's.
    pub ragged: bool,
    text: String,
    ends: Vec<u32>,
}

impl PreviewLine {
    /// Copies a row, cutting long cells.
    pub(super) fn new(row: &TableRow<'_>) -> Self {
        let mut line = Self::default();
        line.overwrite_with(row);
        line
    }

    /// Overwrites this line with a row, reusing its memory.
    pub(super) fn overwrite_with(&mut self, row: &TableRow<'_>) {
        (self.number, self.ragged) = (row.line_number(), row.is_ragged());
        self.text.clear();
        self.ends.clear();
        for column in 0..row.width() {
            let cell = row.cell(column);
            let cut = cell.get(..cell.floor_char_boundary(CELL)).unwrap_or(cell);
            self.text.push_str(cut);
            if cut.len() < cell.len() {
                self.text.push('…');
            }
            self.ends.push(self.text.len() as u32);
        }
    }

    /// Returns a cell; empty beyond the last one.
    pub fn cell(&self, column: usize) -> &str {
        let Some(end) = self.ends.get(column) else { return "" };
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start as usize..*end as usize).unwrap_or_default()
    }
}

/// The first rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The rows that name the columns.
    pub header: Vec<PreviewLine>,
    /// The rows below.
    pub rows: Vec<PreviewLine>,
    bytes: usize,
    full: bool,
}

impl Preview {
    /// Creates an empty preview under this header.
    pub(super) fn with_header(header: Vec<PreviewLine>) -> Self {
        Self { header, ..Self::default() }
    }

    /// Adds a row while there is room.
    pub(super) fn add_row(&mut self, row: &TableRow<'_>) {
        if !self.full {
            let line = PreviewLine::new(row);
            self.bytes += line.text.len() + 4 * line.ends.len();
            self.rows.push(line);
            self.full = self.rows.len() >= ROWS || self.bytes >= BYTES;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::survey::profile::profile_table;
    use crate::survey::source::SurveyTable;
    use std::io::Cursor;
    use std::sync::Arc;

    #[test]
    fn the_first_rows_are_kept_as_written_and_never_more_than_there_is_room_for() {
        let seen = |text: String| {
            profile_table(&mut SurveyTable::new(Cursor::new(text), Arc::default()).unwrap()).unwrap()
        };
        let long = "好".repeat(300);
        let preview = seen(format!("a,b\n1,\"x\ny\"\n2\n3,{long}\n")).preview;
        assert_eq!((preview.header[0].number, preview.header[0].cell(1)), (1, "b"));
        let [first, short, cut] = preview.rows.as_slice() else { panic!("three rows") };
        assert_eq!((first.number, first.cell(0), first.cell(1), first.cell(2)), (2, "1", "x\ny", ""));
        assert_eq!((short.number, short.ragged, short.cell(1)), (4, true, ""));
        assert_eq!(cut.cell(1), format!("{}…", "好".repeat(133)));
        assert_eq!(seen("a\n1\n".repeat(2000)).preview.rows.len(), super::ROWS);
        let wide = format!("{}\n", "a long cell,".repeat(4000)).repeat(200);
        let kept = seen(wide).preview.rows;
        assert!((60..200).contains(&kept.len()), "{}", kept.len());
    }
}
