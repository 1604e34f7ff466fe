//! One journal file being written, and the file of its base beside it.

use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use super::frame::{MARK, frame};
use super::header::Header;
use super::{Origin, Records};
use crate::edit::{Op, diff};
use crate::id::Id;
use crate::model::Project;
use crate::store::base::folder;
use crate::store::disk::{Disk, make_folders, write_all};
use crate::store::load::to_bytes;
use crate::store::packed::pack;
use crate::store::v1::write_change;

/// Names that were taken before we give up; one is already a rare accident.
const MAX_TRIES: usize = 8;

/// What a new journal says and holds.
pub(super) struct Beginning<'a> {
    /// What its changes are changes of.
    pub(super) origin: &'a Origin,
    /// The number of the change that led to the document as it was when the base was asked for.
    pub(super) asked: u64,
    /// What was changed from then on.
    pub(super) changes: &'a [Records],
    /// The journals whose place it takes.
    pub(super) replaces: &'a [PathBuf],
}

/// A journal that is open for more.
pub(super) struct Log<D: Disk> {
    path: PathBuf,
    file: D::Writer,
    size: u64,
}

/// A journal that is there, and locked, with its base beside it, but does not say yet what it is: one like it is
/// removed when the program starts again.
pub(super) struct Blank<D: Disk> {
    log: Log<D>,
    content: blake3::Hash,
    since: Option<Records>,
}

impl<D: Disk> Blank<D> {
    /// Creates a journal in a folder, writes its base, and finds what leads from it to the document as it is now:
    /// what takes long of a new journal.
    pub(super) fn create(disk: &D, dir: &Path, base: &Project, current: &Project) -> io::Result<Self> {
        make_folders(disk, dir)?;
        // The journal is there, and locked, before its base: a base without one is left over.
        let (path, file) = create_named(disk, dir)?;
        let log = Log { path, file, size: 0 };
        let bytes = to_bytes(base);
        match write_base(disk, &base_of(&log.path), &bytes) {
            Ok(()) => Ok(Self { log, content: blake3::hash(&bytes), since: changes(base, current) }),
            Err(error) => {
                log.remove(disk);
                Err(error)
            }
        }
    }

    /// Makes it a journal; on return it is on stable storage. After an error a power cut may still leave it whole:
    /// where it can't be removed it is given back, and the journals whose place it takes must not be added to.
    pub(super) fn begin(
        mut self,
        disk: &D,
        beginning: &Beginning<'_>,
    ) -> Result<Log<D>, (io::Error, Option<Log<D>>)> {
        match self.write_header(disk, beginning) {
            Ok(()) => Ok(self.log),
            Err(error) => {
                let stays = remove(disk, &self.log.path).is_err();
                Err((error, stays.then_some(self.log)))
            }
        }
    }

    fn write_header(&mut self, disk: &D, beginning: &Beginning<'_>) -> io::Result<()> {
        let Beginning { origin, asked, changes, replaces } = beginning;
        let start = asked.saturating_sub(u64::from(self.since.is_some()));
        let changes: Vec<&Records> = self.since.iter().chain(*changes).collect();
        let header = Header {
            path: origin.path.as_ref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())),
            base: origin.base,
            content: self.content,
            began: crate::clock::now(),
            start,
            last: start + changes.len() as u64,
            replaces: replaces.iter().filter_map(|path| name_of(path)).collect(),
        };
        let mut bytes = MARK.to_vec();
        let mut fits = frame(0, &header.to_bytes(), &mut bytes);
        for (seq, records) in (start + 1..).zip(changes) {
            fits &= frame(seq, &write_change(records), &mut bytes);
        }
        if !fits {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.log.append(disk, &bytes)?;
        disk.sync_dir(folder(&self.log.path))
    }

    /// Removes it.
    pub(super) fn remove(self, disk: &D) {
        self.log.remove(disk);
    }
}

impl<D: Disk> Log<D> {
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
        remove(disk, &self.path).ok();
    }
}

/// Removes a journal, then its base; without an error they are gone for good.
pub(super) fn remove(disk: &impl Disk, journal: &Path) -> io::Result<()> {
    disk.remove(journal)?;
    disk.remove(&base_of(journal)).ok();
    disk.sync_dir(folder(journal))
}

/// The file beside a journal.
pub(super) fn base_of(journal: &Path) -> PathBuf {
    journal.with_extension("base")
}

/// The name by which other journals know one.
pub(super) fn name_of(journal: &Path) -> Option<String> {
    Some(journal.file_stem()?.to_str()?.to_owned())
}

fn write_base<D: Disk>(disk: &D, path: &Path, base: &[u8]) -> io::Result<()> {
    let mut file = disk.create_new(path)?;
    write_all(disk, &mut file, &pack(base, Vec::new())?)?;
    disk.sync(&file)
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

/// What leads from one version to another; none where they are equal.
fn changes(from: &Project, to: &Project) -> Option<Records> {
    let mut ids: Vec<Id> = diff(from, to).ops.iter().map(Op::id).collect();
    ids.sort_unstable();
    ids.dedup();
    (!ids.is_empty()).then(|| ids.into_iter().map(|id| (id, to.record(id))).collect())
}
