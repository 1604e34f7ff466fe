//! A transaction under construction: each part is applied to a private copy, so that the next part sees it.

use crate::edit::apply::{apply_all, apply_op};
use crate::edit::diff::changed_fields;
use crate::edit::op::{Op, Transaction};
use crate::id::{Id, IdSource};
use crate::model::value::{Atom, FieldValue};
use crate::model::{Field, Project, Record, Typed, home_journey};
use crate::order::OrderKey;
use std::sync::Arc;

/// A copy of the project and the operations that led to it.
pub struct TransactionBuilder<'a> {
    project: Project,
    ops: Vec<Op>,
    /// Source of new ids and order keys.
    pub source: &'a mut IdSource,
}

impl<'a> TransactionBuilder<'a> {
    /// Creates a draft of the project without operations.
    pub fn new(project: &Project, source: &'a mut IdSource) -> Self {
        Self { project: project.clone(), ops: Vec::new(), source }
    }

    /// Returns the project with the draft's operations applied.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Returns the record of this type, with the draft's operations applied.
    pub fn get<R: Typed>(&self, id: impl Into<Id>) -> Option<Arc<R>> {
        self.project.record(id.into()).as_ref().and_then(R::from_record).cloned()
    }

    /// Adds a record.
    pub fn insert(&mut self, record: impl Into<Record>) {
        self.push(Op::Insert(record.into()));
    }

    /// Removes one record; references to it are the caller's concern.
    pub fn remove(&mut self, id: impl Into<Id>) {
        if let Some(record) = self.project.record(id.into()) {
            self.push(Op::Remove(record));
        }
    }

    /// Changes a record; each field that differs becomes an operation.
    pub fn change_record<R: Typed>(&mut self, id: impl Into<Id>, change: impl FnOnce(&mut R)) {
        let id = id.into();
        let (Some(before), Some(record)) = (self.project.record(id), self.get::<R>(id)) else { return };
        let mut changed = R::clone(&record);
        change(&mut changed);
        for op in changed_fields(&before, &changed.into()) {
            self.push(op);
        }
    }

    /// Sets one field.
    pub fn set_field(&mut self, id: Id, field: impl Into<Field>, value: FieldValue) {
        let op = self.project.record(id).and_then(|record| Op::set_field(&record, field, value));
        if let Some(op) = op {
            self.push(op);
        }
    }

    /// Sets the order key of a record.
    pub fn set_key(&mut self, id: Id, key: &OrderKey) {
        if let Some(field) = self.project.record(id).and_then(|record| record.key_field()) {
            self.set_field(id, field, key.to_value());
        }
    }

    /// Appends a transaction made from [`TransactionBuilder::project`].
    pub fn extend(&mut self, more: Transaction) {
        if apply_all(&mut self.project, &more).is_ok() {
            self.ops.extend(more.ops);
        }
    }

    /// Returns the transaction. Records whose order keys grew long get short ones, with their neighbours.
    pub fn finish(mut self) -> Transaction {
        let crowded: Vec<Id> = self.ops.iter().filter(|op| gives_long_key(op)).map(Op::id).collect();
        for id in crowded {
            self.space_anew(id);
        }
        Transaction::new(self.ops)
    }

    /// Gives a record and its neighbours short keys, if its own is still long.
    fn space_anew(&mut self, id: Id) {
        let Some(record) = self.project.record(id) else { return };
        if !record.order_key().is_some_and(|key| key.is_crowded()) {
            return;
        }
        // All records of the kind in a journey: their order includes that of one stage or column.
        let is_beside =
            |other: &Record| other.id().kind() == id.kind() && home_journey(other) == home_journey(&record);
        let beside = self.project.records().filter(is_beside);
        let mut beside: Vec<(OrderKey, Id)> =
            beside.filter_map(|other| Some((other.order_key()?, other.id()))).collect();
        beside.sort_unstable();
        let (keys, ids): (Vec<OrderKey>, Vec<Id>) = beside.into_iter().unzip();
        let Some(place) = ids.iter().position(|other| *other == id) else { return };
        let (range, spaced) = OrderKey::space_anew(&keys, place, self.source);
        for (id, key) in ids.get(range).unwrap_or_default().iter().zip(spaced) {
            self.set_key(*id, &key);
        }
    }

    /// Drops an operation that does not fit: a command given ids that no longer exist changes nothing.
    fn push(&mut self, op: Op) {
        if apply_op(&mut self.project, &op).is_ok() {
            self.ops.push(op);
        }
    }
}

/// Returns true if an operation gives a record a key so long that its neighbours should be spaced anew.
fn gives_long_key(op: &Op) -> bool {
    let key = match op {
        Op::Insert(record) => record.order_key(),
        Op::Set { field, to, .. } if field.is_order_key() => OrderKey::from_value(to),
        Op::Set { .. } | Op::Remove(_) => None,
    };
    key.is_some_and(|key| key.is_crowded())
}
