//! Workbooks in the XML of Excel 2003, which many tools write as `.xls` or `.xml`.

use super::super::blocks::{Blocks, Feed};
use super::super::error::{Limit, TableError};
use super::super::options::Options;
use super::super::progress::ReadProgress;
use super::super::text::{ByteSource, start_decoding};
use super::super::xlsx::xml::{XmlEvent, XmlReader, attribute_value};
use super::super::{COLUMNS, FIELD};
use super::rows::RowWriter;
use quick_xml::events::BytesStart;
use std::path::Path;
use std::sync::Arc;

/// The most sheets that are listed.
const SHEETS: usize = 4096;
/// The most rows of a sheet.
const ROWS: u64 = 1 << 20;
/// The most cells of a sheet, including those omitted before a value.
const CELLS: usize = 100_000_000;

/// A sheet with its name and the number of its non-blank rows, up to two.
struct SheetEntry {
    name: String,
    rows: u8,
}

/// Opens a sheet: the named one, or the first with a header and a row. Returns its rows as CSV, its name, and
/// the names of all sheets.
pub(super) fn open(
    path: &Path,
    options: &Options,
    progress: &Arc<ReadProgress>,
) -> Result<(Blocks, String, Vec<String>), TableError> {
    let document = || -> Result<XmlReader, TableError> {
        Ok(XmlReader::new(start_decoding(ByteSource::from_file(path)?, options.encoding, progress)?.0))
    };
    let sheets = list_sheets(document()?)?;
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let place = match &options.sheet {
        Some(name) => sheets
            .iter()
            .position(|sheet| sheet.name == *name)
            .ok_or_else(|| TableError::NoSheet { name: name.clone(), names: names.clone() })?,
        None => sheets.iter().position(|sheet| sheet.rows > 1).unwrap_or(0),
    };
    let name = names.get(place).cloned().ok_or(TableError::Empty)?;
    let mut reader = SheetReader { xml: document()?, buffer: Vec::new(), cells: 0 };
    let rows = Blocks::start_thread(move |feed| reader.write_csv(place, feed))?;
    Ok((rows, name, names))
}

fn list_sheets(mut xml: XmlReader) -> Result<Vec<SheetEntry>, TableError> {
    let mut sheets: Vec<SheetEntry> = Vec::new();
    let mut buffer = Vec::new();
    let mut is_filled = false;
    loop {
        match xml.next(&mut buffer)? {
            XmlEvent::Start(start) => match start.local_name().as_ref() {
                "Worksheet" if sheets.len() < SHEETS => {
                    let name = attribute_value(&start, "Name").unwrap_or_default();
                    sheets.push(SheetEntry { name, rows: 0 });
                }
                "Row" => is_filled = false,
                "Data" => is_filled = true,
                _ => {}
            },
            XmlEvent::End(end) if end.local_name().as_ref() == "Row" => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.rows = (sheet.rows + u8::from(is_filled)).min(2);
                }
            }
            XmlEvent::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// A document whose sheet is written as CSV.
struct SheetReader {
    xml: XmlReader,
    buffer: Vec<u8>,
    cells: usize,
}

impl SheetReader {
    /// Writes the sheet at this index as CSV. Returns the hash of the document.
    fn write_csv(&mut self, place: usize, feed: &Feed) -> Result<blake3::Hash, TableError> {
        let mut writer = RowWriter::new(feed);
        let mut seen = 0;
        let mut row = Vec::new();
        let mut last = 0;
        let mut buffer = std::mem::take(&mut self.buffer);
        loop {
            let next = self.xml.next(&mut buffer)?;
            let is_chosen = seen == place + 1;
            match next {
                XmlEvent::Start(start) => match start.local_name().as_ref() {
                    "Worksheet" => seen += 1,
                    "Row" if is_chosen => last = begin_row(&start, last, &mut writer)?,
                    "Cell" if is_chosen => {
                        self.place_cell(&start, &mut row)?;
                        let merged = number_attribute(&start, "MergeAcross").unwrap_or(0).min(COLUMNS);
                        row.push(self.read_cell()?);
                        row.resize(row.len() + merged, Vec::new());
                    }
                    _ => {}
                },
                XmlEvent::Empty(start) if is_chosen => match start.local_name().as_ref() {
                    "Row" => {
                        last = begin_row(&start, last, &mut writer)?;
                        writer.write_row(&[])?;
                    }
                    "Cell" => {
                        self.place_cell(&start, &mut row)?;
                        row.push(Vec::new());
                    }
                    _ => {}
                },
                XmlEvent::End(end) if is_chosen && end.local_name().as_ref() == "Row" => {
                    writer.write_row(&row)?;
                    row.clear();
                }
                XmlEvent::Eof => break,
                _ => {}
            }
        }
        writer.finish()?;
        self.xml.finish()?;
        self.xml.content_hash().ok_or(TableError::EndsEarly)
    }

    /// Pads the row with blank cells up to the column of the next cell.
    fn place_cell(&mut self, start: &BytesStart<'_>, row: &mut Vec<Vec<u8>>) -> Result<(), TableError> {
        let before = row.len();
        if let Some(index) = number_attribute(start, "Index") {
            if index <= before {
                return Err(TableError::Damaged(format!("cell {index} behind cell {before}")));
            }
            row.resize((index - 1).min(COLUMNS), Vec::new());
        }
        self.cells += row.len() + 1 - before;
        if row.len() >= COLUMNS {
            return Err(TableError::Columns { found: row.len() + 1 });
        }
        if self.cells > CELLS { Err(TableError::Refused(Limit::Cells)) } else { Ok(()) }
    }

    /// Reads a cell to its end. Returns its value, without the comment.
    fn read_cell(&mut self) -> Result<Vec<u8>, TableError> {
        let mut value = String::new();
        let mut kind = String::new();
        let mut shown = false;
        let mut in_comment = false;
        loop {
            match self.xml.next(&mut self.buffer)? {
                XmlEvent::Start(start) => match start.local_name().as_ref() {
                    "Comment" => in_comment = true,
                    "Data" if !in_comment => {
                        shown = true;
                        kind = attribute_value(&start, "Type").unwrap_or_default();
                    }
                    _ => {}
                },
                XmlEvent::End(end) => match end.local_name().as_ref() {
                    "Cell" => break,
                    "Comment" => in_comment = false,
                    "Data" => shown = false,
                    _ => {}
                },
                XmlEvent::Text(text) if shown => value.push_str(&text),
                XmlEvent::Sign(sign) if shown => value.push(sign),
                XmlEvent::Eof => return Err(TableError::EndsEarly),
                XmlEvent::Empty(_) | XmlEvent::Text(_) | XmlEvent::Sign(_) | XmlEvent::Nothing => {}
            }
            if value.len() > FIELD {
                return Err(TableError::Refused(Limit::Text));
            }
        }
        Ok(match kind.as_str() {
            "Boolean" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.into(),
            "DateTime" => strip_midnight(value.trim()).into(),
            _ => value.into_bytes(),
        })
    }
}

/// Writes the blank rows before a row. Returns the row's number.
fn begin_row(start: &BytesStart<'_>, last: u64, writer: &mut RowWriter<'_>) -> Result<u64, TableError> {
    let row = number_attribute(start, "Index").map_or(last + 1, |index| index as u64);
    if row <= last || row > ROWS {
        return Err(TableError::Damaged(format!("row {row} after row {last}")));
    }
    for _ in last + 1..row {
        writer.write_row(&[])?;
    }
    Ok(row)
}

fn number_attribute(start: &BytesStart<'_>, name: &str) -> Option<usize> {
    attribute_value(start, name)?.trim().parse().ok()
}

/// Strips a midnight time and zero milliseconds from a date.
fn strip_midnight(text: &str) -> &str {
    let text = text.strip_suffix(".000").unwrap_or(text);
    text.strip_suffix("T00:00:00").unwrap_or(text)
}
