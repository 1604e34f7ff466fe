//! Tables as a stream of rows: the only place in `survey` that opens files.
//!
//! Bytes become rows in steps, each in its own file: a thread reads, unpacks (gzip, the parts of a workbook,
//! the one table of an archive) and decodes them to UTF-8 in blocks; text is split at its delimiter, a sheet
//! at its elements, and a table in markup becomes text first; the first rows show which of them are the
//! header, and where the first table ends. Formats that are no table are rejected by name ([`KnownFormat`]).
//! The detected dialect can be read afterwards ([`Dialect`], with warnings about the file: [`FileWarning`])
//! and set beforehand ([`Options`]). No step holds more than a few blocks and one row, except for the shared
//! strings of a workbook; limits are defined at the top of each parser.
//!
//! Several threads can read one table: it is cut into chunks of whole rows, and each thread parses the rows
//! of its chunks.

mod archive;
mod blocks;
mod convert;
mod decode;
mod delimited;
mod encoding;
mod error;
mod first_table;
mod garbled;
mod header;
mod helper;
mod known_format;
mod markup;
mod ods;
mod options;
mod package;
mod progress;
mod record;
mod record_ends;
mod row_queue;
mod side_table;
mod sniff;
mod split;
mod stamp;
mod table;
mod text;
mod tool;
mod uneven;
mod warning;
mod xlsx;

pub use self::convert::{BoundMemory, ConvertError, convert_sheet};
pub use self::decode::decode_text;
pub use self::encoding::{Encoding, UnknownEncoding};
pub use self::error::{HelperError, Limit, TableError};
pub use self::helper::{BROKE_OFF, COMMAND as READ_SHEET};
pub use self::known_format::KnownFormat;
pub use self::options::{Delimiter, Dialect, HEADER_ROWS, Input, Options, UnknownDelimiter};
pub use self::progress::ReadProgress;
pub use self::table::{SurveyTable, TableRow};
pub use self::tool::Tool;
pub use self::uneven::{CellKind, UnevenRows};
pub use self::warning::FileWarning;

pub(in crate::survey) use self::table::chunks::{Chunk, ChunkReader, ChunkedTable, NextChunk};

use self::package::{Content, Package};
use self::table::RowSource;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// The most columns a table may have.
pub const COLUMNS: usize = 4096;
/// The most bytes one cell may hold.
pub const FIELD: usize = 1 << 20;
/// Signature of ZIP archives, workbooks among them.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// Signature of compound files, such as old workbooks.
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Signature of gzip files.
const GZIP: &[u8] = b"\x1f\x8b";

/// Extensions of files that can hold a table.
pub const ENDINGS: &[&str] =
    &["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "html", "htm", "xml", "gz", "zip"];

/// Opens a table in a file.
///
/// # Errors
/// If the file can't be opened or its beginning is not a table.
pub fn open(input: impl Into<Input>, progress: &Arc<ReadProgress>) -> Result<SurveyTable, TableError> {
    let input = &input.into();
    if !std::fs::metadata(&input.path)?.is_file() {
        return Err(TableError::NotAFile);
    }
    let ending = input.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if let Some(format) = KnownFormat::from_extension(ending) {
        return Err(TableError::Foreign(format));
    }
    let mut start = Vec::new();
    File::open(&input.path)?.take(ARCHIVE.len() as u64).read_to_end(&mut start)?;
    if start != ARCHIVE {
        return open_unpacked(input, progress);
    }
    let package = Package::open(&input.path)?;
    match package.detect_content() {
        Content::Other => archive::open(&package, input, progress),
        _ => open_unpacked(input, progress),
    }
}

/// Opens a file without looking for a table inside an archive.
fn open_unpacked(input: &Input, progress: &Arc<ReadProgress>) -> Result<SurveyTable, TableError> {
    let mut file = File::open(&input.path)?;
    let mut start = Vec::new();
    file.by_ref().take(OLD_WORKBOOK.len() as u64).read_to_end(&mut start)?;
    let options = &input.options;
    if start == OLD_WORKBOOK {
        return match KnownFormat::from_compound_file(&mut file) {
            Some(format) => Err(TableError::Foreign(format)),
            None => old_workbook(input, progress),
        };
    }
    if !start.starts_with(ARCHIVE) {
        return text::open(text::ByteSource::from_file(&input.path)?, options, progress);
    }
    let package = Package::open(&input.path)?;
    match package.detect_content() {
        Content::OldWorkbook => old_workbook(input, progress),
        Content::Foreign(format) => Err(TableError::Foreign(format)),
        Content::Other => Err(TableError::NotATable),
        Content::Xlsx => {
            let (sheet, dialect) = xlsx::open(&package, options, progress)?;
            SurveyTable::begin_table(RowSource::Sheet(Box::new(sheet)), dialect, Arc::default(), options)
        }
    }
}

fn old_workbook(input: &Input, progress: &Arc<ReadProgress>) -> Result<SurveyTable, TableError> {
    let (rows, dialect) = helper::open(input, progress)?;
    SurveyTable::begin_table(RowSource::Text(Box::new(rows)), dialect, Arc::default(), &input.options)
}

impl SurveyTable {
    /// Opens a table of text from any source of bytes.
    ///
    /// # Errors
    /// If the beginning is not a table.
    #[allow(clippy::needless_pass_by_value, reason = "a reader keeps its progress")]
    pub fn new(bytes: impl Read + Send + 'static, progress: Arc<ReadProgress>) -> Result<Self, TableError> {
        Self::with_options(bytes, &Options::default(), &progress)
    }

    /// Opens a table of text from any source of bytes, with options.
    ///
    /// # Errors
    /// If the beginning is not a table.
    pub fn with_options(
        bytes: impl Read + Send + 'static,
        options: &Options,
        progress: &Arc<ReadProgress>,
    ) -> Result<Self, TableError> {
        text::open(text::ByteSource::from_bytes(bytes), options, progress)
    }
}

/// Returns a file's name without folders, as batches and messages show it.
pub fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
