//! Errors of saving: the cause first, the path last.

use std::io;
use std::path::{Path, PathBuf};

use super::base::Base;
use crate::id::Id;

/// A failed save: the document is still unsaved and the file is unchanged.
#[derive(Debug)]
pub struct SaveError {
    /// The cause of the failure.
    pub cause: SaveCause,
    /// The file concerned, links followed as far as they could be.
    pub path: PathBuf,
    /// Our temporary file, if even that could not be removed.
    pub leftover: Option<PathBuf>,
}

/// The cause of a failed save.
#[derive(Debug)]
pub enum SaveCause {
    /// The file was changed, removed or created by others since it was opened.
    ChangedOnDisk {
        /// Its present content; with the user's consent, a save can replace exactly this.
        found: Base,
    },
    /// The path names a folder, a pipe or a device.
    NotAFile,
    /// Symbolic links form a circle, or a chain that is too long.
    LinkLoop,
    /// The file may be read but not changed.
    ReadOnly,
    /// The folder the file should be in does not exist.
    NoFolder,
    /// The project is larger than any file that could be opened again.
    TooLarge {
        /// The size it would have, in bytes.
        bytes: u64,
    },
    /// A record holds a value that the file reader refuses.
    Unreadable {
        /// The record that can't be read.
        record: Id,
    },
    /// No space is left on the disk.
    DiskFull {
        /// The size of the file, in bytes; 0 if unknown.
        needed: u64,
    },
    /// Any other refusal of the file system.
    Failed {
        /// The step that failed.
        step: FileStep,
        /// The file system's error.
        source: io::Error,
    },
}

/// The step during which the file system failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStep {
    /// Finding the file, through links if need be.
    Find,
    /// Reading the present file.
    Read,
    /// Creating the temporary file beside it.
    Create,
    /// Writing the temporary file.
    Write,
    /// Waiting until the content is on the disk.
    Sync,
    /// Replacing the old file by the new one.
    Replace,
}

impl SaveError {
    pub(super) fn new(cause: SaveCause, path: &Path) -> Self {
        Self { cause, path: path.to_owned(), leftover: None }
    }

    /// Maps an error of the file system to the causes that the user can act on.
    pub(super) fn from_io(step: FileStep, source: io::Error, path: &Path) -> Self {
        Self::new(SaveCause::Failed { step, source }, path)
    }
}
