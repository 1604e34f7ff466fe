//! Repair: from a damaged file, every record that can still be read, and a report of what was lost and what was done.
//!
//! Nothing is dropped without a word: what cannot be read is named with its line, an id that stands twice is given
//! anew, what stood in something that is lost stands in an empty one of the same id, and links that lead nowhere are
//! listed. A file that git could not merge is read as its two sides, which are then joined.

mod build;
mod conflict;
mod guess;
mod join;
mod keep;
mod message;
mod scan;

use super::load::{CURRENT, LoadCause, LoadError, Loaded, MAX_BYTES, load};
use super::text::{Place, version};
use crate::id::Source;
use crate::model::Project;
use crate::model::check::Problem;
pub(super) use conflict::first_marker;
pub use keep::keep_damaged;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a damaged file still holds.
#[derive(Debug, Clone)]
pub struct Repaired {
    /// The project; nothing in it is missing that something else stands in.
    pub project: Project,
    /// What was found and what was done, by line; empty where nothing was wrong.
    pub report: Vec<Note>,
}

/// One thing that was wrong with a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Where; nothing where it lies in no one place.
    pub place: Option<Place>,
    /// What was found, and what was done.
    pub finding: Finding,
}

/// What was wrong, and what was done about it. `who` names a record as the file does.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// Why the file does not open as it is.
    Refused(LoadCause),
    /// Bytes that are no text; a mark took their place.
    NotText,
    /// Text that belongs to nothing; left out.
    Stray(String),
    /// A list of a name that is not known; its records were told by their ids.
    List(String),
    /// The file ends in this record.
    CutOff {
        /// The record.
        who: String,
    },
    /// A value that is none; the field is as in a new record.
    Unreadable {
        /// The record.
        who: String,
        /// The field.
        field: String,
        /// What stands there.
        found: String,
    },
    /// A value of which a part could be read.
    Mended {
        /// The record.
        who: String,
        /// The field.
        field: String,
        /// What stands there.
        found: String,
        /// What was made of it.
        kept: String,
    },
    /// A field of a name that is not known; left out.
    UnknownField {
        /// The record.
        who: String,
        /// The name.
        field: String,
        /// Its value.
        found: String,
    },
    /// A field whose name is one character off; taken for the one it nearly names.
    Renamed {
        /// The record.
        who: String,
        /// The name that stands there.
        found: String,
        /// The field it was taken for.
        field: String,
    },
    /// A field that stands twice; the second was left out.
    Repeated {
        /// The record.
        who: String,
        /// The field.
        field: String,
        /// The second value.
        found: String,
    },
    /// A field that a record cannot do without was missing.
    Filled {
        /// The record.
        who: String,
        /// The field.
        field: String,
        /// What stands there now.
        kept: String,
    },
    /// A line of a list that cannot be read; left out.
    Line {
        /// The record.
        who: String,
        /// The list.
        field: String,
        /// The line.
        found: String,
    },
    /// A record of which too little could be read.
    Lost {
        /// What is left of it.
        found: String,
    },
    /// An id that stands twice; the second record has a new one.
    Renumbered {
        /// The second record.
        who: String,
        /// Its new id.
        kept: String,
    },
    /// An id that no other record names, nearly one that others name and nobody has; taken for it.
    Reunited {
        /// The id that stands there.
        who: String,
        /// The id that others name.
        kept: String,
    },
    /// A record that stands twice with the same content; one was kept.
    Twin {
        /// The record.
        who: String,
    },
    /// Something is lost in which others stand; an empty one took its place.
    StandIn {
        /// What is lost.
        who: String,
    },
    /// A field that leads to something that is not there. It stays as it is.
    Dangling(Problem),
    /// One side took it away, the other changed or needs it; it stays.
    BroughtBack {
        /// The record.
        who: String,
    },
    /// Both sides imported one file of answers and counted it differently; one of the two stays.
    SameImport {
        /// The import that stays.
        who: String,
    },
    /// Both sides of a file that git could not merge were joined.
    Joined,
    /// The two sides say different things.
    Differs {
        /// The record.
        who: String,
        /// The field.
        field: String,
        /// The value kept.
        kept: String,
        /// The other side's value.
        found: String,
    },
}

/// Reads whatever can be read of a project file. The same bytes give the same project.
///
/// # Errors
/// When there is nothing to be saved in it, or a later version of the program wrote it: this one would lose what it
/// does not know.
pub fn repair(bytes: &[u8]) -> Result<Repaired, LoadError> {
    let refused = match load(bytes) {
        Ok(Loaded { read_only: Some(version), .. }) => return Err(LoadError::new(LoadCause::Newer(version))),
        Ok(loaded) => {
            let (mut report, mut source) = (Vec::new(), source(bytes));
            let records = loaded.project.records().map(|record| build::Built { record, place: None });
            let project =
                join::project(records.collect(), &mut source, &mut report).unwrap_or(loaded.project);
            let project = join::complete(project, &mut source, &mut report);
            return Ok(Repaired { project, report });
        }
        Err(error) => error,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let later = version(&text).is_some_and(|found| found > CURRENT);
    if later || bytes.len() as u64 > MAX_BYTES || matches!(refused.cause, LoadCause::Newer(_)) {
        return Err(refused);
    }
    let mut report = vec![Note { place: refused.place, finding: Finding::Refused(refused.cause.clone()) }];
    report.extend(not_text(bytes));
    let mut source = source(bytes);
    let found = match conflict::sides(&text) {
        Some(sides) => conflict::joined(&sides, &mut source, &mut report),
        None => salvage(&text, &mut source, &mut report),
    };
    let project = found.ok_or(refused)?;
    let project = join::complete(project, &mut source, &mut report);
    report.sort_by_key(|note| note.place.map_or((usize::MAX, 0), |place| (place.line, place.column)));
    Ok(Repaired { project, report })
}

/// What a text holds, read record by record; nothing where it holds none.
fn salvage(text: &str, source: &mut Source, report: &mut Vec<Note>) -> Option<Project> {
    let records = build::records(text, source, report);
    join::project(records, source, report)
}

/// New ids come from the content, so that two people who repair one file get the same.
fn source(bytes: &[u8]) -> Source {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Source::seeded(hasher.finish())
}

/// Where bytes are no text.
fn not_text(bytes: &[u8]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut before = String::new();
    for chunk in bytes.utf8_chunks() {
        before.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            notes.push(Note { place: Some(Place::after(&before)), finding: Finding::NotText });
            before.push(char::REPLACEMENT_CHARACTER);
        }
    }
    notes
}
