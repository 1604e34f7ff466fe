//! A journey in the forms of other programs, and back: an outline in Markdown, a mermaid `journey`, a table.
//!
//! Reading makes a project of its own and never touches another; what of a file could not be read is named line by
//! line ([`Unread`]). Size and number of lines are bounded before anything is read. What each form cannot say is
//! listed in the README.

mod icons;
mod maker;
mod map;
pub mod mermaid;
pub mod outline;
mod refused;
pub mod table;
mod unread;

pub use refused::Refused;
pub use unread::{Reason, Unread};

use crate::edit::apply_all;
use crate::edit::command::rename;
use crate::i18n::Lang;
use crate::id::{JourneyId, Source};
use crate::model::Project;
use crate::survey::source;
use std::path::Path;

/// The most bytes of a file that is read as a journey.
pub const MAX_BYTES: u64 = 8 << 20;
/// The most lines of it.
pub const MAX_LINES: usize = 50_000;

/// A form in which journeys are exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An outline in Markdown.
    Outline,
    /// A mermaid `journey`.
    Mermaid,
    /// A table, a row for each touchpoint.
    Table,
}

impl Form {
    /// All, in the order in which people are offered them.
    pub const ALL: [Self; 3] = [Self::Outline, Self::Mermaid, Self::Table];

    /// How the names of such files end, the usual ending first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Outline => &["md", "markdown", "txt"],
            Self::Mermaid => &["mmd", "mermaid"],
            Self::Table => &["csv", "tsv"],
        }
    }

    /// The form that a file's ending names.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|form| form.endings().contains(&ending.as_str()))
    }
}

/// What was read from a file.
#[derive(Debug)]
pub struct Brought {
    /// The project, with one journey.
    pub project: Project,
    /// What of the file was left out, in the order of its lines.
    pub unread: Vec<Unread>,
}

/// Reads a file as a project; `name` is the journey's title where the file has none.
///
/// # Errors
/// Where nothing of it can be read: too large, not text, or not of this form.
pub fn read(
    form: Form,
    bytes: Vec<u8>,
    name: &str,
    lang: Lang,
    source: &mut Source,
) -> Result<Brought, Refused> {
    bounded(&bytes)?;
    let mut brought = match form {
        Form::Outline => outline::outline(&text(bytes)?, source)?,
        Form::Mermaid => mermaid::read(&text(bytes)?, lang, source)?,
        Form::Table => table::read(bytes, lang, source)?,
    };
    let untitled = brought.project.journeys().values().find(|journey| journey.info().title.is_empty());
    if let Some(id) = untitled.map(|journey| journey.info().id) {
        let transaction = rename(&brought.project, id.into(), name);
        let applied = apply_all(&mut brought.project, &transaction);
        debug_assert!(applied.is_ok(), "a journey takes a title");
    }
    brought.unread.sort_by_key(|unread| unread.line);
    Ok(brought)
}

/// Writes a journey; nothing where the project has none of this id.
///
/// # Errors
/// Where what would be written is larger than [`read`] takes.
pub fn write(
    form: Form,
    project: &Project,
    journey: JourneyId,
    lang: Lang,
) -> Result<Option<Vec<u8>>, Refused> {
    let Some(journey) = project.journey(journey) else { return Ok(None) };
    let bytes = match form {
        Form::Outline => outline::write(project, journey, lang).into_bytes(),
        Form::Mermaid => mermaid::write(project, journey, lang).into_bytes(),
        Form::Table => table::write(project, journey, lang),
    };
    bounded(&bytes)?;
    Ok(Some(bytes))
}

fn bounded(bytes: &[u8]) -> Result<(), Refused> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refused::TooLarge { bytes: bytes.len() as u64 });
    }
    let lines = memchr::memchr_iter(b'\n', bytes).count();
    if lines > MAX_LINES { Err(Refused::TooManyLines { lines }) } else { Ok(()) }
}

fn text(bytes: Vec<u8>) -> Result<String, Refused> {
    // No text holds a zero byte; pictures and programs do.
    source::text(bytes).filter(|text| !text.contains('\0')).ok_or(Refused::NotText)
}
