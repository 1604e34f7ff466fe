//! Why a file was not saved: what happened first, the path last.

use std::io;
use std::path::{Path, PathBuf};

use super::base::Base;

/// A save that did not happen: the document is still unsaved and the file is what it was.
#[derive(Debug, thiserror::Error)]
#[error("{cause}: {}{}", path.display(), leftover_note(leftover.as_deref()))]
pub struct SaveError {
    /// What happened.
    #[source]
    pub cause: SaveCause,
    /// The file concerned, links followed as far as they could be.
    pub path: PathBuf,
    /// Our temporary file, where even that could not be removed.
    pub leftover: Option<PathBuf>,
}

/// What kept a file from being saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveCause {
    /// Somebody else changed, removed or created the file since it was opened.
    #[error("changed by someone else since it was opened, nothing was saved")]
    ChangedOnDisk {
        /// What it is now; once the user agrees, saving over exactly this is possible.
        found: Base,
    },
    /// The path names a folder, a pipe or a device.
    #[error("not an ordinary file, nothing was saved")]
    NotAFile,
    /// Symbolic links lead in a circle, or on and on.
    #[error("the links at this path have no end, nothing was saved")]
    LinkLoop,
    /// The file may be read but not changed.
    #[error("read-only, nothing was saved")]
    ReadOnly,
    /// The folder the file should be in does not exist.
    #[error("the folder does not exist, nothing was saved")]
    NoFolder,
    /// The project is larger than any file that would be opened again.
    #[error("{bytes} bytes are more than a project file may have, nothing was saved")]
    TooLarge {
        /// How large it would be.
        bytes: u64,
    },
    /// No room is left on the disk.
    #[error("the disk is full, {needed} bytes are needed, nothing was saved")]
    DiskFull {
        /// How many bytes the project takes.
        needed: u64,
    },
    /// Anything else the file system refused.
    #[error("the file system failed to {step}, nothing was saved ({source})")]
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

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Find => "find the file",
            Self::Read => "read the file",
            Self::Create => "create a file",
            Self::Write => "write",
            Self::Sync => "confirm what was written",
            Self::Replace => "replace the file",
        })
    }
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

fn leftover_note(leftover: Option<&Path>) -> String {
    leftover.map(|path| format!(" (a temporary file was left at {})", path.display())).unwrap_or_default()
}
