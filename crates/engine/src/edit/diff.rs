//! The difference between two versions of a project, as the transaction that leads from one to the other.

use super::index::{RecordIndex, are_equal, walk_versions};
use super::op::{Op, Transaction};
use crate::id::{Id, Kind};
use crate::model::{Project, Record, home_journey};

/// Returns the transaction that turns `a` into `b`, two versions of one project: journeys are inserted first
/// and removed last, so that each record finds its journey. Equal inputs give equal transactions.
pub fn diff_projects(a: &Project, b: &Project) -> Transaction {
    let old = RecordIndex::new(a);
    let new = RecordIndex::new(b);
    let mut steps = Steps::default();
    walk_versions([&old, &new], |_, [before, after]| steps.add_change(before, after));
    steps.finish()
}

/// Returns the transaction that replaces or adds these records, and removes those given as `None`.
pub fn put_records(project: &Project, records: &[(Id, Option<Record>)]) -> Transaction {
    let mut steps = Steps::default();
    for (id, record) in records {
        steps.add_change(project.record(*id).as_ref(), record.as_ref());
    }
    steps.finish()
}

/// Operations in the order in which they can be applied.
#[derive(Default)]
struct Steps {
    inserts: Vec<Op>,
    sets: Vec<Op>,
    removes: Vec<Op>,
}

impl Steps {
    /// Adds the operations that turn one version of a record into another.
    fn add_change(&mut self, before: Option<&Record>, after: Option<&Record>) {
        match (before, after) {
            (None, None) => {}
            (None, Some(after)) => self.inserts.push(Op::Insert(after.clone())),
            (Some(before), None) => self.removes.push(Op::Remove(before.clone())),
            (Some(before), Some(after)) if are_equal(before, after) => {}
            (Some(before), Some(after)) if home_journey(before) != home_journey(after) => {
                self.sets.extend([Op::Remove(before.clone()), Op::Insert(after.clone())]);
            }
            (Some(before), Some(after)) => self.sets.extend(changed_fields(before, after)),
        }
    }

    fn finish(mut self) -> Transaction {
        self.inserts.sort_by_key(|op| op.id().kind() != Kind::Journey);
        self.removes.sort_by_key(|op| op.id().kind() == Kind::Journey);
        Transaction::new([self.inserts, self.sets, self.removes].concat())
    }
}

/// Returns the operations that turn one version of a record into another.
pub(super) fn changed_fields(before: &Record, after: &Record) -> Vec<Op> {
    let ops = before.fields().iter().filter_map(|field| Op::set_field(before, field, after.get(field)?));
    ops.collect()
}
