//! Text to rows: cells apart by a delimiter, quoted or not.
//!
//! A record that grows past `RECORD` stops the read, so that a lone quote in a huge file costs neither memory nor
//! rows that vanish in silence. A line with nothing on it is no row.

use super::blocks::Blocks;
use super::encoding::Encoding;
use super::error::ReadError;
use super::options::Delimiter;
use super::record::Record;
use super::{COLUMNS, FIELD};
use csv_core::ReadRecordResult;

/// The most bytes one row may hold.
const RECORD: usize = 8 << 20;
/// From this many columns on, a whole row inside a quoted cell is taken for a quote that was never closed.
const WIDE: usize = 8;

/// How lines end. The parser counts line feeds only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// A line feed, with a carriage return before it or not.
    Lf,
    /// A carriage return alone.
    Cr,
}

/// Rows of text.
pub(super) struct Delimited {
    blocks: Blocks,
    parser: csv_core::Reader,
    delimiter: Delimiter,
    ends: LineEnd,
    records: u64,
    /// Lines before the first record.
    skipped: u64,
    /// Where rows have numbers of their own: that of the first, and the records before it.
    numbered: Option<(u64, u64)>,
    text: Vec<u8>,
    places: Vec<usize>,
}

impl Delimited {
    pub(super) fn new(blocks: Blocks, delimiter: Delimiter, ends: LineEnd, skipped: u64) -> Self {
        let parser = csv_core::ReaderBuilder::new().delimiter(delimiter.byte()).build();
        let (text, places) = (vec![0; 4096], vec![0; 64]);
        Self { blocks, parser, delimiter, ends, records: 0, skipped, numbered: None, text, places }
    }

    /// From here on rows are numbered from this one.
    pub(super) fn count_from(&mut self, first: u64) {
        self.numbered = Some((first, self.records));
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// Reads the next record; the line where it begins, or nothing at the end.
    pub(super) fn read(&mut self, record: &mut Record, encoding: Encoding) -> Result<Option<u64>, ReadError> {
        let (mut written, mut cells, mut line) = (0, 0, None);
        loop {
            let ready = self.blocks.ready()?;
            if line.is_none() {
                // What ends the record before is read with this one.
                let breaks = ready.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
                let breaks = breaks.filter(|byte| **byte == b'\n').count() as u64;
                if ready.iter().any(|byte| !matches!(byte, b'\n' | b'\r')) {
                    line = Some(self.parser.line() + breaks);
                }
            }
            let (text, places) =
                (self.text.get_mut(written..).unwrap_or_default(), self.places.get_mut(cells..));
            let (result, read, wrote, found) =
                self.parser.read_record(ready, text, places.unwrap_or_default());
            self.blocks.pass(read);
            written += wrote;
            cells += found;
            let begins = self.line(line.unwrap_or(1));
            match result {
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull if written > RECORD => {
                    return Err(ReadError::Long { line: begins });
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if cells > COLUMNS * 4 => {
                    return Err(ReadError::Columns { found: cells });
                }
                ReadRecordResult::OutputEndsFull => self.places.resize(self.places.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.records += 1;
                    self.take(record, (written, cells), begins, encoding)?;
                    return Ok(Some(begins));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn take(
        &self,
        record: &mut Record,
        (written, cells): (usize, usize),
        line: u64,
        encoding: Encoding,
    ) -> Result<(), ReadError> {
        if cells > COLUMNS {
            return Err(ReadError::Columns { found: cells });
        }
        let (text, ends) = (self.text.get(..written).unwrap_or_default(), self.places.get(..cells));
        let ends = ends.unwrap_or_default();
        record.clear();
        record.ends.extend_from_slice(ends);
        let broken = |at: usize| {
            let column = ends.iter().take_while(|end| **end <= at).count() + 1;
            ReadError::Encoding { line, column, encoding }
        };
        record.text.push_str(std::str::from_utf8(text).map_err(|error| broken(error.valid_up_to()))?);
        // Halves of one character may stand in two cells.
        if let Some(end) = ends.iter().find(|end| !record.text.is_char_boundary(**end)) {
            return Err(broken(*end));
        }
        if written > FIELD && record.cells().any(|cell| cell.len() > FIELD) {
            return Err(ReadError::Long { line });
        }
        Ok(())
    }

    fn line(&self, counted: u64) -> u64 {
        if let Some((first, before)) = self.numbered {
            return first + (self.records - before);
        }
        let line = match self.ends {
            LineEnd::Lf => counted,
            LineEnd::Cr => self.records + 1,
        };
        line + self.skipped
    }

    /// Whether whole rows lie inside one cell of this record.
    pub(super) fn swallows(&self, record: &Record, width: usize, ragged: bool) -> bool {
        if width < 2 || !(ragged || width >= WIDE) || !record.text.contains('\n') {
            return false;
        }
        let delimiter = self.delimiter.byte();
        let whole_row = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 >= width;
        record.cells().any(|cell| cell.contains('\n') && cell.lines().skip(1).any(whole_row))
    }
}
