//! Why nothing of a file was read as a journey.

use super::{MAX_BYTES, MAX_LINES};
use crate::i18n::{Lang, Msg, bytes, count};
use crate::survey::source::ReadError;

/// Why nothing of a file was read as a journey.
#[derive(Debug)]
pub enum Refused {
    /// It is larger than any outline.
    TooLarge {
        /// How large.
        bytes: u64,
    },
    /// It has more lines than any journey.
    TooManyLines {
        /// How many.
        lines: usize,
    },
    /// It says more than any journey holds.
    TooMuch,
    /// It is not text.
    NotText,
    /// It holds no mermaid journey.
    NotMermaid {
        /// The first line that says something, from 1; none where no line does.
        found: Option<(usize, String)>,
    },
    /// No column of the table is one of a journey's.
    NoColumns {
        /// The line of the header.
        line: u64,
        /// The columns there are.
        names: Vec<String>,
    },
    /// It is not a table.
    Table(ReadError),
}

impl Refused {
    /// What is wrong, and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge { bytes: found } => {
                let (size, limit) = (bytes(*found), bytes(MAX_BYTES));
                Msg::RefusedSize.with(lang, &[("size", &size), ("limit", &limit)])
            }
            Self::TooManyLines { lines } => {
                let (n, limit) = (count(*lines as u64), count(MAX_LINES as u64));
                Msg::RefusedLines.with(lang, &[("n", &n), ("limit", &limit)])
            }
            Self::TooMuch => Msg::RefusedTooMuch.text(lang).to_owned(),
            Self::NotText => Msg::RefusedText.text(lang).to_owned(),
            Self::NotMermaid { found: Some((line, found)) } => {
                Msg::RefusedMermaid.with(lang, &[("line", line), ("found", found)])
            }
            Self::NotMermaid { found: None } => Msg::RefusedNoMermaid.text(lang).to_owned(),
            Self::NoColumns { line, names } => {
                Msg::RefusedColumns.with(lang, &[("line", line), ("names", &names.join(", "))])
            }
            Self::Table(error) => error.message(lang),
        }
    }
}
