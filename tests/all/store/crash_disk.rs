//! A disk in memory that can lose power: it records every call, and yields every state that a power cut may
//! leave.
//!
//! Only what was synced is safe: a file's content once the file was synced, a name once its folder was. Of
//! everything else any part may be there: of content each 512 bytes as they were, as written, or as zeros; of
//! names each creation, rename and removal independently.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io::{self, Cursor, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::id::IdSource;
use engine::store::adopt::NotKept;
use engine::store::disk::{Disk, DiskEntry};

/// The bytes that a disk writes atomically.
const SECTOR: usize = 512;

/// The target of a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    File(usize),
    Link(PathBuf),
    Dir,
}

/// The content of the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Content {
    names: BTreeMap<PathBuf, Node>,
    files: BTreeMap<usize, Vec<u8>>,
}

#[derive(Debug, Clone)]
enum Call {
    Create(PathBuf, Node),
    Rename(PathBuf, PathBuf, Node),
    Remove(PathBuf),
    SyncDir(PathBuf),
    Write(usize, usize, Vec<u8>),
    Sync(usize),
    /// The program was promised that this much is safe.
    Promise(usize),
}

#[derive(Debug, Clone)]
struct Inner {
    /// Stands for the details of every file; its length is nobody's.
    meta: Metadata,
    start: Content,
    now: Content,
    calls: Vec<Call>,
}

/// The disk.
#[derive(Debug, Clone)]
pub(crate) struct CrashDisk {
    inner: Arc<Mutex<Inner>>,
    /// Held while no base of a journal may be written.
    bases: Arc<Mutex<()>>,
    /// True while syncs of journals and all removals fail.
    refusing: Arc<AtomicBool>,
}

/// A file open for writing.
#[derive(Debug)]
pub(crate) struct Handle {
    file: usize,
    at: usize,
}

/// A choice that a power cut makes.
enum Open {
    /// A change of a name, which took effect or did not.
    Name(Call),
    /// The bytes in one sector of a file.
    Piece(usize, usize, Vec<u8>),
}

impl CrashDisk {
    /// Returns a disk with these folders, links and files, all of them safe.
    pub(crate) fn new(dirs: &[&str], links: &[(&str, &str)], files: &[(&str, &[u8])]) -> Self {
        let mut start = Content::default();
        start.names.extend(dirs.iter().map(|path| (PathBuf::from(path), Node::Dir)));
        start
            .names
            .extend(links.iter().map(|(path, to)| (PathBuf::from(path), Node::Link(PathBuf::from(to)))));
        for (path, bytes) in files {
            let file = start.files.len();
            start.files.insert(file, bytes.to_vec());
            start.names.insert(PathBuf::from(path), Node::File(file));
        }
        let meta = tempfile::tempfile().unwrap().metadata().unwrap();
        Self::of(meta, start)
    }

    fn of(meta: Metadata, start: Content) -> Self {
        let inner = Inner { meta, now: start.clone(), start, calls: Vec::new() };
        Self { inner: Arc::new(Mutex::new(inner)), bases: Arc::default(), refusing: Arc::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the bytes of a file, without following links.
    pub(crate) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let inner = self.lock();
        match inner.now.names.get(Path::new(path))? {
            Node::File(file) => Some(inner.now.files.get(file).cloned().unwrap_or_default()),
            Node::Link(_) | Node::Dir => None,
        }
    }

    /// Delays the bases of journals, as on a slow disk, until the guard is dropped.
    pub(crate) fn hold_bases(&self) -> MutexGuard<'_, ()> {
        self.bases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes syncs of journals and all removals fail, or succeed again.
    pub(crate) fn refuse(&self, refusing: bool) {
        self.refusing.store(refusing, Ordering::SeqCst);
    }

    fn works(&self) -> io::Result<()> {
        if self.refusing.load(Ordering::SeqCst) { Err(ErrorKind::Other.into()) } else { Ok(()) }
    }

    /// Records that the program was promised this much is safe.
    pub(crate) fn promise(&self, count: usize) {
        self.lock().calls.push(Call::Promise(count));
    }

    /// Gives the states that a power cut after any of the calls may leave, with what was promised by then:
    /// all of them, or about `most` for each call where there are more. Returns how many different ones there
    /// were.
    pub(crate) fn after_power_cuts(&self, most: usize, mut check: impl FnMut(Self, usize)) -> usize {
        let inner = self.lock().clone();
        let mut source = IdSource::from_seed(17);
        let mut seen = BTreeSet::new();
        for end in 0..=inner.calls.len() {
            // A promise only makes the same states stricter.
            if matches!(inner.calls.get(end), Some(Call::Promise(_))) {
                continue;
            }
            let calls = &inner.calls[..end];
            let promised = calls.iter().rev().find_map(|call| match call {
                Call::Promise(count) => Some(*count),
                _ => None,
            });
            let (safe, open) = split(&inner.start, calls);
            for choice in choices(&open, most, &mut source) {
                let state = decided(&safe, &open, &choice);
                let mark = std::hash::BuildHasher::hash_one(&foldhash::fast::FixedState::default(), &state);
                if seen.insert((mark, promised)) {
                    check(Self::of(inner.meta.clone(), state), promised.unwrap_or_default());
                }
            }
        }
        seen.len()
    }
}

/// Splits the effects of these calls into those that are safe, and those that are open.
fn split(start: &Content, calls: &[Call]) -> (Content, Vec<Open>) {
    let mut safe = start.clone();
    let mut open = Vec::new();
    let mut pieces: BTreeMap<(usize, usize), Vec<u8>> = BTreeMap::new();
    let mut full: BTreeMap<usize, Vec<u8>> = start.files.clone();
    for (at, call) in calls.iter().enumerate() {
        let later = &calls[at + 1..];
        match call {
            Call::Create(path, _) | Call::Remove(path) | Call::Rename(path, ..) => {
                let dir = path.parent().unwrap();
                let synced = later.iter().any(|call| matches!(call, Call::SyncDir(synced) if synced == dir));
                if synced { change_name(&mut safe, call) } else { open.push(Open::Name(call.clone())) }
            }
            Call::Write(file, place, bytes) => {
                put(full.entry(*file).or_default(), *place, bytes);
                let synced = later.iter().any(|call| matches!(call, Call::Sync(synced) if synced == file));
                if synced {
                    put(safe.files.entry(*file).or_default(), *place, bytes);
                } else {
                    for piece in place / SECTOR..(place + bytes.len()).div_ceil(SECTOR) {
                        pieces.insert((*file, piece), Vec::new());
                    }
                }
            }
            Call::Sync(_) | Call::SyncDir(_) | Call::Promise(_) => {}
        }
    }
    for (file, piece) in pieces.into_keys() {
        let whole = &full[&file];
        let bytes = whole[piece * SECTOR..whole.len().min((piece + 1) * SECTOR)].to_vec();
        open.push(Open::Piece(file, piece, bytes));
    }
    (safe, open)
}

fn change_name(content: &mut Content, call: &Call) {
    match call {
        Call::Create(path, node) => {
            content.names.insert(path.clone(), node.clone());
        }
        Call::Remove(path) => {
            content.names.remove(path);
        }
        Call::Rename(from, to, node) => {
            content.names.remove(from);
            content.names.insert(to.clone(), node.clone());
        }
        Call::SyncDir(_) | Call::Write(..) | Call::Sync(_) | Call::Promise(_) => {}
    }
}

fn put(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    content.resize(content.len().max(at + bytes.len()), 0);
    content[at..at + bytes.len()].copy_from_slice(bytes);
}

/// Returns the number of outcomes of one open choice.
fn ways(open: &Open) -> usize {
    match open {
        Open::Name(_) => 2,
        Open::Piece(..) => 3,
    }
}

/// Returns every combination of choices; if there are too many, those torn at each place and others at
/// random.
fn choices(open: &[Open], most: usize, source: &mut IdSource) -> Vec<Vec<usize>> {
    let total = open.iter().try_fold(1_usize, |total, open| total.checked_mul(ways(open)));
    if let Some(total) = total.filter(|total| *total <= most) {
        let nth = |mut n: usize| {
            let digit = |open| {
                let digit = n % ways(open);
                n /= ways(open);
                digit
            };
            open.iter().map(digit).collect()
        };
        return (0..total).map(nth).collect();
    }
    let pieces = open.iter().filter(|open| matches!(open, Open::Piece(..))).count();
    let torn = |whole: usize, rest: usize, name: usize| {
        let mut place = 0;
        let digit = |open: &Open| match open {
            Open::Name(_) => name,
            Open::Piece(..) => {
                place += 1;
                if place <= whole { 1 } else { rest }
            }
        };
        open.iter().map(digit).collect()
    };
    let ends = (0..=pieces).flat_map(|whole| [(whole, 0, 0), (whole, 0, 1), (whole, 2, 0), (whole, 2, 1)]);
    let mut all: Vec<Vec<usize>> = ends.map(|(whole, rest, name)| torn(whole, rest, name)).collect();
    let mut random = || open.iter().map(|open| (source.next_u64() % ways(open) as u64) as usize).collect();
    all.extend((all.len()..most).map(|_| random()));
    all
}

fn decided(safe: &Content, open: &[Open], choice: &[usize]) -> Content {
    let mut state = safe.clone();
    for (open, way) in open.iter().zip(choice) {
        match (open, way) {
            (_, 0) => {}
            (Open::Name(call), _) => change_name(&mut state, call),
            (Open::Piece(file, piece, bytes), way) => {
                let content = state.files.entry(*file).or_default();
                let at = piece * SECTOR;
                // Content that was safe before stays; only bytes behind it can be zeros.
                let known = content.len().saturating_sub(at).min(bytes.len());
                let zeros =
                    || [&content[at.min(content.len())..][..known], &vec![0; bytes.len() - known]].concat();
                let bytes = if *way == 1 { bytes.clone() } else { zeros() };
                put(content, at, &bytes);
            }
        }
    }
    state
}

impl Inner {
    /// Does a call, and records it.
    fn call(&mut self, call: Call) {
        match &call {
            Call::Write(file, at, bytes) => put(self.now.files.entry(*file).or_default(), *at, bytes),
            call => change_name(&mut self.now, call),
        }
        self.calls.push(call);
    }

    fn file(&self, path: &Path) -> io::Result<usize> {
        match self.now.names.get(path) {
            Some(Node::File(file)) => Ok(*file),
            Some(_) => Err(ErrorKind::InvalidInput.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn create(&mut self, path: &Path, node: Node) -> io::Result<()> {
        if self.now.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        if !matches!(self.now.names.get(path.parent().unwrap()), Some(Node::Dir)) {
            return Err(ErrorKind::NotFound.into());
        }
        self.call(Call::Create(path.to_owned(), node));
        Ok(())
    }
}

impl Disk for CrashDisk {
    type Reader = Cursor<Vec<u8>>;
    type Writer = Handle;
    type Hold = ();

    fn entry_at(&self, path: &Path) -> io::Result<DiskEntry> {
        let inner = self.lock();
        Ok(match inner.now.names.get(path) {
            None => DiskEntry::Absent,
            Some(Node::File(_)) => DiskEntry::File(inner.meta.clone()),
            Some(Node::Link(to)) => DiskEntry::Link(to.clone()),
            Some(Node::Dir) => DiskEntry::Other,
        })
    }

    fn open(&self, path: &Path) -> io::Result<Self::Reader> {
        let inner = self.lock();
        let file = inner.file(path)?;
        Ok(Cursor::new(inner.now.files.get(&file).cloned().unwrap_or_default()))
    }

    fn probe_writable(&self, path: &Path) -> io::Result<()> {
        self.lock().file(path).map(drop)
    }

    fn create_new(&self, path: &Path) -> io::Result<Handle> {
        let held = path.extension().is_some_and(|ending| ending == "base").then(|| self.hold_bases());
        drop(held);
        let mut inner = self.lock();
        let made = inner.calls.iter().filter(|call| matches!(call, Call::Create(..))).count();
        let file = inner.start.files.len() + made;
        inner.create(path, Node::File(file))?;
        Ok(Handle { file, at: 0 })
    }

    fn transfer_metadata(&self, _: &Handle, _: &Path, _: &Metadata) -> io::Result<Vec<NotKept>> {
        Ok(Vec::new())
    }

    fn write(&self, file: &mut Handle, bytes: &[u8]) -> io::Result<usize> {
        self.lock().call(Call::Write(file.file, file.at, bytes.to_vec()));
        file.at += bytes.len();
        Ok(bytes.len())
    }

    fn sync_all(&self, file: &Handle) -> io::Result<()> {
        self.lock().calls.push(Call::Sync(file.file));
        Ok(())
    }

    fn rename_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inner = self.lock();
        let node = Node::File(inner.file(from)?);
        inner.call(Call::Rename(from.to_owned(), to.to_owned(), node));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.works()?;
        let mut inner = self.lock();
        inner.file(path)?;
        inner.call(Call::Remove(path.to_owned()));
        Ok(())
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.works()?;
        self.lock().calls.push(Call::SyncDir(dir.to_owned()));
        Ok(())
    }

    fn lock_dir(&self, _: &Path) -> Option<()> {
        Some(())
    }

    fn list_dir(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(self.lock().now.names.keys().filter(|path| path.parent() == Some(dir)).cloned().collect())
    }

    fn make_dir(&self, path: &Path) -> io::Result<()> {
        self.lock().create(path, Node::Dir)
    }

    fn create_kept(&self, path: &Path) -> io::Result<Handle> {
        self.create_new(path)
    }

    fn open_kept(&self, path: &Path) -> io::Result<Option<Self::Reader>> {
        self.open(path).map(Some)
    }

    fn sync_data(&self, file: &Handle) -> io::Result<()> {
        self.works()?;
        self.sync_all(file)
    }
}
