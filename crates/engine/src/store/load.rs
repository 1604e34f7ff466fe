//! Converts the bytes of a file to a project, and back; without access to the file system.

use std::str::Utf8Error;

use super::damage::explain_error;
use super::repair::first_marker;
use super::text::{TextPosition, Version, header_version, too_deep};
pub use super::v1::needs_later_format;
use super::v1::{self, ExpectedShape, Unknown, V1Error};
use crate::id::{Id, JourneyId};
use crate::model::{Project, Recipe};

/// The largest project file that can be opened, in bytes.
pub const MAX_BYTES: u64 = 256 << 20;
/// The highest version that is understood in full. Files are written as 1.0 unless they use something of 1.1.
pub const CURRENT: Version = Version { major: 1, minor: 1 };

/// A project as a file holds it. Its invariants are checked by [`crate::model::check`].
#[derive(Debug)]
pub struct Loaded {
    /// The project.
    pub project: Project,
    /// The file's version, if it holds data that this program does not know: saving would lose them.
    pub read_only: Option<Version>,
}

/// The reason why bytes are not a project. The attempt changed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The cause of the failure.
    pub cause: LoadCause,
    /// The place of the damage, if the cause has one.
    pub place: Option<TextPosition>,
}

/// The reason why a file does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadCause {
    /// It is larger than [`MAX_BYTES`].
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
    },
    /// It has no content.
    Empty,
    /// It lacks the start of our files.
    NotOurs,
    /// It is of another, recognised format.
    Foreign(Foreign),
    /// It holds conflict markers of a git merge.
    Conflict,
    /// It is not UTF-8 text.
    NotText,
    /// It is of a version that this program can't read.
    Newer(Version),
    /// Brackets nest deeper than in any file of ours.
    TooDeep,
    /// It ends in the middle of a structure.
    CutOff,
    /// A field's name is unknown in its record.
    UnknownField(String),
    /// A record lacks a required field.
    MissingField(String),
    /// A field occurs twice in its record.
    RepeatedField(String),
    /// A value has the wrong shape.
    Unexpected {
        /// The expected shape.
        expected: ExpectedShape,
        /// The text found instead, shortened.
        found: String,
    },
    /// The text is not well formed; holds the parser's message.
    Syntax(String),
    /// A record names a journey that is missing in the file.
    NoJourney {
        /// The record that names it.
        record: Id,
        /// The missing journey.
        journey: JourneyId,
    },
}

/// The recognised format of a file that is no project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A web page.
    Page,
    /// A zip archive, such as a workbook.
    Zip,
    /// Nothing but zeros.
    Zeros,
    /// Text in UTF-16.
    Wide,
}

impl Foreign {
    /// Returns the recognised format of bytes that are no project.
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let start = bytes.trim_ascii_start();
        let head = start[..start.len().min(9)].to_ascii_lowercase();
        match bytes {
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(Self::Wide),
            _ if head.starts_with(b"<!doctype") || head.starts_with(b"<html") => Some(Self::Page),
            _ if bytes.iter().all(|byte| *byte == 0) => Some(Self::Zeros),
            _ => None,
        }
    }
}

impl LoadError {
    pub(super) fn new(cause: LoadCause) -> Self {
        Self { cause, place: None }
    }

    pub(super) fn with_place(cause: LoadCause, place: TextPosition) -> Self {
        Self { cause, place: Some(place) }
    }
}

/// Reads a project file.
///
/// # Errors
/// Returns an error if it is no project file, is damaged, or has a later major version.
pub fn load_project(bytes: &[u8]) -> Result<Loaded, LoadError> {
    let (project, read_only) = read_versioned(bytes, v1::read_project)?;
    Ok(Loaded { project, read_only })
}

/// Reads a recipe file.
///
/// # Errors
/// Returns an error if it is no recipe file, is damaged, or has a later major version.
pub fn load_recipe(bytes: &[u8]) -> Result<Recipe, LoadError> {
    read_versioned(bytes, v1::read_recipe).map(|(recipe, _)| recipe)
}

/// Returns the canonical bytes of a project: equal projects give equal bytes, and [`load_project`] restores
/// them.
pub fn to_bytes(project: &Project) -> Vec<u8> {
    v1::write_project(project)
}

/// Returns the canonical bytes of a recipe file.
pub fn recipe_to_bytes(recipe: &Recipe) -> Vec<u8> {
    v1::write_recipe(recipe)
}

type Read<T> = fn(&str, Unknown) -> Result<T, V1Error>;

/// Checks size, encoding, version and depth before the version's reader sees the text.
fn read_versioned<T>(bytes: &[u8], read: Read<T>) -> Result<(T, Option<Version>), LoadError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(LoadError::new(LoadCause::TooLarge { bytes: bytes.len() as u64 }));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(LoadError::new(LoadCause::Empty));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_text(bytes, error))?;
    versioned_text(text, read).map_err(|error| match first_marker(text) {
        Some(place) => LoadError::with_place(LoadCause::Conflict, place),
        None => error,
    })
}

fn versioned_text<T>(text: &str, read: Read<T>) -> Result<(T, Option<Version>), LoadError> {
    let found = header_version(text).ok_or_else(|| not_ours(text.as_bytes()))?;
    if found.major > CURRENT.major {
        return Err(LoadError::new(LoadCause::Newer(found)));
    }
    if found.major < CURRENT.major {
        return Err(not_ours(text.as_bytes()));
    }
    if let Some(at) = too_deep(text) {
        return Err(LoadError::with_place(LoadCause::TooDeep, TextPosition::after_text(&text[..at])));
    }
    if found <= CURRENT {
        return read(text, Unknown::Refused)
            .map(|value| (value, None))
            .map_err(|error| explain_error(text, error));
    }
    // Failing to understand a later version is no damage.
    let value = read(text, Unknown::Ignored).map_err(|_unknown| LoadError::new(LoadCause::Newer(found)))?;
    Ok((value, Some(found)))
}

fn not_ours(bytes: &[u8]) -> LoadError {
    LoadError::new(Foreign::from_bytes(bytes).map_or(LoadCause::NotOurs, LoadCause::Foreign))
}

fn not_text(bytes: &[u8], error: Utf8Error) -> LoadError {
    let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
    match header_version(&valid) {
        Some(_) => LoadError::with_place(LoadCause::NotText, TextPosition::after_text(&valid)),
        None => not_ours(bytes),
    }
}
