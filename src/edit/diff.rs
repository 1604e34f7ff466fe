//! The difference between two versions of a project, as the transaction that leads from one to the other.

use super::op::{Op, Transaction};
use crate::id::{Id, Kind};
use crate::model::{Project, Record, home};
use std::collections::BTreeMap;

/// The transaction that turns `a` into `b`: journeys are inserted first and removed last, so that each record
/// finds its journey. The same versions give the same transaction.
pub fn diff(a: &Project, b: &Project) -> Transaction {
    let old: BTreeMap<Id, Record> = a.records().map(|record| (record.id(), record)).collect();
    let new: BTreeMap<Id, Record> = b.records().map(|record| (record.id(), record)).collect();
    let (mut inserts, mut sets, mut removes) = (Vec::new(), Vec::new(), Vec::new());
    for (id, record) in &new {
        match old.get(id) {
            None => inserts.push(Op::Insert(record.clone())),
            Some(before) if before.same(record) => {}
            Some(before) if home(before) != home(record) => {
                sets.extend([Op::Remove(before.clone()), Op::Insert(record.clone())]);
            }
            Some(before) => sets.extend(changed_fields(before, record)),
        }
    }
    removes.extend(
        old.iter().filter(|(id, _)| !new.contains_key(id)).map(|(_, record)| Op::Remove(record.clone())),
    );
    inserts.sort_by_key(|op| op.id().kind() != Kind::Journey);
    removes.sort_by_key(|op| op.id().kind() == Kind::Journey);
    Transaction::new([inserts, sets, removes].concat())
}

/// The operations that turn one version of a record into another.
pub(super) fn changed_fields(before: &Record, after: &Record) -> Vec<Op> {
    let ops = before.fields().iter().filter_map(|field| Op::set(before, field, after.get(field)?));
    ops.collect()
}
