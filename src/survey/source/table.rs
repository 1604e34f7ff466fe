//! A table being read: its head, then row after row.

pub(super) mod chunks;

use super::delimited::Delimited;
use super::encoding::Encoding;
use super::error::ReadError;
use super::header::Head;
use super::options::{Dialect, Options};
use super::record::Record;
use super::sniff::with_point;
use super::xlsx::sheet::Sheet;
use crate::survey::cell::unguarded;
use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

/// Rows that are looked at to find the header.
const SAMPLE: usize = 32;
/// Bytes of them.
const SAMPLE_BYTES: usize = 1 << 20;
/// From this many cells in the first row that has more than one, what stands above it is a title.
const TITLED: usize = 3;

/// Where rows come from.
pub(super) enum Rows {
    /// Text.
    Text(Box<Delimited>),
    /// A sheet of a workbook.
    Sheet(Box<Sheet>),
    /// Another thread reads them and hands them over.
    ReadElsewhere,
}

impl Rows {
    fn read(&mut self, record: &mut Record, encoding: Encoding) -> Result<Option<u64>, ReadError> {
        match self {
            Self::Text(text) => text.read(record, encoding),
            Self::Sheet(sheet) => sheet.read(record),
            Self::ReadElsewhere => Ok(None),
        }
    }

    fn hash(&self) -> Option<blake3::Hash> {
        match self {
            Self::Text(text) => text.blocks().hash(),
            Self::Sheet(sheet) => sheet.hash(),
            Self::ReadElsewhere => None,
        }
    }
}

/// A table being read: its head, then row after row.
pub struct Table {
    rows: Rows,
    dialect: Dialect,
    /// The encoding of the text, once it is known.
    encoding: Arc<OnceLock<Encoding>>,
    head: Head,
    /// The rows of the header as they stand, with their lines.
    head_rows: Vec<(Record, u64)>,
    /// Rows that were read to find the head, with their lines.
    ahead: VecDeque<(Record, u64)>,
    record: Record,
    converted: Record,
    count: u64,
    /// Whether every quote is taken as it stands, also where a cell holds what looks like a whole row.
    trusted: bool,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    cells: &'a Record,
    line: u64,
    ragged: bool,
}

impl<'a> Row<'a> {
    /// The cell of a column, without the blanks around it and the apostrophe that our own tables have before what looks
    /// like a formula.
    pub fn cell(&self, column: usize) -> &'a str {
        let cell = trimmed(self.cells.get(column));
        if cell.as_bytes().first() == Some(&b'\'') { trimmed(unguarded(cell)) } else { cell }
    }

    /// How many cells it has.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// Whether the row has another number of cells than the header; blank cells at its end don't count.
    pub fn is_ragged(&self) -> bool {
        self.ragged
    }

    /// The line where it begins, from 1; in a workbook the number of the row.
    pub fn line(&self) -> u64 {
        self.line
    }
}

impl Table {
    /// Begins to read rows: finds the head. Blank rows above it are passed over, and so is the title of a sheet: one
    /// cell over rows of at least `TITLED`.
    pub(super) fn begin(
        mut rows: Rows,
        mut dialect: Dialect,
        encoding: Arc<OnceLock<Encoding>>,
        options: &Options,
    ) -> Result<Self, ReadError> {
        let known = encoding.get().copied().unwrap_or(Encoding::UTF_8);
        let (mut sample, mut lines, mut bytes) = (Vec::new(), VecDeque::new(), 0);
        while sample.len() < SAMPLE && bytes < SAMPLE_BYTES {
            let mut record = Record::default();
            let Some(line) = rows.read(&mut record, known)? else { break };
            if !(sample.is_empty() && record.is_blank()) {
                bytes += record.text.len();
                sample.push(record);
                lines.push_back(line);
            }
        }
        let titles = titles(&sample);
        sample.drain(..titles);
        lines.drain(..titles);
        if sample.is_empty() {
            return Err(ReadError::Empty);
        }
        let head = Head::of(&sample, options.header_rows, matches!(rows, Rows::Sheet(_)));
        dialect.header_rows = head.rows;
        dialect.tool = head.tool;
        let mut head_rows: Vec<(Record, u64)> = sample.into_iter().zip(lines).collect();
        let ahead = head_rows.split_off(head_rows.len().min(head.rows.into())).into();
        let (record, converted) = (Record::default(), Record::default());
        let count = 0;
        Ok(Self { rows, dialect, encoding, head, head_rows, ahead, record, converted, count, trusted: false })
    }

    /// Takes every quote as it stands: for tables that programs write and people do not touch by hand, whose cells may
    /// hold anything, whole rows among it.
    pub fn trust_quotes(&mut self) {
        self.trusted = true;
    }

    /// The names of the columns: blank ones numbered, repeated ones told apart.
    pub fn header(&self) -> &[String] {
        &self.head.names
    }

    /// The rows that name the columns, as they stand.
    pub fn head_rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.head_rows.iter().map(|(cells, line)| Row { cells, line: *line, ragged: false })
    }

    /// The ids that the survey tool gave the columns; empty where a column has none.
    pub fn ids(&self) -> &[String] {
        &self.head.ids
    }

    /// How the table is read. The encoding of a text is known once its first character beyond ASCII was seen; until
    /// then it is UTF-8.
    pub fn dialect(&self) -> Dialect {
        let mut dialect = self.dialect.clone();
        if dialect.encoding.is_some() {
            dialect.encoding = Some(self.encoding());
        }
        dialect
    }

    fn encoding(&self) -> Encoding {
        self.encoding.get().copied().unwrap_or(Encoding::UTF_8)
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// Where the rest can't be read as a table, or nothing stands below the header.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, ReadError> {
        let encoding = self.encoding();
        let line = if let Some((record, line)) = self.ahead.pop_front() {
            self.record = record;
            line
        } else if let Some(line) = self.rows.read(&mut self.record, encoding)? {
            line
        } else {
            return if self.count == 0 { Err(ReadError::NoRows) } else { Ok(None) };
        };
        self.count += 1;
        let (record, width) = (&self.record, self.head.names.len());
        let more = record.len() > width && record.cells().skip(width).any(|cell| !cell.trim().is_empty());
        let mut ragged = more;
        if let Rows::Text(text) = &self.rows {
            ragged |= record.len() < width;
            if (ragged || !self.trusted) && text.swallows(record, width, ragged) {
                return Err(ReadError::OpenQuote { line });
            }
        }
        if self.dialect.decimal_comma && record.text.contains(',') {
            convert(record, &mut self.converted);
            return Ok(Some(Row { cells: &self.converted, line, ragged }));
        }
        Ok(Some(Row { cells: &self.record, line, ragged }))
    }

    /// The hash of the content, and of the sheet's name in a workbook; empty until the last row was read. Packed with
    /// gzip or not, a text has the same hash.
    pub fn hash(&self) -> String {
        let Some(hash) = self.rows.hash() else { return String::new() };
        let Some(sheet) = &self.dialect.sheet else { return hash.to_hex().to_string() };
        let mut hasher = blake3::Hasher::new();
        hasher.update(hash.as_bytes()).update(sheet.as_bytes());
        hasher.finalize().to_hex().to_string()
    }
}

/// How many rows at the beginning hold a title, or nothing.
fn titles(rows: &[Record]) -> usize {
    let filled = |row: &Record| row.cells().filter(|cell| !cell.trim().is_empty()).count();
    let head = rows.iter().position(|row| filled(row) > 1).unwrap_or(0);
    if rows.get(head).is_some_and(|row| filled(row) >= TITLED) { head } else { 0 }
}

/// A cell without the blanks around it; most have none, which two bytes show.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [] => cell,
        [only] if only.is_ascii_graphic() => cell,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim(),
    }
}

/// The row with points for decimal commas.
fn convert(record: &Record, converted: &mut Record) {
    converted.clear();
    for cell in record.cells() {
        match with_point(cell) {
            Some(number) => converted.push(&number),
            None => converted.push(cell),
        }
    }
}
