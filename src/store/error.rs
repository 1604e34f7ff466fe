//! Why a file was not saved: what happened first, the path last.

use std::io;
use std::path::{Path, PathBuf};

use super::base::Base;
use crate::id::Id;

/// A save that did not happen: the document is still unsaved and the file is what it was.
#[derive(Debug)]
pub struct SaveError {
    /// What happened.
    pub cause: SaveCause,
    /// The file concerned, links followed as far as they could be.
    pub path: PathBuf,
    /// Our temporary file, where even that could not be removed.
    pub leftover: Option<PathBuf>,
}

/// What kept a file from being saved.
#[derive(Debug)]
pub enum SaveCause {
    /// Somebody else changed, removed or created the file since it was opened.
    ChangedOnDisk {
        /// What it is now; once the user agrees, saving over exactly this is possible.
        found: Base,
    },
    /// The path names a folder, a pipe or a device.
    NotAFile,
    /// Symbolic links lead in a circle, or on and on.
    LinkLoop,
    /// The file may be read but not changed.
    ReadOnly,
    /// The folder the file should be in does not exist.
    NoFolder,
    /// The project is larger than any file that would be opened again.
    TooLarge {
        /// How large it would be.
        bytes: u64,
    },
    /// A record holds what the reader of files refuses.
    Unreadable {
        /// The record.
        record: Id,
    },
    /// No room is left on the disk.
    DiskFull {
        /// How many bytes the file takes; 0 where that is not known.
        needed: u64,
    },
    /// Anything else the file system refused.
    Failed {
        /// What was being done.
        step: Step,
        /// What the file system said.
        source: io::Error,
    },
}

/// What was being done when the file system failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Finding the file, through links if need be.
    Find,
    /// Reading what stands there now.
    Read,
    /// Making the temporary file beside it.
    Create,
    /// Writing the temporary file.
    Write,
    /// Waiting until the content is on the disk.
    Sync,
    /// Putting the new file in the place of the old one.
    Replace,
}

impl SaveError {
    pub(super) fn new(cause: SaveCause, path: &Path) -> Self {
        Self { cause, path: path.to_owned(), leftover: None }
    }

    /// An error of the file system, told apart where the user can do something about it.
    pub(super) fn io(step: Step, source: io::Error, path: &Path) -> Self {
        Self::new(SaveCause::Failed { step, source }, path)
    }
}
