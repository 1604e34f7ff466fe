//! Ids of respondents that this user imported before, as keyed hashes: in the state folder, never in a
//! project.
//!
//! Form tools export all answers each time. The ids of earlier imports identify the new answers exactly. A
//! hash that travelled with a project would let anyone test guesses, whatever its salt; here both the hashes
//! and their key stay on this computer.

use super::base::Base;
use super::disk::{Disk, RealDisk, make_folders};
use super::error::SaveError;
use super::project::{OpenError, read_file};
use super::save::save_file;
use crate::id::BatchId;
use crate::model::Project;
use std::cell::Cell;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The mark at the start of a file of hashes.
const MARK: &[u8] = b"desireline ids 2\n";
/// Maximum number of hashes kept of one import: 16 MiB.
const MOST: usize = 2 << 20;
/// Maximum number of imports whose hashes are kept; the oldest are dropped.
const IMPORTS: usize = 500;

/// The content of an [`io::Error`] if the key or the hashes are no file that can be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: no file of hashes", path.display())]
pub struct UnreadRespondents {
    /// The path of the file.
    pub path: PathBuf,
    /// The reason.
    pub error: OpenError,
}

/// The folder of known respondents.
#[derive(Debug, Clone)]
pub struct KnownRespondents {
    folder: PathBuf,
}

impl KnownRespondents {
    /// Returns the known respondents in a state folder.
    pub fn in_state(state: &Path) -> Self {
        Self { folder: state.join("respondents") }
    }

    /// Returns this user's key, creating it if there is none yet; `None` if it can't be created.
    ///
    /// # Errors
    /// Returns an error if a key exists and can't be read: another key would recognise nobody who was
    /// imported before.
    pub fn load_or_create_key(&self) -> io::Result<Option<[u8; 16]>> {
        let path = self.folder.join("key");
        match read_file(&RealDisk, &path) {
            // Keys of early versions were longer.
            Ok(bytes) => Ok(bytes.first_chunk().copied()),
            Err(OpenError::Missing) => Ok(self.make_key(&path)),
            Err(error) => Err(error_with_path(&path, error)),
        }
    }

    fn make_key(&self, path: &Path) -> Option<[u8; 16]> {
        let mut key = [0; 16];
        getrandom::fill(&mut key).ok()?;
        make_folders(&RealDisk, &self.folder).ok()?;
        save_file(&RealDisk, path, Base::Absent, &key).map(|_saved| key).ok()
    }

    /// Returns the hashes of an import; `None` if this computer has none.
    ///
    /// # Errors
    /// Returns an error if they exist and can't be read.
    pub fn hashes_of(&self, batch: BatchId) -> io::Result<Option<HashSet<u64>>> {
        let path = self.path_of(batch);
        let bytes = match read_file(&RealDisk, &path) {
            Ok(bytes) => bytes,
            Err(OpenError::Missing) => return Ok(None),
            Err(error) => return Err(error_with_path(&path, error)),
        };
        let number = |chunk: &[u8]| chunk.try_into().ok().map(u64::from_le_bytes);
        let hashes = bytes.strip_prefix(MARK);
        Ok(hashes.map(|hashes| hashes.chunks_exact(8).filter_map(number).collect()))
    }

    /// Runs a task that may request the hashes of imports.
    ///
    /// # Errors
    /// Returns an error if requested hashes can't be read; the task's result is then discarded.
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

    /// Saves the hashes of an import. For a very large import nothing is saved: dates and counts must
    /// suffice.
    ///
    /// # Errors
    /// Returns an error if they can't be written.
    pub fn save_hashes(&self, batch: BatchId, hashes: &[u64]) -> Result<(), SaveError> {
        if hashes.is_empty() || hashes.len() > MOST {
            return Ok(());
        }
        // If the folder can't be created, the save below fails and reports it.
        make_folders(&RealDisk, &self.folder).ok();
        self.forget_oldest();
        let path = self.path_of(batch);
        let mut bytes = Vec::with_capacity(MARK.len() + 8 * hashes.len());
        bytes.extend(MARK);
        for hash in hashes {
            bytes.extend(hash.to_le_bytes());
        }
        let base = Base::from_file(&RealDisk, &path)?;
        save_file(&RealDisk, &path, base, &bytes).map(|_| ())
    }

    /// Copies the hashes to the imports of a project's copy, which are in the same order under other ids.
    /// Failures are ignored: the next import asks.
    pub fn carry_over(&self, from: &Project, copy: &Project) {
        for (known, new) in from.batches().keys().zip(copy.batches().keys()) {
            let hashes: Vec<u64> = self.hashes_of(*known).ok().flatten().into_iter().flatten().collect();
            self.save_hashes(*new, &hashes).ok();
        }
    }

    /// Makes room for another import by removing the oldest.
    fn forget_oldest(&self) {
        let Ok(files) = RealDisk.list_dir(&self.folder) else { return };
        // A file of unknown age is not removed.
        let age =
            |path: PathBuf| Some((std::fs::metadata(&path).and_then(|meta| meta.modified()).ok()?, path));
        let hashes = files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "ids"));
        let mut known: Vec<(SystemTime, PathBuf)> = hashes.filter_map(age).collect();
        known.sort();
        for (_, path) in known.iter().take((known.len() + 1).saturating_sub(IMPORTS)) {
            // A file that can't be removed now is tried again next time.
            RealDisk.remove(path).ok();
        }
    }

    fn path_of(&self, batch: BatchId) -> PathBuf {
        self.folder.join(format!("{batch}.ids"))
    }
}

/// Returns an error that names its file.
fn error_with_path(path: &Path, error: OpenError) -> io::Error {
    match error {
        OpenError::Failed(source) => io::Error::new(source.kind(), format!("{}: {source}", path.display())),
        error => {
            let unread = UnreadRespondents { path: path.to_owned(), error };
            io::Error::new(io::ErrorKind::InvalidData, unread)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::IdSource;

    #[test]
    fn hashes_are_kept_for_each_import_under_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let known = KnownRespondents::in_state(folder.path());
        let first = BatchId::new(&mut IdSource::from_seed(1));
        let second = BatchId::new(&mut IdSource::from_seed(2));
        assert_eq!(known.hashes_of(first).unwrap(), None);
        let key = known.load_or_create_key().unwrap().unwrap();
        known.save_hashes(first, &[1, 5, u64::MAX]).unwrap();
        known.save_hashes(second, &[]).unwrap();
        assert_eq!(known.hashes_of(first).unwrap(), Some([1, 5, u64::MAX].into()));
        assert_eq!(
            (known.hashes_of(second).unwrap(), known.load_or_create_key().unwrap()),
            (None, Some(key))
        );
        assert_ne!(
            KnownRespondents::in_state(tempfile::tempdir().unwrap().path()).load_or_create_key().unwrap(),
            Some(key)
        );
        // An unreadable key is neither unknown nor replaced; here a folder simulates a failing disk.
        let path = known.path_of(second);
        std::fs::create_dir(&path).unwrap();
        assert!(known.hashes_of(second).is_err() && known.look_up(|hashes| hashes(second)).is_err());
        std::fs::remove_file(known.folder.join("key")).unwrap();
        std::fs::create_dir(known.folder.join("key")).unwrap();
        assert!(known.load_or_create_key().is_err() && known.folder.join("key").is_dir());
    }
}
