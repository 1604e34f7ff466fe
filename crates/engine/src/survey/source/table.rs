//! A table being read: its head, then row by row.

pub(super) mod chunks;

use super::decode::TextFacts;
use super::encoding::Encoding;
use super::error::TableError;
use super::first_table::{Behind, PlacedRow, RowFindings, TableShape, filled_cells};
use super::garbled::GarbledCheck;
use super::header::TableHeader;
use super::options::{Dialect, Options};
use super::record::RowCells;
use super::row_queue::{RowQueue, is_gap};
use super::side_table::find_side_table;
use super::sniff::replace_decimal_comma;
use super::uneven::UnevenRows;
use super::warning::FileWarning;
use crate::survey::cell::strip_formula_guard;
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempPath;

pub(super) use super::row_queue::RowSource;

/// The most rows that are read to find the header.
const SAMPLE: usize = 32;
/// The number of rows to read after the last gap in the sample.
const BEHIND_GAP: usize = 16;
/// The most bytes of the sample.
const SAMPLE_BYTES: usize = 1 << 20;
/// The number of cells in the first row with more than one from which the rows above it are a title.
const TITLED: usize = 3;

/// A table being read: its head, then row by row.
pub struct SurveyTable {
    queue: RowQueue,
    dialect: Dialect,
    /// Facts about the text that are found while it is decoded.
    facts: Arc<TextFacts>,
    head: TableHeader,
    /// The header rows as written.
    head_rows: Vec<PlacedRow>,
    row: PlacedRow,
    converted: RowCells,
    findings: Findings,
    garbled: GarbledCheck,
    count: u64,
    /// The rule for complete rows of uneven length, and the number of such rows.
    uneven: Option<Arc<UnevenRows>>,
    uneven_rows: u64,
    /// True if every quote is taken literally, even if a cell then seems to contain a whole row.
    trusted: bool,
    /// The file that was unpacked to read this; it is removed with the table.
    unpacked: Option<TempPath>,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct TableRow<'a> {
    cells: &'a RowCells,
    line: u64,
    ragged: bool,
    /// True for a blank row, and for a row after empty lines.
    at_gap: bool,
}

impl<'a> TableRow<'a> {
    /// Returns the cell of a column, trimmed, and without the apostrophe that our own exports put before text
    /// that looks like a formula.
    pub fn cell(&self, column: usize) -> &'a str {
        let cell = trim_cell(self.cells.get(column));
        if matches!(cell.as_bytes().first(), Some(b'\'' | b'=')) {
            trim_cell(strip_formula_guard(cell))
        } else {
            cell
        }
    }

    /// The number of its cells.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// True if its number of cells differs from the header's; blank cells at its end don't count.
    pub fn is_ragged(&self) -> bool {
        self.ragged
    }

    /// The line on which it begins, from 1; in a workbook the number of the row.
    pub fn line_number(&self) -> u64 {
        self.line
    }
}

impl SurveyTable {
    /// Starts reading rows: finds the head. Blank rows above it are skipped, and so is the title of a sheet:
    /// single cells over a row of at least `TITLED`. Rows below the first table and cells beside it are
    /// excluded.
    pub(super) fn begin_table(
        rows: RowSource,
        mut dialect: Dialect,
        facts: Arc<TextFacts>,
        options: &Options,
    ) -> Result<Self, TableError> {
        let mut queue = RowQueue::new(rows);
        let mut sample = read_sample(&mut queue, facts.encoding().unwrap_or(Encoding::UTF_8))?;
        sample.drain(..count_title_rows(&sample));
        if sample.is_empty() {
            return Err(TableError::Empty);
        }
        let leaves_out = queue.rows.are_of_cells();
        let find_head = |rows: &[PlacedRow]| TableHeader::detect_head(rows, options.header_rows, leaves_out);
        let end = end_of_table(&sample, queue.is_complete(), &find_head);
        let mut own = sample.get(..end).unwrap_or(&sample).to_vec();
        let mut head = find_head(&own);
        let count = usize::from(head.rows).min(own.len());
        let (header, data) = own.split_at(count);
        let beside = find_side_table(header, data);
        if let Some((width, _)) = &beside {
            for row in &mut own {
                row.cells.places.truncate(*width);
            }
            head = find_head(&own);
        }
        let (header, data) = own.split_at(usize::from(head.rows).min(own.len()));
        if !leaves_out {
            head.drop_trailing_columns(data);
        }
        dialect.header_rows = head.rows;
        dialect.tool = head.tool;
        let shape = TableShape::new(header, data, head.names.len());
        let head_rows = header.to_vec();
        let mut garbled = GarbledCheck::default();
        for row in &head_rows {
            garbled.check_row(&row.cells.text, row.line);
        }
        sample.drain(..head_rows.len());
        queue.resume_with(sample, shape, beside);
        Ok(Self {
            queue,
            dialect,
            facts,
            head,
            head_rows,
            row: PlacedRow::default(),
            converted: RowCells::default(),
            findings: Findings::default(),
            garbled,
            count: 0,
            uneven: options.uneven.clone(),
            uneven_rows: 0,
            trusted: false,
            unpacked: None,
        })
    }

    /// Keeps an unpacked file until the table is dropped.
    pub(super) fn keep_file(&mut self, path: TempPath) {
        self.unpacked = Some(path);
    }

    /// Sets the name of the file in its archive.
    pub(super) fn set_member(&mut self, name: String) {
        self.dialect.member = Some(name);
    }

    /// Takes every quote literally: for tables written by programs and not edited by hand, whose cells may
    /// hold anything, even whole rows.
    pub fn trust_quotes(&mut self) {
        self.trusted = true;
    }

    /// The names of the columns: blank ones numbered, repeated ones made unique.
    pub fn column_names(&self) -> &[String] {
        &self.head.names
    }

    /// The header rows as written.
    pub fn head_rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        self.head_rows.iter().map(|row| TableRow {
            cells: &row.cells,
            line: row.line,
            ragged: false,
            at_gap: false,
        })
    }

    /// The ids that the survey tool gave the columns; empty for a column without one.
    pub fn column_ids(&self) -> &[String] {
        &self.head.ids
    }

    /// Returns the dialect of the table. The encoding of a text is known once its first non-ASCII character
    /// was seen; until then it is UTF-8.
    pub fn dialect(&self) -> Dialect {
        let mut dialect = self.dialect.clone();
        if dialect.encoding.is_some() {
            dialect.encoding = Some(self.encoding());
        }
        dialect.file_warnings = self.findings.to_warnings(&self.head.names);
        dialect.file_warnings.extend_from_slice(self.queue.left_out());
        let mixed = self.facts.mixed_lines().map(|mixed| FileWarning::MixedEncodings {
            line: mixed.first,
            lines: mixed.count,
            encoding: mixed.encoding,
        });
        dialect.file_warnings.extend(mixed);
        dialect.file_warnings.extend(self.garbled.to_warning());
        let rows = self.uneven_rows;
        dialect.file_warnings.extend((rows > 0).then_some(FileWarning::UnevenRows { rows }));
        dialect
    }

    fn encoding(&self) -> Encoding {
        self.facts.encoding().unwrap_or(Encoding::UTF_8)
    }

    /// Reads the next row; `None` at the end.
    ///
    /// # Errors
    /// If the rest can't be read as a table, or there is no row below the header.
    pub fn next_row(&mut self) -> Result<Option<TableRow<'_>>, TableError> {
        let encoding = self.encoding();
        if !self.queue.next_row(&mut self.row, encoding)? {
            return if self.count == 0 { Err(TableError::NoRows) } else { Ok(None) };
        }
        self.count += 1;
        self.findings.add_row(&self.row.findings);
        self.garbled.check_row(&self.row.cells.text, self.row.line);
        let record = &self.row.cells;
        let line = self.row.line;
        let width = self.head.names.len();
        let more = record.len() > width && record.cells().skip(width).any(|cell| !cell.trim().is_empty());
        let mut ragged = more;
        if let RowSource::Text(text) = &self.queue.rows
            && !text.is_numbered()
        {
            ragged |= record.len() < width;
            if (ragged || !self.trusted) && text.has_swallowed_rows(record, width, ragged) {
                return Err(TableError::OpenQuote { line });
            }
        }
        if ragged && self.uneven.as_ref().is_some_and(|rule| rule.is_whole(record)) {
            ragged = false;
            self.uneven_rows += 1;
        }
        let at_gap = is_gap(&self.row);
        if self.dialect.decimal_comma && record.text.contains(',') {
            convert_decimal_commas(record, &mut self.converted);
            return Ok(Some(TableRow { cells: &self.converted, line, ragged, at_gap }));
        }
        Ok(Some(TableRow { cells: &self.row.cells, line, ragged, at_gap }))
    }

    /// Returns the hash of the content, including the sheet's name in a workbook; empty until the last row
    /// was read. A text has the same hash packed with gzip or not.
    pub fn content_hash(&self) -> String {
        let Some(hash) = self.queue.rows.content_hash() else { return String::new() };
        let Some(sheet) = &self.dialect.sheet else { return hash.to_hex().to_string() };
        let mut hasher = blake3::Hasher::new();
        hasher.update(hash.as_bytes()).update(sheet.as_bytes());
        hasher.finalize().to_hex().to_string()
    }
}

/// Reads the rows in which the header is searched. A gap near their end is followed, so that the rows after
/// it can be judged.
fn read_sample(queue: &mut RowQueue, encoding: Encoding) -> Result<Vec<PlacedRow>, TableError> {
    let mut sample: Vec<PlacedRow> = Vec::new();
    let mut bytes = 0;
    let mut since_gap = BEHIND_GAP;
    while (sample.len() < SAMPLE || since_gap < BEHIND_GAP)
        && sample.len() < 2 * SAMPLE
        && bytes < SAMPLE_BYTES
    {
        let mut row = PlacedRow::default();
        if !queue.read_any_row(&mut row, encoding)? {
            break;
        }
        if !(sample.is_empty() && row.cells.is_blank()) {
            since_gap = if is_gap(&row) && !sample.is_empty() { 0 } else { since_gap + 1 };
            bytes += row.cells.text.len();
            sample.push(row);
        }
    }
    Ok(sample)
}

/// Returns the number of rows that belong to the first table.
fn end_of_table(
    rows: &[PlacedRow],
    complete: bool,
    find_head: &dyn Fn(&[PlacedRow]) -> TableHeader,
) -> usize {
    let gaps = rows.iter().enumerate().skip(2).filter(|(_, row)| is_gap(row)).map(|(place, _)| place);
    let is_end = |gap: &usize| {
        let (above, behind) = rows.split_at(*gap);
        if above.last().is_some_and(|row| row.cells.is_blank()) {
            return false;
        }
        let head = find_head(above);
        let (header, data) = above.split_at(usize::from(head.rows).min(above.len()));
        let shape = TableShape::new(header, data, head.names.len());
        shape.is_some_and(|shape| matches!(shape.judge_rows_after_gap(behind, complete), Behind::Other(_)))
    };
    gaps.into_iter().find(is_end).unwrap_or(rows.len())
}

/// Returns the number of rows at the beginning that hold a title, or nothing.
fn count_title_rows(rows: &[PlacedRow]) -> usize {
    let filled = |row: &PlacedRow| filled_cells(&row.cells).count();
    let head = rows.iter().position(|row| filled(row) > 1).unwrap_or(0);
    if rows.get(head).is_some_and(|row| filled(row) >= TITLED) { head } else { 0 }
}

/// Counts of cell anomalies by column.
#[derive(Default)]
struct Findings {
    uncalculated: BTreeMap<usize, u64>,
    errors: BTreeMap<usize, u64>,
    hidden_rows: u64,
}

impl Findings {
    fn add_row(&mut self, row: &RowFindings) {
        for column in &row.uncalculated {
            *self.uncalculated.entry(*column).or_default() += 1;
        }
        for column in &row.errors {
            *self.errors.entry(*column).or_default() += 1;
        }
        self.hidden_rows += u64::from(row.is_hidden);
    }

    fn merge(&mut self, other: &Self) {
        for (own, others) in
            [(&mut self.uncalculated, &other.uncalculated), (&mut self.errors, &other.errors)]
        {
            for (column, cells) in others {
                *own.entry(*column).or_default() += cells;
            }
        }
        self.hidden_rows += other.hidden_rows;
    }

    fn to_warnings(&self, names: &[String]) -> Vec<FileWarning> {
        let by_name = |columns: &BTreeMap<usize, u64>| -> Vec<(String, u64)> {
            let name =
                |column: usize| names.get(column).cloned().unwrap_or_else(|| format!("#{}", column + 1));
            columns.iter().map(|(column, cells)| (name(*column), *cells)).collect()
        };
        let mut warnings = Vec::new();
        if !self.uncalculated.is_empty() {
            warnings.push(FileWarning::Uncalculated { columns: by_name(&self.uncalculated) });
        }
        if !self.errors.is_empty() {
            warnings.push(FileWarning::ErrorCells { columns: by_name(&self.errors) });
        }
        if self.hidden_rows > 0 {
            warnings.push(FileWarning::HiddenRows { rows: self.hidden_rows });
        }
        warnings
    }
}

/// Trims a cell; most need no trimming, which their first and last bytes show.
fn trim_cell(cell: &str) -> &str {
    match cell.as_bytes() {
        [] => cell,
        [only] if only.is_ascii_graphic() => cell,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim(),
    }
}

/// Copies a row with decimal points instead of commas.
fn convert_decimal_commas(record: &RowCells, converted: &mut RowCells) {
    converted.clear();
    for cell in record.cells() {
        match replace_decimal_comma(cell) {
            Some(number) => converted.push(&number),
            None => converted.push(cell),
        }
    }
}
