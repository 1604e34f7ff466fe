//! The few calls that saving and the journal make to a file system, behind a trait so that tests can fail or stop at
//! each of them.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::adopt::{NotKept, adopt};

/// Longest time a save waits for another program of ours that is replacing a file in the same folder.
const HOLD: Duration = Duration::from_secs(2);
/// Time between two looks whether it has finished.
const HOLD_AGAIN: Duration = Duration::from_millis(1);

/// What stands at a path, without following a symbolic link.
#[derive(Debug)]
pub enum Entry {
    /// Nothing.
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
    /// A file open for reading.
    type Reader: Read;
    /// A file open for writing.
    type Writer;
    /// A folder held until this is dropped.
    type Hold;

    /// What stands at `path` itself.
    ///
    /// # Errors
    /// When the file system refuses to say; an absent path is not an error.
    fn entry(&self, path: &Path) -> io::Result<Entry>;

    /// Opens an existing file for reading.
    ///
    /// # Errors
    /// When it cannot be opened, or is a folder, pipe, socket or device.
    fn open(&self, path: &Path) -> io::Result<Self::Reader>;

    /// Asks whether the file may be written to, changing nothing.
    ///
    /// # Errors
    /// When it may not.
    fn probe_writable(&self, path: &Path) -> io::Result<()>;

    /// Creates a file that did not exist before.
    ///
    /// # Errors
    /// When it cannot be created, or when anything stands at `path` already.
    fn create_new(&self, path: &Path) -> io::Result<Self::Writer>;

    /// Gives a new file the permissions, attributes and, where allowed, the owner of the file at `target`, which it will
    /// replace; tells what it could not take over.
    ///
    /// # Errors
    /// When the permissions cannot be set, or the file system does not say what there is to keep.
    fn adopt(&self, file: &Self::Writer, target: &Path, replaced: &Metadata) -> io::Result<Vec<NotKept>>;

    /// Writes some bytes and says how many.
    ///
    /// # Errors
    /// When nothing could be written.
    fn write(&self, file: &mut Self::Writer, bytes: &[u8]) -> io::Result<usize>;

    /// Returns when the content is on stable storage.
    ///
    /// # Errors
    /// When that is not certain.
    fn sync(&self, file: &Self::Writer) -> io::Result<()>;

    /// Puts the file at `from` in the place of whatever stands at `to`, in one step.
    ///
    /// # Errors
    /// When that could not be done.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes one file.
    ///
    /// # Errors
    /// When it is still there.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns when the names in the folder are on stable storage.
    ///
    /// # Errors
    /// When that is not certain.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// Keeps other programs of ours from replacing files in the folder meanwhile. None where the system has no such
    /// lock or another holds it for too long: it makes a lost race rarer and is never needed for going on.
    fn hold(&self, dir: &Path) -> Option<Self::Hold>;

    /// The files and folders in a folder, in any order.
    ///
    /// # Errors
    /// When it cannot be read, or is not there.
    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>>;

    /// Makes one folder, for this user only.
    ///
    /// # Errors
    /// When it cannot be made, or when anything stands at `path` already.
    fn make_dir(&self, path: &Path) -> io::Result<()>;

    /// Creates a file that did not exist before and keeps it for this process as long as it is open.
    ///
    /// # Errors
    /// When it cannot be created, or when anything stands at `path` already.
    fn create_kept(&self, path: &Path) -> io::Result<Self::Writer>;

    /// Opens a file for reading and keeps it for this process as long as it is open; none where another keeps it.
    ///
    /// # Errors
    /// When it cannot be opened, or is a folder, pipe, socket or device.
    fn open_kept(&self, path: &Path) -> io::Result<Option<Self::Reader>>;

    /// Returns when the content is on stable storage; dates and the like may follow later.
    ///
    /// # Errors
    /// When that is not certain.
    fn sync_data(&self, file: &Self::Writer) -> io::Result<()>;
}

/// Writes all bytes.
///
/// # Errors
/// When not all could be written; some of them may be.
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

/// Makes a folder, and those it stands in, so that they are there after a power cut too.
///
/// # Errors
/// When one of them could not be made.
pub(super) fn make_folders(disk: &impl Disk, dir: &Path) -> io::Result<()> {
    if !matches!(disk.entry(dir)?, Entry::Absent) {
        return Ok(());
    }
    let above = super::base::folder(dir);
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

    fn entry(&self, path: &Path) -> io::Result<Entry> {
        let meta = match fs::symlink_metadata(path) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Entry::Absent),
            Err(error) => return Err(error),
        };
        if meta.is_symlink() {
            fs::read_link(path).map(Entry::Link)
        } else if meta.is_file() {
            Ok(Entry::File(meta))
        } else {
            Ok(Entry::Other)
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

    fn adopt(&self, file: &File, target: &Path, replaced: &Metadata) -> io::Result<Vec<NotKept>> {
        adopt(file, target, replaced)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        sync_folder(dir)
    }

    fn hold(&self, dir: &Path) -> Option<File> {
        let (file, start) = (File::open(dir).ok()?, Instant::now());
        while let Err(TryLockError::WouldBlock) = file.try_lock() {
            if start.elapsed() > HOLD {
                return None;
            }
            std::thread::sleep(HOLD_AGAIN);
        }
        Some(file)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        list_folder(dir)
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        private().create(path)
    }

    fn create_kept(&self, path: &Path) -> io::Result<File> {
        let file = self.create_new(path)?;
        // Whoever looks for what ended processes left may have taken the empty file for theirs.
        if keep(&file) && fs::exists(path)? { Ok(file) } else { Err(io::ErrorKind::AlreadyExists.into()) }
    }

    fn open_kept(&self, path: &Path) -> io::Result<Option<File>> {
        self.open(path).map(|file| keep(&file).then_some(file))
    }

    fn sync_data(&self, file: &File) -> io::Result<()> {
        file.sync_data()
    }
}

/// Opens an ordinary file and nothing else. Whoever may write in a folder can put a pipe in a file's place at any time,
/// and opening that would wait for ever: so it is opened without waiting, and what it is is asked of the open file.
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

/// What is in a folder. The standard library breaks off where a folder can't be closed, as on a drive that went away.
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

/// What is in a folder.
#[cfg(not(unix))]
fn list_folder(dir: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(dir)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

/// How folders are made: for nobody else to look into, since copies of documents are kept there.
fn private() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Locks a file; true too where the file system knows no locks.
fn keep(file: &File) -> bool {
    !matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Some network file systems have no such call for a folder; nothing could make the name safer there, so that is no failure.
#[cfg(unix)]
fn sync_folder(dir: &Path) -> io::Result<()> {
    match File::open(dir)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        result => result,
    }
}

/// Folders can't be opened as files here; a rename is written through by the system.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
