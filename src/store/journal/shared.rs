//! What the thread that writes a journal tells the others.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Why changes are not kept at present. Editing goes on, and it is tried again every few seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The folder where journals are kept.
    pub folder: PathBuf,
    /// What kind of error it is.
    pub kind: io::ErrorKind,
    /// What the file system said.
    pub detail: String,
}

impl Trouble {
    pub(super) fn new(folder: &Path, error: &io::Error) -> Self {
        Self { folder: folder.to_owned(), kind: error.kind(), detail: error.to_string() }
    }
}

/// What the writing thread has reached.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The number of the last change that is on stable storage.
    pub(super) durable: u64,
    /// Why changes are not kept.
    pub(super) trouble: Option<Trouble>,
    /// Whether somebody was told of it.
    pub(super) told: bool,
    /// Whether the thread has ended.
    pub(super) ended: bool,
}

#[derive(Debug, Default)]
pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Waits until a condition holds; false where it does not in time.
    pub(super) fn wait(&self, limit: Duration, mut until: impl FnMut(&State) -> bool) -> bool {
        let state = self.lock();
        let waited = self.changed.wait_timeout_while(state, limit, |state| !until(state));
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        until(&state)
    }
}
