//! Detects whether a file changed while it was read.

use super::error::TableError;
use std::fs::{File, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// The length and modification time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of an open file.
    pub(super) fn of_file(file: &File) -> Result<Self, TableError> {
        Ok(Self::new(&file.metadata()?))
    }

    /// Takes the current stamp of the file at a path.
    pub(super) fn of_path(path: &Path) -> Result<Self, TableError> {
        Ok(Self::new(&std::fs::metadata(path)?))
    }

    fn new(meta: &Metadata) -> Self {
        Self { bytes: meta.len(), modified: meta.modified().ok() }
    }

    /// The length in bytes.
    pub(super) fn byte_length(self) -> u64 {
        self.bytes
    }

    /// Fails with [`TableError::Changed`] if the stamp is different now.
    pub(super) fn check_unchanged(self, now: Self) -> Result<(), TableError> {
        if self == now { Ok(()) } else { Err(TableError::Changed) }
    }
}
