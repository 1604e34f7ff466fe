//! Applies operations, the only way in which a project changes.

use super::op::{Op, Transaction};
use crate::id::Id;
use crate::model::{Field, Project, PutError};

/// The reason why an operation does not fit the document, which stays unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// The record can't be inserted or removed.
    #[error(transparent)]
    Put(#[from] PutError),
    /// The stored record differs from the state that the operation starts from.
    #[error("{id} is not as the change expects it: {field} differs")]
    Stale {
        /// The record that differs.
        id: Id,
        /// The field that differs.
        field: Field,
    },
    /// The stored record has other content than the one to remove.
    #[error("{0} is not as the change expects it: the record differs")]
    Changed(Id),
    /// The field does not accept the new value, or can't be changed at all.
    #[error("{field} of {id} does not take this value")]
    Unfit {
        /// The record that would have changed.
        id: Id,
        /// The field that refuses the value.
        field: Field,
    },
}

/// Applies one operation.
///
/// # Errors
/// Returns an error if the document differs from the state the operation starts from; it is then unchanged.
pub fn apply_op(project: &mut Project, op: &Op) -> Result<(), ApplyError> {
    match op {
        Op::Insert(record) => Ok(project.insert_record(record.clone())?),
        Op::Remove(record) => {
            let found = project.record(record.id()).ok_or(PutError::Missing(record.id()))?;
            if found != *record {
                return Err(ApplyError::Changed(record.id()));
            }
            project.remove_record(record.id())?;
            Ok(())
        }
        Op::Set { id, field, from, to } => {
            let record = project.record(*id).ok_or(PutError::Missing(*id))?;
            let field = *field;
            if field.is_home_journey() {
                return Err(ApplyError::Unfit { id: *id, field });
            }
            if record.get(field).as_ref() != Some(from) {
                return Err(ApplyError::Stale { id: *id, field });
            }
            let changed = record.with_field(field, to).ok_or(ApplyError::Unfit { id: *id, field })?;
            Ok(project.replace_record(changed)?)
        }
    }
}

/// Applies all operations of a transaction, or none of them.
///
/// # Errors
/// Returns the error of the first operation that does not fit; the document is then unchanged.
pub fn apply_all(project: &mut Project, transaction: &Transaction) -> Result<(), ApplyError> {
    for (done, op) in transaction.ops.iter().enumerate() {
        if let Err(error) = apply_op(project, op) {
            for back in transaction.ops[..done].iter().rev().map(Op::to_inverse) {
                apply_op(project, &back)?;
            }
            return Err(error);
        }
    }
    Ok(())
}
