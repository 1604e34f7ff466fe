//! Rows of delimited text, with quoted or unquoted cells.
//!
//! A record that exceeds [`RECORD`] stops the read, so that a stray quote in a huge file neither fills the
//! memory nor silently swallows rows. An empty line is no row.

use super::blocks::Blocks;
use super::encoding::Encoding;
use super::error::TableError;
use super::options::Delimiter;
use super::record::RowCells;
use super::split::{CellSpan, Marks, RecordSpan, split_record, untangle_cell};
use super::{COLUMNS, FIELD};

/// The most bytes of one row.
const RECORD: usize = 8 << 20;
/// The number of columns from which a whole row inside a quoted cell is taken for an unclosed quote.
const WIDE: usize = 8;
/// The most cells that are counted in a row with too many.
const COUNTED: usize = 4 * COLUMNS;
/// The fewest bytes by which a record that continues in the next block is extended.
const STEP: usize = 4096;

/// The rows of a text.
pub(super) struct Delimited {
    blocks: Blocks,
    marks: Marks,
    /// The part already read of a record that continues in the next block.
    begun: Vec<u8>,
    spans: Vec<CellSpan>,
    /// The number of the next line, from 1.
    line: u64,
    /// True if the last record took several lines.
    spread: bool,
    /// True if empty lines precede the last record.
    after_gap: bool,
    /// The number of the next row, if rows are numbered separately from lines.
    number: Option<u64>,
}

impl Delimited {
    /// Creates the rows of a text of which `passed` lines were skipped.
    pub(super) fn new(blocks: Blocks, delimiter: Delimiter, end: u8, passed: u64) -> Self {
        let marks = Marks { delimiter: delimiter.to_byte(), end };
        let begun = Vec::new();
        let spans = Vec::new();
        Self { blocks, marks, begun, spans, line: passed + 1, spread: false, after_gap: false, number: None }
    }

    /// Numbers the following rows from `first`.
    pub(super) fn count_from(&mut self, first: u64) {
        self.number = Some(first);
    }

    /// True if empty lines were skipped before the last record.
    pub(super) fn is_after_gap(&self) -> bool {
        self.after_gap
    }

    /// True if rows are numbered separately from lines, as in a workbook.
    pub(super) fn is_numbered(&self) -> bool {
        self.number.is_some()
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// Returns the marks and the next line number if the rest can be cut into chunks, which separately
    /// numbered rows can't.
    pub(super) fn chunk_start(&self) -> Option<(Marks, u64)> {
        self.number.is_none().then_some((self.marks, self.line))
    }

    /// Returns the next block of the text.
    ///
    /// # Errors
    /// If the reading thread failed.
    pub(super) fn take_block(&mut self) -> Result<Vec<u8>, TableError> {
        self.blocks.take_block()
    }

    /// Creates the rows of a chunk of this text that begins at `line`.
    pub(super) fn for_chunk(&self, blocks: Vec<Vec<u8>>, line: u64) -> Self {
        let blocks = self.blocks.for_chunk(blocks);
        Self {
            blocks,
            marks: self.marks,
            begun: Vec::new(),
            spans: Vec::new(),
            line,
            spread: false,
            after_gap: false,
            number: None,
        }
    }

    /// Reads the next record. Returns the line on which it begins, or `None` at the end.
    pub(super) fn read_record(
        &mut self,
        record: &mut RowCells,
        encoding: Encoding,
    ) -> Result<Option<u64>, TableError> {
        loop {
            let ready = self.blocks.available_bytes()?;
            let last = ready.is_empty();
            let begun = self.begun.len();
            if begun == 0
                && !last
                && let Some(found) = split_record(ready, self.marks, false, COUNTED, &mut self.spans)
            {
                let place = RecordPlace { line: self.line + found.before, encoding, marks: self.marks };
                place.copy_cells(ready, found, &mut self.spans, record)?;
                return Ok(Some(self.pass_record(found, found.next)));
            }
            // Doubled each time, as the record is scanned from its beginning.
            let more = ready.len().min(begun.max(STEP));
            self.begun.extend_from_slice(ready.get(..more).unwrap_or_default());
            match split_record(&self.begun, self.marks, last, COUNTED, &mut self.spans) {
                Some(found) => {
                    let place = RecordPlace { line: self.line + found.before, encoding, marks: self.marks };
                    place.copy_cells(&self.begun, found, &mut self.spans, record)?;
                    self.begun.clear();
                    return Ok(Some(self.pass_record(found, found.next.saturating_sub(begun))));
                }
                None if last => return Ok(None),
                None if self.begun.len() > RECORD => return Err(TableError::Long { line: self.line }),
                None => self.blocks.consume_bytes(more),
            }
        }
    }

    /// Moves past a record. Returns the number of its line or row.
    fn pass_record(&mut self, found: RecordSpan, bytes: usize) -> u64 {
        self.blocks.consume_bytes(bytes);
        let line = self.line + found.before;
        self.line = line + found.lines;
        self.spread = found.lines > 1;
        self.after_gap = found.before > 0;
        match &mut self.number {
            Some(number) => {
                *number += 1;
                *number - 1
            }
            None => line,
        }
    }

    /// True if the last record contains whole rows inside one cell.
    pub(super) fn has_swallowed_rows(&self, record: &RowCells, width: usize, ragged: bool) -> bool {
        if !self.spread || width < 2 || !(ragged || width >= WIDE) {
            return false;
        }
        let delimiter = self.marks.delimiter;
        let whole_row = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 >= width;
        record.cells().any(|cell| cell.contains(['\n', '\r']) && cell.lines().skip(1).any(whole_row))
    }
}

/// The position of a record, for error messages.
struct RecordPlace {
    line: u64,
    encoding: Encoding,
    marks: Marks,
}

impl RecordPlace {
    /// Copies the cells that were found into `record`.
    fn copy_cells(
        &self,
        text: &[u8],
        found: RecordSpan,
        spans: &mut Vec<CellSpan>,
        record: &mut RowCells,
    ) -> Result<(), TableError> {
        if spans.len() > COLUMNS {
            return Err(TableError::Columns { found: spans.len() });
        }
        let raw = text.get(found.start..found.end).unwrap_or_default();
        record.clear();
        match std::str::from_utf8(raw) {
            Ok(text) => record.text.push_str(text),
            Err(error) => {
                // Counts the cells up to and including the broken one.
                split_record(
                    raw.get(..error.valid_up_to()).unwrap_or_default(),
                    self.marks,
                    true,
                    COLUMNS,
                    spans,
                );
                let column = spans.len().max(1);
                return Err(TableError::Encoding { line: self.line, column, encoding: self.encoding });
            }
        }
        let first = found.start as u32;
        record.places.extend(spans.iter().map(|span| (span.start - first, span.end - first)));
        for (place, _) in spans.iter().enumerate().filter(|(_, span)| span.tangled) {
            let cell = untangle_cell(record.get(place));
            let start = record.text.len() as u32;
            record.text.push_str(&cell);
            if let Some(cell) = record.places.get_mut(place) {
                *cell = (start, record.text.len() as u32);
            }
        }
        if raw.len() > FIELD && record.cells().any(|cell| cell.len() > FIELD) {
            return Err(TableError::Long { line: self.line });
        }
        Ok(())
    }
}
