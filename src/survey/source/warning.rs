//! What a person should know about a file that was read all the same.

use super::encoding::Encoding;

/// What a person should know about a file that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileWarning {
    /// Formulas whose results the file does not hold; their cells are blank.
    Uncalculated {
        /// The names of the columns, and how many cells each has.
        columns: Vec<(String, u64)>,
    },
    /// Cells that show an error such as `#N/A`.
    ErrorCells {
        /// The names of the columns, and how many cells each has.
        columns: Vec<(String, u64)>,
    },
    /// Rows that are hidden by a filter or by hand; they are read.
    HiddenRows {
        /// How many rows.
        rows: u64,
    },
    /// A second table below the first; it is not read.
    SecondTable {
        /// Its first row.
        row: u64,
        /// The names of its columns.
        names: Vec<String>,
    },
    /// Cells beside the table, parted from it by a blank column; they are not read.
    SideTable {
        /// Their first column, from 1.
        column: usize,
        /// The texts of their first row.
        names: Vec<String>,
    },
    /// Notes below the table; they are not read.
    Notes {
        /// Their first row.
        row: u64,
        /// The first of them.
        text: String,
    },
    /// Rows with fewer or more cells than the header that were read as whole: what differs is in the last columns of text.
    UnevenRows {
        /// How many rows.
        rows: u64,
    },
    /// Lines in another encoding than the rest; each is read in its own.
    MixedEncodings {
        /// The first such line.
        line: u64,
        /// How many there are.
        lines: u64,
        /// Their encoding.
        encoding: Encoding,
    },
    /// Texts that were read in a wrong encoding and saved again, such as `Ã¼`.
    Garbled {
        /// The first line with one.
        line: u64,
        /// The word it stands in.
        example: String,
    },
}
