//! The reader's limits, checked before a file is written.

use super::counts::is_readable;
use crate::id::Id;
use crate::model::value::Atom;
use crate::model::{Project, Record};
use crate::order::OrderKey;

/// Returns the first record that could not be read again: its order key is too long, or its counts are too
/// large.
pub(in crate::store) fn unreadable_record(project: &Project) -> Option<Id> {
    let is_unreadable = |record: &Record| match record {
        Record::Batch(batch) => !is_readable(&batch.counts),
        other => {
            let key = other.get("key").as_ref().and_then(OrderKey::from_value);
            key.is_some_and(|key| !key.is_readable())
        }
    };
    project.records().find(is_unreadable).map(|record| record.id())
}
