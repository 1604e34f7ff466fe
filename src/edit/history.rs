//! Undo and redo, one step per transaction.

use super::apply::{ApplyError, apply_all};
use super::op::Transaction;
use crate::model::Project;

/// The steps taken and the steps taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Transaction>,
    undone: Vec<Transaction>,
}

impl History {
    /// Applies a transaction as a new step. An empty one is no step.
    ///
    /// # Errors
    /// Where it does not fit the document; nothing is changed.
    pub fn commit(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), ApplyError> {
        if transaction.is_empty() {
            return Ok(());
        }
        apply_all(project, &transaction)?;
        self.done.push(transaction);
        self.undone.clear();
        Ok(())
    }

    /// Takes the last step back; returns what was applied, or `None` at the beginning.
    ///
    /// # Errors
    /// Where the step no longer fits the document; nothing is changed.
    pub fn undo(&mut self, project: &mut Project) -> Result<Option<Transaction>, ApplyError> {
        let Some(last) = self.done.last() else { return Ok(None) };
        let inverse = last.inverse();
        apply_all(project, &inverse)?;
        self.undone.extend(self.done.pop());
        Ok(Some(inverse))
    }

    /// Takes the last undone step again; returns what was applied, or `None` at the end.
    ///
    /// # Errors
    /// Where the step no longer fits the document; nothing is changed.
    pub fn redo(&mut self, project: &mut Project) -> Result<Option<Transaction>, ApplyError> {
        let Some(next) = self.undone.last() else { return Ok(None) };
        let next = next.clone();
        apply_all(project, &next)?;
        self.done.extend(self.undone.pop());
        Ok(Some(next))
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to take again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// How many steps stand, which tells a saved document from a changed one.
    pub fn depth(&self) -> usize {
        self.done.len()
    }
}
