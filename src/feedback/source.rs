//! Tables of text as a stream of rows: the only place of `feedback` that opens files.
//!
//! Limits stand before the parser: a record that grows past `RECORD` stops the read, so that a lone quote in
//! a huge file costs neither memory nor rows that vanish in silence.

use csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The most columns a table may have.
pub const COLUMNS: usize = 4096;
/// The most bytes one cell may hold.
pub const FIELD: usize = 1 << 20;
/// The most bytes one row may hold.
const RECORD: u64 = 8 << 20;
/// How many bytes decide about the delimiter.
const HEAD: u64 = 64 << 10;
/// From this many columns on, a whole row inside a quoted cell is taken for a quote that was never closed.
const WIDE: usize = 8;

/// Why a table can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file can't be opened or read.
    #[error("the file can't be read: {0}")]
    Io(#[from] io::Error),
    /// The path names no regular file.
    #[error("this is not a file")]
    NotAFile,
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// There is a header and nothing below it.
    #[error("the file has column names but no rows")]
    NoRows,
    /// It is UTF-16.
    #[error("the file is UTF-16; save it as CSV UTF-8")]
    Utf16,
    /// A cell is not UTF-8.
    #[error("line {line}, column {column}: the text is not UTF-8; save the file as CSV UTF-8")]
    Encoding {
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: usize,
    },
    /// There are too many columns.
    #[error("the file has {found} columns; {COLUMNS} can be read")]
    Columns {
        /// How many there are.
        found: usize,
    },
    /// A cell or row is too long.
    #[error("line {line}: a cell is longer than 1 MiB; a quote may not be closed there")]
    Long {
        /// The line where the row begins.
        line: u64,
    },
    /// A quote was opened and never closed.
    #[error("line {line}: a quote is opened and not closed, so that whole rows lie inside one cell")]
    OpenQuote {
        /// The line where the row begins.
        line: u64,
    },
    /// The user stopped it.
    #[error("stopped")]
    Cancelled,
}

/// Told the share of a file that is read, 0 to 1; says whether to go on.
type Watch = dyn Fn(f32) -> bool + Send + Sync;

/// How far a read has come, and whether it shall go on.
#[derive(Default)]
pub struct Progress {
    total: AtomicU64,
    stopped: AtomicBool,
    watch: Option<Box<Watch>>,
}

impl Progress {
    /// A read that tells the share of the file it has seen, 0 to 1, and stops where the answer is false.
    pub fn watched(watch: impl Fn(f32) -> bool + Send + Sync + 'static) -> Self {
        Self { watch: Some(Box::new(watch)), ..Self::default() }
    }

    fn goes_on(&self, read: u64) -> bool {
        let total = self.total.load(Ordering::Relaxed).max(1);
        let share = (read as f64 / total as f64).min(1.0) as f32;
        let stops = self.watch.as_ref().is_some_and(|watch| !watch(share));
        if stops {
            self.stopped.store(true, Ordering::Relaxed);
        }
        !stops
    }
}

/// Hashes, counts and limits the bytes on their way to the parser.
struct Guard<R> {
    inner: R,
    hasher: blake3::Hasher,
    read: u64,
    /// Up to which byte reading is allowed before the next record must be complete.
    allowed: u64,
    progress: Arc<Progress>,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read > self.allowed || !self.progress.goes_on(self.read) {
            return Err(io::Error::other("stopped"));
        }
        let count = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..count).unwrap_or_default());
        self.read += count as u64;
        Ok(count)
    }
}

/// A table being read: its header, then row after row.
pub struct Table<R: Read> {
    reader: csv::Reader<Guard<R>>,
    header: Vec<String>,
    delimiter: u8,
    ends: LineEnd,
    record: StringRecord,
    rows: u64,
}

/// How lines end. The parser counts line feeds, and takes a record to begin before the line feed of `\r\n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    Lf,
    CrLf,
    Cr,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    cells: &'a StringRecord,
    line: u64,
    ragged: bool,
}

impl<'a> Row<'a> {
    /// The cell of a column, without the blanks around it.
    pub fn cell(&self, column: usize) -> &'a str {
        self.cells.get(column).unwrap_or_default().trim()
    }

    /// Whether the row has another number of cells than the header; blank cells at its end don't count.
    pub fn is_ragged(&self) -> bool {
        self.ragged
    }

    /// The line where it begins, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }
}

/// Opens a table in a file.
///
/// # Errors
/// Where the file can't be opened or its beginning is not a table.
pub fn open(path: &Path, progress: Arc<Progress>) -> Result<Table<impl Read>, ReadError> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() {
        return Err(ReadError::NotAFile);
    }
    progress.total.store(meta.len(), Ordering::Relaxed);
    Table::new(File::open(path)?, progress)
}

/// A file's name without folders, as batches and messages show it.
pub fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl<R: Read> Table<io::Chain<Cursor<Vec<u8>>, R>> {
    /// Begins to read a table from any source of bytes.
    ///
    /// # Errors
    /// Where the beginning is not a table.
    pub fn new(mut bytes: R, progress: Arc<Progress>) -> Result<Self, ReadError> {
        let mut head = Vec::new();
        bytes.by_ref().take(HEAD).read_to_end(&mut head)?;
        if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
            return Err(ReadError::Utf16);
        }
        let (delimiter, ends) = dialect(&head);
        let inner = Cursor::new(head).chain(bytes);
        let guard = Guard { inner, hasher: blake3::Hasher::new(), read: 0, allowed: RECORD, progress };
        let reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(guard);
        let record = StringRecord::new();
        let mut table = Self { reader, header: Vec::new(), delimiter, ends, record, rows: 0 };
        if !table.read()? {
            return Err(ReadError::Empty);
        }
        table.header = names(&table.record);
        Ok(table)
    }
}

impl<R: Read> Table<R> {
    /// The names of the columns: blank ones numbered, repeated ones told apart.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The character between cells.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// Where the rest can't be read as a table, or nothing stands below the header.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, ReadError> {
        if !self.read()? {
            return if self.rows == 0 { Err(ReadError::NoRows) } else { Ok(None) };
        }
        self.rows += 1;
        let line = self.line_of(self.record.position());
        let (found, width) = (self.record.len(), self.header.len());
        let ragged = found < width
            || (found > width && self.record.iter().skip(width).any(|cell| !cell.trim().is_empty()));
        if swallows(&self.record, width, self.delimiter, ragged) {
            return Err(ReadError::OpenQuote { line });
        }
        Ok(Some(Row { cells: &self.record, line, ragged }))
    }

    /// The hash of the content; of all of it once the last row was read.
    pub fn hash(&self) -> String {
        self.reader.get_ref().hasher.finalize().to_hex().to_string()
    }

    fn read(&mut self) -> Result<bool, ReadError> {
        let position = self.reader.position().clone();
        self.reader.get_mut().allowed = position.byte() + RECORD;
        let more =
            self.reader.read_record(&mut self.record).map_err(|error| self.explain(error, &position))?;
        if self.record.len() > COLUMNS {
            return Err(ReadError::Columns { found: self.record.len() });
        }
        if self.record.as_slice().len() > FIELD && self.record.iter().any(|cell| cell.len() > FIELD) {
            return Err(ReadError::Long { line: self.line_of(Some(&position)) });
        }
        Ok(more)
    }

    fn line_of(&self, position: Option<&csv::Position>) -> u64 {
        let line = position.map_or(0, csv::Position::line);
        match self.ends {
            LineEnd::Lf => line,
            LineEnd::CrLf => line + 1,
            LineEnd::Cr => self.rows + 1,
        }
    }

    fn explain(&self, error: csv::Error, position: &csv::Position) -> ReadError {
        let guard = self.reader.get_ref();
        if guard.progress.stopped.load(Ordering::Relaxed) {
            return ReadError::Cancelled;
        }
        if guard.read > guard.allowed {
            return ReadError::Long { line: self.line_of(Some(position)) };
        }
        match error.into_kind() {
            csv::ErrorKind::Io(error) => ReadError::Io(error),
            csv::ErrorKind::Utf8 { pos, err } => {
                let line = self.line_of(Some(pos.as_ref().unwrap_or(position)));
                ReadError::Encoding { line, column: err.field() + 1 }
            }
            other => ReadError::Io(io::Error::other(format!("{other:?}"))),
        }
    }
}

/// Columns by name: trimmed, blank ones as `#3`, repeated ones as `name (2)`.
fn names(header: &StringRecord) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let name = |(place, cell): (usize, &str)| {
        let cell = cell.trim().trim_start_matches('\u{feff}');
        let base = if cell.is_empty() { format!("#{}", place + 1) } else { cell.to_owned() };
        let mut name = base.clone();
        let mut count = 2;
        while !seen.insert(name.clone()) {
            name = format!("{base} ({count})");
            count += 1;
        }
        name
    };
    header.iter().enumerate().map(name).collect()
}

/// The delimiter that occurs most often in the first line outside quotes, and how that line ends.
fn dialect(head: &[u8]) -> (u8, LineEnd) {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    let mut ends = LineEnd::Lf;
    for (place, byte) in head.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            b'\r' if !quoted => {
                ends = if head.get(place + 1) == Some(&b'\n') { LineEnd::CrLf } else { LineEnd::Cr };
                break;
            }
            _ if !quoted => counts.iter_mut().filter(|(d, _)| d == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    // Among equals the first wins: a table of one column is read with commas.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(delimiter, _)| *delimiter), ends)
}

/// Whether whole rows lie inside one cell of this record.
fn swallows(record: &StringRecord, width: usize, delimiter: u8, ragged: bool) -> bool {
    if width < 2 || !(ragged || width >= WIDE) || !record.as_slice().contains('\n') {
        return false;
    }
    let whole_row = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 >= width;
    record.iter().any(|cell| cell.contains('\n') && cell.lines().skip(1).any(whole_row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &[u8]) -> Result<Table<impl Read>, ReadError> {
        Table::new(Cursor::new(text.to_vec()), Arc::default())
    }

    /// All rows as `line: cells`, or the error that ends them.
    fn read(text: &[u8]) -> Result<Vec<String>, String> {
        let mut table = table(text).map_err(|error| error.to_string())?;
        let width = table.header().len();
        let mut rows = Vec::new();
        while let Some(row) = table.next_row().map_err(|error| error.to_string())? {
            let cells: Vec<&str> = (0..width).map(|column| row.cell(column)).collect();
            let ragged = if row.is_ragged() { " ragged" } else { "" };
            rows.push(format!("{}: {}{ragged}", row.line(), cells.join("|")));
        }
        Ok(rows)
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        let expected = vec!["2: 1|2".to_owned(), "3: x\ny|3".to_owned(), "5: 4| ragged".to_owned()];
        assert_eq!(read(b"a,b\n1,2\n\"x\ny\",3\n4\n"), Ok(expected.clone()));
        assert_eq!(read(b"a\tb\r1\t2\r"), Ok(vec!["2: 1|2".to_owned()]));
        assert_eq!(read(b"\xef\xbb\xbfa;b\r\n1;2\r\n\"x\ny\";3\r\n4\r\n"), Ok(expected));
    }

    #[test]
    fn headers_are_told_apart() {
        let table = table(b" score ,,score,score\n1,2,3,4\n").unwrap();
        assert_eq!(table.header(), ["score", "#2", "score (2)", "score (3)"]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_place() {
        let fails = |text: &[u8], part: &str| {
            let error = read(text).expect_err(part);
            assert!(error.contains(part), "{error}");
        };
        fails(b"", "empty");
        fails(b"a,b\n", "no rows");
        fails(b"\xff\xfea\0", "UTF-16");
        fails(b"a,b\n1,2\n1,caf\xe9\n", "line 3, column 2");
        fails(format!("{}\n1\n", ",".repeat(9_999)).as_bytes(), "10000 columns");
        fails(format!("a,b\n1,{}\n", "x".repeat(FIELD + 1)).as_bytes(), "line 2");
        fails(format!("a,b\n1,2\n\"1,{}", "x\n".repeat(5 << 20)).as_bytes(), "line 3");
        fails(b"a,b,c\n1,2,3\n\"1,2,3\n1,2,3\n1,2,3\n", "line 3: a quote");
    }

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        let text = b"a,b\n1,2\n3,4\n";
        let mut table = table(text).unwrap();
        while table.next_row().unwrap().is_some() {}
        assert_eq!(table.hash(), blake3::hash(text).to_hex().to_string());
    }

    #[test]
    fn a_stopped_read_says_so() {
        let reads = AtomicU64::new(0);
        let progress = Progress::watched(move |_| reads.fetch_add(1, Ordering::Relaxed) < 3);
        let text = "a,b\n".to_owned() + &"1,2\n".repeat(100_000);
        let mut table = Table::new(Cursor::new(text.into_bytes()), Arc::new(progress)).unwrap();
        let end = loop {
            match table.next_row() {
                Ok(Some(_)) => {}
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        assert!(matches!(end, Some(ReadError::Cancelled)));
    }
}
