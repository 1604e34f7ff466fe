//! Ids of respondents that this user has imported before, as keyed hashes: in the state folder, never in a project.
//!
//! Form tools export all answers each time. With the ids of earlier imports at hand, the new ones can be told exactly. A
//! hash that travelled with a project would let anyone test guesses, whatever its salt; here both the hashes and their key
//! stay on this computer.

use super::base::Base;
use super::disk::{Disk, RealDisk, make_folders};
use super::error::SaveError;
use super::project::{OpenError, read_file};
use super::save::save;
use crate::id::BatchId;
use crate::model::Project;
use std::cell::Cell;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How a file of hashes begins.
const MARK: &[u8] = b"desireline ids 2\n";
/// The most hashes that are kept of one import: 16 MiB.
const MOST: usize = 2 << 20;
/// The most imports of which hashes are kept; of more, the oldest go.
const IMPORTS: usize = 500;

/// The folder of known respondents.
#[derive(Debug, Clone)]
pub struct KnownRespondents {
    folder: PathBuf,
}

impl KnownRespondents {
    /// The known respondents in a state folder.
    pub fn in_state(state: &Path) -> Self {
        Self { folder: state.join("respondents") }
    }

    /// The key of this user, made where there is none yet; none where it can't be made.
    ///
    /// # Errors
    /// When there is one that can't be read: with another, nobody who was imported before would be known again.
    pub fn key(&self) -> io::Result<Option<[u8; 16]>> {
        let path = self.folder.join("key");
        match read_file(&RealDisk, &path) {
            // The first keys were longer.
            Ok(bytes) => Ok(bytes.first_chunk().copied()),
            Err(OpenError::Missing) => Ok(self.make_key(&path)),
            Err(error) => Err(unread(&path, error)),
        }
    }

    fn make_key(&self, path: &Path) -> Option<[u8; 16]> {
        let mut key = [0; 16];
        getrandom::fill(&mut key).ok()?;
        make_folders(&RealDisk, &self.folder).ok()?;
        save(&RealDisk, path, Base::Absent, &key).map(|_saved| key).ok()
    }

    /// The hashes of an import; none where nothing is known of it here.
    ///
    /// # Errors
    /// When there are some that can't be read.
    pub fn hashes_of(&self, batch: BatchId) -> io::Result<Option<HashSet<u64>>> {
        let path = self.path_of(batch);
        let bytes = match read_file(&RealDisk, &path) {
            Ok(bytes) => bytes,
            Err(OpenError::Missing) => return Ok(None),
            Err(error) => return Err(unread(&path, error)),
        };
        let number = |chunk: &[u8]| chunk.try_into().ok().map(u64::from_le_bytes);
        let hashes = bytes.strip_prefix(MARK);
        Ok(hashes.map(|hashes| hashes.chunks_exact(8).filter_map(number).collect()))
    }

    /// Does something that asks for the hashes of imports.
    ///
    /// # Errors
    /// When some that were asked for can't be read; what was done without them counts for nothing.
    pub fn look_up<T>(
        &self,
        work: impl FnOnce(&dyn Fn(BatchId) -> Option<HashSet<u64>>) -> T,
    ) -> io::Result<T> {
        let failed = Cell::new(None);
        let done = work(&|batch| match self.hashes_of(batch) {
            Ok(hashes) => hashes,
            Err(error) => {
                failed.set(Some(error));
                None
            }
        });
        failed.into_inner().map_or(Ok(done), Err)
    }

    /// Keeps the hashes of an import. Of a very large one nothing is kept: dates and counts must do there.
    ///
    /// # Errors
    /// Where they can't be written.
    pub fn keep(&self, batch: BatchId, hashes: &[u64]) -> Result<(), SaveError> {
        if hashes.is_empty() || hashes.len() > MOST {
            return Ok(());
        }
        // A folder that could not be made is told by the save below, which needs it.
        make_folders(&RealDisk, &self.folder).ok();
        self.forget_oldest();
        let path = self.path_of(batch);
        let mut bytes = Vec::with_capacity(MARK.len() + 8 * hashes.len());
        bytes.extend(MARK);
        for hash in hashes {
            bytes.extend(hash.to_le_bytes());
        }
        let base = Base::at(&RealDisk, &path)?;
        save(&RealDisk, &path, base, &bytes).map(|_| ())
    }

    /// Lets a copy of a project know the respondents of the imports that it holds too, in the same order under other ids.
    /// What can't be kept is asked about at the next import.
    pub fn carry_over(&self, from: &Project, copy: &Project) {
        for (known, new) in from.batches().keys().zip(copy.batches().keys()) {
            let hashes: Vec<u64> = self.hashes_of(*known).ok().flatten().into_iter().flatten().collect();
            self.keep(*new, &hashes).ok();
        }
    }

    /// Makes room for another import: the oldest go first.
    fn forget_oldest(&self) {
        let Ok(files) = RealDisk.list(&self.folder) else { return };
        // One whose age the disk does not tell is not among the oldest.
        let age =
            |path: PathBuf| Some((std::fs::metadata(&path).and_then(|meta| meta.modified()).ok()?, path));
        let hashes = files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "ids"));
        let mut known: Vec<(SystemTime, PathBuf)> = hashes.filter_map(age).collect();
        known.sort();
        for (_, path) in known.iter().take((known.len() + 1).saturating_sub(IMPORTS)) {
            // What can't be removed now is tried again next time.
            RealDisk.remove(path).ok();
        }
    }

    fn path_of(&self, batch: BatchId) -> PathBuf {
        self.folder.join(format!("{batch}.ids"))
    }
}

/// An error that names the file it is about.
fn unread(path: &Path, error: OpenError) -> io::Error {
    let (kind, detail) = match error {
        OpenError::Failed(source) => (source.kind(), source.to_string()),
        other => (io::ErrorKind::InvalidData, other.to_string()),
    };
    io::Error::new(kind, format!("{}: {detail}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Source;

    #[test]
    fn hashes_are_kept_for_each_import_under_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let known = KnownRespondents::in_state(folder.path());
        let (first, second) = (BatchId::new(&mut Source::seeded(1)), BatchId::new(&mut Source::seeded(2)));
        assert_eq!(known.hashes_of(first).unwrap(), None);
        let key = known.key().unwrap().unwrap();
        known.keep(first, &[1, 5, u64::MAX]).unwrap();
        known.keep(second, &[]).unwrap();
        assert_eq!(known.hashes_of(first).unwrap(), Some([1, 5, u64::MAX].into()));
        assert_eq!((known.hashes_of(second).unwrap(), known.key().unwrap()), (None, Some(key)));
        assert_ne!(KnownRespondents::in_state(tempfile::tempdir().unwrap().path()).key().unwrap(), Some(key));
        // What can't be read is neither unknown nor replaced: a folder stands for a disk that fails.
        let path = known.path_of(second);
        std::fs::create_dir(&path).unwrap();
        assert!(known.hashes_of(second).is_err() && known.look_up(|hashes| hashes(second)).is_err());
        std::fs::remove_file(known.folder.join("key")).unwrap();
        std::fs::create_dir(known.folder.join("key")).unwrap();
        assert!(known.key().is_err() && known.folder.join("key").is_dir());
    }
}
