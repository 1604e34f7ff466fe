//! A table in chunks: one thread cuts them, others parse their rows.
//!
//! Text is cut after the last record that ends in a block, so that no record spans two chunks and a chunk is
//! a block with the rest of the previous one. A sheet is parsed by the thread that reads it and passed on in
//! batches of rows.

use super::super::delimited::Delimited;
use super::super::error::TableError;
use super::super::first_table::PlacedRow;
use super::super::garbled::GarbledCheck;
use super::super::options::Dialect;
use super::super::record::RowCells;
use super::super::record_ends::RecordEnds;
use super::{Findings, RowSource, SurveyTable, TableRow};
use memchr::memchr_iter;
use std::collections::VecDeque;
use std::sync::Arc;

/// The most bytes of a record in blocks before the one in which it ends. Whether a longer one is too long
/// depends on where its reader began: this is left to a reader of the whole text.
const CARRIED: usize = 2 << 20;
/// The number of rows of a sheet in one chunk.
const BATCH: usize = 512;

/// Complete rows of a table, for one thread.
pub(in crate::survey) struct Chunk {
    rows: RowSource,
    /// The parsed rows of a sheet.
    ready: VecDeque<PlacedRow>,
}

/// The next part of a table in chunks.
pub(in crate::survey) enum NextChunk {
    /// A chunk of rows.
    Chunk(Box<Chunk>),
    /// The end.
    End,
    /// A row that is too long to be cut out.
    Unsplittable,
}

/// Cuts the unread rest of a table into chunks.
pub(in crate::survey) struct ChunkedTable {
    table: SurveyTable,
    /// The cutter of a text; `None` for a sheet.
    cutter: Option<TextCutter>,
}

/// Parses the rows of chunks, as the table itself would.
pub(in crate::survey) struct ChunkReader {
    table: SurveyTable,
    /// True if the table may end at a gap.
    looks_for_gaps: bool,
    found_gap: bool,
}

impl SurveyTable {
    /// True if rows that were read to find the head are still to be returned.
    pub(in crate::survey) fn has_rows_ahead(&self) -> bool {
        self.queue.has_waiting()
    }

    /// True for a table of text, whose chunks can be parsed by several threads.
    pub(in crate::survey) fn is_text(&self) -> bool {
        matches!(self.queue.rows, RowSource::Text(_))
    }

    /// Splits the table into chunks, those of a text at most `bytes` plus one row long. Returns the table
    /// itself if it can't be split: if its rows are numbered separately from lines, no row was returned yet,
    /// or some are still ahead.
    pub(in crate::survey) fn into_chunks(self, bytes: usize) -> Result<ChunkedTable, Box<Self>> {
        if self.count == 0 || self.has_rows_ahead() || self.queue.is_complete() {
            return Err(Box::new(self));
        }
        let cutter = match &self.queue.rows {
            RowSource::Text(text) => match text.chunk_start() {
                Some((marks, line)) => Some(TextCutter::new(RecordEnds::new(marks), marks.end, line, bytes)),
                None => return Err(Box::new(self)),
            },
            RowSource::Sheet(_) => None,
            RowSource::ReadElsewhere => return Err(Box::new(self)),
        };
        Ok(ChunkedTable { table: self, cutter })
    }
}

impl ChunkedTable {
    /// Creates a reader for its chunks.
    pub(in crate::survey) fn chunk_reader(&self) -> ChunkReader {
        let table = SurveyTable {
            queue: self.table.queue.for_chunks(),
            dialect: self.table.dialect.clone(),
            facts: Arc::clone(&self.table.facts),
            head: self.table.head.clone(),
            head_rows: Vec::new(),
            row: PlacedRow::default(),
            converted: RowCells::default(),
            findings: Findings::default(),
            garbled: GarbledCheck::default(),
            // A chunk without rows does not mean a table without rows.
            count: 1,
            uneven: self.table.uneven.clone(),
            uneven_rows: 0,
            trusted: self.table.trusted,
            unpacked: None,
        };
        // A sheet is read row by row, up to its end.
        let looks_for_gaps = self.cutter.is_some() && self.table.queue.looks_for_end();
        ChunkReader { table, looks_for_gaps, found_gap: false }
    }

    /// Returns the next chunk.
    ///
    /// # Errors
    /// If the rest can't be read.
    pub(in crate::survey) fn next_chunk(&mut self) -> Result<NextChunk, TableError> {
        if let (RowSource::Text(text), Some(cutter)) = (&mut self.table.queue.rows, &mut self.cutter) {
            return cutter.next_chunk(text);
        }
        let mut ready = VecDeque::new();
        let encoding = self.table.encoding();
        while ready.len() < BATCH {
            let mut row = PlacedRow::default();
            if !self.table.queue.next_row(&mut row, encoding)? {
                break;
            }
            ready.push_back(row);
        }
        if ready.is_empty() {
            return Ok(NextChunk::End);
        }
        Ok(NextChunk::Chunk(Box::new(Chunk { rows: RowSource::ReadElsewhere, ready })))
    }

    /// Returns the dialect, with the facts found by the table itself and by these readers.
    pub(in crate::survey) fn merged_dialect(
        &mut self,
        readers: impl IntoIterator<Item = ChunkReader>,
    ) -> Dialect {
        for ChunkReader { table, .. } in readers {
            self.table.findings.merge(&table.findings);
            self.table.garbled.merge(table.garbled);
            self.table.uneven_rows += table.uneven_rows;
        }
        self.table.dialect()
    }

    /// Returns the hash of the content, as [`SurveyTable::content_hash`] does; empty until the last chunk was
    /// returned.
    pub(in crate::survey) fn content_hash(&self) -> String {
        self.table.content_hash()
    }
}

impl ChunkReader {
    /// Starts reading a chunk.
    pub(in crate::survey) fn begin_chunk(&mut self, chunk: Chunk) {
        self.table.queue.restart_with(chunk.rows, chunk.ready);
    }

    /// Reads the next row of the chunk; `None` at its end.
    ///
    /// # Errors
    /// If the table would have failed at this row.
    pub(in crate::survey) fn next_row(&mut self) -> Result<Option<TableRow<'_>>, TableError> {
        let row = self.table.next_row()?;
        self.found_gap |= self.looks_for_gaps && row.is_some_and(|row| row.at_gap);
        Ok(row)
    }

    /// True once a row was read that may begin another table, which the rows after it decide.
    pub(in crate::survey) fn found_gap(&self) -> bool {
        self.found_gap
    }
}

/// Cuts a text into chunks.
struct TextCutter {
    ends: RecordEnds,
    /// The byte that ends a record.
    end: u8,
    /// The most bytes of a piece that is scanned.
    bytes: usize,
    /// The pieces of a longer block.
    pieces: VecDeque<Vec<u8>>,
    /// The beginning of a record that continues in the next piece.
    carried: Vec<u8>,
    /// The number of the next line.
    line: u64,
}

impl TextCutter {
    fn new(ends: RecordEnds, end: u8, line: u64, bytes: usize) -> Self {
        Self { ends, end, bytes: bytes.max(1), pieces: VecDeque::new(), carried: Vec::new(), line }
    }

    fn next_chunk(&mut self, text: &mut Delimited) -> Result<NextChunk, TableError> {
        loop {
            let mut piece = self.next_piece(text)?;
            if piece.is_empty() {
                let last = std::mem::take(&mut self.carried);
                if last.is_empty() {
                    return Ok(NextChunk::End);
                }
                return Ok(self.build_chunk(text, last, piece));
            }
            match self.ends.find_last(&piece) {
                Some(end) => {
                    let rest = piece.get(end..).unwrap_or_default().to_vec();
                    piece.truncate(end);
                    let begun = std::mem::replace(&mut self.carried, rest);
                    return Ok(self.build_chunk(text, begun, piece));
                }
                None if self.carried.len() + piece.len() > CARRIED => return Ok(NextChunk::Unsplittable),
                None => self.carried.append(&mut piece),
            }
        }
    }

    fn next_piece(&mut self, text: &mut Delimited) -> Result<Vec<u8>, TableError> {
        if let Some(piece) = self.pieces.pop_front() {
            return Ok(piece);
        }
        let block = text.take_block()?;
        if block.len() <= self.bytes {
            return Ok(block);
        }
        self.pieces = block.chunks(self.bytes).map(<[u8]>::to_vec).collect();
        Ok(self.pieces.pop_front().unwrap_or_default())
    }

    fn build_chunk(&mut self, text: &Delimited, begun: Vec<u8>, piece: Vec<u8>) -> NextChunk {
        let line = self.line;
        let lines = |text: &[u8]| memchr_iter(self.end, text).count() as u64;
        self.line += lines(&begun) + lines(&piece);
        // An empty block would mean the end.
        let blocks = [begun, piece].into_iter().filter(|block| !block.is_empty()).collect();
        let rows = RowSource::Text(Box::new(text.for_chunk(blocks, line)));
        NextChunk::Chunk(Box::new(Chunk { rows, ready: VecDeque::new() }))
    }
}
