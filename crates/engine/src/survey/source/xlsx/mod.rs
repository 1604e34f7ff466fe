//! Excel workbooks, and those of other programs in this format, read as a stream: only the shared strings are
//! kept.

mod book;
mod serial;
pub(super) mod sheet;
mod strings;
mod styles;
mod usual;
pub(super) mod xml;

use self::book::Book;
use self::sheet::SheetScanner;
use super::error::TableError;
use super::options::{Dialect, Options};
use super::package::Package;
use super::progress::ReadProgress;
use std::cell::Cell;
use std::sync::Arc;

pub(super) use serial::{format_iso, format_shortest};
pub(super) use styles::NumberFormat;

/// Opens a sheet: the named one, or the first visible one that holds rows.
pub(super) fn open(
    package: &Package,
    options: &Options,
    progress: &Arc<ReadProgress>,
) -> Result<(SheetScanner, Dialect), TableError> {
    let book = Book::read(package, progress)?;
    let budget = Cell::new(book::LOOK);
    let holds_rows = |sheet: &book::SheetPart| book::holds_rows(package, sheet, &budget);
    let chosen = book.choose_sheet(options.sheet.as_deref(), holds_rows)?;
    let dialect = Dialect {
        sheet: Some(chosen.name.clone()),
        sheets: book.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        decimal_comma: options.decimal_comma.unwrap_or(false),
        ..Dialect::default()
    };
    let strings = match &book.strings {
        Some(part) => strings::Strings::read(package, part, progress)?,
        None => strings::Strings::default(),
    };
    let formats = match &book.styles {
        Some(part) => styles::read_formats(package, part, progress)?,
        None => Vec::new(),
    };
    let xml = xml::XmlReader::new(package.open_part(&chosen.part, progress, true)?);
    Ok((SheetScanner::new(xml, strings, formats, book.is_1904), dialect))
}
