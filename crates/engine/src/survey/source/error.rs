//! Errors of reading a table.

use super::encoding::Encoding;
use super::known_format::KnownFormat;
use super::{COLUMNS, FIELD};
use std::io;

/// An error of reading a table. Its own words are for logs; people are told by the messages of `i18n`.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file can't be opened or read.
    #[error("the file can't be read: {0}")]
    Io(#[from] io::Error),
    /// The path is not a regular file.
    #[error("this is not a file")]
    NotAFile,
    /// The file has no content.
    #[error("the file is empty")]
    Empty,
    /// There is a header without rows below it.
    #[error("the file has column names but no rows")]
    NoRows,
    /// The file is neither text nor a workbook.
    #[error("this is neither a table of text nor a workbook")]
    NotATable,
    /// The file has a known but unsupported format.
    #[error("this is no table but {0:?}")]
    Foreign(KnownFormat),
    /// The archive holds several tables.
    #[error("several tables in the archive: {}", names.join(", "))]
    SeveralTables {
        /// The names of their files.
        names: Vec<String>,
    },
    /// The archive holds no table.
    #[error("no table in the archive but {}", names.join(", "))]
    NoTableInArchive {
        /// The names of the files it holds.
        names: Vec<String>,
    },
    /// A file in the archive is protected by a password.
    #[error("{name} in the archive is encrypted")]
    EncryptedMember {
        /// The name of the file.
        name: String,
    },
    /// A file in the archive is compressed with an unsupported method.
    #[error("{name} in the archive is packed with a method that is not read")]
    PackedOtherwise {
        /// The name of the file.
        name: String,
    },
    /// The file is truncated.
    #[error("the file ends early")]
    EndsEarly,
    /// The file changed while it was read.
    #[error("the file changed while it was read")]
    Changed,
    /// Bytes that are invalid in the encoding.
    #[error("line {line}, column {column}: bytes that are not {encoding}")]
    Encoding {
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: usize,
        /// The encoding that was detected.
        encoding: Encoding,
    },
    /// There are too many columns.
    #[error("{found} columns, at most {COLUMNS} are read")]
    Columns {
        /// The number of columns.
        found: usize,
    },
    /// A cell or row is too long.
    #[error("line {line}: a cell is longer than {FIELD} bytes")]
    Long {
        /// The line on which the row begins.
        line: u64,
    },
    /// A quote is opened but never closed.
    #[error("line {line}: a quote is not closed")]
    OpenQuote {
        /// The line on which the row begins.
        line: u64,
    },
    /// The workbook has no sheet of this name.
    #[error("no sheet {name} but {}", names.join(", "))]
    NoSheet {
        /// The requested name.
        name: String,
        /// The names of the existing sheets.
        names: Vec<String>,
    },
    /// The workbook contradicts its own format.
    #[error("the workbook is damaged: {0}")]
    Damaged(String),
    /// The workbook exceeds a limit.
    #[error("the workbook was refused: {0:?}")]
    Refused(Limit),
    /// The helper process for old workbooks failed.
    #[error("the workbook can't be read: {0}")]
    Helper(HelperError),
    /// Reading was cancelled.
    #[error("stopped")]
    Cancelled,
}

impl TableError {
    /// Converts the error of a stream, unwrapping the [`TableError`] of an inner stream.
    pub(super) fn from_stream(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Self::EndsEarly;
        }
        error.downcast::<Self>().unwrap_or_else(Self::Io)
    }

    /// True if the file may be readable as text with other options.
    pub fn may_depend_on_options(&self) -> bool {
        matches!(self, Self::Encoding { .. } | Self::OpenQuote { .. } | Self::Long { .. })
    }
}

/// A limit that a workbook exceeded: only malicious files do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The number of parts in the archive.
    Parts,
    /// The number of bytes that its parts unpack to.
    Unpacked,
    /// The number of cells of a sheet.
    Cells,
    /// A document type definition was found, which no spreadsheet program writes.
    Doctype,
    /// The nesting depth of elements.
    Depth,
    /// The number of bytes of one text.
    Text,
}

/// A failure of the helper process for old workbooks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HelperError {
    /// It could not be started.
    #[error("the reading process can't be started: {0}")]
    NotStarted(String),
    /// It failed with this message.
    #[error("{0}")]
    Told(String),
    /// It was ended by the system, for example out of memory.
    #[error("the reading process broke off")]
    Died,
    /// It did not respond in time.
    #[error("the reading process did not answer in time")]
    Late,
}
