//! The table of a web page, whatever the rest of the page and however loose its markup.
//!
//! The first table with at least two columns and two rows is read. A table that contains another one only
//! arranges the page and is skipped. Memory holds one row, or a few before a table is accepted.

use super::super::blocks::{Blocks, Feed};
use super::super::error::TableError;
use super::super::known_format::KnownFormat;
use super::super::{COLUMNS, FIELD};
use super::entities::unescape_references;
use super::rows::RowWriter;
use super::tags::{MarkupToken, Tag, Tokens};

/// The most rows and bytes that may wait for the second column of a table.
const WAITING_ROWS: usize = 1000;
const WAITING_BYTES: usize = 4 << 20;
/// Elements that begin a new line in a cell.
const LINES: &[&str] = &["br", "p", "div", "li"];

/// Writes the table of a page as CSV. Returns the hash of the page.
pub(super) fn convert_page(blocks: Blocks, feed: &Feed) -> Result<blake3::Hash, TableError> {
    let mut tokens = Tokens::new(blocks);
    let mut page =
        HtmlPage { writer: RowWriter::new(feed), table: PageTable::default(), depth: 0, done: false };
    while !page.done {
        match tokens.next()? {
            MarkupToken::Text(text) => page.table.add_text(text),
            MarkupToken::Tag(tag) => page.handle_tag(&tag)?,
            MarkupToken::End => break,
        }
    }
    page.table.end_row(&mut page.writer)?;
    if !page.table.accepted {
        return Err(TableError::Foreign(KnownFormat::WebPage));
    }
    page.writer.finish()?;
    tokens.finish()
}

/// The state of parsing a page.
struct HtmlPage<'a> {
    writer: RowWriter<'a>,
    table: PageTable,
    /// The nesting depth of tables.
    depth: usize,
    done: bool,
}

impl HtmlPage<'_> {
    fn handle_tag(&mut self, tag: &Tag) -> Result<(), TableError> {
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => {
                self.depth += 1;
                if !self.table.accepted {
                    self.table = PageTable { depth: self.depth, ..PageTable::default() };
                }
            }
            ("table", true) => {
                if self.table.depth == self.depth && self.depth > 0 {
                    self.table.end_row(&mut self.writer)?;
                    self.done = self.table.accepted;
                    if !self.done {
                        self.table = PageTable::default();
                    }
                }
                self.depth = self.depth.saturating_sub(1);
            }
            // Of a nested table only the text is read.
            _ if self.depth != self.table.depth || self.depth == 0 => {}
            ("tr", _) => self.table.end_row(&mut self.writer)?,
            ("td" | "th", false) => {
                self.table.end_cell()?;
                self.table.begin_cell(tag)?;
            }
            ("td" | "th", true) => self.table.end_cell()?,
            (name, _) if LINES.contains(&name) => self.table.add_line(),
            _ => {}
        }
        Ok(())
    }
}

/// A cell that extends into the rows below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RowSpan {
    column: usize,
    rows: usize,
}

/// A table being parsed.
#[derive(Default)]
struct PageTable {
    /// Its nesting depth, itself included.
    depth: usize,
    /// True once it has two columns and two rows.
    accepted: bool,
    /// The rows of a table that is not accepted yet.
    waiting: Vec<Vec<Vec<u8>>>,
    waiting_bytes: usize,
    row: Vec<Vec<u8>>,
    cell: Option<Vec<u8>>,
    /// The numbers of columns and rows of the current cell.
    cell_span: (usize, usize),
    /// Cells of rows above that extend into this one, and those that begin in it.
    spans: Vec<RowSpan>,
    begun: Vec<RowSpan>,
}

impl PageTable {
    fn begin_cell(&mut self, tag: &Tag) -> Result<(), TableError> {
        let count = |name: &str| tag.number_attribute(name).unwrap_or(1).clamp(1, COLUMNS);
        self.fill_spans()?;
        self.cell = Some(Vec::new());
        self.cell_span = (count("colspan"), count("rowspan"));
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), TableError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (columns, rows) = self.cell_span;
        let first = self.row.len();
        self.row.push(unescape_references(cell.trim_ascii()));
        self.row.resize(first + columns, Vec::new());
        if self.row.len() > COLUMNS {
            return Err(TableError::Columns { found: self.row.len() });
        }
        if rows > 1 {
            self.begun.extend((first..first + columns).map(|column| RowSpan { column, rows: rows - 1 }));
        }
        Ok(())
    }

    /// Adds blank cells for columns that cells of rows above extend into.
    fn fill_spans(&mut self) -> Result<(), TableError> {
        while self.spans.iter().any(|span| span.column == self.row.len()) {
            self.row.push(Vec::new());
            if self.row.len() > COLUMNS {
                return Err(TableError::Columns { found: self.row.len() });
            }
        }
        Ok(())
    }

    fn end_row(&mut self, writer: &mut RowWriter<'_>) -> Result<(), TableError> {
        self.end_cell()?;
        if self.row.is_empty() {
            return Ok(());
        }
        self.spans.retain_mut(|span| {
            span.rows -= 1;
            span.rows > 0
        });
        self.spans.append(&mut self.begun);
        let row = std::mem::take(&mut self.row);
        if self.accepted {
            return writer.write_row(&row);
        }
        self.waiting_bytes += row.iter().map(Vec::len).sum::<usize>();
        self.waiting.push(row);
        if self.waiting.len() > 1 && self.waiting.iter().any(|row| row.len() > 1) {
            self.accepted = true;
            return std::mem::take(&mut self.waiting).iter().try_for_each(|row| writer.write_row(row));
        }
        if self.waiting.len() > WAITING_ROWS || self.waiting_bytes > WAITING_BYTES {
            *self = Self::default();
        }
        Ok(())
    }

    /// Adds text to the cell, with white space collapsed to one space.
    fn add_text(&mut self, text: &[u8]) {
        let Some(cell) = &mut self.cell else { return };
        for byte in text {
            if !byte.is_ascii_whitespace() {
                cell.push(*byte);
            } else if !matches!(cell.last(), None | Some(b' ' | b'\n')) {
                cell.push(b' ');
            }
        }
        // A longer cell is rejected when it is written.
        cell.truncate(FIELD + 1);
    }

    fn add_line(&mut self) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.is_empty()) {
            if cell.last() == Some(&b' ') {
                cell.pop();
            }
            cell.push(b'\n');
        }
    }
}
