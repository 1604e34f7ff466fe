//! Warnings about a file that was read nevertheless.

use super::encoding::Encoding;

/// A warning about a file that was read nevertheless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileWarning {
    /// Formulas without stored results; their cells are blank.
    Uncalculated {
        /// The names of the columns, and the number of such cells in each.
        columns: Vec<(String, u64)>,
    },
    /// Cells with an error such as `#N/A`.
    ErrorCells {
        /// The names of the columns, and the number of such cells in each.
        columns: Vec<(String, u64)>,
    },
    /// Rows that are hidden by a filter or by hand; they are read.
    HiddenRows {
        /// The number of hidden rows.
        rows: u64,
    },
    /// A second table below the first; it is not read.
    SecondTable {
        /// Its first row.
        row: u64,
        /// The names of its columns.
        names: Vec<String>,
    },
    /// Cells beside the table, separated from it by a blank column; they are not read.
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
    /// Rows with fewer or more cells than the header that were read as complete: only the last text columns
    /// differ.
    UnevenRows {
        /// The number of such rows.
        rows: u64,
    },
    /// Lines in a different encoding than the rest; each is read in its own.
    MixedEncodings {
        /// The number of the first such line.
        line: u64,
        /// The number of such lines.
        lines: u64,
        /// Their encoding.
        encoding: Encoding,
    },
    /// Texts that were read in a wrong encoding and saved again, such as `Ã¼`.
    Garbled {
        /// The number of the first such line.
        line: u64,
        /// The garbled word.
        example: String,
    },
}
