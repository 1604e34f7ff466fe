//! A transaction in the making: each part is applied to a private copy, so that the next part sees it.

use crate::edit::apply::{apply, apply_all};
use crate::edit::diff::changed_fields;
use crate::edit::op::{Op, Transaction};
use crate::id::{Id, Source};
use crate::model::value::Value;
use crate::model::{Field, Project, Record, Typed};
use std::sync::Arc;

/// A copy of the project and the operations that led to it.
pub struct Draft<'a> {
    project: Project,
    ops: Vec<Op>,
    /// Where new ids and keys come from.
    pub source: &'a mut Source,
}

impl<'a> Draft<'a> {
    /// Starts from a project.
    pub fn new(project: &Project, source: &'a mut Source) -> Self {
        Self { project: project.clone(), ops: Vec::new(), source }
    }

    /// The project as the draft has it.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The record of this type, as the draft has it.
    pub fn get<R: Typed>(&self, id: impl Into<Id>) -> Option<Arc<R>> {
        self.project.record(id.into()).as_ref().and_then(R::of).cloned()
    }

    /// Adds a record.
    pub fn insert(&mut self, record: impl Into<Record>) {
        self.push(Op::Insert(record.into()));
    }

    /// Takes a record out, alone: what refers to it is the caller's concern.
    pub fn remove(&mut self, id: impl Into<Id>) {
        if let Some(record) = self.project.record(id.into()) {
            self.push(Op::Remove(record));
        }
    }

    /// Changes a record; each field that differs becomes an operation.
    pub fn change<R: Typed>(&mut self, id: impl Into<Id>, change: impl FnOnce(&mut R)) {
        let id = id.into();
        let (Some(before), Some(record)) = (self.project.record(id), self.get::<R>(id)) else { return };
        let mut changed = R::clone(&record);
        change(&mut changed);
        for op in changed_fields(&before, &changed.into()) {
            self.push(op);
        }
    }

    /// Sets one field by name.
    pub fn set(&mut self, id: Id, field: Field, value: Value) {
        let op = self.project.record(id).and_then(|record| Op::set(&record, field, value));
        if let Some(op) = op {
            self.push(op);
        }
    }

    /// Goes on with a transaction made from [`Draft::project`].
    pub fn extend(&mut self, more: Transaction) {
        if apply_all(&mut self.project, &more).is_ok() {
            self.ops.extend(more.ops);
        }
    }

    /// The transaction.
    pub fn finish(self) -> Transaction {
        Transaction::new(self.ops)
    }

    /// An operation that does not fit is left out: a command given ids that are gone changes nothing.
    fn push(&mut self, op: Op) {
        if apply(&mut self.project, &op).is_ok() {
            self.ops.push(op);
        }
    }
}
