//! Read options that a person sets for a file, and the dialect detected otherwise.

use super::encoding::Encoding;
use super::tool::Tool;
use super::uneven::UnevenRows;
use super::warning::FileWarning;
use crate::model::Recipe;
pub use crate::model::choice::Delimiter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most header rows a table can have.
pub const HEADER_ROWS: u8 = 3;

impl Dialect {
    /// Returns the dialect of a text that could not be read with these options.
    pub fn from_options(options: &Options) -> Self {
        Self {
            encoding: Some(options.encoding.unwrap_or(Encoding::UTF_8)),
            delimiter: Some(options.delimiter.unwrap_or(Delimiter::Comma)),
            decimal_comma: options.decimal_comma.unwrap_or_default(),
            header_rows: options.header_rows.unwrap_or(1),
            ..Self::default()
        }
    }
}

/// A file of answers with its read options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// Options that are set; the others are detected.
    pub options: Options,
    /// The program that reads old workbooks in a separate process; `None` for the running one.
    pub helper: Option<PathBuf>,
}

impl Input {
    /// Creates an input without options.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self { path: path.as_ref().to_owned(), options: Options::default(), helper: None }
    }

    /// Creates an input with options.
    pub fn with_options(path: impl AsRef<Path>, options: Options) -> Self {
        Self { options, ..Self::new(path) }
    }

    /// Returns the file's name without folders, as batches and messages show it.
    pub fn file_name(&self) -> String {
        super::file_name(&self.path)
    }

    /// Returns the file's length in bytes; `None` if there is no such file.
    pub(in crate::survey) fn file_size(&self) -> Option<u64> {
        std::fs::metadata(&self.path).ok().map(|meta| meta.len())
    }
}

impl<P: AsRef<Path>> From<P> for Input {
    fn from(path: P) -> Self {
        Self::new(path)
    }
}

impl From<&Input> for Input {
    fn from(input: &Input) -> Self {
        input.clone()
    }
}

/// Options for reading a file. Those that are `None` are detected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The encoding of its text.
    pub encoding: Option<Encoding>,
    /// The character between cells.
    pub delimiter: Option<Delimiter>,
    /// True if `3,5` is a number.
    pub decimal_comma: Option<bool>,
    /// The number of header rows, 0 to [`HEADER_ROWS`].
    pub header_rows: Option<u8>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The rule for rows of uneven length that are whole: detected in each file, never stored in a mapping.
    pub uneven: Option<Arc<UnevenRows>>,
}

impl Options {
    /// Reads the options of a saved mapping.
    ///
    /// # Errors
    /// The name of an unknown encoding.
    pub fn from_recipe(recipe: &Recipe) -> Result<Self, String> {
        let encoding = recipe.encoding.as_ref();
        Ok(Self {
            encoding: encoding.map(|name| name.parse().map_err(|_unknown| name.clone())).transpose()?,
            delimiter: recipe.delimiter,
            decimal_comma: recipe.decimal_comma,
            header_rows: recipe.header_rows,
            sheet: recipe.sheet.clone(),
            uneven: None,
        })
    }

    /// Stores these options in a mapping, replacing its own.
    pub fn store_in(&self, recipe: &mut Recipe) {
        recipe.encoding = self.encoding.map(|encoding| encoding.to_string().to_lowercase());
        recipe.delimiter = self.delimiter;
        recipe.decimal_comma = self.decimal_comma;
        recipe.header_rows = self.header_rows;
        recipe.sheet.clone_from(&self.sheet);
    }

    /// Returns these options, with those not set taken from `others`.
    #[must_use]
    pub fn merged_with(self, others: Self) -> Self {
        Self {
            encoding: self.encoding.or(others.encoding),
            delimiter: self.delimiter.or(others.delimiter),
            decimal_comma: self.decimal_comma.or(others.decimal_comma),
            header_rows: self.header_rows.or(others.header_rows),
            sheet: self.sheet.or(others.sheet),
            uneven: self.uneven.or(others.uneven),
        }
    }
}

/// The dialect in which a file is read: options set and detected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    /// The encoding of its text; `None` in a workbook.
    pub encoding: Option<Encoding>,
    /// The character between cells; `None` in a workbook.
    pub delimiter: Option<Delimiter>,
    /// True if `3,5` is a number.
    pub decimal_comma: bool,
    /// The number of header rows.
    pub header_rows: u8,
    /// The survey tool that wrote it, recognised by its marks.
    pub tool: Option<Tool>,
    /// The sheet that is read; `None` in a table of text.
    pub sheet: Option<String>,
    /// The names of all sheets.
    pub sheets: Vec<String>,
    /// Warnings about the file, as far as it was read.
    pub file_warnings: Vec<FileWarning>,
    /// The name of the file in its archive, if it is in one.
    pub member: Option<String>,
}

impl Delimiter {
    /// The delimiter as a byte.
    pub fn to_byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// Parses the character itself, its name, or `\t`.
    ///
    /// # Errors
    /// If it is none of these.
    pub fn from_typed(text: &str) -> Result<Self, UnknownDelimiter> {
        let is = |known: &&Self| known.name() == text || text.bytes().eq([known.to_byte()]);
        let escaped = (text == "\\t").then_some(Self::Tab);
        let known = Self::ALL.iter().find(is).copied().or(escaped);
        known.ok_or_else(|| UnknownDelimiter(text.to_owned()))
    }
}

/// The text names no delimiter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of , ; | tab (comma, semicolon, pipe, tab)")]
pub struct UnknownDelimiter(String);
