//! Searches for unsaved work of ended processes, changing nothing; [`JournalScan::clean_up`] removes unneeded
//! files.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::header::JournalHeader;
use super::journals_folder;
use super::log::{base_of, name_of, remove_journal};
use super::recoverable::{ASIDE, Recoverable, aside_path, is_aside, quarantine_journal};
use super::replay::{JournalContent, read_header, replay_changes};
use crate::model::Project;
use crate::store::base::Base;
use crate::store::disk::{Disk, DiskEntry, RealDisk};
use crate::store::load::{MAX_BYTES, load_project, to_bytes};
use crate::store::packed::unpack_bytes;
use crate::store::project::{OpenError, read_file};
use crate::store::whole::WholeReader;

/// The largest journal that is read, in bytes; our own are rebased far below that.
const MAX_JOURNAL: u64 = 1 << 30;

/// The journals found in a state folder.
pub struct JournalScan<D: Disk = RealDisk> {
    /// The unsaved work, the latest first.
    pub left: Vec<Recoverable<D>>,
    /// Journals that are damaged, or torn with nothing new in them; [`JournalScan::clean_up`] sets them
    /// aside.
    pub damaged: Vec<PathBuf>,
    /// Damaged journals that were set aside before and of which nothing can be read.
    pub aside: Vec<PathBuf>,
    /// Files that the disk refused to read. They may hold unsaved work and are left unchanged.
    pub unread: Vec<UnreadJournal>,
    /// Journals that are no longer needed, locked so that no other process takes them.
    unneeded: Vec<(PathBuf, D::Reader)>,
    /// The damaged ones, locked likewise.
    broken: Vec<(PathBuf, D::Reader)>,
    /// Bases whose journals no longer exist.
    bases: Vec<PathBuf>,
}

/// A journal, or the folder of them, that the disk refused to read.
#[derive(Debug)]
pub struct UnreadJournal {
    /// The path of the file or folder.
    pub path: PathBuf,
    /// The file system's error.
    pub error: io::Error,
}

impl<D: Disk> JournalScan<D> {
    fn new_empty() -> Self {
        Self {
            left: Vec::new(),
            damaged: Vec::new(),
            aside: Vec::new(),
            unread: Vec::new(),
            unneeded: Vec::new(),
            broken: Vec::new(),
            bases: Vec::new(),
        }
    }

    /// Removes journals without unsaved work, and sets damaged ones aside; `damaged` then has their new
    /// paths.
    pub fn clean_up(&mut self, disk: &D) {
        for (path, kept) in self.unneeded.drain(..) {
            // A journal that can't be removed is examined again next time.
            remove_journal(disk, &path).ok();
            drop(kept);
        }
        for (path, kept) in self.broken.drain(..) {
            if let Some(aside) = quarantine_journal(disk, &path) {
                self.damaged
                    .iter_mut()
                    .filter(|known| **known == path)
                    .for_each(|known| known.clone_from(&aside));
            }
            drop(kept);
        }
        for base in self.bases.drain(..) {
            disk.remove(&base).ok();
        }
    }

    fn add_unread(&mut self, path: &Path, error: io::Error) {
        self.unread.push(UnreadJournal { path: path.to_owned(), error });
    }

    fn add_damaged(&mut self, path: &Path, kept: D::Reader) {
        if is_aside(path) {
            self.aside.push(path.to_owned());
        } else {
            self.damaged.push(path.to_owned());
            self.broken.push((path.to_owned(), kept));
        }
    }

    /// Examines one journal; from one in use reads only the names of those it replaces.
    fn examine_journal(&mut self, disk: &D, path: &Path, replaced: &mut BTreeSet<String>) -> io::Result<()> {
        let size = match disk.entry_at(path)? {
            DiskEntry::File(meta) => meta.len(),
            DiskEntry::Absent | DiskEntry::Link(_) | DiskEntry::Other => return Ok(()),
        };
        let Some(kept) = disk.open_kept(path)? else {
            if let JournalContent::Whole(header) = read_header(&mut WholeReader::new(disk.open(path)?, 0))? {
                replaced.extend(header.replaces);
            }
            return Ok(());
        };
        let mut from = BufReader::new(WholeReader::new(kept, size));
        let header = match read_header(&mut from)? {
            JournalContent::Empty => {
                self.unneeded.push((path.to_owned(), from.into_inner().into_inner()));
                return Ok(());
            }
            JournalContent::Newer => return Ok(()),
            JournalContent::Damaged => {
                self.add_damaged(path, from.into_inner().into_inner());
                return Ok(());
            }
            JournalContent::Whole(header) => header,
        };
        let Some(stored) = base_project(disk, path, &header)? else {
            self.add_damaged(path, from.into_inner().into_inner());
            return Ok(());
        };
        let left = recover_document(disk, path, &header, stored, from)?;
        let is_whole = header.start.saturating_add(left.changes.len() as u64) >= header.last;
        if is_whole {
            replaced.extend(header.replaces);
        } else if !is_aside(path) && header.replaces.iter().any(|name| is_there(disk, path, name)) {
            // The power failed before it was complete; the journal it was to replace still exists.
            self.unneeded.push((left.journal, left.kept));
            return Ok(());
        }
        self.left.push(left);
        Ok(())
    }

    /// Separates journals with unsaved work from those no longer needed.
    fn sort_out(&mut self, disk: &D, replaced: &BTreeSet<String>) {
        for left in std::mem::take(&mut self.left) {
            let is_replaced = name_of(&left.journal).is_some_and(|name| replaced.contains(&name));
            if !is_replaced && left.stored != left.recovered && !is_saved(disk, &left) {
                self.left.push(left);
            } else if left.torn {
                self.add_damaged(&left.journal, left.kept);
            } else {
                self.unneeded.push((left.journal, left.kept));
            }
        }
        self.left.sort_by_key(|left| std::cmp::Reverse(left.changed));
    }
}

impl<D: Disk> fmt::Debug for JournalScan<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Found");
        shown.field("left", &self.left).field("damaged", &self.damaged).field("unread", &self.unread);
        shown.finish_non_exhaustive()
    }
}

/// Lists the unsaved work of ended processes in the folder for the program's state, changing nothing.
/// Journals of a later version are skipped. Files set aside that can now be read are listed again.
pub fn find_recoverable<D: Disk>(disk: &D, state: &Path) -> JournalScan<D> {
    let mut found = JournalScan::new_empty();
    let dir = journals_folder(state);
    let mut paths = match disk.list_dir(&dir) {
        Ok(paths) => paths,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            found.add_unread(&dir, error);
            Vec::new()
        }
    };
    paths.sort_unstable();
    let mut replaced = BTreeSet::new();
    for path in paths.iter().filter(|path| has_ending(path, "journal") || has_ending(path, ASIDE)) {
        match found.examine_journal(disk, path, &mut replaced) {
            // Another process has just removed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => found.add_unread(path, error),
            Ok(()) => {}
        }
    }
    found.sort_out(disk, &replaced);
    for base in paths.into_iter().filter(|path| has_ending(path, "base")) {
        let absent = |path: PathBuf| matches!(disk.entry_at(&path), Ok(DiskEntry::Absent));
        if absent(base.with_extension("journal")) && absent(aside_path(&base)) {
            found.bases.push(base);
        }
    }
    found
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

fn is_there(disk: &impl Disk, beside: &Path, name: &str) -> bool {
    let path = beside.with_file_name(format!("{name}.journal"));
    matches!(disk.entry_at(&path), Ok(DiskEntry::File(_)))
}

/// Returns true if the document's file equals the unsaved work: the process ended between save and rebase.
fn is_saved<D: Disk>(disk: &D, left: &Recoverable<D>) -> bool {
    let stored = left.path.as_deref().and_then(|path| read_file(disk, path).ok());
    !left.torn
        && stored
            .is_some_and(|bytes| Base::from_bytes(&bytes) == Base::from_bytes(&to_bytes(&left.recovered)))
}

fn recover_document<D: Disk>(
    disk: &D,
    path: &Path,
    header: &JournalHeader,
    stored: Project,
    mut from: BufReader<WholeReader<D::Reader>>,
) -> io::Result<Recoverable<D>> {
    let replayed = replay_changes(&mut from.by_ref().take(MAX_JOURNAL), header.start, &stored)?;
    let modified = match disk.entry_at(path) {
        Ok(DiskEntry::File(meta)) => meta.modified().ok().and_then(|time| Timestamp::try_from(time).ok()),
        _ => None,
    };
    Ok(Recoverable {
        path: header.path.clone(),
        base: header.base,
        changed: modified.unwrap_or(header.began),
        stored,
        recovered: replayed.project,
        torn: replayed.torn,
        changes: replayed.changes,
        journal: path.to_owned(),
        kept: from.into_inner().into_inner(),
    })
}

/// Returns the document that the changes start from: the base beside the journal, or the document's file if
/// it is still the same; `None` if neither is available.
///
/// # Errors
/// Returns an error if the disk fails: the unread file may be intact.
fn base_project<D: Disk>(disk: &D, path: &Path, header: &JournalHeader) -> io::Result<Option<Project>> {
    let beside = match read_file(disk, &base_of(path)) {
        Ok(packed) => unpack_bytes(&*packed, MAX_BYTES).ok().flatten(),
        Err(OpenError::Failed(error)) => return Err(error),
        Err(_) => None,
    };
    let beside = beside.filter(|bytes| blake3::hash(bytes) == header.content);
    let bytes = match (beside, header.path.as_deref()) {
        (Some(bytes), _) => bytes,
        (None, None) => return Ok(None),
        (None, Some(stored)) => match read_file(disk, stored) {
            Ok(bytes) if Base::from_bytes(&bytes) == header.base => bytes,
            Err(OpenError::Failed(error)) => return Err(error),
            Ok(_) | Err(_) => return Ok(None),
        },
    };
    Ok(load_project(&bytes).ok().map(|loaded| loaded.project))
}
