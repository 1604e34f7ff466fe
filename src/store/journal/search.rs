//! Looking for what ended processes left unsaved. Looking changes nothing; what needs no keeping is tidied up apart.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::folder;
use super::header::Header;
use super::left::{ASIDE, Recoverable, aside, is_aside, quarantine};
use super::log::{base_of, name_of, remove};
use super::replay::{Journal, header, replay};
use crate::model::Project;
use crate::store::base::Base;
use crate::store::disk::{Disk, Entry, RealDisk};
use crate::store::load::{MAX_BYTES, load, to_bytes};
use crate::store::packed::unpack;
use crate::store::project::{OpenError, read_file};
use crate::store::whole::WholeReader;

/// The largest journal that is read, in bytes; our own begin anew far below.
const MAX_JOURNAL: u64 = 1 << 30;

/// The journals that were found below a state folder.
pub struct Found<D: Disk = RealDisk> {
    /// What was left unsaved, the latest first.
    pub left: Vec<Recoverable<D>>,
    /// Journals that are damaged, or torn with nothing new in them; [`Found::tidy`] puts them aside.
    pub damaged: Vec<PathBuf>,
    /// Damaged journals that were put aside before and of which nothing can be read.
    pub aside: Vec<PathBuf>,
    /// What the disk refused to show. It may hold unsaved work, and is there as it was.
    pub unread: Vec<UnreadJournal>,
    /// Journals that are not needed any more, held so that no other process takes them.
    unneeded: Vec<(PathBuf, D::Reader)>,
    /// The damaged ones, held likewise.
    broken: Vec<(PathBuf, D::Reader)>,
    /// Bases whose journals are gone.
    bases: Vec<PathBuf>,
}

/// A journal, or the folder of them, that the disk did not let us read.
#[derive(Debug)]
pub struct UnreadJournal {
    /// Where it is.
    pub path: PathBuf,
    /// What the file system said.
    pub error: io::Error,
}

impl<D: Disk> Found<D> {
    fn nothing() -> Self {
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

    /// Removes journals that hold nothing unsaved, and puts damaged ones aside under names that `damaged` then gives.
    pub fn tidy(&mut self, disk: &D) {
        for (path, kept) in self.unneeded.drain(..) {
            // One that stays is looked at again next time.
            remove(disk, &path).ok();
            drop(kept);
        }
        for (path, kept) in self.broken.drain(..) {
            if let Some(aside) = quarantine(disk, &path) {
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

    fn refused(&mut self, path: &Path, error: io::Error) {
        self.unread.push(UnreadJournal { path: path.to_owned(), error });
    }

    fn broken(&mut self, path: &Path, kept: D::Reader) {
        if is_aside(path) {
            self.aside.push(path.to_owned());
        } else {
            self.damaged.push(path.to_owned());
            self.broken.push((path.to_owned(), kept));
        }
    }

    /// Looks at one journal; of one that is in use only which others it replaces.
    fn look(&mut self, disk: &D, path: &Path, replaced: &mut BTreeSet<String>) -> io::Result<()> {
        let size = match disk.entry(path)? {
            Entry::File(meta) => meta.len(),
            Entry::Absent | Entry::Link(_) | Entry::Other => return Ok(()),
        };
        let Some(kept) = disk.open_kept(path)? else {
            if let Journal::Whole(header) = header(&mut WholeReader::new(disk.open(path)?, 0))? {
                replaced.extend(header.replaces);
            }
            return Ok(());
        };
        let mut from = BufReader::new(WholeReader::new(kept, size));
        let header = match header(&mut from)? {
            Journal::Empty => {
                self.unneeded.push((path.to_owned(), from.into_inner().into_inner()));
                return Ok(());
            }
            Journal::Newer => return Ok(()),
            Journal::Damaged => {
                self.broken(path, from.into_inner().into_inner());
                return Ok(());
            }
            Journal::Whole(header) => header,
        };
        let Some(stored) = base_project(disk, path, &header)? else {
            self.broken(path, from.into_inner().into_inner());
            return Ok(());
        };
        let left = recover(disk, path, &header, stored, from)?;
        let is_whole = header.start.saturating_add(left.changes.len() as u64) >= header.last;
        if is_whole {
            replaced.extend(header.replaces);
        } else if !is_aside(path) && header.replaces.iter().any(|name| is_there(disk, path, name)) {
            // The power failed before it was whole; what it was to replace is still there.
            self.unneeded.push((left.journal, left.kept));
            return Ok(());
        }
        self.left.push(left);
        Ok(())
    }

    /// Parts what holds unsaved work from what is needed no more.
    fn sort_out(&mut self, disk: &D, replaced: &BTreeSet<String>) {
        for left in std::mem::take(&mut self.left) {
            let is_replaced = name_of(&left.journal).is_some_and(|name| replaced.contains(&name));
            if !is_replaced && left.stored != left.recovered && !is_saved(disk, &left) {
                self.left.push(left);
            } else if left.torn {
                self.broken(&left.journal, left.kept);
            } else {
                self.unneeded.push((left.journal, left.kept));
            }
        }
        self.left.sort_by_key(|left| std::cmp::Reverse(left.changed));
    }
}

impl<D: Disk> fmt::Debug for Found<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Found");
        shown.field("left", &self.left).field("damaged", &self.damaged).field("unread", &self.unread);
        shown.finish_non_exhaustive()
    }
}

/// Lists what ended processes left unsaved below the folder for the program's state, changing nothing. Journals of a
/// later version are left alone. What was put aside and can be read by now is listed again.
pub fn recoverable<D: Disk>(disk: &D, state: &Path) -> Found<D> {
    let mut found = Found::nothing();
    let dir = folder(state);
    let mut paths = match disk.list(&dir) {
        Ok(paths) => paths,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            found.refused(&dir, error);
            Vec::new()
        }
    };
    paths.sort_unstable();
    let mut replaced = BTreeSet::new();
    for path in paths.iter().filter(|path| has_ending(path, "journal") || has_ending(path, ASIDE)) {
        match found.look(disk, path, &mut replaced) {
            // Another process has just removed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => found.refused(path, error),
            Ok(()) => {}
        }
    }
    found.sort_out(disk, &replaced);
    for base in paths.into_iter().filter(|path| has_ending(path, "base")) {
        let absent = |path: PathBuf| matches!(disk.entry(&path), Ok(Entry::Absent));
        if absent(base.with_extension("journal")) && absent(aside(&base)) {
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
    matches!(disk.entry(&path), Ok(Entry::File(_)))
}

/// Whether the document's file is exactly what was left: the process ended after a save, before its journal began anew.
fn is_saved<D: Disk>(disk: &D, left: &Recoverable<D>) -> bool {
    let stored = left.path.as_deref().and_then(|path| read_file(disk, path).ok());
    !left.torn && stored.is_some_and(|bytes| Base::of(&bytes) == Base::of(&to_bytes(&left.recovered)))
}

fn recover<D: Disk>(
    disk: &D,
    path: &Path,
    header: &Header,
    stored: Project,
    mut from: BufReader<WholeReader<D::Reader>>,
) -> io::Result<Recoverable<D>> {
    let replayed = replay(&mut from.by_ref().take(MAX_JOURNAL), header.start, &stored)?;
    let modified = match disk.entry(path) {
        Ok(Entry::File(meta)) => meta.modified().ok().and_then(|time| Timestamp::try_from(time).ok()),
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

/// The document that the changes begin with: beside the journal, or where it is stored if it is still the same. None
/// where neither is.
///
/// # Errors
/// When the disk fails: what it did not show may be right.
fn base_project<D: Disk>(disk: &D, path: &Path, header: &Header) -> io::Result<Option<Project>> {
    let beside = match read_file(disk, &base_of(path)) {
        Ok(packed) => unpack(&*packed, MAX_BYTES).ok().flatten(),
        Err(OpenError::Failed(error)) => return Err(error),
        Err(_) => None,
    };
    let beside = beside.filter(|bytes| blake3::hash(bytes) == header.content);
    let bytes = match (beside, header.path.as_deref()) {
        (Some(bytes), _) => bytes,
        (None, None) => return Ok(None),
        (None, Some(stored)) => match read_file(disk, stored) {
            Ok(bytes) if Base::of(&bytes) == header.base => bytes,
            Err(OpenError::Failed(error)) => return Err(error),
            Ok(_) | Err(_) => return Ok(None),
        },
    };
    Ok(load(&bytes).ok().map(|loaded| loaded.project))
}
