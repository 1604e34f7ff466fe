//! The few file system calls of saving and the journal, behind a trait so that tests can fail or stop at each
//! of them.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::adopt::{NotKept, transfer_metadata};

/// Longest time a save waits for another of our processes that is replacing a file in the same folder.
const HOLD: Duration = Duration::from_secs(2);
/// Time between two attempts to lock the folder.
const HOLD_AGAIN: Duration = Duration::from_millis(1);

/// The kind of entry at a path, without following a symbolic link.
#[derive(Debug)]
pub enum DiskEntry {
    /// The path does not exist.
    Absent,
    /// An ordinary file.
    File(Metadata),
    /// A symbolic link and the path written in it.
    Link(PathBuf),
    /// A folder, pipe, socket or device: nothing a project can be stored in.
    Other,
}

/// The file system as saving and the journal see it; each method is one point at which a real disk can fail.
pub trait Disk {
    /// A file opened for reading.
    type Reader: Read;
    /// A file opened for writing.
    type Writer;
    /// The lock of a folder, held until this is dropped.
    type Hold;

    /// Returns the entry at `path` itself.
    ///
    /// # Errors
    /// Returns an error if the file system refuses to tell; an absent path is not an error.
    fn entry_at(&self, path: &Path) -> io::Result<DiskEntry>;

    /// Opens an existing file for reading.
    ///
    /// # Errors
    /// Returns an error if the file can't be opened, or is a folder, pipe, socket or device.
    fn open(&self, path: &Path) -> io::Result<Self::Reader>;

    /// Tests if the file may be written, changing nothing.
    ///
    /// # Errors
    /// Returns an error if it may not.
    fn probe_writable(&self, path: &Path) -> io::Result<()>;

    /// Creates a file that does not exist yet.
    ///
    /// # Errors
    /// Returns an error if the file can't be created, or anything exists at `path` already.
    fn create_new(&self, path: &Path) -> io::Result<Self::Writer>;

    /// Gives a new file the permissions, attributes and, if allowed, the owner of the file at `target`, which
    /// it will replace; returns what could not be transferred.
    ///
    /// # Errors
    /// Returns an error if the permissions can't be set or the metadata can't be read.
    fn transfer_metadata(
        &self,
        file: &Self::Writer,
        target: &Path,
        replaced: &Metadata,
    ) -> io::Result<Vec<NotKept>>;

    /// Writes some of the bytes and returns their number.
    ///
    /// # Errors
    /// Returns an error if nothing could be written.
    fn write(&self, file: &mut Self::Writer, bytes: &[u8]) -> io::Result<usize>;

    /// Returns when the content is on stable storage.
    ///
    /// # Errors
    /// Returns an error if that is not certain.
    fn sync_all(&self, file: &Self::Writer) -> io::Result<()>;

    /// Atomically replaces whatever exists at `to` with the file at `from`.
    ///
    /// # Errors
    /// Returns an error if that could not be done.
    fn rename_file(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes one file.
    ///
    /// # Errors
    /// Returns an error if the file still exists.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns when the names in the folder are on stable storage.
    ///
    /// # Errors
    /// Returns an error if that is not certain.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// Locks the folder against replacement of files by our other processes. `None` if there is no such lock
    /// or another process holds it too long: it makes a lost race rarer and is never required.
    fn lock_dir(&self, dir: &Path) -> Option<Self::Hold>;

    /// Returns the files and folders in a folder, in any order.
    ///
    /// # Errors
    /// Returns an error if the folder can't be read or does not exist.
    fn list_dir(&self, dir: &Path) -> io::Result<Vec<PathBuf>>;

    /// Creates one folder, for this user only.
    ///
    /// # Errors
    /// Returns an error if it can't be created, or anything exists at `path` already.
    fn make_dir(&self, path: &Path) -> io::Result<()>;

    /// Creates a file that does not exist yet and locks it for this process as long as it is open.
    ///
    /// # Errors
    /// Returns an error if it can't be created, or anything exists at `path` already.
    fn create_kept(&self, path: &Path) -> io::Result<Self::Writer>;

    /// Opens a file for reading and locks it as long as it is open; `None` if another process holds the lock.
    ///
    /// # Errors
    /// Returns an error if the file can't be opened, or is a folder, pipe, socket or device.
    fn open_kept(&self, path: &Path) -> io::Result<Option<Self::Reader>>;

    /// Returns when the content is on stable storage; metadata such as dates may follow later.
    ///
    /// # Errors
    /// Returns an error if that is not certain.
    fn sync_data(&self, file: &Self::Writer) -> io::Result<()>;
}

/// Writes all bytes, in as many calls as it takes.
///
/// # Errors
/// Returns an error if not all bytes could be written; some of them may be.
pub(super) fn write_all<D: Disk>(disk: &D, file: &mut D::Writer, mut rest: &[u8]) -> io::Result<()> {
    while !rest.is_empty() {
        match disk.write(file, rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Creates a folder and its missing parents, so that they survive a power cut.
///
/// # Errors
/// Returns an error if one of them could not be created.
pub(super) fn make_folders(disk: &impl Disk, dir: &Path) -> io::Result<()> {
    if !matches!(disk.entry_at(dir)?, DiskEntry::Absent) {
        return Ok(());
    }
    let above = super::base::parent_folder(dir);
    make_folders(disk, above)?;
    match disk.make_dir(dir) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => disk.sync_dir(above),
    }
}

/// The computer's own file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    type Reader = File;
    type Writer = File;
    type Hold = File;

    fn entry_at(&self, path: &Path) -> io::Result<DiskEntry> {
        let meta = match fs::symlink_metadata(path) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(DiskEntry::Absent),
            Err(error) => return Err(error),
        };
        if meta.is_symlink() {
            fs::read_link(path).map(DiskEntry::Link)
        } else if meta.is_file() {
            Ok(DiskEntry::File(meta))
        } else {
            Ok(DiskEntry::Other)
        }
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        open_ordinary(path, OpenOptions::new().read(true))
    }

    fn probe_writable(&self, path: &Path) -> io::Result<()> {
        open_ordinary(path, OpenOptions::new().append(true)).map(drop)
    }

    fn create_new(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    fn transfer_metadata(&self, file: &File, target: &Path, replaced: &Metadata) -> io::Result<Vec<NotKept>> {
        transfer_metadata(file, target, replaced)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn sync_all(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        sync_folder(dir)
    }

    fn lock_dir(&self, dir: &Path) -> Option<File> {
        let file = File::open(dir).ok()?;
        let start = Instant::now();
        while let Err(TryLockError::WouldBlock) = file.try_lock() {
            if start.elapsed() > HOLD {
                return None;
            }
            std::thread::sleep(HOLD_AGAIN);
        }
        Some(file)
    }

    fn list_dir(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        list_folder(dir)
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        private_dir_builder().create(path)
    }

    fn create_kept(&self, path: &Path) -> io::Result<File> {
        let file = self.create_new(path)?;
        // Cleanup of another process may have taken the empty file for one of an ended process.
        if try_lock_file(&file) && fs::exists(path)? {
            Ok(file)
        } else {
            Err(io::ErrorKind::AlreadyExists.into())
        }
    }

    fn open_kept(&self, path: &Path) -> io::Result<Option<File>> {
        self.open(path).map(|file| try_lock_file(&file).then_some(file))
    }

    fn sync_data(&self, file: &File) -> io::Result<()> {
        file.sync_data()
    }
}

/// Opens an ordinary file and nothing else. Anyone with write access to a folder can replace a file by a
/// pipe, and opening that would block for ever: so the open does not wait, and then the file's type is
/// checked.
fn open_ordinary(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Returns a folder's entries. The standard library panics if a folder can't be closed (removed drive).
#[cfg(unix)]
fn list_folder(dir: &Path) -> io::Result<Vec<PathBuf>> {
    use rustix::fs::Dir;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let mut paths = Vec::new();
    for entry in Dir::new(File::open(dir)?)? {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if name != "." && name != ".." {
            paths.push(dir.join(name));
        }
    }
    Ok(paths)
}

/// Returns a folder's entries.
#[cfg(not(unix))]
fn list_folder(dir: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(dir)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

/// Returns a builder of folders that only this user can read, since they hold copies of documents.
fn private_dir_builder() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Locks a file; returns true too if the file system has no locks.
fn try_lock_file(file: &File) -> bool {
    !matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Syncs a folder's names. Some network file systems lack the call; nothing could be safer there: no failure.
#[cfg(unix)]
fn sync_folder(dir: &Path) -> io::Result<()> {
    match File::open(dir)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        result => result,
    }
}

/// Does nothing: folders can't be opened as files on this system, and a rename is written through.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
