//! A journey in the formats of other programs, and back: an outline in Markdown, a mermaid `journey`, a
//! table.
//!
//! Reading creates a new project and never changes another; parts of a file that could not be read are
//! reported line by line ([`Unread`]). Size and number of lines are bounded before anything is read.
//! `docs/manual.md` lists the content that each format can't hold.

mod icons;
mod maker;
mod map;
pub mod mermaid;
pub mod outline;
mod refused;
pub mod table;
mod unread;

pub use refused::ExchangeError;
pub use unread::{Unread, UnreadReason};

use crate::edit::apply_all;
use crate::edit::command::rename_record;
use crate::i18n::Lang;
use crate::id::{IdSource, JourneyId};
use crate::model::Project;
use crate::survey::source;
use std::path::Path;

/// The largest size in bytes of a file that is read as a journey.
pub const MAX_BYTES: u64 = 8 << 20;
/// The most lines of such a file.
pub const MAX_LINES: usize = 50_000;

/// A format in which journeys are exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangeFormat {
    /// An outline in Markdown.
    Outline,
    /// A mermaid `journey`.
    Mermaid,
    /// A table with a row for each touchpoint.
    Table,
}

impl ExchangeFormat {
    /// All formats, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Outline, Self::Mermaid, Self::Table];

    /// Returns the file extensions of the format, the usual one first.
    pub fn file_extensions(self) -> &'static [&'static str] {
        match self {
            Self::Outline => &["md", "markdown", "txt"],
            Self::Mermaid => &["mmd", "mermaid"],
            Self::Table => &["csv", "tsv"],
        }
    }

    /// Returns the format of a file's extension.
    pub fn from_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|form| form.file_extensions().contains(&ending.as_str()))
    }
}

/// The result of reading a file.
#[derive(Debug)]
pub struct Brought {
    /// The project, with one journey.
    pub project: Project,
    /// The parts of the file that were left out, in the order of its lines.
    pub unread: Vec<Unread>,
}

/// Reads a file as a project; `name` is the journey's title if the file has none.
///
/// # Errors
/// Where nothing of it can be read: too large, not text, or not of this form.
pub fn read_project(
    form: ExchangeFormat,
    bytes: Vec<u8>,
    name: &str,
    lang: Lang,
    source: &mut IdSource,
) -> Result<Brought, ExchangeError> {
    check_limits(&bytes)?;
    let mut brought = match form {
        ExchangeFormat::Outline => outline::read_outline(&decode_text(bytes)?, source)?,
        ExchangeFormat::Mermaid => mermaid::read_project(&decode_text(bytes)?, lang, source)?,
        ExchangeFormat::Table => table::read_table(bytes, lang, source)?,
    };
    let untitled = brought.project.journeys().values().find(|journey| journey.info().title.is_empty());
    if let Some(id) = untitled.map(|journey| journey.info().id) {
        let transaction = rename_record(&brought.project, id.into(), name);
        let applied = apply_all(&mut brought.project, &transaction);
        debug_assert!(applied.is_ok(), "a journey takes a title");
    }
    brought.unread.sort_by_key(|unread| unread.line);
    Ok(brought)
}

/// Writes a journey; `None` if the project has no journey of this id.
///
/// # Errors
/// Where what would be written is larger than [`read_project`] takes.
pub fn write_journey(
    form: ExchangeFormat,
    project: &Project,
    journey: JourneyId,
    lang: Lang,
) -> Result<Option<Vec<u8>>, ExchangeError> {
    let Some(journey) = project.journey(journey) else { return Ok(None) };
    let bytes = match form {
        ExchangeFormat::Outline => outline::write_outline(project, journey, lang).into_bytes(),
        ExchangeFormat::Mermaid => mermaid::write_diagram(project, journey, lang).into_bytes(),
        ExchangeFormat::Table => table::write_table(project, journey, lang),
    };
    check_limits(&bytes)?;
    Ok(Some(bytes))
}

fn check_limits(bytes: &[u8]) -> Result<(), ExchangeError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ExchangeError::TooLarge { bytes: bytes.len() as u64 });
    }
    let lines = memchr::memchr_iter(b'\n', bytes).count();
    if lines > MAX_LINES { Err(ExchangeError::TooManyLines { lines }) } else { Ok(()) }
}

fn decode_text(bytes: Vec<u8>) -> Result<String, ExchangeError> {
    // No text contains a zero byte; pictures and programs do.
    source::decode_text(bytes).filter(|text| !text.contains('\0')).ok_or(ExchangeError::NotText)
}
