//! State shared by the thread that writes a journal with other threads.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The reason why changes are not recorded now. Editing continues; writing is retried every few seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The folder where journals are kept.
    pub folder: PathBuf,
    /// The kind of the error.
    pub kind: io::ErrorKind,
    /// The file system's message.
    pub detail: String,
}

impl Trouble {
    pub(super) fn new(folder: &Path, error: &io::Error) -> Self {
        Self { folder: folder.to_owned(), kind: error.kind(), detail: error.to_string() }
    }
}

/// The progress of the writing thread.
#[derive(Debug, Default)]
pub(super) struct WriterState {
    /// The number of the last change that is on stable storage.
    pub(super) durable: u64,
    /// The reason why changes are not recorded, if so.
    pub(super) trouble: Option<Trouble>,
    /// True if the trouble was reported to the caller.
    pub(super) told: bool,
    /// True if the thread has ended.
    pub(super) ended: bool,
}

#[derive(Debug, Default)]
pub(super) struct JournalShared {
    state: Mutex<WriterState>,
    changed: Condvar,
}

impl JournalShared {
    pub(super) fn lock_state(&self) -> MutexGuard<'_, WriterState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn update_state(&self, change: impl FnOnce(&mut WriterState)) {
        change(&mut self.lock_state());
        self.changed.notify_all();
    }

    /// Waits until a condition holds; returns false on timeout.
    pub(super) fn wait_for(&self, limit: Duration, mut until: impl FnMut(&WriterState) -> bool) -> bool {
        let state = self.lock_state();
        let waited = self.changed.wait_timeout_while(state, limit, |state| !until(state));
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        until(&state)
    }
}
