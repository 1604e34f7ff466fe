//! Invertible operations on records. Moving a card sets its step, lane and key: there is no separate move, so
//! that two people's moves merge field by field.

use crate::id::Id;
use crate::model::value::FieldValue;
use crate::model::{Field, Record};

/// One change of one record. It inverts without looking at the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// Adds a record.
    Insert(Record),
    /// Removes a record; holds all of it, for the inverse.
    Remove(Record),
    /// Sets one field.
    Set {
        /// The record to change.
        id: Id,
        /// The field.
        field: Field,
        /// Its value before, checked when the operation is applied.
        from: FieldValue,
        /// Its value after.
        to: FieldValue,
    },
}

impl Op {
    /// Returns an operation that sets a field; `None` if the record lacks the field or already has the value.
    pub fn set_field(record: &Record, field: impl Into<Field>, to: FieldValue) -> Option<Self> {
        let field = field.into();
        let from = record.get(field)?;
        (from != to).then(|| Self::Set { id: record.id(), field, from, to })
    }

    /// Returns the id of the record that changes.
    pub fn id(&self) -> Id {
        match self {
            Self::Insert(record) | Self::Remove(record) => record.id(),
            Self::Set { id, .. } => *id,
        }
    }

    /// Returns the operation that reverts this one.
    #[must_use]
    pub fn to_inverse(&self) -> Self {
        match self.clone() {
            Self::Insert(record) => Self::Remove(record),
            Self::Remove(record) => Self::Insert(record),
            Self::Set { id, field, from, to } => Self::Set { id, field, from: to, to: from },
        }
    }
}

/// The operations of one user action, which make one undo step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transaction {
    /// The operations, in the order in which they apply.
    pub ops: Vec<Op>,
}

impl Transaction {
    /// Creates a transaction of these operations.
    pub fn new(ops: Vec<Op>) -> Self {
        Self { ops }
    }

    /// Returns true if there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// Appends operations.
    #[must_use]
    pub fn chain_with(mut self, more: Self) -> Self {
        self.ops.extend(more.ops);
        self
    }

    /// Returns the transaction that reverts this one.
    #[must_use]
    pub fn to_inverse(&self) -> Self {
        Self { ops: self.ops.iter().rev().map(Op::to_inverse).collect() }
    }
}
