//! The journal of an open project: it keeps every change until it is saved.

use super::super::merging::Clash;
use super::{File, Session};
use crate::edit::Transaction;
use crate::store::base::Base;
use crate::store::disk::RealDisk;
use crate::store::journal::{Journal, Origin, Recoverable, Trouble};
use std::path::Path;

impl Session {
    /// Keeps every change from now on in a journal in the state folder.
    pub fn keep_safe(&mut self, state: &Path) {
        self.journal = Some(Journal::begin(RealDisk, state, self.origin()));
    }

    /// Continues the journal of an ended process; `conflicts` are those left by the merge.
    pub fn take_up(&mut self, left: Recoverable, conflicts: Vec<Clash>, state: &Path) {
        self.saved = u64::MAX;
        self.conflicts = conflicts;
        let stored = self.file.is_none().then(|| left.stored.clone());
        let mut origin = self.origin();
        origin.project = stored.unwrap_or(origin.project);
        self.journal = Some(Journal::resume(RealDisk, state, left, origin, self.project.clone()));
    }

    /// Returns the stored version of the document, from which the journal's changes lead to the current one.
    fn origin(&self) -> Origin {
        match &self.file {
            Some(File { path, base, content }) => {
                Origin { path: Some(path.clone()), base: *base, project: content.clone() }
            }
            None => Origin { path: None, base: Base::Absent, project: self.project.clone() },
        }
    }

    pub(super) fn renew_journal(&self) {
        if let Some(journal) = &self.journal {
            journal.saved(self.origin());
        }
    }

    pub(super) fn keep(&mut self, applied: &Transaction) {
        if let Some(journal) = &mut self.journal {
            journal.append(&self.project, applied);
        }
    }

    /// Removes the journal of a saved or given-up document, to be closed off the interface thread.
    pub fn give_up_journal(&mut self) -> Option<Journal> {
        self.journal.take()
    }

    /// Returns the reason why changes are not kept in the journal; each is returned once.
    pub fn trouble(&self) -> Option<Trouble> {
        self.journal.as_ref()?.trouble()
    }
}
