//! The rows of a sheet, one after the other.
//!
//! A row or cell that the sheet leaves out is blank; rows below the last value are none. A cell far out costs
//! nothing but its row: columns and cells are bounded, and nothing is made ready for what might stand between.

use super::super::error::{Limit, ReadError};
use super::super::first_table::RowFindings;
use super::super::record::Record;
use super::super::{COLUMNS, FIELD};
use super::serial::{iso, shortest};
use super::strings::{Strings, unescaped};
use super::styles::Format;
use super::usual;
use super::xml::{Next, Xml, attribute};
use quick_xml::events::BytesStart;

/// Rows and columns that a sheet can have.
const ROWS: u64 = 1_048_576;
const WIDTH: usize = 16_384;
/// The most cells, those left out before a value included.
const CELLS: u64 = 100_000_000;

/// A sheet being read.
pub(in super::super) struct Sheet {
    xml: Xml,
    strings: Strings,
    formats: Vec<Format>,
    is_1904: bool,
    /// The row given last, and the number of the row seen last.
    given: u64,
    seen: u64,
    /// A row that waits for the blank ones before it.
    waiting: Option<(Record, u64)>,
    /// What is odd about the cells of the row read last.
    findings: RowFindings,
    cells: u64,
    /// The column of the next cell, where it does not say its own.
    column: usize,
    ended: bool,
    buffer: Vec<u8>,
    value: String,
}

/// What a cell says about its value.
struct CellHead {
    column: usize,
    kind: Kind,
    format: Format,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Bool,
    /// As it stands: results of formulas, dates in ISO 8601.
    Text,
    /// An error such as `#N/A`.
    Error,
    /// In the cell itself, perhaps in pieces.
    Inline,
}

impl Sheet {
    pub(super) fn new(xml: Xml, strings: Strings, formats: Vec<Format>, is_1904: bool) -> Self {
        let (buffer, value) = (Vec::new(), String::new());
        let (given, seen, cells) = (0, 0, 0);
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

    pub(in super::super) fn hash(&self) -> Option<blake3::Hash> {
        self.xml.hash()
    }

    /// Reads the next row and what is odd about its cells: its number, or nothing at the end.
    pub(in super::super) fn read(
        &mut self,
        record: &mut Record,
        findings: &mut RowFindings,
    ) -> Result<Option<u64>, ReadError> {
        record.clear();
        *findings = RowFindings::default();
        if self.waiting.is_none() {
            let mut row = Record::default();
            let Some(number) = self.row(&mut row)? else { return Ok(None) };
            if number == self.given + 1 || self.given == 0 {
                *record = row;
                *findings = std::mem::take(&mut self.findings);
                self.given = number;
                return Ok(Some(number));
            }
            self.waiting = Some((row, number));
        }
        self.given += 1;
        self.count(1)?;
        if let Some((row, _)) = self.waiting.take_if(|(_, number)| *number == self.given) {
            *record = row;
            *findings = std::mem::take(&mut self.findings);
        }
        Ok(Some(self.given))
    }

    fn count(&mut self, cells: usize) -> Result<(), ReadError> {
        self.cells += cells as u64;
        if self.cells > CELLS { Err(ReadError::Refused(Limit::Cells)) } else { Ok(()) }
    }

    /// The next row that holds a value.
    fn row(&mut self, record: &mut Record) -> Result<Option<u64>, ReadError> {
        let mut buffer = std::mem::take(&mut self.buffer);
        while !self.ended {
            self.usual_cells(record)?;
            match self.xml.next(&mut buffer)? {
                Next::Start(start) => match start.local_name().as_ref() {
                    "row" => self.begin_row(&start)?,
                    "c" => {
                        let head = self.head(&start)?;
                        self.cell(&head, record, &mut buffer)?;
                    }
                    _ => {}
                },
                Next::Empty(start) => match start.local_name().as_ref() {
                    "row" => self.begin_row(&start)?,
                    "c" => self.column = self.head(&start)?.column + 1,
                    _ => {}
                },
                Next::End(end) => match end.local_name().as_ref() {
                    // A row of formulas without results is one all the same.
                    "row" if !record.is_blank() || !self.findings.uncalculated.is_empty() => {
                        self.buffer = buffer;
                        return Ok(Some(self.seen));
                    }
                    "row" => record.clear(),
                    "sheetData" => self.ended = true,
                    _ => {}
                },
                Next::Eof => self.ended = true,
                Next::Text(_) | Next::Sign(_) | Next::Nothing => {}
            }
        }
        self.buffer = buffer;
        self.xml.finish()?;
        Ok(None)
    }

    /// Takes the cells that have the usual form.
    fn usual_cells(&mut self, record: &mut Record) -> Result<(), ReadError> {
        while let Some(cell) = usual::cell(self.xml.ready()?) {
            let mut head = CellHead { column: self.column, kind: kind(cell.kind), format: Format::Number };
            if !cell.name.is_empty() {
                head.column = column(cell.name).ok_or_else(|| misplaced(cell.name))?;
            }
            head.format = format(&self.formats, cell.style);
            let mut value = std::mem::take(&mut self.value);
            value.clear();
            value.push_str(cell.value);
            let length = cell.length;
            self.column = head.column + 1;
            self.xml.pass(length);
            if !value.is_empty() {
                self.put(&head, &value, record)?;
            }
            self.value = value;
        }
        Ok(())
    }

    fn begin_row(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        let told = attribute(start, "r").map(|text| text.parse::<u64>().ok());
        let number = told.unwrap_or(Some(self.seen + 1)).unwrap_or(0);
        if number <= self.seen || number > ROWS {
            return Err(ReadError::Damaged(format!("row {number} after row {}", self.seen)));
        }
        self.seen = number;
        self.column = 0;
        let is_hidden = attribute(start, "hidden").is_some_and(|value| value == "1" || value == "true");
        self.findings = RowFindings { is_hidden, ..RowFindings::default() };
        Ok(())
    }

    fn head(&self, start: &BytesStart<'_>) -> Result<CellHead, ReadError> {
        let mut head = CellHead { column: self.column, kind: Kind::Number, format: Format::Number };
        for attribute in start.attributes().with_checks(false).filter_map(Result::ok) {
            match attribute.key.as_ref() {
                "r" => head.column = column(&attribute.value).ok_or_else(|| misplaced(&attribute.value))?,
                "t" => head.kind = kind(&attribute.value),
                "s" => head.format = format(&self.formats, &attribute.value),
                _ => {}
            }
        }
        Ok(head)
    }

    /// Reads a cell to its end, and puts its value into the record.
    fn cell(&mut self, head: &CellHead, record: &mut Record, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
        self.column = head.column + 1;
        let mut value = std::mem::take(&mut self.value);
        value.clear();
        let (mut shown, mut phonetic) = (false, 0_u32);
        let (mut has_formula, mut has_value) = (false, false);
        let wanted = if head.kind == Kind::Inline { "t" } else { "v" };
        loop {
            match self.xml.next(buffer)? {
                Next::Start(start) => match start.local_name().as_ref() {
                    "rPh" => phonetic += 1,
                    name => {
                        has_formula |= name == "f";
                        has_value |= name == wanted;
                        shown = name == wanted && phonetic == 0;
                    }
                },
                Next::Empty(start) => {
                    has_formula |= start.local_name().as_ref() == "f";
                    has_value |= start.local_name().as_ref() == wanted;
                }
                Next::End(end) => match end.local_name().as_ref() {
                    "c" => break,
                    "rPh" => phonetic = phonetic.saturating_sub(1),
                    _ => shown = false,
                },
                Next::Text(text) if shown => value.push_str(&text),
                Next::Sign(sign) if shown => value.push(sign),
                Next::Eof => return Err(ReadError::Damaged("the sheet ends inside a cell".to_owned())),
                Next::Text(_) | Next::Sign(_) | Next::Nothing => {}
            }
            if value.len() > FIELD {
                return Err(ReadError::Long { line: self.seen });
            }
        }
        if !value.is_empty() {
            self.put(head, &value, record)?;
        } else if has_formula && !(has_value && head.kind == Kind::Text) {
            // The result of a formula may be an empty text; then it is written as one.
            self.findings.uncalculated.push(head.column);
        }
        self.value = value;
        Ok(())
    }

    fn put(&mut self, head: &CellHead, value: &str, record: &mut Record) -> Result<(), ReadError> {
        if head.column < record.len() {
            return Err(ReadError::Damaged(format!("row {}: cells out of order", self.seen)));
        }
        if head.column >= COLUMNS {
            return Err(ReadError::Columns { found: head.column + 1 });
        }
        self.count(head.column + 1 - record.len())?;
        record.fill(head.column);
        match head.kind {
            Kind::Shared => {
                let number: Option<usize> = value.trim().parse().ok();
                if !number.map_or(Ok(false), |number| self.strings.put(number, record))? {
                    return Err(ReadError::Damaged(format!("row {}: a text is missing", self.seen)));
                }
            }
            Kind::Bool => record.push(if value.trim() == "1" { "TRUE" } else { "FALSE" }),
            Kind::Error => {
                self.findings.errors.push(head.column);
                record.push(value);
            }
            Kind::Text | Kind::Inline => record.push(&unescaped(value)),
            Kind::Number => self.number(head.format, value.trim(), record),
        }
        Ok(())
    }

    fn number(&self, format: Format, value: &str, record: &mut Record) {
        // Whole numbers and short fractions stand as they are shown.
        let plain =
            value.len() <= 15 && value.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        if format == Format::Number && plain {
            return record.push(value);
        }
        let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
        let text = number.map(|number| iso(number, format, self.is_1904).unwrap_or_else(|| shortest(number)));
        // What is no number after all is shown as it stands.
        record.push(text.as_deref().unwrap_or(value));
    }
}

/// How a value is written, by the word for it.
fn kind(word: &str) -> Kind {
    match word {
        "s" => Kind::Shared,
        "b" => Kind::Bool,
        "inlineStr" => Kind::Inline,
        "str" | "d" => Kind::Text,
        "e" => Kind::Error,
        _ => Kind::Number,
    }
}

/// The format of a number.
fn format(formats: &[Format], style: &str) -> Format {
    style.parse::<usize>().ok().and_then(|style| formats.get(style)).copied().unwrap_or_default()
}

fn misplaced(name: &str) -> ReadError {
    ReadError::Damaged(format!("no cell is called {}", name.get(..20).unwrap_or(name)))
}

/// The place of a column from the name of a cell, such as 27 from `AB3`.
fn column(name: &str) -> Option<usize> {
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
