//! Files too large to hold in memory, such as posters: written piece by piece under another name, and never seen half.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::base::{folder, look, resolve};
use super::disk::Disk;
use super::error::{SaveError, Step};
use super::temp;

/// Bytes gathered before they go to the disk.
const BUFFER: usize = 1 << 20;

/// Why a file was not written; what stood at its place still stands there.
#[derive(Debug)]
pub enum StreamError<E> {
    /// The file system refused.
    Save(SaveError),
    /// Whoever writes the content gave up.
    Fill(E),
}

impl<E> From<SaveError> for StreamError<E> {
    fn from(error: SaveError) -> Self {
        Self::Save(error)
    }
}

/// Puts what `fill` writes in the place of whatever stands at `path`, links followed; nothing changes if it fails.
///
/// # Errors
/// When the content or the file could not be written.
pub fn stream<D: Disk, E>(
    disk: &D,
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), StreamError<E>> {
    let target = resolve(disk, path)?;
    let replaced = look(disk, &target)?.meta;
    let failed = |step| {
        let target = target.clone();
        move |error| SaveError::io(step, error, &target)
    };
    let (temp, writer) = temp::create(disk, &target).map_err(failed(Step::Create))?;
    let write = || -> Result<(), StreamError<E>> {
        if let Some(meta) = &replaced {
            disk.adopt(&writer, meta).map_err(failed(Step::Create))?;
        }
        let mut out = BufWriter::with_capacity(BUFFER, Pieces { disk, file: writer });
        fill(&mut out).map_err(StreamError::Fill)?;
        let pieces = out.into_inner().map_err(|error| failed(Step::Write)(error.into_error()))?;
        disk.sync(&pieces.file).map_err(failed(Step::Sync))?;
        drop(pieces);
        disk.rename(&temp, &target).map_err(failed(Step::Replace))?;
        // A picture can be drawn again: that its name would survive a power cut need not be certain.
        drop(disk.sync_dir(folder(&target)));
        Ok(())
    };
    write().inspect_err(|_| drop(disk.remove(&temp)))
}

/// A file of a disk as standard writers want it.
struct Pieces<'a, D: Disk> {
    disk: &'a D,
    file: D::Writer,
}

impl<D: Disk> Write for Pieces<'_, D> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(&mut self.file, bytes)
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
        stream::<_, io::Error>(&RealDisk, &path, |out| out.write_all(b"first")).unwrap();
        let broken = stream::<_, io::Error>(&RealDisk, &path, |out| {
            out.write_all(&vec![0; 3 * BUFFER])?;
            Err(io::ErrorKind::Other.into())
        });
        assert!(matches!(broken, Err(StreamError::Fill(_))));
        assert_eq!(read(&path).unwrap(), b"first");
        stream::<_, io::Error>(&RealDisk, &path, |out| out.write_all(b"second")).unwrap();
        assert_eq!(read(&path).unwrap(), b"second");
        assert_eq!(read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
        let nowhere = stream::<_, io::Error>(&RealDisk, &folder.path().join("no/map.png"), |_| Ok(()));
        assert!(matches!(nowhere, Err(StreamError::Save(_))));
    }
}
