//! The few calls that saving makes to a file system, behind a trait so that tests can fail or stop at each of them.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

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

/// The file system as the save protocol sees it; each method is one point at which a real disk can fail.
pub trait Disk {
    /// A file open for reading.
    type Reader: Read;
    /// A file open for writing.
    type Writer;

    /// What stands at `path` itself.
    ///
    /// # Errors
    /// When the file system refuses to say; an absent path is not an error.
    fn entry(&self, path: &Path) -> io::Result<Entry>;

    /// Opens an existing file for reading.
    ///
    /// # Errors
    /// When it cannot be opened.
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

    /// Gives a new file the permissions, and where allowed the owner, of the file it will replace.
    ///
    /// # Errors
    /// When the permissions cannot be set.
    fn adopt(&self, file: &Self::Writer, replaced: &Metadata) -> io::Result<()>;

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
}

/// The computer's own file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    type Reader = File;
    type Writer = File;

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
        File::open(path)
    }

    fn probe_writable(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().append(true).open(path).map(drop)
    }

    fn create_new(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    fn adopt(&self, file: &File, replaced: &Metadata) -> io::Result<()> {
        keep_owner(file, replaced)?;
        file.set_permissions(replaced.permissions())
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
}

/// Keeps user and group where the system lets us; somebody else's file saved by us becomes ours, as with any editor.
#[cfg(unix)]
fn keep_owner(file: &File, replaced: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let mine = file.metadata()?;
    if (mine.uid(), mine.gid()) == (replaced.uid(), replaced.gid()) {
        return Ok(());
    }
    match fchown(file, Some(replaced.uid()), Some(replaced.gid())) {
        Err(error) if error.kind() != io::ErrorKind::PermissionDenied => Err(error),
        _ => Ok(()),
    }
}

/// Other systems let a new file inherit its owner from the folder.
#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
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
