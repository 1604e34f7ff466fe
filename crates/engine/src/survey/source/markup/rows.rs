//! Writes rows of markup as CSV into a stream of blocks.

use super::super::blocks::{BLOCK, Feed};
use super::super::error::TableError;
use super::super::{COLUMNS, FIELD};
use std::io::{self, Write};

/// A writer of rows as CSV. Each row is padded to the widest so far, as blank cells at the end of a row are
/// often omitted.
pub(super) struct RowWriter<'a> {
    csv: csv::Writer<FeedWriter<'a>>,
    width: usize,
    /// The number of the last row.
    row: u64,
}

impl<'a> RowWriter<'a> {
    pub(super) fn new(feed: &'a Feed) -> Self {
        let writer = FeedWriter { feed, block: Vec::new() };
        Self { csv: csv::WriterBuilder::new().flexible(true).from_writer(writer), width: 1, row: 0 }
    }

    /// Writes a row, padded with blank cells.
    pub(super) fn write_row(&mut self, cells: &[Vec<u8>]) -> Result<(), TableError> {
        self.row += 1;
        if cells.len() > COLUMNS {
            return Err(TableError::Columns { found: cells.len() });
        }
        if cells.iter().any(|cell| cell.len() > FIELD) {
            return Err(TableError::Long { line: self.row });
        }
        self.width = self.width.max(cells.len());
        let blank = cells.len()..self.width;
        let cells = cells.iter().map(Vec::as_slice).chain(blank.map(|_| b"".as_slice()));
        self.csv.write_record(cells).map_err(unwrap_csv_error)
    }

    /// Flushes the last block.
    pub(super) fn finish(mut self) -> Result<(), TableError> {
        self.csv.flush().map_err(TableError::from_stream)
    }
}

fn unwrap_csv_error(error: csv::Error) -> TableError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => TableError::from_stream(error),
        other => TableError::Damaged(format!("{other:?}")),
    }
}

/// Collects bytes into blocks.
struct FeedWriter<'a> {
    feed: &'a Feed,
    block: Vec<u8>,
}

impl Write for FeedWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.block.extend_from_slice(bytes);
        if self.block.len() >= BLOCK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.feed.send_block(std::mem::take(&mut self.block)).map_err(io::Error::other)
    }
}
