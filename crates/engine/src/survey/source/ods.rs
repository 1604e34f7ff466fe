//! What an OpenDocument sheet unfolds to, counted before it is read: a cell or row may say that it stands a
//! million times. The same file is always read or always refused, whatever memory and time there are.

use super::error::{Limit, TableError};
use super::package::Package;
use super::progress::ReadProgress;
use super::xlsx::xml::{XmlEvent, XmlReader, attribute_value};
use quick_xml::events::BytesStart;
use std::path::Path;
use std::sync::Arc;

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
/// Rows and columns that a sheet can have.
const ROWS: u64 = 1 << 20;
const COLUMNS: u64 = 1 << 14;
/// Bytes that a cell as it is written takes while the sheet is read, in a list that grows, and one of those
/// that it unfolds to.
const WRITTEN: u64 = 112;
const UNFOLDED: u64 = 64;

/// Counts what the sheets of a workbook unfold to.
///
/// # Errors
/// Where a sheet unfolds to more than so many bytes, or the workbook is damaged or ends early.
pub(super) fn check_package(path: &Path, most: u64) -> Result<(), TableError> {
    let package = Package::open(path)?;
    let mut xml = XmlReader::new(package.open_part(CONTENT, &Arc::new(ReadProgress::default()), false)?);
    let mut sheet = SheetSize { most, ..SheetSize::default() };
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            XmlEvent::Start(start) => sheet.start(&start),
            XmlEvent::Empty(start) => {
                sheet.start(&start);
                sheet.end(start.local_name().as_ref())?;
            }
            XmlEvent::End(end) => sheet.end(end.local_name().as_ref())?,
            XmlEvent::Text(text) => sheet.text += text.len() as u64,
            XmlEvent::Eof => return Ok(()),
            XmlEvent::Sign(_) | XmlEvent::Nothing => {}
        }
    }
}

/// True if the content of a workbook opens only with a password.
pub(super) fn is_protected(path: &Path) -> bool {
    let is_encrypted = || -> Result<bool, TableError> {
        let mut xml = XmlReader::new(Package::open(path)?.open_part(
            MANIFEST,
            &Arc::new(ReadProgress::default()),
            false,
        )?);
        let mut buffer = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                XmlEvent::Start(start) if start.local_name().as_ref() == "encryption-data" => {
                    return Ok(true);
                }
                XmlEvent::Eof => return Ok(false),
                _ => {}
            }
        }
    };
    is_encrypted().unwrap_or(false)
}

/// How large the sheet read at present becomes.
#[derive(Default)]
struct SheetSize {
    most: u64,
    /// Cells as they are written, columns repeated.
    written: u64,
    /// Rows down to the last that holds something, repeated, and those behind it.
    rows: u64,
    empty_rows: u64,
    /// The columns of the widest row.
    width: u64,
    /// Bytes of texts, repeated.
    texts: u64,
    row: RowSize,
    row_times: u64,
    cell_times: u64,
    /// Bytes of text in the cell.
    text: u64,
    /// True where the cell has a value of its own.
    is_filled: bool,
}

/// How large a row becomes.
#[derive(Default)]
struct RowSize {
    columns: u64,
    empty: u64,
    texts: u64,
}

impl SheetSize {
    fn start(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() {
            "table" => *self = Self { most: self.most, ..Self::default() },
            "table-row" => {
                self.row = RowSize::default();
                self.row_times = times(start, "number-rows-repeated", ROWS);
            }
            "table-cell" | "covered-table-cell" => {
                self.cell_times = times(start, "number-columns-repeated", COLUMNS);
                let bytes = |name| attribute_value(start, name).map_or(0, |value| value.len() as u64);
                self.text = bytes("string-value") + bytes("formula");
                self.is_filled = attribute_value(start, "value-type").is_some() || self.text > 0;
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), TableError> {
        match name {
            "table-cell" | "covered-table-cell" => {
                let row = &mut self.row;
                if self.is_filled || self.text > 0 {
                    row.columns = (row.columns + row.empty + self.cell_times).min(COLUMNS);
                    row.texts += self.cell_times * self.text;
                    row.empty = 0;
                } else {
                    row.empty += self.cell_times;
                }
            }
            "table-row" => {
                self.written += self.row.columns;
                if self.row.columns > 0 {
                    self.rows = (self.rows + self.empty_rows + self.row_times).min(ROWS);
                    self.empty_rows = 0;
                } else if self.rows > 0 {
                    self.empty_rows += self.row_times;
                }
                self.width = self.width.max(self.row.columns);
                self.texts = self.texts.saturating_add(self.row.texts.saturating_mul(self.row_times));
            }
            _ => {}
        }
        let cells = self.written * WRITTEN + self.rows * self.width * UNFOLDED;
        if cells.saturating_add(self.texts) > self.most {
            Err(TableError::Refused(Limit::Cells))
        } else {
            Ok(())
        }
    }
}

/// How often something stands, as its attribute says.
fn times(start: &BytesStart<'_>, name: &str, most: u64) -> u64 {
    attribute_value(start, name).and_then(|value| value.parse().ok()).unwrap_or(1).min(most)
}
