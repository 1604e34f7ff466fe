//! Why a table can't be read.

use super::encoding::Encoding;
use super::known_format::KnownFormat;
use super::{COLUMNS, FIELD};
use std::io;

/// Why a table can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file can't be opened or read.
    #[error("the file can't be read: {0}")]
    Io(#[from] io::Error),
    /// The path names no regular file.
    #[error("this is not a file")]
    NotAFile,
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// There is a header and nothing below it.
    #[error("the file has column names but no rows")]
    NoRows,
    /// It is neither text nor a workbook.
    #[error("this is neither a table of text nor a workbook")]
    NotATable,
    /// It is a format that is known and not read.
    #[error("this is no table but {0:?}")]
    Foreign(KnownFormat),
    /// The archive holds several tables.
    #[error("the archive holds several tables: {}", names.join(", "))]
    SeveralTables {
        /// The names of their files.
        names: Vec<String>,
    },
    /// The archive holds no table.
    #[error("the archive holds no table: {}", names.join(", "))]
    NoTableInArchive {
        /// The names of the files it holds.
        names: Vec<String>,
    },
    /// A file in the archive opens only with a password.
    #[error("{name} in the archive is encrypted")]
    EncryptedMember {
        /// The name of the file.
        name: String,
    },
    /// A file in the archive is packed in a way that can't be unpacked here.
    #[error("{name} in the archive is packed with a method that is not read")]
    PackedOtherwise {
        /// The name of the file.
        name: String,
    },
    /// The file ends before its content does.
    #[error("the file ends early")]
    EndsEarly,
    /// The file changed while it was read.
    #[error("the file changed while it was read")]
    Changed,
    /// Bytes that the encoding does not have.
    #[error("line {line}, column {column}: bytes that are not {encoding}; name the file's encoding")]
    Encoding {
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: usize,
        /// The encoding that was detected.
        encoding: Encoding,
    },
    /// There are too many columns.
    #[error("the file has {found} columns; {COLUMNS} can be read")]
    Columns {
        /// How many there are.
        found: usize,
    },
    /// A cell or row is too long.
    #[error("line {line}: a cell is longer than {FIELD} bytes; a quote may not be closed there")]
    Long {
        /// The line where the row begins.
        line: u64,
    },
    /// A quote was opened and never closed.
    #[error("line {line}: a quote is opened and not closed, so that whole rows lie inside one cell")]
    OpenQuote {
        /// The line where the row begins.
        line: u64,
    },
    /// The workbook has no sheet of this name.
    #[error("there is no sheet {name}; there are {}", names.join(", "))]
    NoSheet {
        /// The name asked for.
        name: String,
        /// The names there are.
        names: Vec<String>,
    },
    /// The workbook contradicts its own format.
    #[error("the workbook is damaged: {0}")]
    Damaged(String),
    /// The workbook asks for more than is given to one.
    #[error("the workbook was refused: {0:?}")]
    Refused(Limit),
    /// The process that reads old workbooks failed.
    #[error("the workbook can't be read: {0}")]
    Helper(HelperError),
    /// The user stopped it.
    #[error("stopped")]
    Cancelled,
}

impl ReadError {
    /// The error of a stream; that of a stream beneath it stays what it is.
    pub(super) fn from_stream(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Self::EndsEarly;
        }
        error.downcast::<Self>().unwrap_or_else(Self::Io)
    }

    /// Whether the file is text that may be sound when it is read in another way.
    pub fn is_of_dialect(&self) -> bool {
        matches!(self, Self::Encoding { .. } | Self::OpenQuote { .. } | Self::Long { .. })
    }
}

/// A limit that a workbook passed: what only files made to do harm do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Parts in the archive.
    Parts,
    /// Bytes its parts unpack to.
    Unpacked,
    /// Cells of a sheet.
    Cells,
    /// A document type definition, which no spreadsheet program writes.
    Doctype,
    /// Elements inside one another.
    Depth,
    /// Bytes of one text.
    Text,
}

/// How the process that reads old workbooks failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HelperError {
    /// It could not be started.
    #[error("the reading process can't be started: {0}")]
    NotStarted(String),
    /// It said why.
    #[error("{0}")]
    Told(String),
    /// It was ended by the system, as for want of memory.
    #[error("the reading process broke off")]
    Died,
    /// It did not answer in time.
    #[error("the reading process did not answer in time")]
    Late,
}
