//! Undo and redo, one step per transaction. What others did comes in between: our steps are taken back and again from
//! under it.

use super::apply::{ApplyError, apply_all};
use super::diff::diff;
use super::merge::{Conflict, merge};
use super::op::{Op, Transaction};
use crate::id::Id;
use crate::model::Project;
use crate::model::check::{Severity, problems};

/// The steps taken and the steps taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    /// The steps taken back, the next to be taken again last; what others did since stands on them.
    undone: Vec<Step>,
    last: u64,
}

/// One step.
#[derive(Debug, Clone)]
struct Step {
    transaction: Transaction,
    /// The number it was given, by which others know it.
    number: u64,
    /// The number of the state it leads to.
    state: u64,
    /// Whether others made it: what they did is not ours to take back.
    theirs: bool,
}

impl History {
    /// Applies a transaction as a new step. An empty one is no step.
    ///
    /// # Errors
    /// Where it does not fit the document; nothing is changed.
    pub fn commit(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), ApplyError> {
        if self.step(project, transaction, false)?.is_some() {
            self.undone.clear();
        }
        Ok(())
    }

    /// Applies a transaction as part of our last step, such as the name that something just made gets; without a last
    /// step of ours it is a step of its own.
    ///
    /// # Errors
    /// Where it does not fit the document; nothing is changed.
    pub fn amend(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), ApplyError> {
        if self.done.last().is_none_or(|step| step.theirs) {
            return self.commit(project, transaction);
        }
        apply_all(project, &transaction)?;
        self.last += 1;
        if let Some(step) = self.done.last_mut() {
            step.transaction = std::mem::take(&mut step.transaction).then(transaction);
            step.state = self.last;
        }
        self.undone.clear();
        Ok(())
    }

    /// Applies what others did. Our steps are taken back and again from under it; it stays.
    ///
    /// # Errors
    /// Where it does not fit the document; nothing is changed.
    pub fn take_in(&mut self, project: &mut Project, transaction: Transaction) -> Result<(), ApplyError> {
        let step = self.step(project, transaction, true)?.cloned();
        if self.can_redo() {
            self.undone.extend(step);
        }
        Ok(())
    }

    fn step(
        &mut self,
        project: &mut Project,
        transaction: Transaction,
        theirs: bool,
    ) -> Result<Option<&Step>, ApplyError> {
        if transaction.is_empty() {
            return Ok(None);
        }
        apply_all(project, &transaction)?;
        self.last += 1;
        self.done.push(Step { transaction, number: self.last, state: self.last, theirs });
        Ok(self.done.last())
    }

    /// Takes our last step back; returns what was applied, or `None` where there is none. What others changed since
    /// stays, and a step of which nothing else is left is passed over.
    ///
    /// # Errors
    /// Where the step no longer fits the document; nothing is changed.
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
        let inverse = last.transaction.inverse();
        apply_all(project, &inverse)?;
        self.undone.extend(self.done.pop());
        Ok(Some(inverse))
    }

    /// Takes a step back on which others' steps stand.
    fn undo_beneath(
        &mut self,
        project: &mut Project,
        place: usize,
    ) -> Result<Option<Transaction>, ApplyError> {
        let (now, state, mut after) = (project.clone(), self.state(), project.clone());
        let Some((step, theirs)) = self.done.get(place..).and_then(<[Step]>::split_first) else {
            return Ok(None);
        };
        for other in theirs.iter().rev() {
            apply_all(&mut after, &other.transaction.inverse())?;
        }
        let back = step.transaction.inverse();
        let mut before = after.clone();
        apply_all(&mut before, &back)?;
        let left = beneath(&after, &now, back);
        let (applied, theirs) = (diff(&now, &left), diff(&before, &left));
        apply_all(project, &applied)?;
        let undone = Step { transaction: applied.inverse(), number: step.number, state, theirs: false };
        self.done.truncate(place);
        let state = if applied.is_empty() {
            state
        } else {
            self.undone.push(undone);
            self.last += 1;
            self.last
        };
        self.done.push(Step { transaction: theirs, number: state, state, theirs: true });
        Ok(Some(applied))
    }

    /// Takes the last undone step again; returns what was applied, or `None` at the end. What others changed since
    /// stays, and a step of which nothing else is left is passed over.
    ///
    /// # Errors
    /// Where the step no longer fits the document; nothing is changed.
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

    /// Takes a step again on which others' steps stand.
    fn redo_beneath(
        &mut self,
        project: &mut Project,
        place: usize,
    ) -> Result<Option<Transaction>, ApplyError> {
        let (now, mut before) = (project.clone(), project.clone());
        let Some((step, theirs)) = self.undone.get(place..).and_then(<[Step]>::split_first) else {
            return Ok(None);
        };
        for other in theirs.iter().rev() {
            apply_all(&mut before, &other.transaction.inverse())?;
        }
        let mut after = before.clone();
        apply_all(&mut after, &step.transaction)?;
        let left = beneath(&before, &now, step.transaction.clone());
        let (applied, theirs, number) = (diff(&now, &left), diff(&after, &left), step.number);
        apply_all(project, &applied)?;
        self.undone.truncate(place);
        if !self.undone.is_empty() {
            self.undone.push(Step { transaction: theirs, number: 0, state: 0, theirs: true });
        }
        if !applied.is_empty() {
            self.last += 1;
            self.done.push(Step { transaction: applied.clone(), number, state: self.last, theirs: false });
        }
        Ok(Some(applied))
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.done.iter().any(|step| !step.theirs)
    }

    /// Whether there is a step to take again.
    pub fn can_redo(&self) -> bool {
        self.undone.iter().any(|step| !step.theirs)
    }

    /// Whether a step still stands: the number is the state's that it first led to.
    pub fn holds(&self, number: u64) -> bool {
        self.done.iter().any(|step| step.number == number)
    }

    /// The state the document is in: the same number again means the same content, which tells a saved document
    /// from a changed one even after undo and other edits.
    pub fn state(&self) -> u64 {
        self.done.last().map_or(0, |step| step.state)
    }
}

/// The document now with a change made to what it was `then`. What others changed too since stays as they left it;
/// where the rest of the change can't be made without that, none of it is.
fn beneath(then: &Project, now: &Project, mut change: Transaction) -> Project {
    let whole = change.ops.len();
    loop {
        let mut changed = then.clone();
        let fits = apply_all(&mut changed, &change).is_ok();
        if !fits || (change.ops.len() < whole && errors(&changed) > errors(then)) {
            return now.clone();
        }
        let merged = merge(then, now, &changed);
        let ops = change.ops.len();
        change.ops.retain(|op| !merged.conflicts.iter().any(|conflict| is_about(conflict, op)));
        if change.ops.len() == ops {
            // A link drawn anew would take the place of theirs between the same two.
            let loses =
                removed(&diff(now, &merged.project)).any(|id| !removed(&change).any(|ours| ours == id));
            return if loses { now.clone() } else { merged.project };
        }
    }
}

fn removed(transaction: &Transaction) -> impl Iterator<Item = Id> {
    transaction.ops.iter().filter(|op| matches!(op, Op::Remove(_))).map(Op::id)
}

fn errors(project: &Project) -> usize {
    problems(project).iter().filter(|problem| problem.severity == Severity::Error).count()
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
