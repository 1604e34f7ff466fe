//! Copies a damaged file before it is overwritten.

use crate::store::base::{Base, copy_name, is_same, resolve_links};
use crate::store::disk::Disk;
use crate::store::error::{FileStep, SaveCause, SaveError};
use crate::store::project::{OpenError, read_file};
use crate::store::save::save_file;
use std::path::{Path, PathBuf};

/// Upper limit of the copies of one name.
const COPIES: u32 = 100;

/// Copies the damaged file beside itself if `target` leads to it; returns the copy's path.
///
/// # Errors
/// Returns an error if the copy could not be written.
pub fn keep_damaged(disk: &impl Disk, damaged: &Path, target: &Path) -> Result<Option<PathBuf>, SaveError> {
    let target = resolve_links(disk, target)?;
    if !is_same(damaged, &target).map_err(|error| SaveError::from_io(FileStep::Find, error, &target))? {
        return Ok(None);
    }
    let bytes = match read_file(disk, &target) {
        Ok(bytes) => bytes,
        Err(OpenError::Missing) => return Ok(None),
        Err(OpenError::Failed(error)) => return Err(SaveError::from_io(FileStep::Read, error, &target)),
        Err(_) => return Err(SaveError::new(SaveCause::NotAFile, &target)),
    };
    for copy in 1..COPIES {
        let path = copy_path(&target, copy);
        match save_file(disk, &path, Base::Absent, &bytes) {
            Ok(_) => return Ok(Some(path)),
            Err(error) if matches!(error.cause, SaveCause::ChangedOnDisk { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Err(SaveError::new(SaveCause::NotAFile, &target))
}

/// `trip.ron` becomes `trip.damaged.ron`, then `trip.damaged-2.ron`.
fn copy_path(path: &Path, copy: u32) -> PathBuf {
    let number = if copy == 1 { String::new() } else { format!("-{copy}") };
    copy_name(path, &format!(".damaged{number}.ron"))
}
