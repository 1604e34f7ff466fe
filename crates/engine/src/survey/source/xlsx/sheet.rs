//! The rows of a sheet, one by one.
//!
//! A row or cell that the sheet omits is blank; there are no rows below the last value. A far-out cell costs
//! no more than its row: columns and cells are bounded, and nothing is allocated for the gaps.

use super::super::error::{Limit, TableError};
use super::super::first_table::RowFindings;
use super::super::record::RowCells;
use super::super::{COLUMNS, FIELD};
use super::serial::{format_iso, format_shortest};
use super::strings::{Strings, unescape_codes};
use super::styles::NumberFormat;
use super::usual;
use super::xml::{XmlEvent, XmlReader, attribute_value};
use quick_xml::events::BytesStart;

/// The most rows and columns of a sheet.
const ROWS: u64 = 1_048_576;
const WIDTH: usize = 16_384;
/// The most cells, including those omitted before a value.
const CELLS: u64 = 100_000_000;

/// A sheet being read.
pub(in super::super) struct SheetScanner {
    xml: XmlReader,
    strings: Strings,
    formats: Vec<NumberFormat>,
    is_1904: bool,
    /// The numbers of the last row returned and of the last row parsed.
    given: u64,
    seen: u64,
    /// A row that waits for the blank ones before it.
    waiting: Option<(RowCells, u64)>,
    /// Anomalies of the last row parsed.
    findings: RowFindings,
    cells: u64,
    /// The column of the next cell, unless it states its own.
    column: usize,
    ended: bool,
    buffer: Vec<u8>,
    value: String,
}

/// The attributes of a cell.
struct CellHead {
    column: usize,
    kind: ValueKind,
    format: NumberFormat,
}

/// The type of a cell's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueKind {
    Number,
    Shared,
    Bool,
    /// Literal text: results of formulas, dates in ISO 8601.
    Text,
    /// An error such as `#N/A`.
    Error,
    /// Text in the cell itself, possibly in pieces.
    Inline,
}

impl SheetScanner {
    pub(super) fn new(xml: XmlReader, strings: Strings, formats: Vec<NumberFormat>, is_1904: bool) -> Self {
        let buffer = Vec::new();
        let value = String::new();
        let given = 0;
        let seen = 0;
        let cells = 0;
        Self {
            xml,
            strings,
            formats,
            is_1904,
            given,
            seen,
            waiting: None,
            findings: RowFindings::default(),
            cells,
            column: 0,
            ended: false,
            buffer,
            value,
        }
    }

    pub(in super::super) fn content_hash(&self) -> Option<blake3::Hash> {
        self.xml.content_hash()
    }

    /// Reads the next row and its anomalies. Returns its number, or `None` at the end.
    pub(in super::super) fn read_row(
        &mut self,
        record: &mut RowCells,
        findings: &mut RowFindings,
    ) -> Result<Option<u64>, TableError> {
        record.clear();
        *findings = RowFindings::default();
        if self.waiting.is_none() {
            let mut row = RowCells::default();
            let Some(number) = self.parse_row(&mut row)? else { return Ok(None) };
            if number == self.given + 1 || self.given == 0 {
                *record = row;
                *findings = std::mem::take(&mut self.findings);
                self.given = number;
                return Ok(Some(number));
            }
            self.waiting = Some((row, number));
        }
        self.given += 1;
        self.count_cells(1)?;
        if let Some((row, _)) = self.waiting.take_if(|(_, number)| *number == self.given) {
            *record = row;
            *findings = std::mem::take(&mut self.findings);
        }
        Ok(Some(self.given))
    }

    fn count_cells(&mut self, cells: usize) -> Result<(), TableError> {
        self.cells += cells as u64;
        if self.cells > CELLS { Err(TableError::Refused(Limit::Cells)) } else { Ok(()) }
    }

    /// Parses the next row that holds a value.
    fn parse_row(&mut self, record: &mut RowCells) -> Result<Option<u64>, TableError> {
        let mut buffer = std::mem::take(&mut self.buffer);
        while !self.ended {
            self.take_usual_cells(record)?;
            match self.xml.next(&mut buffer)? {
                XmlEvent::Start(start) => match start.local_name().as_ref() {
                    "row" => self.begin_row(&start)?,
                    "c" => {
                        let head = self.read_cell_head(&start)?;
                        self.read_cell(&head, record, &mut buffer)?;
                    }
                    _ => {}
                },
                XmlEvent::Empty(start) => match start.local_name().as_ref() {
                    "row" => self.begin_row(&start)?,
                    "c" => {
                        let head = self.read_cell_head(&start)?;
                        self.pass_column(head.column)?;
                    }
                    _ => {}
                },
                XmlEvent::End(end) => match end.local_name().as_ref() {
                    // A row that only has formulas without results counts too.
                    "row" if !record.is_blank() || !self.findings.uncalculated.is_empty() => {
                        self.buffer = buffer;
                        return Ok(Some(self.seen));
                    }
                    "row" => record.clear(),
                    "sheetData" => self.ended = true,
                    _ => {}
                },
                XmlEvent::Eof => self.ended = true,
                XmlEvent::Text(_) | XmlEvent::Sign(_) | XmlEvent::Nothing => {}
            }
        }
        self.buffer = buffer;
        self.xml.finish()?;
        Ok(None)
    }

    /// Parses the following cells that are in the usual form.
    fn take_usual_cells(&mut self, record: &mut RowCells) -> Result<(), TableError> {
        while let Some(cell) = usual::parse_cell(self.xml.available_bytes()?) {
            let mut head =
                CellHead { column: self.column, kind: parse_kind(cell.kind), format: NumberFormat::Number };
            if !cell.name.is_empty() {
                head.column = column_index(cell.name).ok_or_else(|| misplaced_cell(cell.name))?;
            }
            head.format = style_format(&self.formats, cell.style);
            let mut value = std::mem::take(&mut self.value);
            value.clear();
            value.push_str(cell.value);
            let length = cell.length;
            self.pass_column(head.column)?;
            self.xml.skip_bytes(length);
            if !value.is_empty() {
                self.put_value(&head, &value, record)?;
            }
            self.value = value;
        }
        Ok(())
    }

    fn begin_row(&mut self, start: &BytesStart<'_>) -> Result<(), TableError> {
        let told = attribute_value(start, "r").map(|text| text.parse::<u64>().ok());
        let number = told.unwrap_or(Some(self.seen + 1)).unwrap_or(0);
        if number <= self.seen || number > ROWS {
            return Err(TableError::Damaged(format!("row {number} after row {}", self.seen)));
        }
        self.seen = number;
        self.column = 0;
        let is_hidden = attribute_value(start, "hidden").is_some_and(|value| value == "1" || value == "true");
        self.findings = RowFindings { is_hidden, ..RowFindings::default() };
        Ok(())
    }

    /// Moves on to the column after this one. No spreadsheet program has more than [`WIDTH`], and a row of
    /// millions of empty cells is not read to its end.
    fn pass_column(&mut self, column: usize) -> Result<(), TableError> {
        self.column = column + 1;
        if self.column > WIDTH { Err(TableError::Columns { found: self.column }) } else { Ok(()) }
    }

    fn read_cell_head(&self, start: &BytesStart<'_>) -> Result<CellHead, TableError> {
        let mut head =
            CellHead { column: self.column, kind: ValueKind::Number, format: NumberFormat::Number };
        for attribute in start.attributes().with_checks(false).filter_map(Result::ok) {
            match attribute.key.as_ref() {
                "r" => {
                    head.column =
                        column_index(&attribute.value).ok_or_else(|| misplaced_cell(&attribute.value))?;
                }
                "t" => head.kind = parse_kind(&attribute.value),
                "s" => head.format = style_format(&self.formats, &attribute.value),
                _ => {}
            }
        }
        Ok(head)
    }

    /// Reads a cell to its end, and adds its value to the record.
    fn read_cell(
        &mut self,
        head: &CellHead,
        record: &mut RowCells,
        buffer: &mut Vec<u8>,
    ) -> Result<(), TableError> {
        self.pass_column(head.column)?;
        let mut value = std::mem::take(&mut self.value);
        value.clear();
        let mut shown = false;
        let mut phonetic = 0_u32;
        let mut has_formula = false;
        let mut has_value = false;
        let wanted = if head.kind == ValueKind::Inline { "t" } else { "v" };
        loop {
            match self.xml.next(buffer)? {
                XmlEvent::Start(start) => match start.local_name().as_ref() {
                    "rPh" => phonetic += 1,
                    name => {
                        has_formula |= name == "f";
                        has_value |= name == wanted;
                        shown = name == wanted && phonetic == 0;
                    }
                },
                XmlEvent::Empty(start) => {
                    has_formula |= start.local_name().as_ref() == "f";
                    has_value |= start.local_name().as_ref() == wanted;
                }
                XmlEvent::End(end) => match end.local_name().as_ref() {
                    "c" => break,
                    "rPh" => phonetic = phonetic.saturating_sub(1),
                    _ => shown = false,
                },
                XmlEvent::Text(text) if shown => value.push_str(&text),
                XmlEvent::Sign(sign) if shown => value.push(sign),
                XmlEvent::Eof => return Err(TableError::Damaged("the sheet ends inside a cell".to_owned())),
                XmlEvent::Text(_) | XmlEvent::Sign(_) | XmlEvent::Nothing => {}
            }
            if value.len() > FIELD {
                return Err(TableError::Long { line: self.seen });
            }
        }
        if !value.is_empty() {
            self.put_value(head, &value, record)?;
        } else if has_formula && !(has_value && head.kind == ValueKind::Text) {
            // A formula may result in an empty text, which is stated by the cell's type.
            self.findings.uncalculated.push(head.column);
        }
        self.value = value;
        Ok(())
    }

    fn put_value(&mut self, head: &CellHead, value: &str, record: &mut RowCells) -> Result<(), TableError> {
        if head.column < record.len() {
            return Err(TableError::Damaged(format!("row {}: cells out of order", self.seen)));
        }
        if head.column >= COLUMNS {
            return Err(TableError::Columns { found: head.column + 1 });
        }
        self.count_cells(head.column + 1 - record.len())?;
        record.fill_to(head.column);
        match head.kind {
            ValueKind::Shared => {
                let number: Option<usize> = value.trim().parse().ok();
                if !number.map_or(Ok(false), |number| self.strings.append_to(number, record))? {
                    return Err(TableError::Damaged(format!("row {}: a text is missing", self.seen)));
                }
            }
            ValueKind::Bool => record.push(if value.trim() == "1" { "TRUE" } else { "FALSE" }),
            ValueKind::Error => {
                self.findings.errors.push(head.column);
                record.push(value);
            }
            ValueKind::Text | ValueKind::Inline => record.push(&unescape_codes(value)),
            ValueKind::Number => self.push_number(head.format, value.trim(), record),
        }
        Ok(())
    }

    fn push_number(&self, format: NumberFormat, value: &str, record: &mut RowCells) {
        // Whole numbers and short fractions are already in the form shown.
        let plain =
            value.len() <= 15 && value.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        if format == NumberFormat::Number && plain {
            return record.push(value);
        }
        let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
        let text = number.map(|number| {
            format_iso(number, format, self.is_1904).unwrap_or_else(|| format_shortest(number))
        });
        // A value that is no number after all is kept as it is.
        record.push(text.as_deref().unwrap_or(value));
    }
}

/// Parses the type of a value.
fn parse_kind(word: &str) -> ValueKind {
    match word {
        "s" => ValueKind::Shared,
        "b" => ValueKind::Bool,
        "inlineStr" => ValueKind::Inline,
        "str" | "d" => ValueKind::Text,
        "e" => ValueKind::Error,
        _ => ValueKind::Number,
    }
}

/// Returns the number format of a style.
fn style_format(formats: &[NumberFormat], style: &str) -> NumberFormat {
    style.parse::<usize>().ok().and_then(|style| formats.get(style)).copied().unwrap_or_default()
}

fn misplaced_cell(name: &str) -> TableError {
    TableError::Damaged(format!("no cell is called {}", name.get(..20).unwrap_or(name)))
}

/// Parses the column index from a cell reference, such as 27 from `AB3`.
fn column_index(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let mut count = 0;
    for letter in letters {
        count = count * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        if count > WIDTH {
            return None;
        }
    }
    count.checked_sub(1)
}
