//! Undo and redo, one step per transaction.

use super::apply::{ApplyError, apply_all};
use super::op::Transaction;
use crate::model::Project;

/// The steps taken and the steps taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    last: u64,
}

/// One step, and the number of the state it leads to.
#[derive(Debug, Clone)]
struct Step {
    transaction: Transaction,
    state: u64,
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
        self.last += 1;
        self.done.push(Step { transaction, state: self.last });
        self.undone.clear();
        Ok(())
    }

    /// Takes the last step back; returns what was applied, or `None` at the beginning.
    ///
    /// # Errors
    /// Where the step no longer fits the document; nothing is changed.
    pub fn undo(&mut self, project: &mut Project) -> Result<Option<Transaction>, ApplyError> {
        let Some(last) = self.done.last() else { return Ok(None) };
        let inverse = last.transaction.inverse();
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
        let next = next.transaction.clone();
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

    /// Whether the step that led to a state still stands.
    pub fn holds(&self, state: u64) -> bool {
        self.done.iter().any(|step| step.state == state)
    }

    /// The state the document is in: the same number again means the same content, which tells a saved document
    /// from a changed one even after undo and other edits.
    pub fn state(&self) -> u64 {
        self.done.last().map_or(0, |step| step.state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Op;
    use crate::id::Source;
    use crate::model::Record;
    use crate::model::value::Value;

    #[test]
    fn a_state_never_returns_with_other_content() {
        let mut project = Project::empty(&mut Source::seeded(1));
        let mut history = History::default();
        let title = |project: &Project, text: &str| {
            let info = Record::ProjectInfo(project.info().clone());
            Transaction::new(Op::set(&info, "title", Value::Text(text.to_owned())).into_iter().collect())
        };
        let first = title(&project, "one");
        history.commit(&mut project, first).unwrap();
        let saved = history.state();
        history.undo(&mut project).unwrap();
        assert_ne!(history.state(), saved);
        history.redo(&mut project).unwrap();
        assert_eq!(history.state(), saved);
        history.undo(&mut project).unwrap();
        let other = title(&project, "two");
        history.commit(&mut project, other).unwrap();
        assert_ne!(history.state(), saved);
    }
}
