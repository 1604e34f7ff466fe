//! Reads a journal back: its header, and the changes whose checksums are valid.

use std::io::{self, Read};

use super::ChangedRecords;
use super::frame::{NextFrame, has_journal_mark, read_frame};
use super::header::{JournalHeader, Unusable};
use crate::edit::{apply_all, put_records};
use crate::model::Project;
use crate::store::text::too_deep;
use crate::store::v1::read_change;

/// The kind of journal that a file turns out to be.
pub(super) enum JournalContent {
    /// A journal without content, never begun.
    Empty,
    /// A journal of a later version.
    Newer,
    /// A journal whose header can't be read.
    Damaged,
    /// A journal with a valid header.
    Whole(JournalHeader),
}

/// Reads the header.
///
/// # Errors
/// Returns an error if the disk fails.
pub(super) fn read_header(from: &mut impl Read) -> io::Result<JournalContent> {
    match has_journal_mark(from)? {
        None => return Ok(JournalContent::Empty),
        Some(false) => return Ok(JournalContent::Damaged),
        Some(true) => {}
    }
    let NextFrame::Frame(frame) = read_frame(from)? else { return Ok(JournalContent::Damaged) };
    Ok(match JournalHeader::parse(&frame.content) {
        Ok(header) => JournalContent::Whole(header),
        Err(Unusable::Newer) => JournalContent::Newer,
        Err(Unusable::Damaged) => JournalContent::Damaged,
    })
}

/// The changes after a header.
pub(super) struct Replayed {
    /// The document after the last change.
    pub(super) project: Project,
    /// All changes in order.
    pub(super) changes: Vec<ChangedRecords>,
    /// True if bytes follow that are no valid change.
    pub(super) torn: bool,
}

/// Reads the changes up to the first that is damaged, out of order, or does not fit.
///
/// # Errors
/// Returns an error if the disk fails.
pub(super) fn replay_changes(from: &mut impl Read, start: u64, base: &Project) -> io::Result<Replayed> {
    let mut replayed = Replayed { project: base.clone(), changes: Vec::new(), torn: false };
    let mut last = start;
    loop {
        let frame = match read_frame(from)? {
            NextFrame::End => return Ok(replayed),
            NextFrame::Bad => break,
            NextFrame::Frame(frame) => frame,
        };
        let records =
            if last.checked_add(1) == Some(frame.seq) { read_records(&frame.content) } else { None };
        let Some(records) = records else { break };
        let transaction = put_records(&replayed.project, &records);
        if apply_all(&mut replayed.project, &transaction).is_err() {
            break;
        }
        replayed.changes.push(records);
        last = frame.seq;
    }
    replayed.torn = true;
    Ok(replayed)
}

fn read_records(content: &[u8]) -> Option<ChangedRecords> {
    let text = std::str::from_utf8(content).ok().filter(|text| too_deep(text).is_none())?;
    read_change(text).ok()
}
