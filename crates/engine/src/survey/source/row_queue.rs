//! The queue of a file's rows up to the end of its first table.

use super::delimited::Delimited;
use super::encoding::Encoding;
use super::error::TableError;
use super::first_table::{Behind, PlacedRow, TableShape};
use super::warning::FileWarning;
use super::xlsx::sheet::SheetScanner;
use std::collections::VecDeque;

/// The most rows after a blank one that are inspected, and the most bytes of them.
const LOOK_AHEAD: usize = 16;
const LOOK_BYTES: usize = 1 << 20;
/// The most blank rows that are skipped at once.
const BLANK_ROWS: usize = 10_000;

/// The source of rows.
pub(super) enum RowSource {
    /// A text.
    Text(Box<Delimited>),
    /// A sheet of a workbook.
    Sheet(Box<SheetScanner>),
    /// Another thread, which hands over the rows.
    ReadElsewhere,
}

impl RowSource {
    /// Reads the next row; returns false at the end.
    fn read_row(&mut self, row: &mut PlacedRow, encoding: Encoding) -> Result<bool, TableError> {
        let line = match self {
            Self::Text(text) => text.read_record(&mut row.cells, encoding)?,
            Self::Sheet(sheet) => sheet.read_row(&mut row.cells, &mut row.findings)?,
            Self::ReadElsewhere => None,
        };
        row.line = line.unwrap_or_default();
        row.after_gap = matches!(self, Self::Text(text) if text.is_after_gap());
        Ok(line.is_some())
    }

    /// True if rows consist of cells and omit blank ones at their end; rows of text have all their cells.
    pub(super) fn are_of_cells(&self) -> bool {
        match self {
            Self::Text(text) => text.is_numbered(),
            Self::Sheet(_) | Self::ReadElsewhere => true,
        }
    }

    pub(super) fn content_hash(&self) -> Option<blake3::Hash> {
        match self {
            Self::Text(text) => text.blocks().content_hash(),
            Self::Sheet(sheet) => sheet.content_hash(),
            Self::ReadElsewhere => None,
        }
    }
}

/// The rows of a table. Rows may wait here until those after them were inspected.
pub(super) struct RowQueue {
    pub(super) rows: RowSource,
    waiting: VecDeque<PlacedRow>,
    /// The number of waiting rows that are known to belong to the table.
    approved: usize,
    /// The shape of the table's rows; if `None`, all rows belong to it.
    shape: Option<TableShape>,
    /// The number of columns of the table, if cells beside it must be cut off.
    width: Option<usize>,
    /// True once the last row was read.
    complete: bool,
    ended: bool,
    left_out: Vec<FileWarning>,
}

impl RowQueue {
    pub(super) fn new(rows: RowSource) -> Self {
        let waiting = VecDeque::new();
        Self {
            rows,
            waiting,
            approved: 0,
            shape: None,
            width: None,
            complete: false,
            ended: false,
            left_out: Vec::new(),
        }
    }

    /// Creates a queue for chunks of this one's rows.
    pub(super) fn for_chunks(&self) -> Self {
        Self { width: self.width, ..Self::new(RowSource::ReadElsewhere) }
    }

    /// Restarts with other rows, after some that wait.
    pub(super) fn restart_with(&mut self, rows: RowSource, waiting: VecDeque<PlacedRow>) {
        *self = Self { waiting, width: self.width, ..Self::new(rows) };
    }

    /// True if rows wait.
    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// True if a row may begin another table.
    pub(super) fn looks_for_end(&self) -> bool {
        self.shape.is_some()
    }

    /// Warnings about parts below and beside the table that are not read.
    pub(super) fn left_out(&self) -> &[FileWarning] {
        &self.left_out
    }

    /// Puts back the rows that were read to find the header, and sets the shape of the table.
    pub(super) fn resume_with(
        &mut self,
        rows: Vec<PlacedRow>,
        shape: Option<TableShape>,
        beside: Option<(usize, FileWarning)>,
    ) {
        self.waiting = rows.into();
        self.shape = shape;
        if let Some((width, warning)) = beside {
            self.width = Some(width);
            self.left_out.push(warning);
            self.waiting.iter_mut().for_each(|row| row.cells.places.truncate(width));
        }
    }

    /// Reads the next row, whether it belongs to the table or not; returns false at the end.
    pub(super) fn read_any_row(
        &mut self,
        row: &mut PlacedRow,
        encoding: Encoding,
    ) -> Result<bool, TableError> {
        if self.complete {
            return Ok(false);
        }
        let is_row = self.rows.read_row(row, encoding)?;
        self.complete = !is_row;
        if let Some(width) = self.width {
            row.cells.places.truncate(width);
        }
        Ok(is_row)
    }

    /// True once the last row was read or the table ended.
    pub(super) fn is_complete(&self) -> bool {
        self.complete || self.ended
    }

    /// Reads the next row of the table; returns false at its end.
    pub(super) fn next_row(&mut self, row: &mut PlacedRow, encoding: Encoding) -> Result<bool, TableError> {
        if self.ended {
            return Ok(false);
        }
        if self.waiting.is_empty() {
            if !self.read_any_row(row, encoding)? {
                return Ok(false);
            }
            if self.shape.is_none() || !is_gap(row) {
                return Ok(true);
            }
            self.waiting.push_back(std::mem::take(row));
        }
        if self.approved == 0 {
            self.judge_waiting_rows(encoding)?;
            if self.ended {
                return Ok(false);
            }
        }
        self.approved = self.approved.saturating_sub(1);
        if let Some(first) = self.waiting.pop_front() {
            *row = first;
        }
        Ok(true)
    }

    /// Decides whether the first waiting row, and those after it up to the next gap, belong to the table.
    fn judge_waiting_rows(&mut self, encoding: Encoding) -> Result<(), TableError> {
        let Some(shape) = self.shape.take() else {
            self.approved = self.waiting.len();
            return Ok(());
        };
        let first = self.waiting.iter().position(is_gap);
        if first != Some(0) {
            self.approved = first.unwrap_or(self.waiting.len());
            self.shape = Some(shape);
            return Ok(());
        }
        self.look_ahead(1, encoding)?;
        let filled = self.waiting.iter().position(|row| !row.cells.is_blank());
        let behind = match filled.and_then(|place| self.waiting.get(place)) {
            None => Behind::SameTable,
            Some(row) if shape.is_usual(&row.cells) => Behind::SameTable,
            Some(_) => {
                self.look_ahead(LOOK_AHEAD, encoding)?;
                let complete = self.complete;
                shape.judge_rows_after_gap(self.waiting.make_contiguous(), complete)
            }
        };
        match behind {
            // If the side table is longer, the table has ended.
            Behind::SameTable if filled.is_none() && self.complete && self.width.is_some() => {
                self.end_table();
            }
            Behind::SameTable => {
                let from = filled.unwrap_or(self.waiting.len());
                let next = self.waiting.iter().skip(from + 1).position(is_gap);
                self.approved = next.map_or(self.waiting.len(), |next| from + 1 + next);
            }
            Behind::Other(warning) => {
                self.left_out.push(warning);
                self.drain_rows(encoding)?;
            }
        }
        self.shape = Some(shape);
        Ok(())
    }

    /// Reads ahead until `count` rows with content wait, or a limit is reached.
    fn look_ahead(&mut self, count: usize, encoding: Encoding) -> Result<(), TableError> {
        let is_filled = |row: &&PlacedRow| !row.cells.is_blank();
        let mut filled = self.waiting.iter().filter(is_filled).count();
        let mut bytes: usize = self.waiting.iter().map(|row| row.cells.text.len()).sum();
        let mut blank = self.waiting.len() - filled;
        while filled < count && blank < BLANK_ROWS && bytes < LOOK_BYTES {
            let mut row = PlacedRow::default();
            if !self.read_any_row(&mut row, encoding)? {
                break;
            }
            bytes += row.cells.text.len();
            if row.cells.is_blank() {
                blank += 1;
            } else {
                filled += 1;
            }
            self.waiting.push_back(row);
        }
        Ok(())
    }

    /// Reads the rest of the file, so that its hash is known.
    fn drain_rows(&mut self, encoding: Encoding) -> Result<(), TableError> {
        self.end_table();
        let mut row = PlacedRow::default();
        while self.read_any_row(&mut row, encoding)? {}
        Ok(())
    }

    fn end_table(&mut self) {
        self.ended = true;
        self.waiting.clear();
    }
}

/// True for a blank row, and for a row after empty lines.
pub(super) fn is_gap(row: &PlacedRow) -> bool {
    row.after_gap || row.cells.is_blank()
}
