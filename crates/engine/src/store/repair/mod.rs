//! Repairs damaged files: recovers every readable record, and reports losses and remedies.
//!
//! Nothing is dropped silently: unreadable text is reported with its line, a duplicate id is replaced,
//! contents of a lost parent get an empty one with its id, and dangling links are listed. A file that git
//! could not merge is read as its two sides, which are then merged.

mod build;
mod conflict;
mod guess;
mod join;
mod keep;
mod report;
mod scan;

use super::load::{CURRENT, LoadCause, LoadError, Loaded, MAX_BYTES, load_project};
use super::text::{TextPosition, header_version};
use crate::id::IdSource;
use crate::model::Project;
use crate::model::check::Problem;
pub(super) use conflict::first_marker;
pub use keep::keep_damaged;
use report::Report;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The content recovered from a damaged file.
#[derive(Debug, Clone)]
pub struct Repaired {
    /// The project; every parent in it exists.
    pub project: Project,
    /// The findings, by line, at most 10,000 of a kind; empty if nothing was wrong.
    pub report: Vec<RepairNote>,
    /// The number of further findings.
    pub unlisted: usize,
}

/// One problem of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct RepairNote {
    /// The place; `None` if it has no single one.
    pub place: Option<TextPosition>,
    /// The problem, and its remedy.
    pub finding: Finding,
}

/// A problem, and its remedy. `who` is the record's id as written in the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// The reason why the file does not open as it is.
    Refused(LoadCause),
    /// Bytes that are not text; replaced by a replacement character.
    NotText,
    /// Text outside any record; left out.
    Stray(String),
    /// A list of an unknown name; its records were recognised by their ids.
    List(String),
    /// The file ends in this record.
    CutOff {
        /// The record's id.
        who: String,
    },
    /// An unreadable value; the field has its default.
    Unreadable {
        /// The record's id.
        who: String,
        /// The field's name.
        field: String,
        /// The text found.
        found: String,
    },
    /// A value that could be read in part.
    Mended {
        /// The record's id.
        who: String,
        /// The field's name.
        field: String,
        /// The text found.
        found: String,
        /// The value kept.
        kept: String,
    },
    /// A field of an unknown name; left out.
    UnknownField {
        /// The record's id.
        who: String,
        /// Its name.
        field: String,
        /// Its value.
        found: String,
    },
    /// A field whose name is one character off; read as the field it nearly names.
    Renamed {
        /// The record's id.
        who: String,
        /// The name found.
        found: String,
        /// The field it was read as.
        field: String,
    },
    /// A duplicate field; the second was left out.
    Repeated {
        /// The record's id.
        who: String,
        /// The field's name.
        field: String,
        /// The second value.
        found: String,
    },
    /// A required field of a record was missing.
    Filled {
        /// The record's id.
        who: String,
        /// The field's name.
        field: String,
        /// The substitute value.
        kept: String,
    },
    /// An unreadable line of a list; left out.
    Line {
        /// The record's id.
        who: String,
        /// The list's name.
        field: String,
        /// The line's text.
        found: String,
    },
    /// A record that could not be recovered.
    Lost {
        /// Its remaining text.
        found: String,
    },
    /// A duplicate id; the second record has a new one.
    Renumbered {
        /// The id of the second record.
        who: String,
        /// Its new id.
        kept: String,
    },
    /// An unreferenced id that is nearly one that others refer to and no record has; replaced by it.
    Reunited {
        /// The id found.
        who: String,
        /// The id that others refer to.
        kept: String,
    },
    /// A duplicate record with the same content; one was kept.
    Twin {
        /// The record's id.
        who: String,
    },
    /// A lost parent with contents; an empty one took its place.
    StandIn {
        /// The id of the lost record.
        who: String,
    },
    /// A dangling or contradictory field, left as it is.
    Dangling(Problem),
    /// One side removed the record, the other changed or needs it; it is kept.
    BroughtBack {
        /// The record's id.
        who: String,
    },
    /// Both sides imported the same file of answers and counted it differently; one import is kept.
    SameImport {
        /// The import that is kept.
        who: String,
    },
    /// Both sides of a file that git could not merge were merged.
    Joined,
    /// The two sides have different values.
    Differs {
        /// The record's id.
        who: String,
        /// The field's name.
        field: String,
        /// The value kept.
        kept: String,
        /// The other side's value.
        found: String,
    },
}

/// Recovers a project file as far as possible. Equal bytes give equal projects.
///
/// # Errors
/// Returns an error if nothing can be recovered, or a later version of the program wrote the file: this
/// version would lose unknown data.
pub fn repair_project(bytes: &[u8]) -> Result<Repaired, LoadError> {
    let refused = match load_project(bytes) {
        Ok(Loaded { read_only: Some(version), .. }) => return Err(LoadError::new(LoadCause::Newer(version))),
        Ok(loaded) => {
            let mut report = Report::default();
            let mut source = seeded_source(bytes);
            let records = loaded.project.records().map(|record| build::Built { record, place: None });
            let project =
                join::build_project(records.collect(), &mut source, &mut report).unwrap_or(loaded.project);
            let project = join::complete_project(project, &mut source, &mut report);
            let (report, unlisted) = report.finish();
            return Ok(Repaired { project, report, unlisted });
        }
        Err(error) => error,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let later = header_version(&text).is_some_and(|found| found > CURRENT);
    if later || bytes.len() as u64 > MAX_BYTES || matches!(refused.cause, LoadCause::Newer(_)) {
        return Err(refused);
    }
    let mut report = Report::default();
    report.push(RepairNote { place: refused.place, finding: Finding::Refused(refused.cause.clone()) });
    list_bytes_of_no_text(bytes, &mut report);
    let mut source = seeded_source(bytes);
    let found = match conflict::extract_sides(&text) {
        Some(sides) => conflict::merge_sides(&sides, &mut source, &mut report),
        None => salvage_records(&text, &mut source, &mut report),
    };
    let project = found.ok_or(refused)?;
    let project = join::complete_project(project, &mut source, &mut report);
    let (report, unlisted) = report.finish();
    Ok(Repaired { project, report, unlisted })
}

/// Reads a text record by record; `None` if it holds no record.
fn salvage_records(text: &str, source: &mut IdSource, report: &mut Report) -> Option<Project> {
    let records = build::build_records(text, source, report);
    join::build_project(records, source, report)
}

/// Derives new ids from the content, so that two people who repair the same file get the same ids.
fn seeded_source(bytes: &[u8]) -> IdSource {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    IdSource::from_seed(hasher.finish())
}

/// Adds a note for each run of bytes that is not text.
fn list_bytes_of_no_text(bytes: &[u8], report: &mut Report) {
    let mut place = TextPosition::after_text("");
    for chunk in bytes.utf8_chunks() {
        place = place.moved_behind(chunk.valid());
        if !chunk.invalid().is_empty() {
            report.push(RepairNote { place: Some(place), finding: Finding::NotText });
            // A replacement character stands for it.
            place.column += 1;
        }
    }
}
