//! Undo and redo, one step per transaction. Remote changes may be interleaved; undo and redo rebase our own
//! steps beneath them.

use super::apply::{ApplyError, apply_all};
use super::diff::diff_projects;
use super::merge::{Conflict, merge_versions};
use super::op::{Op, Transaction};
use crate::id::Id;
use crate::model::Project;
use crate::model::check::{Severity, find_problems};

/// The steps done and the steps undone.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<HistoryStep>,
    /// The undone steps, the next to redo last, interleaved with others' later changes.
    undone: Vec<HistoryStep>,
    last: u64,
}

/// One step: a transaction with its numbers.
#[derive(Debug, Clone)]
struct HistoryStep {
    transaction: Transaction,
    /// The number assigned to the step, by which callers refer to it.
    number: u64,
    /// The number of the document state after the step.
    state: u64,
    /// True if others made the step: undo never reverts it.
    theirs: bool,
}

impl History {
    /// Applies a transaction as a new step. An empty one makes no step.
    ///
    /// # Errors
    /// Returns an error if the transaction does not fit the document; nothing is changed.
    pub fn commit_step(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), ApplyError> {
        if self.push_step(project, transaction, false)?.is_some() {
            self.undone.clear();
        }
        Ok(())
    }

    /// Adds a transaction to our last step, such as the name given to a new element; if the last step is not
    /// ours, it becomes a separate step.
    ///
    /// # Errors
    /// Returns an error if the transaction does not fit the document; nothing is changed.
    pub fn amend_step(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), ApplyError> {
        if self.done.last().is_none_or(|step| step.theirs) {
            return self.commit_step(project, transaction);
        }
        apply_all(project, &transaction)?;
        self.last += 1;
        if let Some(step) = self.done.last_mut() {
            step.transaction = std::mem::take(&mut step.transaction).chain_with(transaction);
            step.state = self.last;
        }
        self.undone.clear();
        Ok(())
    }

    /// Applies others' changes. Undo and redo rebase our own steps beneath them and keep them.
    ///
    /// # Errors
    /// Returns an error if the transaction does not fit the document; nothing is changed.
    pub fn take_in(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), ApplyError> {
        let step = self.push_step(project, transaction, true)?.cloned();
        if self.can_redo() {
            self.undone.extend(step);
        }
        Ok(())
    }

    fn push_step(
        &mut self,
        project: &mut Project,
        transaction: Transaction,
        theirs: bool,
    ) -> Result<Option<&HistoryStep>, ApplyError> {
        if transaction.is_empty() {
            return Ok(None);
        }
        apply_all(project, &transaction)?;
        self.last += 1;
        self.done.push(HistoryStep { transaction, number: self.last, state: self.last, theirs });
        Ok(self.done.last())
    }

    /// Undoes our last step; returns the transaction applied, or `None` if there is none. Others' later
    /// changes are kept, and a step entirely replaced by them is skipped.
    ///
    /// # Errors
    /// Returns an error if the step no longer fits the document; nothing is changed.
    pub fn undo(&mut self, project: &mut Project) -> Result<Option<Transaction>, ApplyError> {
        while let Some(place) = self.done.iter().rposition(|step| !step.theirs) {
            let applied = if place + 1 == self.done.len() {
                self.undo_last(project)?
            } else {
                self.undo_beneath(project, place)?
            };
            if applied.as_ref().is_none_or(|applied| !applied.is_empty()) {
                return Ok(applied);
            }
        }
        Ok(None)
    }

    fn undo_last(&mut self, project: &mut Project) -> Result<Option<Transaction>, ApplyError> {
        let Some(last) = self.done.last() else { return Ok(None) };
        let inverse = last.transaction.to_inverse();
        apply_all(project, &inverse)?;
        self.undone.extend(self.done.pop());
        Ok(Some(inverse))
    }

    /// Undoes a step beneath later steps of others.
    fn undo_beneath(
        &mut self,
        project: &mut Project,
        place: usize,
    ) -> Result<Option<Transaction>, ApplyError> {
        let now = project.clone();
        let state = self.state_number();
        let mut after = project.clone();
        let Some((step, theirs)) = self.done.get(place..).and_then(<[HistoryStep]>::split_first) else {
            return Ok(None);
        };
        for other in theirs.iter().rev() {
            apply_all(&mut after, &other.transaction.to_inverse())?;
        }
        let back = step.transaction.to_inverse();
        let mut before = after.clone();
        apply_all(&mut before, &back)?;
        let left = rebase_change(&after, &now, back);
        let applied = diff_projects(&now, &left);
        let theirs = diff_projects(&before, &left);
        apply_all(project, &applied)?;
        let undone =
            HistoryStep { transaction: applied.to_inverse(), number: step.number, state, theirs: false };
        self.done.truncate(place);
        let state = if applied.is_empty() {
            state
        } else {
            self.undone.push(undone);
            self.last += 1;
            self.last
        };
        self.done.push(HistoryStep { transaction: theirs, number: state, state, theirs: true });
        Ok(Some(applied))
    }

    /// Redoes the last undone step; returns the transaction applied, or `None` if there is none. Others'
    /// later changes are kept, and a step entirely replaced by them is skipped.
    ///
    /// # Errors
    /// Returns an error if the step no longer fits the document; nothing is changed.
    pub fn redo(&mut self, project: &mut Project) -> Result<Option<Transaction>, ApplyError> {
        while let Some(place) = self.undone.iter().rposition(|step| !step.theirs) {
            let applied = if place + 1 == self.undone.len() {
                self.redo_last(project)?
            } else {
                self.redo_beneath(project, place)?
            };
            if applied.as_ref().is_none_or(|applied| !applied.is_empty()) {
                return Ok(applied);
            }
        }
        Ok(None)
    }

    fn redo_last(&mut self, project: &mut Project) -> Result<Option<Transaction>, ApplyError> {
        let Some(next) = self.undone.last() else { return Ok(None) };
        let next = next.transaction.clone();
        apply_all(project, &next)?;
        self.done.extend(self.undone.pop());
        Ok(Some(next))
    }

    /// Redoes a step beneath later steps of others.
    fn redo_beneath(
        &mut self,
        project: &mut Project,
        place: usize,
    ) -> Result<Option<Transaction>, ApplyError> {
        let now = project.clone();
        let mut before = project.clone();
        let Some((step, theirs)) = self.undone.get(place..).and_then(<[HistoryStep]>::split_first) else {
            return Ok(None);
        };
        for other in theirs.iter().rev() {
            apply_all(&mut before, &other.transaction.to_inverse())?;
        }
        let mut after = before.clone();
        apply_all(&mut after, &step.transaction)?;
        let left = rebase_change(&before, &now, step.transaction.clone());
        let applied = diff_projects(&now, &left);
        let theirs = diff_projects(&after, &left);
        let number = step.number;
        apply_all(project, &applied)?;
        self.undone.truncate(place);
        if !self.undone.is_empty() {
            self.undone.push(HistoryStep { transaction: theirs, number: 0, state: 0, theirs: true });
        }
        if !applied.is_empty() {
            self.last += 1;
            self.done.push(HistoryStep {
                transaction: applied.clone(),
                number,
                state: self.last,
                theirs: false,
            });
        }
        Ok(Some(applied))
    }

    /// Returns true if a step can be undone.
    pub fn can_undo(&self) -> bool {
        self.done.iter().any(|step| !step.theirs)
    }

    /// Returns true if a step can be redone.
    pub fn can_redo(&self) -> bool {
        self.undone.iter().any(|step| !step.theirs)
    }

    /// Returns the number of our last step.
    pub fn last_step(&self) -> Option<u64> {
        self.done.iter().rfind(|step| !step.theirs).map(|step| step.number)
    }

    /// Returns true if the step with this number is done and not undone.
    pub fn is_step_done(&self, number: u64) -> bool {
        self.done.iter().any(|step| step.number == number)
    }

    /// Returns the number of the document's state. The same number means the same content, which tells a
    /// saved document from a changed one even after undo and other edits.
    pub fn state_number(&self) -> u64 {
        self.done.last().map_or(0, |step| step.state)
    }
}

/// Returns the present document with a change rebased from its state `then`. Values that others changed as
/// well are kept as theirs; if the rest of the change can't be made without them, none of it is.
fn rebase_change(then: &Project, now: &Project, mut change: Transaction) -> Project {
    let whole = change.ops.len();
    loop {
        let mut changed = then.clone();
        let fits = apply_all(&mut changed, &change).is_ok();
        if !fits || (change.ops.len() < whole && count_errors(&changed) > count_errors(then)) {
            return now.clone();
        }
        let merged = merge_versions(then, now, &changed);
        let ops = change.ops.len();
        change.ops.retain(|op| !merged.conflicts.iter().any(|conflict| is_about(conflict, op)));
        if change.ops.len() == ops {
            // A link drawn again would replace theirs between the same two elements.
            let loses = removed_ids(&diff_projects(now, &merged.project))
                .any(|id| !removed_ids(&change).any(|ours| ours == id));
            return if loses { now.clone() } else { merged.project };
        }
    }
}

fn removed_ids(transaction: &Transaction) -> impl Iterator<Item = Id> {
    transaction.ops.iter().filter(|op| matches!(op, Op::Remove(_))).map(Op::id)
}

fn count_errors(project: &Project) -> usize {
    find_problems(project).iter().filter(|problem| problem.severity == Severity::Error).count()
}

fn is_about(conflict: &Conflict, op: &Op) -> bool {
    match (conflict, op) {
        (Conflict::Value { id, choices }, Op::Set { id: set, field, .. }) => {
            id == set && choices.iter().any(|choice| choice.field == *field)
        }
        (Conflict::SameImport { kept, dropped }, op) => [*kept, *dropped].contains(&op.id()),
        (Conflict::Doubt(_), _) => false,
        (conflict, op) => conflict.id() == op.id(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::IdSource;
    use crate::model::value::FieldValue;
    use crate::model::{ProjectInfo, Record};

    #[test]
    fn a_state_never_returns_with_other_content() {
        let mut project = Project::new_empty(&mut IdSource::from_seed(1));
        let mut history = History::default();
        let title = |project: &Project, text: &str| {
            let info = Record::ProjectInfo(project.info().clone());
            Transaction::new(
                Op::set_field(&info, ProjectInfo::TITLE, FieldValue::Text(text.to_owned()))
                    .into_iter()
                    .collect(),
            )
        };
        let first = title(&project, "one");
        history.commit_step(&mut project, first).unwrap();
        let saved = history.state_number();
        history.undo(&mut project).unwrap();
        assert_ne!(history.state_number(), saved);
        history.redo(&mut project).unwrap();
        assert_eq!(history.state_number(), saved);
        history.undo(&mut project).unwrap();
        let other = title(&project, "two");
        history.commit_step(&mut project, other).unwrap();
        assert_ne!(history.state_number(), saved);
    }
}
