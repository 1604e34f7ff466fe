//! What a person says about a file, and what was detected where nothing was said.

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
    /// How a text was said to be read that could not be read so.
    pub fn said(options: &Options) -> Self {
        Self {
            encoding: Some(options.encoding.unwrap_or(Encoding::UTF_8)),
            delimiter: Some(options.delimiter.unwrap_or(Delimiter::Comma)),
            decimal_comma: options.decimal_comma.unwrap_or_default(),
            header_rows: options.header_rows.unwrap_or(1),
            ..Self::default()
        }
    }
}

/// A file of answers, and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// What was said; what was not is detected.
    pub options: Options,
    /// The program that reads old workbooks in a process of its own; none is the running one.
    pub helper: Option<PathBuf>,
}

impl Input {
    /// A file about which nothing was said.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self { path: path.as_ref().to_owned(), options: Options::default(), helper: None }
    }

    /// A file about which this was said.
    pub fn with(path: impl AsRef<Path>, options: Options) -> Self {
        Self { options, ..Self::new(path) }
    }

    /// The file's name without folders, as batches and messages show it.
    pub fn file_name(&self) -> String {
        super::file_name(&self.path)
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

/// How a file shall be read. What is left out is detected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The encoding of its text.
    pub encoding: Option<Encoding>,
    /// The character between cells.
    pub delimiter: Option<Delimiter>,
    /// Whether `3,5` is a number.
    pub decimal_comma: Option<bool>,
    /// The rows that hold names of columns, 0 to [`HEADER_ROWS`].
    pub header_rows: Option<u8>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Which rows with another number of cells than the header are whole: found anew in each file, kept in no mapping.
    pub uneven: Option<Arc<UnevenRows>>,
}

impl Options {
    /// What a saved mapping says.
    ///
    /// # Errors
    /// The name of an encoding that is not known.
    pub fn of(recipe: &Recipe) -> Result<Self, String> {
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

    /// Lets a saved mapping say this, and nothing else.
    pub fn put(&self, recipe: &mut Recipe) {
        recipe.encoding = self.encoding.map(|encoding| encoding.to_string().to_lowercase());
        recipe.delimiter = self.delimiter;
        recipe.decimal_comma = self.decimal_comma;
        recipe.header_rows = self.header_rows;
        recipe.sheet.clone_from(&self.sheet);
    }

    /// What is said here, and the rest as the others say.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
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

/// How a file is read: what was said, and what was detected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    /// The encoding of its text; none in a workbook.
    pub encoding: Option<Encoding>,
    /// The character between cells; none in a workbook.
    pub delimiter: Option<Delimiter>,
    /// Whether `3,5` is a number.
    pub decimal_comma: bool,
    /// The rows that hold names of columns.
    pub header_rows: u8,
    /// The survey tool that wrote it, known by its marks.
    pub tool: Option<Tool>,
    /// The sheet that is read; none in a table of text.
    pub sheet: Option<String>,
    /// The names of all sheets.
    pub sheets: Vec<String>,
    /// What a person should know about the file, as far as it was read.
    pub file_warnings: Vec<FileWarning>,
    /// The file that is read, where it lies in an archive.
    pub member: Option<String>,
}

impl Delimiter {
    /// The byte.
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// Reads the character itself, its name, or `\t`.
    ///
    /// # Errors
    /// Where it is none of these.
    pub fn typed(text: &str) -> Result<Self, UnknownDelimiter> {
        let is = |known: &&Self| known.name() == text || text.bytes().eq([known.byte()]);
        let escaped = (text == "\\t").then_some(Self::Tab);
        let known = Self::ALL.iter().find(is).copied().or(escaped);
        known.ok_or_else(|| UnknownDelimiter(text.to_owned()))
    }
}

/// No delimiter has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of , ; | tab (comma, semicolon, pipe, tab)")]
pub struct UnknownDelimiter(String);
