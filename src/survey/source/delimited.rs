//! Text to rows: cells apart by a delimiter, quoted or not.
//!
//! A record that grows past `RECORD` stops the read, so that a lone quote in a huge file costs neither memory nor
//! rows that vanish in silence. A line with nothing on it is no row.

use super::blocks::Blocks;
use super::encoding::Encoding;
use super::error::ReadError;
use super::options::Delimiter;
use super::record::Record;
use super::split::{Found, Marks, Span, split, untangled};
use super::{COLUMNS, FIELD};

/// The most bytes one row may hold.
const RECORD: usize = 8 << 20;
/// From this many columns on, a whole row inside a quoted cell is taken for a quote that was never closed.
const WIDE: usize = 8;
/// Cells that are counted where there are too many.
const COUNTED: usize = 4 * COLUMNS;
/// Bytes by which a record grows at least that goes on in the next block.
const STEP: usize = 4096;

/// Rows of text.
pub(super) struct Delimited {
    blocks: Blocks,
    marks: Marks,
    /// What was read of a record that goes on in the next block.
    begun: Vec<u8>,
    spans: Vec<Span>,
    /// The line that begins next, from 1.
    line: u64,
    /// Whether the last record took several lines.
    spread: bool,
    /// Whether lines with nothing on them stand before the last record.
    after_gap: bool,
    /// Where rows have numbers of their own: that of the next.
    number: Option<u64>,
}

impl Delimited {
    /// The rows of a text before which so many lines were passed over.
    pub(super) fn new(blocks: Blocks, delimiter: Delimiter, end: u8, passed: u64) -> Self {
        let marks = Marks { delimiter: delimiter.byte(), end };
        let (begun, spans) = (Vec::new(), Vec::new());
        Self { blocks, marks, begun, spans, line: passed + 1, spread: false, after_gap: false, number: None }
    }

    /// From here on rows are numbered from this one.
    pub(super) fn count_from(&mut self, first: u64) {
        self.number = Some(first);
    }

    /// True if lines with nothing on them were passed over before the record read last.
    pub(super) fn is_after_gap(&self) -> bool {
        self.after_gap
    }

    /// True where rows have numbers of their own, as those of a workbook.
    pub(super) fn is_numbered(&self) -> bool {
        self.number.is_some()
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// The marks, and the line that begins next, where the rest may be cut into chunks: not where rows have numbers of
    /// their own.
    pub(super) fn chunk_start(&self) -> Option<(Marks, u64)> {
        self.number.is_none().then_some((self.marks, self.line))
    }

    /// The next block of the text.
    ///
    /// # Errors
    /// Where the reading thread failed.
    pub(super) fn take_block(&mut self) -> Result<Vec<u8>, ReadError> {
        self.blocks.take_block()
    }

    /// The records of a chunk that was cut out of this text and begins at this line.
    pub(super) fn of_chunk(&self, blocks: Vec<Vec<u8>>, line: u64) -> Self {
        let blocks = self.blocks.of_chunk(blocks);
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

    /// Reads the next record; the line where it begins, or nothing at the end.
    pub(super) fn read(&mut self, record: &mut Record, encoding: Encoding) -> Result<Option<u64>, ReadError> {
        loop {
            let ready = self.blocks.ready()?;
            let last = ready.is_empty();
            let begun = self.begun.len();
            if begun == 0
                && !last
                && let Some(found) = split(ready, self.marks, false, COUNTED, &mut self.spans)
            {
                let place = Place { line: self.line + found.before, encoding, marks: self.marks };
                place.take(ready, found, &mut self.spans, record)?;
                return Ok(Some(self.pass(found, found.next)));
            }
            // Twice as much each time, as it is looked at from its beginning.
            let more = ready.len().min(begun.max(STEP));
            self.begun.extend_from_slice(ready.get(..more).unwrap_or_default());
            match split(&self.begun, self.marks, last, COUNTED, &mut self.spans) {
                Some(found) => {
                    let place = Place { line: self.line + found.before, encoding, marks: self.marks };
                    place.take(&self.begun, found, &mut self.spans, record)?;
                    self.begun.clear();
                    return Ok(Some(self.pass(found, found.next.saturating_sub(begun))));
                }
                None if last => return Ok(None),
                None if self.begun.len() > RECORD => return Err(ReadError::Long { line: self.line }),
                None => self.blocks.pass(more),
            }
        }
    }

    /// Goes on behind a record; the line where it began.
    fn pass(&mut self, found: Found, bytes: usize) -> u64 {
        self.blocks.pass(bytes);
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

    /// Whether whole rows lie inside one cell of the record read last.
    pub(super) fn swallows(&self, record: &Record, width: usize, ragged: bool) -> bool {
        if !self.spread || width < 2 || !(ragged || width >= WIDE) {
            return false;
        }
        let delimiter = self.marks.delimiter;
        let whole_row = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 >= width;
        record.cells().any(|cell| cell.contains(['\n', '\r']) && cell.lines().skip(1).any(whole_row))
    }
}

/// Where a record stands, for what is told about it.
struct Place {
    line: u64,
    encoding: Encoding,
    marks: Marks,
}

impl Place {
    /// Takes the cells that were found into the record.
    fn take(
        &self,
        text: &[u8],
        found: Found,
        spans: &mut Vec<Span>,
        record: &mut Record,
    ) -> Result<(), ReadError> {
        if spans.len() > COLUMNS {
            return Err(ReadError::Columns { found: spans.len() });
        }
        let raw = text.get(found.start..found.end).unwrap_or_default();
        record.clear();
        match std::str::from_utf8(raw) {
            Ok(text) => record.text.push_str(text),
            Err(error) => {
                // The cells up to there, the broken one included.
                split(raw.get(..error.valid_up_to()).unwrap_or_default(), self.marks, true, COLUMNS, spans);
                let column = spans.len().max(1);
                return Err(ReadError::Encoding { line: self.line, column, encoding: self.encoding });
            }
        }
        let first = found.start as u32;
        record.places.extend(spans.iter().map(|span| (span.start - first, span.end - first)));
        for (place, _) in spans.iter().enumerate().filter(|(_, span)| span.tangled) {
            let cell = untangled(record.get(place));
            let start = record.text.len() as u32;
            record.text.push_str(&cell);
            if let Some(cell) = record.places.get_mut(place) {
                *cell = (start, record.text.len() as u32);
            }
        }
        if raw.len() > FIELD && record.cells().any(|cell| cell.len() > FIELD) {
            return Err(ReadError::Long { line: self.line });
        }
        Ok(())
    }
}
