//! The journal of an open project: it keeps every change until it is saved.

use super::super::merging::OpenConflict;
use super::{File, Session};
use crate::edit::Transaction;
use crate::store::base::Base;
use crate::store::disk::RealDisk;
use crate::store::journal::{Journal, JournalOrigin, Recoverable, Trouble};
use std::path::Path;

impl Session {
    /// Keeps every change from now on in a journal in the state folder.
    pub fn keep_safe(&mut self, state: &Path) {
        self.journal = Some(Journal::start_new(RealDisk, state, self.journal_origin()));
    }

    /// Continues the journal of an ended process; `conflicts` are those left by the merge.
    pub fn take_up(&mut self, left: Recoverable, conflicts: Vec<OpenConflict>, state: &Path) {
        self.saved = u64::MAX;
        self.conflicts = conflicts;
        let stored = self.file.is_none().then(|| left.stored.clone());
        let mut origin = self.journal_origin();
        origin.project = stored.unwrap_or(origin.project);
        self.journal = Some(Journal::resume_from(RealDisk, state, left, origin, self.project.clone()));
    }

    /// Returns the stored version of the document, from which the journal's changes lead to the current one.
    fn journal_origin(&self) -> JournalOrigin {
        match &self.file {
            Some(File { path, base, content }) => {
                JournalOrigin { path: Some(path.clone()), base: *base, project: content.clone() }
            }
            None => JournalOrigin { path: None, base: Base::Absent, project: self.project.clone() },
        }
    }

    pub(super) fn renew_journal(&self) {
        if let Some(journal) = &self.journal {
            journal.rebase_on(self.journal_origin());
        }
    }

    pub(super) fn append_to_journal(&mut self, applied: &Transaction) {
        if let Some(journal) = &mut self.journal {
            journal.append_change(&self.project, applied);
        }
    }

    /// Removes the journal of a saved or given-up document, to be closed off the interface thread.
    pub fn give_up_journal(&mut self) -> Option<Journal> {
        self.journal.take()
    }

    /// Returns the reason why changes are not kept in the journal; each is returned once.
    pub fn journal_trouble(&self) -> Option<Trouble> {
        self.journal.as_ref()?.take_trouble()
    }
}
