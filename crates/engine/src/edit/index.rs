//! Indexes all records of a version by id, and walks several versions side by side.

use crate::id::{Id, Kind};
use crate::model::{Project, Record};

/// The records of a version in ascending order of id.
#[derive(Debug)]
pub(super) struct RecordIndex(Vec<(Id, Record)>);

impl RecordIndex {
    pub(super) fn new(project: &Project) -> Self {
        let mut records: Vec<_> = project.records().map(|record| (record.id(), record)).collect();
        records.sort_by_key(|(id, _)| *id);
        Self(records)
    }

    pub(super) fn get(&self, id: Id) -> Option<&Record> {
        let place = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(&self.0[place].1)
    }

    /// Returns the records of a kind.
    pub(super) fn records_of(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        let start = self.0.partition_point(|(id, _)| id.kind() < kind);
        self.0[start..].iter().take_while(move |(id, _)| id.kind() == kind).map(|(_, record)| record)
    }
}

/// Visits every id of the versions in ascending order, with its record in each of them.
pub(super) fn walk_versions<'a, const N: usize>(
    versions: [&'a RecordIndex; N],
    mut visit: impl FnMut(Id, [Option<&'a Record>; N]),
) {
    let mut at = [0; N];
    loop {
        let next = (0..N).filter_map(|side| versions[side].0.get(at[side])).map(|(id, _)| *id).min();
        let Some(id) = next else { return };
        let found = std::array::from_fn(|side| {
            let (_, record) = versions[side].0.get(at[side]).filter(|(next, _)| *next == id)?;
            at[side] += 1;
            Some(record)
        });
        visit(id, found);
    }
}

/// Returns true if two versions of a record are equal; compares contents only if they are not shared.
pub(super) fn are_equal(one: &Record, other: &Record) -> bool {
    one.ptr_eq(other) || one == other
}
