//! What ended processes left unsaved.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::header::Header;
use super::log::{base_of, name_of, remove};
use super::replay::{Journal, header, replay};
use super::{Records, folder};
use crate::edit::{Merged, Op, apply_all, common_ground, diff, merge, put};
use crate::id::Id;
use crate::model::Project;
use crate::store::base::Base;
use crate::store::descent::{Place, StoredVersion, is_descendant};
use crate::store::disk::{Disk, Entry, RealDisk};
use crate::store::load::{MAX_BYTES, load};
use crate::store::packed::unpack;
use crate::store::project::{Opened, read_file};

/// The largest journal that is read, in bytes; our own begin anew far below.
const MAX_JOURNAL: u64 = 1 << 30;

/// What was found where journals are kept.
pub struct Found<D: Disk = RealDisk> {
    /// What was left unsaved, the latest first.
    pub left: Vec<Recoverable<D>>,
    /// Files that can't be read, or not to their end, put aside under these names.
    pub damaged: Vec<PathBuf>,
}

/// A document that an ended process left unsaved. No other process is offered it as long as this is held.
pub struct Recoverable<D: Disk = RealDisk> {
    /// Where the document is stored, if it ever was.
    pub path: Option<PathBuf>,
    /// What stood there when the changes began.
    pub base: Base,
    /// When it was last changed.
    pub changed: Timestamp,
    /// The document as it was stored.
    pub stored: Project,
    /// The document with all that was changed.
    pub recovered: Project,
    /// Whether bytes follow the last change that can't be read; they are put aside once this is let go.
    pub torn: bool,
    changes: Vec<Records>,
    journal: PathBuf,
    kept: D::Reader,
}

impl<D: Disk> Recoverable<D> {
    /// How many changes there are.
    pub fn changes(&self) -> usize {
        self.changes.len()
    }

    /// The journal's file.
    pub fn journal(&self) -> &Path {
        &self.journal
    }

    /// Brings what was changed into the document as it is stored by now.
    pub fn onto(&self, theirs: &Project) -> Merged {
        merge(&self.ancestor(theirs), &self.recovered, theirs)
    }

    /// Brings what was changed into a version of unknown descent: nothing that either holds is removed, and every
    /// difference is listed.
    pub fn beside(&self, theirs: &Project) -> Merged {
        merge(&common_ground(&self.recovered, theirs), &self.recovered, theirs)
    }

    /// Whether what stands in the document's file by now comes from what was stored when the changes began, or from a
    /// save on the way.
    pub fn is_continued_by(&self, found: &Opened, path: &Path, state: Option<&Path>) -> bool {
        let project = &found.loaded.project;
        if project.info().id != self.stored.info().id {
            return false;
        }
        let opened = StoredVersion { base: self.base, project: &self.stored };
        let now = StoredVersion { base: found.base, project };
        diff(&self.ancestor(project), project).is_empty() || is_descendant(opened, now, Place { path, state })
    }

    /// The last state on the way that is what `theirs` is: a save whose journal had no time to begin anew. Where there
    /// is none, the document as it was stored when the changes began.
    fn ancestor(&self, theirs: &Project) -> Project {
        let (mut state, mut found) = (self.stored.clone(), self.stored.clone());
        let mut differing: BTreeSet<Id> = diff(&state, theirs).ops.iter().map(Op::id).collect();
        for records in &self.changes {
            let step = put(&state, records);
            if apply_all(&mut state, &step).is_err() {
                break;
            }
            for (id, record) in records {
                if *record == theirs.record(*id) {
                    differing.remove(id);
                } else {
                    differing.insert(*id);
                }
            }
            if differing.is_empty() {
                found = state.clone();
            }
        }
        found
    }

    /// Throws it away; what could not be read of it stays beside.
    pub fn discard(self, disk: &D) {
        self.release(disk);
    }

    /// Removes the journal, or puts it aside where a part of it could not be read.
    pub(super) fn release(self, disk: &D) {
        if self.torn {
            quarantine(disk, &self.journal);
        } else {
            remove(disk, &self.journal).ok();
        }
        drop(self.kept);
    }
}

impl<D: Disk> fmt::Debug for Recoverable<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Recoverable");
        shown.field("path", &self.path).field("changes", &self.changes.len()).field("torn", &self.torn);
        shown.finish_non_exhaustive()
    }
}

impl<D: Disk> fmt::Debug for Found<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found").field("left", &self.left).field("damaged", &self.damaged).finish()
    }
}

/// Lists what ended processes left unsaved below the folder for the program's state. Journals without a change are
/// removed, damaged ones put aside, those of a later version left alone.
pub fn recoverable<D: Disk>(disk: &D, state: &Path) -> Found<D> {
    let dir = folder(state);
    let mut paths = disk.list(&dir).unwrap_or_default();
    paths.sort_unstable();
    let mut found = Found { left: Vec::new(), damaged: Vec::new() };
    let mut replaced = BTreeSet::new();
    for path in paths.iter().filter(|path| has_ending(path, "journal")) {
        look(disk, path, &mut found, &mut replaced);
    }
    let (left, unneeded): (Vec<_>, Vec<_>) = std::mem::take(&mut found.left)
        .into_iter()
        .partition(|left| !is_replaced(left, &replaced) && left.stored != left.recovered);
    for left in unneeded {
        found.damaged.extend(left.torn.then(|| aside(&left.journal)));
        left.release(disk);
    }
    found.left = left;
    found.left.sort_by_key(|left| std::cmp::Reverse(left.changed));
    for base in paths.iter().filter(|path| has_ending(path, "base")) {
        let absent = |path: PathBuf| matches!(disk.entry(&path), Ok(Entry::Absent));
        if absent(base.with_extension("journal")) && absent(aside(base)) {
            disk.remove(base).ok();
        }
    }
    found
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

fn is_replaced<D: Disk>(left: &Recoverable<D>, replaced: &BTreeSet<String>) -> bool {
    name_of(&left.journal).is_some_and(|name| replaced.contains(&name))
}

/// Looks at one journal; of one that is in use only which others it replaces.
fn look<D: Disk>(disk: &D, path: &Path, found: &mut Found<D>, replaced: &mut BTreeSet<String>) {
    let Ok(kept) = disk.open_kept(path) else { return };
    let Some(kept) = kept else {
        if let Some(Journal::Whole(header)) = disk.open(path).ok().map(|mut file| header(&mut file)) {
            replaced.extend(header.replaces);
        }
        return;
    };
    let mut from = BufReader::new(kept);
    match header(&mut from) {
        Journal::Empty => drop(remove(disk, path)),
        Journal::Newer => {}
        Journal::Damaged => found.damaged.extend(quarantine(disk, path)),
        Journal::Whole(header) => match recover(disk, path, &header, from) {
            Some(left) if header.start.saturating_add(left.changes.len() as u64) >= header.last => {
                replaced.extend(header.replaces);
                found.left.push(left);
            }
            // The power failed before it was whole; what it was to replace is still there.
            Some(_) if header.replaces.iter().any(|name| is_there(disk, path, name)) => {
                remove(disk, path).ok();
            }
            Some(left) => found.left.push(left),
            None => found.damaged.extend(quarantine(disk, path)),
        },
    }
}

fn is_there(disk: &impl Disk, beside: &Path, name: &str) -> bool {
    let path = beside.with_file_name(format!("{name}.journal"));
    matches!(disk.entry(&path), Ok(Entry::File(_)))
}

fn recover<D: Disk>(
    disk: &D,
    path: &Path,
    header: &Header,
    mut from: BufReader<D::Reader>,
) -> Option<Recoverable<D>> {
    let stored = base_project(disk, path, header)?;
    let replayed = replay(&mut from.by_ref().take(MAX_JOURNAL), header.start, &stored);
    let modified = match disk.entry(path) {
        Ok(Entry::File(meta)) => meta.modified().ok().and_then(|time| Timestamp::try_from(time).ok()),
        _ => None,
    };
    Some(Recoverable {
        path: header.path.clone(),
        base: header.base,
        changed: modified.unwrap_or(header.began),
        stored,
        recovered: replayed.project,
        torn: replayed.torn,
        changes: replayed.changes,
        journal: path.to_owned(),
        kept: from.into_inner(),
    })
}

/// The document that the changes begin with: beside the journal, or where it is stored if it is still the same.
fn base_project<D: Disk>(disk: &D, path: &Path, header: &Header) -> Option<Project> {
    let beside = disk.open(&base_of(path)).ok().and_then(|file| unpack(file, MAX_BYTES).ok()?);
    let beside = beside.filter(|bytes| blake3::hash(bytes) == header.content);
    let bytes = beside.or_else(|| {
        let stored = read_file(disk, header.path.as_deref()?).ok()?;
        (Base::of(&stored) == header.base).then_some(stored)
    })?;
    load(&bytes).ok().map(|loaded| loaded.project)
}

/// Puts a file aside that can't be read to its end; returns where it is then.
fn quarantine(disk: &impl Disk, journal: &Path) -> Option<PathBuf> {
    let aside = aside(journal);
    disk.rename(journal, &aside).ok()?;
    Some(aside)
}

fn aside(journal: &Path) -> PathBuf {
    journal.with_extension("damaged")
}
