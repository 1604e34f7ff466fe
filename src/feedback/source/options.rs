//! What a person says about a file, and what was detected where nothing was said.

use super::encoding::Encoding;
use super::tool::Tool;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The most header rows a table can have.
pub const HEADER_ROWS: u8 = 3;

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
}

/// The character between cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All, in the order in which people are offered them.
    pub const ALL: &'static [Self] = &[Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The byte.
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        }
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No delimiter has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of , ; | tab (comma, semicolon, pipe, tab)")]
pub struct UnknownDelimiter(String);

impl FromStr for Delimiter {
    type Err = UnknownDelimiter;

    /// Reads the character itself, its name, or `\t`.
    fn from_str(text: &str) -> Result<Self, UnknownDelimiter> {
        let is = |known: &&Self| known.name() == text || text.bytes().eq([known.byte()]);
        let escaped = (text == "\\t").then_some(Self::Tab);
        let known = Self::ALL.iter().find(is).copied().or(escaped);
        known.ok_or_else(|| UnknownDelimiter(text.to_owned()))
    }
}
