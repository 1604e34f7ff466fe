//! A real disk that fails at its n-th call.

use std::cell::RefCell;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use engine::store::adopt::NotKept;
use engine::store::disk::{Disk, DiskEntry, RealDisk};

/// The fault at the n-th call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// That call fails, the next ones work.
    Once(ErrorKind),
    /// That call and all later ones fail.
    FromThenOn(ErrorKind),
    /// That call does its work and reports a failure all the same.
    DoneButDenied(ErrorKind),
    /// The process ends in the middle of that call.
    Kill,
}

/// The real disk with one fault; writes come through three bytes at a time, reads a thousand.
#[derive(Clone)]
pub(crate) struct FaultyDisk {
    fault: Fault,
    at: usize,
    calls: Rc<RefCell<Vec<&'static str>>>,
}

/// A file of it that is read; its reads count as calls too.
pub(crate) struct FaultyReader {
    disk: FaultyDisk,
    file: File,
}

impl Read for FaultyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(1000);
        self.disk.call("read", || self.file.read(&mut buffer[..length]))
    }
}

impl FaultyDisk {
    pub(crate) fn new(fault: Fault, at: usize) -> Self {
        Self { fault, at, calls: Rc::default() }
    }

    /// True if the fault was within the calls that were made.
    pub(crate) fn struck(&self) -> bool {
        self.calls.borrow().len() >= self.at
    }

    /// Returns the calls made so far, in order.
    pub(crate) fn calls(&self) -> Vec<&'static str> {
        self.calls.borrow().clone()
    }

    fn call<T>(&self, name: &'static str, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.calls.borrow_mut().push(name);
        let call = self.calls.borrow().len();
        match self.fault {
            Fault::Once(kind) if call == self.at => Err(kind.into()),
            Fault::FromThenOn(kind) if call >= self.at => Err(kind.into()),
            Fault::Kill if call >= self.at => Err(ErrorKind::BrokenPipe.into()),
            Fault::DoneButDenied(kind) if call == self.at => {
                work()?;
                Err(kind.into())
            }
            _ => work(),
        }
    }
}

impl Disk for FaultyDisk {
    type Reader = FaultyReader;
    type Writer = File;
    type Hold = ();

    fn entry_at(&self, path: &Path) -> io::Result<DiskEntry> {
        self.call("entry", || RealDisk.entry_at(path))
    }

    fn open(&self, path: &Path) -> io::Result<FaultyReader> {
        let file = self.call("open", || RealDisk.open(path))?;
        Ok(FaultyReader { disk: self.clone(), file })
    }

    fn probe_writable(&self, path: &Path) -> io::Result<()> {
        self.call("probe_writable", || RealDisk.probe_writable(path))
    }

    fn create_new(&self, path: &Path) -> io::Result<File> {
        self.call("create_new", || RealDisk.create_new(path))
    }

    fn transfer_metadata(&self, file: &File, target: &Path, replaced: &Metadata) -> io::Result<Vec<NotKept>> {
        self.call("adopt", || RealDisk.transfer_metadata(file, target, replaced))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        self.call("write", || RealDisk.write(file, &bytes[..bytes.len().min(3)]))
    }

    fn sync_all(&self, file: &File) -> io::Result<()> {
        self.call("sync", || RealDisk.sync_all(file))
    }

    fn rename_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename", || RealDisk.rename_file(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call("remove", || RealDisk.remove(path))
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.call("sync_dir", || RealDisk.sync_dir(dir))
    }

    fn lock_dir(&self, _: &Path) -> Option<()> {
        None
    }

    fn list_dir(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        self.call("list", || RealDisk.list_dir(dir))
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        self.call("make_dir", || RealDisk.make_dir(path))
    }

    fn create_kept(&self, path: &Path) -> io::Result<File> {
        self.call("create_kept", || RealDisk.create_kept(path))
    }

    fn open_kept(&self, path: &Path) -> io::Result<Option<FaultyReader>> {
        let file = self.call("open_kept", || RealDisk.open_kept(path))?;
        Ok(file.map(|file| FaultyReader { disk: self.clone(), file }))
    }

    fn sync_data(&self, file: &File) -> io::Result<()> {
        self.call("sync_data", || RealDisk.sync_data(file))
    }
}
