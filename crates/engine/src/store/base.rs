//! The last known content of a file, compared as a whole, never by date or size.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, DiskEntry};
use super::error::{FileStep, SaveCause, SaveError};
use super::whole::WholeReader;

/// Maximum number of links to follow; a longer chain counts as endless.
const MAX_LINKS: usize = 32;
/// Longest file name that file systems accept, in bytes.
const MAX_NAME: usize = 255;

/// The content of a file at the moment it was opened or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The file did not exist.
    Absent,
    /// The hash of every byte.
    Content(blake3::Hash),
}

impl Base {
    /// Returns the base of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::Content(blake3::hash(bytes))
    }

    /// Returns the base of the file at `path`, links followed; for saving over a file the user chose to
    /// replace.
    ///
    /// # Errors
    /// Returns an error if the path does not name a file, or the file can't be read.
    pub fn from_file(disk: &impl Disk, path: &Path) -> Result<Self, SaveError> {
        inspect_file(disk, &resolve_links(disk, path)?).map(|found| found.base)
    }
}

/// Returns true if two paths lead to one existing file.
///
/// # Errors
/// Returns an error if the file system can't tell: the two might be the same file.
pub fn is_same(a: &Path, b: &Path) -> io::Result<bool> {
    let a = real_path(a)?;
    let b = real_path(b)?;
    Ok(a.is_some() && a == b)
}

/// Returns the real path; `None` if nothing exists there.
fn real_path(path: &Path) -> io::Result<Option<PathBuf>> {
    match std::fs::canonicalize(path) {
        Ok(path) => Ok(Some(path)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The state of a file on the disk.
pub(super) struct FileOnDisk {
    pub(super) base: Base,
    pub(super) meta: Option<std::fs::Metadata>,
}

/// Reads and hashes the file at `target`, whose links have been followed.
pub(super) fn inspect_file(disk: &impl Disk, target: &Path) -> Result<FileOnDisk, SaveError> {
    match disk.entry_at(target).map_err(|error| SaveError::from_io(FileStep::Find, error, target))? {
        DiskEntry::Absent => Ok(FileOnDisk { base: Base::Absent, meta: None }),
        DiskEntry::File(meta) => {
            let hash = hash_file(disk, target, meta.len())
                .map_err(|error| SaveError::from_io(FileStep::Read, error, target))?;
            Ok(FileOnDisk { base: Base::Content(hash), meta: Some(meta) })
        }
        DiskEntry::Link(_) | DiskEntry::Other => Err(SaveError::new(SaveCause::NotAFile, target)),
    }
}

fn hash_file(disk: &impl Disk, path: &Path, size: u64) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(WholeReader::new(disk.open(path)?, size))?;
    Ok(hasher.finalize())
}

/// Follows symbolic links to the path that will be written; it may not exist yet.
///
/// # Errors
/// Returns an error if the links form a circle, or lead to something that is no file.
pub fn resolve_links(disk: &impl Disk, path: &Path) -> Result<PathBuf, SaveError> {
    let mut target = path.to_owned();
    for _ in 0..=MAX_LINKS {
        match disk.entry_at(&target).map_err(|error| SaveError::from_io(FileStep::Find, error, path))? {
            DiskEntry::Link(to) => target = parent_folder(&target).join(to),
            DiskEntry::Absent | DiskEntry::File(_) => return Ok(target),
            DiskEntry::Other => return Err(SaveError::new(SaveCause::NotAFile, &target)),
        }
    }
    Err(SaveError::new(SaveCause::LinkLoop, path))
}

/// Returns a path beside `path`: its name without the extension, and `added`. The name is shortened to make
/// room, since file systems limit names to 255 bytes.
pub fn copy_name(path: &Path, added: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default();
    let room = MAX_NAME.saturating_sub(added.len());
    let mut name = if stem.len() <= room {
        stem.to_owned()
    } else {
        let text = stem.to_string_lossy();
        OsString::from(&text[..text.floor_char_boundary(room)])
    };
    name.push(added);
    path.with_file_name(name)
}

/// Returns the folder that contains a path; for a bare name, the current one.
pub(super) fn parent_folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_as_much_of_the_name_as_the_addition_leaves_room_for() {
        let copy = |name: &str| copy_name(Path::new("x").join(name).as_path(), ".damaged1.ron");
        assert_eq!(copy("plan.v2.ron"), Path::new("x/plan.v2.damaged1.ron"));
        assert_eq!(copy("plan"), Path::new("x/plan.damaged1.ron"));
        // 83 characters of 3 bytes each and the extension are the longest name; 80 leave room for the
        // addition.
        let long = format!("{}.ron", "旅".repeat(83));
        assert_eq!(copy(&long), Path::new("x").join(format!("{}.damaged1.ron", "旅".repeat(80))));
    }
}
