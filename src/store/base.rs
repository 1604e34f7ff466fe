//! What a file was when it was last seen: the whole content decides, never its date or size.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Entry};
use super::error::{SaveCause, SaveError, Step};
use super::whole::WholeReader;

/// Links followed before a chain of them counts as endless.
const MAX_LINKS: usize = 32;
/// Bytes of the longest file name that file systems take.
const MAX_NAME: usize = 255;

/// The content of a file at the moment it was opened or saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// There was no file.
    Absent,
    /// The hash of every byte.
    Content(blake3::Hash),
}

impl Base {
    /// The base that these bytes make.
    pub fn of(bytes: &[u8]) -> Self {
        Self::Content(blake3::hash(bytes))
    }

    /// What stands at `path` now, links followed; for saving over a file the user has just chosen to replace.
    ///
    /// # Errors
    /// When the path does not name a file, or it cannot be read.
    pub fn at(disk: &impl Disk, path: &Path) -> Result<Self, SaveError> {
        look(disk, &resolve(disk, path)?).map(|found| found.base)
    }
}

/// Whether two paths lead to one file that is there.
///
/// # Errors
/// When the file system does not say: what stands at one of them may be the other.
pub fn is_same(a: &Path, b: &Path) -> io::Result<bool> {
    let (a, b) = (real(a)?, real(b)?);
    Ok(a.is_some() && a == b)
}

/// Where a path leads to; none where nothing is there.
fn real(path: &Path) -> io::Result<Option<PathBuf>> {
    match std::fs::canonicalize(path) {
        Ok(path) => Ok(Some(path)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// A file as it stands on the disk.
pub(super) struct Found {
    pub(super) base: Base,
    pub(super) meta: Option<std::fs::Metadata>,
}

/// Reads and hashes what stands at `target`, whose links have been followed.
pub(super) fn look(disk: &impl Disk, target: &Path) -> Result<Found, SaveError> {
    match disk.entry(target).map_err(|error| SaveError::io(Step::Find, error, target))? {
        Entry::Absent => Ok(Found { base: Base::Absent, meta: None }),
        Entry::File(meta) => {
            let hash =
                hash(disk, target, meta.len()).map_err(|error| SaveError::io(Step::Read, error, target))?;
            Ok(Found { base: Base::Content(hash), meta: Some(meta) })
        }
        Entry::Link(_) | Entry::Other => Err(SaveError::new(SaveCause::NotAFile, target)),
    }
}

fn hash(disk: &impl Disk, path: &Path, size: u64) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(WholeReader::new(disk.open(path)?, size))?;
    Ok(hasher.finalize())
}

/// Follows symbolic links to the path that is really to be written; it may not exist yet.
///
/// # Errors
/// When the links lead in a circle, or to what is no file.
pub fn resolve(disk: &impl Disk, path: &Path) -> Result<PathBuf, SaveError> {
    let mut target = path.to_owned();
    for _ in 0..=MAX_LINKS {
        match disk.entry(&target).map_err(|error| SaveError::io(Step::Find, error, path))? {
            Entry::Link(to) => target = folder(&target).join(to),
            Entry::Absent | Entry::File(_) => return Ok(target),
            Entry::Other => return Err(SaveError::new(SaveCause::NotAFile, &target)),
        }
    }
    Err(SaveError::new(SaveCause::LinkLoop, path))
}

/// A path beside `path`: its name without the ending, and what is added. The name is shortened as far as the addition
/// needs room, since file systems end at 255 bytes.
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

/// The folder a path stands in; a bare name stands in the current one.
pub(super) fn folder(path: &Path) -> &Path {
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
        // 83 signs of 3 bytes each and the ending are the longest name; 80 of them leave room for the addition.
        let long = format!("{}.ron", "旅".repeat(83));
        assert_eq!(copy(&long), Path::new("x").join(format!("{}.damaged1.ron", "旅".repeat(80))));
    }
}
