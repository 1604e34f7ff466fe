//! Reads a journal back: its header, and the changes whose checksums are valid.

use std::io::{self, Read};

use super::Records;
use super::frame::{Next, begins, next};
use super::header::{Header, Unusable};
use crate::edit::{apply_all, put};
use crate::model::Project;
use crate::store::text::too_deep;
use crate::store::v1::read_change;

/// The kind of journal that a file turns out to be.
pub(super) enum Journal {
    /// A journal without content, never begun.
    Empty,
    /// A journal of a later version.
    Newer,
    /// A journal whose header can't be read.
    Damaged,
    /// A journal with a valid header.
    Whole(Header),
}

/// Reads the header.
///
/// # Errors
/// Returns an error if the disk fails.
pub(super) fn header(from: &mut impl Read) -> io::Result<Journal> {
    match begins(from)? {
        None => return Ok(Journal::Empty),
        Some(false) => return Ok(Journal::Damaged),
        Some(true) => {}
    }
    let Next::Frame(frame) = next(from)? else { return Ok(Journal::Damaged) };
    Ok(match Header::parse(&frame.content) {
        Ok(header) => Journal::Whole(header),
        Err(Unusable::Newer) => Journal::Newer,
        Err(Unusable::Damaged) => Journal::Damaged,
    })
}

/// The changes after a header.
pub(super) struct Replayed {
    /// The document after the last change.
    pub(super) project: Project,
    /// All changes in order.
    pub(super) changes: Vec<Records>,
    /// True if bytes follow that are no valid change.
    pub(super) torn: bool,
}

/// Reads the changes up to the first that is damaged, out of order, or does not fit.
///
/// # Errors
/// Returns an error if the disk fails.
pub(super) fn replay(from: &mut impl Read, start: u64, base: &Project) -> io::Result<Replayed> {
    let mut replayed = Replayed { project: base.clone(), changes: Vec::new(), torn: false };
    let mut last = start;
    loop {
        let frame = match next(from)? {
            Next::End => return Ok(replayed),
            Next::Bad => break,
            Next::Frame(frame) => frame,
        };
        let records =
            if last.checked_add(1) == Some(frame.seq) { read_records(&frame.content) } else { None };
        let Some(records) = records else { break };
        let transaction = put(&replayed.project, &records);
        if apply_all(&mut replayed.project, &transaction).is_err() {
            break;
        }
        replayed.changes.push(records);
        last = frame.seq;
    }
    replayed.torn = true;
    Ok(replayed)
}

fn read_records(content: &[u8]) -> Option<Records> {
    let text = std::str::from_utf8(content).ok().filter(|text| too_deep(text).is_none())?;
    read_change(text).ok()
}
