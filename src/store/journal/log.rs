//! One journal file being written, and the file of its base beside it.

use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::frame::{MARK, frame};
use super::header::Header;
use super::{Origin, Records};
use crate::store::base::folder;
use crate::store::disk::{Disk, make_folders, write_all};
use crate::store::load::to_bytes;
use crate::store::packed::pack;
use crate::store::v1::write_change;

/// Names that were taken before we give up; one is already a rare accident.
const MAX_TRIES: usize = 8;

/// What a new journal begins with.
pub(super) struct Beginning<'a> {
    /// What its changes are changes of.
    pub(super) origin: &'a Origin,
    /// What has changed since, as one change; none where nothing has.
    pub(super) since: Option<&'a Records>,
    /// The number of the last change that this holds.
    pub(super) last: u64,
    /// The journals whose place it takes.
    pub(super) replaces: &'a [PathBuf],
}

/// A journal that is open for more.
pub(super) struct Log<D: Disk> {
    path: PathBuf,
    file: D::Writer,
    size: u64,
}

impl<D: Disk> Log<D> {
    /// Creates a journal in a folder; on return it is on stable storage.
    pub(super) fn create(disk: &D, dir: &Path, beginning: &Beginning<'_>) -> io::Result<Self> {
        make_folders(disk, dir)?;
        // The journal is there, and locked, before its base: a base without one is left over.
        let (path, file) = create_named(disk, dir)?;
        let mut log = Self { path, file, size: 0 };
        match log.begin(disk, dir, beginning) {
            Ok(()) => Ok(log),
            Err(error) => {
                log.remove(disk);
                Err(error)
            }
        }
    }

    fn begin(&mut self, disk: &D, dir: &Path, beginning: &Beginning<'_>) -> io::Result<()> {
        let Beginning { origin, since, last, replaces } = beginning;
        let base = to_bytes(&origin.project);
        let mut beside = disk.create_new(&base_of(&self.path))?;
        write_all(disk, &mut beside, &pack(&base, Vec::new())?)?;
        disk.sync(&beside)?;
        let header = Header {
            path: origin.path.as_ref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())),
            base: origin.base,
            content: blake3::hash(&base),
            began: Timestamp::now(),
            start: last.saturating_sub(u64::from(since.is_some())),
            last: *last,
            replaces: replaces.iter().filter_map(|path| name_of(path)).collect(),
        };
        let mut bytes = MARK.to_vec();
        let mut fits = frame(0, &header.to_bytes(), &mut bytes);
        if let Some(records) = since {
            fits &= frame(*last, &write_change(records), &mut bytes);
        }
        if !fits {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.append(disk, &bytes)?;
        disk.sync_dir(dir)
    }

    /// Adds records; on return they are on stable storage. After an error the journal must not be added to.
    pub(super) fn append(&mut self, disk: &D, bytes: &[u8]) -> io::Result<()> {
        write_all(disk, &mut self.file, bytes)?;
        disk.sync_data(&self.file)?;
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// Its size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it; one that stays is offered once more than needed.
    pub(super) fn remove(self, disk: &D) {
        remove(disk, &self.path);
    }
}

/// Removes a journal, then its base.
pub(super) fn remove(disk: &impl Disk, journal: &Path) {
    if disk.remove(journal).is_ok() {
        disk.remove(&base_of(journal)).ok();
        disk.sync_dir(folder(journal)).ok();
    }
}

/// The file beside a journal.
pub(super) fn base_of(journal: &Path) -> PathBuf {
    journal.with_extension("base")
}

/// The name by which other journals know one.
pub(super) fn name_of(journal: &Path) -> Option<String> {
    Some(journal.file_stem()?.to_str()?.to_owned())
}

fn create_named<D: Disk>(disk: &D, dir: &Path) -> io::Result<(PathBuf, D::Writer)> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for attempt in 0..MAX_TRIES {
        let nonce = RandomState::new().hash_one(attempt);
        let path = dir.join(format!("{}-{nonce:016x}.journal", std::process::id()));
        match disk.create_kept(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}
