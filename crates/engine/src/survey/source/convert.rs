//! The process that reads old workbooks: a sheet to CSV. It may take much memory and may break off, as the
//! format makes it hold the whole sheet; nobody but the import that asked for it notices. Memory is bounded
//! by what is allocated, which is the same on every system and every time.

use super::error::TableError;
use super::helper::{DAMAGED, NO_SHEET, PROTECTED, TOLD, TOO_LARGE};
use super::ods;
use super::xlsx::{NumberFormat, format_iso, format_shortest};
use calamine::{
    Data, ExcelDateTime, ExcelDateTimeType, Ods, Range, Reader, Sheet, SheetVisible, Xls, Xlsb, open_workbook,
};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Bytes that the process may allocate. What a growing list gave back is held for a moment, which may be as
/// much again, and the program itself takes some 20 MiB: 256 MiB in all.
const MEMORY: usize = 112 << 20;
/// The same for a file beyond [`LARGE`]: enough for 65,536 rows of 150 columns.
const MEMORY_OF_LARGE: usize = 512 << 20;
/// From this many bytes on a file is large.
const LARGE: u64 = 10 << 20;

/// Sets how many bytes of memory the process may take; past them an allocation fails and the process breaks
/// off.
pub type BoundMemory = fn(usize);

/// An error of converting a sheet to CSV.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// It can't be read.
    #[error("{0}")]
    Workbook(String),
    /// It is protected by a password.
    #[error("the workbook is protected with a password")]
    Protected,
    /// It contradicts its own format.
    #[error("{0}")]
    Damaged(String),
    /// It unfolds to more cells than any sheet of answers has.
    #[error("the workbook unfolds to too many cells")]
    TooLarge,
    /// There is no such sheet; the names of those there are were written.
    #[error("there is no such sheet")]
    NoSheet,
    /// The output was closed.
    #[error("{0}")]
    Output(#[from] io::Error),
}

impl ConvertError {
    /// The exit status for this error.
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::NoSheet => NO_SHEET,
            Self::Protected => PROTECTED,
            Self::Damaged(_) => DAMAGED,
            Self::TooLarge => TOO_LARGE,
            Self::Workbook(_) | Self::Output(_) => TOLD,
        }
    }
}

/// Writes a sheet as CSV: the names of all sheets; the name of this one and the number of its first row; its
/// rows.
///
/// # Errors
/// Where the workbook can't be read, has no such sheet, or nobody reads what is written.
pub fn convert_sheet(
    path: &Path,
    sheet: Option<&str>,
    out: &mut dyn Write,
    bound: BoundMemory,
) -> Result<(), ConvertError> {
    let mut file = File::open(path)?;
    let memory = if file.metadata()?.len() > LARGE { MEMORY_OF_LARGE } else { MEMORY };
    bound(memory);
    let mut start = [0; 4];
    file.read_exact(&mut start)?;
    if start != *b"PK\x03\x04" {
        write_sheet(open_workbook::<Xls<_>, _>(path).map_err(conversion_error)?, sheet, out)
    } else if super::package::Package::open(path).is_ok_and(|package| package.has_part("xl/workbook.bin")) {
        write_sheet(open_workbook::<Xlsb<_>, _>(path).map_err(conversion_error)?, sheet, out)
    } else {
        ods::check_package(path, memory as u64).map_err(|error| match error {
            TableError::Damaged(_) if ods::is_protected(path) => ConvertError::Protected,
            TableError::Damaged(problem) => ConvertError::Damaged(problem),
            TableError::Refused(_) => ConvertError::TooLarge,
            error => ConvertError::Workbook(error.to_string()),
        })?;
        write_sheet(open_workbook::<Ods<_>, _>(path).map_err(conversion_error)?, sheet, out)
    }
}

fn conversion_error(error: impl std::fmt::Display) -> ConvertError {
    // Each format has an error type of its own for this, and all say it in the same words.
    match error.to_string() {
        problem if problem.contains("password protected") => ConvertError::Protected,
        problem => ConvertError::Workbook(problem),
    }
}

fn write_sheet<R, S>(mut book: R, sheet: Option<&str>, out: &mut dyn Write) -> Result<(), ConvertError>
where
    R: Reader<S, Error: std::fmt::Display>,
    S: Read + io::Seek,
{
    let sheets: Vec<Sheet> = book.sheets_metadata().to_vec();
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let full = |error: csv::Error| ConvertError::Output(io::Error::other(error));
    csv.write_record(sheets.iter().map(|sheet| &sheet.name)).map_err(full)?;
    let name = match sheet {
        Some(name) => sheets.iter().find(|sheet| sheet.name == name).map(|sheet| sheet.name.clone()),
        None => choose_default_sheet(&mut book, &sheets),
    };
    let Some(name) = name else {
        csv.flush()?;
        return Err(ConvertError::NoSheet);
    };
    let range = book.worksheet_range(&name).map_err(conversion_error)?;
    let first = range.start().map_or(1, |(row, _)| u64::from(row) + 1);
    csv.write_record([name.as_str(), &first.to_string()]).map_err(full)?;
    write_rows(&range, |cells| csv.write_record(cells).map_err(full))?;
    Ok(csv.flush()?)
}

/// Returns the first visible sheet with a header and a row below it.
fn choose_default_sheet<R: Reader<S>, S: Read + io::Seek>(book: &mut R, sheets: &[Sheet]) -> Option<String> {
    let names = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| &sheet.name);
    let holds_rows = |name: &&String| book.worksheet_range(name).map_or(true, |range| range.height() > 1);
    let found = names.clone().find(holds_rows);
    found.or(names.clone().next()).or(sheets.first().map(|sheet| &sheet.name)).cloned()
}

fn write_rows(
    range: &Range<Data>,
    mut row: impl FnMut(&[String]) -> Result<(), ConvertError>,
) -> Result<(), ConvertError> {
    let mut cells = Vec::new();
    for values in range.rows() {
        cells.clear();
        cells.extend(values.iter().map(cell_text));
        row(&cells)?;
    }
    Ok(())
}

/// Converts a cell to text; dates to ISO 8601.
fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => format_shortest(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(date) => {
            let days = date.as_f64();
            let kinds = [ExcelDateTimeType::DateTime, ExcelDateTimeType::TimeDelta];
            let is_1904 = kinds.into_iter().any(|kind| *date == ExcelDateTime::new(days, kind, true));
            let format = match (date.is_duration() || days < 1.0, days.fract() == 0.0) {
                (true, _) => NumberFormat::Time,
                (false, true) => NumberFormat::Date,
                (false, false) => NumberFormat::DateTime,
            };
            format_iso(days, format, is_1904).unwrap_or_else(|| format_shortest(days))
        }
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}
