//! Opens projects from files, and saves them over the opened version.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::base::{Base, parent_folder, resolve_links};
use super::disk::{Disk, DiskEntry, RealDisk};
use super::error::{SaveCause, SaveError};
use super::load::{LoadCause, LoadError, Loaded, MAX_BYTES, load_project, to_bytes};
use super::save::{Saved, save_held};
use super::text::Version;
use super::v1::unreadable_record;
use super::whole::WholeReader;
use crate::model::Project;

/// A project with the content of its file when it was opened.
#[derive(Debug)]
pub struct Opened {
    /// The project.
    pub loaded: Loaded,
    /// The content that a save must still find in the file.
    pub base: Base,
}

/// A version of a project as a file holds it.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The file's content when it was read or saved.
    pub base: Base,
    /// The project in it.
    pub content: Project,
    /// The version of the newer program that wrote it; it can't be saved over then.
    pub read_only: Option<Version>,
}

impl StoredFile {
    /// Reads a project file.
    ///
    /// # Errors
    /// Returns an error if the file does not exist, can't be read, or is not a project.
    pub fn read_from(path: &Path) -> Result<Self, OpenError> {
        let opened = open_project(&RealDisk, path)?;
        Ok(Self::from_loaded(path, opened.base, opened.loaded))
    }

    pub(super) fn from_loaded(path: &Path, base: Base, loaded: Loaded) -> Self {
        Self { path: path.to_owned(), base, content: loaded.project, read_only: loaded.read_only }
    }
}

/// The reason why a file was not opened.
#[derive(Debug)]
pub enum OpenError {
    /// There is no such file.
    Missing,
    /// The path names a folder, a pipe, a socket or a device.
    NotAFile,
    /// Symbolic links form a circle, or a chain that is too long.
    LinkLoop,
    /// The file system refused.
    Failed(io::Error),
    /// The content is not a project.
    Content(LoadError),
}

/// Opens a project file.
///
/// # Errors
/// Returns an error if the file does not exist, can't be read, or is not a project; it is never changed.
pub fn open_project(disk: &impl Disk, path: &Path) -> Result<Opened, OpenError> {
    let bytes = read_file(disk, path)?;
    let loaded = load_project(&bytes).map_err(OpenError::Content)?;
    Ok(Opened { loaded, base: Base::from_bytes(&bytes) })
}

/// Reads an ordinary file that is small enough to be a project.
///
/// # Errors
/// Returns an error if the file does not exist, can't be read, or is too large.
pub fn read_file(disk: &impl Disk, path: &Path) -> Result<Vec<u8>, OpenError> {
    let target = resolve_links(disk, path).map_err(|error| match error.cause {
        SaveCause::Failed { source, .. } => OpenError::Failed(source),
        SaveCause::LinkLoop => OpenError::LinkLoop,
        _ => OpenError::NotAFile,
    })?;
    let size = match disk.entry_at(&target).map_err(OpenError::Failed)? {
        DiskEntry::File(meta) => meta.len(),
        DiskEntry::Absent => return Err(OpenError::Missing),
        DiskEntry::Link(_) | DiskEntry::Other => return Err(OpenError::NotAFile),
    };
    let too_large = |bytes| OpenError::Content(LoadError::new(LoadCause::TooLarge { bytes }));
    if size > MAX_BYTES {
        return Err(too_large(size));
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    let reader = disk.open(&target).map_err(OpenError::Failed)?;
    let reader = WholeReader::new(reader, size);
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(OpenError::Failed)?;
    if bytes.len() as u64 > MAX_BYTES { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// Saves a project over the opened version.
///
/// # Errors
/// As [`super::save::save_file`]; also if the file or one of its records could not be opened again.
pub fn save_project(
    disk: &impl Disk,
    path: &Path,
    base: Base,
    project: &Project,
) -> Result<Saved, SaveError> {
    save_project_held(disk, path, base, project, None)
}

/// Saves a project at a path that the user has named, over any file that may be there.
///
/// # Errors
/// As [`save_project`].
pub fn save_as(disk: &impl Disk, path: &Path, project: &Project) -> Result<Saved, SaveError> {
    save_project(disk, path, Base::from_file(disk, path)?, project)
}

/// Locks a file's folder against our other processes until [`save_project_held`], so that a save that merges
/// their changes first is not overtaken again and again. `None` if there is no lock.
pub fn lock_folder<D: Disk>(disk: &D, path: &Path) -> Option<D::Hold> {
    resolve_links(disk, path).ok().and_then(|target| disk.lock_dir(parent_folder(&target)))
}

/// Saves a project over the opened version, optionally with the lock of [`lock_folder`].
///
/// # Errors
/// As [`save_project`].
pub fn save_project_held<D: Disk>(
    disk: &D,
    path: &Path,
    base: Base,
    project: &Project,
    held: Option<D::Hold>,
) -> Result<Saved, SaveError> {
    if let Some(record) = unreadable_record(project) {
        return Err(SaveError::new(SaveCause::Unreadable { record }, path));
    }
    let bytes = to_bytes(project);
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SaveError::new(SaveCause::TooLarge { bytes: bytes.len() as u64 }, path));
    }
    save_held(disk, path, base, &bytes, held)
}
