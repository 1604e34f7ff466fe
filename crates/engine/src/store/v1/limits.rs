//! The reader's limits, checked before a file is written.

use super::counts::is_readable;
use crate::id::Id;
use crate::model::{Project, Record};

/// Returns the first record that could not be read again: its order key is too long, or its counts are too
/// large.
pub(in crate::store) fn unreadable_record(project: &Project) -> Option<Id> {
    let is_unreadable = |record: &Record| match record {
        Record::Batch(batch) => !is_readable(&batch.counts),
        other => other.order_key().is_some_and(|key| !key.is_readable()),
    };
    project.records().find(is_unreadable).map(|record| record.id())
}
