//! Files too large to hold in memory, such as posters: streamed to a temporary name, and never visible when
//! half done.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::base::{Base, resolve_links};
use super::disk::{Disk, DiskEntry};
use super::error::{FileStep, SaveCause, SaveError};
use super::save::{Saved, check_writable, remove_temp, rename_into_place, to_save_error};
use super::temp;

/// Size of the write buffer, in bytes.
const BUFFER: usize = 1 << 20;

/// The reason why a file was not written; the old file is unchanged.
#[derive(Debug)]
pub enum StreamError<E> {
    /// The file system refused.
    Save(SaveError),
    /// The writer of the content failed.
    Fill {
        /// The writer's error.
        error: E,
        /// Our temporary file, if it could not be removed.
        leftover: Option<PathBuf>,
    },
}

impl<E> From<SaveError> for StreamError<E> {
    fn from(error: SaveError) -> Self {
        Self::Save(error)
    }
}

/// Replaces the file at `path`, links followed, by the output of `fill`; nothing changes if that fails.
///
/// # Errors
/// Returns an error if the content or the file could not be written.
pub fn stream_file<D: Disk, E>(
    disk: &D,
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<Saved, StreamError<E>> {
    let target = resolve_links(disk, path)?;
    let replaced =
        match disk.entry_at(&target).map_err(|error| SaveError::from_io(FileStep::Find, error, &target))? {
            DiskEntry::Absent => None,
            DiskEntry::File(meta) => Some(meta),
            DiskEntry::Link(_) | DiskEntry::Other => {
                return Err(SaveError::new(SaveCause::NotAFile, &target).into());
            }
        };
    check_writable(disk, &target, replaced.as_ref())?;
    // The final size is known only at the end.
    let failed = |step| {
        let target = target.clone();
        move |error| to_save_error(step, error, &target, 0)
    };
    let (temp, writer) = temp::create_temp(disk, &target).map_err(failed(FileStep::Create))?;
    let write = || -> Result<Saved, StreamError<E>> {
        let adopted = replaced.map(|meta| disk.transfer_metadata(&writer, &target, &meta)).transpose();
        let lost = adopted.map_err(failed(FileStep::Create))?.unwrap_or_default();
        let pieces = Pieces { disk, file: writer, hasher: blake3::Hasher::new() };
        let mut out = BufWriter::with_capacity(BUFFER, pieces);
        fill(&mut out).map_err(|error| StreamError::Fill { error, leftover: None })?;
        let pieces = out.into_inner().map_err(|error| failed(FileStep::Write)(error.into_error()))?;
        disk.sync_all(&pieces.file).map_err(failed(FileStep::Sync))?;
        let base = Base::Content(pieces.hasher.finalize());
        drop(pieces.file);
        let saved = rename_into_place(disk, &temp, &target, base)?;
        Ok(Saved { lost, ..saved })
    };
    write().map_err(|error| match error {
        StreamError::Save(error) => {
            StreamError::Save(SaveError { leftover: remove_temp(disk, &temp), ..error })
        }
        StreamError::Fill { error, .. } => StreamError::Fill { error, leftover: remove_temp(disk, &temp) },
    })
}

/// A file of a [`Disk`] as a standard writer.
struct Pieces<'a, D: Disk> {
    disk: &'a D,
    file: D::Writer,
    /// The hash of all bytes written.
    hasher: blake3::Hasher,
}

impl<D: Disk> Write for Pieces<'_, D> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.disk.write(&mut self.file, bytes)?;
        self.hasher.update(bytes.get(..count).unwrap_or(bytes));
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::disk::RealDisk;
    use std::fs::{read, read_dir};

    #[test]
    fn a_file_is_there_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.png");
        let first = stream_file::<_, io::Error>(&RealDisk, &path, |out| out.write_all(b"first")).unwrap();
        assert!(first.is_durable() && first.base == Base::from_bytes(b"first"));
        let broken = stream_file::<_, io::Error>(&RealDisk, &path, |out| {
            out.write_all(&vec![0; 3 * BUFFER])?;
            Err(io::ErrorKind::Other.into())
        });
        assert!(matches!(broken, Err(StreamError::Fill { leftover: None, .. })));
        assert_eq!(read(&path).unwrap(), b"first");
        assert!(stream_file::<_, io::Error>(&RealDisk, &path, |out| out.write_all(b"second")).is_ok());
        assert_eq!(read(&path).unwrap(), b"second");
        assert_eq!(read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
        let nowhere = stream_file::<_, io::Error>(&RealDisk, &folder.path().join("no/map.png"), |_| Ok(()));
        assert!(matches!(nowhere, Err(StreamError::Save(_))));
        let mut mode = std::fs::metadata(&path).unwrap().permissions();
        mode.set_readonly(true);
        std::fs::set_permissions(&path, mode).unwrap();
        let refused = stream_file::<_, io::Error>(&RealDisk, &path, |out| out.write_all(b"third"));
        assert!(
            matches!(refused, Err(StreamError::Save(error)) if matches!(error.cause, SaveCause::ReadOnly))
        );
        assert_eq!(read(&path).unwrap(), b"second");
    }
}
