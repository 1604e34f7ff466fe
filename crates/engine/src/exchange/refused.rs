//! The reason why a file was not read as a journey.

use super::{MAX_BYTES, MAX_LINES};
use crate::i18n::{Explain, Lang, Msg, format_bytes, format_count};
use crate::survey::source::TableError;

/// The reason why a file was not read as a journey.
#[derive(Debug)]
pub enum ExchangeError {
    /// It is larger than the limit.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
    },
    /// It has more lines than the limit.
    TooManyLines {
        /// Its number of lines.
        lines: usize,
    },
    /// It holds more records than the limit.
    TooMuch,
    /// It is not text.
    NotText,
    /// It holds no mermaid journey.
    NotMermaid {
        /// The number of the first line with content, from 1; `None` if all lines are blank.
        found: Option<(usize, String)>,
    },
    /// No column of the table is a known one.
    NoColumns {
        /// The number of the header's line.
        line: u64,
        /// The names of its columns.
        names: Vec<String>,
    },
    /// It is not a table.
    Table(TableError),
}

impl Explain for ExchangeError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge { bytes: found } => {
                let size = format_bytes(*found);
                let limit = format_bytes(MAX_BYTES);
                Msg::RefusedSize.text_with(lang, &[("size", &size), ("limit", &limit)])
            }
            Self::TooManyLines { lines } => {
                let n = format_count(*lines as u64);
                let limit = format_count(MAX_LINES as u64);
                Msg::RefusedLines.text_with(lang, &[("n", &n), ("limit", &limit)])
            }
            Self::TooMuch => Msg::RefusedTooMuch.text(lang).to_owned(),
            Self::NotText => Msg::RefusedText.text(lang).to_owned(),
            Self::NotMermaid { found: Some((line, found)) } => {
                Msg::RefusedMermaid.text_with(lang, &[("line", line), ("found", found)])
            }
            Self::NotMermaid { found: None } => Msg::RefusedNoMermaid.text(lang).to_owned(),
            Self::NoColumns { line, names } => {
                Msg::RefusedColumns.text_with(lang, &[("line", line), ("names", &names.join(", "))])
            }
            Self::Table(error) => error.explain(lang),
        }
    }
}
