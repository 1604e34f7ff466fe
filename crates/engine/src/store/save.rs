//! Saving: after any fault the file is the old one or the new one, and "saved" is reported only when it is
//! true.
//!
//! The order of steps guarantees this: write a temporary file beside the target, wait for the disk, compare
//! the target's whole content with the opened version, rename over it, wait for the folder. The target itself
//! is never opened for writing, shortened or deleted.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use super::adopt::NotKept;
use super::base::{Base, inspect_file, parent_folder, resolve_links};
use super::disk::{Disk, DiskEntry, write_all};
use super::error::{FileStep, SaveCause, SaveError};
use super::temp;

/// A save that replaced the file's content.
#[derive(Debug)]
#[must_use = "an unconfirmed save must be told to the user"]
pub struct Saved {
    /// The file's new content.
    pub base: Base,
    /// The error that leaves it uncertain if the content would survive a power cut; `None` if it is on stable
    /// storage under its name.
    pub unconfirmed: Option<io::Error>,
    /// Metadata of the old file that could not be kept.
    pub lost: Vec<NotKept>,
}

impl Saved {
    /// Returns true if the content is on stable storage under its name.
    pub fn is_durable(&self) -> bool {
        self.unconfirmed.is_none()
    }
}

/// Replaces the file at `path`, links followed, if its content still is `base`.
///
/// # Errors
/// Returns an error if the file was changed meanwhile, or the file system failed; the file is then untouched.
pub fn save_file<D: Disk>(disk: &D, path: &Path, base: Base, bytes: &[u8]) -> Result<Saved, SaveError> {
    save_held(disk, path, base, bytes, None)
}

/// As [`save_file`], optionally with the folder's lock already held.
pub(super) fn save_held<D: Disk>(
    disk: &D,
    path: &Path,
    base: Base,
    bytes: &[u8],
    held: Option<D::Hold>,
) -> Result<Saved, SaveError> {
    let target = resolve_links(disk, path)?;
    let new = Base::from_bytes(bytes);
    let replaced = check_unchanged(disk, &target, base, new)?;
    check_writable(disk, &target, replaced.as_ref())?;
    let needed = bytes.len() as u64;
    let (temp, file) = temp::create_temp(disk, &target)
        .map_err(|error| to_save_error(FileStep::Create, error, &target, needed))?;
    write_temp(disk, file, &target, replaced.as_ref(), bytes)
        .map_err(|(step, error)| to_save_error(step, error, &target, needed))
        .and_then(|lost| {
            // Two processes of ours that compare and rename at the same time would each find the file
            // unchanged.
            let _hold = held.or_else(|| disk.lock_dir(parent_folder(&target)));
            check_unchanged(disk, &target, base, new)?;
            rename_into_place(disk, &temp, &target, new).map(|saved| Saved { lost, ..saved })
        })
        .map_err(|error| discard_temp(disk, &temp, error))
}

/// Checks that the target still holds the opened content (or already the new one); returns its metadata.
fn check_unchanged(
    disk: &impl Disk,
    target: &Path,
    base: Base,
    new: Base,
) -> Result<Option<Metadata>, SaveError> {
    let found = inspect_file(disk, target)?;
    if found.base == base || found.base == new {
        Ok(found.meta)
    } else {
        Err(SaveError::new(SaveCause::ChangedOnDisk { found: found.base }, target))
    }
}

/// Checks that the file may be written: a rename would quietly replace a read-only file.
pub(super) fn check_writable(
    disk: &impl Disk,
    target: &Path,
    replaced: Option<&Metadata>,
) -> Result<(), SaveError> {
    let Some(meta) = replaced else { return Ok(()) };
    if meta.permissions().readonly() {
        return Err(SaveError::new(SaveCause::ReadOnly, target));
    }
    disk.probe_writable(target).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            SaveError::new(SaveCause::ReadOnly, target)
        }
        _ => SaveError::from_io(FileStep::Find, error, target),
    })
}

/// Writes and syncs all bytes to the temporary file and closes it; returns the metadata of the replaced file
/// that could not be kept.
fn write_temp<D: Disk>(
    disk: &D,
    mut file: D::Writer,
    target: &Path,
    replaced: Option<&Metadata>,
    bytes: &[u8],
) -> Result<Vec<NotKept>, (FileStep, io::Error)> {
    let adopted = replaced.map(|meta| disk.transfer_metadata(&file, target, meta)).transpose();
    let lost = adopted.map_err(|error| (FileStep::Create, error))?.unwrap_or_default();
    write_all(disk, &mut file, bytes).map_err(|error| (FileStep::Write, error))?;
    disk.sync_all(&file).map_err(|error| (FileStep::Sync, error))?;
    Ok(lost)
}

/// Renames over the target. An error after the new content is in place makes the save unconfirmed, not
/// failed.
pub(super) fn rename_into_place(
    disk: &impl Disk,
    temp: &Path,
    target: &Path,
    new: Base,
) -> Result<Saved, SaveError> {
    let unconfirmed = match disk.rename_file(temp, target) {
        Ok(()) => disk.sync_dir(parent_folder(target)).err(),
        Err(source) if has_arrived(disk, temp, target, new) => Some(source),
        Err(source) => return Err(SaveError::from_io(FileStep::Replace, source, target)),
    };
    Ok(Saved { base: new, unconfirmed, lost: Vec::new() })
}

/// Returns true if a rename that reported an error succeeded all the same, as network file systems may do.
fn has_arrived(disk: &impl Disk, temp: &Path, target: &Path, new: Base) -> bool {
    matches!(disk.entry_at(temp), Ok(DiskEntry::Absent))
        && inspect_file(disk, target).is_ok_and(|found| found.base == new)
}

/// Removes the temporary file of this save, or adds its path to the error.
fn discard_temp(disk: &impl Disk, temp: &Path, error: SaveError) -> SaveError {
    SaveError { leftover: remove_temp(disk, temp), ..error }
}

/// Removes a temporary file; returns its path if that failed.
pub(super) fn remove_temp(disk: &impl Disk, temp: &Path) -> Option<PathBuf> {
    let stays = disk.remove(temp).is_err_and(|failure| failure.kind() != io::ErrorKind::NotFound);
    stays.then(|| temp.to_owned())
}

/// Maps an error to the causes that the user can act on.
pub(super) fn to_save_error(step: FileStep, source: io::Error, target: &Path, needed: u64) -> SaveError {
    let cause = match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SaveCause::DiskFull { needed },
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => SaveCause::ReadOnly,
        io::ErrorKind::NotFound if step == FileStep::Create => SaveCause::NoFolder,
        _ => SaveCause::Failed { step, source },
    };
    SaveError::new(cause, target)
}
