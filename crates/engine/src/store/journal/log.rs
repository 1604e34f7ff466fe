//! One journal file being written, and the file of its base beside it.

use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use super::frame::{MARK, append_frame};
use super::header::JournalHeader;
use super::{ChangedRecords, JournalOrigin};
use crate::edit::{Op, diff_projects};
use crate::id::Id;
use crate::model::Project;
use crate::store::base::parent_folder;
use crate::store::disk::{Disk, make_folders, write_all};
use crate::store::load::to_bytes;
use crate::store::packed::pack_bytes;
use crate::store::v1::write_change;

/// Maximum number of names to try; even one collision is a rare accident.
const MAX_TRIES: usize = 8;

/// The header and first changes of a new journal.
pub(super) struct Beginning<'a> {
    /// The version that its changes apply to.
    pub(super) origin: &'a JournalOrigin,
    /// The number of the last change before the base was requested.
    pub(super) asked: u64,
    /// The changes made since then.
    pub(super) changes: &'a [ChangedRecords],
    /// The journals that it replaces.
    pub(super) replaces: &'a [PathBuf],
}

/// A journal that is open for appending.
pub(super) struct Log<D: Disk> {
    path: PathBuf,
    file: D::Writer,
    size: u64,
}

/// A locked journal with its base beside it, but still without a header: one like it is removed when the
/// program starts again.
pub(super) struct Blank<D: Disk> {
    log: Log<D>,
    content: blake3::Hash,
    since: Option<ChangedRecords>,
}

impl<D: Disk> Blank<D> {
    /// Creates a journal in a folder, writes its base, and computes the difference from it to the present
    /// document: the slow part of beginning a journal.
    pub(super) fn create_in(disk: &D, dir: &Path, base: &Project, current: &Project) -> io::Result<Self> {
        make_folders(disk, dir)?;
        // The journal exists, and is locked, before its base: a base without a journal is an orphan.
        let (path, file) = create_named(disk, dir)?;
        let log = Log { path, file, size: 0 };
        let bytes = to_bytes(base);
        match write_base(disk, &base_of(&log.path), &bytes) {
            Ok(()) => Ok(Self { log, content: blake3::hash(&bytes), since: changed_records(base, current) }),
            Err(error) => {
                log.remove(disk);
                Err(error)
            }
        }
    }

    /// Writes the header; on return it is on stable storage. After an error a power cut may still leave it
    /// whole: if it can't be removed it is returned, and the journals it replaces must not be appended to.
    pub(super) fn begin_log(
        mut self,
        disk: &D,
        beginning: &Beginning<'_>,
    ) -> Result<Log<D>, (io::Error, Option<Log<D>>)> {
        match self.write_header(disk, beginning) {
            Ok(()) => Ok(self.log),
            Err(error) => {
                let stays = remove_journal(disk, &self.log.path).is_err();
                Err((error, stays.then_some(self.log)))
            }
        }
    }

    fn write_header(&mut self, disk: &D, beginning: &Beginning<'_>) -> io::Result<()> {
        let Beginning { origin, asked, changes, replaces } = beginning;
        let start = asked.saturating_sub(u64::from(self.since.is_some()));
        let changes: Vec<&ChangedRecords> = self.since.iter().chain(*changes).collect();
        let header = JournalHeader {
            path: origin.path.as_ref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())),
            base: origin.base,
            content: self.content,
            began: crate::clock::current_time(),
            start,
            last: start + changes.len() as u64,
            replaces: replaces.iter().filter_map(|path| name_of(path)).collect(),
        };
        let mut bytes = MARK.to_vec();
        let mut fits = append_frame(0, &header.to_bytes(), &mut bytes);
        for (seq, records) in (start + 1..).zip(changes) {
            fits &= append_frame(seq, &write_change(records), &mut bytes);
        }
        if !fits {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.log.append_records(disk, &bytes)?;
        disk.sync_dir(parent_folder(&self.log.path))
    }

    /// Removes the unfinished journal.
    pub(super) fn remove(self, disk: &D) {
        self.log.remove(disk);
    }
}

impl<D: Disk> Log<D> {
    /// Appends records; on return they are on stable storage. After an error nothing more may be appended.
    pub(super) fn append_records(&mut self, disk: &D, bytes: &[u8]) -> io::Result<()> {
        write_all(disk, &mut self.file, bytes)?;
        disk.sync_data(&self.file)?;
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// Returns its size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Returns its path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it; if that fails it is offered once more than needed.
    pub(super) fn remove(self, disk: &D) {
        remove_journal(disk, &self.path).ok();
    }
}

/// Removes a journal, then its base; without an error both are gone permanently.
pub(super) fn remove_journal(disk: &impl Disk, journal: &Path) -> io::Result<()> {
    disk.remove(journal)?;
    disk.remove(&base_of(journal)).ok();
    disk.sync_dir(parent_folder(journal))
}

/// Returns the path of the base beside a journal.
pub(super) fn base_of(journal: &Path) -> PathBuf {
    journal.with_extension("base")
}

/// Returns the name by which other journals refer to this one.
pub(super) fn name_of(journal: &Path) -> Option<String> {
    Some(journal.file_stem()?.to_str()?.to_owned())
}

fn write_base<D: Disk>(disk: &D, path: &Path, base: &[u8]) -> io::Result<()> {
    let mut file = disk.create_new(path)?;
    write_all(disk, &mut file, &pack_bytes(base, Vec::new())?)?;
    disk.sync_all(&file)
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

/// Returns the changes from one version to another; `None` if they are equal.
fn changed_records(from: &Project, to: &Project) -> Option<ChangedRecords> {
    let mut ids: Vec<Id> = diff_projects(from, to).ops.iter().map(Op::id).collect();
    ids.sort_unstable();
    ids.dedup();
    (!ids.is_empty()).then(|| ids.into_iter().map(|id| (id, to.record(id))).collect())
}
